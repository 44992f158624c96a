/* What is wrong with links and connectors, and in which words and at which place it is told. */
#include "tests/unit/render/links_check.h"
#include "tests/unit/suite.h"

struct refusal {
	const char *name;
	const char *text;
	const char *expected; /* all that is told, without the path */
};

/* Line 6, column 7 is where `rest` is, in the connector of `node`. */
#define END(node, rest) "links:\n  a:\n    nodes:\n    - node: vm-2\n    - node: " node "\n      " rest "\n"
#define VM(rest) END("vm-1", rest)
#define POD(rest) END("pod-1", rest)
#define SRL(rest) END("srl-1", rest)

/* The link's own field on line 3, `rest` on line 7. */
#define LINK(field, node, rest)                                                                                      \
	"links:\n  a:\n    " field "\n    nodes:\n    - node: vm-2\n    - node: " node "\n      " rest "\n"

#define NAME_50 "a23456789-b23456789-c23456789-d23456789-e234567890"

static const struct refusal address_refusals[] = {
	{ "no length", VM("addrs: [10.0.0.1]"),
	  "6:15: error: address \"10.0.0.1\" has no prefix length; write e.g. 10.0.0.1/24" },
	{ "no address", VM("addrs: [10.0.0.300/24]"),
	  "6:15: error: \"10.0.0.300/24\" is no address with prefix length; write it like 192.168.10.100/24" },
	{ "number", VM("addrs: [10]"),
	  "6:15: error: an address must be a string like 192.168.10.100/24, not an integer" },
	{ "multicast", VM("addrs: [ff02::5/64]"),
	  "6:15: error: address \"ff02::5/64\" is not unicast; an interface cannot have it" },
	{ "loopback", VM("addrs: [127.0.0.1/8, '::1/128']"),
	  "6:15: error: address \"127.0.0.1/8\" is one of the loopback's, which reaches nobody else; choose "
	  "another\n6:28: error: address \"::1/128\" is one of the loopback's, which reaches nobody else; choose "
	  "another" },
	{ "network address", VM("addrs: [10.0.0.0/24]"),
	  "6:15: error: address \"10.0.0.0/24\" is the network address of its prefix; choose one between the first "
	  "and the last" },
	{ "broadcast address", VM("addrs: [10.0.0.255/24]"),
	  "6:15: error: address \"10.0.0.255/24\" is the broadcast address of its prefix; choose one between the "
	  "first "
	  "and the last" },
	{ "too many",
	  VM("addrs: [a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,"
	     "a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a]"),
	  "6:14: error: addrs has 65 entries; at most 64 are taken" },
	{ "twice", VM("addrs: [10.0.0.1/24]\n    - {node: pod-1, addrs: [10.0.0.1/8]}"),
	  "7:29: error: address \"10.0.0.1/8\" is on link \"a\" twice, also at labs/a.yaml:6:15; change one" },
	{ "little mtu for IPv6", LINK("mtu: 576", "vm-1", "addrs: ['fd00::1/64']"),
	  "7:15: error: address \"fd00::1/64\" needs an mtu of at least 1280, but link \"a\" has 576; raise that" },
	{ "two ends in one prefix", VM("addrs: [10.0.0.1/24]\n    - {node: vm-1, addrs: [10.0.0.2/16]}"),
	  "7:28: warning: node \"vm-1\" has 10.0.0.2/16 on link \"a\" beside 10.0.0.1/24 at labs/a.yaml:6:15, in the "
	  "same prefix; it will answer for either on both interfaces" },
	{ "in the guest's own network", VM("addrs: [10.0.3.1/24, 10.0.2.7/24]"),
	  "6:28: warning: address \"10.0.2.7/24\" is in 10.0.2.0/24, which KubeVirt gives every guest on its pod "
	  "interface; use another prefix, or set vmNetworkCIDR of the pod network by patch" },
	{ "in the guest's own IPv6 network", VM("addrs: ['fd10:0:2::5/64']"),
	  "6:15: warning: address \"fd10:0:2::5/64\" is in fd10:0:2::/120, which KubeVirt gives every guest on its "
	  "pod "
	  "interface; use another prefix, or set vmNetworkCIDR of the pod network by patch" },
	{ "addresses of srl", SRL("addrs: [10.0.0.1/24]"),
	  "6:7: warning: addrs has no effect here: SR Linux has its addresses in its own configuration" },
};

