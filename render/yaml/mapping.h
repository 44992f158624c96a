/* A mapping in the making: keys that were written, keys that came by `<<`, and
 * the rule which of two equal keys counts. */
#pragma once

#include "render/yaml/builder.h"

enum yaml_origin { YAML_WRITTEN, YAML_MERGED };

struct yaml_entry {
	struct yaml_pair pair;
	enum yaml_origin origin;
	bool dropped;
};

struct yaml_mapping {
	struct yaml_entry *entries; /* in the order in which they were added */
	size_t count, capacity;
	size_t merge_line; /* of the mapping's `<<`; 0 when there is none */
};

void yaml_mapping_cleanup(struct yaml_mapping *mapping);
void yaml_mapping_add(struct yaml_mapping *mapping, const struct yaml_pair *pair, enum yaml_origin origin);

/* Adds what `<<: value` brings: a mapping's pairs, or those of a sequence of mappings. */
void yaml_mapping_merge(struct yaml_builder *builder, struct yaml_mapping *mapping, struct yaml_place place,
			const struct yaml_node *value);

/* Makes `node` the mapping of the entries that count: a written key before a
 * merged one, an earlier merged one before a later. A key written twice is a
 * mistake. */
void yaml_mapping_finish(struct yaml_builder *builder, struct yaml_mapping *mapping, struct yaml_node *node);
