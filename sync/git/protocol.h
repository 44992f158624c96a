/* What the daemon and its git helper say to each other: one JSON object each
 * way. Both sides take nothing for granted: sizes are bounded, fields checked. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "sync/git/remote.h"

enum { PROTOCOL_TEXT_MAX = 1024 * 1024 };

enum helper_operation { HELPER_FETCH, HELPER_PUSH_NOTES };

struct helper_request {
	enum helper_operation operation;
	struct remote_settings settings;
	char *notes_reference; /* NULL: none to fetch */
};

void helper_request_deinit(struct helper_request *request);
static inline void helper_request_cleanup(struct helper_request *request)
{
	helper_request_deinit(request);
}

/* The caller frees. */
char *helper_request_text_new(enum helper_operation operation, const struct remote_settings *settings,
			      const char *notes_reference);
bool helper_request_parse(const char *text, size_t length, struct helper_request *request, struct error *err);

/* `err` is NULL or empty when the operation succeeded. The caller frees. */
char *helper_answer_text_new(const struct remote_answer *answer, const struct error *err);

/* False with `err` when the helper failed or its answer makes no sense. */
bool helper_answer_parse(const char *text, size_t length, struct remote_answer *answer, struct error *err);
