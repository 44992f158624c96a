/* `variables`: names for values, and ${NAME} in the text of labsync's own Lab
 * and Defaults.
 *
 *   ${NAME}   the variable's value; alone, the value keeps its kind: 5 is a number
 *   $${       a literal "${"
 * What follows "${" and is no name with a "}" behind it stays as it is.
 *
 * Variables stand in layers: the repository's, those of folders from the
 * outermost in, the lab's, the instance's. A higher layer's value hides a lower
 * one's. A value may refer to variables of lower layers, so that nothing can
 * refer to itself. lab, instance and number are labsync's own, below them all. */
#pragma once

#include "render/lab/reader.h"

enum {
	VARIABLES_MAX = 500, /* of one layer */
	VARIABLE_LAYERS_MAX = 64,
	EXPANDED_TEXT_MAX = 4 * 1024 * 1024 /* bytes, of one lab */
};

struct variable {
	const char *name;
	const struct yaml_node *value; /* a scalar */
	bool expanded; /* what looks like a reference in it is meant so */
};

/* One layer, by name. */
struct variables {
	const struct variable *items;
	size_t count;
};

extern const struct value_type variables_type;

/* A field's reader; const struct variables *. */
const void *variables_read(struct reader *reader, const struct yaml_pair *pair);

/* How much of `text` is a variable's name; 0: nothing. */
size_t variable_name_length(const char *text);

/* True for lab, instance and number. */
bool variable_is_own(const char *name);

/* The layer's variable of that name; NULL when there is none. */
const struct variable *variables_find(const struct variables *layer, const char *name);
