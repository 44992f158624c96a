#include "render/lab/vm_disks.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/settings_values.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_values.h"

static const char *const disk_types[] = { "disk", "cdrom", "lun", NULL };
static const char *const caches[] = { "none", "writethrough", "writeback", NULL };

static const struct value_type disk_type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = disk_types };
static const struct value_type cache_type = { .name = "text", .shape = VALUE_TEXT, .allowed = caches };

/* The volumes that every VM has. */
static const char *const own_volumes[] = { "root", "cloudinit", "ignition", NULL };

static const void *disk_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *name = host_name_read(reader, pair);

	for (const char *const *own = own_volumes; name && *own; own++)
		if (text_equal(*own, name))
			return reader_refuse(reader, pair->value,
					     "name \"%s\" is that of a disk which labsync makes; choose another",
					     name);
	return name;
}

#define OFFSET(member) offsetof(struct lab_disk, member)

static const struct field disk_fields[] = {
	{ "name", disk_name_read, OFFSET(name), &host_name_type,
	  "The disk's name, unique in the VM. The disk that labsync makes for it is named \"LAB-NODE-NAME\".",
	  .presence = FIELD_REQUIRED },
	{ "type", NULL, OFFSET(type), &disk_type_type,
	  "What the guest sees: a disk, a CD-ROM drive, or a LUN, whose SCSI commands go to the storage behind "
	  "`pvc`. "
	  "Without it, disk.",
	  .fallback = NULL },
	{ "image", vm_image_read, OFFSET(image), &vm_image_type,
	  "Where the disk's content comes from, as the VM's image. With neither image nor pvc the disk is blank, a "
	  "CD-ROM drive empty.",
	  .fallback = NULL },
	{ "size", value_disk_size, OFFSET(size), &disk_size_type,
	  "The size of a blank disk, or of one that an image is copied into; at least 1Mi.", .fallback = NULL },
	{ "pvc", object_name_read, OFFSET(claim), &object_name_type,
	  "A PersistentVolumeClaim that is there, in the lab's namespace, in place of image and size. labsync "
	  "neither "
	  "makes nor removes it.",
	  .fallback = NULL },
	{ "bus", bus_read, OFFSET(bus), &bus_type,
	  "The bus that the disk hangs on. Without it virtio, for a CD-ROM drive sata (on arm64 scsi), for a LUN "
	  "scsi.",
	  .fallback = NULL },
	{ "serial", serial_read, OFFSET(serial), &serial_type,
	  "The serial number, by which the guest finds the disk in /dev/disk/by-id. On virtio it sees the first 20 "
	  "characters.",
	  .fallback = NULL },
	{ "bootOrder", NULL, OFFSET(boot_order), &boot_order_type,
	  "The place of the disk among those that the firmware tries to boot from, the lowest first. The root disk "
	  "has 1 unless diskBootOrder says otherwise.",
	  .fallback = NULL },
	{ "hotpluggable", value_boolean, OFFSET(hotpluggable), &boolean_type,
	  "Lets the disk come and go while the VM runs. Of disks on virtio or scsi, and of LUNs.", .fallback = NULL },
	{ "readOnly", value_boolean, OFFSET(read_only), &boolean_type,
	  "Refuses the guest's writes. Not on sata. A CD-ROM is always read-only.", .fallback = NULL },
	{ "shareable", value_boolean, OFFSET(shareable), &boolean_type,
	  "Lets several VMs use the disk at once, for guests that agree on it among themselves, as clusters do.",
	  .fallback = NULL },
	{ "cache", NULL, OFFSET(cache), &cache_type,
	  "How the worker caches the disk. Without it, KubeVirt finds out what the storage can do.",
	  .fallback = NULL },
	{ "checksum", checksum_read, OFFSET(checksum), &checksum_type,
	  "The checksum of the file behind an image of http:// or https://, as the VM's.", .fallback = NULL },
	{ "imageCA", object_name_read, OFFSET(certificates), &object_name_type,
	  "A ConfigMap with the certificate authority of the image's server, as the VM's.", .fallback = NULL },
	{ "imageSecret", object_name_read, OFFSET(image_secret), &object_name_type,
	  "A Secret with the user and password for the image's server, as the VM's.", .fallback = NULL },
	{ "storageClass", object_name_read, OFFSET(storage_class), &object_name_type,
	  "The StorageClass of the disk. Without it, the VM's.", .fallback = NULL },
	{ "accessMode", NULL, OFFSET(access_mode), &access_mode_type,
	  "How many workers may use the disk at once. Without it, the VM's.", .fallback = NULL },
	{ "volumeMode", NULL, OFFSET(volume_mode), &volume_mode_type,
	  "Whether the disk is a block device or a file. Without it, the VM's.", .fallback = NULL },
	{ "diskPolicy", NULL, OFFSET(disk_policy), &disk_policy_type,
	  "What becomes of the disk when it leaves the lab: kept, or deleted. Without it, the VM's.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type disk_type = {
	.name = "Disk",
	.shape = VALUE_OBJECT,
	.fields = disk_fields,
	.size = sizeof(struct lab_disk),
};
const struct value_type disks_type = { .shape = VALUE_LIST, .items = &disk_type, .items_max = DISKS_MAX };

const struct place *disk_place(const struct lab_disk *disk, size_t offset)
{
	return object_place(&disk_type, disk, offset);
}

static bool is_type(const struct lab_disk *disk, const char *type)
{
	return text_equal(disk->type ? disk->type : "disk", type);
}

const char *disk_bus(const struct lab_disk *disk)
{
	if (disk->bus)
		return disk->bus;
	return is_type(disk, "cdrom") ? "sata" : is_type(disk, "lun") ? "scsi" : "virtio";
}

static const char *label(const struct lab_disk *disk)
{
	return disk->name ? disk->name : "";
}

/* Exactly one of: size alone, image with size, pvc. */
static void source_check(struct reader *reader, const struct lab_disk *disk)
{
	if (disk->claim && (disk->image || disk->size))
		reader_error_at(reader, disk_place(disk, disk->image ? OFFSET(image) : OFFSET(size)),
				"disk \"%s\" has a pvc, so it takes no %s; keep one", label(disk),
				disk->image ? "image" : "size");
	else if (disk->image && disk->size == NULL)
		reader_error_at(reader, disk_place(disk, OFFSET(image)),
				"disk \"%s\" has an image but no size; add e.g. \"size: 10Gi\"", label(disk));
	else if (is_type(disk, "lun") && disk->claim == NULL)
		reader_error_at(reader, disk_place(disk, OFFSET(type)),
				"disk \"%s\" is a lun, so it needs a pvc; add it, or use type disk", label(disk));
	else if (is_type(disk, "cdrom") && disk->size && disk->image == NULL)
		reader_error_at(reader, disk_place(disk, OFFSET(size)),
				"disk \"%s\" is a cdrom, which is never blank; add its image, or remove size for an "
				"empty drive",
				label(disk));
	else if (!is_type(disk, "cdrom") && disk->claim == NULL && disk->size == NULL)
		reader_error_at(reader, &disk->settings.place,
				"disk \"%s\" has no content; add size for a blank disk, image and size, or pvc",
				label(disk));
}

/* What only makes sense beside an image, or on a disk that labsync makes. */
static void leftovers_check(struct reader *reader, const struct lab_disk *disk)
{
	static const struct {
		size_t offset;
		const char *name;
		bool of_image;
	} dependents[] = {
		{ OFFSET(checksum), "checksum", true },        { OFFSET(certificates), "imageCA", true },
		{ OFFSET(image_secret), "imageSecret", true }, { OFFSET(storage_class), "storageClass", false },
		{ OFFSET(access_mode), "accessMode", false },  { OFFSET(volume_mode), "volumeMode", false },
		{ OFFSET(disk_policy), "diskPolicy", false }
	};

	for (size_t i = 0; i < sizeof(dependents) / sizeof(dependents[0]); i++) {
		if (!field_is_set(disk, dependents[i].offset) || disk->image)
			continue;
		if (dependents[i].of_image)
			reader_error_at(reader, disk_place(disk, dependents[i].offset),
					"disk \"%s\" has no image that %s could be for; add image, or remove it",
					label(disk), dependents[i].name);
		else if (disk->size == NULL)
			reader_error_at(reader, disk_place(disk, dependents[i].offset),
					"%s is of disks that labsync makes, and disk \"%s\" is none; remove it",
					dependents[i].name, label(disk));
	}
	if (disk->image && disk->checksum && !image_is_file(disk->image))
		reader_error_at(reader, disk_place(disk, OFFSET(checksum)), CHECKSUM_OF_CONTAINER);
	if (disk->image && disk->certificates && !image_has_certificate(disk->image))
		reader_error_at(reader, disk_place(disk, OFFSET(certificates)), CERTIFICATES_OF_HTTP);
}

/* What KubeVirt's admitter says of buses. */
static void bus_check(struct reader *reader, const struct lab_disk *disk)
{
	const struct place *place = disk_place(disk, OFFSET(bus));
	const char *bus = disk_bus(disk);

	if (is_type(disk, "cdrom") && text_equal(bus, "virtio"))
		reader_error_at(reader, place,
				"disk \"%s\" is a cdrom, which KubeVirt refuses on virtio; use sata, scsi or usb",
				label(disk));
	/* Not KubeVirt's rule but libvirt's: the VM would be taken and never start. */
	if (is_type(disk, "lun") && (text_equal(bus, "sata") || text_equal(bus, "usb")))
		reader_error_at(reader, place, "disk \"%s\" is a lun, which cannot be on %s; use scsi", label(disk),
				bus);
	else if (!is_type(disk, "cdrom") && text_equal(bus, "sata") && disk->read_only && *disk->read_only)
		reader_error_at(reader, disk_place(disk, OFFSET(read_only)),
				"disk \"%s\" is on sata, where disks cannot be readOnly; use bus virtio or scsi",
				label(disk));
	if (is_type(disk, "cdrom") && disk->read_only && !*disk->read_only)
		reader_error_at(
			reader, disk_place(disk, OFFSET(read_only)),
			"disk \"%s\" is a cdrom, which is always read-only; remove readOnly, or use type disk",
			label(disk));
	if (disk->hotpluggable == NULL || !*disk->hotpluggable)
		return;
	if (is_type(disk, "cdrom"))
		reader_error_at(reader, disk_place(disk, OFFSET(hotpluggable)),
				"disk \"%s\" is a cdrom, which cannot be hotpluggable; remove it, or use type disk",
				label(disk));
	else if (is_type(disk, "lun") ? !text_equal(bus, "scsi")
				      : !text_equal(bus, "virtio") && !text_equal(bus, "scsi"))
		reader_error_at(reader, place, "disk \"%s\" is hotpluggable, which needs bus %s", label(disk),
				is_type(disk, "lun") ? "scsi" : "virtio or scsi");
}

static void disk_check(struct reader *reader, const struct lab_disk *disk)
{
	source_check(reader, disk);
	leftovers_check(reader, disk);
	bus_check(reader, disk);
	if (disk->shareable && *disk->shareable && disk->cache && !text_equal(disk->cache, "none"))
		reader_error_at(reader, disk_place(disk, OFFSET(cache)),
				"disk \"%s\" is shareable, so its cache must be none; remove cache", label(disk));
	/* virtio-blk's identification string has no more room. */
	if (disk->serial && strlen(disk->serial) > 20 && (disk->bus == NULL || text_equal(disk->bus, "virtio")))
		reader_warn_at(reader, disk_place(disk, OFFSET(serial)),
			       "serial of disk \"%s\" has %zu characters, but on virtio the guest sees the first 20",
			       label(disk), strlen(disk->serial));
}

static void unique_check(struct reader *reader, const struct value_list *list, size_t index)
{
	const struct lab_disk *disk = list->items[index];

	for (size_t i = 0; i < index; i++) {
		const struct lab_disk *other = list->items[i];

		if (disk->name && text_equal(disk->name, other->name))
			reader_error_at(reader, disk_place(disk, OFFSET(name)),
					"two disks are named \"%s\"; rename one", disk->name);
		if (disk->claim && text_equal(disk->claim, other->claim))
			reader_error_at(reader, disk_place(disk, OFFSET(claim)),
					"pvc \"%s\" is disk \"%s\" already; keep one", disk->claim, label(other));
	}
}

const void *disks_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list;
	size_t before = reader->errors;

	list = value_read(reader, pair, &disks_type);
	if (list == NULL || reader->errors > before)
		return list;
	for (size_t i = 0; i < list->count; i++) {
		disk_check(reader, list->items[i]);
		unique_check(reader, list, i);
	}
	return list;
}
