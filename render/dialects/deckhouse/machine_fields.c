/* The table of VirtualMachine. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/deckhouse/classes.h"
#include "render/dialects/deckhouse/machines.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

enum {
	USER_DATA_MAX_INLINE = 2048, /* bytes */
	CORES_MAX = 248,
	DEVICES_MAX = 16,
	BOOT_ORDER_MAX_DECKHOUSE = 65535,
	GRACE_MAX = 86400
};

/* --- provisioning --- */

static const char *const provisioning_types[] = { "UserData", "UserDataRef", "SysprepRef", NULL };
static const char *const secret_kinds[] = { "Secret", NULL };
static const struct value_type provisioning_kind_type = {
	.name = "text",
	.shape = VALUE_TEXT,
	.allowed = provisioning_types,
};
static const struct value_type secret_kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = secret_kinds };

static const void *user_data_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->length > USER_DATA_MAX_INLINE)
		return reader_refuse(
			reader, pair->value,
			"userData has %zu bytes, but Deckhouse takes at most %d; put it into a Secret, and "
			"write \"type: UserDataRef\"",
			pair->value->length, USER_DATA_MAX_INLINE);
	if (pair->value->length == 0)
		return reader_refuse(reader, pair->value,
				     "userData is empty; write something, or remove provisioning");
	return pair->value;
}

#define SECRET(member) offsetof(struct secret_reference, member)

static const struct field secret_fields[] = {
	{ "kind", NULL, SECRET(kind), &secret_kind_type, "What it is, which can only be a Secret.",
	  .fallback = "Secret" },
	{ "name", object_name_read, SECRET(name), &object_name_type, "The Secret's name.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type secret_type = {
	.name = "DeckhouseSecretRef",
	.shape = VALUE_OBJECT,
	.fields = secret_fields,
	.size = sizeof(struct secret_reference),
};

#define PROVISIONING(member) offsetof(struct machine_provisioning, member)

static const struct field provisioning_fields[] = {
	{ "sysprepRef", NULL, PROVISIONING(sysprep_ref), &secret_type,
	  "A Secret with the answers for Windows' setup, under unattend.xml or autounattend.xml; of type SysprepRef.",
	  .fallback = NULL },
	{ "type", NULL, PROVISIONING(type), &provisioning_kind_type,
	  "Which of the others tells the guest what to do at first boot.", .presence = FIELD_REQUIRED },
	{ "userData", user_data_read, PROVISIONING(user_data), &text_type,
	  "User data for cloud-init, at most 2048 bytes; of type UserData. The guest gets it as it is.",
	  .fallback = NULL },
	{ "userDataRef", NULL, PROVISIONING(user_data_ref), &secret_type,
	  "A Secret with user data for cloud-init, under userData; of type UserDataRef.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type provisioning_type = {
	.name = "DeckhouseProvisioning",
	.shape = VALUE_OBJECT,
	.fields = provisioning_fields,
	.size = sizeof(struct machine_provisioning),
};

static const struct deckhouse_member provisioning_members[] = {
	{ "UserData", "userData", .is_optional = false },
	{ "UserDataRef", "userDataRef", .is_optional = false },
	{ "SysprepRef", "sysprepRef", .is_optional = false },
	{ .name = NULL },
};

static const void *provisioning_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct machine_provisioning *read = value_read(reader, pair, &provisioning_type);

	if (read)
		deckhouse_members_check(reader, pair->value, read->type, provisioning_members);
	return reader->errors == before ? read : NULL;
}

/* --- cpu, memory, disruptions --- */

static const struct value_type cores_count_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = CORES_MAX,
};

