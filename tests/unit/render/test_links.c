/* Links and connectors, read to the model: drivers and defaults, positions, gateways, replicas, ports and VNIs. */
#include "tests/unit/render/links_check.h"
#include "tests/unit/suite.h"

START_TEST(test_defaults)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab =
		links_reading_good(&reading, "defaults: {driver: ovs, bridge: br1, mtu: 9000, vlan: 10}\n"
					     "links:\n"
					     "  a: {nodes: [{node: vm-1}, {node: vm-2, vlan: 12}]}\n"
					     "  b: {bridge: br2, mtu: 1400, vlan: 11, nodes: [{node: "
					     "vm-1}, {node: vm-2}]}\n"
					     "  c: {driver: ovn, nodes: [{node: vm-1}, {node: vm-2}]}\n"
					     "  d: {driver: k8slan, nodes: [{node: vm-1}, {node: vm-2}]}\n"
					     "  e: {driver: existing, network: x/y, nodes: [{node: "
					     "vm-1}, {node: vm-2}]}\n");
	const struct lab_link expected[] = {
		{ .driver = LINK_OVS, .mtu = 9000, .vlan = 10, .bridge = "br1" },
		{ .driver = LINK_OVS, .mtu = 1400, .vlan = 11, .bridge = "br2" },
		{ .driver = LINK_OVN, .mtu = 9000 },
		{ .driver = LINK_K8SLAN },
		{ .driver = LINK_EXISTING, .network = "x/y" },
	};

	ck_assert_uint_eq(lab->link_count, ARRAY_SIZE(expected));
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
		const struct lab_link *link = &lab->links[i];

		ck_assert_int_eq(link->driver, expected[i].driver);
		ck_assert_int_eq(link->mtu, expected[i].mtu);
		ck_assert_int_eq(link->vlan, expected[i].vlan);
		ck_assert_int_eq(link->vni, 0);
		ck_assert_pstr_eq(link->bridge, expected[i].bridge);
		ck_assert_pstr_eq(link->network, expected[i].network);
		ck_assert_uint_eq(link->end_count, 2);
	}
	ck_assert_int_eq(links_check_node(lab, "vm-1")->interfaces[0].vlan, 10);
	ck_assert_int_eq(links_check_node(lab, "vm-2")->interfaces[0].vlan, 12);
}
END_TEST

START_TEST(test_connector)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab = links_reading_good(
		&reading, "links:\n"
			  "  a:\n"
			  "    nodes:\n"
			  "    - {node: pod-1, mac: 32:20:22:99:99:01, addrs: [10.0.0.1/24], gateway: 10.0.0.254}\n"
			  "    - node: vm-1\n"
			  "      addrs: [10.0.0.2/24, 'fd00::2/64']\n"
			  "      gateway: ['fe80::1', 10.0.0.254]\n"
			  "      routes: [10.9.0.0/16 via 10.0.0.1]\n"
			  "      dns: [10.0.0.53, 'fd00::53']\n"
			  "      state: down\n"
			  "    - {node: vm-1}\n");
	const struct lab_interface *pod = &links_check_node(lab, "pod-1")->interfaces[0];
	const struct lab_interface *vm = &links_check_node(lab, "vm-1")->interfaces[0];

	ck_assert_str_eq(pod->mac, "32:20:22:99:99:01");
	ck_assert_str_eq(pod->gateway[0], "10.0.0.254");
	ck_assert_ptr_null(pod->gateway[1]);
	ck_assert_uint_eq(pod->nameserver_count, 0);
	ck_assert_str_eq(vm->gateway[0], "10.0.0.254");
	ck_assert_str_eq(vm->gateway[1], "fe80::1");
	ck_assert_uint_eq(vm->route_count, 1);
	ck_assert_str_eq(vm->routes[0].to, "10.9.0.0/16");
	ck_assert_uint_eq(vm->nameserver_count, 2);
	ck_assert_str_eq(vm->nameservers[1], "fd00::53");
	ck_assert_str_eq(vm->state, "down");
	ck_assert_str_eq(vm[1].name, "a-2");
	ck_assert_uint_eq(pod->position, 0);
	ck_assert_uint_eq(vm->position, 1);
	ck_assert_uint_eq(vm[1].position, 2);
	ck_assert_uint_eq(vm->link->end_count, 3);
}
END_TEST

