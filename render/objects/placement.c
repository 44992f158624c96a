#include "render/objects/placement.h"

#include "base/json.h"
#include "base/text.h"
#include "render/objects/given.h"
#include "render/objects/identity.h"
#include "render/objects/link.h"

/* A label of its own: part-of is also on nodes that have no links. */
static const char linked_label[] = "labsync.dev/linked";

static const char worker[] = "kubernetes.io/hostname";
static const char required[] = "requiredDuringSchedulingIgnoredDuringExecution";

static const struct lab_placement *placement_of(const struct lab_node *node)
{
	switch (node->type) {
	case NODE_VM:
		return node->vm->placement;
	case NODE_POD:
		return node->pod->placement;
	case NODE_SRL:
		return node->srl->placement;
	case NODE_MACHINE:
		break; /* its author's own */
	}
	return NULL;
}

/* True when a link holds the node on the lab's worker. */
static bool is_bound(const struct lab_node *node)
{
	for (size_t i = 0; i < node->interface_count; i++) {
		if (link_is_node_local(node->interfaces[i].link))
			return true;
	}
	return false;
}

void placement_add_label(const struct lab *lab, const struct lab_node *node, json_t *labels)
{
	if (is_bound(node))
		json_object_set_new(labels, linked_label, json_string(lab_worker_group(lab)));
}

/* Adds a required term to "podAffinity" or "podAntiAffinity"; `term` is stolen. */
static void term_add(json_t *affinity, const char *kind, json_t *term)
{
	json_t *pods = json_object_member(affinity, kind);
	json_t *terms = json_object_get(pods, required);

	if (!json_is_array(terms)) {
		terms = json_array();
		json_object_set_new(pods, required, terms);
	}
	json_array_append_new(terms, term);
}

/* The first pod of a lab matches its own term, and so may run anywhere: the
 * scheduler makes that exception for a term that nothing matches yet. */
static json_t *together_build(const struct lab *lab)
{
	return json_pack("{s:{s:{s:s}}, s:s}", "labelSelector", "matchLabels", linked_label, lab_worker_group(lab),
			 "topologyKey", worker);
}

static json_t *apart_build(const struct lab *lab, const struct value_list *nodes)
{
	return json_pack("{s:{s:{s:s}, s:[{s:s, s:s, s:o}]}, s:s}", "labelSelector", "matchLabels", LABEL_PART_OF,
			 lab->name, "matchExpressions", "key", LABEL_NAME, "operator", "In", "values",
			 given_list_build(nodes), "topologyKey", worker);
}

json_t *placement_affinity_build(const struct lab *lab, const struct lab_node *node)
{
	const struct lab_placement *placement = placement_of(node);
	json_t *affinity = NULL;

	if (placement && placement->affinity)
		affinity = yaml_to_json_new(placement->affinity);
	if (!json_is_object(affinity)) {
		json_decref(affinity);
		affinity = json_object();
	}
	if (is_bound(node))
		term_add(affinity, "podAffinity", together_build(lab));
	if (placement && placement->anti_affinity && placement->anti_affinity->count > 0)
		term_add(affinity, "podAntiAffinity", apart_build(lab, placement->anti_affinity));
	if (json_object_size(affinity) > 0)
		return affinity;
	json_decref(affinity);
	return NULL;
}

void placement_bind(const struct lab *lab, const struct lab_node *node, json_t *spec)
{
	json_t *affinity, *pods;

	if (!is_bound(node))
		return;
	affinity = json_object_member(spec, "affinity");
	pods = json_object_get(affinity, "podAffinity");
	/* Anything else is told of as what KubeVirt would refuse. */
	if (json_is_object(affinity) && (pods == NULL || json_is_object(pods)))
		term_add(affinity, "podAffinity", together_build(lab));
}

static json_t *tolerations_build(const struct value_list *tolerations)
{
	json_t *list = json_array();

	for (size_t i = 0; tolerations && i < tolerations->count; i++) {
		const struct lab_toleration *toleration = tolerations->items[i];
		json_t *value =
			json_pack("{s:s*, s:s*, s:s*, s:s*}", "key", toleration->key, "operator",
				  toleration->operator, "value", toleration->value, "effect", toleration->effect);

		given_set_number(value, "tolerationSeconds", toleration->seconds);
		json_array_append_new(list, value);
	}
	return list;
}

/* Over all nodes of the lab. Kubernetes has no defaults for the three fields. */
static json_t *spread_build(const struct lab *lab, const struct lab_spread *spread)
{
	return json_pack("{s:I, s:s, s:s, s:{s:{s:s}}}", "maxSkew",
			 (json_int_t)(spread->max_skew ? *spread->max_skew : 1), "topologyKey",
			 spread->topology_key ? spread->topology_key : worker, "whenUnsatisfiable",
			 spread->when_unsatisfiable ? spread->when_unsatisfiable : "ScheduleAnyway", "labelSelector",
			 "matchLabels", LABEL_PART_OF, lab->name);
}

static json_t *spreads_build(const struct lab *lab, const struct lab_placement *placement)
{
	cleanup(json) json_t *given =
		placement->spread_constraints ? yaml_to_json_new(placement->spread_constraints) : NULL;
	json_t *spreads = json_array();

	if (placement->spread)
		json_array_append_new(spreads, spread_build(lab, placement->spread));
	json_array_extend(spreads, given);
	return spreads;
}

void placement_set(const struct lab *lab, const struct lab_node *node, json_t *spec)
{
	const struct lab_placement *placement = placement_of(node);

	given_set(spec, "affinity", placement_affinity_build(lab, node));
	if (placement == NULL)
		return;
	given_set_map(spec, "nodeSelector", placement->node_selector);
	given_set(spec, "tolerations", tolerations_build(placement->tolerations));
	given_set(spec, "topologySpreadConstraints", spreads_build(lab, placement));
	json_set_text(spec, "priorityClassName", placement->priority_class);
	json_set_text(spec, "schedulerName", placement->scheduler);
}

static const struct lab_node *node_find(const struct lab *lab, const char *name)
{
	for (size_t i = 0; i < lab->node_count; i++) {
		if (text_equal(lab->nodes[i].name, name))
			return &lab->nodes[i];
	}
	return NULL;
}

bool placement_check(const struct lab *lab, const struct lab_node *node, struct diagnostics *diagnostics)
{
	const struct lab_placement *placement = placement_of(node);
	const struct value_list *apart = placement ? placement->anti_affinity : NULL;
	bool good = true;

	for (size_t i = 0; apart && i < apart->count && is_bound(node); i++) {
		const struct lab_node *other = node_find(lab, list_text(apart, i));
		const struct place *place = apart->places ? &apart->places[i] : NULL;

		if (other == NULL || !is_bound(other))
			continue;
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, place ? place->path : lab->path,
				place ? place->line : node->line, place ? place->column : node->column,
				"node \"%s\" cannot run apart from \"%s\", since both are on links of the driver "
				"bridge, which stay on one worker; use another driver for the links, or leave out "
				"the anti-affinity",
				node->name, other->name);
		good = false;
	}
	return good;
}
