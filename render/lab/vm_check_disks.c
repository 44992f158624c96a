/* Disks: the root disk and what it is made of, and what the firmware boots from. */
#include "render/lab/exclusive.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_disks.h"
#include "render/lab/vm_interfaces.h"

#define OFFSET(member) offsetof(struct lab_vm, member)

/* What there is no root disk for. Inherited, it is for other nodes. */
void vm_check_root_disk(struct vm_check *check)
{
	static const struct {
		size_t offset;
		const char *name;
	} parts[] = {
		{ OFFSET(image), "image" },
		{ OFFSET(disk_size), "diskSize" },
		{ OFFSET(checksum), "checksum" },
		{ OFFSET(certificates), "imageCA" },
		{ OFFSET(image_secret), "imageSecret" },
		{ OFFSET(disk_bus), "diskBus" },
		{ OFFSET(disk_serial), "diskSerial" },
		{ OFFSET(disk_boot_order), "diskBootOrder" },
	};

	if (vm_has_root_disk(check->vm))
		return;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!field_is_set(check->vm, parts[i].offset))
			continue;
		if (vm_check_layer(check, parts[i].offset) >= VM_LAYER(check, root_disk))
			vm_check_refuse(check, vm_check_place(check, parts[i].offset),
					"%s is of the root disk, and rootDisk is false; remove one of them",
					parts[i].name);
		field_drop(check->vm, parts[i].offset);
	}
}

/* Something that the firmware may boot from. */
struct boot_entry {
	const char *what, *name; /* of the root disk no name */
	const int64_t *order;
	const struct place *place;
};

enum { BOOT_ENTRIES_MAX = 128 };

struct boot_entries {
	struct boot_entry items[BOOT_ENTRIES_MAX];
	size_t count;
};

static void entry_add(struct boot_entries *entries, struct boot_entry entry)
{
	if (entry.order && entries->count < BOOT_ENTRIES_MAX)
		entries->items[entries->count++] = entry;
}

static void entries_collect(const struct vm_check *check, struct boot_entries *entries)
{
	const struct lab_vm *vm = check->vm;

	entry_add(entries,
		  (struct boot_entry){ .order = vm->disk_boot_order, .place = VM_PLACE(check, disk_boot_order) });
	for (size_t i = 0; vm->disks && i < vm->disks->count; i++) {
		const struct lab_disk *disk = vm->disks->items[i];

		entry_add(entries, (struct boot_entry){ "disk", disk_label(disk), disk->boot_order,
							disk_place(disk, offsetof(struct lab_disk, boot_order)) });
	}
	for (size_t i = 0; vm->interfaces && i < vm->interfaces->count; i++) {
		const struct lab_nic *nic = vm->interfaces->items[i];

		entry_add(entries, (struct boot_entry){ "interface", nic->name ? nic->name : "", nic->boot_order,
							nic_place(nic, offsetof(struct lab_nic, boot_order)) });
	}
}

static void entry_check(struct vm_check *check, const struct boot_entries *entries, size_t index)
{
	const struct boot_entry *entry = &entries->items[index];

	for (size_t i = 0; i < index; i++) {
		const struct boot_entry *other = &entries->items[i];

		if (*other->order != *entry->order)
			continue;
		if (other->name == NULL)
			vm_check_refuse(check, entry->place,
					"bootOrder %d is the root disk's by diskBootOrder; change one of them",
					(int)*entry->order);
		else
			vm_check_refuse(check, entry->place,
					"bootOrder %d is that of %s \"%s\" already; change one of them",
					(int)*entry->order, other->what, other->name);
	}
}

void vm_check_boot_orders(struct vm_check *check)
{
	struct boot_entries entries = { .count = 0 };

	entries_collect(check, &entries);
	for (size_t i = 1; i < entries.count; i++)
		entry_check(check, &entries, i);
}
