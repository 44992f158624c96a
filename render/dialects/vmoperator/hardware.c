/* A VM's class: cores, memory and their shares, firmware. */
#include "render/dialects/vmoperator/machine.h"

#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/vmoperator/vmoperator.h"

#define KUBEVIRT "kubevirt"

static struct yaml_node *amounts_at(struct machine *machine, const char *which, const struct yaml_node *at)
{
	struct yaml_node *resources = tree_mapping_at(machine->arena, machine->vm, "resources", at);

	return tree_mapping_at(machine->arena, resources, which, at);
}

/* MHz as thousandths of a core, rounded up: what is reserved must be there. */
static const char *share_of_cores(struct machine *machine, int64_t mhz, int64_t per_core)
{
	int64_t thousandths = (mhz * 1000 + per_core - 1) / per_core;

	if (thousandths % 1000 == 0)
		return arena_format(machine->arena, "%lld", (long long)(thousandths / 1000));
	return arena_format(machine->arena, "%lldm", (long long)thousandths);
}

static void processor_share_take(struct machine *machine, const struct class_allocation *share,
				 const struct yaml_node *at)
{
	int64_t per_core = mapping_mhz_per_core(machine->translation->facts);
	bool reserves = share->reservation && *share->reservation > 0, limits = share->limit && *share->limit > 0;

	if (!reserves && !limits)
		return;
	if (per_core == 0) {
		reader_warn(
			machine->reader, at->line, at->column,
			"class %s gives shares of the processor in MHz, which have no effect; set mhzPerCore in a "
			"Mapping to make them shares of cores",
			reader_quote(machine->reader, machine->spec->class_name));
		return;
	}
	if (reserves)
		tree_set_text(machine->arena, amounts_at(machine, "requests", at), "cpu",
			      share_of_cores(machine, *share->reservation, per_core), at);
	if (limits)
		tree_set_text(machine->arena, amounts_at(machine, "limits", at), "cpu",
			      share_of_cores(machine, *share->limit, per_core), at);
}

static void config_shares_take(struct machine *machine, const struct class_config *config, const struct yaml_node *at)
{
	const struct class_allocation *memory = config->memory_allocation;

	if (config->cpu_allocation)
		processor_share_take(machine, config->cpu_allocation, at);
	if (memory && memory->reservation && *memory->reservation > 0)
		tree_set(machine->arena, amounts_at(machine, "requests", at), "memory",
			 tree_format(machine->arena, at, "%lldMi", (long long)*memory->reservation));
}

/* After configSpec's, since they hold over those. */
static void policies_take(struct machine *machine, const struct class_resources *resources,
			  const struct yaml_node *at)
{
	const struct class_amounts *requests = resources->requests, *limits = resources->limits;

	if (requests && requests->cpu)
		tree_set_text(machine->arena, amounts_at(machine, "requests", at), "cpu", requests->cpu, at);
	if (requests && requests->memory)
		tree_set_text(machine->arena, amounts_at(machine, "requests", at), "memory", requests->memory, at);
	if (limits && limits->cpu)
		tree_set_text(machine->arena, amounts_at(machine, "limits", at), "cpu", limits->cpu, at);
}

/* cpu, or the layout of the cores over processors. */
static bool cores_take(struct machine *machine, const struct class_spec *spec, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	int64_t cpus = *vsphere_class_cpus(spec);
	const int64_t *each = spec->config ? spec->config->cores_per_socket : NULL;
	struct yaml_node *topology;

	if (each == NULL || *each == cpus) {
		tree_set(arena, machine->vm, "cpu", tree_integer(arena, at, cpus));
		return true;
	}
	if (cpus % *each != 0) {
		reader_refuse(machine->reader, at,
			      "class %s has %lld cores, which processors of %lld cores cannot hold; make "
			      "numCoresPerSocket a "
			      "divisor of it",
			      reader_quote(machine->reader, machine->spec->class_name), (long long)cpus,
			      (long long)*each);
		return false;
	}
	topology = tree_mapping_at(arena, machine->vm, "cpuTopology", at);
	tree_set(arena, topology, "sockets", tree_integer(arena, at, cpus / *each));
	tree_set(arena, topology, "cores", tree_integer(arena, at, *each));
	return true;
}

/* What live migration needs: a processor that the other workers have, too. */
static void processor_set(struct machine *machine, const char *model, const struct yaml_node *at)
{
	tree_set_text(machine->arena, machine->vm, "cpuModel", model ? model : "host-model", at);
}

