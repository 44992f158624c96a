#include "render/lab/manifest_collisions.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "render/lab/manifest_kinds.h"

struct owned_manifest {
	struct lab *lab;
	const struct lab_manifest *manifest;
};

static const char *namespace_of(const struct owned_manifest *owned)
{
	return owned->manifest->kind->is_cluster_scoped ? "" : owned->lab->namespace_name;
}

static int identity_compare(const struct owned_manifest *a, const struct owned_manifest *b)
{
	int order = strcmp(a->manifest->kind->kind, b->manifest->kind->kind);

	if (order == 0)
		order = strcmp(namespace_of(a), namespace_of(b));
	return order ? order : strcmp(a->manifest->name, b->manifest->name);
}

static int owned_compare(const void *left, const void *right)
{
	const struct owned_manifest *a = left, *b = right;
	int order = identity_compare(a, b);

	if (order == 0)
		order = place_order(&a->manifest->place, &b->manifest->place);
	return order ? order : strcmp(a->lab->name, b->lab->name);
}

/* Two labs that are called the same are told of as that alone. */
static bool is_told(const struct lab *a, const struct lab *b)
{
	return a != b && text_equal(a->name, b->name) && text_equal(a->namespace_name, b->namespace_name);
}

static void refuse(const struct owned_manifest *first, const struct owned_manifest *second,
		   struct diagnostics *diagnostics)
{
	const struct place *here = &second->manifest->place, *there = &first->manifest->place;

	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, here->path, here->line, here->column,
			"%s \"%s\" of lab \"%s\" is also in lab \"%s\" at %s:%zu:%zu; keep one, or rename one",
			second->manifest->kind->kind, second->manifest->name, second->lab->name, first->lab->name,
			there->path, there->line, there->column);
	first->lab->valid = second->lab->valid = false;
}

void manifest_collisions_check(struct lab **labs, size_t count, struct diagnostics *diagnostics)
{
	cleanup(free) struct owned_manifest *all = NULL;
	size_t room = 0, filled = 0;

	for (size_t i = 0; i < count; i++)
		room += labs[i]->manifest_count;
	all = memory_new_array(room, sizeof(*all));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < labs[i]->manifest_count; j++)
			if (!labs[i]->manifests[j].kind->is_disk)
				all[filled++] = (struct owned_manifest){ labs[i], &labs[i]->manifests[j] };
	if (filled)
		qsort(all, filled, sizeof(*all), owned_compare);
	for (size_t i = 1; i < filled; i++)
		if (identity_compare(&all[i - 1], &all[i]) == 0 && !is_told(all[i - 1].lab, all[i].lab))
			refuse(&all[i - 1], &all[i], diagnostics);
}
