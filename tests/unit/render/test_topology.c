/* The topology as text for Mermaid, Graphviz and programs. */
#include "render/topology/topology.h"

#include "base/json.h"
#include "tests/unit/render/graph_check.h"

static const char *const triangle =
	GRAPH_LAB("triangle") "spec:\n  nodes: {r1: " GRAPH_VM ", r2: " GRAPH_VM ", p: " GRAPH_POD "}\n"
			      "  links:\n"
			      "    a: {nodes: [{node: r2, addrs: [10.0.1.2/24]}, {node: r1, addrs: [10.0.1.1/24]}]}\n"
			      "    b: {nodes: [{node: r1, addrs: [10.0.2.1/24, 'fd00::1/64']}, {node: p}]}\n"
			      "    c: {nodes: [{node: p}, {node: r2}]}\n";
static const char *const segment =
	GRAPH_LAB("segment") "spec:\n  nodes: {r1: " GRAPH_VM ", r2: " GRAPH_VM ", p: " GRAPH_POD "}\n"
			     "  links:\n"
			     "    lan: {nodes: [{node: r2, addrs: [10.0.1.2/24]}, {node: p}, {node: r1}]}\n";
static const char *const loop =
	GRAPH_LAB("loop") "spec:\n  nodes: {r1: " GRAPH_VM "}\n"
			  "  links:\n"
			  "    self: {nodes: [{node: r1, addrs: [10.0.1.2/24]}, {node: r1}]}\n";
static const char *const ports =
	GRAPH_LAB("ports") "spec:\n  nodes: {s: {srl: {image: a}}, p: " GRAPH_POD "}\n"
			   "  links:\n"
			   "    a: {nodes: [{node: s}, {node: p, port: 'up\"0', addrs: [10.0.0.1/24]}]}\n";
static const char *const two_labs = GRAPH_LAB("b") "spec: {nodes: {p: " GRAPH_POD
						   "}}\n---\n" GRAPH_LAB("a") "spec: {nodes: {p: " GRAPH_POD "}}\n";
static const char *const one_is_bad =
	GRAPH_LAB("bad") "spec: {nodes: {p: {pod: {imgae: a}}}}\n---\n" GRAPH_LAB("a") "spec: {nodes: {p: " GRAPH_POD
										       "}}\n";

