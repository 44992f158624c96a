#include "render/lab/vm_disk_checks.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/vm_disk_values.h"
#include "render/lab/vm_disks.h"

#define OFFSET(member) offsetof(struct lab_disk, member)

struct named_field {
	size_t offset;
	const char *name;
};

/* Content that is there already. */
static const struct named_field sources[] = {
	{ OFFSET(claim), "pvc" },
	{ OFFSET(secret), "secret" },
	{ OFFSET(config_map), "configMap" },
	{ OFFSET(service_account), "serviceAccount" },
};

/* What does not go beside it, and the first of which is told. */
static const struct named_field others[] = {
	{ OFFSET(image), "image" },
	{ OFFSET(size), "size" },
	{ OFFSET(secret), "secret" },
	{ OFFSET(config_map), "configMap" },
	{ OFFSET(service_account), "serviceAccount" },
	{ OFFSET(ephemeral), "ephemeral" },
};

static bool is_set(const struct lab_disk *disk, size_t offset)
{
	if (offset == OFFSET(ephemeral))
		return disk_is_ephemeral(disk);
	return field_is_set(disk, offset);
}

/* NULL when its content is none that is there already. */
static const struct named_field *source_of(const struct lab_disk *disk)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (is_set(disk, sources[i].offset))
			return &sources[i];
	return NULL;
}

/* False after it told that there are two sources. */
static bool source_is_alone(struct reader *reader, const struct lab_disk *disk, const struct named_field *source)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (others[i].offset == source->offset || !is_set(disk, others[i].offset))
			continue;
		reader_error_at(reader, disk_place(disk, others[i].offset),
				"disk \"%s\" has a %s, so it takes no %s; keep one", disk_label(disk), source->name,
				others[i].name);
		return false;
	}
	return true;
}

static void ephemeral_check(struct reader *reader, const struct lab_disk *disk)
{
	if (disk->image == NULL || !text_starts_with(disk->image, "docker://"))
		reader_error_at(reader, disk_place(disk, disk->image ? OFFSET(image) : OFFSET(ephemeral)),
				"disk \"%s\" is ephemeral, which only an image of docker:// can be; %s",
				disk_label(disk),
				disk->image ? "use one, or remove ephemeral and add size" : "add it");
	else if (disk->size)
		reader_error_at(
			reader, disk_place(disk, OFFSET(size)),
			"disk \"%s\" is ephemeral, so it has the size of its image; remove size, or ephemeral",
			disk_label(disk));
	if (disk->certificates)
		reader_error_at(reader, disk_place(disk, OFFSET(certificates)),
				"disk \"%s\" is ephemeral, so its image is pulled by the worker, which has its own "
				"authorities; remove imageCA",
				disk_label(disk));
}

