#include "render/objects/link.h"

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/identity.h"
#include "render/objects/naming.h"

/* `ipam` is stolen. */
static json_t *attachment_build(const struct lab *lab, const struct lab_link *link, const char *name,
				const char *subject, json_t *ipam)
{
	char bridge[BRIDGE_NAME_SIZE];
	/* macspoofchk stays off: routers answer for addresses such as VRRP's that are not the NIC's own.
	 * promiscMode stays off: a bridge floods what it does not know anyway. */
	cleanup(json) json_t *config =
		json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:{s:b}, s:o}", "cniVersion", "0.3.1", "name", name, "type",
			  "bridge", "bridge", name_bridge(lab, link, bridge), "macspoofchk", 0, "promiscMode", 0,
			  "capabilities", "mac", 1, "ipam", ipam);
	cleanup(free) char *text = json_text_new(config);

	return json_pack("{s:s, s:s, s:o, s:{s:s}}", "apiVersion", "k8s.cni.cncf.io/v1", "kind",
			 "NetworkAttachmentDefinition", "metadata", metadata_build(lab, name, subject), "spec",
			 "config", text);
}

json_t *link_attachment_build(const struct lab *lab, const struct lab_link *link)
{
	return attachment_build(lab, link, link->object_name, link->name, json_object());
}

bool link_interface_is_static(const struct lab_node *node, const struct lab_interface *interface)
{
	return node->type == NODE_POD && interface->address_count > 0;
}

static json_t *ipam_build(const struct lab_interface *interface)
{
	json_t *addresses = json_array(), *routes = json_array();

	for (size_t i = 0; i < interface->address_count; i++)
		json_array_append_new(addresses, json_pack("{s:s}", "address", interface->addresses[i]));
	for (size_t i = 0; i < interface->route_count; i++)
		json_array_append_new(routes, json_pack("{s:s, s:s}", "dst", interface->routes[i].to, "gw",
							interface->routes[i].via));
	return json_pack("{s:s, s:o, s:o}", "type", "static", "addresses", addresses, "routes", routes);
}

json_t *link_static_attachment_build(const struct lab *lab, const struct lab_node *node,
				     const struct lab_interface *interface)
{
	cleanup(free) char *name = link_attachment_name_new(node, interface);

	return attachment_build(lab, interface->link, name, node->name, ipam_build(interface));
}

char *link_attachment_name_new(const struct lab_node *node, const struct lab_interface *interface)
{
	if (link_interface_is_static(node, interface))
		return name_join_new(node->object_name, interface->name);
	return string_copy(interface->link->object_name);
}