/* A lab that has only objects, and one whose link has more ends in another. */
static const char *const joined =
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: bare, namespace: labs}\nspec: {disks: [{name: "
	"d, size: "
	"1Gi}]}\n---\n"
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: core, namespace: labs}\nspec:\n"
	"  nodes: {p: " GRAPH_POD ", q: " GRAPH_POD "}\n  links: {lan: {nodes: [{node: p}, {node: q}]}}\n---\n"
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: edge, namespace: labs}\nspec:\n  nodes:\n    "
	"m: "
	"{virtualMachine: "
	"{spec: {running: true, template: {spec: {domain: {memory: {guest: 1Gi}, devices: {autoattachPodInterface: "
	"false}}, "
	"volumes: [{name: r, containerDisk: {image: 'debian:12'}}]}}}}}\n    o: " GRAPH_POD "\n"
	"  links: {up: {join: core/lan, nodes: [{node: m}, {node: o}]}}\n";

#define DOT_HEAD                                                                                                     \
	"graph {\n  graph [rankdir=LR, ranksep=2, nodesep=0.6];\n  node [fontname=\"sans-serif\"];\n"                \
	"  edge [fontname=\"sans-serif\", fontsize=10];\n"

static const struct text_case {
	const char *name;
	const char *const *lab;
	void (*write)(const struct topology *topology, struct buffer *out);
	const char *expected;
} cases[] = {
	{ "mermaid, triangle", &triangle, topology_write_mermaid,
	  "flowchart LR\n"
	  "  subgraph lab0[\"labs/triangle\"]\n"
	  "    lab0_node0([\"p\"])\n"
	  "    lab0_node1[\"r1\"]\n"
	  "    lab0_node2[\"r2\"]\n"
	  "    lab0_node2 ---|\"a<br/>r2: 10.0.1.2/24<br/>r1: 10.0.1.1/24\"| lab0_node1\n"
	  "    lab0_node1 ---|\"b<br/>r1: 10.0.2.1/24<br/>fd00::1/64\"| lab0_node0\n"
	  "    lab0_node0 ---|\"c\"| lab0_node2\n"
	  "  end\n" },
	{ "mermaid, segment of three", &segment, topology_write_mermaid,
	  "flowchart LR\n"
	  "  subgraph lab0[\"labs/segment\"]\n"
	  "    lab0_node0([\"p\"])\n"
	  "    lab0_node1[\"r1\"]\n"
	  "    lab0_node2[\"r2\"]\n"
	  "    lab0_link0((\"lan\"))\n"
	  "    lab0_node2 ---|\"10.0.1.2/24\"| lab0_link0\n"
	  "    lab0_node0 --- lab0_link0\n"
	  "    lab0_node1 --- lab0_link0\n"
	  "  end\n" },
	{ "mermaid, node twice", &loop, topology_write_mermaid,
	  "flowchart LR\n"
	  "  subgraph lab0[\"labs/loop\"]\n"
	  "    lab0_node0[\"r1\"]\n"
	  "    lab0_link0((\"self\"))\n"
	  "    lab0_node0 ---|\"10.0.1.2/24\"| lab0_link0\n"
	  "    lab0_node0 ---|\"self-2\"| lab0_link0\n"
	  "  end\n" },
	{ "mermaid, a joined link", &joined, topology_write_mermaid,
	  "flowchart LR\n"
	  "  subgraph lab0[\"labs/bare\"]\n"
	  "  end\n"
	  "  subgraph lab1[\"labs/core\"]\n"
	  "    lab1_node0([\"p\"])\n"
	  "    lab1_node1([\"q\"])\n"
	  "    lab1_node0 ---|\"lan\"| lab1_node1\n"
	  "  end\n"
	  "  subgraph lab2[\"labs/edge\"]\n"
	  "    lab2_node0[\"m\"]\n"
	  "    lab2_node1([\"o\"])\n"
	  "    lab2_link0((\"up<br/>bridge joined to core/lan\"))\n"
	  "    lab2_node0 --- lab2_link0\n"
	  "    lab2_node1 --- lab2_link0\n"
	  "  end\n" },
	{ "mermaid, ports", &ports, topology_write_mermaid,
	  "flowchart LR\n"
	  "  subgraph lab0[\"labs/ports\"]\n"
	  "    lab0_node0([\"p\"])\n"
	  "    lab0_node1{{\"s\"}}\n"
	  "    lab0_node1 ---|\"a<br/>s: e1-1<br/>p: up#34;0<br/>10.0.0.1/24\"| lab0_node0\n"
	  "  end\n" },
	{ "dot, ports", &ports, topology_write_dot,
	  DOT_HEAD "  subgraph \"cluster_0\" {\n"
		   "    label=\"labs/ports\";\n"
		   "    \"node labs/ports/p\" [label=\"p\", shape=ellipse];\n"
		   "    \"node labs/ports/s\" [label=\"s\", shape=hexagon];\n"
		   "    \"node labs/ports/s\" -- \"node labs/ports/p\" [label=\"a\", taillabel=\"e1-1\", "
		   "headlabel=\"up\\\"0\\n10.0.0.1/24\"];\n"
		   "  }\n}\n" },
	{ "mermaid, two labs", &two_labs, topology_write_mermaid,
	  "flowchart LR\n"
	  "  subgraph lab0[\"labs/a\"]\n    lab0_node0([\"p\"])\n  end\n"
	  "  subgraph lab1[\"labs/b\"]\n    lab1_node0([\"p\"])\n  end\n" },
	{ "mermaid, a lab with an error", &one_is_bad, topology_write_mermaid,
	  "flowchart LR\n"
	  "  subgraph lab0[\"labs/a\"]\n    lab0_node0([\"p\"])\n  end\n" },
	{ "dot, triangle", &triangle, topology_write_dot,
	  DOT_HEAD
	  "  subgraph \"cluster_0\" {\n"
	  "    label=\"labs/triangle\";\n"
	  "    \"node labs/triangle/p\" [label=\"p\", shape=ellipse];\n"
	  "    \"node labs/triangle/r1\" [label=\"r1\", shape=box];\n"
	  "    \"node labs/triangle/r2\" [label=\"r2\", shape=box];\n"
	  "    \"node labs/triangle/r2\" -- \"node labs/triangle/r1\" [label=\"a\", taillabel=\"10.0.1.2/24\", "
	  "headlabel=\"10.0.1.1/24\"];\n"
	  "    \"node labs/triangle/r1\" -- \"node labs/triangle/p\" [label=\"b\", "
	  "taillabel=\"10.0.2.1/24\\nfd00::1/64\"];\n"
	  "    \"node labs/triangle/p\" -- \"node labs/triangle/r2\" [label=\"c\"];\n"
	  "  }\n}\n" },
	{ "dot, segment of three", &segment, topology_write_dot,
	  DOT_HEAD
	  "  subgraph \"cluster_0\" {\n"
	  "    label=\"labs/segment\";\n"
	  "    \"node labs/segment/p\" [label=\"p\", shape=ellipse];\n"
	  "    \"node labs/segment/r1\" [label=\"r1\", shape=box];\n"
	  "    \"node labs/segment/r2\" [label=\"r2\", shape=box];\n"
	  "    \"link labs/segment/lan\" [xlabel=\"lan\", shape=point, width=0.12];\n"
	  "    \"node labs/segment/r2\" -- \"link labs/segment/lan\" [label=\"\", taillabel=\"10.0.1.2/24\"];\n"
	  "    \"node labs/segment/p\" -- \"link labs/segment/lan\" [label=\"\"];\n"
	  "    \"node labs/segment/r1\" -- \"link labs/segment/lan\" [label=\"\"];\n"
	  "  }\n}\n" },
	{ "dot, node twice", &loop, topology_write_dot,
	  DOT_HEAD "  subgraph \"cluster_0\" {\n"
		   "    label=\"labs/loop\";\n"
		   "    \"node labs/loop/r1\" [label=\"r1\", shape=box];\n"
		   "    \"link labs/loop/self\" [xlabel=\"self\", shape=point, width=0.12];\n"
		   "    \"node labs/loop/r1\" -- \"link labs/loop/self\" [label=\"\", taillabel=\"10.0.1.2/24\"];\n"
		   "    \"node labs/loop/r1\" -- \"link labs/loop/self\" [label=\"\", taillabel=\"self-2\"];\n"
		   "  }\n}\n" },
	{ "dot, two labs", &two_labs, topology_write_dot,
	  DOT_HEAD "  subgraph \"cluster_0\" {\n    label=\"labs/a\";\n"
		   "    \"node labs/a/p\" [label=\"p\", shape=ellipse];\n  }\n"
		   "  subgraph \"cluster_1\" {\n    label=\"labs/b\";\n"
		   "    \"node labs/b/p\" [label=\"p\", shape=ellipse];\n  }\n}\n" },
};

START_TEST(test_texts)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(graph_reading) struct graph_reading reading;
		cleanup(buffer) struct buffer out = BUFFER_INIT;

		graph_reading_init(&reading, *cases[i].lab);
		cases[i].write(&reading.topology, &out);
		ck_assert_msg(strcmp(buffer_text(&out), cases[i].expected) == 0, "%s: expected\n%sgot\n%s",
			      cases[i].name, cases[i].expected, buffer_text(&out));
	}
}
END_TEST

