/* Where a VM runs: what it says itself, and what its class adds. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/deckhouse/classes.h"
#include "render/dialects/deckhouse/machines.h"
#include "render/lab/values.h"

#define REQUIRED "requiredDuringSchedulingIgnoredDuringExecution"
#define PREFERRED "preferredDuringSchedulingIgnoredDuringExecution"

static struct yaml_node *placement(struct machine *machine, const struct yaml_node *at)
{
	return tree_mapping_at(machine->arena, machine->vm, "placement", at);
}

static const struct yaml_node *class_name(const struct machine *machine)
{
	return yaml_get(machine->document->spec, "virtualMachineClassName");
}

/* The class has the last word. */
static void label_check(struct machine *machine, const struct yaml_node *selector, const struct yaml_pair *label)
{
	struct reader *reader = machine->translation->reader;
	const struct yaml_node *own = yaml_get(selector, label->key);

	if (own && !text_equal(value_scalar_text(own), value_scalar_text(label->value)))
		reader_warn(reader, own->line, own->column,
			    "nodeSelector %s has no effect, since class \"%s\" has %s for it; remove it", label->key,
			    machine->spec->class_name, reader_quote(reader, value_scalar_text(label->value)));
}

static void selector_merge(struct machine *machine, const struct yaml_node *labels, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	struct yaml_node *selector;

	if (labels == NULL || labels->count == 0)
		return;
	selector = tree_mapping_at(arena, placement(machine, at), "nodeSelector", at);
	for (size_t i = 0; i < labels->count; i++) {
		label_check(machine, selector, &labels->pairs[i]);
		tree_set(arena, selector, labels->pairs[i].key,
			 at == labels ? labels->pairs[i].value : deckhouse_moved(arena, labels->pairs[i].value, at));
	}
}

static void tolerations_append(struct machine *machine, const struct yaml_node *list, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;

	for (size_t i = 0; list && i < list->count; i++)
		tree_append(arena, tree_list_at(arena, placement(machine, at), "tolerations", at),
			    at == list ? list->items[i] : deckhouse_moved(arena, list->items[i], at));
}

/* Kubernetes' list of weighted terms, in which one key is called otherwise. */
static struct yaml_node *preferred_build(struct machine *machine, const struct yaml_node *list)
{
	static const char ours[] = "virtualMachineAndPodAffinityTerm";
	struct arena *arena = machine->arena;
	struct yaml_node *built = tree_list(arena, list);

	for (size_t i = 0; i < list->count; i++) {
		const struct yaml_node *given = list->items[i];
		struct yaml_node *term = tree_copy(arena, given);

		for (size_t k = 0; given->kind == YAML_MAPPING && k < term->count; k++) {
			if (text_equal(term->pairs[k].key, ours))
				term->pairs[k].key = "podAffinityTerm";
			else if (text_equal(term->pairs[k].key, "podAffinityTerm"))
				reader_error(machine->translation->reader, term->pairs[k].line, term->pairs[k].column,
					     "podAffinityTerm is called %s by Deckhouse; write that", ours);
		}
		tree_append(arena, built, term);
	}
	return built;
}

/* Empty lists and mappings are left out: KubeVirt drops them when it writes the VM. */
static void neighbourhood_set(struct machine *machine, const char *key, const struct machine_neighbourhood *given,
			      const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	bool has_preferred = given && given->preferred && given->preferred->count,
	     has_required = given && given->required && given->required->count;
	struct yaml_node *built;

	if (!has_preferred && !has_required)
		return;
	built = tree_mapping_at(arena, tree_mapping_at(arena, placement(machine, at), "affinity", at), key, at);
	if (has_preferred)
		tree_set(arena, built, PREFERRED, preferred_build(machine, given->preferred));
	if (has_required)
		tree_set(arena, built, REQUIRED, given->required);
}

