/* firewallConfig as a NetworkPolicy: what it does not allow is refused. Port 22, metrics,
 * names (DNS) and forwarded ports are always allowed, as in Control Plane. Probes need no
 * rule: a worker always reaches its own pods. */
#include "render/dialects/controlplane/firewall.h"

#include <string.h>

#include "base/text.h"

enum { DNS_PORT = 53, MESH_METRICS_PORT = 15020 };

#define NAMESPACE_NAME_LABEL "kubernetes.io/metadata.name"
#define KUBEVIRT_LABEL "kubevirt.io"
#define KUBEVIRT_API "virt-api"

static void port_add(const struct workload_build *build, struct yaml_node *ports, const struct yaml_node *at,
		     int64_t number, const char *protocol)
{
	struct yaml_node *port = tree_mapping(build->arena, at);

	tree_set(build->arena, port, "port", tree_integer(build->arena, at, number));
	if (protocol)
		tree_set(build->arena, port, "protocol", tree_text(build->arena, at, protocol));
	tree_append(build->arena, ports, port);
}

/* All pods of the cluster. */
static const struct yaml_node *anybody(const struct workload_build *build, const struct yaml_node *at)
{
	struct yaml_node *peer = tree_mapping(build->arena, at);

	tree_mapping_at(build->arena, peer, "namespaceSelector", at);
	return peer;
}

static struct yaml_node *rule_add(const struct workload_build *build, struct yaml_node *policy, const char *direction,
				  const struct yaml_node *at)
{
	struct yaml_node *rule = tree_mapping(build->arena, at);

	tree_append(build->arena, tree_list_at(build->arena, policy, direction, at), rule);
	return rule;
}

/* One port from everybody in the cluster; its rule. */
static struct yaml_node *open_port(const struct workload_build *build, struct yaml_node *policy,
				   const struct yaml_node *at, int64_t number)
{
	struct yaml_node *rule = rule_add(build, policy, "ingress", at);

	tree_append(build->arena, tree_list_at(build->arena, rule, "from", at), anybody(build, at));
	port_add(build, tree_list_at(build->arena, rule, "ports", at), at, number, NULL);
	return rule;
}

/* `virtctl port-forward` comes from KubeVirt's API server, to whatever port. It is known by its label, which any pod can have,
 * and so also by the namespaces that KubeVirt is installed in. */
static void forwarding_open(const struct workload_build *build, struct yaml_node *policy, const struct yaml_node *at)
{
	static const char *const homes[] = { "kubevirt", "kubevirt-hyperconverged", "openshift-cnv", NULL };
	struct arena *arena = build->arena;
	struct yaml_node *peer = tree_mapping(arena, at), *home = tree_mapping(arena, at);
	struct yaml_node *selector = tree_mapping_at(arena, peer, "namespaceSelector", at), *pods;

	tree_set(arena, home, "key", tree_text(arena, at, NAMESPACE_NAME_LABEL));
	tree_set(arena, home, "operator", tree_text(arena, at, "In"));
	for (size_t i = 0; homes[i]; i++)
		tree_append(arena, tree_list_at(arena, home, "values", at), tree_text(arena, at, homes[i]));
	tree_append(arena, tree_list_at(arena, selector, "matchExpressions", at), home);
	pods = tree_mapping_at(arena, tree_mapping_at(arena, peer, "podSelector", at), "matchLabels", at);
	tree_set(arena, pods, KUBEVIRT_LABEL, tree_text(arena, at, KUBEVIRT_API));
	tree_append(arena, tree_list_at(arena, rule_add(build, policy, "ingress", at), "from", at), peer);
}

/* In a mesh, the sidecar shows the guest's metrics among its own, on a port that it writes into the pod's annotation. */
static void metrics_open(const struct workload_build *build, struct yaml_node *policy,
			 const struct workload_metrics *metrics)
{
	const struct yaml_node *at = given_place(build, GIVEN(workload_metrics_type, metrics, port));
	struct yaml_node *rule = open_port(build, policy, at, *metrics->port);

	if (*metrics->port != MESH_METRICS_PORT)
		port_add(build, tree_list_at(build->arena, rule, "ports", at), at, MESH_METRICS_PORT, NULL);
}

