/* Disks, drives and other parts of a VirtualMachine's spec. */
#include "render/dialects/vmoperator/device_fields.h"

#include "render/dialects/vmoperator/machine_fields.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

static const char *const image_kinds[] = { "VirtualMachineImage", "ClusterVirtualMachineImage", NULL };
static const struct value_type image_kind_type = { .name = "text", .shape = VALUE_TEXT, .allowed = image_kinds };

#define IMAGE(member) offsetof(struct image_reference, member)

static const struct field image_reference_fields[] = {
	{ "kind", NULL, IMAGE(kind), &image_kind_type,
	  "Whether the image is one of the namespace or of the cluster. Without it, of the namespace before the "
	  "cluster.",
	  .fallback = NULL },
	{ "name", object_name_read, IMAGE(name), &object_name_type, "The image's name.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type image_reference_type = {
	.name = "VMOperatorImageReference",
	.shape = VALUE_OBJECT,
	.fields = image_reference_fields,
	.size = sizeof(struct image_reference),
};

#define INSTANCE(member) offsetof(struct instance_volume, member)

static const struct field instance_volume_fields[] = {
	{ "storageClass", object_name_read, INSTANCE(storage_class), &object_name_type,
	  "The StorageClass, as that of the VM.", .presence = FIELD_REQUIRED },
	{ "size", value_disk_size, INSTANCE(size), &disk_size_type, "The size of the disk.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type instance_volume_type = {
	.name = "VMOperatorInstanceVolume",
	.shape = VALUE_OBJECT,
	.fields = instance_volume_fields,
	.size = sizeof(struct instance_volume),
};

#define CLAIM(member) offsetof(struct claim_reference, member)

static const struct field claim_reference_fields[] = {
	{ "claimName", object_name_read, CLAIM(name), &object_name_type,
	  "The PersistentVolumeClaim of the namespace.", .fallback = NULL },
	{ "readOnly", NULL, CLAIM(read_only), &boolean_type, "Whether the guest can only read it.",
	  .fallback = "false" },
	{ "instanceVolumeClaim", NULL, CLAIM(instance), &instance_volume_type,
	  "A blank disk that comes and goes with the VM, in place of a claim that is there.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type claim_reference_type = {
	.name = "VMOperatorClaim",
	.shape = VALUE_OBJECT,
	.fields = claim_reference_fields,
	.size = sizeof(struct claim_reference),
};

static const struct advice disk_advice[] = {
	{ "vsphereVolume",
	  "resizes a disk of the image by vSphere's key; use advanced.bootDiskCapacity of v1alpha2" },
	{ NULL, "" },
};

static const void *volume_refuse(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_refuse(reader, pair, disk_advice);
}

#define VOLUME(member) offsetof(struct volume_spec, member)

static const struct field volume_spec_fields[] = {
	{ "name", host_name_read, VOLUME(name), &host_name_type, "The disk's name, unique in the VM.",
	  .presence = FIELD_REQUIRED },
	{ "persistentVolumeClaim", NULL, VOLUME(claim), &claim_reference_type, "What is the disk.",
	  .fallback = NULL },
	{ "vsphereVolume", volume_refuse, VOLUME(refused), &vmoperator_refused_type,
	  "Of v1alpha1: the new size of a disk of the image.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type volume_spec_type = {
	.name = "VMOperatorVolume",
	.shape = VALUE_OBJECT,
	.fields = volume_spec_fields,
	.size = sizeof(struct volume_spec),
};

#define CDROM(member) offsetof(struct cdrom_spec, member)

static const struct field cdrom_spec_fields[] = {
	{ "name", host_name_read, CDROM(name), &host_name_type, "The drive's name, unique in the VM.",
	  .presence = FIELD_REQUIRED },
	{ "image", NULL, CDROM(image), &image_reference_type, "The image in the drive.", .presence = FIELD_REQUIRED },
	{ "connected", NULL, CDROM(connected), &boolean_type, "Whether the image is in the drive.",
	  .fallback = "true" },
	{ "allowGuestControl", NULL, CDROM(guest_control), &boolean_type,
	  "Whether the guest may open the drive. Here it always may.", .fallback = "true" },
	{ .name = NULL },
};

const struct value_type cdrom_spec_type = {
	.name = "VMOperatorCDROM",
	.shape = VALUE_OBJECT,
	.fields = cdrom_spec_fields,
	.size = sizeof(struct cdrom_spec),
};

static const struct advice advanced_advice[] = {
	{ "changeBlockTracking",
	  "is not turned on by a field of the VM here; KubeVirt's backups track changes by themselves" },
	{ "defaultVolumeProvisioningMode",
	  "has no equivalent: the storage class decides how room is set aside; remove it" },
	{ "defaultVolumeProvisioningOptions",
	  "has no equivalent: the storage class decides how room is set aside; remove it" },
	{ NULL, "" },
};

static const void *advanced_refuse(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_refuse(reader, pair, advanced_advice);
}

/* Not asking for it is what holds anyway. */
static const void *tracking_read(struct reader *reader, const struct yaml_pair *pair)
{
	const bool *wanted = value_boolean(reader, pair);

	return wanted && *wanted ? advice_warn(reader, pair, advanced_advice) : NULL;
}

#define ADVANCED(member) offsetof(struct advanced_spec, member)
#define TRACKING_FIELD                                                                                               \
	{                                                                                                            \
		"changeBlockTracking", tracking_read, ADVANCED(nothing), &vmoperator_ignored_type,                   \
			"Tracking of changed blocks for backups; without effect.", .fallback = NULL                  \
	}

static const struct field advanced_spec_fields[] = {
	{ "bootDiskCapacity", value_disk_size, ADVANCED(boot_disk_capacity), &disk_size_type,
	  "The size of the disk that the image is copied into. Without it, what the image says.", .fallback = NULL },
	TRACKING_FIELD,
	{ "defaultVolumeProvisioningMode", advanced_refuse, ADVANCED(nothing), &vmoperator_refused_type,
	  "Thin or thick disks, which the storage class decides.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type advanced_spec_type = {
	.name = "VMOperatorAdvanced",
	.shape = VALUE_OBJECT,
	.fields = advanced_spec_fields,
	.size = sizeof(struct advanced_spec),
};

static const struct field advanced_v1alpha1_fields[] = {
	TRACKING_FIELD,
	{ "defaultVolumeProvisioningOptions", advanced_refuse, ADVANCED(nothing), &vmoperator_refused_type,
	  "Thin or thick disks, which the storage class decides.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type advanced_v1alpha1_type = {
	.name = "VMOperatorAdvancedOptions",
	.shape = VALUE_OBJECT,
	.fields = advanced_v1alpha1_fields,
	.size = sizeof(struct advanced_spec),
};

static const char *const firmwares[] = { "BIOS", "EFI", "bios", "efi", NULL };
static const char *const switches[] = { "Enabled", "Disabled", "enabled", "disabled", NULL };
static const struct value_type firmware_type = { .name = "text", .shape = VALUE_TEXT, .allowed = firmwares };
static const struct value_type switch_type = { .name = "text", .shape = VALUE_TEXT, .allowed = switches };

static const void *firmware_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, firmwares);
}

static const void *switch_read(struct reader *reader, const struct yaml_pair *pair)
{
	return word_read(reader, pair, switches);
}

#define BOOT(member) offsetof(struct boot_options, member)

static const struct field boot_options_fields[] = {
	{ "firmware", firmware_read, BOOT(firmware), &firmware_type,
	  "What starts the guest. Without it, what the class or the image says.", .fallback = NULL },
	{ "efiSecureBoot", switch_read, BOOT(secure_boot), &switch_type, "Whether EFI starts only what is signed.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type boot_options_type = {
	.name = "VMOperatorBootOptions",
	.shape = VALUE_OBJECT,
	.fields = boot_options_fields,
	.size = sizeof(struct boot_options),
};
