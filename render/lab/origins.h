/* The values of a node, one by one, with where each came from: what `labsync
 * render --explain` shows. The tables of fields lead; no value has a word of
 * its own here. */
#pragma once

#include "render/lab/lab.h"

struct valued_field {
	const char *name; /* dotted, from below the node's type: "firmware.secureBoot", "disks[0].size" */
	const char *text; /* the value on one line; "***" in the place of a secret */
	enum layer layer;
	const struct place *place; /* of the value; NULL when it is built in */
};

/* Calls `each` for every value of the node that is set, in the order of the
 * tables. What it is given lives in the arena. */
void node_values_each(struct arena *arena, const struct lab_node *node,
		      void (*each)(const struct valued_field *field, void *context), void *context);
