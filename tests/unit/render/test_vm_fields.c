/* What a VM is after all layers: which of several that exclude each other holds,
 * and what a file of the repository brings. */
#include "render/lab/vm_fields.h"

#include "base/text.h"
#include "tests/unit/render/vm_check.h"
#include "tests/unit/suite.h"

static const struct lab_vm *vm_of(const struct lab_reading *reading)
{
	return lab_check_node(lab_reading_only(reading), "r1")->vm;
}

/* r1 with `node` above the lab's `defaults`. */
static void read_layers(struct lab_reading *reading, const char *defaults, const char *node)
{
	cleanup(free) char *text = string_format(
		LAB_HEAD "spec:\n  defaults:\n    vm: {%s}\n  nodes:\n    r1: {vm: {%s}}\n", defaults, node);

	lab_reading_read_text(reading, text);
}

START_TEST(built_in_values_hold)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm;

	lab_reading_read_text(&reading, VM_HEAD);
	vm = vm_of(&reading);
	ck_assert_int_eq(*vm->cpu, 2);
	ck_assert_str_eq(vm->memory, "4Gi");
	ck_assert_str_eq(vm->user, "lab");
	ck_assert_str_eq(vm->password, "lab123");
	ck_assert_str_eq(vm->disk_policy, "Retain");
	ck_assert_str_eq(vm->restart_policy, "Manual");
	ck_assert_int_eq(*vm->init, INIT_CLOUD_INIT);
	ck_assert_uint_eq(vm->ports->count, 1);
	ck_assert_ptr_null(vm->run_strategy);
	ck_assert_ptr_null(vm->disks);
}
END_TEST

START_TEST(all_kinds_of_disks_are_read)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_disk *disk;
	const struct value_list *disks;

	lab_reading_read_text(
		&reading,
		VM_HEAD VM("disks:") VM("- {name: blank, size: 1Gi, serial: A-1, hotpluggable: true, cache: none}")
			VM("- {name: image, image: 'https://h/i.qcow2', size: 2Gi, imageCA: ca, bus: scsi}")
				VM("- {name: claim, type: lun, pvc: data, shareable: true}")
					VM("- {name: drive, type: cdrom, bootOrder: 1}"));
	disks = vm_of(&reading)->disks;
	ck_assert_uint_eq(disks->count, 4);
	disk = disks->items[0];
	ck_assert_str_eq(disk->serial, "A-1");
	ck_assert(*disk->hotpluggable);
	disk = disks->items[1];
	ck_assert_str_eq(disk->image, "https://h/i.qcow2");
	ck_assert_str_eq(disk->certificates, "ca");
	disk = disks->items[2];
	ck_assert_str_eq(disk->claim, "data");
	disk = disks->items[3];
	ck_assert_int_eq(*disk->boot_order, 1);
	ck_assert_ptr_null(disk->image);
}
END_TEST

START_TEST(the_password_of_the_highest_layer_holds)
{
	cleanup(lab_reading) struct lab_reading hashed = LAB_READING_INIT, secret = LAB_READING_INIT;
	const struct lab_vm *vm;

	read_layers(&hashed, "image: docker://x, diskSize: 1Gi, passwd: a",
		    "passwdHash: $1$abc$0123456789012345678901");
	vm = vm_of(&hashed);
	ck_assert_ptr_null(vm->password);
	ck_assert_str_eq(vm->password_hash, "$1$abc$0123456789012345678901");
	read_layers(&secret, "image: docker://x, diskSize: 1Gi, passwdSecret: s", "passwd: b");
	vm = vm_of(&secret);
	ck_assert_ptr_null(vm->password_secret);
	ck_assert_str_eq(vm->password, "b");
}
END_TEST

START_TEST(the_cores_of_the_highest_layer_hold)
{
	cleanup(lab_reading) struct lab_reading above = LAB_READING_INIT, below = LAB_READING_INIT,
						both = LAB_READING_INIT;

	read_layers(&above, "image: docker://x, diskSize: 1Gi, cpu: 3", "cpuTopology: {sockets: 2, cores: 4}");
	ck_assert_ptr_null(vm_of(&above)->cpu);
	ck_assert_int_eq(*vm_of(&above)->cpu_topology->cores, 4);
	read_layers(&below, "image: docker://x, diskSize: 1Gi, cpuTopology: {cores: 4}", "cpu: 3");
	ck_assert_int_eq(*vm_of(&below)->cpu, 3);
	ck_assert_ptr_null(vm_of(&below)->cpu_topology);
	read_layers(&both, "image: docker://x, diskSize: 1Gi", "cpu: 8, cpuTopology: {sockets: 2, cores: 4}");
	ck_assert_ptr_null(vm_of(&both)->cpu);
}
END_TEST

