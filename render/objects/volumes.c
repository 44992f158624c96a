#include "render/objects/volumes.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/lab/vm_disks.h"
#include "render/objects/given.h"
#include "render/objects/init.h"

static const char root[] = "root", docker[] = "docker://";

static const struct lab_disk *disk_at(const struct lab_vm *vm, size_t index)
{
	return vm->disks->items[index];
}

static const struct lab_nic *nic_at(const struct lab_vm *vm, size_t index)
{
	return vm->interfaces->items[index];
}

static size_t nic_count(const struct lab_vm *vm)
{
	return vm->interfaces ? vm->interfaces->count : 0;
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

static bool boot_order_is_taken(const struct lab_vm *vm, int64_t order)
{
	for (size_t i = 0; i < disk_count(vm); i++) {
		if (disk_at(vm, i)->boot_order && *disk_at(vm, i)->boot_order == order)
			return true;
	}
	for (size_t i = 0; i < nic_count(vm); i++) {
		if (nic_at(vm, i)->boot_order && *nic_at(vm, i)->boot_order == order)
			return true;
	}
	return false;
}

/* 1, or the first that no other disk and no NIC asks for: to boot an installer's CD-ROM
 * first, only the CD-ROM needs to say so. */
static int64_t root_boot_order(const struct lab_vm *vm)
{
	int64_t order = 1;

	if (vm->disk_boot_order)
		return *vm->disk_boot_order;
	while (boot_order_is_taken(vm, order))
		order++;
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

/* Windows looks for answer files on drives that can be taken out. */
static json_t *init_disk_build(const struct lab_vm *vm)
{
	const char *type = vm->init && *vm->init == INIT_SYSPREP ? "cdrom" : "disk";

	return json_pack("{s:s, s:o}", "name", init_volume_name(vm), type, target_build(vm, type, NULL, NULL));
}

json_t *volumes_disks_build(const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	json_t *disks = json_array();

	if (vm_has_root_disk(vm))
		json_array_append_new(disks, root_disk_build(vm));
	for (size_t i = 0; i < disk_count(vm); i++)
		json_array_append_new(disks, further_disk_build(vm, disk_at(vm, i)));
	if (init_volume_name(vm))
		json_array_append_new(disks, init_disk_build(vm));
	return disks;
}

static void hotpluggable_set(const struct lab_disk *disk, json_t *source)
{
	if (given_is_true(disk->hotpluggable))
		json_object_set_new(source, "hotpluggable", json_true());
}

static json_t *claim_volume_build(const struct lab_disk *disk)
{
	json_t *source = json_pack("{s:s}", "claimName", disk->claim);

	hotpluggable_set(disk, source);
	return json_pack("{s:o}", "persistentVolumeClaim", source);
}

static json_t *made_volume_build(const struct lab_node *node, const struct lab_disk *disk)
{
	cleanup(free) char *name = name_disk_new(node, disk);
	json_t *source = json_pack("{s:s}", "name", name);

	hotpluggable_set(disk, source);
	return json_pack("{s:o}", "dataVolume", source);
}

/* The kubelet pulls it as it does a pod's image, whose name has no scheme. */
static json_t *container_volume_build(const struct lab_disk *disk)
{
	return json_pack("{s:{s:s, s:s*}}", "containerDisk", "image", disk->image + strlen(docker), "imagePullSecret",
			 disk->image_secret);
}

/* NULL for a CD-ROM drive without a medium. */
static json_t *source_build(const struct lab_node *node, const struct lab_disk *disk)
{
	if (disk->claim)
		return claim_volume_build(disk);
	if (disk->secret)
		return json_pack("{s:{s:s, s:s*}}", "secret", "secretName", disk->secret, "volumeLabel",
				 disk->volume_label);
	if (disk->config_map)
		return json_pack("{s:{s:s, s:s*}}", "configMap", "name", disk->config_map, "volumeLabel",
				 disk->volume_label);
	if (disk->service_account)
		return json_pack("{s:{s:s}}", "serviceAccount", "serviceAccountName", disk->service_account);
	if (disk_is_ephemeral(disk))
		return container_volume_build(disk);
	return disk_is_made(disk) ? made_volume_build(node, disk) : NULL;
}

static json_t *further_volume_build(const struct lab_node *node, const struct lab_disk *disk)
{
	json_t *volume = source_build(node, disk);

	if (volume)
		json_object_set_new(volume, "name", json_string(disk->name));
	return volume;
}

json_t *volumes_build(const struct lab_node *node)
{
	const struct lab_vm *vm = node->vm;
	json_t *volumes = json_array();

	if (vm_has_root_disk(vm))
		json_array_append_new(
			volumes, json_pack("{s:s, s:{s:s}}", "name", root, "dataVolume", "name", node->object_name));
	for (size_t i = 0; i < disk_count(vm); i++) {
		json_t *volume = further_volume_build(node, disk_at(vm, i));

		if (volume)
			json_array_append_new(volumes, volume);
	}
	if (init_volume_name(vm))
		json_array_append_new(volumes, init_volume_build(node));
	return volumes;
}
