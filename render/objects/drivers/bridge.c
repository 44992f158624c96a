/* A Linux bridge of its own for each link, on the worker that runs the lab: the
 * plainest segment there is, which floods and learns as a switch does. It does
 * not leave the worker, so that all nodes of the lab must run there. */
#include "render/objects/drivers/attachment.h"
#include "render/objects/drivers/driver.h"

#include "base/json.h"
#include "base/memory.h"
#include "render/lab/object_names.h"

/* What a bridge with VLANs takes untagged frames for. */
enum { UNTAGGED_VLAN = 1 };

static bool has_vlans(const struct lab *lab, const struct lab_link *link)
{
	if (link->join)
		return link->join->has_vlans;
	for (size_t i = 0; i < lab->node_count; i++)
		for (size_t j = 0; j < lab->nodes[i].interface_count; j++)
			if (lab->nodes[i].interfaces[j].link == link && lab->nodes[i].interfaces[j].vlan)
				return true;
	return link->vlan > 0;
}

/* Whoever comes first makes the bridge, with VLANs only if it has one itself, and
 * nobody removes it. So with VLANs all ends have one, and the bridge another name
 * than one that was made without. */
static void vlan_set(json_t *config, char *bridge, int64_t vlan)
{
	bridge[1] = 'v';
	json_object_set_new(config, "bridge", json_string(bridge));
	json_object_set_new(config, "vlan", json_integer(vlan ? vlan : UNTAGGED_VLAN));
	/* The plugin would leave the port in VLAN 1 beside its own. */
	json_object_set_new(config, "preserveDefaultVlan", json_false());
}

/* `ipam` is stolen. */
static json_t *config_build(const struct lab *lab, const struct lab_link *link, const char *name, int64_t vlan,
			    json_t *ipam)
{
	char bridge[BRIDGE_NAME_SIZE];
	/* macspoofchk stays off: routers answer for addresses such as VRRP's that are not the NIC's own.
	 * promiscMode stays off: a bridge floods what it does not know anyway. */
	json_t *config = json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:{s:b}, s:o}", "cniVersion", "0.3.1", "name",
				   name, "type", "bridge", "bridge", name_bridge(lab, link, bridge), "macspoofchk", 0,
				   "promiscMode", 0, "capabilities", "mac", 1, "ipam", ipam);

	if (link->mtu)
		json_object_set_new(config, "mtu", json_integer(link->mtu));
	if (has_vlans(lab, link))
		vlan_set(config, bridge, vlan);
	return config;
}

static void shared_add(const struct lab *lab, const struct lab_link *link, int64_t vlan, json_t *objects)
{
	cleanup(free) char *name = attachment_shared_name_new(link, vlan);

	json_array_append_new(
		objects, attachment_build(lab, name, link->name, config_build(lab, link, name, vlan, json_object())));
}

static void add_link(const struct lab *lab, const struct lab_link *link, json_t *objects)
{
	attachment_each_vlan(lab, link, objects, shared_add);
}

static json_t *build_attachment(const struct lab *lab, const struct lab_node *node,
				const struct lab_interface *interface)
{
	cleanup(free) char *name = NULL;

	if (!attachment_takes_addresses(node, interface))
		return NULL;
	name = attachment_own_name_new(node, interface);
	return attachment_build(
		lab, name, node->name,
		config_build(lab, interface->link, name, interface->vlan, attachment_ipam_build(interface)));
}

const struct driver driver_bridge = {
	.name = "bridge",
	.no_bridge = "driver bridge makes a bridge of its own; remove it, or use driver ovs",
	.no_network = "driver bridge makes its own network; remove it, or use driver existing",
	.no_vni = "driver bridge has no VXLAN; remove it, or use driver k8slan",
	.is_node_local = true,
	.add_link = add_link,
	.build_attachment = build_attachment,
	.attachment_name_new = attachment_used_name_new,
	.bind = attachment_bind_bridge,
	.select = attachment_select_mac,
};