/* What the JSON is, compact. A pod's MAC is made up, always the same. */
static const struct json_case {
	const char *name, *lab, *expected;
} json_cases[] = {
	{ "triangle",
	  GRAPH_LAB("t") "spec:\n  nodes: {r1: " GRAPH_VM ", r2: " GRAPH_VM ", p: " GRAPH_POD "}\n  links:\n"
			 "    a: {nodes: [{node: r2, addrs: [10.0.1.2/24], mac: '32:00:00:00:00:01'},"
			 " {node: r1, mac: '32:00:00:00:00:02'}]}\n"
			 "    b: {nodes: [{node: r1, mac: '32:00:00:00:00:03'}, {node: p}]}\n"
			 "    c: {nodes: [{node: p}, {node: r2, mac: "
			 "'32:00:00:00:00:06'}]}\n",
	  "{\"labs\":[{\"namespace\":\"labs\",\"name\":\"t\",\"nodes\":["
	  "{\"name\":\"p\",\"type\":\"pod\",\"image\":\"a\"},{\"name\":\"r1\",\"type\":\"vm\",\"image\":\"docker://"
	  "example.org/vm:1\"},{\"name\":\"r2\",\"type\":\"vm\",\"image\":\"docker://example.org/vm:1\"}],"
	  "\"links\":[{\"name\":\"a\",\"driver\":\"bridge\",\"ends\":["
	  "{\"node\":\"r2\",\"interface\":\"a\",\"mac\":\"32:00:00:00:00:01\",\"addresses\":[\"10.0.1.2/24\"]},"
	  "{\"node\":\"r1\",\"interface\":\"a\",\"mac\":\"32:00:00:00:00:02\",\"addresses\":[]}]},"
	  "{\"name\":\"b\",\"driver\":\"bridge\",\"ends\":["
	  "{\"node\":\"r1\",\"interface\":\"b\",\"mac\":\"32:00:00:00:00:03\",\"addresses\":[]},"
	  "{\"node\":\"p\",\"interface\":\"b\",\"mac\":\"3a:fd:b7:8f:ad:fe\",\"addresses\":[]}]},"
	  "{\"name\":\"c\",\"driver\":\"bridge\",\"ends\":["
	  "{\"node\":\"p\",\"interface\":\"c\",\"mac\":\"2a:d5:76:fc:84:0a\",\"addresses\":[]},"
	  "{\"node\":\"r2\",\"interface\":\"c\",\"mac\":\"32:00:00:00:00:06\",\"addresses\":[]}]}]}]}" },
	{ "node twice, and three ends",
	  GRAPH_LAB("t") "spec:\n  nodes: {r1: " GRAPH_VM ", p: " GRAPH_POD "}\n  links:\n"
			 "    a: {nodes: [{node: r1, mac: '32:00:00:00:00:01'}, {node: p},"
			 " {node: r1, mac: '32:00:00:00:00:03'}]}\n",
	  "{\"labs\":[{\"namespace\":\"labs\",\"name\":\"t\",\"nodes\":["
	  "{\"name\":\"p\",\"type\":\"pod\",\"image\":\"a\"},{\"name\":\"r1\",\"type\":\"vm\",\"image\":\"docker://"
	  "example.org/vm:1\"}],"
	  "\"links\":[{\"name\":\"a\",\"driver\":\"bridge\",\"ends\":["
	  "{\"node\":\"r1\",\"interface\":\"a\",\"mac\":\"32:00:00:00:00:01\",\"addresses\":[]},"
	  "{\"node\":\"p\",\"interface\":\"a\",\"mac\":\"1a:ef:5c:12:67:a2\",\"addresses\":[]},"
	  "{\"node\":\"r1\",\"interface\":\"a-2\",\"mac\":\"32:00:00:00:00:03\",\"addresses\":[]}]}]}]}" },
	{ "two labs",
	  GRAPH_LAB("b") "spec: {nodes: {p: " GRAPH_POD "}}\n---\n" GRAPH_LAB("a") "spec: {nodes: {p: " GRAPH_POD
										   "}}\n",
	  "{\"labs\":[{\"namespace\":\"labs\",\"name\":\"a\",\"nodes\":[{\"name\":\"p\",\"type\":\"pod\",\"image\":"
	  "\"a\"}],\"links\":"
	  "[]},"
	  "{\"namespace\":\"labs\",\"name\":\"b\",\"nodes\":[{\"name\":\"p\",\"type\":\"pod\",\"image\":\"a\"}],"
	  "\"links\":[]}]}" },
	{ "no lab", "# nothing\n", "{\"labs\":[]}" },
};

