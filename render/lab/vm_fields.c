#include "render/lab/vm_fields.h"

#include "render/lab/kubernetes_names.h"
#include "render/lab/placement_fields.h"
#include "render/lab/ports.h"
#include "render/lab/probe_fields.h"
#include "render/lab/settings_values.h"
#include "render/lab/values.h"
#include "render/lab/vm_access.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_disk_values.h"
#include "render/lab/vm_disks.h"
#include "render/lab/vm_guest.h"
#include "render/lab/vm_init.h"
#include "render/lab/vm_interfaces.h"
#include "render/lab/vm_machine.h"
#include "render/lab/vm_metadata.h"
#include "render/lab/vm_patch.h"
#include "render/lab/vm_resources.h"

/* KNL's own values. What is a macro stands in the table as text, too. */
#define CORES_DEFAULT 2
#define MEMORY_DEFAULT "4Gi"
#define USER_DEFAULT "lab"
#define PASSWORD_DEFAULT "lab123"
#define DISK_POLICY_DEFAULT "Retain"
#define RESTART_POLICY_DEFAULT "Manual"
#define PORT_NAME_DEFAULT "ssh"
#define PORT_NUMBER_DEFAULT 22
#define PORTS_DEFAULT                                                                                                \
	"[{name: " PORT_NAME_DEFAULT ", port: " FIELD_TEXT(PORT_NUMBER_DEFAULT) ", protocol: " PORT_PROTOCOL_DEFAULT \
										"}]"

enum { GRACE_MAX = 86400, COPIES_MAX = 100 };

static const int64_t default_cores = CORES_DEFAULT;
static const bool no = false;
static const enum init_method cloud_init = INIT_CLOUD_INIT;
static const struct lab_port default_port[] = {
	{ .name = PORT_NAME_DEFAULT, .port = PORT_NUMBER_DEFAULT, .protocol = PORT_PROTOCOL_DEFAULT },
};
static const struct port_list default_ports = { .ports = default_port, .count = 1 };

const struct lab_vm vm_built_in = {
	.cpu = &default_cores,
	.memory = MEMORY_DEFAULT,
	.cpu_pin = &no,
	.huge_page = &no,
	.disk_policy = DISK_POLICY_DEFAULT,
	.restart_policy = RESTART_POLICY_DEFAULT,
	.init = &cloud_init,
	.ports = &default_ports,
	.user = USER_DEFAULT,
	.password = PASSWORD_DEFAULT,
};

static const char *const run_strategies[] = { "Always", "RerunOnFailure", "Once", "Manual", "Halted", NULL };
static const char *const restart_policies[] = { "Manual", "Automatic", NULL };
static const char *const eviction_strategies[] = { "None", "LiveMigrate", "LiveMigrateIfPossible", "External", NULL };

static const struct value_type run_strategy_type = { .name = "text", .shape = VALUE_TEXT, .allowed = run_strategies };
static const struct value_type restart_policy_type = { .name = "text",
						       .shape = VALUE_TEXT,
						       .allowed = restart_policies };
static const struct value_type eviction_strategy_type = { .name = "text",
							  .shape = VALUE_TEXT,
							  .allowed = eviction_strategies };
static const struct value_type grace_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = GRACE_MAX,
};
static const struct value_type replicas_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = COPIES_MAX,
};

#define OFFSET(member) offsetof(struct lab_vm, member)

