/* The documents of dialects in one file as one Lab. */
#pragma once

#include "render/dialects/facts.h"

/* What documents become. */
struct translated_lab {
	const struct yaml_node
		*root; /* the Lab, in the reader's arena; NULL when the documents mean nothing by themselves */
	bool is_placed; /* false: which lab and namespace they belong to is not sure, after errors */
};

/* The Lab called `name`. What is wrong goes to the reader: then it may lack anything. There is at least one document, and
 * all are of that namespace. */
struct translated_lab translate(struct reader *reader, const struct facts *facts, const struct fact *documents,
				size_t count, const char *namespace_name, const char *name);

/* The name of the Lab that a file's documents become: its path below `root`, as a name. In the arena. */
const char *translate_lab_name(struct arena *arena, const char *path, const char *root);
