/* Allocation that cannot fail, and owners that clean up after themselves.
 *
 * labsync does not thread allocation failure through its calls: a process that
 * cannot get memory ends with a message (and converges at its next start). */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

void *memory_new(size_t size); /* zeroed */
void *memory_new_array(size_t count, size_t size); /* zeroed; overflow ends the process */
void *memory_resize(void *memory, size_t count, size_t size);
char *string_copy(const char *text); /* NULL stays NULL */
char *string_copy_n(const char *text, size_t length);
char *string_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *string_vformat(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

/* Makes room for one more item in a growing array: `items` is the array's
 * pointer, `count` what it holds, `capacity` what it can hold. */
void memory_grow(void *items_pointer, size_t count, size_t *capacity, size_t size);

/* Declares a local that is freed when it leaves scope. `cleanup(x)` calls
 * x_cleanup(&local). */
#define cleanup(name) __attribute__((cleanup(name##_cleanup)))

static inline void free_cleanup(void *pointer)
{
	free(*(void **)pointer);
}

/* Takes the pointer out of an owner that would free it. */
#define steal(pointer)                                                                                               \
	({                                                                                                           \
		__typeof__(*(pointer)) stolen_ = *(pointer);                                                         \
		*(pointer) = NULL;                                                                                   \
		stolen_;                                                                                             \
	})