static bool class_take(struct machine *machine, const struct fact *fact, const struct yaml_node *at)
{
	const struct class_spec *spec =
		fact->spec ? fact_read(machine->reader, fact, fact->spec, &vsphere_class_spec_type) : NULL;
	const struct class_resources *resources = spec && spec->policies ? spec->policies->resources : NULL;

	if (spec == NULL || vsphere_class_cpus(spec) == NULL || vsphere_class_memory(machine->arena, spec) == NULL) {
		reader_refuse(machine->reader, at, "class %s has mistakes, which are told of in %s",
			      reader_quote(machine->reader, fact->name), fact->place.path);
		return false;
	}
	machine->class_spec = spec;
	if (!cores_take(machine, spec, at))
		return false;
	tree_set_text(machine->arena, machine->vm, "memory", vsphere_class_memory(machine->arena, spec), at);
	processor_set(machine, NULL, at);
	if (spec->config)
		config_shares_take(machine, spec->config, at);
	if (resources)
		policies_take(machine, resources, at);
	if (spec->description)
		tree_set_text(machine->arena, tree_mapping_at(machine->arena, machine->vm, "annotations", at),
			      "kubernetes.io/description", spec->description, at);
	return true;
}

static bool mapped_take(struct machine *machine, const struct mapped_class *mapped, const struct yaml_node *at)
{
	if (mapped->cpu == NULL || mapped->memory == NULL) {
		reader_refuse(machine->reader, at, "the Mapping says no %s of class %s; add it",
			      mapped->cpu ? "memory" : "cpu",
			      reader_quote(machine->reader, machine->spec->class_name));
		return false;
	}
	tree_set(machine->arena, machine->vm, "cpu", tree_integer(machine->arena, at, *mapped->cpu));
	tree_set_text(machine->arena, machine->vm, "memory", mapped->memory, at);
	processor_set(machine, mapped->cpu_model, at);
	return true;
}

/* An instancetype of the repository may stand for a class: it can say more than a class can. */
static bool instancetype_take(struct machine *machine, const struct yaml_node *at)
{
	static const char namespaced[] = "VirtualMachineInstancetype",
			  of_cluster[] = "VirtualMachineClusterInstancetype";
	const struct translation *translation = machine->translation;
	const char *name = machine->spec->class_name;
	const char *kind = facts_find(translation->facts, KUBEVIRT, namespaced, translation->namespace_name, name)
				   ? namespaced
			   : facts_find(translation->facts, KUBEVIRT, of_cluster, NULL, name) ? of_cluster
											      : NULL;
	struct yaml_node *instancetype;

	if (kind == NULL)
		return false;
	instancetype = tree_mapping_at(machine->arena, machine->vm, "instancetype", at);
	tree_set_text(machine->arena, instancetype, "name", name, at);
	tree_set_text(machine->arena, instancetype, "kind", kind, at);
	return true;
}

bool machine_take_class(struct machine *machine)
{
	const struct translation *translation = machine->translation;
	const struct yaml_node *at = MACHINE_PLACE(machine, class_name);
	const char *name = machine->spec->class_name;
	const struct fact *fact =
		facts_find(translation->facts, VMOPERATOR, VMOPERATOR_CLASS, translation->namespace_name, name);
	const struct mapped_class *mapped = mapping_class(translation->facts, name);

	if (fact)
		return class_take(machine, fact, at);
	if (mapped)
		return mapped_take(machine, mapped, at);
	if (instancetype_take(machine, at))
		return true;
	reader_refuse(machine->reader, at,
		      "class %s is not known in namespace %s; add its VirtualMachineClass, or classes: {%s: {cpu: 2, "
		      "memory: "
		      "4Gi}} to a Mapping",
		      reader_quote(machine->reader, name), translation->namespace_name, name);
	return false;
}

/* The VM's own wish holds over the class's, and that over what the image says. */
void machine_take_firmware(struct machine *machine)
{
	const struct boot_options *options = machine->spec->boot_options;
	const struct class_config *config = machine->class_spec ? machine->class_spec->config : NULL;
	const struct yaml_node *at = MACHINE_PLACE(machine, boot_options);
	const char *loader = machine->firmware;
	bool secure = options && text_equal(options->secure_boot, "Enabled");
	struct yaml_node *firmware;

	if (config && config->firmware)
		loader = config->firmware;
	if (options && options->firmware)
		loader = text_equal(options->firmware, "EFI") ? "efi" : "bios";
	if (loader) {
		firmware = tree_mapping_at(machine->arena, machine->vm, "firmware", at);
		tree_set_text(machine->arena, firmware, "bootloader", loader, at);
	}
	if (!options || !options->secure_boot)
		return;
	if (secure && !text_equal(loader, "efi")) {
		reader_error_at(machine->reader,
				object_place(&boot_options_type, options, offsetof(struct boot_options, secure_boot)),
				"efiSecureBoot needs UEFI; set firmware: EFI beside it, or remove it");
		return;
	}
	firmware = tree_mapping_at(machine->arena, machine->vm, "firmware", at);
	tree_set(machine->arena, firmware, "secureBoot", tree_boolean(machine->arena, at, secure));
}
