/* Memory that is dropped whole: what one parse makes lives and dies together. */
#pragma once

#include <stddef.h>

#include "base/memory.h"

struct arena {
	struct arena_block *blocks;
	size_t used; /* bytes handed out in all */
};

#define ARENA_INIT                                                                                                   \
	{                                                                                                            \
		.blocks = NULL                                                                                       \
	}

void arena_deinit(struct arena *arena);
static inline void arena_cleanup(struct arena *arena)
{
	arena_deinit(arena);
}

void arena_reset(struct arena *arena); /* drops all that is in it; what comes next needs less new memory */

void *arena_new(struct arena *arena, size_t size); /* zeroed, aligned for any type */
char *arena_copy(struct arena *arena, const char *text, size_t length); /* NUL-terminated */
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_adopt(struct arena *arena, struct arena *other); /* all that is in `other` becomes `arena`'s */
