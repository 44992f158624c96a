#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static _Noreturn void out_of_memory(void)
{
	fputs("labsync: error: out of memory\n", stderr);
	abort();
}

void *memory_new(size_t size)
{
	return memory_new_array(1, size);
}

void *memory_new_array(size_t count, size_t size)
{
	void *memory = calloc(count ? count : 1, size ? size : 1);

	if (memory == NULL)
		out_of_memory();
	return memory;
}

void *memory_resize(void *memory, size_t count, size_t size)
{
	void *resized = reallocarray(memory, count ? count : 1, size ? size : 1);

	if (resized == NULL)
		out_of_memory();
	return resized;
}

char *string_copy_n(const char *text, size_t length)
{
	char *copy = memory_new_array(length + 1, 1);

	memcpy(copy, text, length);
	return copy;
}

char *string_copy(const char *text)
{
	return text ? string_copy_n(text, strlen(text)) : NULL;
}

char *string_vformat(const char *format, va_list arguments)
{
	char *text = NULL;

	if (vasprintf(&text, format, arguments) < 0)
		out_of_memory();
	return text;
}

char *string_format(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = string_vformat(format, arguments);
	va_end(arguments);
	return text;
}

void memory_grow(void *items_pointer, size_t count, size_t *capacity, size_t size)
{
	void **items = items_pointer;

	if (count < *capacity)
		return;
	*capacity = *capacity ? *capacity * 2 : 8;
	*items = memory_resize(*items, *capacity, size);
	memset((char *)*items + count * size, 0, (*capacity - count) * size);
}
