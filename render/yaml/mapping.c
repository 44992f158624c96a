#include "render/yaml/mapping.h"

#include <string.h>

void yaml_mapping_cleanup(struct yaml_mapping *mapping)
{
	free(mapping->entries);
}

void yaml_mapping_add(struct yaml_mapping *mapping, const struct yaml_pair *pair, enum yaml_origin origin)
{
	memory_grow(&mapping->entries, mapping->count, &mapping->capacity, sizeof(*mapping->entries));
	mapping->entries[mapping->count++] = (struct yaml_entry){ .pair = *pair, .origin = origin };
}

static void mapping_merge_one(struct yaml_builder *builder, struct yaml_mapping *mapping,
			      const struct yaml_node *value)
{
	struct yaml_place place = { .line = value->line, .column = value->column };

	if (value->kind != YAML_MAPPING) {
		yaml_builder_error(builder, place, "`<<` merges mappings, this is %s; give it an alias of a mapping",
				   yaml_kind_name(value->kind));
		return;
	}
	for (size_t i = 0; i < value->count; i++)
		yaml_mapping_add(mapping, &value->pairs[i], YAML_MERGED);
}

void yaml_mapping_merge(struct yaml_builder *builder, struct yaml_mapping *mapping, struct yaml_place place,
			const struct yaml_node *value)
{
	if (mapping->merge_line) {
		yaml_builder_error(builder, place,
				   "key \"<<\" is already set on line %zu; merge a list: <<: [*a, *b]",
				   mapping->merge_line);
		return;
	}
	mapping->merge_line = place.line;
	if (value->kind != YAML_SEQUENCE) {
		mapping_merge_one(builder, mapping, value);
		return;
	}
	for (size_t i = 0; i < value->count; i++)
		mapping_merge_one(builder, mapping, value->items[i]);
}

/* By key; of equal keys the one that counts comes first. */
static int entry_compare(const void *left_pointer, const void *right_pointer)
{
	const struct yaml_entry *left = *(struct yaml_entry *const *)left_pointer;
	const struct yaml_entry *right = *(struct yaml_entry *const *)right_pointer;
	int order = strcmp(left->pair.key, right->pair.key);

	if (order)
		return order;
	if (left->origin != right->origin)
		return left->origin == YAML_WRITTEN ? -1 : 1;
	return left < right ? -1 : left > right;
}

/* Most mappings are small, and have no key twice. */
static bool mapping_may_have_equal_keys(const struct yaml_mapping *mapping)
{
	enum { FEW = 12 };

	if (mapping->count > FEW)
		return true;
	for (size_t i = 1; i < mapping->count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(mapping->entries[i].pair.key, mapping->entries[j].pair.key) == 0)
				return true;
	return false;
}

/* Sorted, not compared each with each: a hostile file can hold 100,000 keys. */
static void mapping_drop_equal_keys(struct yaml_builder *builder, struct yaml_mapping *mapping)
{
	cleanup(free) struct yaml_entry **sorted = memory_new_array(mapping->count, sizeof(struct yaml_entry *));
	const struct yaml_entry *kept;

	for (size_t i = 0; i < mapping->count; i++)
		sorted[i] = &mapping->entries[i];
	qsort(sorted, mapping->count, sizeof(struct yaml_entry *), entry_compare);
	kept = sorted[0];
	for (size_t i = 1; i < mapping->count; i++) {
		struct yaml_entry *entry = sorted[i];
		struct yaml_place place = { .line = entry->pair.line, .column = entry->pair.column };

		if (strcmp(entry->pair.key, kept->pair.key) != 0) {
			kept = entry;
			continue;
		}
		entry->dropped = true;
		if (entry->origin == YAML_WRITTEN)
			yaml_builder_error(builder, place, "key \"%s\" is already set on line %zu; keep one",
					   yaml_builder_shown(builder, entry->pair.key), kept->pair.line);
	}
}

void yaml_mapping_finish(struct yaml_builder *builder, struct yaml_mapping *mapping, struct yaml_node *node)
{
	node->kind = YAML_MAPPING;
	if (mapping->count == 0)
		return;
	if (mapping_may_have_equal_keys(mapping))
		mapping_drop_equal_keys(builder, mapping);
	node->pairs = arena_new(builder->arena, mapping->count * sizeof(*node->pairs));
	for (size_t i = 0; i < mapping->count; i++) {
		if (!mapping->entries[i].dropped)
			node->pairs[node->count++] = mapping->entries[i].pair;
	}
}
