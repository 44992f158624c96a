/* A document's metadata: its name, its namespace, and the annotations that are
 * labsync's, and its labels; other annotations are checked and left aside. */
#pragma once

#include "render/lab/reader.h"

struct metadata {
	const struct yaml_pair *name, *namespace_name; /* strings; NULL when not given */
	const struct yaml_pair *annotations; /* a mapping of strings; NULL when not given */
	const struct value_map *labels; /* text; NULL when none are given */
};

extern const struct value_type lab_metadata_type, config_metadata_type, defaults_metadata_type;

/* True when `annotations` has `name` with the value `value`. */
bool metadata_annotation_is(const struct metadata *metadata, const char *name, const char *value);

/* What is not given, or refused, is NULL. `type` is one of those above. */
void metadata_read(struct reader *reader, const struct yaml_node *mapping, const struct value_type *type,
		   struct metadata *metadata);
