/* A flowchart in Mermaid's language, which GitHub, GitLab and others draw
 * within Markdown. Ids are made from numbers, since names could be words of
 * the language ("end"); what people read are quoted labels. */
#include <ctype.h>

#include "render/topology/facts.h"

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

/* Links can be named for their style by their number alone. */
struct flowchart {
	struct buffer *out;
	struct arena arena;
	struct buffer styled[TOPOLOGY_CHANGED + 1]; /* by change: the numbers of its links */
	size_t edges;
};

static void flowchart_deinit(struct flowchart *chart)
{
	arena_deinit(&chart->arena);
	for (size_t i = 0; i <= TOPOLOGY_CHANGED; i++)
		buffer_deinit(&chart->styled[i]);
}

static inline void flowchart_cleanup(struct flowchart *chart)
{
	flowchart_deinit(chart);
}

static void edge_count(struct flowchart *chart, enum topology_change change)
{
	if (change != TOPOLOGY_SAME)
		buffer_format(&chart->styled[change], "%s%zu", chart->styled[change].length ? "," : "", chart->edges);
	chart->edges++;
}

static void marked_write(enum topology_change change, const char *text, struct buffer *out)
{
	/* Escaped also where it need not be: "- " at the beginning makes a list in Mermaid's Markdown. */
	if (change != TOPOLOGY_SAME)
		buffer_format(out, "#%u; ", (unsigned char)topology_change_mark(change)[0]);
	text_write(text, out);
}

static void fact_write(const struct fact *fact, struct buffer *out)
{
	marked_write(fact->change, fact->change == TOPOLOGY_SAME ? fact->text : fact->text + 2, out);
}

static void facts_write(const struct facts *facts, struct buffer *out)
{
	for (size_t i = 0; i < facts->count; i++) {
		if (i > 0)
			buffer_append_text(out, "<br/>");
		fact_write(&facts->items[i], out);
	}
}

static void class_write(enum topology_change change, struct buffer *out)
{
	if (change != TOPOLOGY_SAME)
		buffer_format(out, ":::%s", topology_change_name(change));
	buffer_append_char(out, '\n');
}

static void node_write(struct flowchart *chart, size_t lab, size_t index, const struct topology_node *node)
{
	static const char *const brackets[][2] = {
		[NODE_VM] = { "[", "]" },
		[NODE_POD] = { "([", "])" },
		[NODE_SRL] = { "{{", "}}" },
		[NODE_MACHINE] = { "[", "]" },
	};

	buffer_format(chart->out, "    lab%zu_node%zu%s\"", lab, index, brackets[node->type][0]);
	marked_write(node->change, node->name, chart->out);
	if (node->was) {
		struct facts facts = facts_of_node(&chart->arena, node);

		buffer_append_text(chart->out, "<br/>");
		facts_write(&facts, chart->out);
	}
	buffer_format(chart->out, "\"%s", brackets[node->type][1]);
	class_write(node->change, chart->out);
}

/* The name and, a line each, what else there is to say. */
static void link_label_write(struct flowchart *chart, const struct topology_link *link)
{
	struct facts facts = facts_of_link(&chart->arena, link);

	marked_write(link->change, link->name, chart->out);
	if (facts.count)
		buffer_append_text(chart->out, "<br/>");
	facts_write(&facts, chart->out);
}

/* The interface and what else there is to say, a line each. */
static void end_label_write(struct flowchart *chart, const struct topology_link *link, const struct topology_end *end)
{
	struct facts facts = facts_of_end(&chart->arena, end);
	const char *interface = facts_interface(link, end);

	if (interface)
		text_write(interface, chart->out);
	if (interface && facts.count)
		buffer_append_text(chart->out, "<br/>");
	facts_write(&facts, chart->out);
}

static bool end_has_label(struct flowchart *chart, const struct topology_link *link, const struct topology_end *end)
{
	return facts_interface(link, end) || facts_of_end(&chart->arena, end).count > 0;
}