/* Exactly one of: size alone, image with size, an ephemeral image, pvc, secret, configMap, serviceAccount. */
static void source_check(struct reader *reader, const struct lab_disk *disk)
{
	const struct named_field *source = source_of(disk);

	if (source && !source_is_alone(reader, disk, source))
		return;
	if (disk_is_ephemeral(disk))
		ephemeral_check(reader, disk);
	if (disk->image && disk->size == NULL && !disk_is_ephemeral(disk))
		reader_error_at(reader, disk_place(disk, OFFSET(image)),
				"disk \"%s\" has an image but no size; add e.g. \"size: 10Gi\"", disk_label(disk));
	else if (disk_is_of_type(disk, "lun") && disk->claim == NULL)
		reader_error_at(reader, disk_place(disk, OFFSET(type)),
				"disk \"%s\" is a lun, so it needs a pvc; add it, or use type disk",
				disk_label(disk));
	else if (disk_is_of_type(disk, "cdrom") && disk->size && disk->image == NULL)
		reader_error_at(reader, disk_place(disk, OFFSET(size)),
				"disk \"%s\" is a cdrom, which is never blank; add its image, or remove size for an "
				"empty drive",
				disk_label(disk));
	else if (!disk_is_of_type(disk, "cdrom") && source == NULL && disk->size == NULL && disk->image == NULL &&
		 !disk_is_ephemeral(disk))
		reader_error_at(reader, &disk->settings.place,
				"disk \"%s\" has no content; add size for a blank disk, image and size, or pvc",
				disk_label(disk));
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
		if (!field_is_set(disk, dependents[i].offset) || (disk->image && !disk_is_ephemeral(disk)) ||
		    (disk->image && dependents[i].of_image))
			continue;
		if (dependents[i].of_image)
			reader_error_at(reader, disk_place(disk, dependents[i].offset),
					"disk \"%s\" has no image that %s could be for; add image, or remove it",
					disk_label(disk), dependents[i].name);
		else if (disk->size == NULL)
			reader_error_at(reader, disk_place(disk, dependents[i].offset),
					"%s is of disks that labsync makes, and disk \"%s\" is none; remove it",
					dependents[i].name, disk_label(disk));
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

	if (disk_is_of_type(disk, "cdrom") && text_equal(bus, "virtio"))
		reader_error_at(reader, place,
				"disk \"%s\" is a cdrom, which KubeVirt refuses on virtio; use sata, scsi or usb",
				disk_label(disk));
	/* Not KubeVirt's rule but libvirt's: the VM would be taken and never start. */
	if (disk_is_of_type(disk, "lun") && (text_equal(bus, "sata") || text_equal(bus, "usb")))
		reader_error_at(reader, place, "disk \"%s\" is a lun, which cannot be on %s; use scsi",
				disk_label(disk), bus);
	else if (!disk_is_of_type(disk, "cdrom") && text_equal(bus, "sata") && disk->read_only && *disk->read_only)
		reader_error_at(reader, disk_place(disk, OFFSET(read_only)),
				"disk \"%s\" is on sata, where disks cannot be readOnly; use bus virtio or scsi",
				disk_label(disk));
	if (disk_is_of_type(disk, "cdrom") && disk->read_only && !*disk->read_only)
		reader_error_at(
			reader, disk_place(disk, OFFSET(read_only)),
			"disk \"%s\" is a cdrom, which is always read-only; remove readOnly, or use type disk",
			disk_label(disk));
	if (disk->hotpluggable == NULL || !*disk->hotpluggable)
		return;
	/* Only what has a claim can be attached to a pod that runs. */
	if (disk_is_ephemeral(disk) || disk->secret || disk->config_map || disk->service_account)
		reader_error_at(reader, disk_place(disk, OFFSET(hotpluggable)),
				"disk \"%s\" has no claim, without which it cannot be hotpluggable; remove it",
				disk_label(disk));
	else if (disk_is_of_type(disk, "cdrom"))
		reader_error_at(reader, disk_place(disk, OFFSET(hotpluggable)),
				"disk \"%s\" is a cdrom, which cannot be hotpluggable; remove it, or use type disk",
				disk_label(disk));
	else if (disk_is_of_type(disk, "lun") ? !text_equal(bus, "scsi")
					      : !text_equal(bus, "virtio") && !text_equal(bus, "scsi"))
		reader_error_at(reader, place, "disk \"%s\" is hotpluggable, which needs bus %s", disk_label(disk),
				disk_is_of_type(disk, "lun") ? "scsi" : "virtio or scsi");
}

void disk_check(struct reader *reader, const struct lab_disk *disk)
{
	source_check(reader, disk);
	if (disk->volume_label && disk->secret == NULL && disk->config_map == NULL)
		reader_error_at(reader, disk_place(disk, OFFSET(volume_label)),
				"volumeLabel is of disks with secret or configMap, and disk \"%s\" has neither; "
				"remove it",
				disk_label(disk));
	leftovers_check(reader, disk);
	bus_check(reader, disk);
	if (disk->shareable && *disk->shareable && disk->cache && !text_equal(disk->cache, "none"))
		reader_error_at(reader, disk_place(disk, OFFSET(cache)),
				"disk \"%s\" is shareable, so its cache must be none; remove cache",
				disk_label(disk));
	/* virtio-blk's identification string has no more room. */
	if (disk->serial && strlen(disk->serial) > 20 && (disk->bus == NULL || text_equal(disk->bus, "virtio")))
		reader_warn_at(reader, disk_place(disk, OFFSET(serial)),
			       "serial of disk \"%s\" has %zu characters, but on virtio the guest sees the first 20",
			       disk_label(disk), strlen(disk->serial));
}
