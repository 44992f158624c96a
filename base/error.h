/* An error is a value: what went wrong, in plain words, and where.
 *
 * A function that can fail takes `struct error *err` last, fills it once, where
 * it happened, and returns false or NULL. Callers add context on the way up
 * with error_wrap(). The owner of the struct calls error_deinit(), or declares
 * it `cleanup(error) struct error err = ERROR_INIT;`. `err` may not be NULL. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

enum error_code {
	ERROR_NONE = 0,
	ERROR_INVALID, /* what a person wrote is wrong: a file, a setting, an argument */
	ERROR_NOT_FOUND, /* it is not there */
	ERROR_CONFLICT, /* someone else changed it first */
	ERROR_REFUSED, /* the peer knows us or not, and says no */
	ERROR_UNAVAILABLE, /* the peer cannot be reached, or says "later" */
	ERROR_TIMEOUT,
	ERROR_CANCELLED,
	ERROR_LIMIT, /* larger, deeper or longer than we take */
	ERROR_SYSTEM /* the machine: files, memory, processes */
};

struct error {
	enum error_code code;
	char *message;
	char *path; /* position in a file; NULL when there is none */
	size_t line, column; /* from 1; 0 when unknown */
};

#define ERROR_INIT                                                                                                   \
	{                                                                                                            \
		.code = ERROR_NONE                                                                                   \
	}

void error_deinit(struct error *err);
static inline void error_cleanup(struct error *err)
{
	error_deinit(err);
}

/* Fill an error. Each returns false so that `return error_set(...)` reads well. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool error_set_at(struct error *err, const char *path, size_t line, size_t column, const char *format, ...)
	__attribute__((format(printf, 5, 6))); /* ERROR_INVALID with a position */
bool error_system(struct error *err, int number, const char *format, ...)
	__attribute__((format(printf, 3, 4))); /* appends ": " and strerror(number) */

/* Puts "<context>: " before the message. Returns false. */
bool error_wrap(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

void error_move(struct error *to, struct error *from); /* `to` is freed first, `from` becomes empty */
void error_copy(struct error *to, const struct error *from);

/* "path:line:column: error: message", or "error: message". New string, the caller frees. */
char *error_text(const struct error *err);
