/* A NetworkAttachmentDefinition that is there already: nothing is made, and what
 * its plugin can do is not known here. Addresses of pods are asked for in
 * Multus' annotation, which works when the network has the capability `ips`. */
#include "render/objects/drivers/attachment.h"
#include "render/objects/drivers/driver.h"

#include "base/memory.h"

static char *attachment_name_new(const struct lab_node *node, const struct lab_interface *interface)
{
	(void)node;
	return string_copy(interface->link->network);
}

const struct driver driver_existing = {
	.name = "existing",
	.no_mtu = "the MTU of a network that is there is set in its NetworkAttachmentDefinition; remove it",
	.no_vlan = "the VLAN of a network that is there is set in its NetworkAttachmentDefinition; remove it",
	.no_bridge = "driver existing has no bridge to choose; remove it, or use driver ovs",
	.no_vni = "driver existing has no VXLAN of its own; remove it, or use driver k8slan",
	.no_routes =
		"a network that is there takes no routes from labsync; use gateway for a default route, set them in "
		"its NetworkAttachmentDefinition, or use driver bridge, ovs or k8slan",
	.needs_network = "driver existing needs the NetworkAttachmentDefinition to use; set network to its name or "
			 "namespace/name",
	.attachment_name_new = attachment_name_new,
	.bind = attachment_bind_bridge,
	.select = attachment_select_all,
};
