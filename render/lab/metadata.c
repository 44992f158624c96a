#include "render/lab/metadata.h"

#include "base/text.h"
#include "render/lab/config.h"
#include "render/lab/lab.h"
#include "render/lab/labels.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

#define ANNOTATION_PREFIX "labsync.dev/"

struct metadata_fields {
	struct metadata names;
	const void *nothing; /* never set: fields that are only checked */
};

const void *metadata_texts_check(struct reader *reader, const struct yaml_pair *pair)
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

static const void *switch_check(struct reader *reader, const struct yaml_pair *pair)
{
	/* What is no string was told of with all other annotations. */
	if (pair->value->kind != YAML_STRING && pair->value->kind != YAML_NULL)
		return NULL;
	if (!text_equal(pair->value->text, "true") && !text_equal(pair->value->text, "false"))
		return reader_refuse(reader, pair->value, "%s must be \"true\" or \"false\"", pair->key);
	return NULL;
}

static const char *const switch_names[] = { "true", "false", NULL };
static const struct value_type switch_type = { .name = "text", .shape = VALUE_TEXT, .allowed = switch_names };

/* Those that a person sets. A misspelt one would be a wish that is silently not met. */
static const struct field annotation_fields[] = {
	{ LAB_ANNOTATION_ADOPT, switch_check, offsetof(struct metadata_fields, nothing), &switch_type,
	  "\"true\" lets the lab take over objects of its names that are on the cluster already.", .fallback = NULL },
	{ LAB_ANNOTATION_PRUNE, switch_check, offsetof(struct metadata_fields, nothing), &switch_type,
	  "\"false\" keeps what the lab made when it leaves Git.", .fallback = NULL },
	{ .name = NULL },
};

static void annotation_check(struct reader *reader, const struct yaml_pair *entry)
{
	static const char *const names[] = { LAB_ANNOTATION_ADOPT, LAB_ANNOTATION_PRUNE, NULL };
	const struct field *known = field_find(annotation_fields, entry->key);
	const char *nearest = text_nearest(entry->key, names);

	if (!text_starts_with(entry->key, ANNOTATION_PREFIX))
		return;
	if (known)
		known->read(reader, entry);
	else if (nearest)
		reader_refuse(reader, entry->value, "unknown annotation %s; did you mean %s?",
			      reader_quote(reader, entry->key), nearest);
	else
		reader_refuse(reader, entry->value, "unknown annotation %s; labsync knows %s and %s on a Lab",
			      reader_quote(reader, entry->key), names[0], names[1]);
}

static const void *annotations_check(struct reader *reader, const struct yaml_pair *pair)
{
	metadata_texts_check(reader, pair);
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

const void *metadata_server_field(struct reader *reader, const struct yaml_pair *pair)
{
	reader_warn(reader, pair->line, pair->column, "%s is set by the cluster; remove it", pair->key);
	return NULL;
}

static const struct value_type annotations_type = {
	.shape = VALUE_MAP,
	.items = &text_type,
	.fields = annotation_fields,
	.reserved = ANNOTATION_PREFIX,
};
static const char *const config_names[] = { KNL_CONFIG_NAME, NULL };
static const struct value_type config_name_type = { .name = "name", .shape = VALUE_TEXT, .allowed = config_names };

#define NAME_PLACE offsetof(struct metadata_fields, names.name)
#define NAMESPACE_PLACE offsetof(struct metadata_fields, names.namespace_name)

/* What every kind's metadata takes beside its name and namespace. */
#define COMMON_FIELDS(labels_text)                                                                                   \
	{ "labels",     labels_read_metadata, offsetof(struct metadata_fields, names.labels),                        \
	  &labels_type, (labels_text),        .fallback = NULL },                                                    \
		{ "annotations",                                                                                     \
		  annotations_check,                                                                                 \
		  offsetof(struct metadata_fields, names.annotations),                                               \
		  &annotations_type,                                                                                 \
		  "Wishes to labsync. Others than labsync.dev's are without effect.",                                \
		  .fallback = NULL },                                                                                \
		METADATA_SERVER_FIELDS(offsetof(struct metadata_fields, nothing)),                                   \
	{                                                                                                            \
		.name = NULL                                                                                         \
	}

static const struct field lab_metadata_fields[] = {
	{ "name", value_string_pair, NAME_PLACE, &lab_name_type,
	  "The lab's name, with which the names of all its objects begin: at most 63 lower-case letters, digits and "
	  "\"-\", with a letter first.",
	  .presence = FIELD_REQUIRED },
	{ "namespace", value_string_pair, NAMESPACE_PLACE, &name_type,
	  "The namespace in which the lab's objects are. Without it, the source's.", .fallback = NULL },
	COMMON_FIELDS("Labels for all of the lab's objects, like spec.labels, which go before them."),
};

static const struct field config_metadata_fields[] = {
	{ "name", value_string_pair, NAME_PLACE, &config_name_type, "The only name that a KNLConfig has.",
	  .presence = FIELD_REQUIRED },
	{ "namespace", value_string_pair, NAMESPACE_PLACE, &text_type,
	  "Where KNL keeps it; without effect, since it holds for all labs of the source.", .fallback = NULL },
	COMMON_FIELDS("Checked, but without effect."),
};

static const struct field defaults_metadata_fields[] = {
	{ "name", value_string_pair, NAME_PLACE, &name_type, "A name for people; nothing refers to it.",
	  .presence = FIELD_REQUIRED },
	COMMON_FIELDS("Checked, but without effect; spec.labels are for the labs."),
};

const struct value_type lab_metadata_type = {
	.name = "LabMetadata",
	.shape = VALUE_OBJECT,
	.fields = lab_metadata_fields,
};
const struct value_type config_metadata_type = {
	.name = "KNLConfigMetadata",
	.shape = VALUE_OBJECT,
	.fields = config_metadata_fields,
};
const struct value_type defaults_metadata_type = {
	.name = "DefaultsMetadata",
	.shape = VALUE_OBJECT,
	.fields = defaults_metadata_fields,
};

void metadata_read(struct reader *reader, const struct yaml_node *mapping, const struct value_type *type,
		   struct metadata *metadata)
{
	struct metadata_fields fields = { .nothing = NULL };

	fields_read(reader, mapping, "metadata", type->fields, &fields);
	*metadata = fields.names;
}