START_TEST(an_instancetype_takes_the_place_of_what_is_below)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm;

	read_layers(&reading,
		    "image: docker://x, diskSize: 1Gi, cpu: 3, memory: 2Gi, cpuPin: true, hugePage: true, "
		    "placement: {nodeSelector: {a: b}, priorityClassName: high}",
		    "instancetype: {name: u1.small}, cpuPin: false");
	vm = vm_of(&reading);
	ck_assert_ptr_null(vm->cpu);
	ck_assert_ptr_null(vm->memory);
	/* Not false: nobody said so, and `render --explain` would name somebody. */
	ck_assert_ptr_null(vm->cpu_pin);
	ck_assert_ptr_null(vm->huge_page);
	/* What an instancetype seldom speaks of stays: without it the VM would run anywhere. */
	ck_assert_ptr_nonnull(vm->placement->node_selector);
	ck_assert_str_eq(vm->placement->priority_class, "high");
}
END_TEST

START_TEST(a_default_of_another_kind_is_dropped)
{
	cleanup(lab_reading) struct lab_reading image = LAB_READING_INIT, firmware = LAB_READING_INIT,
						init = LAB_READING_INIT, probe = LAB_READING_INIT;

	read_layers(&image,
		    "image: 'https://h/i', diskSize: 1Gi, imageCA: ca, "
		    "checksum: 'md5:00112233445566778899aabbccddeeff'",
		    "image: 'http://h/j'");
	ck_assert_ptr_null(vm_of(&image)->checksum);
	ck_assert_ptr_null(vm_of(&image)->certificates);
	read_layers(&firmware, "image: docker://x, diskSize: 1Gi, firmware: {bootloader: efi, secureBoot: true}",
		    "firmware: {bootloader: bios}");
	ck_assert_ptr_null(vm_of(&firmware)->firmware->secure_boot);
	read_layers(&init, "image: docker://x, diskSize: 1Gi, cloudInit: {userData: {packages: [frr]}}",
		    "init: ignition");
	ck_assert_ptr_null(vm_of(&init)->cloud_init);
	read_layers(&probe,
		    "image: docker://x, diskSize: 1Gi, readinessProbe: {guestAgentPing: {}, periodSeconds: 5}",
		    "readinessProbe: {tcpSocket: {port: 22}}");
	ck_assert_ptr_null(vm_of(&probe)->readiness_probe->guest_agent_ping);
	ck_assert_int_eq(*vm_of(&probe)->readiness_probe->tcp_socket->port, 22);
	ck_assert_int_eq(*vm_of(&probe)->readiness_probe->period, 5);
}
END_TEST

START_TEST(a_spread_is_filled_in)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_spread *spread;

	lab_reading_read_text(
		&reading, VM_HEAD VM("placement: {spread: {}, antiAffinity: [r2]}") "    r2: {vm: {image: "
										    "docker://x, diskSize: 1Gi}}\n");
	spread = vm_of(&reading)->placement->spread;
	ck_assert_str_eq(spread->topology_key, "kubernetes.io/hostname");
	ck_assert_int_eq(*spread->max_skew, 1);
	ck_assert_str_eq(spread->when_unsatisfiable, "ScheduleAnyway");
}
END_TEST

#define KEY "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"

START_TEST(keys_and_hashes_are_taken)
{
	static const char *const hashes[] = {
		("$6$rounds=5000$salt$"
		 "abcdefghijklmnopqrstuvwxyz0123456789./abcdefghijklmnopqrstuvwxyz0123456789./abcdefghij"),
		"$5$salt$abcdefghijklmnopqrstuvwxyz0123456789./abcde",
		"$y$j9T$salt$abcdefghijklmnopqrstuvwxyz0123456789./abcde",
		"$2b$12$abcdefghijklmnopqrstuvwxyz0123456789./abcdefghijklmno",
	};

	for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *text =
			string_format(VM_HEAD VM("passwdHash: %s") VM("sshKeys: ['" KEY " me@here']"), hashes[i]);

		lab_reading_read_text(&reading, text);
		ck_assert_str_eq(vm_of(&reading)->password_hash, hashes[i]);
		ck_assert_str_eq(list_text(vm_of(&reading)->ssh_keys, 0), KEY " me@here");
	}
}
END_TEST

/* A repository in memory; the path that was asked for is the context. */
static bool lookup_read(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;

	*(char **)context = string_copy(path);
	ck_assert_uint_eq(most, 1024 * 1024);
	if (text_equal(name, "config.yaml"))
		buffer_append_text(text, "#cloud-config\npackages: [frr]\n");
	else if (text_equal(name, "bad.yaml"))
		buffer_append_text(text, "#cloud-config\nruncmds: [reboot]\npackages: [frr\n");
	else if (text_equal(name, "binary"))
		buffer_append(text, "#!\xff", 3);
	else if (text_equal(name, "nul"))
		buffer_append(text, "#!\0", 3);
	else
		return error_set(err, ERROR_NOT_FOUND, "there is no such file");
	return true;
}

