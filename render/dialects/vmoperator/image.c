#include "render/dialects/vmoperator/image.h"

#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/vmoperator/vmoperator.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/document.h"
#include "render/lab/values.h"

/* Of an image: spec.providerRef, and what the cluster saw in it. */
struct image_provider {
	struct settings settings;
	const char *name;
};

struct image_spec {
	struct settings settings;
	const struct image_provider *provider;
};

struct image_disk {
	struct settings settings;
	const char *capacity;
};

struct image_status {
	struct settings settings;
	const char *name, *firmware, *type;
	const struct value_list *disks; /* struct image_disk */
};

static const struct field image_provider_fields[] = {
	{ "name", NULL, offsetof(struct image_provider, name), &text_type,
	  "The item of the content library, by which a Mapping may know the image, too.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type image_provider_type = {
	.name = "VMOperatorImageProvider",
	.shape = VALUE_OBJECT,
	.fields = image_provider_fields,
	.size = sizeof(struct image_provider),
};

/* What else describes the image to people: kept in the document, of no use here. */
static const char *const provider_keys[] = { "apiVersion", "kind", "namespace", NULL };
static const char *const spec_keys[] = { "type",   "imageSourceType", "imageID",   "productInfo",
					 "osInfo", "ovfEnv",          "hwVersion", NULL };
static const char *const status_keys[] = { "capabilities",
					   "hwVersion",
					   "osInfo",
					   "ovfProperties",
					   "productInfo",
					   "providerContentVersion",
					   "providerItemID",
					   "conditions",
					   "vmwareSystemProperties",
					   "imageName",
					   "imageSupported",
					   "contentLibraryRef",
					   "contentVersion",
					   "internalId",
					   "powerState",
					   "uuid",
					   NULL };
static const char *const disk_keys[] = { "size", "name", NULL };

static const void *provider_read(struct reader *reader, const struct yaml_pair *pair)
{
	return open_read(reader, pair, &image_provider_type, provider_keys);
}

static const struct field image_spec_fields[] = {
	{ "providerRef", provider_read, offsetof(struct image_spec, provider), &image_provider_type,
	  "Where the content library has it.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type image_spec_type = {
	.name = "VMOperatorImageSpec",
	.shape = VALUE_OBJECT,
	.fields = image_spec_fields,
	.size = sizeof(struct image_spec),
};

static const struct field image_disk_fields[] = {
	{ "capacity", value_disk_size, offsetof(struct image_disk, capacity), &disk_size_type,
	  "The size of the disk, where neither the VM nor the Mapping says another.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type image_disk_type = {
	.name = "VMOperatorImageDisk",
	.shape = VALUE_OBJECT,
	.fields = image_disk_fields,
	.size = sizeof(struct image_disk),
};

static const char *const firmwares[] = { "bios", "efi", NULL };
static const char *const types[] = { "OVF", "ISO", "VM", NULL };
static const struct value_type firmware_type = { .name = "text", .shape = VALUE_TEXT, .allowed = firmwares };
static const struct value_type content_type = { .name = "text", .shape = VALUE_TEXT, .allowed = types };
static const struct value_type disks_type = { .shape = VALUE_LIST, .items = &image_disk_type, .items_max = 64 };

static const void *firmware_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, firmwares);
}

static const void *content_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, types);
}

static const void *disks_read(struct reader *reader, const struct yaml_pair *pair)
{
	const void **items;
	struct value_list *disks;

	if (value_sequence_pair(reader, pair) == NULL)
		return NULL;
	disks = arena_new(reader->arena, sizeof(*disks));
	items = arena_new(reader->arena, (pair->value->count + 1) * sizeof(*items));
	for (size_t i = 0; i < pair->value->count; i++) {
		struct yaml_node *item = pair->value->items[i];
		struct yaml_pair entry = { "disks", item->line, item->column, item };

		items[disks->count] = open_read(reader, &entry, &image_disk_type, disk_keys);
		if (items[disks->count])
			disks->count++;
	}
	disks->items = items;
	return disks;
}

#define STATUS(member) offsetof(struct image_status, member)