static const struct field cpu_fields[] = {
	{ "coreFraction", core_fraction_read, offsetof(struct machine_cpu, core_fraction), &core_fraction_type,
	  "The share of each core that the VM is guaranteed, like 20%. Without it, that of the class, or else 100%.",
	  .fallback = NULL },
	{ "cores", NULL, offsetof(struct machine_cpu, cores), &cores_count_type,
	  "How many cores the VM has: on one socket up to 16, on 2 sockets up to 32, on 4 up to 64, on 8 above, "
	  "among which they must divide.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct field memory_fields[] = {
	{ "size", value_guest_memory, offsetof(struct machine_memory, size), &guest_memory_type,
	  "The memory that the guest sees.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const char *const approvals[] = { "Manual", "Automatic", NULL };
static const struct value_type approval_type = { .name = "text", .shape = VALUE_TEXT, .allowed = approvals };

static const struct field disruptions_fields[] = {
	{ "restartApprovalMode", NULL, offsetof(struct machine_disruptions, approval), &approval_type,
	  "Whether labsync restarts the VM for a change that needs it (Automatic), or waits for a person's restart.",
	  .fallback = "Manual" },
	{ .name = NULL },
};

static const struct value_type cpu_type = {
	.name = "DeckhouseCPU",
	.shape = VALUE_OBJECT,
	.fields = cpu_fields,
	.size = sizeof(struct machine_cpu),
};
static const struct value_type memory_type = {
	.name = "DeckhouseMemory",
	.shape = VALUE_OBJECT,
	.fields = memory_fields,
	.size = sizeof(struct machine_memory),
};
static const struct value_type disruptions_type = {
	.name = "DeckhouseDisruptions",
	.shape = VALUE_OBJECT,
	.fields = disruptions_fields,
	.size = sizeof(struct machine_disruptions),
};

/* --- devices --- */

static const char *const device_kinds[] = { DECKHOUSE_DISK, DECKHOUSE_IMAGE, DECKHOUSE_CLUSTER_IMAGE, NULL };
static const struct value_type device_kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = device_kinds };
static const struct value_type boot_order_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = BOOT_ORDER_MAX_DECKHOUSE,
};

#define DEVICE(member) offsetof(struct device_reference, member)
#define DEVICE_FIELDS                                                                                                \
	{ "kind",                                                                                                    \
	  NULL,                                                                                                      \
	  DEVICE(kind),                                                                                              \
	  &device_kind_type,                                                                                         \
	  "What it is: a disk, which the guest reads and writes, or an image. An ISO image is a CD-ROM, a "          \
	  "container "                                                                                               \
	  "image a disk whose changes are lost when the VM stops, any other image a disk that is only read.",        \
	  .presence = FIELD_REQUIRED },                                                                              \
	{                                                                                                            \
		"name", object_name_read, DEVICE(name), &object_name_type, "Its name.", .presence = FIELD_REQUIRED   \
	}

static const struct field device_fields[] = {
	{ "bootOrder", NULL, DEVICE(boot_order), &boot_order_type,
	  "Its place among the devices that the VM tries to boot from. Once one device has it, those without are not "
	  "booted from; without any, the order of the list holds.",
	  .fallback = NULL },
	DEVICE_FIELDS,
	{ .name = NULL },
};
static const struct field attached_fields[] = { DEVICE_FIELDS, { .name = NULL } };

const struct value_type device_reference_type = {
	.name = "DeckhouseBlockDeviceRef",
	.shape = VALUE_OBJECT,
	.fields = device_fields,
	.size = sizeof(struct device_reference),
};
const struct value_type attached_reference_type = {
	.name = "DeckhouseAttachedDeviceRef",
	.shape = VALUE_OBJECT,
	.fields = attached_fields,
	.size = sizeof(struct device_reference),
};
static const struct value_type devices_type = {
	.shape = VALUE_LIST,
	.items = &device_reference_type,
	.items_min = 1,
	.items_max = DEVICES_MAX,
};

static void device_twice_check(struct reader *reader, const struct value_list *list, size_t index)
{
	const struct device_reference *device = list->items[index];

	for (size_t i = 0; i < index; i++) {
		const struct device_reference *other = list->items[i];

		if (text_equal(device->kind, other->kind) && text_equal(device->name, other->name))
			reader_error_at(reader, object_place(&device_reference_type, device, DEVICE(name)),
					"%s \"%s\" is listed twice; keep one", device->kind, device->name);
	}
}

static const void *devices_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *list = value_read(reader, pair, &devices_type);

	for (size_t i = 0; list && reader->errors == before && i < list->count; i++)
		device_twice_check(reader, list, i);
	return list;
}

/* --- the whole --- */

static const struct value_type tolerations_type = { .name = "Kubernetes' Tolerations", .shape = VALUE_ANY };
static const struct value_type spread_type = { .name = "Kubernetes' TopologySpreadConstraints", .shape = VALUE_ANY };
static const struct value_type labels_type = { .shape = VALUE_MAP, .items = &text_type };

static const void *gpus_read(struct reader *reader, const struct yaml_pair *pair)
{
	return reader_refuse(
		reader, pair->value,
		"gpus cannot be had by a class's name; convert the VM to a lab, and add the GPUs that the "
		"cluster's KubeVirt permits by patch");
}

static const char *const run_policies[] = { "AlwaysOnUnlessStoppedManually", "AlwaysOn", "Manual", "AlwaysOff",
					    NULL };
static const char *const bootloaders[] = { "BIOS", "EFI", "EFIWithSecureBoot", NULL };
static const char *const os_types[] = { "Generic", "Windows", NULL };
static const char *const live_migrations[] = { "AlwaysSafe", "PreferSafe", "AlwaysForced", "PreferForced", NULL };

static const struct value_type run_policy_type = { .name = "text", .shape = VALUE_TEXT, .allowed = run_policies };
static const struct value_type bootloader_type = { .name = "text", .shape = VALUE_TEXT, .allowed = bootloaders };
static const struct value_type os_type = { .name = "text", .shape = VALUE_TEXT, .allowed = os_types };
static const struct value_type live_migration_type = { .name = "text",
						       .shape = VALUE_TEXT,
						       .allowed = live_migrations };
static const struct value_type grace_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = GRACE_MAX,
};

