/* An Open vSwitch bridge that is there on the workers, by ovs-cni. Whether it
 * spans workers is up to whoever made it; the scheduler picks workers that have
 * it, by the resource that ovs-cni's marker counts. */
#include "render/objects/drivers/attachment.h"
#include "render/objects/drivers/driver.h"

#include "base/json.h"
#include "base/memory.h"

static char *resource_name_new(const struct lab_link *link)
{
	return string_format("ovs-cni.network.kubevirt.io/%s", link->bridge);
}

/* `ipam` is stolen; NULL for none. */
static json_t *ovs_attachment_build(const struct lab *lab, const struct lab_link *link, const char *name,
				    const char *subject, int64_t vlan, json_t *ipam)
{
	cleanup(free) char *resource = resource_name_new(link);
	json_t *attachment, *config = json_pack("{s:s, s:s, s:s, s:s, s:o*}", "cniVersion", "0.3.1", "name", name,
						"type", "ovs", "bridge", link->bridge, "ipam", ipam);

	if (link->mtu)
		json_object_set_new(config, "mtu", json_integer(link->mtu));
	/* Without a VLAN the port is a trunk. */
	if (vlan)
		json_object_set_new(config, "vlan", json_integer(vlan));
	attachment = attachment_build(lab, name, subject, config);
	json_object_set_new(json_at(attachment, "metadata", "annotations", NULL), "k8s.v1.cni.cncf.io/resourceName",
			    json_string(resource));
	return attachment;
}

static void shared_add(const struct lab *lab, const struct lab_link *link, int64_t vlan, json_t *objects)
{
	cleanup(free) char *name = attachment_shared_name_new(link, vlan);

	json_array_append_new(objects, ovs_attachment_build(lab, link, name, link->name, vlan, NULL));
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
	return ovs_attachment_build(lab, interface->link, name, node->name, interface->vlan,
				    attachment_ipam_build(interface));
}

static char *resource_new(const struct lab_interface *interface)
{
	return resource_name_new(interface->link);
}

const struct driver driver_ovs = {
	.name = "ovs",
	.no_network = "driver ovs makes its own network; remove it, or use driver existing",
	.no_vni = "driver ovs has no VXLAN of its own; remove it, or use driver k8slan",
	.needs_bridge = "driver ovs needs the name of a bridge on the workers; set bridge in the link or in "
			"spec.defaults.link of the Lab",
	.add_link = add_link,
	.build_attachment = build_attachment,
	.attachment_name_new = attachment_used_name_new,
	.bind = attachment_bind_bridge,
	/* ovs-cni takes the MAC from CNI_ARGS, where Multus puts it without any capability. */
	.select = attachment_select_mac,
	.resource_new = resource_new,
};
