/* What tables of fields fill, and where each value came from.
 *
 * A setting can be given in several layers, from the built-in values up to the
 * node itself; what stands higher holds. Each struct that a table fills begins
 * with `struct settings`, which remembers for each row of the table the layer
 * and the place that the value came from. */
#pragma once

#include <stddef.h>

enum layer {
	LAYER_BUILT_IN,
	LAYER_REPOSITORY, /* KNLConfig, or Defaults at the root of the source */
	LAYER_FOLDER, /* Defaults in a folder */
	LAYER_LAB, /* spec.defaults, or the Lab's own fields */
	LAYER_NODE
};

struct place {
	const char *path;
	size_t line, column;
};

/* As files are listed, and from top to bottom; as strcmp() tells it. Both have a path. */
int place_order(const struct place *a, const struct place *b);

struct origin {
	enum layer layer;
	struct place place;
};

struct settings {
	struct place place; /* of the mapping; path is NULL in built-in values */
	/* One for each row of the table, NULL where the value is built in or not
	 * set at all. NULL altogether when every value is. */
	const struct origin **origins;
};

/* A list that was read by a table: `items` as the item type says (text: const
 * char *, numbers: const int64_t *, objects: their struct). */
struct value_list {
	size_t count;
	const void *const *items;
	const struct place *places; /* one for each item */
};

/* A map that was read by a table, in the order of the text. */
struct value_map {
	size_t count;
	const char *const *keys;
	const void *const *values;
	const struct place *places; /* of the keys */
};

/* "built-in", "repository", "folder", "lab", "node". */
const char *layer_name(enum layer layer);

static inline const char *list_text(const struct value_list *list, size_t index)
{
	return (const char *)list->items[index];
}
