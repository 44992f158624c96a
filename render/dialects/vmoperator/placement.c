/* Where a VM runs: its zone, and the VMs that it is near to or away from; and when it is ready. */
#include "render/dialects/vmoperator/machine.h"

#include "base/text.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/kubernetes_names.h"

enum { WEIGHT = 100 };

#define ZONE_LABEL "topology.kubernetes.io/zone"
#define HOST_LABEL "kubernetes.io/hostname"
#define REQUIRED "requiredDuringSchedulingIgnoredDuringExecution"
#define PREFERRED "preferredDuringSchedulingIgnoredDuringExecution"

static struct yaml_node *placement_at(struct machine *machine, const struct yaml_node *at)
{
	return tree_mapping_at(machine->arena, machine->vm, "placement", at);
}

static void zone_take(struct machine *machine)
{
	const struct yaml_node *zone = yaml_get(yaml_get(machine->document->metadata, "labels"), ZONE_LABEL);

	if (zone == NULL || zone->kind != YAML_STRING || zone->length == 0)
		return;
	tree_set(machine->arena, tree_mapping_at(machine->arena, placement_at(machine, zone), "nodeSelector", zone),
		 ZONE_LABEL, zone);
}

/* Kubernetes' term for one of VM Operator's: the pods of VMs have the VMs' labels. */
static struct yaml_node *term_build(struct machine *machine, const struct affinity_term *term)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at =
		field_place(arena, &affinity_term_type, term, offsetof(struct affinity_term, topology_key));
	struct yaml_node *built = tree_mapping(arena, at);

	tree_set(arena, built, "labelSelector", term->selector);
	tree_set(arena, built, "topologyKey",
		 tree_text(arena, at, term->topology_key ? term->topology_key : HOST_LABEL));
	return built;
}

static bool terms_check(struct machine *machine, const struct value_list *terms)
{
	for (size_t i = 0; i < terms->count; i++) {
		const struct affinity_term *term = terms->items[i];

		if (term->selector == NULL ||
		    !is_qualified_name(term->topology_key ? term->topology_key : HOST_LABEL)) {
			reader_error_at(machine->reader, &terms->places[i],
					"a term of affinity needs a labelSelector, and as topologyKey a label of "
					"workers like "
					"topology.kubernetes.io/zone");
			return false;
		}
	}
	return true;
}

static void required_take(struct machine *machine, const struct value_list *terms, struct yaml_node *rules,
			  const struct yaml_node *at)
{
	for (size_t i = 0; terms && terms_check(machine, terms) && i < terms->count; i++)
		tree_append(machine->arena, tree_list_at(machine->arena, rules, REQUIRED, at),
			    term_build(machine, terms->items[i]));
}

static void preferred_take(struct machine *machine, const struct value_list *terms, struct yaml_node *rules,
			   const struct yaml_node *at)
{
	struct arena *arena = machine->arena;

	for (size_t i = 0; terms && terms_check(machine, terms) && i < terms->count; i++) {
		struct yaml_node *weighted = tree_mapping(arena, at);

		tree_set(arena, weighted, "weight", tree_integer(arena, at, WEIGHT));
		tree_set(arena, weighted, "podAffinityTerm", term_build(machine, terms->items[i]));
		tree_append(arena, tree_list_at(arena, rules, PREFERRED, at), weighted);
	}
}

static void rules_take(struct machine *machine, const struct affinity_rules *rules, const char *key,
		       const struct yaml_node *at)
{
	struct yaml_node *built = tree_mapping(machine->arena, at);

	if (rules == NULL)
		return;
	required_take(machine, rules->required, built, at);
	required_take(machine, rules->required_later, built, at);
	preferred_take(machine, rules->preferred, built, at);
	preferred_take(machine, rules->preferred_later, built, at);
	if (built->count)
		tree_set(machine->arena, tree_mapping_at(machine->arena, placement_at(machine, at), "affinity", at),
			 key, built);
}

void machine_take_placement(struct machine *machine)
{
	const struct affinity_spec *affinity = machine->spec->affinity;
	const struct yaml_node *at = MACHINE_PLACE(machine, affinity);

	zone_take(machine);
	if (affinity == NULL)
		return;
	rules_take(machine, affinity->together, "podAffinity", at);
	rules_take(machine, affinity->apart, "podAntiAffinity", at);
}

static void number_set(struct machine *machine, struct yaml_node *target, const char *key, const int64_t *number,
		       const struct yaml_node *at)
{
	if (number)
		tree_set(machine->arena, target, key, tree_integer(machine->arena, at, *number));
}

static void heartbeat_take(struct machine *machine, const struct heartbeat_action *heartbeat, struct yaml_node *probe,
			   const struct yaml_node *at)
{
	tree_set(machine->arena, probe, "guestAgentPing", tree_mapping(machine->arena, at));
	if (text_equal(heartbeat->threshold, "yellow"))
		reader_warn_at(
			machine->reader,
			object_place(&heartbeat_action_type, heartbeat, offsetof(struct heartbeat_action, threshold)),
			"thresholdStatus yellow is no less than green: the guest agent answers or does not; remove "
			"it");
}

void machine_take_probe(struct machine *machine)
{
	const struct readiness_spec *spec = machine->spec->readiness_probe;
	const struct yaml_node *at = MACHINE_PLACE(machine, readiness_probe);
	struct yaml_node *probe, *socket;

	if (spec == NULL)
		return;
	if ((spec->tcp_socket == NULL) == (spec->heartbeat == NULL)) {
		reader_refuse(machine->reader, at,
			      "readinessProbe needs exactly one of tcpSocket and guestHeartbeat");
		return;
	}
	if (spec->tcp_socket && !machine->is_on_pod_network) {
		reader_error_at(machine->reader,
				object_place(&readiness_spec_type, spec, offsetof(struct readiness_spec, tcp_socket)),
				"tcpSocket asks over the pod network, on which no interface is; let the first "
				"interface be without a network, or use guestHeartbeat");
		return;
	}
	probe = tree_mapping_at(machine->arena, machine->vm, "readinessProbe", at);
	if (spec->tcp_socket) {
		socket = tree_mapping_at(machine->arena, probe, "tcpSocket", at);
		tree_set(machine->arena, socket, "port", spec->tcp_socket->port);
	} else {
		heartbeat_take(machine, spec->heartbeat, probe, at);
	}
	number_set(machine, probe, "timeoutSeconds", spec->timeout, at);
	number_set(machine, probe, "periodSeconds", spec->period, at);
}
