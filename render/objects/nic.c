#include "render/objects/nic.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/lab/vm_interfaces.h"
#include "render/objects/given.h"
#include "render/objects/link.h"

static json_t *ports_build(const struct port_list *list)
{
	json_t *ports = json_array();

	for (size_t i = 0; i < list->count; i++)
		json_array_append_new(ports, json_pack("{s:s, s:I, s:s}", "name", list->ports[i].name, "port",
						       (json_int_t)list->ports[i].port, "protocol",
						       list->ports[i].protocol));
	return ports;
}

static void ports_set(json_t *nic, const struct port_list *ports)
{
	if (ports && ports->count > 0)
		json_object_set_new(nic, "ports", ports_build(ports));
}

/* "up" is how every interface begins. */
static void state_set(json_t *nic, const char *state)
{
	if (text_equal(state, "down"))
		json_object_set_new(nic, "state", json_string(state));
}

/* The MAC is fixed, since network data finds the NIC by it; without one the
 * guest would have another at every start. With ports, only those are forwarded. */
static json_t *pod_interface_build(const struct lab *lab, const struct lab_node *node, const char *name)
{
	char mac[MAC_TEXT_SIZE];
	json_t *nic =
		json_pack("{s:s, s:{}, s:s}", "name", name, "masquerade", "macAddress", name_pod_mac(lab, node, mac));

	ports_set(nic, node->vm->ports);
	return nic;
}

/* One of `interfaces`. */
static json_t *given_interface_build(const struct lab *lab, const struct lab_node *node, const struct lab_nic *given)
{
	char mac[MAC_TEXT_SIZE];
	json_t *nic = json_pack("{s:s, s:{}, s:s, s:s*}", "name", given->name, nic_binding(given), "macAddress",
				name_nic_mac(lab, node, given, mac), "model", given->model);

	given_set_number(nic, "bootOrder", given->boot_order);
	state_set(nic, given->state);
	if (nic_is_on_pod_network(given))
		ports_set(nic, node->vm->ports);
	return nic;
}

static json_t *link_interface_build(const struct lab_interface *interface)
{
	json_t *nic = json_pack("{s:s, s:s}", "name", interface->name, "macAddress", interface->mac);

	link_bind(interface, nic);
	state_set(nic, interface->state);
	return nic;
}

/* Those that are no ends of links. */
static void own_interfaces_add(const struct lab *lab, const struct lab_node *node, json_t *nics)
{
	const struct value_list *given = node->vm->interfaces;
	cleanup(free) char *pod = given ? NULL : name_pod_network_new(node);

	if (pod)
		json_array_append_new(nics, pod_interface_build(lab, node, pod));
	for (size_t i = 0; given && i < given->count; i++)
		json_array_append_new(nics, given_interface_build(lab, node, given->items[i]));
}

json_t *nic_interfaces_build(const struct lab *lab, const struct lab_node *node)
{
	json_t *nics = json_array();

	own_interfaces_add(lab, node, nics);
	for (size_t i = 0; i < node->interface_count; i++)
		json_array_append_new(nics, link_interface_build(&node->interfaces[i]));
	return nics;
}

static json_t *pod_network_build(const char *name)
{
	return json_pack("{s:s, s:{}}", "name", name, "pod");
}

static json_t *multus_network_build(const char *name, const char *attachment)
{
	return json_pack("{s:s, s:{s:s}}", "name", name, "multus", "networkName", attachment);
}

static void own_networks_add(const struct lab_node *node, json_t *networks)
{
	const struct value_list *given = node->vm->interfaces;
	cleanup(free) char *pod = given ? NULL : name_pod_network_new(node);

	if (pod)
		json_array_append_new(networks, pod_network_build(pod));
	for (size_t i = 0; given && i < given->count; i++) {
		const struct lab_nic *nic = given->items[i];

		json_array_append_new(networks, nic_is_on_pod_network(nic)
							? pod_network_build(nic->name)
							: multus_network_build(nic->name, nic->network));
	}
}

json_t *nic_networks_build(const struct lab_node *node)
{
	json_t *networks = json_array();

	own_networks_add(node, networks);
	for (size_t i = 0; i < node->interface_count; i++) {
		cleanup(free) char *attachment = link_attachment_name_new(node, &node->interfaces[i]);

		json_array_append_new(networks, multus_network_build(node->interfaces[i].name, attachment));
	}
	return networks;
}
