#include "render/objects/nic.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
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

/* The MAC is fixed, since network data finds the NIC by it; without one the
 * guest would have another at every start. With ports, only those are forwarded. */
static json_t *pod_interface_build(const struct lab *lab, const struct lab_node *node, const char *name)
{
	char mac[MAC_TEXT_SIZE];
	const struct port_list *ports = node->vm->ports;
	json_t *nic =
		json_pack("{s:s, s:{}, s:s}", "name", name, "masquerade", "macAddress", name_pod_mac(lab, node, mac));

	if (ports && ports->count > 0)
		json_object_set_new(nic, "ports", ports_build(ports));
	return nic;
}

/* "up" is how every interface begins. */
static json_t *link_interface_build(const struct lab_interface *interface)
{
	json_t *nic = json_pack("{s:s, s:s}", "name", interface->name, "macAddress", interface->mac);

	link_bind(interface, nic);
	if (text_equal(interface->state, "down"))
		json_object_set_new(nic, "state", json_string(interface->state));
	return nic;
}

json_t *nic_interfaces_build(const struct lab *lab, const struct lab_node *node)
{
	cleanup(free) char *pod = name_pod_network_new(node);
	json_t *nics = json_array();

	json_array_append_new(nics, pod_interface_build(lab, node, pod));
	for (size_t i = 0; i < node->interface_count; i++)
		json_array_append_new(nics, link_interface_build(&node->interfaces[i]));
	return nics;
}

json_t *nic_networks_build(const struct lab_node *node)
{
	cleanup(free) char *pod = name_pod_network_new(node);
	json_t *networks = json_array();

	json_array_append_new(networks, json_pack("{s:s, s:{}}", "name", pod, "pod"));
	for (size_t i = 0; i < node->interface_count; i++) {
		cleanup(free) char *attachment = link_attachment_name_new(node, &node->interfaces[i]);

		json_array_append_new(networks, json_pack("{s:s, s:{s:s}}", "name", node->interfaces[i].name,
							  "multus", "networkName", attachment));
	}
	return networks;
}
