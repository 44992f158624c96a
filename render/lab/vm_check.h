/* What the checks of a VM across its fields share. Each looks at one idea, tells
 * what is wrong, and drops what a higher layer made void. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

struct vm_check {
	struct reader *reader;
	const char *node; /* its name */
	const struct place *place; /* of the node */
	struct lab_vm *vm; /* a copy, of which fields may be dropped */
	bool complete; /* no layer had errors: what is missing was never written */
};

/* Where a field of the VM was written; the node's place when it is built in. */
#define VM_PLACE(check, member) vm_check_place(check, offsetof(struct lab_vm, member))
#define VM_LAYER(check, member) vm_check_layer(check, offsetof(struct lab_vm, member))

const struct place *vm_check_place(const struct vm_check *check, size_t offset);
enum layer vm_check_layer(const struct vm_check *check, size_t offset);

/* An error at that place, told once even when a default brings it to many nodes. */
void vm_check_refuse(struct vm_check *check, const struct place *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void vm_check_images(struct vm_check *check); /* image with checksum, CA and Secret */
void vm_check_root_disk(struct vm_check *check); /* rootDisk with what it is made of */
void vm_check_boot_orders(struct vm_check *check); /* of disks and NICs */
void vm_check_processor(struct vm_check *check); /* cpu, cpuTopology, cpuPin, memory, hugePage */
void vm_check_instancetype(struct vm_check *check);
void vm_check_firmware(struct vm_check *check);
void vm_check_architecture(struct vm_check *check);
void vm_check_guest(struct vm_check *check); /* guestOS, features, tpm, dns */
void vm_check_resources(struct vm_check *check);
void vm_check_interfaces(struct vm_check *check); /* with ports, which are of the pod network */
void vm_check_probes(struct vm_check *check); /* that they can ask */
void vm_check_init(struct vm_check *check); /* cloudInit, ignition, sysprep, passwords, credentials */
