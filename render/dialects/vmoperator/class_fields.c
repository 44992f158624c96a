#include "render/dialects/vmoperator/class_fields.h"

#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/translation.h"
#include "render/dialects/vmoperator/config_spec.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/document.h"
#include "render/lab/values.h"

enum { CORES_MAX = 512 };

static const struct advice advice[] = {
	{ "devices",
	  "of a class cannot be found on the workers; name them in an instancetype, and use it as the class" },
	{ "instanceStorage", "has no equivalent; add a volume with an instanceVolumeClaim to the VMs" },
	{ "controllerName", "tells who serves the class in vSphere and has no effect here; remove it" },
	{ "reservedProfileID", "is a reservation of vSphere's and has no effect here; remove it" },
	{ "reservedSlots", "is a reservation of vSphere's and has no effect here; remove it" },
	{ NULL, "" },
};

static const void *refuse(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_refuse(reader, pair, advice);
}

static const void *pass_over(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_warn(reader, pair, advice);
}

const struct value_type class_cores_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = CORES_MAX,
};

#define HARDWARE(member) offsetof(struct class_hardware, member)

static const struct field class_hardware_fields[] = {
	{ "cpus", NULL, HARDWARE(cpus), &class_cores_type, "How many cores a VM has.", .fallback = NULL },
	{ "memory", value_guest_memory, HARDWARE(memory), &guest_memory_type, "The memory that the guest sees.",
	  .fallback = NULL },
	{ "devices", refuse, HARDWARE(refused), &vmoperator_refused_type, "Graphics cards and the like.",
	  .fallback = NULL },
	{ "instanceStorage", refuse, HARDWARE(refused), &vmoperator_refused_type,
	  "Disks that come and go with the VM.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type class_hardware_type = {
	.name = "VMOperatorHardware",
	.shape = VALUE_OBJECT,
	.fields = class_hardware_fields,
	.size = sizeof(struct class_hardware),
};

#define AMOUNT(member) offsetof(struct class_amounts, member)

static const struct field class_amounts_fields[] = {
	{ "cpu", value_quantity, AMOUNT(cpu), &quantity_type, "Of the processor, in cores, like 500m.",
	  .fallback = NULL },
	{ "memory", value_quantity, AMOUNT(memory), &quantity_type, "Of memory. A limit of it has no effect.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type class_amounts_type = {
	.name = "VMOperatorAmounts",
	.shape = VALUE_OBJECT,
	.fields = class_amounts_fields,
	.size = sizeof(struct class_amounts),
};

static const struct field class_resources_fields[] = {
	{ "requests", NULL, offsetof(struct class_resources, requests), &class_amounts_type, "What is set aside.",
	  .fallback = NULL },
	{ "limits", NULL, offsetof(struct class_resources, limits), &class_amounts_type, "What there is at most.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type class_resources_type = {
	.name = "VMOperatorResources",
	.shape = VALUE_OBJECT,
	.fields = class_resources_fields,
	.size = sizeof(struct class_resources),
};

static const struct field class_policies_fields[] = {
	{ "resources", NULL, offsetof(struct class_policies, resources), &class_resources_type,
	  "Shares of processor and memory.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type class_policies_type = {
	.name = "VMOperatorPolicies",
	.shape = VALUE_OBJECT,
	.fields = class_policies_fields,
	.size = sizeof(struct class_policies),
};

#define CLASS(member) offsetof(struct class_spec, member)
#define PASSED_OVER(name, text)                                                                                      \
	{                                                                                                            \
		name, pass_over, CLASS(nothing), &vmoperator_ignored_type, text, .fallback = NULL                    \
	}

static const struct field class_spec_fields[] = {
	{ "hardware", NULL, CLASS(hardware), &class_hardware_type, "Cores and memory.", .fallback = NULL },
	{ "policies", NULL, CLASS(policies), &class_policies_type, "Shares of what the worker has.",
	  .fallback = NULL },
	{ "configSpec", config_spec_read, CLASS(config), &class_config_type,
	  "The machine as vSphere describes it. What has no meaning here is told of with a warning.",
	  .fallback = NULL },
	{ "description", NULL, CLASS(description), &text_type,
	  "What the class is for: an annotation of its VMs, kubernetes.io/description.", .fallback = NULL },
	PASSED_OVER("controllerName", "Who serves the class in vSphere; without effect."),
	PASSED_OVER("reservedProfileID", "A reservation of vSphere's; without effect."),
	PASSED_OVER("reservedSlots", "A reservation of vSphere's; without effect."),
	{ .name = NULL },
};

const struct value_type vsphere_class_spec_type = {
	.name = "VMOperatorClassSpec",
	.shape = VALUE_OBJECT,
	.fields = class_spec_fields,
	.size = sizeof(struct class_spec),
};

static const struct field class_document_fields[] = { DIALECT_DOCUMENT_FIELDS(
	vsphere_class_spec_type, "The virtual hardware that VMs of the class have.") };

const struct value_type class_document_type = {
	.name = "VirtualMachineClass",
	.shape = VALUE_OBJECT,
	.fields = class_document_fields,
};

const int64_t *vsphere_class_cpus(const struct class_spec *spec)
{
	if (spec->hardware && spec->hardware->cpus)
		return spec->hardware->cpus;
	return spec->config ? spec->config->cpus : NULL;
}

const char *vsphere_class_memory(struct arena *arena, const struct class_spec *spec)
{
	if (spec->hardware && spec->hardware->memory)
		return spec->hardware->memory;
	if (spec->config && spec->config->memory)
		return arena_format(arena, "%lldMi", (long long)*spec->config->memory);
	return NULL;
}

static void memory_limit_warn(struct reader *reader, const struct place *place)
{
	reader_warn_at(
		reader, place,
		"a limit of memory has no effect: a VM that came to it would be ended, since KubeVirt has no swap to "
		"move it to; give the class less memory instead");
}

/* No limit, or one that is above what the guest sees, says nothing more. */
static bool limit_is_felt(struct reader *reader, const struct class_spec *spec, const char *limit)
{
	const char *memory = vsphere_class_memory(reader->arena, spec);
	int64_t most, wanted;

	return limit &&
	       (memory == NULL || !quantity_parse(memory, &wanted) || !quantity_parse(limit, &most) || most < wanted);
}

static void limits_check(struct reader *reader, const struct class_spec *spec)
{
	const struct class_resources *resources = spec->policies ? spec->policies->resources : NULL;
	const struct class_allocation *memory = spec->config ? spec->config->memory_allocation : NULL;

	if (resources && resources->limits && limit_is_felt(reader, spec, resources->limits->memory))
		memory_limit_warn(reader, object_place(&class_amounts_type, resources->limits, AMOUNT(memory)));
	if (memory && memory->limit && *memory->limit >= 0 &&
	    limit_is_felt(reader, spec, arena_format(reader->arena, "%lldMi", (long long)*memory->limit)))
		memory_limit_warn(reader, object_place(&class_allocation_type, memory,
						       offsetof(struct class_allocation, limit)));
}

/* hardware holds, as with VM Operator itself. */
static void twice_check(struct reader *reader, const struct class_spec *spec)
{
	const struct class_hardware *hardware = spec->hardware;
	const struct class_config *config = spec->config;
	cleanup(free) char *memory =
		config && config->memory ? string_format("%lldMi", (long long)*config->memory) : NULL;

	if (hardware == NULL || config == NULL)
		return;
	if (hardware->cpus && config->cpus && *hardware->cpus != *config->cpus)
		reader_warn_at(reader, object_place(&class_config_type, config, offsetof(struct class_config, cpus)),
			       "numCPUs is %lld, but hardware.cpus is %lld, which holds; make them equal",
			       (long long)*config->cpus, (long long)*hardware->cpus);
	if (hardware->memory && memory && !quantity_equal(hardware->memory, memory))
		reader_warn_at(reader,
			       object_place(&class_config_type, config, offsetof(struct class_config, memory)),
			       "memoryMB is %s, but hardware.memory is %s, which holds; make them equal", memory,
			       hardware->memory);
}

void vsphere_class_check(struct reader *reader, const struct fact *document)
{
	const struct class_spec *spec;
	size_t before = reader->errors;

	if (document->spec == NULL) {
		reader_refuse(reader, document->root,
			      "VirtualMachineClass has no spec; add hardware with cpus and memory");
		return;
	}
	spec = object_read(reader, document->spec, "spec", &vsphere_class_spec_type);
	if (reader->errors > before)
		return;
	if (vsphere_class_cpus(spec) == NULL || vsphere_class_memory(reader->arena, spec) == NULL)
		reader_refuse(reader, document->spec,
			      "the class does not say %s; set hardware.cpus and hardware.memory",
			      vsphere_class_cpus(spec) ? "how much memory VMs have" : "how many cores VMs have");
	limits_check(reader, spec);
	twice_check(reader, spec);
}
