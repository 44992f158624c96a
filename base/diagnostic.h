/* What is wrong with what a person wrote: a list, since one run should name
 * every mistake, each with its place in the file. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

enum diagnostic_severity { DIAGNOSTIC_ERROR, DIAGNOSTIC_WARNING };

struct diagnostic {
	enum diagnostic_severity severity;
	char *path;
	size_t line, column; /* from 1; 0 when unknown */
	char *message;
};

struct diagnostics {
	struct diagnostic *items;
	size_t count, capacity;
	size_t errors; /* counted even when no longer kept */
	size_t dropped; /* beyond DIAGNOSTICS_MAX; warnings first */
};

enum { DIAGNOSTICS_MAX = 200 };

#define DIAGNOSTICS_INIT                                                                                             \
	{                                                                                                            \
		.items = NULL                                                                                        \
	}

void diagnostics_deinit(struct diagnostics *list);
static inline void diagnostics_cleanup(struct diagnostics *list)
{
	diagnostics_deinit(list);
}

void diagnostics_add(struct diagnostics *list, enum diagnostic_severity severity, const char *path, size_t line,
		     size_t column, const char *format, ...) __attribute__((format(printf, 6, 7)));
void diagnostics_add_error(struct diagnostics *list, const struct error *err);
void diagnostics_move(struct diagnostics *to, struct diagnostics *from); /* appends; `from` becomes empty */
void diagnostics_sort(struct diagnostics *list); /* by path, line, column */

/* "path:line:column: error: message" without a newline. */
void diagnostic_write(const struct diagnostic *diagnostic, struct buffer *out);
