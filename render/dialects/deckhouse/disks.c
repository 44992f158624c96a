#include "render/dialects/deckhouse/disks.h"

#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/deckhouse/images.h"
#include "render/dialects/deckhouse/sources.h"
#include "render/dialects/mapping.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

static const struct field claim_fields[] = {
	{ "size", value_disk_size, offsetof(struct disk_claim, size), &disk_size_type,
	  "The size of the disk. It can be left out of a clone of another disk or of an image that is kept in a "
	  "claim.",
	  .fallback = NULL },
	{ "storageClassName", storage_class_read, offsetof(struct disk_claim, storage_class), &subdomain_type,
	  "The StorageClass of the disk, or what storageClasses of a Mapping make of the name. Without it, the "
	  "cluster's default.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type claim_type = {
	.name = "DeckhouseDiskClaim",
	.shape = VALUE_OBJECT,
	.fields = claim_fields,
	.size = sizeof(struct disk_claim),
};

static const struct field disk_fields[] = {
	{ "dataSource", disk_source_read, offsetof(struct disk_spec, source), &disk_source_type,
	  "What the disk is filled with, once. Without it the disk is blank.", .fallback = NULL },
	{ "persistentVolumeClaim", NULL, offsetof(struct disk_spec, claim), &claim_type,
	  "How large the disk is, and on which storage.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type disk_spec_type = {
	.name = "DeckhouseVirtualDisk",
	.shape = VALUE_OBJECT,
	.fields = disk_fields,
	.size = sizeof(struct disk_spec),
};

const char *disk_claim_name(struct arena *arena, const char *name)
{
	return deckhouse_name(arena, "vd-", name, NAME_LENGTH_MAX);
}

const char *disk_find_claim(struct translation *translation, const struct yaml_node *at, const char *name)
{
	static const char *const kinds[] = { "PersistentVolumeClaim", "DataVolume", NULL };
	const bool has_document =
		facts_find(translation->facts, DECKHOUSE, DECKHOUSE_DISK, translation->namespace_name, name);
	const void *spec;

	for (size_t i = 0; !has_document && kinds[i]; i++)
		if (facts_find(translation->facts, "kubevirt", kinds[i], translation->namespace_name, name))
			return name;
	if (!deckhouse_find(translation, DECKHOUSE_DISK, at, name, &disk_spec_type,
			    "add it, or a PersistentVolumeClaim or DataVolume of that name", &spec))
		return NULL;
	return disk_claim_name(translation->reader->arena, name);
}

const char *disk_size(struct translation *translation, const char *name)
{
	const struct fact *fact =
		facts_find(translation->facts, DECKHOUSE, DECKHOUSE_DISK, translation->namespace_name, name);
	const struct disk_spec *spec = fact ? deckhouse_fact(translation->reader, fact, &disk_spec_type) : NULL;

	return spec && spec->claim ? spec->claim->size : NULL;
}

/* CDI clones into a claim at least as large, and imports into one whose size it is told. */
static bool size_check(struct translation *translation, const struct fact *document, const struct disk_spec *spec,
		       const struct image_content *content)
{
	const char *size = spec->claim && spec->claim->size ? spec->claim->size : content->size;
	const struct yaml_node *claim = deckhouse_value(document->spec, "persistentVolumeClaim"), *at;
	int64_t wanted, least;

	if (size == NULL && spec->source == NULL) {
		reader_refuse(translation->reader, claim,
			      "a blank disk is as large as persistentVolumeClaim.size says; add it");
		return false;
	}
	if (size == NULL && content->claim == NULL && content->snapshot == NULL) {
		reader_refuse(translation->reader, claim,
			      "the size of the disk is not known before its content is there; add "
			      "persistentVolumeClaim.size");
		return false;
	}
	if (size == NULL || content->claim == NULL || content->size == NULL || !quantity_parse(size, &wanted) ||
	    !quantity_parse(content->size, &least) || wanted >= least)
		return true;
	at = deckhouse_value(claim, "size");
	/* A disk may have grown since it was copied. */
	if (content->is_disk)
		reader_warn(translation->reader, at->line, at->column,
			    "size %s is less than that of the copied disk, which is %s; a copy could not be made any "
			    "more",
			    size, content->size);
	else
		reader_refuse(
			translation->reader, at,
			"size %s is less than that of the image's claim, which is %s; raise it, or give the image "
			"the annotation labsync.dev/size",
			size, content->size);
	return content->is_disk;
}

static void claim_set(struct translation *translation, const struct fact *document, const struct disk_spec *spec,
		      const struct image_content *content, struct yaml_node *disk)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *claim = deckhouse_value(document->spec, "persistentVolumeClaim");
	const char *mapped;

	if (spec->claim && spec->claim->size)
		tree_set(arena, disk, "size", yaml_get(claim, "size"));
	else if (content->size && content->claim == NULL)
		tree_set(arena, disk, "size", tree_text(arena, claim, content->size));
	if (spec->claim == NULL || spec->claim->storage_class == NULL)
		return;
	mapped = mapping_storage_class(translation->facts, spec->claim->storage_class);
	tree_set(arena, disk, "storageClass",
		 tree_text(arena, yaml_get(claim, "storageClassName"), mapped ? mapped : spec->claim->storage_class));
}

/* CDI knows no pull secrets in Docker's form. */
static void secret_warn(struct translation *translation, const struct yaml_node *at,
			const struct image_content *content)
{
	if (content->pull_secret && image_is_container(content))
		reader_warn(
			translation->reader, at->line, at->column,
			"CDI reads the registry's user and password from keys accessKeyId and secretKey of Secret "
			"%s, not from .dockerconfigjson; add them",
			reader_quote(translation->reader, content->pull_secret));
}

void disk_translate(struct translation *translation, const struct fact *document)
{
	const struct disk_spec *spec = deckhouse_read(translation->reader, document, &disk_spec_type);
	const struct yaml_node *at;
	const char *name;
	struct image_content content;
	struct yaml_node *disk;

	if (spec == NULL)
		return;
	at = image_source_place(document);
	name = disk_claim_name(translation->reader->arena, document->name);
	if (!image_source_find(translation, spec->source, at, &content) ||
	    !size_check(translation, document, spec, &content))
		return;
	disk = translation_add_disk(translation, name, yaml_get(document->metadata, "name"));
	secret_warn(translation, at, &content);
	image_fill_disk(translation, disk, &content, name, at);
	claim_set(translation, document, spec, &content, disk);
	deckhouse_take_metadata(translation->reader->arena, document, disk);
}
