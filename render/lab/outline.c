#include "render/lab/outline.h"

#include <string.h>

static const char *text_copy(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

static void *array_copy(struct arena *arena, const void *items, size_t count, size_t size)
{
	return count ? memcpy(arena_new(arena, count * size), items, count * size) : NULL;
}

static void nodes_copy(struct arena *arena, const struct lab *lab, struct lab *outline)
{
	outline->node_count = lab->node_count;
	outline->nodes = arena_new(arena, lab->node_count * sizeof(*outline->nodes));
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];

		outline->nodes[i] = (struct lab_node){
			.name = text_copy(arena, node->name),
			.object_name = text_copy(arena, node->object_name),
			.type = node->type,
			.line = node->line,
			.column = node->column,
		};
	}
}

static void links_copy(struct arena *arena, const struct lab *lab, struct lab *outline)
{
	if (lab->links == NULL)
		return;
	outline->link_count = lab->link_count;
	outline->links = arena_new(arena, lab->link_count * sizeof(*outline->links));
	for (size_t i = 0; i < lab->link_count; i++) {
		const struct lab_link *link = &lab->links[i];

		outline->links[i] = (struct lab_link){
			.name = text_copy(arena, link->name),
			.object_name = text_copy(arena, link->object_name),
			.driver = link->driver,
			.vni = link->vni,
			.line = link->line,
			.column = link->column,
		};
	}
}

static void claims_copy(struct arena *arena, const struct lab *lab, struct lab *outline)
{
	struct lab_claim *claims = array_copy(arena, lab->claims, lab->claim_count, sizeof(*claims));

	for (size_t i = 0; i < lab->claim_count; i++) {
		claims[i].name = text_copy(arena, claims[i].name);
		claims[i].node = text_copy(arena, claims[i].node);
		claims[i].owner = text_copy(arena, claims[i].owner);
	}
	outline->claims = claims;
	outline->claim_count = lab->claim_count;
}

static const struct dependency_list *dependencies_copy(struct arena *arena, const struct dependency_list *list)
{
	struct dependency_list *copy;
	struct lab_reference *items;

	if (list == NULL || list->count == 0)
		return NULL;
	copy = arena_new(arena, sizeof(*copy));
	items = array_copy(arena, list->items, list->count, sizeof(*items));
	for (size_t i = 0; i < list->count; i++) {
		items[i].name = text_copy(arena, items[i].name);
		items[i].namespace_name = text_copy(arena, items[i].namespace_name);
	}
	copy->items = items;
	copy->count = list->count;
	return copy;
}

struct dependent outline_new(struct arena *arena, const struct dependent *read)
{
	const struct lab *lab = read->lab;
	struct lab *outline = arena_new(arena, sizeof(*outline));

	*outline = (struct lab){
		.name = text_copy(arena, lab->name),
		.namespace_name = text_copy(arena, lab->namespace_name),
		.group = text_copy(arena, lab->group),
		.path = lab->path,
		.line = lab->line,
		.column = lab->column,
		.name_line = lab->name_line,
		.name_column = lab->name_column,
		.valid = lab->valid,
		.lan = lab->lan,
	};
	nodes_copy(arena, lab, outline);
	links_copy(arena, lab, outline);
	claims_copy(arena, lab, outline);
	return (struct dependent){ .lab = outline, .wanted = dependencies_copy(arena, read->wanted) };
}

void outline_apply(const struct lab *outline, struct lab *lab)
{
	lab->valid = lab->valid && outline->valid;
	lab->dependencies = outline->dependencies;
	lab->dependency_count = outline->dependency_count;
	for (size_t i = 0; lab->valid && i < lab->link_count; i++)
		lab->links[i].vni = outline->links[i].vni;
}
