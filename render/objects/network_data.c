#include "render/objects/network_data.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "render/lab/object_names.h"
#include "render/lab/vm_interfaces.h"
#include "render/objects/given.h"
#include "render/yaml/yaml.h"

static json_t *texts_build(const char **texts, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_string(texts[i]));
	return list;
}

/* Not "default", which older versions of cloud-init do not know. */
static json_t *gateway_build(const char *gateway)
{
	return json_pack("{s:s, s:s, s:i}", "to", strchr(gateway, ':') ? "::/0" : "0.0.0.0/0", "via", gateway,
			 "metric", GATEWAY_METRIC);
}

static json_t *routes_build(const struct lab_interface *interface)
{
	json_t *routes = json_array();

	for (size_t i = 0; i < interface->route_count; i++)
		json_array_append_new(routes, json_pack("{s:s, s:s}", "to", interface->routes[i].to, "via",
							interface->routes[i].via));
	for (size_t i = 0; i < sizeof(interface->gateway) / sizeof(interface->gateway[0]); i++) {
		if (interface->gateway[i])
			json_array_append_new(routes, gateway_build(interface->gateway[i]));
	}
	return routes;
}

/* Every link's NIC is named here, with or without addresses: what network data
 * leaves out stays down, and a router has no use for that. */
static json_t *ethernet_build(const struct lab_interface *interface)
{
	json_t *ethernet = json_pack("{s:{s:s}, s:b}", "match", "macaddress", interface->mac, "dhcp4", 0);

	given_set(ethernet, "addresses", texts_build(interface->addresses, interface->address_count));
	given_set(ethernet, "routes", routes_build(interface));
	if (interface->nameserver_count > 0)
		json_object_set_new(ethernet, "nameservers",
				    json_pack("{s:o}", "addresses",
					      texts_build(interface->nameservers, interface->nameserver_count)));
	if (interface->link->mtu > 0)
		given_set_number(ethernet, "mtu", &interface->link->mtu);
	return ethernet;
}

static json_t *dhcp_build(const char *mac)
{
	return json_pack("{s:{s:s}, s:b}", "match", "macaddress", mac, "dhcp4", 1);
}

/* NICs that are no ends of links ask for an address. `optional`: where nobody answers, the guest starts all the same. */
static void own_add(const struct lab *lab, const struct lab_node *node, json_t *ethernets)
{
	const struct value_list *given = node->vm->interfaces;
	cleanup(free) char *pod = given ? NULL : name_pod_network_new(node);
	char mac[MAC_TEXT_SIZE];

	if (pod)
		json_object_set_new(ethernets, pod, dhcp_build(name_pod_mac(lab, node, mac)));
	for (size_t i = 0; given && i < given->count; i++) {
		const struct lab_nic *nic = given->items[i];
		json_t *ethernet = dhcp_build(name_nic_mac(lab, node, nic, mac));

		if (!nic_is_on_pod_network(nic))
			json_object_set_new(ethernet, "optional", json_true());
		json_object_set_new(ethernets, nic->name, ethernet);
	}
}

void network_data_write(const struct lab *lab, const struct lab_node *node, struct buffer *out)
{
	cleanup(json) json_t *network = json_pack("{s:i, s:{}}", "version", 2, "ethernets");
	json_t *ethernets = json_object_get(network, "ethernets");

	own_add(lab, node, ethernets);
	for (size_t i = 0; i < node->interface_count; i++)
		json_object_set_new(ethernets, node->interfaces[i].name, ethernet_build(&node->interfaces[i]));
	yaml_write(network, out);
}
