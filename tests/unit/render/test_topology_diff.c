/* Two revisions of labs side by side. */
#include "base/json.h"
#include "base/text.h"
#include "tests/unit/render/graph_check.h"

#define LAB(nodes, links) GRAPH_LAB("l") "spec:\n  nodes: {" nodes "}\n  links: {" links "}\n"
#define R1_R2 "r1: " GRAPH_VM ", r2: " GRAPH_VM
#define LINK(name, more)                                                                                             \
	name ": {nodes: [{node: r1, addrs: [10.0.0.1/24]}, {node: r2, addrs: [10.0.0.2/24]}]" more "}"
#define BOTH LAB(R1_R2, LINK("a", ""))

/* What came out, one thing a line: "node r1 same", "end a/r1 changed". */
static void changes_write(const struct topology *topology, struct buffer *out)
{
	for (size_t i = 0; i < topology->count; i++) {
		const struct topology_lab *lab = &topology->labs[i];

		buffer_format(out, "lab %s %s\n", lab->name, topology_change_name(lab->change));
		for (size_t j = 0; j < lab->node_count; j++)
			buffer_format(out, "node %s %s\n", lab->nodes[j].name,
				      topology_change_name(lab->nodes[j].change));
		for (size_t j = 0; j < lab->link_count; j++) {
			const struct topology_link *link = &lab->links[j];

			buffer_format(out, "link %s %s\n", link->name, topology_change_name(link->change));
			for (size_t k = 0; k < link->end_count; k++)
				buffer_format(out, "end %s/%s %s\n", link->name, lab->nodes[link->ends[k].node].name,
					      topology_change_name(link->ends[k].change));
		}
	}
}

static const struct {
	const char *name, *before, *after, *expected;
} cases[] = {
	{ "nothing changed", BOTH, BOTH,
	  "lab l same\nnode r1 same\nnode r2 same\nlink a same\nend a/r1 same\nend a/r2 same\n" },
	{ "a lab was added", "# none\n", BOTH,
	  "lab l added\nnode r1 added\nnode r2 added\nlink a added\nend a/r1 added\nend a/r2 added\n" },
	{ "a lab was removed", BOTH, "# none\n",
	  "lab l removed\nnode r1 removed\nnode r2 removed\nlink a removed\nend a/r1 removed\nend a/r2 removed\n" },
	{ "a node was added before and behind the others", BOTH,
	  LAB("a: " GRAPH_POD ", " R1_R2 ", z: " GRAPH_POD, LINK("a", "")),
	  "lab l changed\nnode a added\nnode r1 same\nnode r2 same\nnode z added\n"
	  "link a same\nend a/r1 same\nend a/r2 same\n" },
	{ "another type", LAB("s1: " GRAPH_VM, ""), LAB("s1: " GRAPH_POD, ""), "lab l changed\nnode s1 changed\n" },
	{ "another image", LAB("s1: " GRAPH_POD, ""), LAB("s1: {pod: {image: b}}", ""),
	  "lab l changed\nnode s1 changed\n" },
	{ "a link was added and one removed", LAB(R1_R2, LINK("a", "")), LAB(R1_R2, LINK("b", "")),
	  "lab l changed\nnode r1 same\nnode r2 same\nlink a removed\nend a/r1 removed\nend a/r2 removed\n"
	  "link b added\nend b/r1 added\nend b/r2 added\n" },
	{ "another address", BOTH,
	  LAB(R1_R2, "a: {nodes: [{node: r1, addrs: [10.0.0.9/24]}, {node: r2, addrs: [10.0.0.2/24]}]}"),
	  "lab l changed\nnode r1 same\nnode r2 same\nlink a changed\nend a/r1 changed\nend a/r2 same\n" },
	{ "another node at the end", LAB(R1_R2 ", z: " GRAPH_VM, LINK("a", "")),
	  LAB(R1_R2 ", z: " GRAPH_VM, "a: {nodes: [{node: r1, addrs: [10.0.0.1/24]}, {node: z}]}"),
	  "lab l changed\nnode r1 same\nnode r2 same\nnode z same\n"
	  "link a changed\nend a/r1 same\nend a/z added\nend a/r2 removed\n" },
	{ "the second end of a node went", LAB("r1: " GRAPH_VM, "a: {nodes: [{node: r1}, {node: r1}, {node: r1}]}"),
	  LAB("r1: " GRAPH_VM, "a: {nodes: [{node: r1}, {node: r1}]}"),
	  "lab l changed\nnode r1 same\nlink a changed\nend a/r1 same\nend a/r1 same\nend a/r1 removed\n" },
	{ "before it could not be read", LAB("s1: {pod: {imgae: a}}", ""), LAB("s1: " GRAPH_POD, ""),
	  "lab l same\nnode s1 same\n" },
	{ "now it cannot be read", LAB("s1: " GRAPH_POD, ""), LAB("s1: {pod: {imgae: a}}", ""), "" },
	{ "now a whole file cannot be read", LAB("s1: " GRAPH_POD, ""), "a: [\n", "" },
};

