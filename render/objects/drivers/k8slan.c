/* KNL's own network: a LAN object, from which k8slan makes on each worker a
 * network namespace with a bridge, a VXLAN device that joins the workers, and a
 * veth for each end ("spoke"). For each spoke it makes two attachments, a
 * macvtap for VMs and a veth for pods, and counts both as devices that a pod
 * takes one of.
 *
 * Of all that, only names are ours to choose. k8slan takes at most 13 characters
 * for an interface, and Kubernetes 63 for the name of a device. Spokes stand
 * among a worker's own interfaces, hence are named after the VNI, which is one
 * link's alone. */
#include "render/objects/drivers/attachment.h"
#include "render/objects/drivers/driver.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "render/lab/interfaces.h"
#include "render/lab/reader.h"
#include "render/objects/identity.h"

enum {
	RESOURCE_NAME_MAX = 63,
	VXLAN_PORT = 48622 /* as KNL's; another than the one that a cluster network may use */
};

#define VETH_PREFIX "k8slan-veth-"
#define MACVTAP_PREFIX "k8slan-mac-"
#define RESOURCE_DOMAIN "macvtap.k8slan.io"
#define NAMESPACE_FOLDER "/run/k8slan/netns"

/* At most 13 characters: numbers are below LAN_SPOKES_MAX. */
static char *spoke_name_new(const struct lab_link *link, size_t number)
{
	return string_format("ls%06llx-%zu", (unsigned long long)link->vni, number);
}

/* Ends are numbered by their position, but for those of other labs. */
static size_t spoke_of(const struct lab_interface *interface)
{
	const struct lab_join *join = interface->link->join;

	return join && join->spokes ? join->spokes[interface->position] : interface->position;
}

/* What k8slan calls the veth's attachment and device. */
static char *veth_name_new(const struct lab_interface *interface)
{
	cleanup(free) char *spoke = spoke_name_new(interface->link, spoke_of(interface));

	return string_format(VETH_PREFIX "%s-%s", interface->link->object_name, spoke);
}

static void spoke_append(const struct lab_link *link, size_t number, json_t *spokes)
{
	cleanup(free) char *spoke = spoke_name_new(link, number);

	json_array_append_new(spokes, json_string(spoke));
}

static json_t *spokes_build(const struct lab_link *link)
{
	size_t own = link->spokes ? link->spokes->own : link->end_count;
	json_t *spokes = json_array();

	for (size_t i = 0; i < own; i++)
		spoke_append(link, i, spokes);
	for (size_t i = 0; link->spokes && i < link->spokes->joined_count; i++)
		spoke_append(link, link->spokes->joined[i], spokes);
	return spokes;
}

/* NULL when every worker has the same. */
static json_t *devices_build(const struct lab_lan_config *lan)
{
	json_t *devices;

	if (lan->devices == NULL || lan->devices->count == 0)
		return NULL;
	devices = json_object();
	for (size_t i = 0; i < lan->devices->count; i++)
		json_object_set_new(devices, lan->devices->keys[i],
				    json_string((const char *)lan->devices->values[i]));
	return devices;
}

static void add_link(const struct lab *lab, const struct lab_link *link, json_t *objects)
{
	cleanup(free) char *vxlan = string_format("lsv%06llx", (unsigned long long)link->vni);
	/* The namespace is looked for under the LAN's own name. */
	json_t *spec =
		json_pack("{s:s, s:s, s:s, s:I, s:s, s:i, s:s*, s:o*, s:o}", "ns", link->object_name, "bridge",
			  "k8slanbr", "vxlan", vxlan, "vni", (json_int_t)link->vni, "vxlanGrp", lab->lan->vxlan_group,
			  "vxlanPort", VXLAN_PORT, "defaultVxlanDev", lab->lan->default_device, "vxlanDevMap",
			  devices_build(lab->lan), "spokes", spokes_build(link));

	json_array_append_new(objects, json_pack("{s:s, s:s, s:o, s:o}", "apiVersion", "lan.k8slan.io/v1beta1",
						 "kind", "LAN", "metadata",
						 metadata_build(lab, link->object_name, link->name), "spec", spec));
}

