/* What each driver makes of a link, and how VMs and pods are plugged into it. */
#include "base/json.h"
#include "render/objects/drivers/driver.h"
#include "render/objects/link.h"
#include "render/objects/nic.h"
#include "tests/unit/render/links_check.h"
#include "tests/unit/suite.h"

static const char *const keys[] = { "worker-1" };
static const void *const values[] = { "eth1" };
static const struct value_map devices = { .count = 1, .keys = keys, .values = values };
static const struct lab_lan_config lan = {
	.vxlan_group = "ff18::100",
	.default_device = "eth0",
	.devices = &devices,
};

/* The lab, ready to be rendered. */
static const struct lab *lab_of(struct links_reading *reading, const char *text)
{
	links_reading_good(reading, text);
	reading->lab.lan = &lan;
	for (size_t i = 0; i < reading->lab.link_count; i++)
		if (reading->lab.links[i].driver == LINK_K8SLAN && reading->lab.links[i].vni == 0)
			reading->lab.links[i].vni = 0x123abc;
	return &reading->lab;
}

/* "<name>: <spec>" of each, a line each; a NetworkAttachmentDefinition's spec is its config. */
static void objects_text(const json_t *objects, struct buffer *out)
{
	for (size_t i = 0; i < json_array_size(objects); i++) {
		const json_t *object = json_array_get(objects, i);
		const char *config = json_text_at(object, "spec", "config", NULL);
		cleanup(free) char *spec = json_text_new(json_object_get(object, "spec"));

		ck_assert_str_eq(json_text_at(object, "metadata", "namespace", NULL), "labs");
		buffer_format(out, "%s: %s\n", json_text_at(object, "metadata", "name", NULL),
			      config ? config : spec);
	}
}

static char *link_text_new(const struct lab *lab)
{
	cleanup(json) json_t *objects = json_array();
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < lab->link_count; i++)
		link_add_objects(lab, &lab->links[i], objects);
	objects_text(objects, &out);
	return buffer_steal(&out);
}

/* What the node's interfaces have for themselves. */
static char *own_text_new(const struct lab *lab, const char *name)
{
	const struct lab_node *node = links_check_node(lab, name);
	cleanup(json) json_t *objects = json_array();
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < node->interface_count; i++) {
		json_t *object = link_own_attachment_build(lab, node, &node->interfaces[i]);

		if (object)
			json_array_append_new(objects, object);
	}
	objects_text(objects, &out);
	return buffer_steal(&out);
}

/* Multus' annotation and the limits of a pod. */
static char *pod_text_new(const struct lab *lab, const char *name)
{
	const struct lab_node *node = links_check_node(lab, name);
	cleanup(json) json_t *limits = json_object();
	cleanup(free) char *networks = link_networks_new(node), *text = NULL;

	link_add_limits(node, limits);
	text = json_text_new(limits);
	return string_format("%s %s", networks, text);
}

/* The interfaces and networks of a VM after the one of the pod network. */
static char *vm_text_new(const struct lab *lab, const char *name)
{
	struct lab_node node = *links_check_node(lab, name);
	const struct lab_vm vm = { .image = NULL };
	cleanup(json) json_t *nics = NULL;
	cleanup(json) json_t *networks = NULL;
	cleanup(free) char *nics_text = NULL, *networks_text = NULL;

	node.vm = &vm;
	nics = nic_interfaces_build(lab, &node);
	networks = nic_networks_build(&node);
	ck_assert_uint_eq(json_array_size(nics), node.interface_count + 1);
	ck_assert_str_eq(json_text_at(json_array_get(networks, 0), "name", NULL), "default");
	json_array_remove(nics, 0);
	json_array_remove(networks, 0);
	nics_text = json_text_new(nics);
	networks_text = json_text_new(networks);
	return string_format("%s %s", nics_text, networks_text);
}

/* Frees `text`. */
static void check_text(char *text, const char *expected)
{
	cleanup(free) char *owned = text;

	ck_assert_str_eq(owned, expected);
}

