#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

enum { ARENA_BLOCK_SIZE = 16 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char data[];
};

void arena_deinit(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *block = arena->blocks;

		arena->blocks = block->next;
		free(block);
	}
	arena->used = 0;
}

void *arena_new(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	size_t room = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	void *memory;

	if (block == NULL || block->size - block->used < room) {
		size_t block_size = room > ARENA_BLOCK_SIZE ? room : ARENA_BLOCK_SIZE;

		block = memory_new(sizeof(*block) + block_size);
		block->size = block_size;
		block->next = arena->blocks;
		arena->blocks = block;
	}
	memory = block->data + block->used;
	block->used += room;
	arena->used += room;
	return memory;
}

char *arena_copy(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_new(arena, length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	cleanup(free) char *text = NULL;

	va_start(arguments, format);
	text = string_vformat(format, arguments);
	va_end(arguments);
	return arena_copy(arena, text, strlen(text));
}
