#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

enum { ARENA_BLOCK_SIZE = 16 * 1024, ARENA_BLOCK_SIZE_MAX = 1024 * 1024 };

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

void arena_reset(struct arena *arena)
{
	struct arena_block *kept = arena->blocks;

	if (kept == NULL)
		return;
	for (struct arena_block *block = kept->next; block; block = block->next)
		if (block->size > kept->size)
			kept = block;
	while (arena->blocks) {
		struct arena_block *block = arena->blocks;

		arena->blocks = block->next;
		if (block != kept)
			free(block);
	}
	memset(kept->data, 0, kept->used);
	kept->used = 0;
	kept->next = NULL;
	arena->blocks = kept;
	arena->used = 0;
}

/* Each block is as large as all before it together, up to a limit. */
static size_t block_size_choose(const struct arena *arena, size_t room)
{
	size_t size = arena->used < ARENA_BLOCK_SIZE       ? ARENA_BLOCK_SIZE
		      : arena->used < ARENA_BLOCK_SIZE_MAX ? arena->used
							   : ARENA_BLOCK_SIZE_MAX;

	return room > size ? room : size;
}

void *arena_new(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->blocks;
	size_t room = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	void *memory;

	if (block == NULL || block->size - block->used < room) {
		size_t block_size = block_size_choose(arena, room);

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

void arena_adopt(struct arena *arena, struct arena *other)
{
	struct arena_block **last = &other->blocks;

	while (*last)
		last = &(*last)->next;
	*last = arena->blocks;
	arena->blocks = other->blocks;
	arena->used += other->used;
	*other = (struct arena)ARENA_INIT;
}
