#include "base/buffer.h"

#include <string.h>

void buffer_deinit(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer)BUFFER_INIT;
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	if (buffer->data)
		buffer->data[0] = '\0';
}

enum { CAPACITY_MIN = 128 };

/* Room for `length` more bytes and the NUL. */
static void buffer_grow(struct buffer *buffer, size_t length)
{
	size_t needed = buffer->length + length + 1;

	if (needed <= buffer->capacity)
		return;
	buffer->capacity = buffer->capacity ? buffer->capacity * 2 : CAPACITY_MIN;
	if (needed > buffer->capacity)
		buffer->capacity = needed;
	buffer->data = memory_resize(buffer->data, buffer->capacity, 1);
}

void buffer_append(struct buffer *buffer, const void *data, size_t length)
{
	buffer_grow(buffer, length);
	if (length)
		memcpy(buffer->data + buffer->length, data, length);
	buffer->length += length;
	buffer->data[buffer->length] = '\0';
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, text, strlen(text));
}

void buffer_append_char(struct buffer *buffer, char character)
{
	buffer_append(buffer, &character, 1);
}

void buffer_append_spaces(struct buffer *buffer, size_t count)
{
	buffer_grow(buffer, count);
	memset(buffer->data + buffer->length, ' ', count);
	buffer->length += count;
	buffer->data[buffer->length] = '\0';
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	cleanup(free) char *text = NULL;

	va_start(arguments, format);
	text = string_vformat(format, arguments);
	va_end(arguments);
	buffer_append_text(buffer, text);
}

const char *buffer_text(const struct buffer *buffer)
{
	return buffer->data ? buffer->data : "";
}

char *buffer_steal(struct buffer *buffer)
{
	char *data = buffer->data ? buffer->data : string_copy("");

	*buffer = (struct buffer)BUFFER_INIT;
	return data;
}