START_TEST(each_change_is_named)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(graph_reading) struct graph_reading before;
		cleanup(graph_reading) struct graph_reading after;
		cleanup(topology) struct topology topology;
		cleanup(buffer) struct buffer out = BUFFER_INIT;

		graph_reading_init(&before, cases[i].before);
		graph_reading_init(&after, cases[i].after);
		topology_diff(&topology, &before.topology, &after.topology);
		ck_assert(topology.compared);
		changes_write(&topology, &out);
		ck_assert_msg(text_equal(buffer_text(&out), cases[i].expected), "%s: expected\n%sgot\n%s",
			      cases[i].name, cases[i].expected, buffer_text(&out));
	}
}
END_TEST

static const char before_text[] =
	LAB("r1: " GRAPH_VM ", r2: " GRAPH_VM ", old: " GRAPH_POD ", s1: {pod: {image: 'nginx:1'}}",
	    LINK("a", "") ", gone: {nodes: [{node: r1}, {node: old}]}");
static const char after_text[] =
	LAB("r1: " GRAPH_VM ", r2: " GRAPH_VM ", new: " GRAPH_POD ", s1: {pod: {image: 'nginx:2'}}",
	    "a: {nodes: [{node: r1, addrs: [10.0.0.9/24]}, {node: r2, addrs: [10.0.0.2/24]}]},"
	    " come: {nodes: [{node: r1}, {node: r2}, {node: new}]}");

static const struct {
	const char *name;
	void (*write)(const struct topology *topology, struct buffer *out);
	const char *parts[12]; /* each is somewhere in the text */
} pictures[] = {
	{ "mermaid",
	  topology_write_mermaid,
	  { "lab0[\"#126; labs/l\"]", "([\"#126; s1<br/>#45; nginx:1<br/>#43; nginx:2<br/>pod\"]):::changed\n",
	    "([\"#43; new\"]):::added\n", "([\"#45; old\"]):::removed\n",
	    "|\"#126; a<br/>r1: #45; 10.0.0.1/24<br/>#43; 10.0.0.9/24<br/>r2: 10.0.0.2/24\"|",
	    "((\"#43; come\")):::added\n", "  classDef added fill:#dafbe1,", "  linkStyle 1,2,3 stroke:#1a7f37,",
	    "  linkStyle 4 stroke:#cf222e,stroke-width:2px,stroke-dasharray", "  linkStyle 0 stroke:#9a6700," } },
	{ "dot",
	  topology_write_dot,
	  { "label=\"~ labs/l\"", "[label=\"~ s1\\n- nginx:1\\n+ nginx:2\\npod\", shape=ellipse, color=\"#9a6700\"",
	    "[label=\"+ new\", shape=ellipse, color=\"#1a7f37\"",
	    "[label=\"- old\", shape=ellipse, color=\"#cf222e\"", "style=dashed]",
	    "[label=\"~ a\", taillabel=\"- 10.0.0.1/24\\n+ 10.0.0.9/24\", headlabel=\"10.0.0.2/24\"",
	    "[xlabel=\"+ come\", shape=point, width=0.12, color=\"#1a7f37\"" } },
	{ "svg",
	  topology_write_svg,
	  { "class=\"box pod added\"", "class=\"box pod removed\"", "class=\"box pod changed\"",
	    "class=\"line removed\"", "class=\"line added\"", "class=\"line changed\"", "class=\"segment added\"",
	    ">- 10.0.0.1/24</text>", ">+ 10.0.0.9/24</text>", "class=\"legend removed\"", ">~ s1</text>",
	    "stroke-dasharray" } },
};

