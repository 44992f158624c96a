/* A flowchart in Mermaid's language, which GitHub, GitLab and others draw
 * within Markdown. Ids are made from numbers, since names could be words of
 * the language ("end"); what people read are quoted labels. */
#include "render/topology/topology.h"

#include <ctype.h>

/* All punctuation that means nothing in a label nor in the Markdown and HTML
 * that Mermaid takes labels for. */
static bool is_plain(unsigned char character)
{
	return character >= 0x80 || isalnum(character) || character == ' ' || character == '-' || character == '.' ||
	       character == '/' || character == ':' || character == '_';
}

/* Mermaid's own escape is "#35;": '#', the code point in decimal, ';'. */
static void text_write(const char *text, struct buffer *out)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
		if (is_plain(*at))
			buffer_append_char(out, (char)*at);
		else if (*at < ' ' || *at == 0x7f)
			buffer_append_char(out, '?');
		else
			buffer_format(out, "#%u;", *at);
	}
}

static void addresses_write(const struct topology_end *end, struct buffer *out)
{
	for (size_t i = 0; i < end->address_count; i++) {
		if (i > 0)
			buffer_append_text(out, "<br/>");
		text_write(end->addresses[i], out);
	}
}

static void node_write(size_t lab, size_t index, const struct topology_node *node, struct buffer *out)
{
	const char *open = node->type == NODE_VM ? "[" : "([";
	const char *close = node->type == NODE_VM ? "]" : "])";

	buffer_format(out, "    lab%zu_node%zu%s\"", lab, index, open);
	text_write(node->name, out);
	buffer_format(out, "\"%s\n", close);
}

/* One line with the name and, where they have addresses, one for each node. */
static void edge_write(size_t lab, const struct topology_lab *topology, const struct topology_link *link,
		       struct buffer *out)
{
	buffer_format(out, "    lab%zu_node%zu ---|\"", lab, link->ends[0].node);
	text_write(link->name, out);
	for (size_t i = 0; i < 2; i++) {
		const struct topology_end *end = &link->ends[i];

		if (end->address_count == 0)
			continue;
		buffer_append_text(out, "<br/>");
		text_write(topology->nodes[end->node].name, out);
		buffer_append_text(out, ": ");
		addresses_write(end, out);
	}
	buffer_format(out, "\"| lab%zu_node%zu\n", lab, link->ends[1].node);
}

static void segment_write(size_t lab, size_t index, const struct topology_link *link, struct buffer *out)
{
	buffer_format(out, "    lab%zu_link%zu((\"", lab, index);
	text_write(link->name, out);
	buffer_append_text(out, "\"))\n");
	for (size_t i = 0; i < link->end_count; i++) {
		buffer_format(out, "    lab%zu_node%zu ---", lab, link->ends[i].node);
		if (link->ends[i].address_count > 0) {
			buffer_append_text(out, "|\"");
			addresses_write(&link->ends[i], out);
			buffer_append_text(out, "\"|");
		}
		buffer_format(out, " lab%zu_link%zu\n", lab, index);
	}
}

static void lab_write(size_t index, const struct topology_lab *lab, struct buffer *out)
{
	buffer_format(out, "  subgraph lab%zu[\"", index);
	text_write(lab->namespace_name, out);
	buffer_append_char(out, '/');
	text_write(lab->name, out);
	buffer_append_text(out, "\"]\n");
	for (size_t i = 0; i < lab->node_count; i++)
		node_write(index, i, &lab->nodes[i], out);
	for (size_t i = 0; i < lab->link_count; i++) {
		if (topology_link_is_segment(&lab->links[i]))
			segment_write(index, i, &lab->links[i], out);
		else
			edge_write(index, lab, &lab->links[i], out);
	}
	buffer_append_text(out, "  end\n");
}

void topology_write_mermaid(const struct topology *topology, struct buffer *out)
{
	buffer_append_text(out, "flowchart LR\n");
	for (size_t i = 0; i < topology->count; i++)
		lab_write(i, &topology->labs[i], out);
}
