#include "render/dialects/vmoperator/machine_fields.h"

#include "render/dialects/vmoperator/device_fields.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

static const char *const power_states[] = { "PoweredOn",  "PoweredOff", "Suspended", "poweredOn",
					    "poweredOff", "suspended",  NULL };
static const char *const modes[] = { "Hard", "Soft", "TrySoft", "hard", "soft", "trySoft", NULL };

static const struct value_type power_state_type = { .name = "text", .shape = VALUE_TEXT, .allowed = power_states };
static const struct value_type mode_type = { .name = "text", .shape = VALUE_TEXT, .allowed = modes };

static const void *power_state_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, power_states);
}

static const void *mode_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, modes);
}

static const struct advice passed_over[] = {
	{ "ports", "is v1alpha1's and had no effect there either; use a VirtualMachineService" },
	{ "promoteDisksMode", "is about linked clones, which are not made here; remove it" },
	{ NULL, "" },
};

static const struct advice refused[] = {
	{ "crypto", "has no equivalent: KubeVirt leaves encryption to the storage class; name one that encrypts" },
	{ "groupName", "has no equivalent; let operations and labels say what goes together, and remove it" },
	{ "minHardwareVersion", "is a version of vSphere's virtual hardware, which is not played here; remove it" },
	{ "reserved", "names a resource policy of vSphere, which has no equivalent; use affinity, and remove it" },
	{ "resourcePolicyName", "names a resource policy of vSphere, which has no equivalent; remove it" },
	{ "currentSnapshot", "has no equivalent; use a VirtualMachineSnapshot of snapshot.kubevirt.io" },
	{ NULL, "" },
};

static const void *pass_over(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_warn(reader, pair, passed_over);
}

static const void *refuse(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_refuse(reader, pair, refused);
}

#define OFFSET(member) offsetof(struct machine_spec, member)
#define REFUSED(name, text)                                                                                          \
	{                                                                                                            \
		name, refuse, OFFSET(nothing), &vmoperator_refused_type, text, .fallback = NULL                      \
	}

static const struct value_type volumes_type = { .shape = VALUE_LIST, .items = &volume_spec_type, .items_max = 64 };
static const struct value_type cdroms_type = { .shape = VALUE_LIST, .items = &cdrom_spec_type, .items_max = 8 };
static const struct value_type old_interfaces_type = {
	.shape = VALUE_LIST,
	.items = &interface_v1alpha1_type,
	.items_max = INTERFACES_MAX,
};

