/* A growing run of bytes that is always NUL-terminated. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

struct buffer {
	char *data; /* NULL while empty and never written to */
	size_t length, capacity;
};

#define BUFFER_INIT                                                                                                  \
	{                                                                                                            \
		.data = NULL                                                                                         \
	}

void buffer_deinit(struct buffer *buffer);
static inline void buffer_cleanup(struct buffer *buffer)
{
	buffer_deinit(buffer);
}

void buffer_clear(struct buffer *buffer); /* keeps the memory */
void buffer_append(struct buffer *buffer, const void *data, size_t length);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_char(struct buffer *buffer, char character);
void buffer_append_spaces(struct buffer *buffer, size_t count);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *buffer_text(const struct buffer *buffer); /* "" when empty */
char *buffer_steal(struct buffer *buffer); /* the caller frees; "" when empty */