START_TEST(test_bridge)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab = lab_of(
		&reading, "links:\n  a:\n    nodes:\n    - {node: vm-1}\n"
			  "    - {node: pod-1, mac: 32:20:22:99:99:03, addrs: [10.0.0.1/24, 'fd00::1/64'], gateway: "
			  "[10.0.0.2, 'fe80::1'], routes: [10.9.0.0/16 via 10.0.0.3]}\n"
			  "    - {node: srl-1}\n");

	ck_assert(link_is_node_local(&lab->links[0]));
	check_text(
		link_text_new(lab),
		"ring-a: {\"bridge\":\"lsf21bf34f0d\",\"capabilities\":{\"mac\":true},\"cniVersion\":\"0.3.1\","
		"\"ipam\":{},\"macspoofchk\":false,\"name\":\"ring-a\",\"promiscMode\":false,\"type\":\"bridge\"}\n");
	check_text(
		own_text_new(lab, "pod-1"),
		"ring-pod-1-a: {\"bridge\":\"lsf21bf34f0d\",\"capabilities\":{\"mac\":true},\"cniVersion\":\"0.3.1\","
		"\"ipam\":{\"addresses\":[{\"address\":\"10.0.0.1/24\"},{\"address\":\"fd00::1/64\"}],\"routes\":[{"
		"\"dst\":\"10.9.0.0/16\",\"gw\":\"10.0.0.3\"},{\"dst\":\"0.0.0.0/1\",\"gw\":\"10.0.0.2\"},{\"dst\":"
		"\"128.0.0.0/1\",\"gw\":\"10.0.0.2\"},{\"dst\":\"::/1\",\"gw\":\"fe80::1\"},{\"dst\":\"8000::/1\","
		"\"gw\":\"fe80::1\"}],\"type\":\"static\"},\"macspoofchk\":false,\"name\":\"ring-pod-1-a\","
		"\"promiscMode\":false,\"type\":\"bridge\"}\n");
	check_text(own_text_new(lab, "srl-1"), "");
	check_text(pod_text_new(lab, "pod-1"), "[{\"mac\":\"32:20:22:99:99:03\",\"name\":\"ring-pod-1-a\"}] {}");
}
END_TEST

/* With a VLAN at one end, the bridge has VLANs, and so has each end. */
START_TEST(test_bridge_vlans)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab = lab_of(&reading, "links:\n  a:\n    mtu: 9000\n    nodes:\n"
						 "    - {node: vm-1, mac: 32:20:22:99:99:01, state: down, vlan: 7}\n"
						 "    - {node: pod-1, port: eth1, mac: 32:20:22:99:99:02, vlan: 7}\n"
						 "    - {node: pod-2}\n");

	check_text(
		link_text_new(lab),
		"ring-a: {\"bridge\":\"lvf21bf34f0d\",\"capabilities\":{\"mac\":true},\"cniVersion\":\"0.3.1\","
		"\"ipam\":{},\"macspoofchk\":false,\"mtu\":9000,\"name\":\"ring-a\",\"preserveDefaultVlan\":false,"
		"\"promiscMode\":false,\"type\":\"bridge\",\"vlan\":1}\n"
		"ring-a-vlan7: {\"bridge\":\"lvf21bf34f0d\",\"capabilities\":{\"mac\":true},\"cniVersion\":\"0.3.1\","
		"\"ipam\":{},\"macspoofchk\":false,\"mtu\":9000,\"name\":\"ring-a-vlan7\",\"preserveDefaultVlan\":"
		"false,\"promiscMode\":false,\"type\":\"bridge\",\"vlan\":7}\n");
	check_text(own_text_new(lab, "pod-1"), "");
	check_text(pod_text_new(lab, "pod-1"), "[{\"interface\":\"eth1\",\"mac\":\"32:20:22:99:99:02\",\"name\":"
					       "\"ring-a-vlan7\"}] {}");
	check_text(vm_text_new(lab, "vm-1"),
		   "[{\"bridge\":{},\"macAddress\":\"32:20:22:99:99:01\",\"name\":\"a\",\"state\":\"down\"}] "
		   "[{\"multus\":{\"networkName\":\"ring-a-vlan7\"},\"name\":\"a\"}]");
}
END_TEST

START_TEST(test_ovn)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab = lab_of(&reading, "links:\n  a:\n    driver: ovn\n    mtu: 1400\n    nodes:\n"
						 "    - {node: vm-1, mac: 32:20:22:99:99:01, addrs: [10.0.0.9/24]}\n"
						 "    - {node: pod-1, mac: 32:20:22:99:99:02, addrs: [10.0.0.1/24], "
						 "gateway: 10.0.0.2}\n");

	ck_assert(!link_is_node_local(&lab->links[0]));
	check_text(
		link_text_new(lab),
		"ring-a: {\"cniVersion\":\"0.3.1\",\"mtu\":1400,\"name\":\"ring-a-f21bf34f0d\",\"netAttachDefName\":"
		"\"labs/ring-a\",\"topology\":\"layer2\",\"type\":\"ovn-k8s-cni-overlay\"}\n");
	check_text(own_text_new(lab, "pod-1"), "");
	check_text(pod_text_new(lab, "pod-1"), "[{\"default-route\":[\"10.0.0.2\"],\"ips\":[\"10.0.0.1/24\"],\"mac\":"
					       "\"32:20:22:99:99:02\",\"name\":\"ring-a\"}] {}");
	check_text(vm_text_new(lab, "vm-1"), "[{\"bridge\":{},\"macAddress\":\"32:20:22:99:99:01\",\"name\":\"a\"}] "
					     "[{\"multus\":{\"networkName\":\"ring-a\"},\"name\":\"a\"}]");
}
END_TEST