START_TEST(test_json)
{
	for (size_t i = 0; i < ARRAY_SIZE(json_cases); i++) {
		cleanup(graph_reading) struct graph_reading reading;
		cleanup(buffer) struct buffer out = BUFFER_INIT;
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(json) json_t *value = NULL;
		cleanup(free) char *text = NULL;

		graph_reading_init(&reading, json_cases[i].lab);
		topology_write_json(&reading.topology, &out);
		value = json_new_from_text(out.data, out.length, "the topology", &err);
		ck_assert_msg(value != NULL, "%s: %s", json_cases[i].name, err.message);
		text = json_dumps(value, JSON_COMPACT);
		ck_assert_msg(strcmp(text, json_cases[i].expected) == 0, "%s: expected\n%s\ngot\n%s",
			      json_cases[i].name, json_cases[i].expected, text);
	}
}
END_TEST

/* No lab file gets such names past the checks; the writers do not rely on it. */
#define NASTY "\"]<b>&amp;\\N#;|`\n\xc3\xa9"

static const struct escape_case {
	const char *name;
	void (*write)(const struct topology *topology, struct buffer *out);
	const char *escaped;
} escape_cases[] = {
	{ "mermaid", topology_write_mermaid, "#34;#93;#60;b#62;#38;amp#59;#92;N#35;#59;#124;#96;?\xc3\xa9" },
	{ "dot", topology_write_dot, "\\\"]<b>&amp;amp;\\\\N#;|`?\xc3\xa9" },
	{ "svg", topology_write_svg, "&quot;]&lt;b&gt;&amp;amp;\\N#;|`?\xc3\xa9" },
	{ "json", topology_write_json, "\\\"]<b>&amp;\\\\N#;|`\\n\xc3\xa9" },
};

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *at = strstr(text, part); at; at = strstr(at + strlen(part), part))
		count++;
	return count;
}