/* The container's ports from some peers. */
static void ports_open(const struct workload_build *build, struct yaml_node *policy, const struct yaml_node *peers)
{
	const struct value_list *ports = build->container->ports;
	struct yaml_node *rule = rule_add(build, policy, "ingress", peers);
	const struct yaml_node *at = given_place(build, GIVEN(workload_container_type, build->container, ports));

	tree_set(build->arena, rule, "from", peers);
	for (size_t i = 0; i < ports->count; i++) {
		const struct workload_port *port = ports->items[i];

		port_add(build, tree_list_at(build->arena, rule, "ports", at), at, *port->number, NULL);
	}
}

/* What is let in when the container has ports; told when it has none. */
static bool has_ports(const struct workload_build *build, const struct given *given)
{
	if (build->container->ports && build->container->ports->count)
		return true;
	reader_warn_at(build->reader, object_place(given->type, given->object, given->offset),
		       "what is let in has no effect: the container lists no ports; add them");
	return false;
}

static void outbound_ports_warn(const struct workload_build *build, const struct workload_external_firewall *external)
{
	const struct given *ports = GIVEN(workload_external_firewall_type, external, outbound_ports);

	if (external->outbound_ports && external->outbound_ports->count)
		reader_warn_at(build->reader, object_place(ports->type, ports->object, ports->offset),
			       "outboundAllowPort has no effect: outboundAllowCIDR lets nothing out; add prefixes");
}

static void external_give(const struct workload_build *build, struct yaml_node *policy,
			  const struct workload_external_firewall *external)
{
	const struct given *inbound = GIVEN(workload_external_firewall_type, external, inbound_allowed);
	const struct given *outbound = GIVEN(workload_external_firewall_type, external, outbound_allowed);
	const struct yaml_node *at = given_place(build, outbound), *peers;
	struct yaml_node *rule;

	peers = firewall_blocks(build, external->inbound_allowed, external->inbound_blocked,
				given_place(build, inbound));
	if (peers && has_ports(build, inbound))
		ports_open(build, policy, peers);
	peers = firewall_blocks(build, external->outbound_allowed, external->outbound_blocked, at);
	if (peers == NULL) {
		outbound_ports_warn(build, external);
		return;
	}
	rule = rule_add(build, policy, "egress", at);
	tree_set(build->arena, rule, "to", peers);
	for (size_t i = 0; external->outbound_ports && i < external->outbound_ports->count; i++) {
		const struct workload_outbound_port *port = external->outbound_ports->items[i];

		port_add(build, tree_list_at(build->arena, rule, "ports", at), at, *port->number, NULL);
	}
}

/* Pods with such labels in the namespace, or in all of them. */
static struct yaml_node *labelled(const struct workload_build *build, const struct yaml_node *at,
				  const char *workload, const char *gvc)
{
	struct yaml_node *peer = tree_mapping(build->arena, at);
	struct yaml_node *selector = tree_mapping_at(build->arena, peer, "podSelector", at);

	if (gvc)
		tree_set(build->arena, tree_mapping_at(build->arena, selector, "matchLabels", at), LABEL_GVC,
			 tree_text(build->arena, at, gvc));
	if (workload)
		tree_set(build->arena, tree_mapping_at(build->arena, selector, "matchLabels", at), LABEL_WORKLOAD,
			 tree_text(build->arena, at, workload));
	return peer;
}

/* "gvc/NAME/" to NAME; NULL for none. */
static const char *gvc_of(const struct workload_build *build, const struct link *link)
{
	size_t prefix = strlen("gvc/"), length = strlen(link->before);

	return length > prefix ? arena_copy(build->arena, link->before + prefix, length - prefix - 1) : NULL;
}

