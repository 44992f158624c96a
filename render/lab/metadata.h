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

/* Field readers, both always NULL: labels or annotations, whose values must be texts; and what the cluster sets, with a
 * warning. */
const void *metadata_texts_check(struct reader *reader, const struct yaml_pair *pair);
const void *metadata_server_field(struct reader *reader, const struct yaml_pair *pair);

/* The rows of what the cluster sets; `nothing` is the offset of a pointer that is never set. */
#define METADATA_SERVER_FIELD(name, nothing)                                                                         \
	{                                                                                                            \
		(name), metadata_server_field, (nothing), &without_effect_type,                                      \
			"Set by the cluster and ignored; remove it.", .fallback = NULL                               \
	}
#define METADATA_SERVER_FIELDS(nothing)                                                                              \
	METADATA_SERVER_FIELD("creationTimestamp", nothing),                                                         \
		METADATA_SERVER_FIELD("deletionGracePeriodSeconds", nothing),                                        \
		METADATA_SERVER_FIELD("deletionTimestamp", nothing), METADATA_SERVER_FIELD("finalizers", nothing),   \
		METADATA_SERVER_FIELD("generation", nothing), METADATA_SERVER_FIELD("managedFields", nothing),       \
		METADATA_SERVER_FIELD("ownerReferences", nothing),                                                   \
		METADATA_SERVER_FIELD("resourceVersion", nothing), METADATA_SERVER_FIELD("selfLink", nothing),       \
		METADATA_SERVER_FIELD("uid", nothing)

/* True when `annotations` has `name` with the value `value`. */
bool metadata_annotation_is(const struct metadata *metadata, const char *name, const char *value);

/* What is not given, or refused, is NULL. `type` is one of those above. */
void metadata_read(struct reader *reader, const struct yaml_node *mapping, const struct value_type *type,
		   struct metadata *metadata);
