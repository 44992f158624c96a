/* `dependsOn`: labs that must be there before another. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

/* What a person wrote, one entry each; a NULL namespace is the lab's own. */
struct dependency_list {
	const struct lab_reference *items;
	size_t count;
};

extern const struct value_type dependencies_type;

/* A field's reader; const struct dependency_list *. */
const void *dependencies_read(struct reader *reader, const struct yaml_pair *pair);

/* A lab and what it asked for. */
struct dependent {
	struct lab *lab;
	const struct dependency_list *wanted; /* NULL: nothing */
};

/* Finds the labs that are meant, all instances of one that has instances, and refuses those that are not there and those
 * that wait for each other. `dependents` becomes sorted as labs are, by namespace and name. Only in a `complete` set is a
 * lab that is not found known to be missing. */
void dependencies_resolve(struct arena *arena, struct dependent *dependents, size_t count, bool complete,
			  struct diagnostics *diagnostics);
