/* What is wrong in a lab, and in which words and at which place it is told. */
#include "render/lab/lab.h"

#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

struct refusal {
	const char *name;
	const char *text; /* after LAB_HEAD, thus from line 5 */
	const char *expected; /* the only line, without "labs/a.yaml:" */
};

static void check_refusal(const struct refusal *refusal, const char *head)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *text = string_format("%s%s", head, refusal->text);
	cleanup(free) char *expected = string_format("labs/a.yaml:%s\n", refusal->expected);
	cleanup(free) char *lines = NULL;
	bool is_error = strstr(expected, ": error: ") != NULL;

	lab_reading_read_text(&reading, text);
	lines = lab_reading_lines_new(&reading);
	ck_assert_msg(strcmp(lines, expected) == 0, "%s:\n  expected %s  got      %s", refusal->name, expected,
		      lines);
	for (size_t i = 0; i < reading.set.count; i++)
		ck_assert_msg(reading.set.labs[i]->valid != is_error, "%s: valid %d", refusal->name,
			      reading.set.labs[i]->valid);
	ck_assert_msg(reading.set.count == 1 || !reading.set.complete, "%s: no lab, yet complete", refusal->name);
}

#define VM_FIELDS "spec:\n  nodes:\n    r1:\n      vm:\n        image: docker://x\n        diskSize: 1Gi\n"
#define VM_BAD(line) "spec:\n  nodes:\n    r1:\n      vm:\n        " line "\n        diskSize: 1Gi\n"

#define NAME_60 "a23456789-b23456789-c23456789-d23456789-e23456789-f234567890"
#define POD_SPEC "spec: {nodes: {p: {pod: {image: a}}}}\n"

/* A vm "r1" and a pod "p" on link "a"; `rest` is from line 15 on, in r1's connector. */
#define LINK(rest)                                                                                                   \
	"spec:\n  nodes:\n    r1: {vm: {image: docker://x, diskSize: 1Gi}}\n    p: {pod: {image: alpine}}\n"         \
	"  links:\n    a:\n\n      nodes:\n        - node: p\n        - node: r1\n          " rest "\n"

