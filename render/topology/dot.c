/* A graph in Graphviz' language. Ids are "node NAMESPACE/LAB/NODE" and "link
 * NAMESPACE/LAB/LINK", since a node and a link may share their name. */
#include "render/topology/topology.h"

/* Within quotes Graphviz knows \" alone, but takes \N and &lt; in a label for
 * more than they look. */
static void text_write(const char *text, struct buffer *out)
{
	for (const char *at = text; *at; at++) {
		if (*at == '"' || *at == '\\')
			buffer_format(out, "\\%c", *at);
		else if (*at == '&')
			buffer_append_text(out, "&amp;");
		else if ((unsigned char)*at < ' ' || *at == 0x7f)
			buffer_append_char(out, '?');
		else
			buffer_append_char(out, *at);
	}
}

static void attribute_write(const char *name, const char *text, struct buffer *out)
{
	buffer_format(out, "%s=\"", name);
	text_write(text, out);
	buffer_append_char(out, '"');
}

static void addresses_write(const char *name, const struct topology_end *end, struct buffer *out)
{
	if (end->address_count == 0)
		return;
	buffer_format(out, ", %s=\"", name);
	for (size_t i = 0; i < end->address_count; i++) {
		if (i > 0)
			buffer_append_text(out, "\\n");
		text_write(end->addresses[i], out);
	}
	buffer_append_char(out, '"');
}

static void id_write(const char *kind, const struct topology_lab *lab, const char *name, struct buffer *out)
{
	buffer_format(out, "\"%s ", kind);
	text_write(lab->namespace_name, out);
	buffer_append_char(out, '/');
	text_write(lab->name, out);
	buffer_append_char(out, '/');
	text_write(name, out);
	buffer_append_char(out, '"');
}

static void node_write(const struct topology_lab *lab, const struct topology_node *node, struct buffer *out)
{
	buffer_append_text(out, "    ");
	id_write("node", lab, node->name, out);
	buffer_append_text(out, " [");
	attribute_write("label", node->name, out);
	buffer_format(out, ", shape=%s];\n", node->type == NODE_VM ? "box" : "ellipse");
}

static void edge_write(const struct topology_lab *lab, const struct topology_link *link, struct buffer *out)
{
	buffer_append_text(out, "    ");
	id_write("node", lab, lab->nodes[link->ends[0].node].name, out);
	buffer_append_text(out, " -- ");
	id_write("node", lab, lab->nodes[link->ends[1].node].name, out);
	buffer_append_text(out, " [");
	attribute_write("label", link->name, out);
	addresses_write("taillabel", &link->ends[0], out);
	addresses_write("headlabel", &link->ends[1], out);
	buffer_append_text(out, "];\n");
}

static void segment_write(const struct topology_lab *lab, const struct topology_link *link, struct buffer *out)
{
	buffer_append_text(out, "    ");
	id_write("link", lab, link->name, out);
	buffer_append_text(out, " [");
	attribute_write("xlabel", link->name, out);
	buffer_append_text(out, ", shape=point, width=0.12];\n");
	for (size_t i = 0; i < link->end_count; i++) {
		buffer_append_text(out, "    ");
		id_write("node", lab, lab->nodes[link->ends[i].node].name, out);
		buffer_append_text(out, " -- ");
		id_write("link", lab, link->name, out);
		buffer_append_text(out, " [label=\"\"");
		addresses_write("taillabel", &link->ends[i], out);
		buffer_append_text(out, "];\n");
	}
}

static void lab_write(size_t index, const struct topology_lab *lab, struct buffer *out)
{
	buffer_format(out, "  subgraph \"cluster_%zu\" {\n    label=\"", index);
	text_write(lab->namespace_name, out);
	buffer_append_char(out, '/');
	text_write(lab->name, out);
	buffer_append_text(out, "\";\n");
	for (size_t i = 0; i < lab->node_count; i++)
		node_write(lab, &lab->nodes[i], out);
	for (size_t i = 0; i < lab->link_count; i++) {
		if (topology_link_is_segment(&lab->links[i]))
			segment_write(lab, &lab->links[i], out);
		else
			edge_write(lab, &lab->links[i], out);
	}
	buffer_append_text(out, "  }\n");
}

/* Without room between the ranks, the addresses at both ends of a short edge
 * would lie over each other. */
void topology_write_dot(const struct topology *topology, struct buffer *out)
{
	buffer_append_text(out, "graph {\n"
				"  graph [rankdir=LR, ranksep=2, nodesep=0.6];\n"
				"  node [fontname=\"sans-serif\"];\n"
				"  edge [fontname=\"sans-serif\", fontsize=10];\n");
	for (size_t i = 0; i < topology->count; i++)
		lab_write(i, &topology->labs[i], out);
	buffer_append_text(out, "}\n");
}
