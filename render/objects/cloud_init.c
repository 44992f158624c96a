#include "render/objects/cloud_init.h"

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/naming.h"
#include "render/yaml/yaml.h"

void cloud_init_write_user_data(const struct lab_node *node, const char *password_hash, struct buffer *out)
{
	/* `hashed_passwd` rather than `passwd`: it also reaches a user that the image brings along.
	 *
	 * `updates`: the instance-id is the firmware's UUID and stays, so that a restart does not run
	 * cloud-init anew on the kept disk; but addresses that changed in Git must arrive by a restart. */
	cleanup(json) json_t *config =
		json_pack("{s:s, s:b, s:[{s:s, s:s, s:b, s:s, s:s}], s:{s:{s:[s, s]}}}", "hostname", node->name,
			  "ssh_pwauth", 1, "users", "name", node->vm.user, "hashed_passwd", password_hash,
			  "lock_passwd", 0, "shell", "/bin/bash", "sudo", "ALL=(ALL) NOPASSWD:ALL", "updates",
			  "network", "when", "boot-new-instance", "boot");

	buffer_append_text(out, "#cloud-config\n");
	yaml_write(config, out);
}

static json_t *routes_build(const struct lab_interface *interface)
{
	json_t *routes = json_array();

	for (size_t i = 0; i < interface->route_count; i++)
		json_array_append_new(routes, json_pack("{s:s, s:s}", "to", interface->routes[i].to, "via",
							interface->routes[i].via));
	return routes;
}

/* Every link's NIC is named here, with or without addresses: what network data
 * leaves out stays down, and a router has no use for that. */
static json_t *ethernet_build(const struct lab_interface *interface)
{
	json_t *ethernet = json_pack("{s:{s:s}, s:b}", "match", "macaddress", interface->mac, "dhcp4", 0);
	json_t *addresses;

	if (interface->address_count > 0) {
		addresses = json_array();
		for (size_t i = 0; i < interface->address_count; i++)
			json_array_append_new(addresses, json_string(interface->addresses[i]));
		json_object_set_new(ethernet, "addresses", addresses);
	}
	if (interface->route_count > 0)
		json_object_set_new(ethernet, "routes", routes_build(interface));
	return ethernet;
}

void cloud_init_write_network_data(const struct lab *lab, const struct lab_node *node, struct buffer *out)
{
	cleanup(free) char *pod_network = name_pod_network_new(node);
	char mac[MAC_TEXT_SIZE];
	cleanup(json) json_t *network =
		json_pack("{s:i, s:{s:{s:{s:s}, s:b}}}", "version", 2, "ethernets", pod_network, "match",
			  "macaddress", name_pod_mac(lab, node, mac), "dhcp4", 1);
	json_t *ethernets = json_object_get(network, "ethernets");

	for (size_t i = 0; i < node->interface_count; i++)
		json_object_set_new(ethernets, node->interfaces[i].name, ethernet_build(&node->interfaces[i]));
	yaml_write(network, out);
}
