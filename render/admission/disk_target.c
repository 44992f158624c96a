#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <string.h>

enum { SERIAL_MAX = 256, BLOCK_LEAST = 512, BLOCK_MOST = 2 * 1024 * 1024 };

static const char *const targets[] = { "disk", "lun", "cdrom", NULL };

/* A38 */
static void bus_fits(const struct place *target, const char *bus)
{
	static const char *const buses[] = { "virtio", "sata", "scsi", "usb", NULL };

	if (bus == NULL)
		return;
	if (strcmp(bus, "ide") == 0)
		refuse_at(target, "bus", "IDE disks are not supported; use sata");
	else if (strcmp(bus, "virtio") == 0 && strcmp(target->key, "cdrom") == 0)
		refuse_at(target, "bus", "a CD-ROM cannot be on virtio; use sata or scsi");
	else if ((strcmp(bus, "sata") == 0 || strcmp(bus, "usb") == 0) && strcmp(target->key, "lun") == 0)
		refuse_at(target, "bus", "a LUN cannot be on %s, and libvirt would not start it; use scsi", bus);
	else
		refuse_other_words(target, "bus", buses, WORDS_EMPTY_IS_UNSET);
}

/* A31 */
static void bus_fits_arm(const struct machine_view *machine, const struct place *target, const char *bus)
{
	if (bus && strcmp(machine->architecture, "arm64") == 0 && strcmp(bus, "virtio") != 0 &&
	    strcmp(bus, "scsi") != 0)
		refuse_at(target, "bus", "arm64 has no disks on %.20s; use virtio or scsi", bus);
}

/* A39, A41 */
static void plain_disk(const struct place *target, const char *bus)
{
	const char *address = place_text(target, "pciAddress");

	if (bus && strcmp(bus, "sata") == 0 && place_is_true(target, "readonly"))
		refuse_at(target, "readonly", "a SATA hard disk cannot be read-only; use virtio or scsi, or a cdrom");
	if (address && (bus == NULL || strcmp(bus, "virtio") != 0))
		refuse_at(target, "pciAddress", "only a disk on virtio has a PCI address; set bus to virtio");
	else if (address && !word_is_pci_address(address))
		refuse_at(target, "pciAddress", "\"%.40s\" is no PCI address; write it like 0000:81:00.1", address);
}

/* A40 */
static void lun(const struct machine_view *machine, const struct place *disk, const struct place *target)
{
	struct place volume = machine_view_volume(machine, place_text(disk, "name"));

	if (volume.value && !place_has(&volume, "persistentVolumeClaim") && !place_has(&volume, "dataVolume"))
		refuse(target, "a LUN can stand only for a persistentVolumeClaim or a dataVolume; use disk");
	if (place_is_true(target, "reservation"))
		refuse_without_gate(target, "a persistent reservation", "PersistentReservation");
}

/* A42 */
static void io_thread(const struct place *disk, const char *bus)
{
	if (place_is_true(disk, "dedicatedIOThread") && bus && strcmp(bus, "virtio") != 0)
		refuse_at(disk, "dedicatedIOThread", "only a disk on virtio can have a thread of its own; drop it");
}

/* A37 to A42 */
static void target(const struct machine_view *machine, const struct place *disk)
{
	const char *key = NULL, *bus;
	struct place place;

	if (place_count_given(disk, targets, &key) > 1)
		refuse(disk, "a disk is one of disk, lun and cdrom; keep one");
	for (size_t i = 0; targets[i]; i++) {
		place = place_object(disk, targets[i]);
		bus = place_text(&place, "bus");
		bus_fits(&place, bus);
		bus_fits_arm(machine, &place, bus);
		if (i == 0)
			plain_disk(&place, bus);
		if (i == 1 && place_is_given(&place))
			lun(machine, disk, &place);
		io_thread(disk, bus);
	}
}

/* A44 */
static void serial(const struct place *disk)
{
	const char *text = place_text(disk, "serial");

	if (text && !word_is_made_of(text, "_.+-"))
		refuse_at(disk, "serial", "a serial number holds only letters, digits and _.+-; drop the others");
	if (text && strlen(text) > SERIAL_MAX)
		refuse_at(disk, "serial", "a serial number has at most %d characters; shorten it", SERIAL_MAX);
}

static bool is_block_size(int64_t size)
{
	return size >= BLOCK_LEAST && size <= BLOCK_MOST && (size & (size - 1)) == 0;
}

static const char *bus_of(const struct place *disk)
{
	for (size_t i = 0; targets[i]; i++) {
		struct place place = place_object(disk, targets[i]);

		if (place_is_given(&place))
			return place_text(&place, "bus");
	}
	return NULL;
}

/* A46: the sizes that a person has chosen */
static void custom_blocks(const struct place *disk, const struct place *custom)
{
	int64_t logical = 0, physical = 0, discard = 0;
	const char *bus = bus_of(disk);

	place_integer(custom, "logical", &logical);
	place_integer(custom, "physical", &physical);
	if (!is_block_size(logical))
		refuse_at(custom, "logical", "%jd is no block size; use a power of two from 512 to 2097152",
			  (intmax_t)logical);
	else if (!is_block_size(physical))
		refuse_at(custom, "physical", "%jd is no block size; use a power of two from 512 to 2097152",
			  (intmax_t)physical);
	else if (logical > physical)
		refuse_at(custom, "logical", "the logical block is larger than the physical one; lower it");
	else if (bus && strcmp(bus, "sata") == 0 && logical != BLOCK_LEAST)
		refuse_at(custom, "logical", "SATA disks have logical blocks of 512; use 512 or another bus");
	else if (place_integer(custom, "discardGranularity", &discard) && discard % logical != 0)
		refuse_at(custom, "discardGranularity", "this is not a multiple of the logical block; round it up");
}

/* A46 */
static void block_size(const struct place *disk)
{
	struct place size = place_object(disk, "blockSize");
	struct place custom = place_object(&size, "custom");
	struct place match = place_object(&size, "matchVolume");

	if (!place_is_given(&custom))
		return;
	if (place_is_given(&match) && !place_is_false(&match, "enabled"))
		refuse(&match, "matchVolume and custom exclude each other; keep one");
	custom_blocks(disk, &custom);
}

/* A45 */
static void modes(const struct place *disk)
{
	static const char *const caches[] = { "none", "writethrough", "writeback", NULL };
	static const char *const ios[] = { "native", "threads", NULL };
	static const char *const policies[] = { "stop", "ignore", "report", "enospace", NULL };
	static const struct word_rule rules[] = {
		{ "cache", caches, WORDS_EMPTY_IS_UNSET },
		{ "io", ios, WORDS_EMPTY_IS_UNSET },
		{ "errorPolicy", policies, WORDS_EMPTY_IS_WRONG },
	};

	refuse_by_word_rules(disk, rules, sizeof(rules) / sizeof(rules[0]));
}

void rules_disk_target(const struct machine_view *machine, const struct place *disk)
{
	target(machine, disk);
	serial(disk);
	modes(disk);
	block_size(disk);
}
