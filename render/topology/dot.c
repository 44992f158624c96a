/* A graph in Graphviz' language. Ids are "node NAMESPACE/LAB/NODE" and "link
 * NAMESPACE/LAB/LINK", since a node and a link may share their name. */
#include "render/topology/facts.h"

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

/* One below the other, after what is there. */
static void facts_write(const struct facts *facts, struct buffer *out)
{
	for (size_t i = 0; i < facts->count; i++) {
		if (i > 0)
			buffer_append_text(out, "\\n");
		text_write(facts->items[i].text, out);
	}
}

static void end_label_write(struct arena *arena, const char *name, const struct topology_link *link,
			    const struct topology_end *end, struct buffer *out)
{
	struct facts facts = facts_of_end(arena, end);
	const char *interface = facts_interface(link, end);

	if (facts.count == 0 && interface == NULL)
		return;
	buffer_format(out, ", %s=\"", name);
	if (interface)
		text_write(interface, out);
	if (interface && facts.count)
		buffer_append_text(out, "\\n");
	facts_write(&facts, out);
	buffer_append_char(out, '"');
}

static void link_label_write(struct arena *arena, const char *attribute, const struct topology_link *link,
			     struct buffer *out)
{
	struct facts facts = facts_of_link(arena, link);

	buffer_format(out, "%s=\"%s", attribute, topology_change_mark(link->change));
	text_write(link->name, out);
	buffer_append_text(out, facts.count ? "\\n" : "");
	facts_write(&facts, out);
	buffer_append_char(out, '"');
}

static void change_write(enum topology_change change, struct buffer *out)
{
	static const char *const attributes[] = {
		[TOPOLOGY_SAME] = "",
		[TOPOLOGY_ADDED] = ", color=\"#1a7f37\", fontcolor=\"#116329\", penwidth=2",
		[TOPOLOGY_REMOVED] = ", color=\"#cf222e\", fontcolor=\"#a40e26\", penwidth=2, style=dashed",
		[TOPOLOGY_CHANGED] = ", color=\"#9a6700\", fontcolor=\"#7d4e00\", penwidth=2",
	};

	buffer_append_text(out, attributes[change]);
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

static void node_write(struct arena *arena, const struct topology_lab *lab, const struct topology_node *node,
		       struct buffer *out)
{
	static const char *const shapes[] = {
		[NODE_VM] = "box", [NODE_POD] = "ellipse", [NODE_SRL] = "hexagon", [NODE_MACHINE] = "box"
	};

	buffer_append_text(out, "    ");
	id_write("node", lab, node->name, out);
	buffer_format(out, " [label=\"%s", topology_change_mark(node->change));
	text_write(node->name, out);
	if (node->was) {
		struct facts facts = facts_of_node(arena, node);

		buffer_append_text(out, "\\n");
		facts_write(&facts, out);
	}
	buffer_format(out, "\", shape=%s", shapes[node->type]);
	change_write(node->change, out);
	buffer_append_text(out, "];\n");
}

static void edge_write(struct arena *arena, const struct topology_lab *lab, const struct topology_link *link,
		       struct buffer *out)
{
	buffer_append_text(out, "    ");
	id_write("node", lab, lab->nodes[link->ends[0].node].name, out);
	buffer_append_text(out, " -- ");
	id_write("node", lab, lab->nodes[link->ends[1].node].name, out);
	buffer_append_text(out, " [");
	link_label_write(arena, "label", link, out);
	end_label_write(arena, "taillabel", link, &link->ends[0], out);
	end_label_write(arena, "headlabel", link, &link->ends[1], out);
	change_write(link->change, out);
	buffer_append_text(out, "];\n");
}

static void segment_write(struct arena *arena, const struct topology_lab *lab, const struct topology_link *link,
			  struct buffer *out)
{
	buffer_append_text(out, "    ");
	id_write("link", lab, link->name, out);
	buffer_append_text(out, " [");
	link_label_write(arena, "xlabel", link, out);
	buffer_append_text(out, ", shape=point, width=0.12");
	change_write(link->change, out);
	buffer_append_text(out, "];\n");
	for (size_t i = 0; i < link->end_count; i++) {
		buffer_append_text(out, "    ");
		id_write("node", lab, lab->nodes[link->ends[i].node].name, out);
		buffer_append_text(out, " -- ");
		id_write("link", lab, link->name, out);
		buffer_append_text(out, " [label=\"\"");
		end_label_write(arena, "taillabel", link, &link->ends[i], out);
		change_write(link->ends[i].change, out);
		buffer_append_text(out, "];\n");
	}
}

static void lab_write(struct arena *arena, size_t index, const struct topology_lab *lab, struct buffer *out)
{
	buffer_format(out, "  subgraph \"cluster_%zu\" {\n    label=\"%s", index, topology_change_mark(lab->change));
	text_write(lab->namespace_name, out);
	buffer_append_char(out, '/');
	text_write(lab->name, out);
	buffer_append_text(out, "\";\n");
	for (size_t i = 0; i < lab->node_count; i++)
		node_write(arena, lab, &lab->nodes[i], out);
	for (size_t i = 0; i < lab->link_count; i++) {
		if (topology_link_is_segment(&lab->links[i]))
			segment_write(arena, lab, &lab->links[i], out);
		else
			edge_write(arena, lab, &lab->links[i], out);
	}
	buffer_append_text(out, "  }\n");
}

/* Without room between the ranks, the addresses at both ends of a short edge
 * would lie over each other. */
void topology_write_dot(const struct topology *topology, struct buffer *out)
{
	cleanup(arena) struct arena arena = ARENA_INIT;

	buffer_append_text(out, "graph {\n"
				"  graph [rankdir=LR, ranksep=2, nodesep=0.6];\n"
				"  node [fontname=\"sans-serif\"];\n"
				"  edge [fontname=\"sans-serif\", fontsize=10];\n");
	for (size_t i = 0; i < topology->count; i++)
		lab_write(&arena, i, &topology->labs[i], out);
	buffer_append_text(out, "}\n");
}
