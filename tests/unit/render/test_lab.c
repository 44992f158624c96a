/* What a lab becomes when nothing is wrong with it. */
#include "render/lab/lab.h"

#include "render/lab/address.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

/* The first of KNL's examples, with the pod's image that its page leaves to the KNLConfig. */
static const char example[] = "apiVersion: knl.kubenetlab.net/v1beta1\n"
			      "kind: Lab\n"
			      "metadata:\n"
			      "  name: vm-example\n"
			      "  namespace: knl-system\n"
			      "spec:\n"
			      "  links:\n"
			      "    link-1:\n"
			      "      nodes:\n"
			      "      - node: vm-debian\n"
			      "      - node: pod-1\n"
			      "  nodes:\n"
			      "    vm-debian:\n"
			      "      vm:\n"
			      "        image: https://cloud.debian.org/images/debian-13.qcow2\n"
			      "        diskSize: 10G\n"
			      "---\n" CONFIG_HEAD "spec:\n"
			      "  storageClass: fast\n"
			      "  defaultNode:\n"
			      "    pod:\n"
			      "      image: docker.io/library/alpine:3.20\n";

START_TEST(test_example)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab *lab;
	const struct lab_node *pod, *vm;

	lab_reading_read_text(&reading, example);
	lab = lab_reading_only(&reading);
	ck_assert_str_eq(lab->name, "vm-example");
	ck_assert_str_eq(lab->namespace_name, "knl-system");
	ck_assert_str_eq(lab->storage_class, "fast");
	ck_assert_uint_eq(lab->line, 1);
	ck_assert_uint_eq(lab->node_count, 2);
	ck_assert_uint_eq(lab->link_count, 1);
	ck_assert_str_eq(lab->links[0].object_name, "vm-example-link-1");

	pod = &lab->nodes[0];
	ck_assert_str_eq(pod->object_name, "vm-example-pod-1");
	ck_assert_int_eq(pod->type, NODE_POD);
	ck_assert_str_eq(pod->pod->image, "docker.io/library/alpine:3.20");
	ck_assert_str_eq(pod->pod->disk_size, "100Mi");
	ck_assert_ptr_null(pod->pod->command_line);
	ck_assert(!*pod->pod->privileged);
	ck_assert_ptr_null(pod->pod->memory);
	ck_assert_uint_eq(pod->line, 11);

	vm = &lab->nodes[1];
	ck_assert_int_eq(vm->type, NODE_VM);
	ck_assert_str_eq(vm->vm->image, "https://cloud.debian.org/images/debian-13.qcow2");
	ck_assert_str_eq(vm->vm->disk_size, "10G");
	ck_assert_int_eq(*vm->vm->cpu, 2);
	ck_assert_str_eq(vm->vm->memory, "4Gi");
	ck_assert(!*vm->vm->cpu_pin && !*vm->vm->huge_page);
	ck_assert_int_eq(*vm->vm->init, INIT_CLOUD_INIT);
	ck_assert_str_eq(vm->vm->user, "lab");
	ck_assert_str_eq(vm->vm->password, "lab123");
	ck_assert_uint_eq(vm->vm->ports->count, 1);
	ck_assert_str_eq(vm->vm->ports->ports[0].name, "ssh");
	ck_assert_int_eq(vm->vm->ports->ports[0].port, 22);
	ck_assert_uint_eq(vm->interface_count, 1);
	ck_assert_str_eq(vm->interfaces[0].name, "link-1");
	ck_assert_ptr_eq(vm->interfaces[0].link, &lab->links[0]);
}
END_TEST