static const void *os_type_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (text_equal(pair->value->text, "Legacy"))
		return reader_refuse(
			reader, pair->value,
			"osType Legacy needs a machine that KubeVirt does not build (i440fx); use Generic with "
			"\"enableParavirtualization: false\", if the guest knows SATA");
	return value_read(reader, pair, &os_type);
}

#define OFFSET(member) offsetof(struct machine_spec, member)

static const struct field machine_fields[] = {
	{ "affinity", NULL, OFFSET(affinity), &machine_affinity_type, "Which workers and neighbours the VM wants.",
	  .fallback = NULL },
	{ "blockDeviceRefs", devices_read, OFFSET(devices), &devices_type,
	  "The VM's disks and images, in the order in which it tries to boot from them.",
	  .presence = FIELD_REQUIRED },
	{ "bootloader", NULL, OFFSET(bootloader), &bootloader_type,
	  "What starts the guest: a BIOS, UEFI, or UEFI that starts only what is signed and keeps its variables.",
	  .fallback = "BIOS" },
	{ "cpu", NULL, OFFSET(cpu), &cpu_type, "The VM's cores.", .presence = FIELD_REQUIRED },
	{ "disruptions", NULL, OFFSET(disruptions), &disruptions_type, "What may be done to the VM while it runs.",
	  .fallback = NULL },
	{ "enableParavirtualization", NULL, OFFSET(paravirtualized), &boolean_type,
	  "Whether the guest knows virtio: disks are on virtio-scsi and the NIC is virtio. If not, disks are on SATA "
	  "and the NIC is an e1000.",
	  .fallback = "true" },
	{ "gpus", gpus_read, OFFSET(nothing), &deckhouse_refused_type, "Refused: there are no classes of GPUs.",
	  .fallback = NULL },
	{ "liveMigrationPolicy", NULL, OFFSET(live_migration), &live_migration_type,
	  "Whether the guest is slowed down to let a live migration end (AlwaysForced, PreferForced) or not. It "
	  "becomes a MigrationPolicy of the VM's own. Without it, the cluster's settings hold.",
	  .fallback = NULL },
	{ "memory", NULL, OFFSET(memory), &memory_type, "The VM's memory.", .presence = FIELD_REQUIRED },
	{ "networks", NULL, OFFSET(networks), &machine_networks_type,
	  "The VM's networks. Without it, the cluster's own alone.", .fallback = NULL },
	{ "nodeSelector", deckhouse_read_mapping, OFFSET(node_selector), &labels_type,
	  "Labels that a worker must have to run the VM, beside those of its class, which go before them.",
	  .fallback = NULL },
	{ "osType", os_type_read, OFFSET(os_type), &os_type,
	  "Windows gets a TPM and what Hyper-V has; any other guest a source of random numbers.",
	  .fallback = "Generic" },
	{ "priorityClassName", object_name_read, OFFSET(priority_class), &object_name_type,
	  "The PriorityClass of the VM.", .fallback = NULL },
	{ "provisioning", provisioning_read, OFFSET(provisioning), &provisioning_type,
	  "What the guest is told at first boot. Without it, nothing.", .fallback = NULL },
	{ "runPolicy", NULL, OFFSET(run_policy), &run_policy_type,
	  "Whether the VM runs: always (AlwaysOn), until someone stops it or it powers off by itself "
	  "(AlwaysOnUnlessStoppedManually), as people and operations say (Manual), or never (AlwaysOff).",
	  .fallback = "AlwaysOnUnlessStoppedManually" },
	{ "terminationGracePeriodSeconds", NULL, OFFSET(grace_period), &grace_type,
	  "How many seconds the guest has to shut down.", .fallback = "60" },
	{ "tolerations", deckhouse_read_sequence, OFFSET(tolerations), &tolerations_type,
	  "Taints of workers that do not keep the VM away. Those of the class come after them.", .fallback = NULL },
	{ "topologySpreadConstraints", deckhouse_read_sequence, OFFSET(spread), &spread_type,
	  "How VMs are spread over workers, as Kubernetes has it.", .fallback = NULL },
	{ "usbDevices", NULL, OFFSET(usb_devices), &machine_usb_devices_type,
	  "USB devices of the worker that the guest gets.", .fallback = NULL },
	{ "virtualMachineClassName", object_name_read, OFFSET(class_name), &object_name_type,
	  "The VM's class: a " DECKHOUSE_CLASS " in the repository, or an entry in classes of a Mapping.",
	  .presence = FIELD_REQUIRED },
	{ "virtualMachineIPAddressName", object_name_read, OFFSET(address_name), &object_name_type,
	  "The " DECKHOUSE_ADDRESS
	  " with the VM's address on the cluster's network. It needs podAddresses of a Mapping.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type machine_spec_type = {
	.name = "DeckhouseVirtualMachine",
	.shape = VALUE_OBJECT,
	.fields = machine_fields,
	.size = sizeof(struct machine_spec),
};