static const struct refusal node_refusals[] = {
	{ "unknown field with a near one", VM_BAD("imgae: docker://x"),
	  "9:9: error: unknown field \"imgae\" in vm; did you mean \"image\"?" },
	{ "unknown field far from all", "spec:\n  vlan: 3\n",
	  "6:3: error: unknown field \"vlan\" in spec; it takes defaults, dependsOn, disks, expires, instances, "
	  "labels, "
	  "links, "
	  "nodes, objectNames, objects, operations, schedule, storageClass, suspend, variables" },
	{ "unknown type", "spec:\n  nodes:\n    r1: {vmm: {}}\n",
	  "7:10: error: unknown field \"vmm\" in node; did you mean \"vm\"?" },
	{ "type of KNL's", "spec:\n  nodes:\n    r1: {vsim: {}}\n",
	  "7:10: error: node type \"vsim\" is not built by labsync; it is Nokia's SR OS, which needs a licence; use "
	  "srl, "
	  "or vm with an image and a licence of your own" },
	{ "type of KNL's by name", "spec:\n  nodes:\n    vsim-1: {}\n",
	  "7:5: error: node type \"vsim\" is not built by labsync; it is Nokia's SR OS, which needs a licence; use "
	  "srl, or "
	  "vm with an image and a licence of your own" },
	{ "two types", "spec:\n  nodes:\n    r1:\n      vm: {}\n      pod: {}\n",
	  "9:7: error: node \"r1\" has two types (vm, pod); keep one" },
	{ "no type", "spec:\n  nodes:\n    r1: {}\n",
	  "7:5: error: node \"r1\" has no type; put vm, pod or srl under it, or name it vm-..., "
	  "pod-... or srl-..." },
	{ "type without a dash", "spec:\n  nodes:\n    vm: {}\n",
	  "7:5: error: node \"vm\" has no type; put vm, pod or srl under it, or name it vm-..., pod-... or srl-..." },
	{ "node of a link without type", "spec:\n  links:\n    a:\n      nodes:\n      - node: x\n      - node: x\n",
	  "9:9: error: node \"x\" of link \"a\" is not defined; add it under spec.nodes, or name it vm-..., "
	  "pod-... or srl-..." },
	{ "no image", "spec:\n  nodes:\n    pod-1: {}\n",
	  "7:5: error: node \"pod-1\" has no image; set it in the node, in spec.defaults.pod.image of the Lab, or in "
	  "spec.defaultNode.pod.image of a KNLConfig named knlcfg" },
	{ "no image, named by a link",
	  VM_FIELDS "  links:\n    a:\n      nodes:\n      - node: r1\n      - node: pod-1\n",
	  "15:9: error: node \"pod-1\" has no image; set it in the node, in spec.defaults.pod.image of the Lab, or "
	  "in "
	  "spec.defaultNode.pod.image of a KNLConfig named knlcfg" },
	{ "no disk size", "spec:\n  nodes:\n    vm-1: {vm: {image: docker://x}}\n",
	  "7:5: error: node \"vm-1\" has no diskSize; set it in the node, in spec.defaults.vm.diskSize of the Lab, "
	  "or "
	  "in spec.defaultNode.vm.diskSize of a KNLConfig named knlcfg" },
	{ "image scheme", VM_BAD("image: ftp://user:secret@x/y"),
	  "9:16: error: image of a vm must begin with docker://, http:// or https://" },
	{ "image of nothing", VM_BAD("image: DOCKER://"), "9:16: error: image names nothing after docker://" },
	{ "image with a blank", VM_BAD("image: docker://x y"),
	  "9:16: error: image has a blank or control character; remove it" },
	{ "image with a password", VM_BAD("image: https://me:secret@x/y"),
	  "9:16: error: image must not carry a user or password; put them into a Secret, and name that under "
	  "imageSecret" },
	{ "image that is no string", VM_BAD("image: [x]"), "9:16: error: image must be a string, not a list" },
	{ "pod image with a scheme", "spec:\n  nodes:\n    p: {pod: {image: docker://alpine}}\n",
	  "7:22: error: image of a pod is a plain reference like docker.io/library/alpine:3.20; remove what stands "
	  "up "
	  "to ://" },
	{ "command", "spec:\n  nodes:\n    p: {pod: {image: alpine, cmd: \"echo 'secret\"}}\n",
	  "7:35: error: cmd is not a command line: a ' quote is not closed" },
	{ "negative memory of a pod", "spec:\n  nodes:\n    p: {pod: {image: alpine, memory: -1Gi}}\n",
	  "7:38: error: memory must not be negative" },
	{ "no document", "", "1:1: error: lab \"ring\" has no spec; add spec.nodes" },
	{ "no nodes", "spec: {}\n", "5:7: error: lab \"ring\" has no nodes; add them under spec.nodes" },
	{ "node name", "spec:\n  nodes:\n    R1: {vm: {}}\n",
	  "7:5: error: node name \"R1\" is not usable; use lower-case letters, digits and \"-\", with a letter or "
	  "digit "
	  "at both ends" },
	{ "node name that is a boolean", "spec:\n  nodes:\n    y: {pod: {image: a}}\n",
	  "7:5: error: this node would be called \"true\", as without quotes its name is a boolean; write it in "
	  "quotes" },
	{ "link name that is a boolean", VM_FIELDS "  links:\n    Off: {nodes: [{node: r1}, {node: r1}]}\n",
	  "12:5: error: this link would be called \"false\", as without quotes its name is a boolean; write it in "
	  "quotes" },
	{ "long node name", "spec:\n  nodes:\n    " NAME_60 ": {pod: {image: a}}\n",
	  "7:5: error: \"ring-" NAME_60
	  "\" is 65 characters long, but at most 63 fit; shorten the name of the lab or "
	  "of the node" },
	{ "long link name", VM_FIELDS "  links:\n    " NAME_60 ": {nodes: [{node: r1}, {node: r1}]}\n",
	  "12:5: error: \"ring-" NAME_60
	  "\" is 65 characters long, but at most 63 fit; shorten the name of the lab or "
	  "of the link" },
};