static const struct refusal route_refusals[] = {
	{ "no via", VM("routes: [10.0.0.0/8]"),
	  "6:16: error: route \"10.0.0.0/8\" must be \"<prefix> via <next hop>\"" },
	{ "no prefix", VM("routes: [10.0.0.0 via 10.0.0.1]"),
	  "6:16: error: route leads to \"10.0.0.0\", which is no prefix; write it like 192.168.30.0/24" },
	{ "no next hop", VM("routes: [10.0.0.0/8 via eth0]"),
	  "6:16: error: next hop \"eth0\" of the route is no unicast address" },
	{ "families", VM("routes: ['10.0.0.0/8 via fe80::1']"),
	  "6:16: error: route \"10.0.0.0/8 via fe80::1\" mixes IPv4 and IPv6; use a next hop of the same family" },
	{ "host bits", VM("addrs: [10.0.0.1/24]\n      routes: [10.9.1.1/16 via 10.0.0.2]"),
	  "7:16: warning: route to \"10.9.1.1/16\" is taken as 10.9.0.0/16" },
	{ "next hop off the link",
	  VM("addrs: [10.0.0.1/24, 'fd00::1/64', 10.0.3.1/24]\n      routes: [10.9.0.0/16 via 10.0.1.1]"),
	  "7:16: error: next hop 10.0.1.1 is not on link \"a\", where this interface has 10.0.0.1/24, 10.0.3.1/24; "
	  "use "
	  "one that is" },
	{ "next hop of itself", VM("addrs: [10.0.0.1/24]\n      routes: [10.9.0.0/16 via 10.0.0.1]"),
	  "7:16: error: next hop 10.0.0.1 is the interface's own address; use that of another node on link \"a\"" },
	{ "next hop without an address", VM("addrs: ['fd00::1/64']\n      routes: [10.9.0.0/16 via 10.0.0.1]"),
	  "7:16: warning: the next hop can only be reached once the interface has an IPv4 address; add one to "
	  "addrs" },
	{ "next hop of a pod without an address",
	  POD("addrs: ['fd00::1/64']\n      routes: [10.9.0.0/16 via 10.0.0.1]"),
	  "7:16: error: the pod has no IPv4 address on this link to reach the next hop; add one to addrs" },
	{ "an address that was refused hides no next hop",
	  VM("addrs: [10.0.0.1/24, 10.0.1.0/24]\n      routes: [10.9.0.0/16 via 10.0.1.1]"),
	  "6:28: error: address \"10.0.1.0/24\" is the network address of its prefix; choose one between the first "
	  "and the last" },
	{ "route twice",
	  VM("addrs: [10.0.0.1/24]\n      routes: [10.9.0.0/16 via 10.0.0.2, 10.9.0.0/16 via 10.0.0.3]"),
	  "7:42: error: the interface has a route to 10.9.0.0/16 already, at labs/a.yaml:7:16; keep one" },
	{ "default route twice",
	  VM("addrs: [10.0.0.1/24]\n      routes: [default via 10.0.0.2, 0.0.0.0/0 via 10.0.0.3]"),
	  "7:38: error: the interface has an IPv4 default route already, at labs/a.yaml:7:16; keep one" },
	{ "routes of a pod without addresses", POD("routes: [10.0.0.0/8 via 10.0.0.1]"),
	  "6:7: error: routes of a pod need addrs; add them to this connector" },
	{ "routes of a pod on ovn", LINK("driver: ovn", "pod-1", "routes: [10.0.0.0/8 via 10.0.0.1]"),
	  "7:7: error: a pod on link \"a\" cannot have routes: OVN-Kubernetes sets no routes in a pod; use gateway "
	  "for a "
	  "default route, set them by the pod's cmd, or use driver bridge, ovs or k8slan" },
	{ "routes of a pod on an existing network",
	  LINK("driver: existing\n    network: lan", "pod-1", "routes: [10.0.0.0/8 via 10.0.0.1]"),
	  "8:7: error: a pod on link \"a\" cannot have routes: a network that is there takes no routes from labsync; "
	  "use "
	  "gateway for a default route, set them in its NetworkAttachmentDefinition, or use driver bridge, ovs or "
	  "k8slan" },
};

