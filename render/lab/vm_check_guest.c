/* What the guest finds in its machine, and what the machine asks of its worker. */
#include <string.h>

#include "base/quantity.h"
#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_guest.h"
#include "render/lab/vm_machine.h"
#include "render/lab/vm_resources.h"

static bool is_on(const bool *given)
{
	return given && *given;
}

static bool is_off(const bool *given)
{
	return given && !*given;
}

/* KVM has Hyper-V's enlightenments, and Windows its TPM's driver, on amd64 alone. */
static void windows_check(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;

	if (text_equal(vm->guest_os, "windows") && vm->architecture && !text_equal(vm->architecture, "amd64"))
		vm_check_refuse(check, VM_PLACE(check, guest_os),
				"guestOS windows needs architecture amd64, not %s; remove guestOS, or change it",
				vm->architecture);
}

/* KubeVirt refuses secure boot without SMM. */
static void smm_check(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;

	if (vm->features == NULL || !is_off(vm->features->smm) || vm->firmware == NULL ||
	    !is_on(vm->firmware->secure_boot))
		return;
	vm_check_refuse(check, object_place(&features_type, vm->features, offsetof(struct lab_features, smm)),
			"smm is false, but secureBoot needs it; remove one of them");
}

static void tpm_check(struct vm_check *check)
{
	const struct lab_tpm *tpm = check->vm->tpm;
	const size_t enabled = offsetof(struct lab_tpm, enabled), persistent = offsetof(struct lab_tpm, persistent);

	if (tpm == NULL || !is_off(tpm->enabled) || !is_on(tpm->persistent))
		return;
	if (field_layer(&tpm_type, tpm, persistent) >= field_layer(&tpm_type, tpm, enabled))
		vm_check_refuse(check, object_place(&tpm_type, tpm, persistent),
				"persistent is of a TPM, and enabled is false; remove one of them");
}

void vm_check_guest(struct vm_check *check)
{
	windows_check(check);
	smm_check(check);
	tpm_check(check);
}

/* One resource of requests and limits. */
struct amount {
	const char *name;
	size_t offset;
};

static const struct amount amounts[] = {
	{ "cpu", offsetof(struct lab_amounts, cpu) },
	{ "memory", offsetof(struct lab_amounts, memory) },
};

static const char *amount_of(const struct lab_amounts *from, const struct amount *amount)
{
	const char *text = NULL;

	if (from)
		memcpy(&text, (const char *)from + amount->offset, sizeof(text));
	return text;
}

static void request_check(struct vm_check *check, const struct lab_machine_resources *resources,
			  const struct amount *amount)
{
	const char *request = amount_of(resources->requests, amount), *limit = amount_of(resources->limits, amount);
	int64_t asked, most;

	if (request == NULL || limit == NULL || !quantity_parse(request, &asked) || !quantity_parse(limit, &most) ||
	    asked <= most)
		return;
	vm_check_refuse(check, object_place(&requests_type, resources->requests, amount->offset),
			"%s of %s is requested with a limit of %s; raise the limit or lower the request",
			amount->name, request, limit);
}

static int64_t cores_of(const struct lab_vm *vm)
{
	const struct lab_cpu_topology *topology = vm->cpu_topology;

	if (topology == NULL)
		return vm->cpu ? *vm->cpu : 1;
	return (topology->sockets ? *topology->sockets : 1) * (topology->cores ? *topology->cores : 1) *
	       (topology->threads ? *topology->threads : 1);
}

/* KubeVirt's admitter: of cores of one's own, as many are asked for as there are. */
static void pinned_check(struct vm_check *check, const struct value_type *type, const struct lab_amounts *from,
			 const char *name)
{
	int64_t thousandths;

	if (from == NULL || from->cpu == NULL || !is_on(check->vm->cpu_pin) ||
	    !quantity_parse(from->cpu, &thousandths) || thousandths == cores_of(check->vm) * 1000)
		return;
	vm_check_refuse(check, object_place(type, from, offsetof(struct lab_amounts, cpu)),
			"%s.cpu is %s, but cpuPin gives the VM whole cores, %d of them; remove one of both", name,
			from->cpu, (int)cores_of(check->vm));
}

void vm_check_resources(struct vm_check *check)
{
	const struct lab_machine_resources *resources = check->vm->resources;

	if (resources == NULL)
		return;
	for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++)
		request_check(check, resources, &amounts[i]);
	pinned_check(check, &requests_type, resources->requests, "requests");
	pinned_check(check, &limits_type, resources->limits, "limits");
}
