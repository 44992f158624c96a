/* What the YAML reader and the JSON reader share: nodes in the making, and the
 * limits on them. Nodes go to the arena; mappings grow on the heap until they
 * are finished.
 *
 * There are two ways to be wrong. A mistake (yaml_builder_error) is noted and
 * the reading goes on, so that one run names them all. What makes the rest
 * meaningless, broken syntax or a passed limit, stops it (yaml_builder_stop). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "render/yaml/yaml.h"

struct yaml_place {
	size_t line, column; /* from 1 */
};

struct yaml_builder {
	struct arena *arena;
	const char *path;
	struct diagnostics *diagnostics;
	size_t nodes; /* so far, as if every alias were written out */
	size_t deepest; /* collections around the deepest node since the caller last reset it */
	bool stopped;
};

void yaml_builder_error(struct yaml_builder *builder, struct yaml_place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Returns false. */
bool yaml_builder_stop(struct yaml_builder *builder, struct yaml_place place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Text from the file as a message may show it: short, and without control characters. In the arena. */
const char *yaml_builder_shown(struct yaml_builder *builder, const char *text);

/* False, and stopped, when `count` nodes more are too many. */
bool yaml_builder_count(struct yaml_builder *builder, size_t count, struct yaml_place place);
/* False, and stopped, when `depth` collections around a node are too many. */
bool yaml_builder_descend(struct yaml_builder *builder, size_t depth, struct yaml_place place);

/* A counted node of kind null; NULL, and stopped, when it is one too many. */
struct yaml_node *yaml_builder_node(struct yaml_builder *builder, struct yaml_place place);

struct yaml_list {
	struct yaml_node **items;
	size_t count, capacity;
};

void yaml_list_add(struct yaml_list *list, struct yaml_node *item);
void yaml_list_cleanup(struct yaml_list *list);
/* Makes `node` the sequence of the list's items. */
void yaml_list_finish(struct yaml_builder *builder, const struct yaml_list *list, struct yaml_node *node);