static const struct refusal gateway_refusals[] = {
	{ "not an address", VM("gateway: gw"),
	  "6:16: error: gateway \"gw\" is no address; write it like 192.168.10.1" },
	{ "a number", VM("gateway: 10"),
	  "6:16: error: gateway must be an address, or a list of one IPv4 and one IPv6 address, not an integer" },
	{ "a number in a list", VM("gateway: [10]"),
	  "6:17: error: gateway must be an address like 192.168.10.1, not an integer" },
	{ "with a length", VM("gateway: 10.0.0.1/24"),
	  "6:16: error: gateway \"10.0.0.1/24\" has a prefix length; remove it" },
	{ "multicast", VM("gateway: 224.0.0.5"),
	  "6:16: error: gateway \"224.0.0.5\" is not unicast; use the address of one interface" },
	{ "off the link", VM("addrs: [10.0.0.1/24]\n      gateway: 10.0.1.1"),
	  "7:16: error: gateway 10.0.1.1 is not on link \"a\", where this interface has 10.0.0.1/24; use one that "
	  "is" },
	{ "itself", VM("addrs: [10.0.0.1/24]\n      gateway: 10.0.0.1"),
	  "7:16: error: gateway 10.0.0.1 is the interface's own address; use that of another node on link \"a\"" },
	{ "two of a family", VM("addrs: [10.0.0.1/24]\n      gateway: [10.0.0.2, 10.0.0.3]"),
	  "7:27: error: gateway \"10.0.0.3\" is the second one of IPv4, after \"10.0.0.2\"; keep one" },
	{ "three", VM("gateway: [a, b, c]"), "6:16: error: gateway has 3 entries; at most 2 are taken" },
	{ "beside a default route",
	  VM("addrs: [10.0.0.1/24]\n      gateway: 10.0.0.2\n      routes: [default via 10.0.0.3]"),
	  "8:16: error: the interface has an IPv4 default route already, at labs/a.yaml:7:16; keep one" },
	{ "of a pod without addresses", POD("gateway: 10.0.0.1"),
	  "6:7: error: the gateway of a pod needs addrs; add them to this connector" },
	{ "on two links of a node",
	  VM("addrs: [10.0.0.1/24]\n      gateway: 10.0.0.2\n  b:\n    nodes:\n    - node: vm-2\n    - {node: vm-1, "
	     "addrs: "
	     "[10.1.0.1/24], gateway: 10.1.0.2}"),
	  "11:51: warning: node \"vm-1\" has an IPv4 default route at labs/a.yaml:7:16 already; only one of them "
	  "will be "
	  "used, keep that" },
	{ "name server", VM("dns: [resolver.example]"),
	  "6:13: error: name server \"resolver.example\" is no address; write it like 192.168.10.1" },
	{ "name server of a pod", POD("dns: [10.0.0.1]"),
	  "6:7: warning: dns has no effect here: a pod asks the name servers of the cluster" },
};

static const struct refusal end_refusals[] = {
	{ "unknown field", VM("adrs: []"),
	  "6:7: error: unknown field \"adrs\" in connector; did you mean \"addrs\"?" },
	{ "mac", VM("mac: 32:20:22:99:99"),
	  "6:12: error: mac \"32:20:22:99:99\" is not six bytes in hex; write it like 32:20:22:99:99:01" },
	{ "multicast mac", VM("mac: 01:00:5e:00:00:05"),
	  "6:12: error: mac \"01:00:5e:00:00:05\" is a multicast address; make its first byte even" },
	{ "reserved mac", VM("mac: 02:00:00:00:00:00"),
	  "6:12: error: mac \"02:00:00:00:00:00\" is reserved; choose another" },
	{ "mac twice", VM("mac: 32:20:22:99:99:01\n    - {node: pod-1, mac: '32-20-22-99-99-01'}"),
	  "7:26: error: mac \"32:20:22:99:99:01\" is used twice, also at labs/a.yaml:6:12; change one" },
	{ "mac of a pod on k8slan", LINK("driver: k8slan", "pod-1", "mac: 32:20:22:99:99:01"),
	  "7:7: warning: mac has no effect here: k8slan gives a pod's interface a MAC of its own" },
	{ "mac of srl", SRL("mac: 32:20:22:99:99:01"),
	  "6:7: warning: mac has no effect here: the ports of SR Linux have MACs of its chassis" },
	{ "port of a vm", VM("port: e1"), "6:7: warning: port has no effect on a vm" },
	{ "port of a pod", POD("port: a/b"),
	  "6:13: error: port \"a/b\" is no usable interface name for a pod; use at most 15 letters, digits, \"-\", "
	  "\"_\" or \".\", and neither eth0 nor lo" },
	{ "the pod network's port", POD("port: eth0"),
	  "6:13: error: port \"eth0\" is no usable interface name for a pod; use at most 15 letters, digits, \"-\", "
	  "\"_\" or \".\", and neither eth0 nor lo" },
	{ "port twice", POD("port: x\n    - {node: pod-1, port: x}"),
	  "7:27: error: port \"x\" of node \"pod-1\" is used twice, also at labs/a.yaml:6:13; change one" },
	{ "port of srl", SRL("port: ethernet-1/1"),
	  "6:13: error: port \"ethernet-1/1\" is no port of SR Linux; write it like e1-1, or e1-1-1 for a channel of "
	  "it" },
	{ "port of srl by its order", SRL("port: e1-2\n    - node: srl-1"),
	  "7:7: error: node \"srl-1\" has its port \"e1-2\" at labs/a.yaml:5:7 already, which this connector would "
	  "get by "
	  "its order; give it a port too" },
	{ "state", VM("state: off"), "6:14: error: state must be a string, not a boolean; write it in quotes" },
	{ "state that is near", VM("state: dwon"),
	  "6:14: error: state \"dwon\" is not known; did you mean \"down\"?" },
	{ "state of a pod", POD("state: down"),
	  "6:7: error: state is for VMs, and this is a pod; remove it, or take the interface down inside" },
	{ "vlan", VM("vlan: 4095"), "6:13: error: vlan must be a whole number from 1 to 4094, not 4095" },
	{ "vlan of an end on ovn", LINK("driver: ovn", "vm-1", "vlan: 10"),
	  "7:7: error: a connector of link \"a\" cannot have vlan: a layer-2 network of OVN-Kubernetes has no VLANs; "
	  "remove it, make a link for each VLAN, or use driver bridge or ovs" },
	{ "node twice on ovn", LINK("driver: ovn", "vm-2", ""),
	  "6:7: error: node \"vm-2\" is on link \"a\" twice, also at labs/a.yaml:5:7: OVN-Kubernetes attaches a node "
	  "to a "
	  "network only once; use two links, or driver bridge, ovs or k8slan" },
	{ "no node", "links:\n  a:\n    nodes:\n    - node: vm-1\n    - port: x\n",
	  "5:7: error: connector 2 of link \"a\" names no node; add \"node: ...\"" },
	{ "interface name twice", VM("\n    - node: vm-1\n  a-2:\n    nodes:\n    - node: vm-1\n    - node: vm-2"),
	  "10:7: error: node \"vm-1\" has two interfaces named \"a-2\", also at labs/a.yaml:7:7; rename a link" },
};