static const struct refusal vm_refusals[] = {
	{ "disk size", VM_FIELDS "    r2: {vm: {diskSize: 10X}}\n",
	  "11:25: error: diskSize is \"10X\", which is no quantity; write it like 10Gi" },
	{ "disk below 1Mi", VM_FIELDS "        memory: 1Gi\n    r2: {vm: {diskSize: 100m}}\n",
	  "12:25: error: diskSize is \"100m\", but must be at least 1Mi; write it like 10Gi" },
	{ "memory", VM_FIELDS "        memory: 4gb\n",
	  "11:17: error: memory is \"4gb\", which is no quantity; write it like 4Gi" },
	{ "little memory", VM_FIELDS "        memory: 4\n",
	  "11:17: error: memory is \"4\", but must be at least 1M; write it like 4Gi" },
	{ "memory of no kind", VM_FIELDS "        memory: {}\n",
	  "11:17: error: memory must be a quantity like 4Gi, not a mapping" },
	{ "part of a core", VM_FIELDS "        cpu: 1500m\n",
	  "11:14: error: cpu must be whole cores; write a number like 2, not \"1500m\"" },
	{ "part of a core as a number", VM_FIELDS "        cpu: 1.5\n",
	  "11:14: error: cpu must be whole cores; write a number like 2, not \"1.5\"" },
	{ "no core", VM_FIELDS "        cpu: 0\n", "11:14: error: cpu must be from 1 to 512 cores, not \"0\"" },
	{ "many cores", VM_FIELDS "        cpu: 513\n",
	  "11:14: error: cpu must be from 1 to 512 cores, not \"513\"" },
	{ "boolean", VM_FIELDS "        cpuPin: 'true'\n",
	  "11:17: error: cpuPin must be true or false, not a string" },
	{ "huge pages", VM_FIELDS "        hugePage: true\n        memory: 1536Mi\n",
	  "12:17: error: hugePage needs memory in multiples of 1Gi, not 1536Mi; write it like 4Gi" },
	{ "init", VM_FIELDS "        init: butane\n",
	  "11:15: error: init \"butane\" is not known; use cloud-init, ignition, sysprep or none" },
	{ "user", VM_FIELDS "        user: Admin\n",
	  "11:15: error: user \"Admin\" is no Linux user name; use at most 32 of a-z, 0-9, \"_\" and \"-\", "
	  "beginning "
	  "with a letter or \"_\"" },
	{ "empty password", VM_FIELDS "        passwd: ''\n",
	  "11:17: error: passwd is empty; write one, or remove it for the default" },
	{ "password of two lines", VM_FIELDS "        passwd: \"sec\\nret\"\n",
	  "11:17: error: passwd must be a single line" },
	{ "password that is none", VM_FIELDS "        passwd: yes\n",
	  "11:17: error: passwd must be a string, not a boolean; write it in quotes" },
	{ "port number", VM_FIELDS "        ports: [{port: 65536}]\n",
	  "11:24: error: port must be a whole number from 1 to 65535" },
	{ "port without a number", VM_FIELDS "        ports: [{name: web}]\n",
	  "11:17: error: port has no number; add e.g. \"port: 22\"" },
	{ "protocol", VM_FIELDS "        ports: [{port: 22, protocol: tcp}]\n",
	  "11:38: error: protocol \"tcp\" is not known; use TCP or UDP" },
	{ "port name", VM_FIELDS "        ports: [{port: 22, name: '22'}]\n",
	  "11:34: error: port name \"22\" must be at most 15 lower-case letters, digits and single \"-\" inside, "
	  "with at "
	  "least one letter" },
	{ "port twice", VM_FIELDS "        ports: [{port: 22}, {port: 22, name: x}]\n",
	  "11:29: error: port 22/TCP is listed twice; keep one" },
	{ "port name twice", VM_FIELDS "        ports: [{port: 22, name: x}, {port: 23, name: x}]\n",
	  "11:38: error: port name \"x\" is used twice; rename one" },
};