START_TEST(test_ovs)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab =
		lab_of(&reading, "links:\n  a:\n    driver: ovs\n    bridge: br1\n    vlan: 10\n    nodes:\n"
				 "    - {node: vm-1, mac: 32:20:22:99:99:01}\n"
				 "    - {node: pod-1, mac: 32:20:22:99:99:02, vlan: 11, addrs: [10.0.0.1/24]}\n"
				 "    - {node: pod-1, mac: 32:20:22:99:99:03}\n");
	cleanup(json) json_t *objects = json_array();

	link_add_objects(lab, &lab->links[0], objects);
	ck_assert_str_eq(json_text_at(json_array_get(objects, 0), "metadata", "annotations",
				      "k8s.v1.cni.cncf.io/resourceName", NULL),
			 "ovs-cni.network.kubevirt.io/br1");
	check_text(link_text_new(lab),
		   "ring-a: {\"bridge\":\"br1\",\"cniVersion\":\"0.3.1\",\"name\":\"ring-a\",\"type\":"
		   "\"ovs\",\"vlan\":10}\n");
	check_text(own_text_new(lab, "pod-1"),
		   "ring-pod-1-a: {\"bridge\":\"br1\",\"cniVersion\":\"0.3.1\",\"ipam\":{\"addresses\":[{\"address\":"
		   "\"10.0.0.1/24\"}],\"routes\":[],\"type\":\"static\"},\"name\":\"ring-pod-1-a\",\"type\":\"ovs\","
		   "\"vlan\":11}\n");
	check_text(
		pod_text_new(lab, "pod-1"),
		"[{\"mac\":\"32:20:22:99:99:02\",\"name\":\"ring-pod-1-a\"},{\"mac\":\"32:20:22:99:99:03\",\"name\":"
		"\"ring-a\"}] {\"ovs-cni.network.kubevirt.io/br1\":\"2\"}");
	check_text(vm_text_new(lab, "vm-1"), "[{\"bridge\":{},\"macAddress\":\"32:20:22:99:99:01\",\"name\":\"a\"}] "
					     "[{\"multus\":{\"networkName\":\"ring-a\"},\"name\":\"a\"}]");
}
END_TEST

START_TEST(test_k8slan)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab = lab_of(
		&reading,
		"links:\n  a:\n    driver: k8slan\n    nodes:\n"
		"    - {node: vm-1, mac: 32:20:22:99:99:01}\n"
		"    - {node: pod-1, port: eth1}\n"
		"    - {node: pod-2, addrs: [10.0.0.1/24], gateway: 10.0.0.2, routes: [10.9.0.0/16 via 10.0.0.3]}\n"
		"    - {node: srl-1}\n");

	ck_assert(!link_is_node_local(&lab->links[0]));
	check_text(link_text_new(lab),
		   "ring-a: {\"bridge\":\"k8slanbr\",\"defaultVxlanDev\":\"eth0\",\"ns\":\"ring-a\",\"spokes\":["
		   "\"ls123abc-0\",\"ls123abc-1\",\"ls123abc-2\",\"ls123abc-3\"],\"vni\":1194684,\"vxlan\":"
		   "\"lsv123abc\",\"vxlanDevMap\":{\"worker-1\":\"eth1\"},\"vxlanGrp\":\"ff18::100\",\"vxlanPort\":"
		   "48622}\n");
	check_text(own_text_new(lab, "pod-2"),
		   "k8slan-veth-ring-a-ls123abc-2-withaddr: {\"addrs\":[\"10.0.0.1/24\"],\"cniVersion\":\"0.3.1\","
		   "\"disableTxChecksum\":true,\"name\":\"k8slan-veth-ring-a-ls123abc-2-withaddr\",\"peerNS\":"
		   "\"/run/k8slan/netns/ring-a\",\"routes\":[{\"to\":\"10.9.0.0/16\",\"via\":\"10.0.0.3\"},{\"to\":"
		   "\"0.0.0.0/1\",\"via\":\"10.0.0.2\"},{\"to\":\"128.0.0.0/1\",\"via\":\"10.0.0.2\"}],\"type\":"
		   "\"k8slanveth\",\"veth\":\"ls123abc-2\"}\n");
	check_text(pod_text_new(lab, "pod-1"),
		   "[{\"interface\":\"eth1\",\"name\":\"k8slan-veth-ring-a-ls123abc-1\"}] "
		   "{\"macvtap.k8slan.io/k8slan-veth-ring-a-ls123abc-1\":\"1\"}");
	check_text(pod_text_new(lab, "pod-2"), "[{\"name\":\"k8slan-veth-ring-a-ls123abc-2-withaddr\"}] "
					       "{\"macvtap.k8slan.io/k8slan-veth-ring-a-ls123abc-2\":\"1\"}");
	check_text(pod_text_new(lab, "srl-1"),
		   "[{\"interface\":\"e1-1\",\"name\":\"k8slan-veth-ring-a-ls123abc-3\"}] "
		   "{\"macvtap.k8slan.io/k8slan-veth-ring-a-ls123abc-3\":\"1\"}");
	check_text(vm_text_new(lab, "vm-1"),
		   "[{\"binding\":{\"name\":\"macvtap\"},\"macAddress\":\"32:20:22:99:99:01\",\"name\":\"a\"}] "
		   "[{\"multus\":{\"networkName\":\"k8slan-mac-ring-a-ls123abc-0\"},\"name\":\"a\"}]");
}
END_TEST

