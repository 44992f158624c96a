/* A person's own configuration of the guest's init program, as it was given:
 * a mapping, text, or a file of the repository. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "render/lab/lab.h"

/* Text, borrowed from the model; `text` is NULL when a mapping was given, or nothing at all. */
struct own_text {
	const char *text;
	size_t length;
};

struct own_text own_init_text(const struct lab_own_init *own);

/* The configuration as a mapping; NULL with an error, at its place, when it is
 * none. `what` is its name for messages. Not for one that is in a Secret. New reference. */
json_t *own_init_mapping_new(const struct lab *lab, const struct lab_own_init *own, const char *what,
			     struct error *err);

/* An error about what was given, at its place. Returns false. */
bool own_init_refuse(const struct lab *lab, const struct lab_own_init *own, struct error *err, const char *format,
		     ...) __attribute__((format(printf, 4, 5)));
