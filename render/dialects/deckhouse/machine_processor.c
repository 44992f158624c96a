/* Cores, the share of them that is guaranteed, memory, and the processor that the class gives. */
#include "base/text.h"
#include "render/dialects/deckhouse/classes.h"
#include "render/dialects/deckhouse/machines.h"
#include "render/dialects/mapping.h"

enum { MILLICORES = 1000, PERCENT = 100, CORES_PER_SOCKET = 16 };

/* What a class of features is made on: Deckhouse takes qemu64, which KubeVirt holds for obsolete, so that no worker would have
 * it. This is the oldest that is left, and has nothing which a worker of any make lacks. */
#define BASELINE_MODEL "Nehalem"

static int64_t sockets_for(int64_t cores)
{
	if (cores <= CORES_PER_SOCKET)
		return 1;
	if (cores <= 2LL * CORES_PER_SOCKET)
		return 2;
	return cores <= 4LL * CORES_PER_SOCKET ? 4 : 8;
}

static void cores_set(struct machine *machine, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	int64_t cores = *machine->spec->cpu->cores, sockets = sockets_for(cores), over = cores % sockets;
	struct yaml_node *topology;

	if (over) {
		reader_refuse(machine->translation->reader, at,
			      "cores is %d, which does not divide among %d sockets; use %d or %d", (int)cores,
			      (int)sockets, (int)(cores - over), (int)(cores - over + sockets));
		return;
	}
	if (sockets == 1) {
		tree_set(arena, machine->vm, "cpu", tree_integer(arena, at, cores));
		return;
	}
	topology = tree_mapping_at(arena, machine->vm, "cpuTopology", at);
	tree_set(arena, topology, "sockets", tree_integer(arena, at, sockets));
	tree_set(arena, topology, "cores", tree_integer(arena, at, cores / sockets));
}

/* Without a fraction Deckhouse guarantees the cores as a whole, where KubeVirt by itself would ask for a tenth of each: so it is
 * always said. */
static void share_set(struct machine *machine, const struct yaml_node *at, int64_t percent)
{
	struct arena *arena = machine->arena;
	int64_t millicores = *machine->spec->cpu->cores * MILLICORES * percent / PERCENT;
	struct yaml_node *requests =
		tree_mapping_at(arena, tree_mapping_at(arena, machine->vm, "resources", at), "requests", at);

	tree_set(arena, requests, "cpu",
		 millicores % MILLICORES ? tree_format(arena, at, "%lldm", (long long)millicores)
					 : tree_format(arena, at, "%lld", (long long)(millicores / MILLICORES)));
}

static void features_set(struct machine *machine, const struct value_list *features, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;

	for (size_t i = 0; features && i < features->count; i++) {
		struct yaml_node *feature = tree_mapping(arena, at);
		const char *name = list_text(features, i);

		tree_set(arena, feature, "name", tree_text(arena, at, name));
		/* Not every worker has a clock that never stops, and VMs do without. */
		tree_set(arena, feature, "policy",
			 tree_text(arena, at, text_equal(name, "invtsc") ? "optional" : "require"));
		tree_append(arena, tree_list_at(arena, machine->vm, "cpuFeatures", at), feature);
	}
}

/* NULL after it told that the class does not say. */
static const char *model_of(struct machine *machine, const struct class_cpu *cpu, const char *mapped,
			    const struct yaml_node *at)
{
	if (text_equal(cpu->type, "Host"))
		return "host-model";
	if (text_equal(cpu->type, "HostPassthrough"))
		return "host-passthrough";
	if (text_equal(cpu->type, "Model"))
		return cpu->model;
	if (mapped)
		return mapped;
	if (text_equal(cpu->type, "Features"))
		return BASELINE_MODEL;
	return reader_refuse(
		machine->translation->reader, at,
		"class \"%s\" finds its processor out from the workers (cpu.type Discovery), which labsync "
		"does not; give the class a cpuModel that all its workers have, by classes of a Mapping",
		machine->spec->class_name);
}

static void model_set(struct machine *machine)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at = yaml_get(machine->document->spec, "virtualMachineClassName");
	const struct mapped_class *mapped = mapping_class(machine->translation->facts, machine->spec->class_name);
	const char *model = mapped ? mapped->cpu_model : NULL;

	if (machine->class) {
		model = model_of(machine, machine->class->cpu, model, at);
		features_set(machine, machine->class->cpu->features, at);
	} else if (model == NULL) {
		model = "host-model";
	}
	if (model)
		tree_set(arena, machine->vm, "cpuModel", tree_text(arena, at, model));
}

void machine_set_processor(struct machine *machine)
{
	const struct yaml_node *cpu = yaml_get(machine->document->spec, "cpu"), *cores = yaml_get(cpu, "cores"),
			       *fraction = yaml_get(cpu, "coreFraction"),
			       *memory = yaml_get(yaml_get(machine->document->spec, "memory"), "size");
	const struct class_wish wish = { .class_name = machine->spec->class_name,
					 .cores = *machine->spec->cpu->cores,
					 .cores_at = cores,
					 .memory = machine->spec->memory->size,
					 .memory_at = memory,
					 .fraction = machine->spec->cpu->core_fraction,
					 .fraction_at = fraction };
	int64_t percent = class_fit(machine->translation->reader, machine->class, &wish);

	cores_set(machine, cores);
	if (percent)
		share_set(machine, wish.fraction ? fraction : cores, percent);
	tree_set(machine->arena, machine->vm, "memory", memory);
	model_set(machine);
}
