/* Processor and memory: what goes together, and what an instancetype leaves no room for. */
#include "base/quantity.h"
#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_fields.h"
#include "render/lab/vm_machine.h"

enum { CORES_MAX = 512 };

#define TOPOLOGY_PLACE(topology, member)                                                                             \
	object_place(&cpu_topology_type, topology, offsetof(struct lab_cpu_topology, member))

static int64_t units(const int64_t *given)
{
	return given ? *given : 1;
}

/* Each factor is at most 512. */
static int64_t topology_cores(const struct lab_cpu_topology *topology)
{
	return units(topology->sockets) * units(topology->cores) * units(topology->threads);
}

/* Of cpu and cpuTopology, that of the higher layer holds. */
static void cores_choose(struct vm_check *check)
{
	struct lab_vm *vm = check->vm;
	enum layer cpu, topology;

	if (vm->cpu == NULL || vm->cpu_topology == NULL)
		return;
	cpu = VM_LAYER(check, cpu);
	topology = VM_LAYER(check, cpu_topology);
	if (cpu > topology) {
		vm->cpu_topology = NULL;
		return;
	}
	if (cpu == topology && *vm->cpu != topology_cores(vm->cpu_topology))
		vm_check_refuse(check, VM_PLACE(check, cpu),
				"cpu is %d, but cpuTopology makes %d cores; remove cpu, or make them agree",
				(int)*vm->cpu, (int)topology_cores(vm->cpu_topology));
	vm->cpu = NULL;
}

static void topology_check(struct vm_check *check)
{
	const struct lab_cpu_topology *topology = check->vm->cpu_topology;
	bool pinned = check->vm->cpu_pin && *check->vm->cpu_pin;

	if (topology == NULL)
		return;
	if (topology_cores(topology) > CORES_MAX)
		vm_check_refuse(check, VM_PLACE(check, cpu_topology),
				"cpuTopology makes %d cores; at most %d are taken", (int)topology_cores(topology),
				CORES_MAX);
	if (topology->max_sockets && units(topology->sockets) > *topology->max_sockets)
		vm_check_refuse(check, TOPOLOGY_PLACE(topology, max_sockets),
				"maxSockets is %d, but there are %d sockets already; raise it, or remove it",
				(int)*topology->max_sockets, (int)units(topology->sockets));
	/* KubeVirt's admitter: a core of a worker has no more. */
	if (pinned && units(topology->threads) > 2)
		vm_check_refuse(check, TOPOLOGY_PLACE(topology, threads),
				"threads is %d, but with cpuPin at most 2 are taken; use more cores",
				(int)*topology->threads);
}

static bool fills_huge_pages(const char *memory)
{
	int64_t thousandths;

	return quantity_parse(memory, &thousandths) && thousandths % (1000LL << 30) == 0;
}

/* The memory that does not fill them, or the wish itself when the memory is built in. */
static const struct place *huge_page_place(const struct vm_check *check)
{
	if (object_origin(&vm_type, check->vm, offsetof(struct lab_vm, memory)))
		return VM_PLACE(check, memory);
	return VM_PLACE(check, huge_page);
}

void vm_check_processor(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;

	cores_choose(check);
	topology_check(check);
	if (vm->huge_page && *vm->huge_page && vm->memory && !fills_huge_pages(vm->memory))
		vm_check_refuse(check, huge_page_place(check),
				"hugePage needs memory in multiples of 1Gi, not %s; write it like 4Gi", vm->memory);
}

/* What an instancetype is for: cores, memory, and how they are had. Of nodeSelector and
 * schedulerName few instancetypes say anything, and KubeVirt refuses them only beside
 * one that does; dropping them here would send the VM to any worker. */
static const struct {
	size_t offset;
	const char *name;
} conflicts[] = {
	{ offsetof(struct lab_vm, cpu), "cpu" },
	{ offsetof(struct lab_vm, cpu_topology), "cpuTopology" },
	{ offsetof(struct lab_vm, cpu_model), "cpuModel" },
	{ offsetof(struct lab_vm, memory), "memory" },
	{ offsetof(struct lab_vm, cpu_pin), "cpuPin" },
	{ offsetof(struct lab_vm, huge_page), "hugePage" },
	{ offsetof(struct lab_vm, resources), "resources" },
};

/* False is what holds without it, and says nothing. */
static bool is_off(const struct lab_vm *vm, size_t offset)
{
	return (offset == offsetof(struct lab_vm, cpu_pin) && vm->cpu_pin && !*vm->cpu_pin) ||
	       (offset == offsetof(struct lab_vm, huge_page) && vm->huge_page && !*vm->huge_page);
}

void vm_check_instancetype(struct vm_check *check)
{
	struct lab_vm *vm = check->vm;
	enum layer layer = VM_LAYER(check, instancetype);

	if (vm->instancetype == NULL)
		return;
	for (size_t i = 0; i < sizeof(conflicts) / sizeof(conflicts[0]); i++) {
		if (!field_is_set(vm, conflicts[i].offset))
			continue;
		if (vm_check_layer(check, conflicts[i].offset) >= layer && !is_off(vm, conflicts[i].offset))
			vm_check_refuse(check, vm_check_place(check, conflicts[i].offset),
					"%s does not go with an instancetype, which decides it; remove one of them",
					conflicts[i].name);
		field_drop(vm, conflicts[i].offset);
	}
}