static const struct field vm_fields[] = {
	{ "rootDisk", value_boolean, OFFSET(root_disk), &boolean_type,
	  "Whether the VM has a disk of its own from image and diskSize. With \"false\" it takes neither, and its "
	  "disks "
	  "are those of disks alone.",
	  .fallback = "true" },
	{ "image", vm_image_read, OFFSET(image), &vm_image_type,
	  "Where the disk's content comes from: a container disk (docker://) or a file on a web server (http://, "
	  "https://) that asks for no password.",
	  .presence = FIELD_REQUIRED_SOMEWHERE },
	{ "diskSize", value_disk_size, OFFSET(disk_size), &disk_size_type,
	  "The size of the VM's disk, at least 1Mi, into which the image is copied once. The disk is kept over "
	  "restarts.",
	  .presence = FIELD_REQUIRED_SOMEWHERE },
	{ "checksum", checksum_read, OFFSET(checksum), &checksum_type,
	  "The checksum that the file behind an image of http:// or https:// must have, like sha256:DIGITS. One from "
	  "a "
	  "layer below that of the image is not used.",
	  .fallback = NULL },
	{ "imageCA", object_name_read, OFFSET(certificates), &object_name_type,
	  "A ConfigMap in the lab's namespace with the certificate authority of the image's server.",
	  .fallback = NULL },
	{ "imageSecret", object_name_read, OFFSET(image_secret), &object_name_type,
	  "A Secret in the lab's namespace whose keys accessKeyId and secretKey are the user and password for the "
	  "image's server.",
	  .fallback = NULL },
	{ "diskBus", bus_read, OFFSET(disk_bus), &bus_type,
	  "The bus that the root disk hangs on. Without it virtio, or what the preference says.", .fallback = NULL },
	{ "diskSerial", serial_read, OFFSET(disk_serial), &serial_type,
	  "The root disk's serial number, by which the guest finds it in /dev/disk/by-id.", .fallback = NULL },
	{ "diskBootOrder", NULL, OFFSET(disk_boot_order), &boot_order_type,
	  "The place of the root disk among those that the firmware tries to boot from, the lowest first. Without it "
	  "1, or the first number that no other disk asks for.",
	  .fallback = NULL },
	{ "storageClass", object_name_read, OFFSET(storage_class), &object_name_type,
	  "The StorageClass of the VM's disks. Without it the lab's, and then the cluster's default.",
	  .fallback = NULL },
	{ "accessMode", NULL, OFFSET(access_mode), &access_mode_type,
	  "How many workers may use a disk at once. Live migration needs ReadWriteMany. Without it, what CDI knows "
	  "of "
	  "the storage class.",
	  .fallback = NULL },
	{ "volumeMode", NULL, OFFSET(volume_mode), &volume_mode_type,
	  "Whether a disk is a block device or a file on a filesystem. Without it, what CDI knows of the storage "
	  "class.",
	  .fallback = NULL },
	{ "diskPolicy", NULL, OFFSET(disk_policy), &disk_policy_type,
	  "What becomes of the VM's disks when the VM leaves the lab: kept for its return, or deleted.",
	  .fallback = DISK_POLICY_DEFAULT },
	{ "disks", disks_read, OFFSET(disks), &disks_type,
	  "Disks beside the root disk: blank, filled from an image, a claim that is there, a container image itself, "
	  "the content of a Secret, ConfigMap or ServiceAccount, or a CD-ROM drive.",
	  .fallback = NULL },
	{ "cpu", value_cores, OFFSET(cpu), &cores_type, "How many cores the VM has.",
	  .fallback = FIELD_TEXT(CORES_DEFAULT) },
	{ "memory", value_guest_memory, OFFSET(memory), &guest_memory_type,
	  "The memory that the guest sees, at least 1M.", .fallback = MEMORY_DEFAULT },
	{ "cpuPin", value_boolean, OFFSET(cpu_pin), &boolean_type,
	  "Gives each of the VM's cores a core of the worker of its own, and one to QEMU itself.",
	  .fallback = "false" },
	{ "hugePage", value_boolean, OFFSET(huge_page), &boolean_type,
	  "Backs the VM's memory with pages of 1Gi, of which memory must then be a multiple.", .fallback = "false" },
	{ "cpuTopology", NULL, OFFSET(cpu_topology), &cpu_topology_type,
	  "How the cores are laid out, in place of cpu: sockets times cores times threads.", .fallback = NULL },
	{ "cpuModel", cpu_model_read, OFFSET(cpu_model), &cpu_model_type,
	  "The processor that the guest sees: host-model, host-passthrough, or one that libvirt knows, like "
	  "Skylake-Server. Without it host-passthrough, or what the instancetype says.",
	  .fallback = NULL },
	{ "cpuFeatures", cpu_features_read, OFFSET(cpu_features), &cpu_features_type,
	  "Features that the processor must have or must not show, like vmx for VMs within the VM.",
	  .fallback = NULL },
	{ "instancetype", NULL, OFFSET(instancetype), &instancetype_type,
	  "An instancetype of the cluster's, which gives cores and memory in place of cpu and memory.",
	  .fallback = NULL },
	{ "preference", NULL, OFFSET(preference), &preference_type,
	  "A preference of the cluster's, which fills in what a guest of its kind likes best and is not set here.",
	  .fallback = NULL },
	{ "resources", NULL, OFFSET(resources), &machine_resources_type,
	  "What the VM's pod asks of its worker, beside what the guest sees.", .fallback = NULL },
	{ "guestOS", NULL, OFFSET(guest_os), &guest_os_type,
	  "The guest's operating system. With windows the machine has what Windows expects of a hypervisor: "
	  "Hyper-V's "
	  "enlightenments and clock, ACPI, APIC, SMM and a TPM.",
	  .fallback = NULL },
	{ "features", NULL, OFFSET(features), &features_type, "Parts of the machine that a guest may insist on.",
	  .fallback = NULL },
	{ "tpm", NULL, OFFSET(tpm), &tpm_type, "A TPM of version 2.0. \"tpm: {}\" is one that forgets at each stop.",
	  .fallback = NULL },
	{ "rng", value_boolean, OFFSET(rng), &boolean_type,
	  "Whether the guest gets random numbers from its worker, so that it has enough of them when it starts.",
	  .fallback = "false" },
	{ "timezone", timezone_read, OFFSET(timezone), &timezone_type,
	  "The time zone that the machine's clock shows, like Europe/Berlin. Without it UTC.", .fallback = NULL },
	{ "serialLog", value_boolean, OFFSET(serial_log), &boolean_type,
	  "Whether what the guest writes to its serial console is also a log of the VM's pod. Without it, what the "
	  "cluster is set to.",
	  .fallback = NULL },
	{ "firmware", NULL, OFFSET(firmware), &firmware_type, "What the VM starts with before its disk.",
	  .fallback = NULL },
	{ "machine", machine_read, OFFSET(machine), &machine_type,
	  "The machine that QEMU plays, like q35. Without it, the cluster's default.", .fallback = NULL },
	{ "architecture", NULL, OFFSET(architecture), &architecture_type,
	  "The processor's architecture. Without it, the cluster's default.", .fallback = NULL },
	{ "init", init_read, OFFSET(init), &init_type,
	  "How the guest is told its user, its addresses and its routes at first boot: whichever the image "
	  "understands. sysprep is for Windows, which reads an answer file; none tells it nothing.",
	  .fallback = INIT_CLOUD_INIT_NAME },
	{ "user", user_read, OFFSET(user), &user_type, "The Linux user that is made in the guest at first boot.",
	  .fallback = USER_DEFAULT },
	{ "passwd", password_read, OFFSET(password), &password_type,
	  "The password of that user. It stands in Git for all to read: good for a lab, and nothing else.",
	  .fallback = PASSWORD_DEFAULT },
	{ "passwdHash", password_hash_read, OFFSET(password_hash), &password_hash_type,
	  "The hash of that user's password as crypt(5) writes it, in place of passwd. `mkpasswd -m sha-512` makes "
	  "one.",
	  .fallback = NULL },
	{ "passwdSecret", object_name_read, OFFSET(password_secret), &object_name_type,
	  "A Secret in the lab's namespace with the user's name as key and the password as value, in place of "
	  "passwd. "
	  "The guest needs the QEMU guest agent.",
	  .fallback = NULL },
	{ "sshKeys", ssh_keys_read, OFFSET(ssh_keys), &ssh_keys_type,
	  "Public keys with which that user may log in, as in authorized_keys.", .fallback = NULL },
	{ "accessCredentials", access_credentials_read, OFFSET(access_credentials), &access_credentials_type,
	  "Keys and passwords from Secrets, which KubeVirt keeps up to date in the guest.", .fallback = NULL },
	{ "cloudInit", cloud_init_read, OFFSET(cloud_init), &cloud_init_type,
	  "User data of one's own for cloud-init, merged with labsync's.", .fallback = NULL },
	{ "ignition", NULL, OFFSET(ignition), &ignition_type,
	  "An Ignition config of one's own, merged with labsync's. Of init: ignition.", .fallback = NULL },
	{ "sysprep", NULL, OFFSET(sysprep), &sysprep_type,
	  "The answer file of Windows' setup, of init: sysprep, which needs it.", .fallback = NULL },
	{ "hostname", host_name_read, OFFSET(hostname), &host_name_type,
	  "The guest's host name. Without it, the node's name.", .fallback = NULL },
	{ "subdomain", host_name_read, OFFSET(subdomain), &host_name_type,
	  "The guest's domain in the cluster's DNS: with a headless Service of that name, it is found as "
	  "HOSTNAME.SUBDOMAIN.",
	  .fallback = NULL },
	{ "dns", NULL, OFFSET(dns), &dns_type,
	  "The name servers and search domains that the guest is told of, in place of the cluster's.",
	  .fallback = NULL },
	{ "runStrategy", NULL, OFFSET(run_strategy), &run_strategy_type,
	  "When the VM runs: after a failure again (RerunOnFailure), always (Always), to its first end (Once), when "
	  "`virtctl` starts it (Manual), or never (Halted). Without it, RerunOnFailure.",
	  .fallback = NULL },
	{ "restartPolicy", NULL, OFFSET(restart_policy), &restart_policy_type,
	  "Who restarts the VM for a change that a running one cannot take: you (Manual), or labsync (Automatic).",
	  .fallback = RESTART_POLICY_DEFAULT },
	{ "evictionStrategy", NULL, OFFSET(eviction_strategy), &eviction_strategy_type,
	  "What becomes of the VM when its worker is drained: moved while it runs, moved if it can be, stopped, or "
	  "left to somebody else. Without it, what the cluster is set to.",
	  .fallback = NULL },
	{ "terminationGracePeriodSeconds", NULL, OFFSET(grace_period), &grace_type,
	  "How many seconds the guest has to shut down before it is cut off. Without it 60, or what the preference "
	  "says.",
	  .fallback = NULL },
	{ "readinessProbe", NULL, OFFSET(readiness_probe), &vm_probe_type,
	  "How to tell that the VM does its work. Until then its Service passes nothing on, and its lab is not "
	  "ready.",
	  .fallback = NULL },
	{ "livenessProbe", NULL, OFFSET(liveness_probe), &vm_probe_type,
	  "How to tell that the VM is alive. When it is not, it is ended, and runStrategy decides what follows.",
	  .fallback = NULL },
	{ "interfaces", nics_read, OFFSET(interfaces), &nics_type,
	  "The VM's NICs beside those of its links, which follow them. Without it one on the pod network; with an "
	  "empty "
	  "list none.",
	  .fallback = NULL },
	{ "ports", ports_read, OFFSET(ports), &ports_type,
	  "What the VM's Service passes on, and all that reaches the guest at its address in the cluster. With an "
	  "empty list there is no Service, and everything reaches the guest at its address.",
	  .fallback = PORTS_DEFAULT },
	{ "labels", machine_labels_read, OFFSET(labels), &machine_labels_type,
	  "Labels of the VirtualMachine and of the pod that it runs in.", .fallback = NULL },
	{ "annotations", machine_annotations_read, OFFSET(annotations), &machine_annotations_type,
	  "Annotations of the VirtualMachine and of the pod that it runs in.", .fallback = NULL },
	{ "immutable", immutable_read, OFFSET(immutable), &immutable_type,
	  "Facts about the VM that must not change, by names of your choice. A commit that changes one of a VM that "
	  "is "
	  "there is refused: remove the VM first.",
	  .fallback = NULL },
	{ "placement", NULL, OFFSET(placement), &placement_type, "On which workers the VM may run.",
	  .fallback = NULL },
	{ "replicas", NULL, OFFSET(replicas), &replicas_type,
	  "How many VMs like this there are. Three of \"web\" are web-1, web-2 and web-3, each on every link that "
	  "names web. Without it there is one, without a number.",
	  .fallback = NULL },
	{ "patch", patch_read, OFFSET(patch), &patch_type,
	  "Merged onto the VirtualMachine that labsync makes, for whatever has no field here. Entries of lists meet "
	  "by "
	  "their names.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type vm_type = {
	.name = "VM",
	.shape = VALUE_OBJECT,
	.fields = vm_fields,
	.size = sizeof(struct lab_vm),
};
