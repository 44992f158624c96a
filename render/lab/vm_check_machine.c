/* Firmware and architecture: what goes together. */
#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/tell_once.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_disks.h"
#include "render/lab/vm_machine.h"

#define FIRMWARE(member) offsetof(struct lab_firmware, member)

static bool is_on(const bool *given)
{
	return given && *given;
}

/* What only UEFI has. One from a layer below that of a bootloader without it is dropped. */
static void efi_only_check(struct vm_check *check, struct lab_firmware *firmware, size_t offset, const char *name,
			   bool on)
{
	bool efi = text_equal(firmware->bootloader, "efi");

	if (efi || !on)
		return;
	if (firmware->bootloader && field_layer(&firmware_type, firmware, offset) <
					    field_layer(&firmware_type, firmware, FIRMWARE(bootloader)))
		field_drop(firmware, offset);
	else if (check->complete)
		vm_check_refuse(check, object_place(&firmware_type, firmware, offset),
				"%s needs UEFI; add \"bootloader: efi\", or remove it", name);
}

/* The UUID is cloud-init's instance-id and what guests make their machine-id and DHCP client of. */
static void uuid_check(struct vm_check *check, const struct lab_firmware *firmware)
{
	const int64_t *replicas = check->vm->replicas;
	const struct place *place = object_place(&firmware_type, firmware, FIRMWARE(uuid));

	if (firmware->uuid == NULL)
		return;
	if (replicas && *replicas > 1)
		vm_check_refuse(check, place,
				"uuid cannot be that of each of %d replicas; remove it, and each gets one of its own",
				(int)*replicas);
	else if (field_layer(&firmware_type, firmware, FIRMWARE(uuid)) < LAYER_NODE)
		reader_warn_once(
			check->reader, place,
			"uuid in defaults is that of every VM which they are for, and guests take it for their own; "
			"give it to one node");
}

void vm_check_firmware(struct vm_check *check)
{
	struct lab_firmware *firmware;

	if (check->vm->firmware == NULL)
		return;
	firmware = arena_new(check->reader->arena, sizeof(*firmware));
	*firmware = *check->vm->firmware;
	efi_only_check(check, firmware, FIRMWARE(secure_boot), "secureBoot", is_on(firmware->secure_boot));
	efi_only_check(check, firmware, FIRMWARE(persistent), "persistent", is_on(firmware->persistent));
	uuid_check(check, firmware);
	check->vm->firmware = firmware;
}

static bool fits_arm64(const char *bus)
{
	return bus == NULL || text_equal(bus, "virtio") || text_equal(bus, "scsi");
}

static void arm64_disks_check(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;

	if (!fits_arm64(vm->disk_bus))
		vm_check_refuse(check, VM_PLACE(check, disk_bus),
				"diskBus %s does not exist on arm64; use virtio or scsi", vm->disk_bus);
	for (size_t i = 0; vm->disks && i < vm->disks->count; i++) {
		const struct lab_disk *disk = vm->disks->items[i];

		if (!fits_arm64(disk->bus))
			vm_check_refuse(check, disk_place(disk, offsetof(struct lab_disk, bus)),
					"bus %s does not exist on arm64; use %s", disk->bus,
					text_equal(disk->type, "cdrom") ? "scsi" : "virtio or scsi");
	}
}

/* KubeVirt's admitter for arm64. */
static void arm64_check(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;
	const struct lab_cpu_topology *topology = vm->cpu_topology;

	if (vm->firmware && text_equal(vm->firmware->bootloader, "bios"))
		vm_check_refuse(check, object_place(&firmware_type, vm->firmware, FIRMWARE(bootloader)),
				"bootloader bios does not exist on arm64; use efi");
	if (vm->firmware && is_on(vm->firmware->secure_boot))
		vm_check_refuse(check, object_place(&firmware_type, vm->firmware, FIRMWARE(secure_boot)),
				"secureBoot is not supported by KubeVirt on arm64; remove it");
	if (vm->cpu_model && !text_equal(vm->cpu_model, "host-passthrough"))
		vm_check_refuse(check, VM_PLACE(check, cpu_model),
				"cpuModel of arm64 can only be host-passthrough; use that, or remove it");
	if (is_on(vm->cpu_pin) && topology && topology->threads && *topology->threads > 1)
		vm_check_refuse(
			check, object_place(&cpu_topology_type, topology, offsetof(struct lab_cpu_topology, threads)),
			"threads is %d, but on arm64 with cpuPin only 1 is taken; use more cores",
			(int)*topology->threads);
	arm64_disks_check(check);
}

/* The machines that KubeVirt builds for each architecture by default. */
static const struct {
	const char *architecture, *machine;
} machines[] = {
	{ "amd64", "q35" },
	{ "amd64", "pc-q35" },
	{ "arm64", "virt" },
	{ "s390x", "s390-ccw-virtio" },
};

enum { MACHINE_COUNT = sizeof(machines) / sizeof(machines[0]) };

static const char *machine_of(const char *architecture)
{
	for (size_t i = 0; i < MACHINE_COUNT; i++)
		if (text_equal(machines[i].architecture, architecture))
			return machines[i].machine;
	return NULL;
}

/* Only machines that are known to be of another architecture are refused. */
static void machine_check(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;

	for (size_t i = 0; vm->machine && i < MACHINE_COUNT; i++) {
		if (!text_starts_with(vm->machine, machines[i].machine) ||
		    text_equal(machines[i].architecture, vm->architecture))
			continue;
		vm_check_refuse(check, VM_PLACE(check, machine), "machine %s is of %s, not of %s; use %s",
				vm->machine, machines[i].architecture, vm->architecture,
				machine_of(vm->architecture));
		return;
	}
}

void vm_check_architecture(struct vm_check *check)
{
	if (check->vm->architecture == NULL)
		return;
	machine_check(check);
	if (text_equal(check->vm->architecture, "arm64"))
		arm64_check(check);
}
