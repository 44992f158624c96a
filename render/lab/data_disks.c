#include "render/lab/data_disks.h"

#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/lab_names.h"
#include "render/lab/names.h"
#include "render/lab/settings_values.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_values.h"
#include "render/lab/vm_metadata.h"

#define FROM_OFFSET(member) offsetof(struct lab_clone_source, member)

static const struct field clone_source_fields[] = {
	{ "pvc", object_name_read, FROM_OFFSET(claim), &object_name_type, "The PersistentVolumeClaim that is cloned.",
	  .fallback = NULL },
	{ "snapshot", object_name_read, FROM_OFFSET(snapshot), &object_name_type,
	  "The VolumeSnapshot that the disk is made of.", .fallback = NULL },
	{ "dataSource", object_name_read, FROM_OFFSET(data_source), &object_name_type,
	  "CDI's DataSource, which says what is cloned.", .fallback = NULL },
	{ "namespace", namespace_read, FROM_OFFSET(namespace_name), &name_type,
	  "The namespace that it is in. Without it, the lab's.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type clone_source_type = {
	.name = "CloneSource",
	.shape = VALUE_OBJECT,
	.fields = clone_source_fields,
	.size = sizeof(struct lab_clone_source),
};

#define OFFSET(member) offsetof(struct lab_data_disk, member)

static const struct field data_disk_fields[] = {
	{ "name", host_name_read, OFFSET(name), &host_name_type,
	  "The disk's name, unique in the lab. The claim to name under a node's disks is \"LAB-NAME\", or with "
	  "objectNames: plain the name itself.",
	  .presence = FIELD_REQUIRED },
	{ "image", vm_image_read, OFFSET(image), &vm_image_type,
	  "Where the disk's content comes from, as a VM's image. Without image, from and upload the disk is blank.",
	  .fallback = NULL },
	{ "from", NULL, OFFSET(from), &clone_source_type, "What the disk is a copy of.", .fallback = NULL },
	{ "upload", value_boolean, OFFSET(upload), &boolean_type,
	  "Waits for the content to be uploaded, as virtctl image-upload does.", .fallback = "false" },
	{ "size", value_disk_size, OFFSET(size), &disk_size_type,
	  "The disk's size, at least 1Mi. Of a copy, without it, the size of what is copied.", .fallback = NULL },
	{ "checksum", checksum_read, OFFSET(checksum), &checksum_type,
	  "The checksum of the file behind an image of http:// or https://, as a VM's.", .fallback = NULL },
	{ "imageCA", object_name_read, OFFSET(certificates), &object_name_type,
	  "A ConfigMap with the certificate authority of the image's server, as a VM's.", .fallback = NULL },
	{ "imageSecret", object_name_read, OFFSET(image_secret), &object_name_type,
	  "A Secret with the user and password for the image's server, as a VM's.", .fallback = NULL },
	{ "storageClass", object_name_read, OFFSET(storage_class), &object_name_type,
	  "The StorageClass of the disk. Without it, the lab's.", .fallback = NULL },
	{ "accessMode", NULL, OFFSET(access_mode), &access_mode_type,
	  "How many workers may use the disk at once. Without it, what the StorageClass is known for.",
	  .fallback = NULL },
	{ "volumeMode", NULL, OFFSET(volume_mode), &volume_mode_type,
	  "Whether the disk is a block device or a file. Without it, what the StorageClass is known for.",
	  .fallback = NULL },
	{ "diskPolicy", NULL, OFFSET(disk_policy), &disk_policy_type,
	  "What becomes of the disk when it leaves the lab: kept, or deleted.", .fallback = "Retain" },
	{ "labels", machine_labels_read, OFFSET(labels), &machine_labels_type,
	  "Labels for the disk's DataVolume, beside those of the lab.", .fallback = NULL },
	{ "annotations", machine_annotations_read, OFFSET(annotations), &machine_annotations_type,
	  "Annotations for the disk's DataVolume.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type data_disk_type = {
	.name = "DataDisk",
	.shape = VALUE_OBJECT,
	.fields = data_disk_fields,
	.size = sizeof(struct lab_data_disk),
};
const struct value_type data_disks_type = {
	.shape = VALUE_LIST,
	.items = &data_disk_type,
	.items_max = DATA_DISKS_MAX,
};

const void *data_disks_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *list = value_read(reader, pair, &data_disks_type);

	return reader->errors > before ? NULL : list;
}

static const struct place *place_of(const struct lab_data_disk *disk, size_t offset)
{
	return object_place(&data_disk_type, disk, offset);
}

const struct place *data_disk_place(const struct lab_data_disk *disk)
{
	return place_of(disk, OFFSET(name));
}

const struct place *data_disk_path_place(const struct lab_data_disk *disk, const char *path)
{
	static const struct {
		const char *path;
		size_t offset;
	} rows[] = {
		{ "spec.source.http.checksum", OFFSET(checksum) },
		{ "spec.source.http", OFFSET(image) },
		{ "spec.source.registry", OFFSET(image) },
		{ "spec.source.pvc", OFFSET(from) },
		{ "spec.source.snapshot", OFFSET(from) },
		{ "spec.sourceRef", OFFSET(from) },
		{ "spec.storage.resources", OFFSET(size) },
		{ "spec.storage.accessModes", OFFSET(access_mode) },
		{ "spec.storage.volumeMode", OFFSET(volume_mode) },
		{ "spec.storage.storageClassName", OFFSET(storage_class) },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (text_starts_with(path, rows[i].path))
			return place_of(disk, rows[i].offset);
	return data_disk_place(disk);
}

static bool is_uploaded(const struct lab_data_disk *disk)
{
	return disk->upload && *disk->upload;
}

/* At most one of image, from and upload; of from, exactly one. */
static void source_check(struct reader *reader, const struct lab_data_disk *disk)
{
	const struct lab_clone_source *from = disk->from;
	int sources = from ? (from->claim != NULL) + (from->snapshot != NULL) + (from->data_source != NULL) : 1;

	if (disk->image && disk->from)
		reader_error_at(reader, place_of(disk, OFFSET(from)),
				"disk \"%s\" has an image, so it is no copy; keep image or from", disk->name);
	else if (is_uploaded(disk) && (disk->image || disk->from))
		reader_error_at(reader, place_of(disk, OFFSET(upload)),
				"disk \"%s\" has %s, so nothing is uploaded; keep one", disk->name,
				disk->image ? "an image" : "from");
	if (sources != 1)
		reader_error_at(reader, &from->settings.place,
				"from of disk \"%s\" names %s; give one of pvc, snapshot and dataSource", disk->name,
				sources ? "several sources" : "no source");
	if (disk->size == NULL && disk->from == NULL)
		reader_error_at(reader, &disk->settings.place, "disk \"%s\" has no size; add e.g. \"size: 10Gi\"",
				disk->name);
}

static void image_check(struct reader *reader, const struct lab_data_disk *disk)
{
	static const struct {
		const char *name;
		size_t offset;
	} of_image[] = { { "checksum", OFFSET(checksum) },
			 { "imageCA", OFFSET(certificates) },
			 { "imageSecret", OFFSET(image_secret) } };

	for (size_t i = 0; disk->image == NULL && i < sizeof(of_image) / sizeof(of_image[0]); i++)
		if (field_is_set(disk, of_image[i].offset))
			reader_error_at(reader, place_of(disk, of_image[i].offset),
					"disk \"%s\" has no image that %s could be for; add image, or remove it",
					disk->name, of_image[i].name);
	if (disk->image && disk->checksum && !image_is_file(disk->image))
		reader_error_at(reader, place_of(disk, OFFSET(checksum)), CHECKSUM_OF_CONTAINER);
	if (disk->image && disk->certificates && !image_has_certificate(disk->image))
		reader_error_at(reader, place_of(disk, OFFSET(certificates)), CERTIFICATES_OF_HTTP);
}

/* False after it told that there is one of that name already. */
static bool is_unique(struct reader *reader, const struct lab_data_disk *disks, size_t index)
{
	const struct lab_data_disk *disk = &disks[index];

	for (size_t i = 0; i < index; i++) {
		const struct place *other = data_disk_place(&disks[i]);

		if (!text_equal(disks[i].name, disk->name))
			continue;
		reader_error_at(reader, data_disk_place(disk),
				"two disks are named \"%s\", the other at %s:%zu:%zu; "
				"rename one",
				disk->name, other->path, other->line, other->column);
		return false;
	}
	return true;
}

void data_disks_settle(struct reader *reader, const struct value_list *list, struct lab *lab)
{
	struct lab_data_disk *disks;

	if (list == NULL)
		return;
	disks = arena_new(reader->arena, (list->count + 1) * sizeof(*disks));
	for (size_t i = 0; i < list->count; i++) {
		struct lab_data_disk *disk = &disks[lab->disk_count];
		const struct place *place;

		*disk = *(const struct lab_data_disk *)list->items[i];
		place = data_disk_place(disk);
		disk->object_name = lab_object_name(reader, lab, "disk", disk->name, place->line, place->column);
		source_check(reader, disk);
		image_check(reader, disk);
		if (is_unique(reader, disks, lab->disk_count))
			lab->disk_count++;
	}
	lab->disks = disks;
}
