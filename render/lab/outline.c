#include "render/lab/outline.h"

#include <string.h>

#include "render/lab/join_resolve.h"

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

static const struct lab_join *join_copy(struct arena *arena, const struct lab_join *join)
{
	struct lab_join *copy;
	struct lab_join_wish *wishes;

	if (join == NULL)
		return NULL;
	copy = memcpy(arena_new(arena, sizeof(*copy)), join, sizeof(*copy));
	copy->lab = text_copy(arena, join->lab);
	copy->link = text_copy(arena, join->link);
	wishes = array_copy(arena, join->wishes, join->wish_count, sizeof(*wishes));
	for (size_t i = 0; i < join->wish_count; i++)
		wishes[i].node = text_copy(arena, wishes[i].node);
	copy->wishes = wishes;
	return copy;
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
			.join = join_copy(arena, link->join),
			.driver = link->driver,
			.mtu = link->mtu,
			.vlan = link->vlan,
			.bridge = text_copy(arena, link->bridge),
			.network = text_copy(arena, link->network),
			.vni = link->vni,
			.vlans = array_copy(arena, link->vlans, link->vlan_count, sizeof(*link->vlans)),
			.vlan_count = link->vlan_count,
			.has_vlans = link->has_vlans,
			.end_count = link->end_count,
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

static void manifests_copy(struct arena *arena, const struct lab *lab, struct lab *outline)
{
	struct lab_manifest *manifests = arena_new(arena, lab->manifest_count * sizeof(*manifests));

	for (size_t i = 0; i < lab->manifest_count; i++)
		manifests[i] = (struct lab_manifest){
			.kind = lab->manifests[i].kind,
			.name = text_copy(arena, lab->manifests[i].name),
			.place = lab->manifests[i].place,
		};
	outline->manifests = manifests;
	outline->manifest_count = lab->manifest_count;
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
		.translated = lab->translated,
		.lan = lab->lan,
	};
	nodes_copy(arena, lab, outline);
	links_copy(arena, lab, outline);
	claims_copy(arena, lab, outline);
	manifests_copy(arena, lab, outline);
	return (struct dependent){ .lab = outline, .wanted = dependencies_copy(arena, read->wanted) };
}

static void link_apply(const struct lab_link *outline, struct lab_link *link)
{
	link->vni = outline->vni;
	link->spokes = outline->spokes;
	if (outline->join == NULL)
		return;
	link->join = outline->join;
	link->object_name = outline->object_name;
	link->driver = outline->driver;
	link->mtu = outline->mtu;
	link->vlan = outline->vlan;
	link->bridge = outline->bridge;
	link->network = outline->network;
}

void outline_apply(const struct lab *outline, struct lab *lab)
{
	lab->valid = lab->valid && outline->valid;
	lab->dependencies = outline->dependencies;
	lab->dependency_count = outline->dependency_count;
	lab->worker_group = outline->worker_group;
	for (size_t i = 0; lab->valid && i < lab->link_count; i++)
		link_apply(&outline->links[i], &lab->links[i]);
	if (lab->valid)
		join_ends_settle(lab);
}