static const struct field image_status_fields[] = {
	{ "name", NULL, STATUS(name), &text_type, "The image's name for people, by which a Mapping may know it.",
	  .fallback = NULL },
	{ "firmware", firmware_read, STATUS(firmware), &firmware_type, "What starts a guest of it.",
	  .fallback = NULL },
	{ "type", content_read, STATUS(type), &content_type, "What it is: an OVF, or an ISO for a CD-ROM drive.",
	  .fallback = NULL },
	{ "disks", disks_read, STATUS(disks), &disks_type, "Its disks. A VM can be made of an image with one.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type image_status_type = {
	.name = "VMOperatorImageStatus",
	.shape = VALUE_OBJECT,
	.fields = image_status_fields,
	.size = sizeof(struct image_status),
};

/* The status is not passed over as with other kinds: it is what an image tells. */
static const struct field image_document_fields[] = {
	{ "apiVersion", document_seen, offsetof(struct document_fields, nothing), &text_type,
	  "The version of the format.", .presence = FIELD_REQUIRED },
	{ "kind", document_seen, offsetof(struct document_fields, nothing), &text_type,
	  "What the document describes.", .presence = FIELD_REQUIRED },
	{ "metadata", dialect_metadata_read, offsetof(struct document_fields, metadata), &dialect_metadata_type,
	  "Name, namespace, labels and annotations.", .presence = FIELD_REQUIRED },
	{ "spec", value_mapping_pair, offsetof(struct document_fields, spec), &image_spec_type,
	  "Where the content library has the image.", .fallback = NULL },
	{ "status", document_seen, offsetof(struct document_fields, nothing), &image_status_type,
	  "What the cluster found in the image.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type image_document_type = {
	.name = "VirtualMachineImage",
	.shape = VALUE_OBJECT,
	.fields = image_document_fields,
};
const struct value_type cluster_image_document_type = {
	.name = "ClusterVirtualMachineImage",
	.shape = VALUE_OBJECT,
	.fields = image_document_fields,
};

struct image_document {
	const struct image_spec *spec; /* NULL when there is none */
	const struct image_status *status;
};

static struct image_document document_read_with(struct reader *reader, const struct yaml_node *root)
{
	const struct yaml_pair *spec = yaml_get_pair(root, "spec"), *status = yaml_get_pair(root, "status");
	struct image_document document = { .spec = NULL };

	if (spec && spec->value->kind == YAML_MAPPING)
		document.spec = open_read(reader, spec, &image_spec_type, spec_keys);
	if (status && status->value->kind != YAML_NULL)
		document.status = open_read(reader, status, &image_status_type, status_keys);
	return document;
}

void vsphere_image_check(struct reader *reader, const struct fact *document)
{
	document_read_with(reader, document->root);
}

/* False when the document has mistakes, which are told where it is read. */
static bool document_open(const struct translation *translation, const struct fact *fact,
			  struct image_document *document)
{
	cleanup(diagnostics) struct diagnostics told = DIAGNOSTICS_INIT;
	struct reader reader = { .arena = translation->reader->arena,
				 .path = fact->place.path,
				 .diagnostics = &told };

	*document = document_read_with(&reader, fact->root);
	return reader.errors == 0;
}

static const struct fact *fact_of(const struct translation *translation, const char *kind, const char *name)
{
	const struct fact *fact = NULL;

	if (kind == NULL || text_equal(kind, VMOPERATOR_IMAGE))
		fact = facts_find(translation->facts, VMOPERATOR, VMOPERATOR_IMAGE, translation->namespace_name,
				  name);
	if (fact == NULL && (kind == NULL || text_equal(kind, VMOPERATOR_CLUSTER_IMAGE)))
		fact = facts_find(translation->facts, VMOPERATOR, VMOPERATOR_CLUSTER_IMAGE, NULL, name);
	return fact;
}

static const struct mapped_image *mapped_by(const struct facts *facts, const char *name,
					    const struct image_document *document)
{
	const struct mapped_image *mapped = mapping_image(facts, name);

	if (mapped == NULL && document->status && document->status->name)
		mapped = mapping_image(facts, document->status->name);
	if (mapped == NULL && document->spec && document->spec->provider && document->spec->provider->name)
		mapped = mapping_image(facts, document->spec->provider->name);
	return mapped;
}

static void missing_tell(struct reader *reader, const char *name, const struct image_document *document,
			 const struct yaml_node *at)
{
	const char *shown = document->status && document->status->name ? document->status->name : name;

	reader_refuse(reader, at, "no Mapping says where image %s comes from; add images: {%s: docker://...} to one",
		      reader_quote(reader, name), shown);
}

/* False after it told what the image cannot be used for. */
static bool fits(struct reader *reader, const char *name, const struct image_status *status, enum image_use use,
		 const struct yaml_node *at)
{
	size_t disks = status->disks ? status->disks->count : 0;

	if (use == IMAGE_OF_DISK && text_equal(status->type, "ISO"))
		reader_refuse(reader, at, "image %s is an ISO, which no disk is made of; name it in cdrom",
			      reader_quote(reader, name));
	else if (use == IMAGE_OF_DISK && disks > 1)
		reader_refuse(
			reader, at,
			"image %s has %zu disks, and a VM gets one of its image; make an image of each, and add the "
			"others as volumes",
			reader_quote(reader, name), disks);
	else if (use == IMAGE_OF_CDROM && status->type && !text_equal(status->type, "ISO"))
		reader_refuse(reader, at, "image %s is no ISO, which a CD-ROM drive needs; name it in image",
			      reader_quote(reader, name));
	else
		return true;
	return false;
}

bool vsphere_image_find(struct translation *translation, const char *kind, const char *name, enum image_use use,
			const struct yaml_node *at, struct image_source *source)
{
	const struct fact *fact = fact_of(translation, kind, name);
	struct image_document document = { .spec = NULL };
	const struct value_list *disks;

	*source = (struct image_source){ .mapped = NULL };
	if (fact && !document_open(translation, fact, &document)) {
		reader_refuse(translation->reader, at, "image %s has mistakes, which are told of in %s",
			      reader_quote(translation->reader, name), fact->place.path);
		return false;
	}
	source->mapped = mapped_by(translation->facts, name, &document);
	if (source->mapped == NULL)
		missing_tell(translation->reader, name, &document, at);
	if (source->mapped == NULL || (document.status && !fits(translation->reader, name, document.status, use, at)))
		return false;
	source->size = source->mapped->size;
	disks = document.status ? document.status->disks : NULL;
	if (source->size == NULL && disks && disks->count)
		source->size = ((const struct image_disk *)disks->items[0])->capacity;
	source->firmware = document.status ? document.status->firmware : NULL;
	return true;
}

void vsphere_image_set(struct arena *arena, struct yaml_node *target, const struct mapped_image *mapped,
		       const struct yaml_node *at)
{
	tree_set_text(arena, target, "image", mapped->image, at);
	tree_set_text(arena, target, "checksum", mapped->checksum, at);
	tree_set_text(arena, target, "imageCA", mapped->certificates, at);
	tree_set_text(arena, target, "imageSecret", mapped->image_secret, at);
}
