#include "render/objects/volumes.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/objects/given.h"
#include "render/objects/init.h"

static const char root[] = "root";

static const struct lab_disk *disk_at(const struct lab_vm *vm, size_t index)
{
	return vm->disks->items[index];
}

static size_t disk_count(const struct lab_vm *vm)
{
	return vm->disks ? vm->disks->count : 0;
}

/* NULL where a preference has its say. KubeVirt has no CD-ROM on virtio, none on
 * SATA on arm64, and passes SCSI commands of a lun on through SCSI only. */
static const char *bus_choose(const struct lab_vm *vm, const char *type, const char *bus)
{
	if (bus || vm->preference)
		return bus;
	if (text_equal(type, "cdrom"))
		return text_equal(vm->architecture, "arm64") ? "scsi" : "sata";
	return text_equal(type, "lun") ? "scsi" : "virtio";
}

/* Read-only is what a CD-ROM is without being told, and what the others are not. */
static json_t *target_build(const struct lab_vm *vm, const char *type, const char *bus, const bool *read_only)
{
	json_t *target = json_pack("{s:s*}", "bus", bus_choose(vm, type, bus));

	if (read_only && *read_only != text_equal(type, "cdrom"))
		json_object_set_new(target, "readonly", json_boolean(*read_only));
	return target;
}

/* 1, or the first that no other disk asks for: to boot an installer's CD-ROM
 * first, only the CD-ROM needs to say so. */
static int64_t root_boot_order(const struct lab_vm *vm)
{
	int64_t order = 1;

	if (vm->disk_boot_order)
		return *vm->disk_boot_order;
	for (size_t i = 0; i < disk_count(vm);) {
		const int64_t *taken = disk_at(vm, i)->boot_order;

		if (taken && *taken == order) {
			order++;
			i = 0;
		} else {
			i++;
		}
	}
	return order;
}

static json_t *root_disk_build(const struct lab_vm *vm)
{
	return json_pack("{s:s, s:o, s:I, s:s*}", "name", root, "disk", target_build(vm, "disk", vm->disk_bus, NULL),
			 "bootOrder", (json_int_t)root_boot_order(vm), "serial", vm->disk_serial);
}

static json_t *further_disk_build(const struct lab_vm *vm, const struct lab_disk *disk)
{
	const char *type = disk->type ? disk->type : "disk";
	json_t *value = json_pack("{s:s, s:o, s:s*, s:s*}", "name", disk->name, type,
				  target_build(vm, type, disk->bus, disk->read_only), "serial", disk->serial, "cache",
				  disk->cache);

	given_set_number(value, "bootOrder", disk->boot_order);
	if (given_is_true(disk->shareable))
		json_object_set_new(value, "shareable", json_true());
	return value;
}

json_t *volumes_disks_build(const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	json_t *disks = json_array();

	json_array_append_new(disks, root_disk_build(vm));
	for (size_t i = 0; i < disk_count(vm); i++)
		json_array_append_new(disks, further_disk_build(vm, disk_at(vm, i)));
	json_array_append_new(disks, json_pack("{s:s, s:o}", "name", init_volume_name(vm), "disk",
					       target_build(vm, "disk", NULL, NULL)));
	return disks;
}

/* NULL for a CD-ROM drive without a medium. */
static json_t *further_volume_build(const struct lab_node *node, const struct lab_disk *disk)
{
	cleanup(free) char *name = name_disk_new(node, disk);
	json_t *source;

	if (disk->claim == NULL && disk->size == NULL)
		return NULL;
	source = disk->claim ? json_pack("{s:s}", "claimName", disk->claim) : json_pack("{s:s}", "name", name);
	if (given_is_true(disk->hotpluggable))
		json_object_set_new(source, "hotpluggable", json_true());
	return json_pack("{s:s, s:o}", "name", disk->name, disk->claim ? "persistentVolumeClaim" : "dataVolume",
			 source);
}

json_t *volumes_build(const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	json_t *volumes = json_array();

	json_array_append_new(volumes,
			      json_pack("{s:s, s:{s:s}}", "name", root, "dataVolume", "name", node->object_name));
	for (size_t i = 0; i < disk_count(vm); i++) {
		json_t *volume = further_volume_build(node, disk_at(vm, i));

		if (volume)
			json_array_append_new(volumes, volume);
	}
	json_array_append_new(volumes, init_volume_build(node));
	return volumes;
}