/* NULL when there are none. */
static json_t *routes_build(const struct lab_interface *interface)
{
	cleanup(json) json_t *routes = attachment_routes_build(interface, "to", "via");

	return json_array_size(routes) ? steal(&routes) : NULL;
}

static json_t *addresses_build(const struct lab_interface *interface)
{
	json_t *addresses = json_array();

	for (size_t i = 0; i < interface->address_count; i++)
		json_array_append_new(addresses, json_string(interface->addresses[i]));
	return addresses;
}

static char *own_name_new(const struct lab_interface *interface)
{
	cleanup(free) char *veth = veth_name_new(interface);

	return string_format("%s-withaddr", veth);
}

/* The same veth as k8slan's own attachment, with addresses. */
static json_t *build_attachment(const struct lab *lab, const struct lab_node *node,
				const struct lab_interface *interface)
{
	cleanup(free) char *name = NULL, *spoke = NULL, *namespace_path = NULL;

	if (!attachment_takes_addresses(node, interface))
		return NULL;
	name = own_name_new(interface);
	spoke = spoke_name_new(interface->link, spoke_of(interface));
	namespace_path = string_format(NAMESPACE_FOLDER "/%s", interface->link->object_name);
	return attachment_build(lab, name, node->name,
				json_pack("{s:s, s:s, s:s, s:b, s:s, s:s, s:o, s:o*}", "cniVersion", "0.3.1", "name",
					  name, "type", "k8slanveth", "disableTxChecksum", 1, "veth", spoke, "peerNS",
					  namespace_path, "addrs", addresses_build(interface), "routes",
					  routes_build(interface)));
}

static char *attachment_name_new(const struct lab_node *node, const struct lab_interface *interface)
{
	cleanup(free) char *spoke = NULL;

	if (attachment_takes_addresses(node, interface))
		return own_name_new(interface);
	if (node_is_pod(node))
		return veth_name_new(interface);
	spoke = spoke_name_new(interface->link, spoke_of(interface));
	return string_format(MACVTAP_PREFIX "%s-%s", interface->link->object_name, spoke);
}

static void bind(json_t *nic)
{
	json_object_set_new(nic, "binding", json_pack("{s:s}", "name", "macvtap"));
}

static char *resource_new(const struct lab_interface *interface)
{
	cleanup(free) char *veth = veth_name_new(interface);

	return string_format(RESOURCE_DOMAIN "/%s", veth);
}

/* The longest device is the veth of a spoke. */
static size_t name_length_max(const struct lab_link *link, size_t spoke)
{
	cleanup(free) char *name = spoke_name_new(link, spoke);

	return RESOURCE_NAME_MAX - strlen(VETH_PREFIX) - 1 - strlen(name);
}

bool lan_spoke_fits(const struct lab_link *link, size_t spoke)
{
	return strlen(link->object_name) <= name_length_max(link, spoke);
}

static void check(struct reader *reader, const struct lab_link *link)
{
	size_t most = name_length_max(link, link->end_count ? link->end_count - 1 : 0);

	if (link->end_count > LAN_SPOKES_MAX)
		reader_error(reader, link->line, link->column,
			     "link \"%s\" has %zu connectors; driver k8slan takes at most %d", link->name,
			     link->end_count, LAN_SPOKES_MAX);
	else if (link->object_name && strlen(link->object_name) > most)
		reader_error(
			reader, link->line, link->column,
			"\"%s\" is %zu characters long, but with driver k8slan at most %zu fit; shorten the name "
			"of the lab or of the link",
			link->object_name, strlen(link->object_name), most);
}

const struct driver driver_k8slan = {
	.name = "k8slan",
	.no_mtu = "k8slan takes it from the workers' VXLAN device; remove it, or use driver bridge, ovn or ovs",
	.no_vlan = "k8slan has no VLANs; remove it, make a link for each VLAN, or use driver bridge or ovs",
	.no_bridge = "driver k8slan makes a bridge of its own; remove it, or use driver ovs",
	.no_network = "driver k8slan makes its own network; remove it, or use driver existing",
	.mac_ignored = "k8slan gives a pod's interface a MAC of its own",
	.check = check,
	.add_link = add_link,
	.build_attachment = build_attachment,
	.attachment_name_new = attachment_name_new,
	.bind = bind,
	.resource_new = resource_new,
};
