#include "render/lab/claims.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/lab/vm_disks.h"

struct claim_list {
	struct lab_claim *items;
	size_t count, capacity;
};

static void claim_list_cleanup(struct claim_list *list)
{
	free(list->items);
}

static struct lab_claim *claim_add(struct claim_list *list, const char *name, const struct lab_node *node)
{
	memory_grow(&list->items, list->count, &list->capacity, sizeof(*list->items));
	list->items[list->count] = (struct lab_claim){ .name = name, .node = node->name, .owner = node->object_name };
	return &list->items[list->count++];
}

/* `name` is stolen. */
static void claim_add_made(struct arena *arena, struct claim_list *list, char *name, const struct lab_node *node,
			   const struct place *place)
{
	struct lab_claim *claim = claim_add(list, arena_copy(arena, name, strlen(name)), node);

	claim->made = true;
	claim->place = *place;
	free(name);
}

static void disk_collect(struct arena *arena, const struct lab_node *node, const struct lab_disk *disk,
			 struct claim_list *list)
{
	struct lab_claim *claim;

	if (disk->claim == NULL) {
		if (disk->size && disk->name)
			claim_add_made(arena, list, name_disk_new(node, disk), node,
				       disk_place(disk, offsetof(struct lab_disk, name)));
		return;
	}
	claim = claim_add(list, disk->claim, node);
	claim->shared = (disk->shareable && *disk->shareable) || (disk->read_only && *disk->read_only);
	claim->place = *disk_place(disk, offsetof(struct lab_disk, claim));
}

/* A node's own disk is called as the node is (CDI makes the claim that a DataVolume fills under its name). */
static void vm_collect(struct arena *arena, const struct lab_node *node, const struct place *place,
		       struct claim_list *list)
{
	const struct value_list *disks = node->vm->disks;

	claim_add_made(arena, list, string_copy(node->object_name), node, place);
	for (size_t i = 0; disks && i < disks->count; i++)
		if (disks->items[i])
			disk_collect(arena, node, disks->items[i], list);
}

void lab_claims_collect(struct arena *arena, struct lab *lab)
{
	cleanup(claim_list) struct claim_list list = { .items = NULL };

	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];
		const struct place place = { lab->path, node->line, node->column };

		if (node->object_name == NULL)
			continue;
		if (node->type == NODE_VM && node->vm)
			vm_collect(arena, node, &place, &list);
		else if (node->type == NODE_POD && node->pod)
			claim_add_made(arena, &list, name_pod_disk_new(node), node, &place);
		else if (node->type == NODE_SRL && node->srl)
			claim_add_made(arena, &list, name_srl_disk_new(node), node, &place);
	}
	if (list.count == 0)
		return;
	lab->claims = memcpy(arena_new(arena, list.count * sizeof(*list.items)), list.items,
			     list.count * sizeof(*list.items));
	lab->claim_count = list.count;
}

struct claim_use {
	struct lab *lab;
	const struct lab_claim *claim;
};

static int use_compare_claim(const struct claim_use *a, const struct claim_use *b)
{
	int order = strcmp(a->lab->namespace_name, b->lab->namespace_name);

	return order ? order : strcmp(a->claim->name, b->claim->name);
}

static int use_compare(const void *left, const void *right)
{
	const struct claim_use *a = left, *b = right;
	int order = use_compare_claim(a, b);

	if (order == 0)
		order = place_order(&a->claim->place, &b->claim->place);
	if (order == 0)
		order = strcmp(a->lab->name, b->lab->name);
	return order ? order : strcmp(a->claim->node, b->claim->node);
}

/* Whether nothing speaks against both. Of nodes that are called the same it is told elsewhere. */
static bool claims_agree(const struct lab_claim *a, const struct lab_claim *b)
{
	if (text_equal(a->owner, b->owner))
		return a->made == b->made;
	return !(a->made && b->made) && (a->made || a->shared) && (b->made || b->shared);
}

/* Replicas and instances have their disks from one place, where once is enough. `last` was told before, or is NULL. */
static void refuse(const struct claim_use *first, const struct claim_use *second, const struct claim_use *last,
		   struct diagnostics *diagnostics)
{
	const struct lab_claim *one = first->claim, *other = second->claim;
	const char *remedy = one->made && other->made ? "rename a node, a disk or a lab"
			     : one->made || other->made
				     ? "name another claim, or set shareable or readOnly on the disk"
				     : "use one claim for each, or set shareable or readOnly on both disks";

	first->lab->valid = second->lab->valid = false;
	if (last && place_order(&last->claim->place, &other->place) == 0)
		return;
	diagnostics_add(
		diagnostics, DIAGNOSTIC_ERROR, other->place.path, other->place.line, other->place.column,
		"PersistentVolumeClaim \"%s\" is a disk of node \"%s\" of lab \"%s\" and of node \"%s\" of lab "
		"\"%s\" at %s:%zu:%zu; %s",
		other->name, other->node, second->lab->name, one->node, first->lab->name, one->place.path,
		one->place.line, one->place.column, remedy);
}

static size_t uses_collect(struct lab **labs, size_t count, struct claim_use **uses)
{
	size_t room = 0, filled = 0;

	for (size_t i = 0; i < count; i++)
		room += labs[i]->claim_count;
	*uses = memory_new_array(room, sizeof(**uses));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < labs[i]->claim_count; j++)
			(*uses)[filled++] = (struct claim_use){ labs[i], &labs[i]->claims[j] };
	return filled;
}

void claims_check(struct lab **labs, size_t count, struct diagnostics *diagnostics)
{
	cleanup(free) struct claim_use *uses = NULL;
	size_t filled = uses_collect(labs, count, &uses), first = 0;
	const struct claim_use *last = NULL;

	if (filled)
		qsort(uses, filled, sizeof(*uses), use_compare);
	for (size_t i = 1; i < filled; i++) {
		if (use_compare_claim(&uses[first], &uses[i]) != 0) {
			first = i;
			last = NULL;
		} else if (!claims_agree(uses[first].claim, uses[i].claim)) {
			refuse(&uses[first], &uses[i], last, diagnostics);
			last = &uses[i];
		}
	}
}
