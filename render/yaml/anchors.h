/* The values of one document that were given a name (&name), by name.
 *
 * An alias shares the node it names. What it would hold if it were written out
 * is known per anchor, so that a small file that stands for a billion nodes is
 * refused before anything walks it. A search tree, since a hostile file can
 * name 100,000 values. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "render/yaml/yaml.h"

struct anchor {
	const char *name;
	struct yaml_node *node;
	size_t nodes; /* with all aliases inside written out */
	size_t height; /* collections within collections */
	bool open; /* still being read: an alias here would contain itself */
};

struct anchors {
	void *tree; /* of tsearch(3) */
};

void anchors_deinit(struct anchors *anchors);
static inline void anchors_cleanup(struct anchors *anchors)
{
	anchors_deinit(anchors);
}

/* `name` becomes `node`, also when it was another one before. The name is copied into the arena. */
void anchors_open(struct anchors *anchors, struct arena *arena, const char *name, struct yaml_node *node);
void anchors_close(struct anchors *anchors, const char *name, const struct yaml_node *node, size_t nodes,
		   size_t height);

/* NULL when nothing has that name. */
const struct anchor *anchors_find(const struct anchors *anchors, const char *name);
