/* Topologies that are refused, what single parts of one become, and which of them are lost. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "render/convert/containerlab.h"
#include "tests/unit/suite.h"

#define POD(name) "    " name ": {kind: linux, image: 'ghcr.io/example/frr:1'}\n"
#define TWO_PODS "name: t\ntopology:\n  nodes:\n" POD("a") POD("b")
#define LINKED TWO_PODS "  links:\n  - endpoints: ['a:eth1', 'b:eth1']\n"

static json_t *convert_new(const char *text, struct diagnostics *diagnostics)
{
	const struct lab_file file = { .path = "t.yml", .text = text, .length = strlen(text) };

	return containerlab_convert_new(&file, "labs", diagnostics);
}

static bool has_message(const struct diagnostics *diagnostics, const char *wanted)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		cleanup(buffer) struct buffer line = BUFFER_INIT;

		diagnostic_write(&diagnostics->items[i], &line);
		if (text_starts_with(buffer_text(&line), wanted))
			return true;
	}
	return false;
}

static const char *first_message(const struct diagnostics *diagnostics)
{
	return diagnostics->count ? diagnostics->items[0].message : "no message";
}

static const struct {
	const char *name, *text, *message;
} refusals[] = {
	{ "no YAML", "name: [\n", "t.yml:2:1: error: " },
	{ "empty", "", "t.yml:1:1: error: the file has 0 documents" },
	{ "two documents", LINKED "---\nname: u\n", "t.yml:1:1: error: the file has 2 documents" },
	{ "a list", "- a\n", "t.yml:1:1: error: a containerlab file must be a mapping, not a list" },
	{ "no name", "topology: {nodes: {a: {kind: linux, image: x}}}\n",
	  "t.yml:1:1: error: the topology has no name" },
	{ "a name that is none", "name: [a]\ntopology: {nodes: {a: {kind: linux, image: x}}}\n",
	  "t.yml:1:7: error: name must be a string" },
	{ "no topology", "name: t\n", "t.yml:1:1: error: there is no topology here" },
	{ "no nodes", "name: t\ntopology: {links: []}\n", "t.yml:2:11: error: the topology has no nodes" },
	{ "empty nodes", "name: t\ntopology: {nodes: {}}\n", "t.yml:2:11: error: the topology has no nodes" },
	{ "nodes in a list", "name: t\ntopology:\n  nodes: [a]\n",
	  "t.yml:3:10: error: nodes must be a mapping, not a list" },
	{ "a node that is text", "name: t\ntopology:\n  defaults: {kind: linux}\n  nodes: {a: linux}\n",
	  "t.yml:4:14: error: a node must be a mapping, not a string" },
	{ "no kind", "name: t\ntopology:\n  nodes:\n    a: {image: x}\n",
	  "t.yml:4:5: error: node \"a\" has no kind" },
	{ "kinds in a list", TWO_PODS "  kinds: []\n", "t.yml:6:10: error: kinds must be a mapping, not a list" },
	{ "defaults as text", TWO_PODS "  defaults: x\n",
	  "t.yml:6:13: error: defaults must be a mapping, not a string" },
	{ "links in a mapping", TWO_PODS "  links: {}\n", "t.yml:6:10: error: links must be a list, not a mapping" },
	{ "a link that is text", TWO_PODS "  links: ['a:eth1']\n",
	  "t.yml:6:11: error: a link must be a mapping with endpoints, not a string" },
	{ "one end", TWO_PODS "  links:\n  - endpoints: ['a:eth1']\n", "t.yml:7:5: error: a link needs endpoints" },
	{ "no interface", TWO_PODS "  links:\n  - endpoints: ['a', 'b:eth1']\n",
	  "t.yml:7:17: error: endpoint \"a\" is not of the form node:interface" },
	{ "an unknown node", TWO_PODS "  links:\n  - endpoints: ['a:eth1', 'c:eth1']\n",
	  "t.yml:7:27: error: the link leads to node \"c\", which is not in nodes" },
	{ "an unknown type", TWO_PODS "  links:\n  - {type: wire, endpoints: ['a:eth1', 'b:eth1']}\n",
	  "t.yml:7:12: error: this type of link is not known" },
	{ "half an endpoint", TWO_PODS "  links:\n  - endpoints: ['a:eth1', {node: b}]\n",
	  "t.yml:7:27: error: an endpoint needs node and interface" },
	{ "an endpoint that is a number", TWO_PODS "  links:\n  - endpoints: ['a:eth1', 7]\n",
	  "t.yml:7:27: error: an endpoint must be a string" },
	{ "nothing that can come over", "name: t\ntopology:\n  nodes:\n    a: {kind: arista_ceos, image: x}\n",
	  "t.yml:1:1: error: no node of topology \"t\" can come over" },
};

START_TEST(what_is_no_topology_is_refused_with_its_place)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		cleanup(json) json_t *lab = convert_new(refusals[i].text, &diagnostics);

		ck_assert_msg(lab == NULL, "%s is taken", refusals[i].name);
		ck_assert_msg(has_message(&diagnostics, refusals[i].message), "%s: %s", refusals[i].name,
			      first_message(&diagnostics));
	}
}
END_TEST

/* Of node a, which is linked to b by eth1. */
static const struct {
	const char *name, *exec, *addresses, *routes;
} commands[] = {
	{ "short words", "ip a a 10.0.0.1/24 dev eth1", "[\"10.0.0.1/24\"]", NULL },
	{ "device first", "ip address add dev eth1 10.0.0.1/24", "[\"10.0.0.1/24\"]", NULL },
	{ "with a family", "ip -6 addr add fd00::1/64 dev eth1", "[\"fd00::1/64\"]", NULL },
	{ "by its path", "/sbin/ip addr replace 10.0.0.1/24 dev eth1", "[\"10.0.0.1/24\"]", NULL },
	{ "twice", "sh -c 'ip a a 10.0.0.1/24 dev eth1; ip a a 10.0.0.1/24 dev eth1'", "[\"10.0.0.1/24\"]", NULL },
	{ "a route before its address", "bash -c 'ip r a 10.9.0.0/16 via 10.0.0.2; ip a a 10.0.0.1/24 dev eth1'",
	  "[\"10.0.0.1/24\"]", "[\"10.9.0.0/16 via 10.0.0.2\"]" },
	{ "a route to one host", "sh -c 'ip a a 10.0.0.1/24 dev eth1 && ip route add 10.9.9.9 via 10.0.0.2'",
	  "[\"10.0.0.1/24\"]", "[\"10.9.9.9/32 via 10.0.0.2\"]" },
	{ "host bits of a route", "sh -c 'ip a a 10.0.0.1/24 dev eth1 && ip route add 10.9.9.9/8 via 10.0.0.2'",
	  "[\"10.0.0.1/24\"]", "[\"10.0.0.0/8 via 10.0.0.2\"]" },
	{ "default", "sh -c 'ip a a fd00::1/64 dev eth1 && ip -6 route add default via fd00::2 dev eth1'",
	  "[\"fd00::1/64\"]", "[\"::/0 via fd00::2\"]" },
};

