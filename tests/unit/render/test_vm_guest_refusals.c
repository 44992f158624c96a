/* What does not go together in what a guest finds in its machine and hears of it. */
#include "base/text.h"
#include "render/lab/lab.h"

#include "tests/unit/render/vm_check.h"
#include "tests/unit/suite.h"

struct refusal {
	const char *name, *text; /* after VM_HEAD */
	size_t line, column;
	const char *message; /* of the only complaint */
};

static const struct refusal refusals[] = {
	{ "secret and size", VM("disks:") VM("- {name: a, secret: b, size: 1Gi}"), 12, 38,
	  "disk \"a\" has a secret, so it takes no size; keep one" },
	{ "service account and pvc", VM("disks:") VM("- {name: a, pvc: b, serviceAccount: c}"), 12, 45,
	  "disk \"a\" has a pvc, so it takes no serviceAccount; keep one" },
	{ "two service accounts",
	  VM("disks:") VM("- {name: a, serviceAccount: b}") VM("- {name: c, serviceAccount: d}"), 13, 37,
	  "disk \"a\" has a serviceAccount already, and a VM can have one such disk; keep one" },
	{ "ephemeral of nothing", VM("disks:") VM("- {name: a, ephemeral: true}"), 12, 32,
	  "disk \"a\" is ephemeral, which only an image of docker:// can be; add it" },
	{ "ephemeral from the web", VM("disks:") VM("- {name: a, ephemeral: true, image: 'https://x/y'}"), 12, 45,
	  "disk \"a\" is ephemeral, which only an image of docker:// can be; use one, or remove ephemeral and add "
	  "size" },
	{ "ephemeral with a size", VM("disks:") VM("- {name: a, ephemeral: true, image: docker://x, size: 1Gi}"), 12,
	  63, "disk \"a\" is ephemeral, so it has the size of its image; remove size, or ephemeral" },
	{ "ephemeral with a certificate",
	  VM("disks:") VM("- {name: a, ephemeral: true, image: docker://x, imageCA: b}"), 12, 66,
	  "disk \"a\" is ephemeral, so its image is pulled by the worker, which has its own authorities; remove "
	  "imageCA" },
	{ "ephemeral with a storage class",
	  VM("disks:") VM("- {name: a, ephemeral: true, image: docker://x, storageClass: b}"), 12, 71,
	  "storageClass is of disks that labsync makes, and disk \"a\" is none; remove it" },
	{ "ephemeral lun", VM("disks:") VM("- {name: a, ephemeral: true, image: docker://x, type: lun}"), 12, 63,
	  "disk \"a\" is a lun, so it needs a pvc; add it, or use type disk" },
	{ "ephemeral and hotpluggable",
	  VM("disks:") VM("- {name: a, ephemeral: true, image: docker://x, hotpluggable: true}"), 12, 71,
	  "disk \"a\" has no claim, without which it cannot be hotpluggable; remove it" },
	{ "ephemeral of a claim", VM("disks:") VM("- {name: a, ephemeral: true, pvc: b}"), 12, 32,
	  "disk \"a\" has a pvc, so it takes no ephemeral; keep one" },
	{ "hotpluggable files", VM("disks:") VM("- {name: a, secret: b, hotpluggable: true}"), 12, 46,
	  "disk \"a\" has no claim, without which it cannot be hotpluggable; remove it" },
	{ "label without files", VM("disks:") VM("- {name: a, size: 1Gi, volumeLabel: b}"), 12, 45,
	  "volumeLabel is of disks with secret or configMap, and disk \"a\" has neither; remove it" },
	{ "label of a service account", VM("disks:") VM("- {name: a, serviceAccount: b, volumeLabel: c}"), 12, 53,
	  "volumeLabel is of disks with secret or configMap, and disk \"a\" has neither; remove it" },
	{ "disk name of sysprep", VM("disks:") VM("- {name: sysprep, size: 1Gi}"), 12, 18,
	  "name \"sysprep\" is that of a disk which labsync makes; choose another" },
	{ "boot order of a NIC and a disk",
	  VM("disks: [{name: a, size: 1Gi, bootOrder: 2}]") VM("interfaces: [{name: b, network: c, bootOrder: 2}]"),
	  12, 55, "bootOrder 2 is that of disk \"a\" already; change one of them" },
	{ "boot order of a NIC and the root disk",
	  VM("diskBootOrder: 1") VM("interfaces: [{name: b, network: c, bootOrder: 1}]"), 12, 55,
	  "bootOrder 1 is the root disk's by diskBootOrder; change one of them" },
	{ "NIC names twice", VM("interfaces: [{name: a, network: b}, {name: a, network: c}]"), 11, 52,
	  "two interfaces are named \"a\"; rename one" },
	{ "two NICs on the pod network", VM("interfaces: [{name: a, network: pod}, {name: b, network: pod}]"), 11, 66,
	  "interface \"a\" is on the pod network already, and a VM has one NIC there; use a "
	  "NetworkAttachmentDefinition" },
	{ "masquerade elsewhere", VM("interfaces: [{name: a, network: b, bind: masquerade}]"), 11, 50,
	  "bind masquerade is only of network pod; use bridge or sriov, or remove it" },
	{ "sriov on the pod network", VM("interfaces: [{name: a, network: pod, bind: sriov}]"), 11, 52,
	  "bind sriov is not of network pod; use masquerade or bridge, or remove it" },
	{ "model of sriov", VM("interfaces: [{name: a, network: b, bind: sriov, model: virtio}]"), 11, 64,
	  "model does not go with bind sriov, where the guest sees the worker's own card; remove it" },
	{ "state of sriov", VM("interfaces: [{name: a, network: b, bind: sriov, state: up}]"), 11, 64,
	  "state does not go with bind sriov, whose cable is the worker's; remove it" },
	{ "MACs twice",
	  VM("interfaces: [{name: a, network: b, mac: \"32:00:00:00:00:01\"}, {name: c, network: d, mac: "
	     "\"32:00:00:00:00:01\"}]"),
	  11, 98, "mac \"32:00:00:00:00:01\" is used twice, also at labs/a.yaml:11:49; change one" },
	{ "MAC of replicas", VM("replicas: 2") VM("interfaces: [{name: a, network: b, mac: \"32:00:00:00:00:01\"}]"),
	  12, 49, "mac \"32:00:00:00:00:01\" is that of several nodes; give it to one of them" },
	{ "ports without pod network", VM("interfaces: []") VM("ports: [{port: 80}]"), 12, 16,
	  "ports are reached over the pod network, on which no entry of interfaces is; add one with \"network: "
	  "pod\", or remove ports" },
	{ "probe without pod network",
	  VM("interfaces: [{name: a, network: b}]") VM("livenessProbe: {httpGet: {port: 80}}"), 12, 24,
	  "livenessProbe asks over the pod network by httpGet, and no entry of interfaces is there; add one with "
	  "\"network: pod\", or use exec or guestAgentPing" },
	{ "windows on arm64", VM("architecture: arm64") VM("guestOS: windows"), 12, 18,
	  "guestOS windows needs architecture amd64, not arm64; remove guestOS, or change it" },
	{ "secure boot without SMM", VM("firmware: {bootloader: efi, secureBoot: true}") VM("features: {smm: false}"),
	  12, 25, "smm is false, but secureBoot needs it; remove one of them" },
	{ "persistent TPM that is off", VM("tpm: {enabled: false, persistent: true}"), 11, 43,
	  "persistent is of a TPM, and enabled is false; remove one of them" },
	{ "request above limit", VM("resources: {requests: {memory: 2Gi}, limits: {memory: 1Gi}}"), 11, 40,
	  "memory of 2Gi is requested with a limit of 1Gi; raise the limit or lower the request" },
	{ "shares of pinned cores", VM("cpuPin: true") VM("resources: {requests: {cpu: 500m}}"), 12, 37,
	  "requests.cpu is 500m, but cpuPin gives the VM whole cores, 2 of them; remove one of both" },
	{ "resources of an instancetype", VM("instancetype: {name: a}") VM("resources: {requests: {cpu: 1}}"), 12, 20,
	  "resources does not go with an instancetype, which decides it; remove one of them" },
	{ "sysprep without answers", VM("init: sysprep"), 11, 15,
	  "init: sysprep needs an answer file; add \"sysprep: {secret: NAME}\"" },
	{ "sysprep of nothing", VM("init: sysprep") VM("sysprep: {}"), 12, 18,
	  "sysprep is empty; add secret or configMap" },
	{ "sysprep of both", VM("init: sysprep") VM("sysprep: {secret: a, configMap: b}"), 12, 41,
	  "secret and configMap exclude each other; keep one" },
	{ "sysprep with cloud-init", VM("sysprep: {secret: a}"), 11, 18,
	  "sysprep needs init: sysprep; set that, or remove it" },
	{ "cloudInit with none", VM("init: none") VM("cloudInit: {userData: {users: []}}"), 12, 20,
	  "cloudInit needs init: cloud-init; set that, or remove it" },
	{ "user of none", VM("init: none") VM("user: ada"), 12, 15,
	  "user has no effect, since init is none; remove it, or choose another init" },
	{ "password of sysprep", VM("init: sysprep") VM("sysprep: {secret: a}") VM("passwd: geheim12"), 13, 17,
	  "passwd has no effect, since init is sysprep; put it into the answer file" },
	{ "keys beside only", VM("cloudInit: {only: true, userData: {users: []}}") VM("user: ada"), 12, 15,
	  "user has no effect, since with cloudInit.only the guest gets nothing of labsync's; put it into the user "
	  "data" },
	{ "noCloud with none", VM("init: none") VM("accessCredentials: [{sshPublicKeySecret: b, method: noCloud}]"),
	  12, 29, "method noCloud needs init: cloud-init or ignition; use qemuGuestAgent" },
	{ "noCloud with ConfigDrive",
	  VM("cloudInit: {only: true, type: ConfigDrive, userData: {users: []}}")
		  VM("accessCredentials: [{sshPublicKeySecret: b, method: noCloud}]"),
	  12, 29,
	  "method noCloud needs init: cloud-init, with cloudInit.type NoCloud; use configDrive or qemuGuestAgent" },
	{ "only of nothing", VM("cloudInit: {only: true}"), 11, 20,
	  "cloudInit is empty; add userData, file, secret or networkData" },
	{ "network data without only", VM("cloudInit: {networkData: {version: 2}}"), 11, 34,
	  "networkData needs \"only: true\", since labsync's own network data has another form; add it, or remove "
	  "networkData" },
	{ "network data Secret without only", VM("cloudInit: {userData: {users: []}, networkDataSecret: a}"), 11, 63,
	  "networkDataSecret needs \"only: true\", since labsync's own network data has another form; add it, or "
	  "remove networkDataSecret" },
	{ "ConfigDrive without only", VM("cloudInit: {type: ConfigDrive, userData: {users: []}}"), 11, 27,
	  "type ConfigDrive needs \"only: true\", since labsync's own network data has another form; add it, or "
	  "remove type ConfigDrive" },
	{ "network data of both", VM("cloudInit: {only: true, networkData: {version: 2}, networkDataSecret: a}"), 11,
	  79, "networkData and networkDataSecret exclude each other; keep one" },
	{ "script without only", VM("cloudInit: {userData: \"rem cmd\"}"), 11, 32,
	  "userData does not say what it is, and cloud-init would not run it; begin it with #cloud-config, or with "
	  "#!/bin/sh for a script" },
	{ "misspelt key with only", VM("cloudInit: {only: true, userData: {pakages: [frr]}}"), 11, 44,
	  "cloud-init does not know \"pakages\" in a cloud-config; did you mean \"packages\"?" },
	{ "reserved label", VM("labels: {app.kubernetes.io/name: a}"), 11, 18,
	  "label \"app.kubernetes.io/name\" is set by labsync, KubeVirt or Kubernetes; it is left out" },
	{ "spread of a pod network",
	  VM("placement: {topologySpreadConstraints: [{topologyKey: a, maxSkew: 1, whenUnsatisfiable: Never}]}"), 11,
	  97,
	  "topologySpreadConstraints[0].whenUnsatisfiable: \"Never\" is no value of whenUnsatisfiable; use "
	  "DoNotSchedule or ScheduleAnyway" },
};

