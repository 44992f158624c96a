#include "render/lab/vm_disks.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/settings_values.h"
#include "render/lab/values.h"
#include "render/lab/vm_disk_checks.h"
#include "render/lab/vm_disk_values.h"

enum { VOLUME_LABEL_MAX = 32 };

#define VOLUME_LABEL_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"

static const char *const disk_types[] = { "disk", "cdrom", "lun", NULL };
static const char *const caches[] = { "none", "writethrough", "writeback", NULL };

static const struct value_type disk_type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = disk_types };
static const struct value_type volume_label_type = {
	.name = "text", .shape = VALUE_TEXT, .pattern = "^[A-Za-z0-9_.-]{1,32}$", /* VOLUME_LABEL_MAX */
};
static const struct value_type cache_type = { .name = "text", .shape = VALUE_TEXT, .allowed = caches };

/* The volumes that labsync makes. */
static const char *const own_volumes[] = { "root", "cloudinit", "ignition", "sysprep", NULL };

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

/* What fits into the volume identifier of ISO 9660. */
static const void *volume_label_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (*text == '\0' || strlen(text) > VOLUME_LABEL_MAX || text[strspn(text, VOLUME_LABEL_CHARACTERS)] != '\0')
		return reader_refuse(reader, pair->value,
				     "%s %s must be 1 to %d letters, digits, \"_\", \".\" and \"-\"", pair->key,
				     reader_quote(reader, text), VOLUME_LABEL_MAX);
	return text;
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
	{ "ephemeral", value_boolean, OFFSET(ephemeral), &boolean_type,
	  "Runs from the image of docker:// itself, without a copy and so without size: what the guest writes is "
	  "lost "
	  "whenever the VM stops. imageSecret is then a Secret of type kubernetes.io/dockerconfigjson.",
	  .fallback = "false" },
	{ "secret", object_name_read, OFFSET(secret), &object_name_type,
	  "A Secret in the lab's namespace whose keys the guest sees as files of the disk.", .fallback = NULL },
	{ "configMap", object_name_read, OFFSET(config_map), &object_name_type,
	  "A ConfigMap in the lab's namespace whose keys the guest sees as files of the disk.", .fallback = NULL },
	{ "serviceAccount", object_name_read, OFFSET(service_account), &object_name_type,
	  "A ServiceAccount in the lab's namespace whose token the guest sees as a file of the disk. One disk of a "
	  "VM "
	  "can have this.",
	  .fallback = NULL },
	{ "volumeLabel", volume_label_read, OFFSET(volume_label), &volume_label_type,
	  "The label of the filesystem with the files of secret or configMap, by which the guest finds it in "
	  "/dev/disk/by-label. Without it, cfgdata.",
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

bool disk_is_of_type(const struct lab_disk *disk, const char *type)
{
	return text_equal(disk->type ? disk->type : "disk", type);
}

const char *disk_bus(const struct lab_disk *disk)
{
	if (disk->bus)
		return disk->bus;
	return disk_is_of_type(disk, "cdrom") ? "sata" : disk_is_of_type(disk, "lun") ? "scsi" : "virtio";
}

bool disk_is_ephemeral(const struct lab_disk *disk)
{
	return disk->ephemeral && *disk->ephemeral;
}

bool disk_is_made(const struct lab_disk *disk)
{
	return disk->size && disk->claim == NULL;
}

const char *disk_label(const struct lab_disk *disk)
{
	return disk->name ? disk->name : "";
}

bool vm_has_root_disk(const struct lab_vm *vm)
{
	return vm->root_disk == NULL || *vm->root_disk;
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
					"pvc \"%s\" is disk \"%s\" already; keep one", disk->claim,
					disk_label(other));
		if (disk->service_account && other->service_account)
			reader_error_at(reader, disk_place(disk, OFFSET(service_account)),
					"disk \"%s\" has a serviceAccount already, and a VM can have one such disk; "
					"keep one",
					disk_label(other));
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
