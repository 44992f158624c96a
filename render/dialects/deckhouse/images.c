/* What VirtualImages become: a claim for those that are kept in one, or that VMs have as a device. */
#include "render/dialects/deckhouse/images.h"

#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/deckhouse/sources.h"
#include "render/dialects/deckhouse/users.h"
#include "render/dialects/mapping.h"
#include "render/lab/values.h"

const struct yaml_node *image_source_place(const struct fact *document)
{
	static const char *const members[][2] = { { "http", "url" },
						  { "containerImage", "image" },
						  { "objectRef", "name" } };
	const struct yaml_node *source = yaml_get(document->spec, "dataSource"), *value = NULL;

	for (size_t i = 0; value == NULL && i < sizeof(members) / sizeof(members[0]); i++)
		value = yaml_get(yaml_get(source, members[i][0]), members[i][1]);
	if (value)
		return value;
	return source ? source : yaml_get(document->metadata, "name");
}

static bool is_iso(const struct fact *document, const struct image_content *content)
{
	const struct yaml_node *format = annotation_get(document, "labsync.dev/format");

	return format ? text_equal(format->text, "iso") : content->is_iso;
}

/* A container image is a device as it is, but as a disk cannot come to a running VM. */
static bool needs_claim(const struct translation *translation, const struct fact *document,
			const struct image_spec *spec, const struct image_content *content)
{
	bool is_attached = device_is_attached(translation, DECKHOUSE_IMAGE, document->name);

	if (image_is_kept(spec))
		return true;
	if (image_is_container(content))
		return is_attached && !is_iso(document, content);
	return is_attached || device_is_listed(translation, DECKHOUSE_IMAGE, document->name);
}

static void size_set(struct translation *translation, const struct fact *document,
		     const struct image_content *content, struct yaml_node *disk)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *size = annotation_get(document, "labsync.dev/size");

	if (size)
		tree_set(arena, disk, "size", size);
	else if (content->claim == NULL && content->snapshot == NULL)
		tree_set(arena, disk, "size",
			 tree_text(arena, yaml_get(document->metadata, "name"),
				   content->size ? content->size : IMAGE_SIZE_DEFAULT));
}

static void claim_add(struct translation *translation, const struct fact *document, const struct image_spec *spec,
		      const struct image_content *content)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *name = yaml_get(document->metadata, "name"),
			       *class_name = yaml_get(yaml_get(document->spec, "persistentVolumeClaim"),
						      "storageClassName");
	const char *claim = image_claim_name(arena, document->name), *mapped;
	struct yaml_node *disk = translation_add_disk(translation, claim, name);

	image_fill_disk(translation, disk, content, claim, image_source_place(document));
	size_set(translation, document, content, disk);
	if (spec->claim && spec->claim->storage_class) {
		mapped = mapping_storage_class(translation->facts, spec->claim->storage_class);
		tree_set(arena, disk, "storageClass",
			 tree_text(arena, class_name, mapped ? mapped : spec->claim->storage_class));
	}
	deckhouse_take_metadata(translation->reader->arena, document, disk);
}

static void notes_check(struct reader *reader, const struct fact *document)
{
	const struct yaml_node *format = annotation_get(document, "labsync.dev/format"),
			       *size = annotation_get(document, "labsync.dev/size");
	const struct yaml_pair said = { .key = "labsync.dev/size", .value = (struct yaml_node *)size };

	if (format && !text_equal(format->text, "iso") && !text_equal(format->text, "disk"))
		reader_refuse(reader, format, "labsync.dev/format %s is not known; use iso or disk",
			      reader_quote(reader, format->text));
	if (size)
		value_disk_size(reader, &said);
}

void image_translate(struct translation *translation, const struct fact *document)
{
	const struct image_spec *spec = deckhouse_read(translation->reader, document, &image_spec_type);
	struct image_content content;

	if (spec == NULL)
		return;
	notes_check(translation->reader, document);
	if (image_source_find(translation, spec->source, image_source_place(document), &content) &&
	    needs_claim(translation, document, spec, &content))
		claim_add(translation, document, spec, &content);
	else if (spec->claim && spec->claim->storage_class)
		reader_warn_at(translation->reader, &spec->claim->settings.place,
			       "persistentVolumeClaim has no effect, since the image is not kept in a claim; write "
			       "\"storage: PersistentVolumeClaim\", or remove it");
}

void cluster_image_check(struct reader *reader, const struct fact *document)
{
	if (deckhouse_read(reader, document, &cluster_image_spec_type))
		notes_check(reader, document);
}