/* Ends of different VLANs may have one address. */
START_TEST(test_vlans_are_apart)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;

	links_reading_good(&reading,
			   "links:\n  a: {nodes: [{node: vm-1, vlan: 1, addrs: [10.0.0.1/24]}, {node: vm-2, "
			   "vlan: 2, addrs: [10.0.0.1/24]}]}\n");
}
END_TEST

START_TEST(test_srl_ports)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab = links_reading_good(
		&reading, "links:\n  a: {nodes: [{node: srl-1}, {node: vm-1}]}\n"
			  "  b: {nodes: [{node: srl-1, port: e1-31-4}, {node: srl-1}, {node: vm-1}]}\n");
	const struct lab_node *srl = links_check_node(lab, "srl-1");

	ck_assert_uint_eq(srl->interface_count, 3);
	ck_assert_str_eq(srl->interfaces[0].port, "e1-1");
	ck_assert_str_eq(srl->interfaces[1].port, "e1-31-4");
	ck_assert_str_eq(srl->interfaces[2].port, "e1-3");
	ck_assert(node_is_pod(srl));
	ck_assert(!node_is_pod(links_check_node(lab, "vm-1")));
}
END_TEST

/* What the connector comes to for the replica after `ordinal` others, as text: its addresses, or what is wrong. */
static char *replica_text_new(const char *fields, size_t ordinal)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	cleanup(free) char *text =
		string_format("links:\n  a:\n    nodes:\n    - node: vm-2\n    - {node: pod-1, %s}\n", fields);
	struct reader reader = { .arena = &reading.arena,
				 .path = "labs/a.yaml",
				 .diagnostics = &reading.diagnostics };
	struct buffer out = BUFFER_INIT;
	struct connector copy;

	links_reading_read(&reading, text);
	ck_assert_uint_eq(reading.diagnostics.count, 0);
	if (!connector_replicate(&reader, &reading.links.connectors[1], ordinal, "pod-1-3", &copy))
		return links_reading_lines_new(&reading);
	ck_assert_str_eq(copy.node, "pod-1-3");
	for (size_t i = 0; i < copy.interface.address_count; i++)
		buffer_format(&out, "%s%s", i ? " " : "", copy.interface.addresses[i]);
	ck_assert_str_eq(reading.links.connectors[1].node, "pod-1");
	return buffer_steal(&out);
}

START_TEST(test_replicas)
{
	static const struct {
		const char *fields;
		size_t ordinal;
		const char *expected;
	} cases[] = {
		{ "addrs: [10.0.0.10/24, 'fd00::a/64']", 0, "10.0.0.10/24 fd00::a/64" },
		{ "addrs: [10.0.0.10/24, 'fd00::a/64']", 2, "10.0.0.12/24 fd00::c/64" },
		{ "addrs: [10.0.255.254/15]", 3, "10.1.0.1/15" },
		{ "addrs: ['fd00::ffff/64']", 1, "fd00::1:0/64" },
		{ "", 5, "" },
		{ "addrs: [10.0.0.253/24]", 2,
		  "5:29: error: address \"10.0.0.253/24\" leaves no room in its prefix for replica \"pod-1-3\"; "
		  "begin with a lower address, or use a larger prefix" },
		{ "addrs: [10.0.0.253/24]", 3,
		  "5:29: error: address \"10.0.0.253/24\" leaves no room in its prefix for replica \"pod-1-3\"; "
		  "begin with "
		  "a lower address, or use a larger prefix" },
		{ "addrs: [10.0.0.253/24], gateway: 10.0.0.254", 1,
		  "5:29: error: replica \"pod-1-3\" would get the address 10.0.0.254/24, which is its own next hop "
		  "at "
		  "labs/a.yaml:5:54; choose other addresses" },
		{ "mac: 32:20:22:99:99:01", 0,
		  "5:26: error: mac \"32:20:22:99:99:01\" cannot be that of each replica of node \"pod-1\"; remove "
		  "it, and "
		  "each gets one of its own" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *text = replica_text_new(cases[i].fields, cases[i].ordinal);

		ck_assert_str_eq(text, cases[i].expected);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_defaults, test_connector, test_vlans_are_apart, test_srl_ports, test_replicas };

	return suite_run("links", tests, ARRAY_SIZE(tests));
}
