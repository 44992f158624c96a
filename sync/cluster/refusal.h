/* A server's "no" as an error a person can act on: the Status object's reason,
 * message and field causes.
 *
 * What people wrote into fields may be secret, and the API server likes to
 * quote it: values are left out, but for names and labels (metadata), and of a
 * Secret only the reason and the fields' paths are told. */
#pragma once

#include <jansson.h>
#include <stddef.h>

#include "base/error.h"

enum { REFUSAL_MESSAGE_MAX = 2048 };

struct refusal {
	long status; /* HTTP status */
	const char *method, *path; /* what was asked; the path's query is not shown */
	const json_t *body; /* NULL when the answer was no JSON */
	const char *text; /* the answer as it came, for when it is no Status object; may be NULL */
};

enum error_code refusal_code(long status);

/* Fills `err`; returns false. */
bool refusal_error(const struct refusal *refusal, struct error *err);
