#include "render/lab/claims.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/vm_disks.h"

struct claim_use {
	struct lab *lab;
	const struct lab_node *node;
	const struct lab_disk *disk;
	struct place place;
};

struct claim_uses {
	struct claim_use *items;
	size_t count, capacity;
};

static int use_compare_claim(const struct claim_use *a, const struct claim_use *b)
{
	int order = strcmp(a->lab->namespace_name, b->lab->namespace_name);

	return order ? order : strcmp(a->disk->claim, b->disk->claim);
}

static int number_compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int use_compare(const void *left, const void *right)
{
	const struct claim_use *a = left, *b = right;
	int order = use_compare_claim(a, b);

	if (order == 0)
		order = strcmp(a->place.path, b->place.path);
	if (order == 0)
		order = number_compare(a->place.line, b->place.line);
	if (order == 0)
		order = number_compare(a->place.column, b->place.column);
	if (order == 0)
		order = strcmp(a->lab->name, b->lab->name);
	return order ? order : strcmp(a->node->name, b->node->name);
}

static bool use_is_shared(const struct claim_use *use)
{
	const struct lab_disk *disk = use->disk;

	return (disk->shareable && *disk->shareable) || (disk->read_only && *disk->read_only);
}

static void node_collect(struct lab *lab, const struct lab_node *node, struct claim_uses *uses)
{
	const struct value_list *disks = node->type == NODE_VM && node->vm ? node->vm->disks : NULL;

	for (size_t i = 0; disks && i < disks->count; i++) {
		const struct lab_disk *disk = disks->items[i];

		if (disk == NULL || disk->claim == NULL)
			continue;
		memory_grow(&uses->items, uses->count, &uses->capacity, sizeof(*uses->items));
		uses->items[uses->count++] = (struct claim_use){
			.lab = lab,
			.node = node,
			.disk = disk,
			.place = *disk_place(disk, offsetof(struct lab_disk, claim)),
		};
	}
}

static void refuse(const struct claim_use *first, const struct claim_use *second, struct diagnostics *diagnostics)
{
	diagnostics_add(
		diagnostics, DIAGNOSTIC_ERROR, second->place.path, second->place.line, second->place.column,
		"PersistentVolumeClaim \"%s\" is a disk of node \"%s\" of lab \"%s\" and of node \"%s\" of lab "
		"\"%s\" at %s:%zu:%zu; use one claim for each, or set shareable or readOnly on both disks",
		second->disk->claim, second->node->name, second->lab->name, first->node->name, first->lab->name,
		first->place.path, first->place.line, first->place.column);
	first->lab->valid = second->lab->valid = false;
}

void claims_check(struct lab **labs, size_t count, struct diagnostics *diagnostics)
{
	struct claim_uses uses = { .items = NULL };
	size_t first = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < labs[i]->node_count; j++)
			node_collect(labs[i], &labs[i]->nodes[j], &uses);
	if (uses.count)
		qsort(uses.items, uses.count, sizeof(*uses.items), use_compare);
	for (size_t i = 1; i < uses.count; i++) {
		const struct claim_use *one = &uses.items[first], *other = &uses.items[i];

		if (use_compare_claim(one, other) != 0)
			first = i;
		else if ((one->lab != other->lab || one->node != other->node) &&
			 !(use_is_shared(one) && use_is_shared(other)))
			refuse(one, other, diagnostics);
	}
	free(uses.items);
}
