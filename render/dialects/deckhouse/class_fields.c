/* The table of VirtualMachineClass, and what goes together in one. */
#include <stdlib.h>
#include <string.h>

#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/deckhouse/classes.h"
#include "render/lab/placement_fields.h"
#include "render/lab/values.h"
#include "render/lab/vm_machine.h"

enum { CORES_MAX = 1024, POLICIES_MAX = 16, FEATURES_MAX = 64, PERCENT = 100, FRACTIONS_MAX = 100 };

/* --- cpu --- */

static const char *const cpu_types[] = { "Host", "HostPassthrough", "Discovery", "Model", "Features", NULL };
static const struct value_type cpu_kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = cpu_types };
static const struct value_type features_type = {
	.shape = VALUE_LIST,
	.items = &text_type,
	.items_min = 1,
	.items_max = FEATURES_MAX,
};

/* As libvirt calls them: "sse4.2", "vmx-pml". */
static bool is_feature(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(name);
}

static const void *features_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &features_type);

	for (size_t i = 0; list && i < list->count; i++) {
		const char *name = list_text(list, i);

		if (!is_feature(name))
			reader_refuse(reader, pair->value->items[i],
				      "features[%zu] %s is no name of a processor's feature; write it like vmx", i,
				      reader_quote(reader, name));
		for (size_t k = 0; k < i; k++)
			if (text_equal(list_text(list, k), name))
				reader_refuse(reader, pair->value->items[i],
					      "features[%zu] %s is listed twice; keep one", i,
					      reader_quote(reader, name));
	}
	return list;
}

struct class_discovery {
	struct settings settings;
	const void *nothing;
};

static const struct field discovery_fields[] = {
	{ "nodeSelector", value_without_effect, offsetof(struct class_discovery, nothing), &without_effect_type,
	  "Without effect: labsync does not look at workers.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type discovery_type = {
	.name = "DeckhouseDiscovery",
	.shape = VALUE_OBJECT,
	.fields = discovery_fields,
	.size = sizeof(struct class_discovery),
};

#define CPU(member) offsetof(struct class_cpu, member)

static const struct field cpu_fields[] = {
	{ "discovery", NULL, CPU(discovery), &discovery_type,
	  "Which workers the processor is found out from; of type Discovery.", .fallback = NULL },
	{ "features", features_read, CPU(features), &features_type,
	  "What the processor must be able to do, as libvirt calls it: vmx, sse4.2; of type Features.",
	  .fallback = NULL },
	{ "model", cpu_model_read, CPU(model), &cpu_model_type,
	  "The processor, as libvirt calls it, like IvyBridge; of type Model.", .fallback = NULL },
	{ "type", NULL, CPU(type), &cpu_kind_type,
	  "The processor that guests see: one like the worker's (Host), the worker's own (HostPassthrough), a named "
	  "one (Model), or a Nehalem with further features (Features). For Discovery, classes of a Mapping must give "
	  "the class a cpuModel, which holds for Features too.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type class_cpu_type = {
	.name = "DeckhouseClassCPU",
	.shape = VALUE_OBJECT,
	.fields = cpu_fields,
	.size = sizeof(struct class_cpu),
};

static const struct deckhouse_member cpu_members[] = {
	{ "Model", "model", .is_optional = false },
	{ "Features", "features", .is_optional = false },
	{ "Discovery", "discovery", .is_optional = true },
	{ .name = NULL },
};

static const void *cpu_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct class_cpu *cpu = value_read(reader, pair, &class_cpu_type);

	if (cpu)
		deckhouse_members_check(reader, pair->value, cpu->type, cpu_members);
	return reader->errors == before ? cpu : NULL;
}

/* --- nodeSelector --- */

static const struct value_type labels_type = { .shape = VALUE_MAP, .items = &text_type };
static const struct value_type expressions_type = { .name = "Kubernetes' NodeSelectorRequirements",
						    .shape = VALUE_ANY };
static const struct value_type tolerations_type = { .name = "Kubernetes' Tolerations", .shape = VALUE_ANY };

static const struct field node_selector_fields[] = {
	{ "matchExpressions", deckhouse_read_sequence, offsetof(struct class_node_selector, expressions),
	  &expressions_type, "Conditions that a worker's labels must meet, all of them.", .fallback = NULL },
	{ "matchLabels", deckhouse_read_mapping, offsetof(struct class_node_selector, labels), &labels_type,
	  "Labels that a worker must have.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type node_selector_type = {
	.name = "DeckhouseClassNodeSelector",
	.shape = VALUE_OBJECT,
	.fields = node_selector_fields,
	.size = sizeof(struct class_node_selector),
};

/* --- sizingPolicies --- */

/* A percentage. As a number it is of older versions of the format. */
const void *core_fraction_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *value = pair->value;
	const char *text = value_scalar_text(value);
	int64_t *percent;
	char *end;
	long number;

	if (text_equal(text, "Auto"))
		return reader_refuse(reader, value,
				     "%s Auto needs Deckhouse's autoscaler; write a percentage, like 50%%",
				     pair->key);
	number = text && *text >= '0' && *text <= '9' ? strtol(text, &end, 10) : 0;
	if (number < 1 || number > PERCENT || !text_equal(end, value->kind == YAML_INTEGER ? "" : "%"))
		return reader_refuse(reader, value, "%s must be a percentage from 1%% to 100%%, not %s", pair->key,
				     text ? reader_quote(reader, text) : yaml_kind_name(value->kind));
	percent = arena_new(reader->arena, sizeof(*percent));
	*percent = number;
	return percent;
}

const struct value_type core_fraction_type = {
	.name = "percentage",
	.shape = VALUE_SCALAR,
	.pattern = "^(100|[1-9][0-9]?)%?$",
};
static const struct value_type fractions_type = {
	.shape = VALUE_LIST,
	.items = &core_fraction_type,
	.items_max = FRACTIONS_MAX,
};

static const void *fractions_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *list = pair->value;
	struct value_list *read;
	const void **items;

	if (value_sequence_pair(reader, pair) == NULL)
		return NULL;
	if (list->count > FRACTIONS_MAX)
		return reader_refuse(reader, list, "%s has %zu entries; at most %d are taken", pair->key, list->count,
				     FRACTIONS_MAX);
	read = arena_new(reader->arena, sizeof(*read));
	items = arena_new(reader->arena, (list->count + 1) * sizeof(*items));
	for (size_t i = 0; i < list->count; i++) {
		const struct yaml_pair item = { .key = arena_format(reader->arena, "%s[%zu]", pair->key, i),
						.line = list->items[i]->line,
						.column = list->items[i]->column,
						.value = list->items[i] };
		const void *percent = core_fraction_read(reader, &item);

		if (percent)
			items[read->count++] = percent;
	}
	read->items = items;
	return read;
}