static void refusal_check(const struct refusal *refusal)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *text = string_format(VM_HEAD "%s", refusal->text);
	cleanup(free) char *lines = NULL;
	const struct diagnostic *told;

	lab_reading_read_text(&reading, text);
	lines = lab_reading_lines_new(&reading);
	ck_assert_msg(reading.diagnostics.count == 1, "%s: one complaint expected:\n%s", refusal->name, lines);
	told = &reading.diagnostics.items[0];
	ck_assert_msg(told->line == refusal->line && told->column == refusal->column &&
			      text_equal(told->message, refusal->message),
		      "%s:\n  expected %zu:%zu: %s\n  got      %s", refusal->name, refusal->line, refusal->column,
		      refusal->message, lines);
}

START_TEST(each_mistake_is_told_at_its_place)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++)
		refusal_check(&refusals[i]);
}
END_TEST

static char *told_of(const char *spec)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *text = string_format(LAB_HEAD "spec:\n%s", spec);

	lab_reading_read_text(&reading, text);
	return lab_reading_lines_new(&reading);
}

START_TEST(a_root_disk_is_made_of_nothing_when_there_is_none)
{
	cleanup(free) char *lines = told_of("  nodes:\n"
					    "    r1:\n"
					    "      vm:\n"
					    "        rootDisk: false\n"
					    "        image: docker://x\n"
					    "        diskSerial: a\n");

	ck_assert_str_eq(
		lines, "labs/a.yaml:10:16: error: image is of the root disk, and rootDisk is false; remove one of "
		       "them\n"
		       "labs/a.yaml:11:21: error: diskSerial is of the root disk, and rootDisk is false; remove one "
		       "of them\n");
}
END_TEST

