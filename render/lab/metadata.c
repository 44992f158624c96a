#include "render/lab/metadata.h"

#include "base/text.h"
#include "render/lab/lab.h"
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

/* Those that a person sets. A misspelt one would be a wish that is silently not met. */
static const struct known_annotation {
	const char *name, *value;
} known_annotations[] = {
	{ LAB_ANNOTATION_ADOPT, "true" },
	{ LAB_ANNOTATION_PRUNE, "false" },
};

static void annotation_check(struct reader *reader, const struct yaml_pair *entry)
{
	static const char *const names[] = { LAB_ANNOTATION_ADOPT, LAB_ANNOTATION_PRUNE, NULL };
	const char *nearest = text_nearest(entry->key, names);

	if (!text_starts_with(entry->key, "labsync.dev/"))
		return;
	for (size_t i = 0; i < sizeof(known_annotations) / sizeof(known_annotations[0]); i++) {
		const struct known_annotation *known = &known_annotations[i];

		if (!text_equal(entry->key, known->name))
			continue;
		if (!text_equal(entry->value->text, "true") && !text_equal(entry->value->text, "false"))
			reader_refuse(reader, entry->value, "%s must be \"true\" or \"false\"", known->name);
		return;
	}
	if (nearest)
		reader_refuse(reader, entry->value, "unknown annotation %s; did you mean %s?",
			      reader_quote(reader, entry->key), nearest);
	else
		reader_refuse(reader, entry->value, "unknown annotation %s; labsync knows %s and %s on a Lab",
			      reader_quote(reader, entry->key), names[0], names[1]);
}

static const void *annotations_check(struct reader *reader, const struct yaml_pair *pair)
{
	string_map_check(reader, pair);
	if (pair->value->kind != YAML_MAPPING)
		return NULL;
	for (size_t i = 0; i < pair->value->count; i++)
		annotation_check(reader, &pair->value->pairs[i]);
	return pair;
}

bool metadata_annotation_is(const struct metadata *metadata, const char *name, const char *value)
{
	const struct yaml_node *found = metadata->annotations ? yaml_get(metadata->annotations->value, name) : NULL;

	return found && text_equal(found->text, value);
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
	{ "annotations", annotations_check, offsetof(struct metadata_fields, names.annotations) },
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