static const struct file_case {
	const char *root, *file;
	const char *asked; /* the path that was read; NULL: none */
	const char *lines; /* what was told */
} file_cases[] = {
	{ "", "config.yaml", "labs/config.yaml", "" },
	{ "", "./x/../config.yaml", "labs/config.yaml", "" },
	{ "", "../config.yaml", "config.yaml", "" },
	{ ".", "/other//config.yaml", "other/config.yaml", "" },
	{ "labs", "/a/config.yaml", "labs/a/config.yaml", "" },
	{ "labs", "../config.yaml", NULL,
	  "labs/a.yaml:11:27: error: file \"../config.yaml\" names no file below the root of the labs; write a path "
	  "relative to this file, or from the root with a leading \"/\"\n" },
	{ "", "../../etc/passwd", NULL,
	  "labs/a.yaml:11:27: error: file \"../../etc/passwd\" names no file below the root of the labs; write a "
	  "path "
	  "relative to this file, or from the root with a leading \"/\"\n" },
	{ "", "none", "labs/none",
	  "labs/a.yaml:11:27: error: file \"labs/none\" cannot be read: there is no such file\n" },
	{ "", "binary", "labs/binary",
	  "labs/a.yaml:11:27: error: file \"labs/binary\" is not UTF-8 text; only text can be part of a lab\n" },
	{ "", "nul", "labs/nul",
	  "labs/a.yaml:11:27: error: file \"labs/nul\" holds a NUL byte; only text can be part of a lab\n" },
	{ "", "bad.yaml", "labs/bad.yaml",
	  "labs/bad.yaml:4:1: error: \"labs/bad.yaml\" is no cloud-config: a list in [ ] needs \",\" or \"]\" here; "
	  "add it, or close the list\n" },
};

static void file_check(const struct file_case *file)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *text = string_format(VM_HEAD VM("cloudInit: {file: %s}"), file->file);
	cleanup(free) char *asked = NULL;
	cleanup(free) char *lines = NULL;
	const struct lab_file lab = { .path = "labs/a.yaml", .text = text, .length = strlen(text) };
	const struct lab_lookup lookup = { .read = lookup_read, .context = &asked, .root = file->root };
	const struct lab_options options = { .default_namespace = "labs", .lookup = &lookup };

	lab_set_read(&reading.set, &lab, 1, &options, &reading.diagnostics);
	lines = lab_reading_lines_new(&reading);
	ck_assert_str_eq(lines, file->lines);
	ck_assert_msg(text_equal(asked, file->asked), "%s: read %s, not %s", file->file, asked ? asked : "nothing",
		      file->asked ? file->asked : "nothing");
	if (*lines == '\0')
		ck_assert_str_eq(vm_of(&reading)->cloud_init->file->text, "#cloud-config\npackages: [frr]\n");
}

/* Where the question arrives, or nobody can tell whether it does. */
START_TEST(probes_of_ports_that_are_open_are_taken)
{
	static const char *const fields[] = {
		"readinessProbe: {tcpSocket: {port: 22}}",
		"ports: [{port: 80}], readinessProbe: {httpGet: {port: 80}}",
		"ports: [], readinessProbe: {httpGet: {port: 80}}",
		"livenessProbe: {httpGet: {port: 80, host: 192.0.2.1}}",
		"livenessProbe: {guestAgentPing: {}}",
		"livenessProbe: {tcpSocket: {port: 80}}, patch: {metadata: {labels: {a: b}}}",
	};

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

		read_layers(&reading, "image: docker://x, diskSize: 1Gi", fields[i]);
		vm_of(&reading);
	}
}
END_TEST

START_TEST(files_are_read_below_the_root)
{
	for (size_t i = 0; i < ARRAY_SIZE(file_cases); i++)
		file_check(&file_cases[i]);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		built_in_values_hold,
		all_kinds_of_disks_are_read,
		the_password_of_the_highest_layer_holds,
		the_cores_of_the_highest_layer_hold,
		an_instancetype_takes_the_place_of_what_is_below,
		a_default_of_another_kind_is_dropped,
		a_spread_is_filled_in,
		keys_and_hashes_are_taken,
		probes_of_ports_that_are_open_are_taken,
		files_are_read_below_the_root,
	};

	return suite_run("vm_fields", tests, ARRAY_SIZE(tests));
}
