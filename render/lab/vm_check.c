/* vm_settle(): the checks of a VM across its fields, one after the other. */
#include "render/lab/vm_check.h"

#include "base/memory.h"
#include "render/lab/exclusive.h"
#include "render/lab/missing.h"
#include "render/lab/placement_fields.h"
#include "render/lab/probe_fields.h"
#include "render/lab/tell_once.h"
#include "render/lab/vm_disk_values.h"
#include "render/lab/vm_disks.h"
#include "render/lab/vm_fields.h"
#include "render/lab/vm_interfaces.h"

const struct place *vm_check_place(const struct vm_check *check, size_t offset)
{
	const struct origin *origin = object_origin(&vm_type, check->vm, offset);

	return origin ? &origin->place : check->place;
}

enum layer vm_check_layer(const struct vm_check *check, size_t offset)
{
	return field_layer(&vm_type, check->vm, offset);
}

void vm_check_refuse(struct vm_check *check, const struct place *place, const char *format, ...)
{
	va_list arguments;
	cleanup(free) char *message = NULL;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	reader_error_once(check->reader, place, "%s", message);
}

/* What belongs to one image says nothing about another that a higher layer chose. */
static void drop_inherited(struct vm_check *check, size_t offset)
{
	if (field_is_set(check->vm, offset) && vm_check_layer(check, offset) < VM_LAYER(check, image))
		field_drop(check->vm, offset);
}

void vm_check_images(struct vm_check *check)
{
	struct lab_vm *vm = check->vm;

	if (vm->image == NULL)
		return;
	drop_inherited(check, offsetof(struct lab_vm, checksum));
	if (!image_has_certificate(vm->image))
		drop_inherited(check, offsetof(struct lab_vm, certificates));
	if (vm->checksum && !image_is_file(vm->image))
		vm_check_refuse(check, VM_PLACE(check, checksum), CHECKSUM_OF_CONTAINER);
	if (vm->certificates && !image_has_certificate(vm->image))
		vm_check_refuse(check, VM_PLACE(check, certificates), CERTIFICATES_OF_HTTP);
}

static void missing_check(struct vm_check *check)
{
	if (!check->complete || !vm_has_root_disk(check->vm))
		return;
	if (check->vm->image == NULL)
		setting_missing(check->reader, check->node, check->place, "vm", "image");
	if (check->vm->disk_size == NULL)
		setting_missing(check->reader, check->node, check->place, "vm", "diskSize");
}

/* Only Kubernetes' own rule; KubeVirt asks a guest's program through its agent. */
static void probes_settle(struct vm_check *check)
{
	struct lab_vm *vm = check->vm;

	vm->readiness_probe =
		probe_settle(check->reader, &vm_probe_type, PROBE_READINESS, vm->readiness_probe, check->complete);
	vm->liveness_probe =
		probe_settle(check->reader, &vm_probe_type, PROBE_LIVENESS, vm->liveness_probe, check->complete);
	vm_check_probes(check);
	/* A patch can open ports that are not among the VM's own. */
	if (!check->complete || vm->patch)
		return;
	probe_check_port(check->reader, PROBE_READINESS, vm->readiness_probe, vm_forwarded_ports(vm));
	probe_check_port(check->reader, PROBE_LIVENESS, vm->liveness_probe, vm_forwarded_ports(vm));
}

const struct lab_vm *vm_settle(struct reader *reader, const char *node, const struct place *place,
			       const struct lab_vm *merged, bool complete)
{
	struct lab_vm *vm = arena_new(reader->arena, sizeof(*vm));
	struct vm_check check = { .reader = reader, .node = node, .place = place, .vm = vm, .complete = complete };

	*vm = *merged;
	vm->placement = placement_settle(reader, vm->placement);
	vm_check_instancetype(&check);
	vm_check_processor(&check);
	vm_check_resources(&check);
	vm_check_root_disk(&check);
	vm_check_images(&check);
	vm_check_firmware(&check);
	vm_check_architecture(&check);
	vm_check_guest(&check);
	vm_check_interfaces(&check);
	vm_check_boot_orders(&check);
	vm_check_init(&check);
	probes_settle(&check);
	missing_check(&check);
	return vm;
}