static const struct refusal link_refusals[] = {
	{ "one connector", VM_FIELDS "  links:\n    a: {nodes: [{node: r1}]}\n",
	  "12:5: error: link \"a\" has 1 connector; list at least 2 under nodes" },
	{ "no connectors", VM_FIELDS "  links:\n    a:\n",
	  "12:5: error: link \"a\" has 0 connectors; list at least 2 under nodes" },
	{ "connector without node", VM_FIELDS "  links:\n    a: {nodes: [{node: r1}, {mac: 32:20:22:99:99:01}]}\n",
	  "12:29: error: connector 2 of link \"a\" names no node; add \"node: ...\"" },
	{ "connector's field", LINK("adrs: []"),
	  "15:11: error: unknown field \"adrs\" in connector; did you mean \"addrs\"?" },
	{ "address without length", LINK("addrs: [10.0.0.1]"),
	  "15:19: error: address \"10.0.0.1\" has no prefix length; write e.g. 10.0.0.1/24" },
	{ "no address", LINK("addrs: [10.0.0.300/24]"),
	  "15:19: error: \"10.0.0.300/24\" is no address with prefix length; write it like 192.168.10.100/24" },
	{ "multicast address", LINK("addrs: [ff02::5/64]"),
	  "15:19: error: address \"ff02::5/64\" is not unicast; an interface cannot have it" },
	{ "address that is a number", LINK("addrs: [10]"),
	  "15:19: error: an address must be a string like 192.168.10.100/24, not an integer" },
	{ "address twice", LINK("addrs: [10.0.0.1/24]\n        - {node: r1, addrs: [10.0.0.1/8]}"),
	  "16:30: error: address \"10.0.0.1/8\" is on link \"a\" twice, also at labs/a.yaml:15:19; change one" },
	{ "route", LINK("routes: [10.0.0.0/8]"),
	  "15:20: error: route \"10.0.0.0/8\" must be \"<prefix> via <next hop>\"" },
	{ "route's prefix", LINK("routes: [10.0.0.0 via 10.0.0.1]"),
	  "15:20: error: route leads to \"10.0.0.0\", which is no prefix; write it like 192.168.30.0/24" },
	{ "route's next hop", LINK("routes: [10.0.0.0/8 via eth0]"),
	  "15:20: error: next hop \"eth0\" of the route is no unicast address" },
	{ "route's families", LINK("routes: ['10.0.0.0/8 via fe80::1']"),
	  "15:20: error: route \"10.0.0.0/8 via fe80::1\" mixes IPv4 and IPv6; use a next hop of the same family" },
	{ "next hop off the link", LINK("addrs: [10.0.0.1/24]\n          routes: [10.9.0.0/16 via 10.0.1.1]"),
	  "16:20: error: next hop 10.0.1.1 is not on link \"a\", where this interface has 10.0.0.1/24; use one that "
	  "is" },
	{ "route with host bits", LINK("addrs: [10.0.0.1/24]\n          routes: [10.9.1.1/16 via 10.0.0.2]"),
	  "16:20: warning: route to \"10.9.1.1/16\" is taken as 10.9.0.0/16" },
	{ "mac", LINK("mac: 32:20:22:99:99"),
	  "15:16: error: mac \"32:20:22:99:99\" is not six bytes in hex; write it like 32:20:22:99:99:01" },
	{ "multicast mac", LINK("mac: 01:00:5e:00:00:05"),
	  "15:16: error: mac \"01:00:5e:00:00:05\" is a multicast address; make its first byte even" },
	{ "reserved mac", LINK("mac: 02:00:00:00:00:00"),
	  "15:16: error: mac \"02:00:00:00:00:00\" is reserved; choose another" },
	{ "mac twice", LINK("mac: 32:20:22:99:99:01\n        - {node: r1, mac: '32-20-22-99-99-01'}"),
	  "16:27: error: mac \"32:20:22:99:99:01\" is used twice, also at labs/a.yaml:15:16; change one" },
	{ "port of a vm", LINK("port: e1"), "15:11: warning: port has no effect on a vm" },
	{ "port of a pod", LINK("port: null\n        - {node: p, port: 'a/b'}"),
	  "16:27: error: port \"a/b\" is no usable interface name for a pod; use at most 15 letters, digits, \"-\", "
	  "\"_\" or \".\", and neither eth0 nor lo" },
	{ "pod network's port", LINK("port: null\n        - {node: p, port: eth0}"),
	  "16:27: error: port \"eth0\" is no usable interface name for a pod; use at most 15 letters, digits, \"-\", "
	  "\"_\" or \".\", and neither eth0 nor lo" },
	{ "port of a pod twice", LINK("port: null\n        - {node: p, port: x}\n        - {node: p, port: x}"),
	  "17:27: error: port \"x\" of node \"p\" is used twice, also at labs/a.yaml:16:27; change one" },
	{ "routes of a pod without addresses",
	  LINK("port: null\n        - {node: p, routes: [10.0.0.0/8 via 10.0.0.1]}"),
	  "16:21: error: routes of a pod need addrs; add them to this connector" },
	{ "interface name twice",
	  LINK("port: null\n        - node: r1\n    a-2:\n      nodes:\n        - node: r1\n        - node: p"),
	  "19:11: error: node \"r1\" has two interfaces named \"a-2\", also at labs/a.yaml:16:11; rename a link" },
};

static const struct refusal document_refusals[] = {
	{ "no apiVersion", "kind: Lab\n",
	  "1:1: error: document has no apiVersion; use labsync.dev/v1alpha1 or "
	  "knl.kubenetlab.net/v1beta1" },
	{ "other version", "apiVersion: knl.kubenetlab.net/v1beta2\nkind: Lab\n",
	  "1:13: error: apiVersion \"knl.kubenetlab.net/v1beta2\" is not known; use labsync.dev/v1alpha1 or "
	  "knl.kubenetlab.net/v1beta1" },
	{ "near kind", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: lab\n",
	  "2:7: error: kind \"lab\" is not known; did you mean \"Lab\"?" },
	{ "other kind", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Deployment\n",
	  "2:7: error: kind \"Deployment\" is not known; use Lab or KNLConfig" },
	{ "no mapping", "[]\n", "1:1: error: a document must be a mapping with apiVersion and kind, not a list" },
	{ "no name", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nspec: {}\n",
	  "1:1: error: Lab has no name; set metadata.name" },
	{ "name that is a number", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: 7}\n",
	  "3:18: error: name must be a string; write it in quotes" },
	{ "name with a digit first", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: 7a}\n",
	  "3:18: error: lab name \"7a\" begins with a digit; begin it with a letter, as services are named after "
	  "it" },
	{ "control characters are not repeated", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: \"L\\e[2Jab\"\n",
	  "2:7: error: kind \"L?[2Jab\" is not known; use Lab or KNLConfig" },
};

