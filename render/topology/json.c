/* The topology for programs. Of two revisions, each member says its "change",
 * and what changed has "was", with what it was before. */
#include "base/json.h"
#include "render/topology/topology.h"

enum comparison { COMPARED_NOT, COMPARED };

static void change_set(json_t *value, enum comparison comparison, enum topology_change change)
{
	if (comparison == COMPARED)
		json_set_text(value, "change", topology_change_name(change));
}

static void number_set(json_t *value, const char *key, int64_t number)
{
	if (number)
		json_object_set_new(value, key, json_integer(number));
}

static json_t *node_facts_build(const struct topology_node *node)
{
	json_t *value = json_pack("{s:s}", "type", topology_node_type_name(node->type));

	json_set_text(value, "image", node->image);
	return value;
}

static json_t *node_build(const struct topology_node *node, enum comparison comparison)
{
	json_t *value = json_pack("{s:s}", "name", node->name);
	cleanup(json) json_t *facts = node_facts_build(node);

	json_object_update(value, facts);
	change_set(value, comparison, node->change);
	if (node->was)
		json_object_set_new(value, "was", node_facts_build(node->was));
	return value;
}

static json_t *end_facts_build(const struct topology_end *end)
{
	json_t *addresses = json_array(), *gateways = json_array();
	json_t *value =
		json_pack("{s:s, s:s, s:o}", "interface", end->interface, "mac", end->mac, "addresses", addresses);

	for (size_t i = 0; i < end->address_count; i++)
		json_array_append_new(addresses, json_string(end->addresses[i]));
	for (size_t i = 0; i < 2; i++)
		if (end->gateway[i])
			json_array_append_new(gateways, json_string(end->gateway[i]));
	if (json_array_size(gateways))
		json_object_set(value, "gateways", gateways);
	json_decref(gateways);
	number_set(value, "vlan", end->vlan);
	return value;
}

static json_t *end_build(const struct topology_lab *lab, const struct topology_end *end, enum comparison comparison)
{
	json_t *value = json_pack("{s:s}", "node", lab->nodes[end->node].name);
	cleanup(json) json_t *facts = end_facts_build(end);

	json_object_update(value, facts);
	change_set(value, comparison, end->change);
	if (end->was)
		json_object_set_new(value, "was", end_facts_build(end->was));
	return value;
}

static json_t *link_facts_build(const struct topology_link *link)
{
	json_t *value = json_pack("{s:s}", "driver", topology_driver_name(link->driver));

	json_set_text(value, "detail", link->detail);
	number_set(value, "mtu", link->mtu);
	return value;
}

static json_t *link_build(const struct topology_lab *lab, const struct topology_link *link,
			  enum comparison comparison)
{
	json_t *ends = json_array(), *value = json_pack("{s:s}", "name", link->name);
	cleanup(json) json_t *facts = link_facts_build(link);

	json_object_update(value, facts);
	change_set(value, comparison, link->change);
	if (link->was)
		json_object_set_new(value, "was", link_facts_build(link->was));
	json_object_set_new(value, "ends", ends);
	for (size_t i = 0; i < link->end_count; i++)
		json_array_append_new(ends, end_build(lab, &link->ends[i], comparison));
	return value;
}

static json_t *lab_build(const struct topology_lab *lab, enum comparison comparison)
{
	json_t *nodes = json_array(), *links = json_array();
	json_t *value = json_pack("{s:s, s:s}", "namespace", lab->namespace_name, "name", lab->name);

	change_set(value, comparison, lab->change);
	json_object_set_new(value, "nodes", nodes);
	json_object_set_new(value, "links", links);
	for (size_t i = 0; i < lab->node_count; i++)
		json_array_append_new(nodes, node_build(&lab->nodes[i], comparison));
	for (size_t i = 0; i < lab->link_count; i++)
		json_array_append_new(links, link_build(lab, &lab->links[i], comparison));
	return value;
}

void topology_write_json(const struct topology *topology, struct buffer *out)
{
	json_t *labs = json_array();
	cleanup(json) json_t *value = json_pack("{s:o}", "labs", labs);
	cleanup(free) char *text = NULL;

	for (size_t i = 0; i < topology->count; i++)
		json_array_append_new(labs,
				      lab_build(&topology->labs[i], topology->compared ? COMPARED : COMPARED_NOT));
	text = json_dumps(value, JSON_INDENT(2));
	buffer_append_text(out, text);
	buffer_append_char(out, '\n');
}
