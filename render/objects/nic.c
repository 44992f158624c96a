#include "render/objects/nic.h"

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/link.h"
#include "render/objects/naming.h"

static json_t *ports_build(const struct lab_vm *vm)
{
	json_t *ports = json_array();

	for (size_t i = 0; i < vm->port_count; i++)
		json_array_append_new(ports,
				      json_pack("{s:s, s:I, s:s}", "name", vm->ports[i].name, "port",
						(json_int_t)vm->ports[i].port, "protocol", vm->ports[i].protocol));
	return ports;
}

/* The MAC is fixed, since network data finds the NIC by it; without one the
 * guest would have another at every start. With ports, only those are forwarded. */
static json_t *pod_interface_build(const struct lab *lab, const struct lab_node *node, const char *name)
{
	char mac[MAC_TEXT_SIZE];
	json_t *nic =
		json_pack("{s:s, s:{}, s:s}", "name", name, "masquerade", "macAddress", name_pod_mac(lab, node, mac));

	if (node->vm.port_count > 0)
		json_object_set_new(nic, "ports", ports_build(&node->vm));
	return nic;
}

json_t *nic_interfaces_build(const struct lab *lab, const struct lab_node *node)
{
	cleanup(free) char *pod = name_pod_network_new(node);
	json_t *nics = json_array();

	json_array_append_new(nics, pod_interface_build(lab, node, pod));
	for (size_t i = 0; i < node->interface_count; i++)
		json_array_append_new(nics, json_pack("{s:s, s:{}, s:s}", "name", node->interfaces[i].name, "bridge",
						      "macAddress", node->interfaces[i].mac));
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