static void workloads_give(const struct workload_build *build, const struct value_list *links,
			   struct yaml_node *peers)
{
	for (size_t i = 0; links && i < links->count; i++) {
		const struct yaml_node *at = tree_at(build->arena, &links->places[i]);
		struct yaml_node *peer;
		struct link link;
		const char *gvc;

		if (!link_read(build, &links->places[i], list_text(links, i), "workload", &link))
			continue;
		gvc = gvc_of(build, &link);
		peer = labelled(build, at, link.name, gvc);
		/* Another GVC may be another namespace. */
		if (gvc && !text_equal(gvc, build->gvc))
			tree_mapping_at(build->arena, peer, "namespaceSelector", at);
		tree_append(build->arena, peers, peer);
	}
}

static void internal_give(const struct workload_build *build, struct yaml_node *policy,
			  const struct workload_internal_firewall *internal)
{
	const struct given *type = GIVEN(workload_internal_firewall_type, internal, inbound_type);
	const struct given *list = GIVEN(workload_internal_firewall_type, internal, inbound_workloads);
	const struct yaml_node *at = given_place(build, type);
	bool by_list = text_equal(internal->inbound_type, "workload-list");
	struct yaml_node *peers = tree_list(build->arena, at);

	if (internal->inbound_workloads && internal->inbound_workloads->count && !by_list)
		reader_warn_at(build->reader, object_place(list->type, list->object, list->offset),
			       "inboundAllowWorkload has no effect without inboundAllowType workload-list");
	if (by_list)
		workloads_give(build, internal->inbound_workloads, peers);
	else if (text_equal(internal->inbound_type, "same-gvc"))
		tree_append(build->arena, peers, labelled(build, at, NULL, build->gvc));
	else if (text_equal(internal->inbound_type, "same-org")) {
		tree_append(build->arena, peers, anybody(build, at));
		reader_warn_at(build->reader, object_place(type->type, type->object, type->offset),
			       "same-org lets in every pod of the cluster, since it knows no organizations");
	}
	if (peers->count && has_ports(build, type))
		ports_open(build, policy, peers);
}

/* Names, and whatever is in the cluster, which has its own say in what it lets in. */
static void always_give(const struct workload_build *build, struct yaml_node *policy, const struct yaml_node *at)
{
	struct yaml_node *names = rule_add(build, policy, "egress", at), *cluster;
	struct yaml_node *ports = tree_list_at(build->arena, names, "ports", at);

	port_add(build, ports, at, DNS_PORT, "UDP");
	port_add(build, ports, at, DNS_PORT, NULL);
	cluster = rule_add(build, policy, "egress", at);
	tree_append(build->arena, tree_list_at(build->arena, cluster, "to", at), anybody(build, at));
	open_port(build, policy, at, SSH_PORT);
	forwarding_open(build, policy, at);
	if (build->container->metrics)
		metrics_open(build, policy, build->container->metrics);
}

void firewall_add(struct workload_build *build)
{
	const struct workload_firewall *firewall = build->spec->firewall;
	const struct yaml_node *at;
	struct yaml_node *policy, *spec, *types;

	if (firewall == NULL)
		return;
	at = given_place(build, GIVEN(workload_spec_type, build->spec, firewall));
	policy = object_new(build->arena, at, "networking.k8s.io/v1", "NetworkPolicy", build->name);
	spec = tree_mapping_at(build->arena, policy, "spec", at);
	tree_set(build->arena, spec, "podSelector", yaml_get(labelled(build, at, build->name, NULL), "podSelector"));
	types = tree_list_at(build->arena, spec, "policyTypes", at);
	tree_append(build->arena, types, tree_text(build->arena, at, "Ingress"));
	tree_append(build->arena, types, tree_text(build->arena, at, "Egress"));
	always_give(build, spec, at);
	if (firewall->external)
		external_give(build, spec, firewall->external);
	if (firewall->internal)
		internal_give(build, spec, firewall->internal);
	translation_add_object(build->translation, policy);
}