START_TEST(addresses_and_routes_come_from_commands)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		cleanup(free) char *text = string_format(
			"name: t\ntopology:\n  nodes:\n" POD("b") "    a:\n      kind: linux\n      image: 'x:1'\n"
								  "      exec:\n      - %s\n"
								  "  links:\n  - endpoints: ['a:eth1', 'b:eth1']\n",
			commands[i].exec);
		cleanup(json) json_t *lab = convert_new(text, &diagnostics);
		const json_t *end = json_array_get(json_at(lab, "spec", "links", "link-1", "nodes", NULL), 0);
		cleanup(free) char *addresses = NULL;
		cleanup(free) char *routes = NULL;

		ck_assert_msg(lab && diagnostics.count == 0, "%s: %s", commands[i].name, first_message(&diagnostics));
		addresses = json_text_new(json_object_get(end, "addrs"));
		ck_assert_msg(text_equal(addresses, commands[i].addresses), "%s: %s", commands[i].name, addresses);
		if (json_object_get(end, "routes"))
			routes = json_text_new(json_object_get(end, "routes"));
		ck_assert_msg(text_equal(routes, commands[i].routes), "%s: %s", commands[i].name, routes);
	}
}
END_TEST

static const struct {
	const char *name, *text, *message;
} losses[] = {
	{ "a route to nowhere",
	  TWO_PODS "    c: {kind: linux, image: x, exec: [ip route add 10.0.0.0/8 via 10.1.1.1]}\n",
	  "t.yml:6:39: warning: exec is left out: the route's next hop" },
	{ "a route without next hop",
	  TWO_PODS "    c: {kind: linux, image: x, exec: [ip route add 10.0.0.0/8 dev x]}\n",
	  "t.yml:6:39: warning: exec is left out: only \"ip route add" },
	{ "families mixed",
	  TWO_PODS "    c: {kind: linux, image: x, exec: ['ip route add 10.0.0.0/8 via fd00::1']}\n",
	  "t.yml:6:39: warning: exec is left out: only \"ip route add" },
	{ "no command line", TWO_PODS "    c: {kind: linux, image: x, exec: [\"echo '\"]}\n",
	  "t.yml:6:39: warning: exec is left out: it is no command line" },
	{ "exec as text", TWO_PODS "    c: {kind: linux, image: x, exec: ip}\n",
	  "t.yml:6:38: warning: exec is left out: it must be a list" },
	{ "no image", TWO_PODS "    c: {kind: linux}\n",
	  "t.yml:6:5: warning: node \"c\" is left out: it has no image" },
	{ "a kind misspelt", TWO_PODS "    c: {kind: generic_wm, image: x}\n",
	  "t.yml:6:5: warning: node \"c\" is left out: its kind \"generic_wm\" is not known; did you mean "
	  "\"generic_vm\"?" },
	{ "a key misspelt", TWO_PODS "    c: {kind: linux, image: x, bnds: []}\n",
	  "t.yml:6:32: warning: unknown key \"bnds\" in a node is left out; did you mean \"binds\"?" },
	{ "a key of nothing", TWO_PODS "    c: {kind: linux, image: x, zzzzzzzz: []}\n",
	  "t.yml:6:32: warning: unknown key \"zzzzzzzz\" in a node is left out" },
	{ "a key of an endpoint", LINKED "  - endpoints: [{node: a, interface: e2, ip4: x}, 'b:e2']\n",
	  "t.yml:8:42: warning: unknown key \"ip4\" in an endpoint is left out; did you mean \"ipv4\"?" },
	{ "a mac that is none", LINKED "  - endpoints: [{node: a, interface: e2, mac: x}, 'b:e2']\n",
	  "t.yml:8:47: warning: this mac is left out" },
	{ "an address that is none", LINKED "    ipv4: [10.0.0.1/24, 10.0.0.2]\n",
	  "t.yml:8:25: warning: this address is left out" },
	{ "three addresses", LINKED "    ipv4: [10.0.0.1/24, 10.0.0.2/24, 10.0.0.3/24]\n",
	  "t.yml:8:11: warning: ipv4 is left out" },
	{ "a variable that is none", TWO_PODS "    c: {kind: linux, image: x, env: {A B: c}}\n",
	  "t.yml:6:38: warning: variable \"A B\" is left out" },
	{ "env as a list", TWO_PODS "    c: {kind: linux, image: x, env: [A=b]}\n",
	  "t.yml:6:37: warning: env is left out: it must be a mapping" },
	{ "binds as text", TWO_PODS "    c: {kind: linux, image: x, binds: 'a:/a'}\n",
	  "t.yml:6:39: warning: binds are left out: they must be a list" },
	{ "a bind of the machine", TWO_PODS "    c: {kind: linux, image: x, binds: ['~/a:/a']}\n",
	  "t.yml:6:40: warning: bind \"~/a:/a\" is left out: it is a path of the machine" },
	{ "a bind of a folder", TWO_PODS "    c: {kind: linux, image: x, binds: ['a/:/a']}\n",
	  "t.yml:6:40: warning: bind \"a/:/a\" is left out: it is a folder" },
	{ "a bind without a place", TWO_PODS "    c: {kind: linux, image: x, binds: ['a:b']}\n",
	  "t.yml:6:40: warning: bind \"a:b\" is left out: it does not say where" },
	{ "a bind that is no text", TWO_PODS "    c: {kind: linux, image: x, binds: [7]}\n",
	  "t.yml:6:40: warning: bind \"\" is left out: it names no file" },
	{ "an unclosed quote", TWO_PODS "    c: {kind: linux, image: x, cmd: \"a '\"}\n",
	  "t.yml:6:32: warning: \"cmd\" of node \"c\" is left out: it is no command line" },
	{ "an mtu that is none", LINKED "    mtu: big\n", "t.yml:8:5: warning: mtu is left out: it must be from 68" },
	{ "a chassis that is none", TWO_PODS "    c: {kind: srl, image: x, type: ix}\n",
	  "t.yml:6:30: warning: \"type\" of node \"c\" is left out: a lab does not know this chassis" },
	{ "a dummy link", LINKED "  - {type: dummy, endpoint: {node: a, interface: e3}}\n",
	  "t.yml:8:5: warning: this link of type dummy is left out" },
};

