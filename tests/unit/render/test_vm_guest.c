/* What of the layers below holds beside what a node says of its disks, NICs and first boot. */
#include "base/text.h"
#include "render/lab/vm_disks.h"
#include "render/lab/vm_interfaces.h"
#include "tests/unit/render/vm_check.h"
#include "tests/unit/suite.h"

static const struct lab_vm *vm_of(const struct lab_reading *reading)
{
	return lab_check_node(lab_reading_only(reading), "r1")->vm;
}

/* r1 with `node` above the lab's `defaults`. */
static const struct lab_vm *read_layers(struct lab_reading *reading, const char *defaults, const char *node)
{
	cleanup(free) char *text =
		string_format(LAB_HEAD "spec:\n  defaults:\n    vm: {image: docker://x, diskSize: 1Gi, %s}\n"
				       "  nodes:\n    r1: {vm: {%s}}\n",
			      defaults, node);
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(reading, text);
	lines = lab_reading_lines_new(reading);
	ck_assert_str_eq(lines, "");
	return vm_of(reading);
}

START_TEST(an_inherited_image_is_for_other_nodes)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm = read_layers(&reading, "diskSerial: a, diskBootOrder: 3", "rootDisk: false");

	ck_assert(!vm_has_root_disk(vm));
	ck_assert_ptr_null(vm->image);
	ck_assert_ptr_null(vm->disk_size);
	ck_assert_ptr_null(vm->disk_serial);
	ck_assert_ptr_null(vm->disk_boot_order);
	ck_assert_uint_eq(lab_reading_only(&reading)->claim_count, 0);
}
END_TEST

START_TEST(inherited_ports_need_the_pod_network)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm = read_layers(&reading, "ports: [{port: 80}]", "interfaces: []");

	ck_assert(!vm_has_pod_network(vm));
	ck_assert_ptr_null(vm->ports);
}
END_TEST

START_TEST(ports_are_of_the_nic_on_the_pod_network)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm = read_layers(&reading, "ports: [{port: 80}]",
					      "interfaces: [{name: a, network: b}, {name: c, network: pod}]");
	const struct lab_nic *first = vm->interfaces->items[0], *second = vm->interfaces->items[1];

	ck_assert_uint_eq(vm->ports->count, 1);
	ck_assert_ptr_eq(vm_forwarded_ports(vm), vm->ports);
	ck_assert_str_eq(nic_binding(first), "bridge");
	ck_assert_str_eq(nic_binding(second), "masquerade");
}
END_TEST

/* The guest has the pod's address itself, so that a probe may ask any port. */
START_TEST(a_bridge_on_the_pod_network_forwards_all)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm = read_layers(
		&reading, "ports: [{port: 80}]",
		"interfaces: [{name: a, network: pod, bind: bridge}], livenessProbe: {tcpSocket: {port: 81}}");

	ck_assert_ptr_null(vm_forwarded_ports(vm));
}
END_TEST

START_TEST(a_mac_is_written_in_one_way)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm =
		read_layers(&reading, "rng: true", "interfaces: [{name: a, network: pod, mac: 32-AA-00-00-00-01}]");
	const struct lab_nic *nic = vm->interfaces->items[0];

	ck_assert_str_eq(nic->mac, "32:aa:00:00:00:01");
}
END_TEST

START_TEST(an_inherited_configuration_is_for_its_init)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm =
		read_layers(&reading, "cloudInit: {userData: {packages: [frr]}}, passwd: geheim12", "init: none");

	ck_assert_int_eq(*vm->init, INIT_NONE);
	ck_assert_ptr_null(vm->cloud_init);
	ck_assert_ptr_null(vm->password);
}
END_TEST

START_TEST(inherited_network_data_needs_only)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm =
		read_layers(&reading,
			    "cloudInit: {only: true, type: ConfigDrive, userData: {packages: [frr]}, "
			    "networkData: {version: 2}}",
			    "cloudInit: {only: false}");

	ck_assert_ptr_nonnull(vm->cloud_init->user_data);
	ck_assert_ptr_null(vm->cloud_init->network_data);
	ck_assert_ptr_null(vm->cloud_init->type);
	ck_assert_str_eq(vm->password, "lab123");
}
END_TEST

START_TEST(only_leaves_no_password)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm =
		read_layers(&reading, "user: ada", "cloudInit: {only: true, userData: {packages: [frr]}}");

	ck_assert_ptr_null(vm->password);
	ck_assert_ptr_null(vm->password_hash);
	ck_assert_str_eq(vm->user, "ada");
}
END_TEST

START_TEST(the_highest_layer_names_the_answers)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm =
		read_layers(&reading, "init: sysprep, sysprep: {secret: a}", "sysprep: {configMap: b}");

	ck_assert_ptr_null(vm->sysprep->secret);
	ck_assert_str_eq(vm->sysprep->config_map, "b");
}
END_TEST

START_TEST(an_inherited_tpm_can_be_left_out)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm = read_layers(&reading, "tpm: {persistent: true}", "tpm: {enabled: false}");

	ck_assert(!*vm->tpm->enabled);
}
END_TEST

/* Text for another program than cloud-init has marks of its own. */
START_TEST(user_data_that_stands_alone_is_not_judged)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm = read_layers(&reading, "rng: true", "cloudInit: {only: true, userData: rem cmd}");

	ck_assert_str_eq(vm->cloud_init->user_data->text, "rem cmd");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		an_inherited_image_is_for_other_nodes,
		inherited_ports_need_the_pod_network,
		ports_are_of_the_nic_on_the_pod_network,
		a_bridge_on_the_pod_network_forwards_all,
		a_mac_is_written_in_one_way,
		an_inherited_configuration_is_for_its_init,
		inherited_network_data_needs_only,
		only_leaves_no_password,
		the_highest_layer_names_the_answers,
		an_inherited_tpm_can_be_left_out,
		user_data_that_stands_alone_is_not_judged,
	};

	return suite_run("vm_guest", tests, ARRAY_SIZE(tests));
}