static const struct value_type core_count_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = CORES_MAX,
};

static const struct field cores_fields[] = {
	{ "max", NULL, offsetof(struct class_cores, most), &core_count_type, "The most cores.",
	  .presence = FIELD_REQUIRED },
	{ "min", NULL, offsetof(struct class_cores, least), &core_count_type, "The fewest cores.",
	  .presence = FIELD_REQUIRED },
	{ "step", NULL, offsetof(struct class_cores, step), &core_count_type,
	  "Only every so many cores from min on: with min 2 and step 4 these are 2, 6, 10.", .fallback = "1" },
	{ .name = NULL },
};

static const struct value_type class_cores_type = {
	.name = "DeckhouseClassCores",
	.shape = VALUE_OBJECT,
	.fields = cores_fields,
	.size = sizeof(struct class_cores),
};

static const struct field span_fields[] = {
	{ "max", value_quantity, offsetof(struct class_span, most), &quantity_type, "The most memory for each core.",
	  .fallback = NULL },
	{ "min", value_quantity, offsetof(struct class_span, least), &quantity_type,
	  "The least memory for each core.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type span_type = {
	.name = "DeckhouseClassMemoryPerCore",
	.shape = VALUE_OBJECT,
	.fields = span_fields,
	.size = sizeof(struct class_span),
};

static const struct field memory_fields[] = {
	{ "max", value_quantity, offsetof(struct class_memory, most), &quantity_type, "The most memory.",
	  .fallback = NULL },
	{ "min", value_quantity, offsetof(struct class_memory, least), &quantity_type, "The least memory.",
	  .fallback = NULL },
	{ "perCore", NULL, offsetof(struct class_memory, per_core), &span_type, "The memory divided by the cores.",
	  .fallback = NULL },
	{ "step", value_quantity, offsetof(struct class_memory, step), &quantity_type,
	  "Only so much more than min at a time.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type class_memory_type = {
	.name = "DeckhouseClassMemory",
	.shape = VALUE_OBJECT,
	.fields = memory_fields,
	.size = sizeof(struct class_memory),
};

#define SIZING(member) offsetof(struct class_sizing, member)

static const struct field sizing_fields[] = {
	{ "coreFractions", fractions_read, SIZING(fractions), &fractions_type,
	  "The shares of their cores that VMs can be guaranteed. Without it, any.", .fallback = NULL },
	{ "cores", NULL, SIZING(cores), &class_cores_type, "The VMs that this holds for, by their cores.",
	  .presence = FIELD_REQUIRED },
	{ "dedicatedCores", value_without_effect, SIZING(dedicated), &without_effect_type,
	  "Without effect: no VM of this format can ask for it.", .fallback = NULL },
	{ "defaultCoreFraction", core_fraction_read, SIZING(default_fraction), &core_fraction_type,
	  "The share of VMs that name none.", .fallback = "100%" },
	{ "memory", NULL, SIZING(memory), &class_memory_type, "How much memory they can have.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type sizing_type = {
	.name = "DeckhouseSizingPolicy",
	.shape = VALUE_OBJECT,
	.fields = sizing_fields,
	.size = sizeof(struct class_sizing),
};
static const struct value_type sizings_type = {
	.shape = VALUE_LIST,
	.items = &sizing_type,
	.items_max = POLICIES_MAX,
};

/* --- the whole --- */

#define OFFSET(member) offsetof(struct class_spec, member)

static const struct field class_fields[] = {
	{ "cpu", cpu_read, OFFSET(cpu), &class_cpu_type, "The processor that guests see.",
	  .presence = FIELD_REQUIRED },
	{ "nodeSelector", NULL, OFFSET(node_selector), &node_selector_type,
	  "The workers that VMs of the class run on, beside what each VM says.", .fallback = NULL },
	{ "sizingPolicies", NULL, OFFSET(sizing), &sizings_type,
	  "What sizes VMs of the class can have, which is checked. Without it, any.", .fallback = NULL },
	{ "tolerations", deckhouse_read_sequence, OFFSET(tolerations), &tolerations_type,
	  "Taints of workers that do not keep VMs of the class away, beside those that each VM tolerates.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type class_spec_type = {
	.name = "DeckhouseVirtualMachineClass",
	.shape = VALUE_OBJECT,
	.fields = class_fields,
	.size = sizeof(struct class_spec),
};

static void cores_check(struct reader *reader, const struct class_spec *class, size_t index)
{
	const struct class_sizing *sizing = class->sizing->items[index];
	const struct class_cores *cores = sizing->cores;

	if (*cores->most < *cores->least) {
		reader_error_at(reader, object_place(&class_cores_type, cores, offsetof(struct class_cores, most)),
				"max is %d, less than min, which is %d", (int)*cores->most, (int)*cores->least);
		return;
	}
	for (size_t i = 0; i < index; i++) {
		const struct class_cores *other = ((const struct class_sizing *)class->sizing->items[i])->cores;

		if (*cores->least <= *other->most && *other->least <= *cores->most)
			reader_error_at(
				reader, &cores->settings.place,
				"cores from %d to %d are in an earlier policy, too; let each number of cores be "
				"in one",
				(int)*cores->least, (int)*cores->most);
	}
}

static void span_check(struct reader *reader, const struct place *place, const char *least, const char *most)
{
	int64_t from, to;

	if (least && most && quantity_parse(least, &from) && quantity_parse(most, &to) && to < from)
		reader_error_at(reader, place, "max is %s, less than min, which is %s", most, least);
}

static void memory_check(struct reader *reader, const struct class_memory *memory)
{
	const struct class_span *span = memory ? memory->per_core : NULL;

	if (memory)
		span_check(reader, object_place(&class_memory_type, memory, offsetof(struct class_memory, most)),
			   memory->least, memory->most);
	if (span)
		span_check(reader, object_place(&span_type, span, offsetof(struct class_span, most)), span->least,
			   span->most);
}

/* As a VM would have it, of which there may be none in the repository. */
static void placement_check(struct reader *reader, const struct class_spec *class, const struct yaml_node *at)
{
	struct yaml_node *placement = tree_mapping(reader->arena, at);

	tree_set(reader->arena, placement, "tolerations", class->tolerations);
	if (class->node_selector)
		tree_set(reader->arena, placement, "nodeSelector", class->node_selector->labels);
	object_read(reader, placement, "spec", &placement_type);
}

void class_check(struct reader *reader, const struct fact *document)
{
	const struct class_spec *class = deckhouse_read(reader, document, &class_spec_type);

	for (size_t i = 0; class && class->sizing && i < class->sizing->count; i++) {
		cores_check(reader, class, i);
		memory_check(reader, ((const struct class_sizing *)class->sizing->items[i])->memory);
	}
	if (class)
		placement_check(reader, class, document->spec);
}