START_TEST(what_does_not_come_over_is_listed_and_the_rest_does)
{
	for (size_t i = 0; i < ARRAY_SIZE(losses); i++) {
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		cleanup(json) json_t *lab = convert_new(losses[i].text, &diagnostics);

		ck_assert_msg(lab != NULL, "%s: %s", losses[i].name, first_message(&diagnostics));
		ck_assert_msg(has_message(&diagnostics, losses[i].message), "%s: %s", losses[i].name,
			      first_message(&diagnostics));
		ck_assert_ptr_nonnull(json_at(lab, "spec", "nodes", "a", "pod", NULL));
	}
}
END_TEST

START_TEST(a_loss_that_all_nodes_share_is_listed_once)
{
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(json) json_t *lab = convert_new(TWO_PODS "  defaults: {exec: [vtysh -b]}\n", &diagnostics);

	ck_assert_ptr_nonnull(lab);
	ck_assert_uint_eq(diagnostics.count, 1);
	ck_assert_str_eq(json_text_at(lab, "metadata", "namespace", NULL), "labs");
	ck_assert_ptr_null(json_at(lab, "spec", "links", NULL));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { what_is_no_topology_is_refused_with_its_place,
				 addresses_and_routes_come_from_commands,
				 what_does_not_come_over_is_listed_and_the_rest_does,
				 a_loss_that_all_nodes_share_is_listed_once };

	return suite_run("convert", tests, ARRAY_SIZE(tests));
}
