#include "render/dialects/mapping.h"

#include <string.h>

#include "base/text.h"
#include "render/dialects/mapping_parts.h"
#include "render/lab/document.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/map_build.h"
#include "render/lab/metadata.h"
#include "render/lab/names.h"
#include "render/lab/settings_values.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_values.h"
#include "render/lab/vm_machine.h"

enum { NAMES_MAX = 10000, MHZ_MIN = 100, MHZ_MAX = 20000 };

#define IMAGE(member) offsetof(struct mapped_image, member)

static const struct field image_fields[] = {
	{ "image", vm_image_read, IMAGE(image), &vm_image_type,
	  "Where the image is: a container disk (docker://) or a file on a web server (http://, https://).",
	  .presence = FIELD_REQUIRED },
	{ "size", value_disk_size, IMAGE(size), &disk_size_type,
	  "The size of a disk made of it, where the VM names none.", .fallback = NULL },
	{ "checksum", checksum_read, IMAGE(checksum), &checksum_type,
	  "The checksum that the file must have, like sha256:DIGITS.", .fallback = NULL },
	{ "imageCA", object_name_read, IMAGE(certificates), &object_name_type,
	  "A ConfigMap in the VM's namespace with the certificate authority of the image's server.",
	  .fallback = NULL },
	{ "imageSecret", object_name_read, IMAGE(image_secret), &object_name_type,
	  "A Secret in the VM's namespace with the user and password for the image's server.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type image_type = {
	.name = "MappedImage",
	.shape = VALUE_ANY,
	.fields = image_fields,
	.size = sizeof(struct mapped_image),
};
static const struct value_type image_object_type = {
	.name = "MappedImage",
	.shape = VALUE_OBJECT,
	.fields = image_fields,
	.size = sizeof(struct mapped_image),
};

#define CLASS(member) offsetof(struct mapped_class, member)

static const struct field class_fields[] = {
	{ "cpu", value_cores, CLASS(cpu), &cores_type, "How many cores its VMs have.", .fallback = NULL },
	{ "memory", value_guest_memory, CLASS(memory), &guest_memory_type, "The memory of its VMs.",
	  .fallback = NULL },
	{ "cpuModel", cpu_model_read, CLASS(cpu_model), &cpu_model_type, "The processor that its guests see.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type class_type = {
	.name = "MappedClass",
	.shape = VALUE_OBJECT,
	.fields = class_fields,
	.size = sizeof(struct mapped_class),
};

#define VOLUME(member) offsetof(struct mapped_volume, member)

static const struct field volume_fields[] = {
	{ "size", value_disk_size, VOLUME(size), &disk_size_type, "The size of its disks.",
	  .presence = FIELD_REQUIRED },
	{ "storageClass", storage_class_read, VOLUME(storage_class), &subdomain_type,
	  "The StorageClass of its disks. Without it, the cluster's default.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type volume_type = {
	.name = "MappedVolume",
	.shape = VALUE_OBJECT,
	.fields = volume_fields,
	.size = sizeof(struct mapped_volume),
};

static const struct value_type images_type = { .shape = VALUE_MAP, .items = &image_type, .items_max = NAMES_MAX };
static const struct value_type classes_type = { .shape = VALUE_MAP, .items = &class_type, .items_max = NAMES_MAX };
static const struct value_type volumes_type = { .shape = VALUE_MAP, .items = &volume_type, .items_max = NAMES_MAX };
static const struct value_type texts_type = { .shape = VALUE_MAP, .items = &text_type, .items_max = NAMES_MAX };
static const struct value_type mhz_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = MHZ_MIN,
	.maximum = MHZ_MAX,
};

/* Networks of clusters that give a pod the address which an annotation asks for, with what stands around the address. */
static const struct {
	const char *name, *annotation, *before, *after;
} pod_networks[] = {
	{ "calico", "cni.projectcalico.org/ipAddrs", "[\"", "\"]" },
	{ "kube-ovn", "ovn.kubernetes.io/ip_address", "", "" },
};

static const char *const pod_network_names[] = { "calico", "kube-ovn", NULL };
static const struct value_type pod_network_type = {
	.name = "text",
	.shape = VALUE_TEXT,
	.allowed = pod_network_names,
};

/* A text is the image alone. */
static const void *image_entry_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	struct mapped_image *image;

	(void)context;
	if (entry->value->kind == YAML_MAPPING)
		return object_read(reader, entry->value, "image", &image_object_type);
	image = arena_new(reader->arena, sizeof(*image));
	image->settings.place = (struct place){ reader->path, entry->line, entry->column };
	image->image = vm_image_read(reader, entry);
	return image;
}

static const void *images_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? map_build(reader, pair->value, image_entry_read, NULL) : NULL;
}

/* What each value of a map of texts must be. */
static const void *name_entry_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	(void)context;
	return object_name_read(reader, entry);
}

static const void *network_entry_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	(void)context;
	if (value_string_pair(reader, entry) == NULL)
		return NULL;
	if (is_attachment_name(entry->value->text))
		return entry->value->text;
	return reader_refuse(reader, entry->value,
			     "%s is no NetworkAttachmentDefinition; write NAME or NAMESPACE/NAME",
			     reader_quote(reader, entry->value->text));
}

