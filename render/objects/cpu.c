#include "render/objects/cpu.h"

#include "base/json.h"
#include "render/objects/given.h"

static json_t *features_build(const struct value_list *features)
{
	json_t *list = json_array();

	for (size_t i = 0; features && i < features->count; i++) {
		const struct lab_cpu_feature *feature = features->items[i];

		json_array_append_new(list,
				      json_pack("{s:s, s:s*}", "name", feature->name, "policy", feature->policy));
	}
	return list;
}

static void topology_set(json_t *cpu, const struct lab_cpu_topology *topology)
{
	given_set_number(cpu, "sockets", topology->sockets);
	given_set_number(cpu, "cores", topology->cores);
	given_set_number(cpu, "threads", topology->threads);
	given_set_number(cpu, "maxSockets", topology->max_sockets);
}

/* All that KubeVirt takes beside an instancetype. */
static json_t *instancetype_cpu_build(const struct lab_vm *vm)
{
	if (vm->cpu_features == NULL || vm->cpu_features->count == 0)
		return NULL;
	return json_pack("{s:o}", "features", features_build(vm->cpu_features));
}

json_t *cpu_build(const struct lab_vm *vm)
{
	json_t *cpu;

	if (vm->instancetype)
		return instancetype_cpu_build(vm);
	/* host-passthrough: a router that is emulated inside needs the host's virtualisation. */
	cpu = json_pack("{s:s}", "model", vm->cpu_model ? vm->cpu_model : "host-passthrough");
	if (vm->cpu_topology)
		topology_set(cpu, vm->cpu_topology);
	else
		given_set_number(cpu, "cores", vm->cpu);
	given_set(cpu, "features", features_build(vm->cpu_features));
	if (given_is_true(vm->cpu_pin)) {
		json_object_set_new(cpu, "dedicatedCpuPlacement", json_true());
		json_object_set_new(cpu, "isolateEmulatorThread", json_true());
	}
	return cpu;
}

json_t *cpu_memory_build(const struct lab_vm *vm)
{
	json_t *memory;

	if (vm->instancetype)
		return NULL;
	memory = json_pack("{s:s*}", "guest", vm->memory);
	if (given_is_true(vm->huge_page))
		json_object_set_new(memory, "hugepages", json_pack("{s:s}", "pageSize", "1Gi"));
	return memory;
}

static json_t *amounts_build(const struct lab_amounts *amounts)
{
	return amounts ? json_pack("{s:s*, s:s*}", "cpu", amounts->cpu, "memory", amounts->memory) : NULL;
}

json_t *cpu_resources_build(const struct lab_vm *vm)
{
	json_t *resources;

	if (vm->resources == NULL)
		return NULL;
	resources = json_object();
	given_set(resources, "requests", amounts_build(vm->resources->requests));
	given_set(resources, "limits", amounts_build(vm->resources->limits));
	return resources;
}

static json_t *reference_build(const struct lab_instancetype *reference)
{
	if (reference == NULL)
		return NULL;
	return json_pack("{s:s, s:s*}", "name", reference->name, "kind", reference->kind);
}

void cpu_set_instancetype(const struct lab_vm *vm, json_t *spec)
{
	given_set(spec, "instancetype", reference_build(vm->instancetype));
	given_set(spec, "preference", reference_build(vm->preference));
}