static const struct refusal metadata_refusals[] = {
	{ "misspelt annotation of ours", "  annotations: {labsync.dev/adapt: \"true\"}\n" POD_SPEC,
	  "5:36: error: unknown annotation \"labsync.dev/adapt\"; did you mean labsync.dev/adopt?" },
	{ "annotation of ours with another value", "  annotations: {labsync.dev/prune: \"no\"}\n" POD_SPEC,
	  "5:36: error: labsync.dev/prune must be \"true\" or \"false\"" },
	{ "set by the cluster", "  resourceVersion: '1'\n" POD_SPEC,
	  "5:3: warning: resourceVersion is set by the cluster; remove it" },
	{ "status", POD_SPEC "status: {}\n", "6:1: warning: status is set by the cluster; remove it" },
	{ "unknown field", "  lables: {}\n" POD_SPEC,
	  "5:3: error: unknown field \"lables\" in metadata; did you mean \"labels\"?" },
	{ "label that is no string", "  labels: {a: 1}\n" POD_SPEC,
	  "5:15: error: labels: the value of \"a\" must be a string; write it in quotes" },
	{ "defaults of KNL's type", "spec:\n  defaults: {vsim: {image: x}}\n  nodes: {p: {pod: {image: a}}}\n",
	  "6:14: warning: vsim has no effect here" },
	{ "defaults are checked", "spec:\n  defaults: {vm: {cpu: 0}}\n  nodes: {vm-1: {}}\n",
	  "6:24: error: cpu must be from 1 to 512 cores, not \"0\"" },
};

#define REFUSALS_TEST(table, head)                                                                                   \
	START_TEST(test_##table)                                                                                     \
	{                                                                                                            \
		for (size_t i = 0; i < ARRAY_SIZE(table); i++)                                                       \
			check_refusal(&(table)[i], head);                                                            \
	}                                                                                                            \
	END_TEST

REFUSALS_TEST(node_refusals, LAB_HEAD)
REFUSALS_TEST(vm_refusals, LAB_HEAD)
REFUSALS_TEST(link_refusals, LAB_HEAD)
REFUSALS_TEST(document_refusals, "")
REFUSALS_TEST(metadata_refusals, LAB_HEAD)

/* One name makes those of all replicas too long. */
START_TEST(test_replicas_are_told_once)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	lab_reading_read_text(&reading, LAB_HEAD "spec:\n  nodes:\n"
						 "    a23456789-123456789-123456789-123456789-123456789-12345678:\n"
						 "      pod: {image: x, replicas: 12}\n"
						 "    b23456789-123456789-123456789-123456789-123456789-123:\n"
						 "      pod: {image: x, replicas: 12}\n");
	ck_assert_uint_eq(reading.diagnostics.errors, 1);
	ck_assert_uint_eq(reading.diagnostics.items[0].line, 7);
}
END_TEST

/* One mistake is told once: no missing image after a refused one. */
START_TEST(test_no_consequences)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	lab_reading_read_text(&reading, LAB_HEAD "spec:\n  defaults: {pod: {image: 'x y'}}\n  nodes: {pod-1: {}, "
						 "vm-1: {vm: {image: 'ftp://x'}}}\n");
	ck_assert_uint_eq(reading.diagnostics.errors, 2);
}
END_TEST

START_TEST(test_annotations_of_ours)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab *lab;

	lab_reading_read_text(&reading,
			      LAB_HEAD "  annotations: {labsync.dev/adopt: \"true\", labsync.dev/prune: \"false\", "
				       "example.com/x: \"1\"}\n" POD_SPEC);
	lab = lab_reading_only(&reading);
	ck_assert(lab->adopt);
	ck_assert(lab->keep);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_node_refusals,          test_vm_refusals,        test_link_refusals,
				 test_document_refusals,      test_metadata_refusals,  test_no_consequences,
				 test_replicas_are_told_once, test_annotations_of_ours };

	return suite_run("lab_refusals", tests, ARRAY_SIZE(tests));
}