static const struct refusal link_refusals[] = {
	{ "one connector", "links:\n  a: {nodes: [{node: vm-1}]}\n",
	  "2:3: error: link \"a\" has 1 connector; list at least 2 under nodes" },
	{ "nothing", "links:\n  a:\n", "2:3: error: link \"a\" has 0 connectors; list at least 2 under nodes" },
	{ "driver", LINK("driver: vxlan", "vm-1", ""),
	  "3:13: error: driver \"vxlan\" is not known; use bridge, ovn, ovs, k8slan or existing" },
	{ "driver that is near", LINK("driver: k8lan", "vm-1", ""),
	  "3:13: error: driver \"k8lan\" is not known; did you mean \"k8slan\"?" },
	{ "little mtu", LINK("mtu: 67", "vm-1", ""),
	  "3:10: error: mtu must be a whole number from 68 to 65535, not 67" },
	{ "mtu as text", LINK("mtu: '1500'", "vm-1", ""), "3:10: error: mtu must be a whole number, not a string" },
	{ "mtu on k8slan", LINK("driver: k8slan\n    mtu: 1500", "vm-1", ""),
	  "4:10: error: link \"a\" cannot have mtu: k8slan takes it from the workers' VXLAN device; remove it, or "
	  "use "
	  "driver bridge, ovn or ovs" },
	{ "vlan on ovn", LINK("driver: ovn\n    vlan: 10", "vm-1", ""),
	  "4:11: error: link \"a\" cannot have vlan: a layer-2 network of OVN-Kubernetes has no VLANs; remove it, "
	  "make a "
	  "link for each VLAN, or use driver bridge or ovs" },
	{ "bridge without ovs", LINK("bridge: br1", "vm-1", ""),
	  "3:13: error: link \"a\" cannot have bridge: driver bridge makes a bridge of its own; remove it, or use "
	  "driver "
	  "ovs" },
	{ "network without existing", LINK("network: lan", "vm-1", ""),
	  "3:14: error: link \"a\" cannot have network: driver bridge makes its own network; remove it, or use "
	  "driver "
	  "existing" },
	{ "vni without k8slan", LINK("vni: 7", "vm-1", ""),
	  "3:10: error: link \"a\" cannot have vni: driver bridge has no VXLAN; remove it, or use driver k8slan" },
	{ "vni", LINK("driver: k8slan\n    vni: 16777216", "vm-1", ""),
	  "4:10: error: vni must be a whole number from 1 to 16777215, not 16777216" },
	{ "no bridge", LINK("driver: ovs", "vm-1", ""),
	  "2:3: error: link \"a\" has no bridge: driver ovs needs the name of a bridge on the workers; set bridge in "
	  "the "
	  "link or in spec.defaults.link of the Lab" },
	{ "bridge's name", LINK("driver: ovs\n    bridge: br-0123456789abc", "vm-1", ""),
	  "4:13: error: bridge \"br-0123456789abc\" is no name of a bridge; use at most 15 letters, digits, \"-\", "
	  "\"_\" or \".\"" },
	{ "no network", LINK("driver: existing", "vm-1", ""),
	  "2:3: error: link \"a\" has no network: driver existing needs the NetworkAttachmentDefinition to use; set "
	  "network to its name or namespace/name" },
	{ "network's name", LINK("driver: existing\n    network: a/b/c", "vm-1", ""),
	  "4:14: error: network \"a/b/c\" names no NetworkAttachmentDefinition; write its name or namespace/name, in "
	  "lower case" },
	{ "one bridge without VLANs",
	  "defaults: {driver: ovs, bridge: br1}\nlinks:\n  a: {nodes: [{node: vm-1}, {node: vm-2}]}\n  b: {nodes: "
	  "[{node: "
	  "vm-1}, {node: vm-2}]}\n",
	  "4:3: error: link \"b\" is one segment with link \"a\" at labs/a.yaml:3:3, since both use bridge \"br1\" "
	  "without a vlan; give each a vlan, or join the links" },
	{ "one VLAN of a bridge",
	  "defaults: {driver: ovs, bridge: br1, vlan: 10}\nlinks:\n  a: {nodes: [{node: vm-1}, {node: vm-2}]}\n  b: "
	  "{vlan: "
	  "11, nodes: [{node: vm-1}, {node: vm-2, vlan: 10}]}\n",
	  "4:52: error: link \"b\" is one segment with link \"a\" at labs/a.yaml:3:3, since both use VLAN 10 of "
	  "bridge "
	  "\"br1\"; give one another vlan, or join the links" },
	{ "defaults that do not go together",
	  "defaults: {driver: ovn, vlan: 10}\nlinks:\n  a: {nodes: [{node: vm-1}, "
	  "{node: vm-2}]}\n",
	  "1:31: error: links of driver ovn cannot have vlan: a layer-2 network of OVN-Kubernetes has no VLANs; "
	  "remove "
	  "it, make a link for each VLAN, or use driver bridge or ovs" },
	{ "unknown field", LINK("drivr: ovn", "vm-1", ""),
	  "3:5: error: unknown field \"drivr\" in link; did you mean \"driver\"?" },
	{ "long name on k8slan",
	  "links:\n  " NAME_50 ":\n    driver: k8slan\n    nodes: [{node: vm-1}, {node: vm-2}]\n",
	  "2:3: error: \"ring-" NAME_50
	  "\" is 55 characters long, but with driver k8slan at most 40 fit; shorten the "
	  "name of the lab or of the link" },
	{ "long name", "links:\n  a2345678-" NAME_50 ":\n    nodes: [{node: vm-1}, {node: vm-2}]\n",
	  "2:3: error: \"ring-a2345678-" NAME_50
	  "\" is 64 characters long, but at most 63 fit; shorten the name of the "
	  "lab or of the link" },
};