/* One line with the name and, where there is something to say of it, one for each node. */
static void edge_write(struct flowchart *chart, size_t lab, const struct topology_lab *topology,
		       const struct topology_link *link)
{
	struct buffer *out = chart->out;

	buffer_format(out, "    lab%zu_node%zu ---|\"", lab, link->ends[0].node);
	link_label_write(chart, link);
	for (size_t i = 0; i < 2; i++) {
		if (!end_has_label(chart, link, &link->ends[i]))
			continue;
		buffer_append_text(out, "<br/>");
		text_write(topology->nodes[link->ends[i].node].name, out);
		buffer_append_text(out, ": ");
		end_label_write(chart, link, &link->ends[i]);
	}
	buffer_format(out, "\"| lab%zu_node%zu\n", lab, link->ends[1].node);
	edge_count(chart, link->change);
}

static void segment_write(struct flowchart *chart, size_t lab, size_t index, const struct topology_link *link)
{
	struct buffer *out = chart->out;

	buffer_format(out, "    lab%zu_link%zu((\"", lab, index);
	link_label_write(chart, link);
	buffer_append_text(out, "\"))");
	class_write(link->change, out);
	for (size_t i = 0; i < link->end_count; i++) {
		buffer_format(out, "    lab%zu_node%zu ---", lab, link->ends[i].node);
		if (end_has_label(chart, link, &link->ends[i])) {
			buffer_append_text(out, "|\"");
			end_label_write(chart, link, &link->ends[i]);
			buffer_append_text(out, "\"|");
		}
		buffer_format(out, " lab%zu_link%zu\n", lab, index);
		edge_count(chart, link->ends[i].change);
	}
}

static void lab_write(struct flowchart *chart, size_t index, const struct topology_lab *lab)
{
	struct buffer *out = chart->out;

	buffer_format(out, "  subgraph lab%zu[\"", index);
	marked_write(lab->change, lab->namespace_name, out);
	buffer_append_char(out, '/');
	text_write(lab->name, out);
	buffer_append_text(out, "\"]\n");
	for (size_t i = 0; i < lab->node_count; i++)
		node_write(chart, index, i, &lab->nodes[i]);
	for (size_t i = 0; i < lab->link_count; i++) {
		if (topology_link_is_segment(&lab->links[i]))
			segment_write(chart, index, i, &lab->links[i]);
		else
			edge_write(chart, index, lab, &lab->links[i]);
	}
	buffer_append_text(out, "  end\n");
}

/* Colours that can be read on a light and a dark page alike: each brings its own ground. */
static void styles_write(const struct flowchart *chart)
{
	static const struct style {
		enum topology_change change;
		const char *node, *edge;
	} styles[] = {
		{ TOPOLOGY_ADDED, "fill:#dafbe1,stroke:#1a7f37,color:#116329,stroke-width:2px",
		  "stroke:#1a7f37,stroke-width:2px" },
		{ TOPOLOGY_REMOVED, "fill:#ffebe9,stroke:#cf222e,color:#a40e26,stroke-width:2px,stroke-dasharray:6 4",
		  "stroke:#cf222e,stroke-width:2px,stroke-dasharray:6 4" },
		{ TOPOLOGY_CHANGED, "fill:#fff8c5,stroke:#9a6700,color:#7d4e00,stroke-width:2px",
		  "stroke:#9a6700,stroke-width:2px" },
	};

	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		const struct buffer *edges = &chart->styled[styles[i].change];

		buffer_format(chart->out, "  classDef %s %s\n", topology_change_name(styles[i].change),
			      styles[i].node);
		if (edges->length)
			buffer_format(chart->out, "  linkStyle %s %s\n", buffer_text(edges), styles[i].edge);
	}
}

void topology_write_mermaid(const struct topology *topology, struct buffer *out)
{
	cleanup(flowchart) struct flowchart chart = { .out = out, .arena = ARENA_INIT };

	buffer_append_text(out, "flowchart LR\n");
	for (size_t i = 0; i < topology->count; i++)
		lab_write(&chart, i, &topology->labs[i]);
	if (topology->compared)
		styles_write(&chart);
}
