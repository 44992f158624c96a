/* The topology for programs. */
#include "render/topology/topology.h"

#include "base/json.h"

static json_t *end_build(const struct topology_lab *lab, const struct topology_end *end)
{
	json_t *addresses = json_array();
	json_t *value = json_pack("{s:s, s:s, s:s, s:o}", "node", lab->nodes[end->node].name, "interface",
				  end->interface, "mac", end->mac, "addresses", addresses);

	for (size_t i = 0; i < end->address_count; i++)
		json_array_append_new(addresses, json_string(end->addresses[i]));
	return value;
}

static json_t *link_build(const struct topology_lab *lab, const struct topology_link *link)
{
	json_t *ends = json_array();
	json_t *value = json_pack("{s:s, s:o}", "name", link->name, "ends", ends);

	for (size_t i = 0; i < link->end_count; i++)
		json_array_append_new(ends, end_build(lab, &link->ends[i]));
	return value;
}

static json_t *lab_build(const struct topology_lab *lab)
{
	json_t *nodes = json_array(), *links = json_array();
	json_t *value = json_pack("{s:s, s:s, s:o, s:o}", "namespace", lab->namespace_name, "name", lab->name,
				  "nodes", nodes, "links", links);

	for (size_t i = 0; i < lab->node_count; i++)
		json_array_append_new(nodes, json_pack("{s:s, s:s}", "name", lab->nodes[i].name, "type",
						       lab->nodes[i].type == NODE_VM ? "vm" : "pod"));
	for (size_t i = 0; i < lab->link_count; i++)
		json_array_append_new(links, link_build(lab, &lab->links[i]));
	return value;
}

void topology_write_json(const struct topology *topology, struct buffer *out)
{
	json_t *labs = json_array();
	cleanup(json) json_t *value = json_pack("{s:o}", "labs", labs);
	cleanup(free) char *text = NULL;

	for (size_t i = 0; i < topology->count; i++)
		json_array_append_new(labs, lab_build(&topology->labs[i]));
	text = json_dumps(value, JSON_INDENT(2));
	buffer_append_text(out, text);
	buffer_append_char(out, '\n');
}