static const struct field machine_spec_fields[] = {
	{ "className", object_name_read, OFFSET(class_name), &object_name_type,
	  "The VirtualMachineClass that gives cores, memory and network adapters: a document of the namespace, a "
	  "class "
	  "of a Mapping, or an instancetype of that name. It cannot be changed later.",
	  .presence = FIELD_REQUIRED },
	{ "imageName", object_name_read, OFFSET(image_name), &object_name_type,
	  "The image that the disk is filled from: a name in a Mapping's images, or a VirtualMachineImage that is "
	  "mapped by its display name. It cannot be changed later.",
	  .fallback = NULL },
	{ "image", NULL, OFFSET(image), &image_reference_type, "The image, with its kind, in place of imageName.",
	  .fallback = NULL },
	{ "storageClass", object_name_read, OFFSET(storage_class), &object_name_type,
	  "The StorageClass of the disk, or what a Mapping's storageClasses says of the name. It cannot be changed "
	  "later.",
	  .presence = FIELD_REQUIRED },
	{ "bootstrap", NULL, OFFSET(bootstrap), &bootstrap_spec_type,
	  "How the guest is told its name, addresses and users at first boot. Without it, it is told nothing.",
	  .fallback = NULL },
	{ "network", NULL, OFFSET(network), &network_spec_type,
	  "The network adapters and what the guest is told of them. It cannot be changed later. Without it, one "
	  "adapter "
	  "on the pod network.",
	  .fallback = NULL },
	{ "volumes", NULL, OFFSET(volumes), &volumes_type,
	  "Further disks from PersistentVolumeClaims; they can be added to a VM that runs.", .fallback = NULL },
	{ "cdrom", NULL, OFFSET(cdrom), &cdroms_type, "CD-ROM drives, with or without an image in them.",
	  .fallback = NULL },
	{ "readinessProbe", NULL, OFFSET(readiness_probe), &readiness_spec_type,
	  "How to tell that the VM does its work.", .fallback = NULL },
	{ "affinity", NULL, OFFSET(affinity), &affinity_spec_type,
	  "Which other VMs it is to be near to, or away from.", .fallback = NULL },
	{ "advanced", NULL, OFFSET(advanced), &advanced_spec_type, "Less common settings.", .fallback = NULL },
	{ "advancedOptions", NULL, OFFSET(nothing), &advanced_v1alpha1_type,
	  "Of v1alpha1: what is advanced in later versions.", .fallback = NULL },
	{ "bootOptions", NULL, OFFSET(boot_options), &boot_options_type, "Since v1alpha4: what the firmware does.",
	  .fallback = NULL },
	{ "biosUUID", value_uuid, OFFSET(bios_uuid), &uuid_type,
	  "The UUID that the guest finds in its firmware. It cannot be changed later. Without it, one that follows "
	  "from "
	  "the names.",
	  .fallback = NULL },
	{ "instanceUUID", value_uuid, OFFSET(instance_uuid), &uuid_type,
	  "The UUID that vCenter knows the VM by: kept as an annotation. It cannot be changed later.",
	  .fallback = NULL },
	{ "guestID", NULL, OFFSET(guest_id), &text_type,
	  "The operating system as vSphere calls it: the preference that a Mapping's guests names for it, or else an "
	  "annotation.",
	  .fallback = NULL },
	{ "powerState", power_state_read, OFFSET(power_state), &power_state_type,
	  "Whether the VM is on, off or suspended, in any case. Suspended is a pause: its memory stays on the "
	  "worker.",
	  .fallback = "PoweredOn" },
	{ "powerOffMode", mode_read, OFFSET(power_off_mode), &mode_type,
	  "How it is powered off: at once (Hard), by asking the guest (Soft), or by asking it and after five minutes "
	  "at "
	  "once (TrySoft).",
	  .fallback = "TrySoft" },
	{ "suspendMode", mode_read, OFFSET(suspend_mode), &mode_type,
	  "How it is suspended. A pause does not ask the guest, as with Hard.", .fallback = "TrySoft" },
	{ "restartMode", mode_read, OFFSET(restart_mode), &mode_type,
	  "How it is restarted: at once (Hard), within the guest (Soft), or by asking it first (TrySoft).",
	  .fallback = "TrySoft" },
	{ "nextRestartTime", NULL, OFFSET(next_restart_time), &text_type,
	  "A time, by which one restart is known: each new one restarts the VM once, at once. Or now, which restarts "
	  "it "
	  "once for as long as it stands there.",
	  .fallback = NULL },
	{ "networkInterfaces", NULL, OFFSET(network_interfaces), &old_interfaces_type,
	  "Of v1alpha1: the network adapters.", .fallback = NULL },
	{ "vmMetadata", NULL, OFFSET(vm_metadata), &metadata_source_type,
	  "Of v1alpha1: where the guest's first configuration comes from.", .fallback = NULL },
	{ "ports", pass_over, OFFSET(nothing), &vmoperator_ignored_type, "Of v1alpha1; without effect.",
	  .fallback = NULL },
	{ "promoteDisksMode", pass_over, OFFSET(nothing), &vmoperator_ignored_type,
	  "When disks of a linked clone become whole; without effect.", .fallback = NULL },
	REFUSED("crypto", "Encryption, which the storage class has to do."),
	REFUSED("currentSnapshot", "The snapshot to go back to."),
	REFUSED("groupName", "The group that the VM is in."),
	REFUSED("minHardwareVersion", "The least version of vSphere's virtual hardware."),
	REFUSED("reserved", "Policies of vSphere's resource pools."),
	REFUSED("resourcePolicyName", "Of v1alpha1: a policy of vSphere's resource pools."),
	{ .name = NULL },
};

const struct value_type vsphere_machine_spec_type = {
	.name = "VMOperatorMachineSpec",
	.shape = VALUE_OBJECT,
	.fields = machine_spec_fields,
	.size = sizeof(struct machine_spec),
};