static void affinity_set(struct machine *machine)
{
	struct arena *arena = machine->arena;
	const struct machine_affinity *given = machine->spec->affinity;
	const struct yaml_node *at = yaml_get(machine->document->spec, "affinity");

	if (given == NULL)
		return;
	if (given->node && given->node->count)
		tree_set(arena, tree_mapping_at(arena, placement(machine, at), "affinity", at), "nodeAffinity",
			 given->node);
	neighbourhood_set(machine, "podAffinity", given->near, yaml_get(at, "virtualMachineAndPodAffinity"));
	neighbourhood_set(machine, "podAntiAffinity", given->apart, yaml_get(at, "virtualMachineAndPodAntiAffinity"));
}

/* A copy of the mapping under `key`, in its place. What is there and is no mapping is left for its reader to refuse. */
static struct yaml_node *copied(struct arena *arena, struct yaml_node *mapping, const char *key,
				const struct yaml_node *at)
{
	const struct yaml_node *given = yaml_get(mapping, key);
	struct yaml_node *copy;

	if (given && given->kind != YAML_MAPPING)
		return NULL;
	copy = given ? tree_copy(arena, given) : tree_mapping(arena, at);
	tree_set(arena, mapping, key, copy);
	return copy;
}

static void term_extend(struct arena *arena, struct yaml_node *term, const struct yaml_node *expressions,
			const struct yaml_node *at)
{
	const struct yaml_node *given = yaml_get(term, "matchExpressions");
	struct yaml_node *list;

	if (given && given->kind != YAML_SEQUENCE)
		return;
	list = given ? tree_copy(arena, given) : tree_list(arena, at);
	for (size_t i = 0; i < expressions->count; i++)
		tree_append(arena, list, deckhouse_moved(arena, expressions->items[i], at));
	tree_set(arena, term, "matchExpressions", list);
}

/* Terms are alternatives, so that what the class demands goes into each. */
static void expressions_add(struct machine *machine, const struct yaml_node *expressions, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	struct yaml_node *affinity = copied(arena, placement(machine, at), "affinity", at),
			 *node = affinity ? copied(arena, affinity, "nodeAffinity", at) : NULL,
			 *required = node ? copied(arena, node, REQUIRED, at) : NULL, *terms;
	const struct yaml_node *given = yaml_get(required, "nodeSelectorTerms");

	if (required == NULL || (given && given->kind != YAML_SEQUENCE))
		return;
	terms = tree_list(arena, given ? given : at);
	for (size_t i = 0; given && i < given->count; i++)
		tree_append(arena, terms, tree_copy(arena, given->items[i]));
	if (terms->count == 0)
		tree_append(arena, terms, tree_mapping(arena, at));
	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i]->kind == YAML_MAPPING)
			term_extend(arena, terms->items[i], expressions, at);
	tree_set(arena, required, "nodeSelectorTerms", terms);
}

static void class_placement_set(struct machine *machine)
{
	const struct class_spec *class = machine->class;
	const struct yaml_node *at = class_name(machine);

	if (class == NULL)
		return;
	if (class->node_selector) {
		selector_merge(machine, class->node_selector->labels, at);
		if (class->node_selector->expressions && class->node_selector->expressions->count)
			expressions_add(machine, class->node_selector->expressions, at);
	}
	tolerations_append(machine, class->tolerations, at);
}

void machine_set_placement(struct machine *machine)
{
	const struct machine_spec *spec = machine->spec;
	const struct yaml_node *given = machine->document->spec;

	selector_merge(machine, spec->node_selector, spec->node_selector);
	tolerations_append(machine, spec->tolerations, spec->tolerations);
	affinity_set(machine);
	if (spec->spread && spec->spread->count)
		tree_set(machine->arena, placement(machine, spec->spread), "topologySpreadConstraints", spec->spread);
	if (spec->priority_class)
		tree_set(machine->arena, placement(machine, yaml_get(given, "priorityClassName")),
			 "priorityClassName", yaml_get(given, "priorityClassName"));
	class_placement_set(machine);
}