START_TEST(test_escapes)
{
	const char *address = NASTY;
	struct topology_node nodes[] = { { .name = NASTY, .type = NODE_VM, .image = NASTY },
					 { .name = "end", .type = NODE_POD } };
	struct topology_end ends[] = {
		{ .node = 0, .interface = "l", .mac = "m", .addresses = &address, .address_count = 1 },
		{ .node = 1, .interface = "l", .mac = "m", .addresses = &address, .address_count = 1 },
	};
	struct topology_link link = { .name = NASTY, .ends = ends, .end_count = 2 };
	struct topology_lab lab = { .namespace_name = "labs",
				    .name = NASTY,
				    .nodes = nodes,
				    .node_count = 2,
				    .links = &link,
				    .link_count = 1 };
	struct topology topology = { .labs = &lab, .count = 1 };

	for (size_t i = 0; i < ARRAY_SIZE(escape_cases); i++) {
		cleanup(buffer) struct buffer out = BUFFER_INIT;

		escape_cases[i].write(&topology, &out);
		/* The lab's, the node's and the link's name, and both addresses. */
		ck_assert_msg(occurrences(buffer_text(&out), escape_cases[i].escaped) >= 5, "%s: got\n%s",
			      escape_cases[i].name, buffer_text(&out));
		ck_assert_msg(strstr(buffer_text(&out), NASTY) == NULL, "%s: not escaped", escape_cases[i].name);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { test_texts, test_json, test_escapes };

	return suite_run("topology", tests, ARRAY_SIZE(tests));
}