/* The second: addresses, a route and an unquoted MAC, on a lab with its own defaults. */
START_TEST(test_addresses)
{
	static const char text[] =
		LAB_HEAD "spec:\n"
			 "  defaults:\n"
			 "    vm: {image: 'DOCKER://quay.io/containerdisks/debian:13', diskSize: 10Gi}\n"
			 "    pod: {image: alpine}\n"
			 "  links:\n"
			 "    link1:\n"
			 "      nodes:\n"
			 "      - node: vm-1\n"
			 "        addrs: [192.168.10.100/24, 2001:beef::100/64]\n"
			 "        routes: ['192.168.30.0/24 via 192.168.10.200',"
			 " 'default VIA 2001:beef::1', 'default via 192.168.10.1']\n"
			 "        mac: 32:20:22:99:99:01\n"
			 "      - node: pod-1\n"
			 "        port: uplink\n";
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab *lab;
	const struct lab_interface *interface;

	lab_reading_read_text(&reading, text);
	lab = lab_reading_only(&reading);
	ck_assert_str_eq(lab->namespace_name, "labs");
	ck_assert_ptr_null(lab->storage_class);
	ck_assert_str_eq(lab_check_node(lab, "vm-1")->vm->image, "docker://quay.io/containerdisks/debian:13");
	interface = &lab_check_node(lab, "vm-1")->interfaces[0];
	ck_assert_str_eq(interface->mac, "32:20:22:99:99:01");
	ck_assert_uint_eq(interface->address_count, 2);
	ck_assert_str_eq(interface->addresses[0], "192.168.10.100/24");
	ck_assert_str_eq(interface->addresses[1], "2001:beef::100/64");
	ck_assert_uint_eq(interface->route_count, 3);
	ck_assert_str_eq(interface->routes[0].to, "192.168.30.0/24");
	ck_assert_str_eq(interface->routes[0].via, "192.168.10.200");
	ck_assert_str_eq(interface->routes[1].to, "::/0");
	ck_assert_str_eq(interface->routes[2].to, "0.0.0.0/0");
	ck_assert_str_eq(lab_check_node(lab, "pod-1")->interfaces[0].port, "uplink");
}
END_TEST

START_TEST(test_layers)
{
	static const char text[] = LAB_HEAD "spec:\n"
					    "  defaults:\n"
					    "    vm: {memory: 2Gi, cpu: '3.0', user: admin, ports: []}\n"
					    "  nodes:\n"
					    "    r1: {vm: {cpu: 4000m, passwd: 0123, init: null}}\n"
					    "    vm-2:\n"
					    "---\n" CONFIG_HEAD "spec:\n"
					    "  defaultNode:\n"
					    "    vm: {image: 'http://x/y', diskSize: 1073741824, cpu: 8, memory: 8Gi,"
					    " hugePage: true, init: ignition}\n";
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab *lab;
	const struct lab_vm *r1, *vm2;

	lab_reading_read_text(&reading, text);
	lab = lab_reading_only(&reading);
	r1 = lab_check_node(lab, "r1")->vm;
	vm2 = lab_check_node(lab, "vm-2")->vm;
	ck_assert_int_eq(*r1->cpu, 4);
	ck_assert_int_eq(*vm2->cpu, 3);
	ck_assert_str_eq(r1->memory, "2Gi");
	ck_assert_str_eq(r1->disk_size, "1073741824");
	ck_assert(*r1->huge_page);
	ck_assert_int_eq(*r1->init, INIT_IGNITION);
	ck_assert_str_eq(r1->user, "admin");
	ck_assert_str_eq(r1->password, "0123");
	ck_assert_str_eq(vm2->password, "lab123");
	ck_assert_uint_eq(r1->ports->count, 0);
}
END_TEST

START_TEST(test_ports)
{
	static const char text[] =
		LAB_HEAD "spec:\n  nodes:\n    r1:\n      vm:\n        image: docker://x\n"
			 "        diskSize: 1Gi\n        ports:\n"
			 "        - {port: 22}\n        - {port: 53}\n        - {port: 53, protocol: UDP}\n"
			 "        - {port: 8443, name: web}\n";
	static const char *const names[] = { "ssh", "port-53", "port-53-udp", "web" };
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm;

	lab_reading_read_text(&reading, text);
	vm = lab_reading_only(&reading)->nodes[0].vm;
	ck_assert_uint_eq(vm->ports->count, ARRAY_SIZE(names));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		ck_assert_str_eq(vm->ports->ports[i].name, names[i]);
	ck_assert_str_eq(vm->ports->ports[2].protocol, "UDP");
}
END_TEST

