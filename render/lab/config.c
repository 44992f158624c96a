#include "render/lab/config.h"

#include "base/text.h"
#include "render/lab/document.h"
#include "render/lab/metadata.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

struct config_fields {
	const char *storage_class;
	const struct yaml_pair *default_node;
	const void *nothing; /* never set: about KNL's own parts */
};

static const void *storage_class_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!name_is_subdomain(pair->value->text))
		return reader_refuse(reader, pair->value, "storageClass %s is no name of a StorageClass",
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}

#define WITHOUT_EFFECT_FIELD(name)                                                                                   \
	{                                                                                                            \
		name, value_without_effect, offsetof(struct config_fields, nothing), &without_effect_type,           \
			"A setting of KNL's own parts; labsync has none of them.", .fallback = NULL                  \
	}

static const struct field config_fields[] = {
	{ "defaultNode", value_mapping_pair, offsetof(struct config_fields, default_node), &defaults_type,
	  "What the nodes of all labs have in common, by type.", .fallback = NULL },
	WITHOUT_EFFECT_FIELD("defaultVxlanDev"),
	WITHOUT_EFFECT_FIELD("fileSvr"),
	WITHOUT_EFFECT_FIELD("sideCarImage"),
	WITHOUT_EFFECT_FIELD("srCPMLoaderImage"),
	WITHOUT_EFFECT_FIELD("srIOMLoaderImage"),
	{ "storageClass", storage_class_read, offsetof(struct config_fields, storage_class), &subdomain_type,
	  "The StorageClass of all disks. Without it, the cluster's default.", .fallback = NULL },
	WITHOUT_EFFECT_FIELD("vxlanDevMap"),
	WITHOUT_EFFECT_FIELD("vxlanGrp"),
	{ .name = NULL },
};

static const char *const kinds[] = { CONFIG_KIND, NULL };
static const struct value_type kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = kinds };
static const struct value_type spec_type = { .name = "KNLConfigSpec",
					     .shape = VALUE_OBJECT,
					     .fields = config_fields };

static const struct field document_fields[] = {
	DOCUMENT_VERSION_FIELD,
	DOCUMENT_KIND_FIELD(kind_type),
	{ "metadata", value_mapping_pair, offsetof(struct document_fields, metadata), &config_metadata_type,
	  "The document's name.", .presence = FIELD_REQUIRED },
	{ "spec", value_mapping_pair, offsetof(struct document_fields, spec), &spec_type,
	  "What holds for all labs of the source.", .fallback = NULL },
	DOCUMENT_STATUS_FIELD,
	{ .name = NULL },
};

const struct value_type config_type = { .name = CONFIG_KIND, .shape = VALUE_OBJECT, .fields = document_fields };

static void name_check_config(struct reader *reader, const struct yaml_node *root, const struct document *document)
{
	struct metadata metadata = { .name = NULL };
	size_t before = reader->errors;

	if (document->metadata)
		metadata_read(reader, document->metadata, &config_metadata_type, &metadata);
	if (metadata.name == NULL && reader->errors == before)
		reader_refuse(reader, root, "KNLConfig has no metadata.name; name it " KNL_CONFIG_NAME);
	else if (metadata.name && !text_equal(metadata.name->value->text, KNL_CONFIG_NAME))
		reader_refuse(reader, metadata.name->value, "KNLConfig must be named " KNL_CONFIG_NAME ", not %s",
			      reader_quote(reader, metadata.name->value->text));
}

void config_read(struct reader *reader, const struct yaml_node *root, struct lab_config *config)
{
	struct document document;
	struct config_fields fields = { .nothing = NULL };

	if (config->path) {
		reader_refuse(reader, root, "a second KNLConfig; the first is at %s:%zu:%zu; keep one", config->path,
			      config->line, config->column);
		config->valid = false;
		return;
	}
	config->path = reader->path;
	config->line = root->line;
	config->column = root->column;
	document_read(reader, root, CONFIG_KIND, document_fields, &document);
	name_check_config(reader, root, &document);
	if (document.spec)
		fields_read(reader, document.spec, "spec", config_fields, &fields);
	config->storage_class = fields.storage_class;
	if (fields.default_node)
		settings_read_defaults(reader, fields.default_node->value, "defaultNode", &config->defaults);
	if (reader->errors)
		config->valid = false;
	config->defaults.broken = !config->valid;
}
