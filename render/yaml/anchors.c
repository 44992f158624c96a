#include "render/yaml/anchors.h"

#include <search.h>
#include <string.h>

static int anchor_compare(const void *left, const void *right)
{
	return strcmp(((const struct anchor *)left)->name, ((const struct anchor *)right)->name);
}

static struct anchor *anchors_lookup(const struct anchors *anchors, const char *name)
{
	struct anchor wanted = { .name = name };
	struct anchor *const *found = tfind(&wanted, &anchors->tree, anchor_compare);

	return found ? *found : NULL;
}

static void anchor_keep(void *anchor)
{
	(void)anchor; /* it lives in the arena; only the tree's own nodes are freed */
}

void anchors_deinit(struct anchors *anchors)
{
	tdestroy(anchors->tree, anchor_keep);
	anchors->tree = NULL;
}

void anchors_open(struct anchors *anchors, struct arena *arena, const char *name, struct yaml_node *node)
{
	struct anchor *anchor = anchors_lookup(anchors, name);

	if (anchor == NULL) {
		anchor = arena_new(arena, sizeof(*anchor));
		anchor->name = arena_copy(arena, name, strlen(name));
		if (tsearch(anchor, &anchors->tree, anchor_compare) == NULL)
			abort(); /* out of memory, which ends the process everywhere */
	}
	anchor->node = node;
	anchor->open = true;
}

void anchors_close(struct anchors *anchors, const char *name, const struct yaml_node *node, size_t nodes,
		   size_t height)
{
	struct anchor *anchor = anchors_lookup(anchors, name);

	if (anchor == NULL || anchor->node != node)
		return; /* something inside took the name over */
	anchor->nodes = nodes;
	anchor->height = height;
	anchor->open = false;
}

const struct anchor *anchors_find(const struct anchors *anchors, const char *name)
{
	return anchors_lookup(anchors, name);
}