/* What goes before an image's name. */
static const void *registry_entry_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	(void)context;
	if (value_string_pair(reader, entry) == NULL)
		return NULL;
	if (!value_is_one_word(entry->value->text) || !text_ends_with(entry->value->text, "/") ||
	    strstr(entry->value->text, "://"))
		return reader_refuse(reader, entry->value,
				     "%s is no registry; write it like registry.example.com/lab/",
				     reader_quote(reader, entry->value->text));
	return entry->value->text;
}

static const void *names_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? map_build(reader, pair->value, name_entry_read, NULL) : NULL;
}

static const void *networks_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? map_build(reader, pair->value, network_entry_read, NULL) : NULL;
}

static const void *registries_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? map_build(reader, pair->value, registry_entry_read, NULL) : NULL;
}

#define OFFSET(member) offsetof(struct mapping, member)

static const struct field spec_fields[] = {
	{ "classes", NULL, OFFSET(classes), &classes_type,
	  "What classes of VMs give, by name, where no document of theirs is in the repository.", .fallback = NULL },
	{ "guests", names_read, OFFSET(guests), &texts_type,
	  "The cluster preference (VirtualMachineClusterPreference) for each of VM Operator's guest IDs.",
	  .fallback = NULL },
	{ "images", images_read, OFFSET(images), &images_type,
	  "Where images come from, by the name that VMs call them.", .fallback = NULL },
	{ "mhzPerCore", NULL, OFFSET(mhz_per_core), &mhz_type,
	  "How many MHz a worker's core has, to turn reservations and limits in MHz into shares of cores.",
	  .fallback = NULL },
	{ "networks", networks_read, OFFSET(networks), &texts_type,
	  "The NetworkAttachmentDefinition, NAME or NAMESPACE/NAME, that a network's name stands for.",
	  .fallback = NULL },
	{ "organization", NULL, OFFSET(organization), &text_type,
	  "The Control Plane organization whose images these are.", .fallback = NULL },
	{ "podAddresses", NULL, OFFSET(pod_addresses), &pod_network_type,
	  "The cluster's network, where it gives pods the addresses that annotations ask for: then VMs can have "
	  "static "
	  "addresses. Calico moves such an address with a VM that migrates live from 3.32 on.",
	  .fallback = NULL },
	{ "registries", registries_read, OFFSET(registries), &texts_type,
	  "What an image's prefix such as \"//image/\" stands for, like registry.example.com/lab/.",
	  .fallback = NULL },
	{ "storageClasses", names_read, OFFSET(storage_classes), &texts_type,
	  "The StorageClass that a performance class or storage policy stands for.", .fallback = NULL },
	{ "volumeSets", NULL, OFFSET(volume_sets), &volumes_type,
	  "What volume sets are made like, where no document of theirs is in the repository.", .fallback = NULL },
	{ .name = NULL },
};

static const char *const kinds[] = { MAPPING_KIND, NULL };
static const struct value_type kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = kinds };
static const struct value_type spec_type = { .name = "MappingSpec", .shape = VALUE_OBJECT, .fields = spec_fields };

static const struct field document_fields[] = {
	DOCUMENT_VERSION_FIELD(labsync_version_type),
	DOCUMENT_KIND_FIELD(kind_type),
	{ "metadata", value_mapping_pair, offsetof(struct document_fields, metadata), &defaults_metadata_type,
	  "The document's name.", .presence = FIELD_REQUIRED },
	{ "spec", value_mapping_pair, offsetof(struct document_fields, spec), &spec_type,
	  "What names mean that VMs of other systems' formats use.", .presence = FIELD_REQUIRED },
	DOCUMENT_STATUS_FIELD,
	{ .name = NULL },
};

const struct value_type mapping_document_type = {
	.name = MAPPING_KIND,
	.shape = VALUE_OBJECT,
	.fields = document_fields,
};

static const struct place *place_new(struct reader *reader, const struct yaml_node *at)
{
	struct place *place = arena_new(reader->arena, sizeof(*place));

	*place = (struct place){ reader->path, at->line, at->column };
	return place;
}

const struct mapping *mapping_read(struct reader *reader, const struct yaml_node *root, const struct mapping *below)
{
	struct mapping *mapping = arena_new(reader->arena, sizeof(*mapping));
	struct metadata metadata = { .name = NULL };
	struct document document;

	*mapping = (struct mapping){ .below = below, .wrong = below ? below->wrong : NULL };
	document_read(reader, root, MAPPING_KIND, document_fields, &document);
	if (document.metadata)
		metadata_read(reader, document.metadata, &defaults_metadata_type, &metadata);
	if (document.spec)
		fields_read(reader, document.spec, "spec", spec_fields, mapping);
	mapping_settle(reader, mapping, document.spec);
	if (reader->errors && mapping->wrong == NULL)
		mapping->wrong = place_new(reader, root);
	return mapping;
}

const struct place *mapping_wrong_place(const struct mapping *mapping)
{
	return mapping ? mapping->wrong : NULL;
}

bool mapping_pod_address(const struct facts *facts, struct arena *arena, const char *address, const char **annotation,
			 const char **value)
{
	const char *network = mapping_value(facts->mapping, OFFSET(pod_addresses));

	for (size_t i = 0; i < sizeof(pod_networks) / sizeof(pod_networks[0]); i++)
		if (text_equal(pod_networks[i].name, network)) {
			*annotation = pod_networks[i].annotation;
			*value =
				arena_format(arena, "%s%s%s", pod_networks[i].before, address, pod_networks[i].after);
			return true;
		}
	return false;
}