static void check_all(const struct refusal *refusals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
		cleanup(free) char *lines = NULL;

		links_reading_read(&reading, refusals[i].text);
		lines = links_reading_lines_new(&reading);
		ck_assert_msg(strcmp(lines, refusals[i].expected) == 0, "%s:\n  expected %s\n  got      %s",
			      refusals[i].name, refusals[i].expected, lines);
		ck_assert_msg(reading.lab.valid == (strstr(lines, ": error: ") == NULL), "%s: valid %d",
			      refusals[i].name, reading.lab.valid);
	}
}

START_TEST(test_addresses)
{
	check_all(address_refusals, ARRAY_SIZE(address_refusals));
}
END_TEST

START_TEST(test_routes)
{
	check_all(route_refusals, ARRAY_SIZE(route_refusals));
}
END_TEST

START_TEST(test_gateways)
{
	check_all(gateway_refusals, ARRAY_SIZE(gateway_refusals));
}
END_TEST

START_TEST(test_ends)
{
	check_all(end_refusals, ARRAY_SIZE(end_refusals));
}
END_TEST

START_TEST(test_links)
{
	check_all(link_refusals, ARRAY_SIZE(link_refusals));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_addresses, test_routes, test_gateways, test_ends, test_links };

	return suite_run("links refusals", tests, ARRAY_SIZE(tests));
}
