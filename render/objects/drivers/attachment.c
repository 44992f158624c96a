#include "render/objects/drivers/attachment.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/object_names.h"
#include "render/objects/identity.h"

/* What "the rest of the world" is in each family. */
static const char *const default_routes[] = { "0.0.0.0/0", "::/0" };

json_t *attachment_build(const struct lab *lab, const char *name, const char *subject, json_t *config)
{
	cleanup(json) json_t *owned = config;
	cleanup(free) char *text = json_text_new(owned);

	return json_pack("{s:s, s:s, s:o, s:{s:s}}", "apiVersion", "k8s.cni.cncf.io/v1", "kind",
			 "NetworkAttachmentDefinition", "metadata", metadata_build(lab, name, subject), "spec",
			 "config", text);
}

bool attachment_takes_addresses(const struct lab_node *node, const struct lab_interface *interface)
{
	return node->type == NODE_POD && interface->address_count > 0;
}

char *attachment_own_name_new(const struct lab_node *node, const struct lab_interface *interface)
{
	return name_join_new(node->object_name, interface->name);
}

char *attachment_shared_name_new(const struct lab_link *link, int64_t vlan)
{
	cleanup(free) char *suffix = NULL;

	if (vlan == link->vlan)
		return string_copy(link->object_name);
	suffix = string_format("vlan%lld", (long long)vlan);
	return name_join_new(link->object_name, suffix);
}

char *attachment_used_name_new(const struct lab_node *node, const struct lab_interface *interface)
{
	if (attachment_takes_addresses(node, interface))
		return attachment_own_name_new(node, interface);
	return attachment_shared_name_new(interface->link, interface->vlan);
}

static bool vlan_is_listed(const int64_t *vlans, size_t count, int64_t vlan)
{
	for (size_t i = 0; i < count; i++)
		if (vlans[i] == vlan)
			return true;
	return false;
}

void attachment_each_vlan(const struct lab *lab, const struct lab_link *link, json_t *objects,
			  void (*add)(const struct lab *lab, const struct lab_link *link, int64_t vlan,
				      json_t *objects))
{
	cleanup(free) int64_t *vlans = memory_new_array(link->end_count + 1, sizeof(*vlans));
	size_t count = 0;

	vlans[count++] = link->vlan;
	add(lab, link, link->vlan, objects);
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];

		for (size_t j = 0; j < node->interface_count; j++) {
			const struct lab_interface *end = &node->interfaces[j];

			if (end->link != link || attachment_takes_addresses(node, end) || count > link->end_count ||
			    vlan_is_listed(vlans, count, end->vlan))
				continue;
			vlans[count++] = end->vlan;
			add(lab, link, end->vlan, objects);
		}
	}
}

static void route_append(json_t *routes, const char *to_key, const char *to, const char *via_key, const char *via)
{
	json_array_append_new(routes, json_pack("{s:s, s:s}", to_key, to, via_key, via));
}

/* A pod has a default route already, which plugins either keep, fail at, or share
 * with theirs by turns. Two halves are there beside it and go before it. */
static void route_add(json_t *routes, const char *to_key, const char *to, const char *via_key, const char *via)
{
	static const char *const halves[][2] = { { "0.0.0.0/1", "128.0.0.0/1" }, { "::/1", "8000::/1" } };

	for (size_t i = 0; i < 2; i++) {
		if (!text_equal(to, default_routes[i]))
			continue;
		route_append(routes, to_key, halves[i][0], via_key, via);
		route_append(routes, to_key, halves[i][1], via_key, via);
		return;
	}
	route_append(routes, to_key, to, via_key, via);
}

json_t *attachment_routes_build(const struct lab_interface *interface, const char *to_key, const char *via_key)
{
	json_t *routes = json_array();

	for (size_t i = 0; i < interface->route_count; i++)
		route_add(routes, to_key, interface->routes[i].to, via_key, interface->routes[i].via);
	for (size_t i = 0; i < 2; i++) {
		if (interface->gateway[i])
			route_add(routes, to_key, default_routes[i], via_key, interface->gateway[i]);
	}
	return routes;
}

json_t *attachment_ipam_build(const struct lab_interface *interface)
{
	json_t *addresses = json_array();

	for (size_t i = 0; i < interface->address_count; i++)
		json_array_append_new(addresses, json_pack("{s:s}", "address", interface->addresses[i]));
	return json_pack("{s:s, s:o, s:o}", "type", "static", "addresses", addresses, "routes",
			 attachment_routes_build(interface, "dst", "gw"));
}

void attachment_request_addresses(const struct lab_node *node, const struct lab_interface *interface,
				  json_t *selection)
{
	if (!attachment_takes_addresses(node, interface))
		return;
	for (size_t i = 0; i < interface->address_count; i++) {
		if (i == 0)
			json_object_set_new(selection, "ips", json_array());
		json_array_append_new(json_object_get(selection, "ips"), json_string(interface->addresses[i]));
	}
	for (size_t i = 0; i < 2; i++) {
		if (interface->gateway[i] == NULL)
			continue;
		if (json_object_get(selection, "default-route") == NULL)
			json_object_set_new(selection, "default-route", json_array());
		json_array_append_new(json_object_get(selection, "default-route"),
				      json_string(interface->gateway[i]));
	}
}

void attachment_request_mac(const struct lab_interface *interface, json_t *selection)
{
	json_object_set_new(selection, "mac", json_string(interface->mac));
}

void attachment_select_mac(const struct lab_node *node, const struct lab_interface *interface, json_t *selection)
{
	(void)node;
	attachment_request_mac(interface, selection);
}

void attachment_select_all(const struct lab_node *node, const struct lab_interface *interface, json_t *selection)
{
	attachment_request_mac(interface, selection);
	attachment_request_addresses(node, interface, selection);
}

void attachment_bind_bridge(json_t *nic)
{
	json_object_set_new(nic, "bridge", json_object());
}
