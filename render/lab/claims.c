#include "render/lab/claims.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/data_disks.h"
#include "render/lab/machine_claims.h"
#include "render/lab/manifest_kinds.h"
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
		if (disk_is_made(disk) && disk->name)
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

	if (vm_has_root_disk(node->vm))
		claim_add_made(arena, list, string_copy(node->object_name), node, place);
	for (size_t i = 0; disks && i < disks->count; i++)
		if (disks->items[i])
			disk_collect(arena, node, disks->items[i], list);
}

struct machine_collecting {
	const struct lab *lab;
	const struct lab_node *node;
	struct claim_list *list;
};

static void machine_claim_add(void *context, const struct machine_claim *found)
{
	const struct machine_collecting *collecting = context;
	struct lab_claim *claim = claim_add(collecting->list, found->name, collecting->node);

	claim->made = found->made;
	claim->shared = found->shared;
	claim->place = (struct place){ collecting->lab->path, found->line, found->column };
}

static void machine_collect(const struct lab *lab, const struct lab_node *node, struct claim_list *list)
{
	struct machine_collecting collecting = { lab, node, list };

	machine_claims_each(node->machine, machine_claim_add, &collecting);
}

static void free_claim_add(struct claim_list *list, const char *name, const struct place *place)
{
	memory_grow(&list->items, list->count, &list->capacity, sizeof(*list->items));
	list->items[list->count++] = (struct lab_claim){ .name = name, .made = true, .place = *place };
}

/* Those that are there for any node. */
static void free_collect(const struct lab *lab, struct claim_list *list)
{
	for (size_t i = 0; i < lab->disk_count; i++)
		if (lab->disks[i].object_name)
			free_claim_add(list, lab->disks[i].object_name, data_disk_place(&lab->disks[i]));
	for (size_t i = 0; i < lab->manifest_count; i++)
		if (lab->manifests[i].kind->is_disk)
			free_claim_add(list, lab->manifests[i].name, &lab->manifests[i].place);
}

void lab_claims_collect(struct arena *arena, struct lab *lab)
{
	cleanup(claim_list) struct claim_list list = { .items = NULL };

	free_collect(lab, &list);

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
		else if (node->type == NODE_MACHINE && node->machine)
			machine_collect(lab, node, &list);
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

/* Those of no node come first. */
static int use_compare(const void *left, const void *right)
{
	const struct claim_use *a = left, *b = right;
	int order = use_compare_claim(a, b);

	if (order == 0)
		order = (a->claim->node != NULL) - (b->claim->node != NULL);
	if (order == 0)
		order = place_order(&a->claim->place, &b->claim->place);
	if (order == 0)
		order = strcmp(a->lab->name, b->lab->name);
	return order || a->claim->node == NULL ? order : strcmp(a->claim->node, b->claim->node);
}

/* Whether nothing speaks against both. Of nodes that are called the same it is told elsewhere. */
static bool claims_agree(const struct lab_claim *a, const struct lab_claim *b)
{
	if (a->node == NULL || b->node == NULL)
		return !(a->made && b->made);
	if (text_equal(a->owner, b->owner))
		return a->made == b->made;
	return !(a->made && b->made) && (a->made || a->shared) && (b->made || b->shared);
}

/* Whose disk it is: of a node, or of the lab alone. The caller frees. */
static char *owner_text_new(const struct claim_use *use)
{
	return use->claim->node ? string_format("node \"%s\" of lab \"%s\"", use->claim->node, use->lab->name)
				: string_format("lab \"%s\"", use->lab->name);
}

/* Replicas and instances have their disks from one place, where once is enough. `last` was told before, or is NULL. */
static void refuse(const struct claim_use *first, const struct claim_use *second, const struct claim_use *last,
		   struct diagnostics *diagnostics)
{
	const struct lab_claim *one = first->claim, *other = second->claim;
	cleanup(free) char *owner = owner_text_new(first), *other_owner = owner_text_new(second);
	const char *remedy = one->made && other->made ? "rename a node, a disk or a lab"
			     : one->made || other->made
				     ? "name another claim, or set shareable or readOnly on the disk"
				     : "use one claim for each, or set shareable or readOnly on both disks";

	first->lab->valid = second->lab->valid = false;
	if (last && place_order(&last->claim->place, &other->place) == 0)
		return;
	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, other->place.path, other->place.line, other->place.column,
			"PersistentVolumeClaim \"%s\" is a disk of %s and of %s at %s:%zu:%zu; %s", other->name,
			other_owner, owner, one->place.path, one->place.line, one->place.column, remedy);
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

/* Two labs that are called the same are told of as that alone. */
static bool is_told(const struct lab *a, const struct lab *b)
{
	return a != b && text_equal(a->name, b->name);
}

/* Those of one claim, of which `count` is at least 1. */
static void group_check(const struct claim_use *uses, size_t count, struct diagnostics *diagnostics)
{
	const struct claim_use *free_one = uses[0].claim->node ? NULL : &uses[0], *last = NULL;
	size_t first = 0;

	for (size_t i = 1; free_one && i < count; i++)
		if (!claims_agree(free_one->claim, uses[i].claim) && !is_told(free_one->lab, uses[i].lab)) {
			refuse(free_one, &uses[i], last, diagnostics);
			last = &uses[i];
		}
	while (first < count && uses[first].claim->node == NULL)
		first++;
	for (size_t i = first + 1; i < count; i++)
		if (!claims_agree(uses[first].claim, uses[i].claim)) {
			refuse(&uses[first], &uses[i], last, diagnostics);
			last = &uses[i];
		}
}

void claims_check(struct lab **labs, size_t count, struct diagnostics *diagnostics)
{
	cleanup(free) struct claim_use *uses = NULL;
	size_t filled = uses_collect(labs, count, &uses);

	if (filled)
		qsort(uses, filled, sizeof(*uses), use_compare);
	for (size_t first = 0, end = 0; first < filled; first = end) {
		while (end < filled && use_compare_claim(&uses[first], &uses[end]) == 0)
			end++;
		group_check(&uses[first], end - first, diagnostics);
	}
}