#define VM(name) "    " name ": {vm: {image: docker://x, diskSize: 1Gi}}\n"

/* Links by name in byte order, then positions: the guest's NIC order. */
START_TEST(test_interfaces)
{
	static const char text[] = LAB_HEAD "spec:\n  links:\n"
					    "    link2: {nodes: [{node: a}, {node: b}]}\n"
					    "    link10: {nodes: [{node: b}, {node: a}, {node: a}]}\n"
					    "  nodes:\n" VM("b") VM("a");
	static const char *const names[] = { "link10", "link10-2", "link2" };
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(lab_reading) struct lab_reading again = LAB_READING_INIT;
	const struct lab_node *node, *same;

	lab_reading_read_text(&reading, text);
	lab_reading_read_text(&again, text);
	node = &lab_reading_only(&reading)->nodes[0];
	same = &lab_reading_only(&again)->nodes[0];
	ck_assert_uint_eq(node->interface_count, ARRAY_SIZE(names));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		uint8_t mac[MAC_ADDRESS_SIZE];

		ck_assert_str_eq(node->interfaces[i].name, names[i]);
		ck_assert_str_eq(node->interfaces[i].mac, same->interfaces[i].mac);
		ck_assert(mac_parse(node->interfaces[i].mac, mac));
		ck_assert_uint_eq(mac[0] & 3, 2); /* unicast, locally administered */
	}
	ck_assert_str_ne(node->interfaces[0].mac, node->interfaces[1].mac);
}
END_TEST

START_TEST(test_pod)
{
	static const char text[] = LAB_HEAD "spec:\n  nodes:\n    c1:\n      pod:\n        image: alpine\n"
					    "        cmd: sh -c 'sleep 1; echo \"a b\"'\n        privileged: true\n"
					    "        pvcSize: 1Gi\n        memory: 128Mi\n        cpu: 0.5\n";
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_pod *pod;

	lab_reading_read_text(&reading, text);
	pod = lab_reading_only(&reading)->nodes[0].pod;
	ck_assert_uint_eq(pod->command_line->count, 3);
	ck_assert_str_eq(pod->command_line->words[2], "sleep 1; echo \"a b\"");
	ck_assert(*pod->privileged);
	ck_assert_str_eq(pod->disk_size, "1Gi");
	ck_assert_str_eq(pod->cpu, "0.5");
	ck_assert_str_eq(pod->memory, "128Mi");
}
END_TEST

START_TEST(test_order)
{
	static const struct lab_file files[] = {
		{ "z.yaml", LAB_HEAD "spec: {nodes: {c: {pod: {image: a}}}}\n", 0 },
		{ "a.yaml",
		  "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: beta, namespace: aa}\n"
		  "spec: {nodes: {c: {pod: {image: a}}}}\n---\n"
		  "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: alpha}\n"
		  "spec: {nodes: {c: {pod: {image: a}}}}\n",
		  0 },
	};
	struct lab_file sized[ARRAY_SIZE(files)];
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		sized[i] = (struct lab_file){ files[i].path, files[i].text, strlen(files[i].text) };
	lab_reading_read(&reading, sized, ARRAY_SIZE(sized));
	ck_assert_uint_eq(reading.diagnostics.count, 0);
	ck_assert_uint_eq(reading.set.count, 3);
	ck_assert_str_eq(reading.set.labs[0]->name, "beta");
	ck_assert_str_eq(reading.set.labs[1]->name, "alpha");
	ck_assert_uint_eq(reading.set.labs[1]->line, 6);
	ck_assert_str_eq(reading.set.labs[2]->name, "ring");
	ck_assert_str_eq(reading.set.labs[2]->path, "z.yaml");
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_example,    test_addresses, test_layers, test_ports,
				 test_interfaces, test_pod,       test_order };

	return suite_run("lab", tests, ARRAY_SIZE(tests));
}