static void diff_write(void (*write)(const struct topology *topology, struct buffer *out), struct buffer *out)
{
	cleanup(graph_reading) struct graph_reading before;
	cleanup(graph_reading) struct graph_reading after;
	cleanup(topology) struct topology topology;

	graph_reading_init(&before, before_text);
	graph_reading_init(&after, after_text);
	ck_assert_uint_eq(before.topology.count, 1);
	ck_assert_uint_eq(after.topology.count, 1);
	topology_diff(&topology, &before.topology, &after.topology);
	write(&topology, out);
}

START_TEST(each_format_shows_the_changes)
{
	for (size_t i = 0; i < ARRAY_SIZE(pictures); i++) {
		cleanup(buffer) struct buffer out = BUFFER_INIT;

		diff_write(pictures[i].write, &out);
		for (const char *const *part = pictures[i].parts; part < pictures[i].parts + 12 && *part; part++)
			ck_assert_msg(strstr(buffer_text(&out), *part), "%s: no\n%s\nin\n%s", pictures[i].name, *part,
				      buffer_text(&out));
	}
}
END_TEST

static const json_t *named(const json_t *list, const char *name)
{
	size_t i;
	json_t *item;

	json_array_foreach (list, i, item)
		if (text_equal(json_text_at(item, "name", NULL), name))
			return item;
	ck_abort_msg("there is no %s", name);
	return NULL;
}

START_TEST(json_says_what_was)
{
	cleanup(buffer) struct buffer out = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(json) json_t *value = NULL;
	const json_t *lab, *nodes, *link, *end;

	diff_write(topology_write_json, &out);
	value = json_new_from_text(out.data, out.length, "the topology", &err);
	ck_assert_msg(value != NULL, "%s", err.message);
	lab = json_array_get(json_at(value, "labs", NULL), 0);
	nodes = json_at(lab, "nodes", NULL);
	link = named(json_at(lab, "links", NULL), "a");
	end = json_array_get(json_at(link, "ends", NULL), 0);
	ck_assert_str_eq(json_text_at(lab, "change", NULL), "changed");
	ck_assert_str_eq(json_text_at(named(nodes, "new"), "change", NULL), "added");
	ck_assert_str_eq(json_text_at(named(nodes, "old"), "change", NULL), "removed");
	ck_assert_str_eq(json_text_at(named(nodes, "r1"), "change", NULL), "same");
	ck_assert_str_eq(json_text_at(named(nodes, "s1"), "image", NULL), "nginx:2");
	ck_assert_str_eq(json_text_at(named(nodes, "s1"), "was", "image", NULL), "nginx:1");
	ck_assert_ptr_null(json_at(named(nodes, "new"), "was", NULL));
	ck_assert_str_eq(json_text_at(link, "change", NULL), "changed");
	ck_assert_str_eq(json_text_at(end, "change", NULL), "changed");
	ck_assert_str_eq(json_string_value(json_array_get(json_at(end, "addresses", NULL), 0)), "10.0.0.9/24");
	ck_assert_str_eq(json_string_value(json_array_get(json_at(end, "was", "addresses", NULL), 0)), "10.0.0.1/24");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { each_change_is_named, each_format_shows_the_changes, json_says_what_was };

	return suite_run("topology diff", tests, ARRAY_SIZE(tests));
}
