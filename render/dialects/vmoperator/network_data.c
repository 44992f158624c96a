#include "render/dialects/vmoperator/network.h"

#include <string.h>

#include "base/text.h"
#include "render/dialects/vmoperator/words.h"

enum { IPV4, IPV6, FAMILIES };

static const char *const everywhere[FAMILIES] = { [IPV4] = "0.0.0.0/0", [IPV6] = "::/0" };

static bool is_family(const char *address, int family)
{
	return (strchr(address, ':') != NULL) == (family == IPV6);
}

static bool has_address(const struct interface_spec *spec, int family)
{
	for (size_t i = 0; spec->addresses && i < spec->addresses->count; i++)
		if (is_family(list_text(spec->addresses, i), family))
			return true;
	return false;
}

/* Without any wish for a family, IPv4 is asked for by DHCP: the pod network answers, and so may others. */
static bool asks_for(const struct interface_spec *spec, int family)
{
	if (spec->dhcp[family])
		return *spec->dhcp[family];
	return family == IPV4 && !has_address(spec, IPV4) && !has_address(spec, IPV6) && spec->dhcp[IPV6] == NULL;
}

static void route_add(struct machine *machine, struct yaml_node *ethernet, const char *to, const char *via,
		      const int64_t *metric, const struct yaml_node *at)
{
	struct arena *arena = machine->arena;
	struct yaml_node *route = tree_mapping(arena, at);

	tree_set(arena, route, "to", tree_text(arena, at, to));
	tree_set(arena, route, "via", tree_text(arena, at, via));
	if (metric)
		tree_set(arena, route, "metric", tree_integer(arena, at, *metric));
	tree_append(arena, tree_list_at(arena, ethernet, "routes", at), route);
}

/* A default route is written as a prefix, since older versions of cloud-init know no "default". */
static void routes_set(struct machine *machine, const struct interface_spec *spec, struct yaml_node *ethernet,
		       const struct yaml_node *at)
{
	for (int family = 0; family < FAMILIES; family++)
		if (gateway_is_given(spec->gateway[family]))
			route_add(machine, ethernet, everywhere[family], spec->gateway[family], NULL, at);
	for (size_t i = 0; spec->routes && i < spec->routes->count; i++) {
		const struct route_spec *route = spec->routes->items[i];
		const char *to = route->to;

		if (text_equal(to, "default"))
			to = everywhere[is_family(route->via, IPV6) ? IPV6 : IPV4];
		route_add(machine, ethernet, to, route->via, route->metric,
			  tree_place(machine->arena, spec->routes->places[i].line, spec->routes->places[i].column));
	}
}

/* An interface's own, or those of the whole guest: with LinuxPrep where DHCP does not tell them, with CloudInit where it is
 * asked for. */
static const struct value_list *own_or_global(const struct machine *machine, const struct adapter *adapter,
					      const struct value_list *own, const struct value_list *global,
					      const bool *wanted)
{
	if (own)
		return own;
	if (machine->provider == PROVIDER_LINUX_PREP)
		return adapter->is_on_pod_network ? NULL : global;
	return wanted && *wanted ? global : NULL;
}

static void resolver_set(struct machine *machine, const struct adapter *adapter, struct yaml_node *ethernet)
{
	const struct network_spec *network = machine->spec->network;
	const struct bootstrap_spec *bootstrap = machine->spec->bootstrap;
	const struct cloud_init_spec *cloud_init = bootstrap ? bootstrap->cloud_init : NULL;
	const struct value_list *servers, *domains;
	struct yaml_node *resolver = tree_mapping(machine->arena, adapter->at);

	if (network == NULL)
		return;
	servers = own_or_global(machine, adapter, adapter->spec->nameservers, network->nameservers,
				cloud_init ? cloud_init->global_nameservers : NULL);
	domains = own_or_global(machine, adapter, adapter->spec->search_domains, network->search_domains,
				cloud_init ? cloud_init->global_search_domains : NULL);
	texts_set(machine, resolver, "addresses", servers);
	texts_set(machine, resolver, "search", domains);
	if (resolver->count)
		tree_set(machine->arena, ethernet, "nameservers", resolver);
}

static struct yaml_node *ethernet_build(struct machine *machine, const struct adapter *adapter)
{
	struct arena *arena = machine->arena;
	const struct interface_spec *spec = adapter->spec;
	const struct yaml_node *at = adapter->at;
	struct yaml_node *ethernet = tree_mapping(arena, at);
	bool asks[FAMILIES] = { asks_for(spec, IPV4), asks_for(spec, IPV6) };

	tree_set(arena, tree_mapping_at(arena, ethernet, "match", at), "macaddress",
		 tree_text(arena, at, adapter->mac));
	tree_set(arena, ethernet, "set-name", tree_text(arena, at, interface_guest_name(spec)));
	tree_set(arena, ethernet, "dhcp4", tree_boolean(arena, at, asks[IPV4]));
	if (spec->dhcp[IPV6])
		tree_set(arena, ethernet, "dhcp6", tree_boolean(arena, at, asks[IPV6]));
	/* Nobody said that there is a DHCP server: the boot does not wait for one. */
	if (asks[IPV4] && spec->dhcp[IPV4] == NULL && !adapter->is_on_pod_network)
		tree_set(arena, ethernet, "optional", tree_boolean(arena, at, true));
	texts_set(machine, ethernet, "addresses", spec->addresses);
	routes_set(machine, spec, ethernet, at);
	if (spec->mtu)
		tree_set(arena, ethernet, "mtu", tree_integer(arena, at, *spec->mtu));
	resolver_set(machine, adapter, ethernet);
	return ethernet;
}

struct yaml_node *network_data_build(struct machine *machine, const struct adapters *adapters)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at = adapters->items[0].at;
	struct yaml_node *data = tree_mapping(arena, at), *ethernets = tree_mapping(arena, at);

	tree_set(arena, data, "version", tree_integer(arena, at, 2));
	for (size_t i = 0; i < adapters->count; i++)
		tree_set(arena, ethernets, adapters->items[i].spec->name,
			 ethernet_build(machine, &adapters->items[i]));
	tree_set(arena, data, "ethernets", ethernets);
	return data;
}