START_TEST(a_nic_is_not_called_as_one_of_a_link)
{
	cleanup(free) char *lines =
		told_of("  nodes:\n"
			"    r1: {vm: {image: docker://x, diskSize: 1Gi, interfaces: [{name: lan, network: b}]}}\n"
			"    r2: {vm: {image: docker://x, diskSize: 1Gi}}\n"
			"  links: {lan: {nodes: [{node: r1}, {node: r2}]}}\n");

	ck_assert_str_eq(lines,
			 "labs/a.yaml:7:69: error: interface \"lan\" is called as the node's NIC on link \"lan\" at "
			 "labs/a.yaml:9:25; rename it\n");
}
END_TEST

START_TEST(a_mac_is_not_that_of_a_link)
{
	cleanup(free) char *lines =
		told_of("  nodes:\n"
			"    r1: {vm: {image: docker://x, diskSize: 1Gi, interfaces: [{name: a, network: b, mac: "
			"'32:00:00:00:00:01'}]}}\n"
			"    r2: {vm: {image: docker://x, diskSize: 1Gi}}\n"
			"  links: {lan: {nodes: [{node: r1}, {node: r2, mac: '32:00:00:00:00:01'}]}}\n");

	ck_assert_str_eq(lines, "labs/a.yaml:7:89: error: mac \"32:00:00:00:00:01\" is used twice, also at "
				"labs/a.yaml:9:53; change one\n");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { each_mistake_is_told_at_its_place,
				       a_root_disk_is_made_of_nothing_when_there_is_none,
				       a_nic_is_not_called_as_one_of_a_link, a_mac_is_not_that_of_a_link };

	return suite_run("vm_guest_refusals", tests, ARRAY_SIZE(tests));
}
