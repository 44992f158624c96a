/* A layer-2 network of OVN-Kubernetes, which spans the workers.
 *
 * It has no subnets: then it is a plain switch that lets every address pass, and
 * pods can ask for static ones in Multus' annotation, which OVN-Kubernetes
 * refuses on a network with subnets. */
#include "render/objects/drivers/attachment.h"
#include "render/objects/drivers/driver.h"

#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "render/lab/object_names.h"

/* Networks are not namespaced, and OVN-Kubernetes takes "-" and "." for the same
 * in their names, so that names which are only joined could meet. */
static char *network_name_new(const struct lab *lab, const struct lab_link *link)
{
	const struct lab_join *join = link->join;
	cleanup(free) char *identity = string_format("%s/%s/%s", lab->namespace_name, join ? join->lab : lab->name,
						     join ? join->link : link->name);
	char hash[SHA256_TEXT_SIZE];

	sha256_text(identity, strlen(identity), hash);
	hash[10] = '\0';
	return name_join_new(link->object_name, hash);
}

static void add_link(const struct lab *lab, const struct lab_link *link, json_t *objects)
{
	cleanup(free) char *network = network_name_new(lab, link);
	cleanup(free) char *reference = string_format("%s/%s", lab->namespace_name, link->object_name);
	json_t *config = json_pack("{s:s, s:s, s:s, s:s, s:s}", "cniVersion", "0.3.1", "name", network, "type",
				   "ovn-k8s-cni-overlay", "topology", "layer2", "netAttachDefName", reference);

	if (link->mtu)
		json_object_set_new(config, "mtu", json_integer(link->mtu));
	json_array_append_new(objects, attachment_build(lab, link->object_name, link->name, config));
}

static char *attachment_name_new(const struct lab_node *node, const struct lab_interface *interface)
{
	(void)node;
	return string_copy(interface->link->object_name);
}

const struct driver driver_ovn = {
	.name = "ovn",
	.no_vlan = "a layer-2 network of OVN-Kubernetes has no VLANs; remove it, make a link for each VLAN, or use "
		   "driver "
		   "bridge or ovs",
	.no_bridge = "driver ovn has no bridge to choose; remove it, or use driver ovs",
	.no_network = "driver ovn makes its own network; remove it, or use driver existing",
	.no_vni = "OVN-Kubernetes numbers its networks itself; remove it, or use driver k8slan",
	.no_routes =
		"OVN-Kubernetes sets no routes in a pod; use gateway for a default route, set them by the pod's cmd, "
		"or use driver bridge, ovs or k8slan",
	.no_second_end =
		"OVN-Kubernetes attaches a node to a network only once; use two links, or driver bridge, ovs or "
		"k8slan",
	.add_link = add_link,
	.attachment_name_new = attachment_name_new,
	.bind = attachment_bind_bridge,
	.select = attachment_select_all,
};
