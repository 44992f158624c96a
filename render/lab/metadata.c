#include "render/lab/metadata.h"

#include "render/lab/values.h"

struct metadata_fields {
	struct metadata names;
	const void *nothing; /* never set: fields that are only checked */
};

static const void *string_map_check(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	for (size_t i = 0; i < pair->value->count; i++) {
		const struct yaml_pair *entry = &pair->value->pairs[i];

		if (entry->value->kind != YAML_STRING && entry->value->kind != YAML_NULL)
			reader_refuse(reader, entry->value,
				      "%s: the value of %s must be a string; write it in quotes", pair->key,
				      reader_quote(reader, entry->key));
	}
	return NULL;
}

static const void *server_field(struct reader *reader, const struct yaml_pair *pair)
{
	reader_warn(reader, pair->line, pair->column, "%s is set by the cluster; remove it", pair->key);
	return NULL;
}

static const struct field metadata_fields[] = {
	{ "name", value_string_pair, offsetof(struct metadata_fields, names.name) },
	{ "namespace", value_string_pair, offsetof(struct metadata_fields, names.namespace_name) },
	{ "labels", string_map_check, offsetof(struct metadata_fields, nothing) },
	{ "annotations", string_map_check, offsetof(struct metadata_fields, nothing) },
	{ "creationTimestamp", server_field, offsetof(struct metadata_fields, nothing) },
	{ "deletionGracePeriodSeconds", server_field, offsetof(struct metadata_fields, nothing) },
	{ "deletionTimestamp", server_field, offsetof(struct metadata_fields, nothing) },
	{ "finalizers", server_field, offsetof(struct metadata_fields, nothing) },
	{ "generation", server_field, offsetof(struct metadata_fields, nothing) },
	{ "managedFields", server_field, offsetof(struct metadata_fields, nothing) },
	{ "ownerReferences", server_field, offsetof(struct metadata_fields, nothing) },
	{ "resourceVersion", server_field, offsetof(struct metadata_fields, nothing) },
	{ "selfLink", server_field, offsetof(struct metadata_fields, nothing) },
	{ "uid", server_field, offsetof(struct metadata_fields, nothing) },
	{ .name = NULL },
};

void metadata_read(struct reader *reader, const struct yaml_node *mapping, struct metadata *metadata)
{
	struct metadata_fields fields = { .nothing = NULL };

	fields_read(reader, mapping, "metadata", metadata_fields, &fields);
	*metadata = fields.names;
}
