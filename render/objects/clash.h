/* Objects that would have one name. The model has seen to it that no two nodes,
 * links or disks are one; what remains is made of more than these: the attachment
 * of pod "x" on link "l" of lab "a" is "a-x-l", and so is that of link "x-l". */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "base/diagnostic.h"
#include "render/render.h"

/* What a lab that was there before is told by. */
struct clash_lab {
	char *name, *path;
	size_t line;
};

struct clash_slot;

/* The objects of all labs so far: 16 bytes for each. */
struct clashes {
	struct clash_lab *labs; /* in the order in which they came */
	size_t lab_count, lab_capacity;
	struct clash_slot *slots; /* open addressing, at most half full */
	size_t slot_count, used;
};

#define CLASHES_INIT                                                                                                 \
	{                                                                                                            \
		.labs = NULL                                                                                         \
	}

enum { CLASH_NONE = -1 };

void clashes_deinit(struct clashes *clashes);

/* Adds a lab's objects. When one is there already, the lab becomes invalid with a diagnostic that names both labs, and
 * the index of the one before is returned, counted from 0 as they came; the lab's own, when it has an object twice. */
ssize_t clashes_add(struct clashes *clashes, struct rendered_lab *lab, struct diagnostics *diagnostics);