/* The longest names that the reader lets through are as long as k8slan and Kubernetes take. */
START_TEST(test_k8slan_limits)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab =
		lab_of(&reading, "links:\n  a23456789-b23456789-c23456789-d2345:\n    driver: k8slan\n    "
				 "vni: 16777215\n    nodes: [{node: vm-1}, {node: pod-1}]\n");
	cleanup(free) char *name = link_attachment_name_new(links_check_node(lab, "pod-1"),
							    &links_check_node(lab, "pod-1")->interfaces[0]);

	ck_assert_uint_eq(strlen(name), 63);
	ck_assert(text_ends_with(name, "-lsffffff-1"));
}
END_TEST

START_TEST(test_existing)
{
	cleanup(links_reading) struct links_reading reading = LINKS_READING_INIT;
	const struct lab *lab = lab_of(
		&reading, "links:\n  a:\n    driver: existing\n    network: shared/lan\n    nodes:\n"
			  "    - {node: vm-1, mac: 32:20:22:99:99:01}\n"
			  "    - {node: pod-1, mac: 32:20:22:99:99:02, addrs: [10.0.0.1/24], gateway: [10.0.0.2]}\n"
			  "  b:\n    driver: existing\n    network: lan\n    nodes:\n"
			  "    - {node: vm-1, mac: 32:20:22:99:99:03}\n"
			  "    - {node: pod-2, mac: 32:20:22:99:99:04}\n");

	ck_assert(!link_is_node_local(&lab->links[0]));
	check_text(link_text_new(lab), "");
	check_text(own_text_new(lab, "pod-1"), "");
	check_text(
		pod_text_new(lab, "pod-1"),
		"[{\"default-route\":[\"10.0.0.2\"],\"ips\":[\"10.0.0.1/24\"],\"mac\":\"32:20:22:99:99:02\",\"name\":"
		"\"lan\",\"namespace\":\"shared\"}] {}");
	check_text(pod_text_new(lab, "pod-2"), "[{\"mac\":\"32:20:22:99:99:04\",\"name\":\"lan\"}] {}");
	check_text(
		vm_text_new(lab, "vm-1"),
		"[{\"bridge\":{},\"macAddress\":\"32:20:22:99:99:01\",\"name\":\"a\"},{\"bridge\":{},\"macAddress\":"
		"\"32:20:22:99:99:03\",\"name\":\"b\"}] "
		"[{\"multus\":{\"networkName\":\"shared/lan\"},\"name\":\"a\"},"
		"{\"multus\":{\"networkName\":\"lan\"},\"name\":\"b\"}]");
}
END_TEST

START_TEST(test_names)
{
	enum link_driver driver;

	for (int i = 0; driver_names[i]; i++) {
		const struct lab_link link = { .driver = (enum link_driver)i };

		ck_assert(driver_parse(driver_names[i], &driver));
		ck_assert_int_eq((int)driver, i);
		ck_assert_str_eq(driver_of(&link)->name, driver_names[i]);
	}
	ck_assert(!driver_parse("vxlan", &driver));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_bridge, test_bridge_vlans,  test_ovn,      test_ovs,
				 test_k8slan, test_k8slan_limits, test_existing, test_names };

	return suite_run("drivers", tests, ARRAY_SIZE(tests));
}
