#include "render/lab/config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "base/text.h"
#include "render/lab/document.h"
#include "render/lab/map_build.h"
#include "render/lab/metadata.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

struct config_fields {
	const char *storage_class, *default_device, *group;
	const struct value_map *devices;
	const struct yaml_pair *default_node;
	const void *nothing; /* never set: about KNL's own parts */
};

#define GROUP_DEFAULT "ff18::100"

enum { DEVICE_LENGTH_MAX = 15, WORKERS_MAX = 5000 };

/* A network device of a worker: what Linux takes as a name. */
static bool is_device(const char *name)
{
	size_t length = strlen(name);

	return length > 0 && length <= DEVICE_LENGTH_MAX && value_is_one_word(name) && strpbrk(name, "/:") == NULL &&
	       !text_equal(name, ".") && !text_equal(name, "..");
}

static bool device_check(struct reader *reader, const struct yaml_node *value, const char *what)
{
	if (value->kind != YAML_STRING)
		return reader_refuse(reader, value, "%s must be the name of a network device, not %s", what,
				     yaml_kind_name(value->kind));
	if (!is_device(value->text))
		return reader_refuse(
			reader, value,
			"%s %s is no name of a network device; use one of at most %d characters like eth0", what,
			reader_quote(reader, value->text), DEVICE_LENGTH_MAX);
	return true;
}

static const void *device_read(struct reader *reader, const struct yaml_pair *pair)
{
	return device_check(reader, pair->value, pair->key) ? pair->value->text : NULL;
}

static const void *worker_device_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	(void)context;
	if (!name_is_subdomain(entry->key)) {
		reader_error(reader, entry->line, entry->column, "%s is no name of a worker",
			     reader_quote(reader, entry->key));
		return NULL;
	}
	return device_check(reader, entry->value, "the device") ? entry->value->text : NULL;
}

static const void *devices_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *mapping = pair->value;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	if (mapping->count > WORKERS_MAX)
		return reader_refuse(reader, mapping, "%s has %zu workers; at most %d are taken", pair->key,
				     mapping->count, WORKERS_MAX);
	return map_build(reader, mapping, worker_device_read, NULL);
}

/* ff00::/8; a route that the workers' kernels have for it is not ours to check. */
static const void *group_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct in6_addr address;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (inet_pton(AF_INET6, pair->value->text, &address) != 1 || !IN6_IS_ADDR_MULTICAST(&address))
		return reader_refuse(reader, pair->value,
				     "%s %s is no IPv6 multicast address; use one like " GROUP_DEFAULT, pair->key,
				     reader_quote(reader, pair->value->text));
	return pair->value->text;
}

static const struct value_type device_type = {
	.name = "device",
	.shape = VALUE_TEXT,
	.pattern = "^[^ /:]{1,15}$",
};
static const struct value_type devices_type = { .shape = VALUE_MAP, .items = &device_type, .items_max = WORKERS_MAX };
static const struct value_type group_type = {
	.name = "address",
	.shape = VALUE_TEXT,
	.pattern = "^[fF][fF][0-9a-fA-F]{2}:[0-9a-fA-F:.]+$",
};

#define WITHOUT_EFFECT_FIELD(name)                                                                                   \
	{                                                                                                            \
		name, value_without_effect, offsetof(struct config_fields, nothing), &without_effect_type,           \
			"A setting of KNL's own parts; labsync has none of them.", .fallback = NULL                  \
	}

static const struct field config_fields[] = {
	{ "defaultNode", value_mapping_pair, offsetof(struct config_fields, default_node), &defaults_type,
	  "What the nodes of all labs have in common, by type.", .fallback = NULL },
	{ "defaultVxlanDev", device_read, offsetof(struct config_fields, default_device), &device_type,
	  "The device of each worker over which links of the driver k8slan span workers, where vxlanDevMap names no "
	  "other.",
	  .fallback = NULL },
	WITHOUT_EFFECT_FIELD("fileSvr"),
	WITHOUT_EFFECT_FIELD("sideCarImage"),
	WITHOUT_EFFECT_FIELD("srCPMLoaderImage"),
	WITHOUT_EFFECT_FIELD("srIOMLoaderImage"),
	{ "storageClass", storage_class_read, offsetof(struct config_fields, storage_class), &subdomain_type,
	  "The StorageClass of all disks. Without it, the cluster's default.", .fallback = NULL },
	{ "vxlanDevMap", devices_read, offsetof(struct config_fields, devices), &devices_type,
	  "The device for links of the driver k8slan by worker.", .fallback = NULL },
	{ "vxlanGrp", group_read, offsetof(struct config_fields, group), &group_type,
	  "The IPv6 multicast group over which links of the driver k8slan find their other ends.",
	  .fallback = GROUP_DEFAULT },
	{ .name = NULL },
};

static const char *const kinds[] = { CONFIG_KIND, NULL };
static const struct value_type kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = kinds };
static const struct value_type spec_type = { .name = "KNLConfigSpec",
					     .shape = VALUE_OBJECT,
					     .fields = config_fields };

static const struct field document_fields[] = {
	DOCUMENT_VERSION_FIELD(knl_version_type),
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

static const struct lab_lan_config *lan_new(struct arena *arena, const struct config_fields *fields)
{
	struct lab_lan_config *lan;

	if (fields->group == NULL && fields->default_device == NULL && fields->devices == NULL)
		return NULL;
	lan = arena_new(arena, sizeof(*lan));
	*lan = (struct lab_lan_config){ .vxlan_group = fields->group ? fields->group : GROUP_DEFAULT,
					.default_device = fields->default_device,
					.devices = fields->devices };
	return lan;
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
	config->lan = lan_new(reader->arena, &fields);
	if (fields.default_node)
		settings_read_defaults(reader, fields.default_node->value, "defaultNode", &config->defaults);
	if (reader->errors)
		config->valid = false;
	config->defaults.broken = !config->valid;
}
