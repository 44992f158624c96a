/* ${NAME} in text, and the layers of variables that are in force there. */
#pragma once

#include "render/lab/variables.h"

struct variable_scope {
	const struct variables *layers[VARIABLE_LAYERS_MAX]; /* lowest first */
	bool is_expanded[VARIABLE_LAYERS_MAX]; /* that layer's values refer to nothing any more */
	size_t count;
	/* labsync's own; NULL where there is none. */
	const char *lab, *instance, *number;
	size_t expanded; /* bytes so far */
	bool full; /* EXPANDED_TEXT_MAX was told */
	bool missing; /* a variable had no value, so that what was expanded is not what was meant */
	bool partial; /* a layer could not be read, so that a name that is not known proves nothing */
};

/* Lays a layer over those of the scope as it is: its values are expanded where they are used. False after it told
 * that there are too many. */
bool scope_push(struct reader *reader, struct variable_scope *scope, const struct variables *layer);

/* The same, with its values expanded at once, so that what is wrong with them is told at their own place. */
bool scope_push_expanded(struct reader *reader, struct variable_scope *scope, const struct variables *layer);

/* Tells what is wrong with the layer's references without the values of labsync's own. */
void scope_check(struct reader *reader, const struct variable_scope *scope, const struct variables *layer);

/* `value` with its variables' values: itself when it has none, a copy with the
 * same places otherwise. What cannot be
 * expanded was told, and makes the scope `missing`. */
const struct yaml_node *scope_expand(struct reader *reader, struct variable_scope *scope,
				     const struct yaml_node *value);
