/* A document's metadata: its name and namespace; labels and annotations are
 * checked and left aside. */
#pragma once

#include "render/lab/reader.h"

struct metadata {
	const struct yaml_pair *name, *namespace_name; /* strings; NULL when not given */
};

/* What is not given, or refused, is NULL. */
void metadata_read(struct reader *reader, const struct yaml_node *mapping, struct metadata *metadata);
