/* The kinds of Deckhouse Virtualization. */
#include "render/dialects/deckhouse/deckhouse.h"

#include "base/text.h"
#include "render/dialects/deckhouse/addresses.h"
#include "render/dialects/deckhouse/attachments.h"
#include "render/dialects/deckhouse/classes.h"
#include "render/dialects/deckhouse/disks.h"
#include "render/dialects/deckhouse/images.h"
#include "render/dialects/deckhouse/machines.h"
#include "render/dialects/deckhouse/macs.h"
#include "render/dialects/deckhouse/operations.h"
#include "render/lab/document.h"
#include "render/lab/values.h"

/* Deckhouse's own settings, of which ours are refused with advice. */
#define MODULE_VERSION "deckhouse.io/v1alpha1"
#define MODULE_KIND "ModuleConfig"

extern const struct dialect deckhouse_dialect;

#define DOCUMENT_TYPE(identifier, kind_name, spec_type, text)                                                        \
	static const struct field identifier##_fields[] = { DIALECT_DOCUMENT_FIELDS(spec_type, text) };              \
	static const struct value_type identifier##_type = {                                                         \
		.name = (kind_name),                                                                                 \
		.shape = VALUE_OBJECT,                                                                               \
		.fields = identifier##_fields,                                                                       \
	}

DOCUMENT_TYPE(machine, DECKHOUSE_MACHINE, machine_spec_type, "What the VM is like.");
DOCUMENT_TYPE(disk, DECKHOUSE_DISK, disk_spec_type, "What is on the disk, and how large it is.");
DOCUMENT_TYPE(image, DECKHOUSE_IMAGE, image_spec_type, "Where the image comes from, and how it is kept.");
DOCUMENT_TYPE(cluster_image, DECKHOUSE_CLUSTER_IMAGE, cluster_image_spec_type, "Where the image comes from.");
DOCUMENT_TYPE(class, DECKHOUSE_CLASS, class_spec_type, "What VMs of the class may be like.");
DOCUMENT_TYPE(attachment, DECKHOUSE_ATTACHMENT, attachment_spec_type, "What is attached to which VM.");
DOCUMENT_TYPE(operation, DECKHOUSE_OPERATION, operation_spec_type, "What is done to which VM.");
DOCUMENT_TYPE(address, DECKHOUSE_ADDRESS, address_spec_type, "Which address it is.");
DOCUMENT_TYPE(mac, DECKHOUSE_MAC, mac_spec_type, "Which MAC address it is.");

static const struct dialect_kind kinds[] = {
	{ DECKHOUSE_MACHINE, &machine_type, .is_fact = true, .say_names = machine_say_names,
	  .translate = machine_translate,
	  .description = "A VM of Deckhouse's. It becomes a VirtualMachine of KubeVirt's." },
	{ DECKHOUSE_DISK, &disk_type, .is_fact = true, .translate = disk_translate,
	  .description = "A disk of Deckhouse's. It becomes a DataVolume vd-NAME." },
	{ DECKHOUSE_IMAGE, &image_type, .is_fact = true, .translate = image_translate,
	  .description =
		  "An image of Deckhouse's: what disks are made of, or a device of VMs. Where it must be in a claim, "
		  "it becomes a DataVolume vi-NAME." },
	{ DECKHOUSE_CLUSTER_IMAGE, &cluster_image_type, .is_fact = true, .of_cluster = true,
	  .check = cluster_image_check, .description = "An image for all namespaces. It becomes nothing by itself." },
	{ DECKHOUSE_CLASS, &class_type, .is_fact = true, .of_cluster = true, .check = class_check,
	  .description = "A class of VMs: their processor, sizes and workers. Its VMs are checked against it." },
	{ DECKHOUSE_ATTACHMENT, &attachment_type, .is_fact = true, .alters_others = true,
	  .say_names = attachment_say_names, .translate = attachment_translate,
	  .description = "A disk or image that comes to a VM while it runs." },
	{ DECKHOUSE_OPERATION, &operation_type, .translate = operation_translate,
	  .description = "Something that is done to a VM once for each name of such a document." },
	{ DECKHOUSE_ADDRESS, &address_type, .is_fact = true, .say_names = address_say_names,
	  .translate = address_translate,
	  .description =
		  "An address of the cluster's network that a VM can name, where the network can be asked for it." },
	{ DECKHOUSE_MAC, &mac_type, .is_fact = true, .check = mac_check,
	  .description = "A MAC address that VMs can name." },
	{ .name = NULL },
};

static const char *const versions[] = { DECKHOUSE_VERSION, DECKHOUSE_CLASS_VERSION, MODULE_VERSION, NULL };

static bool kind_is_ours(const char *version, const char *kind)
{
	if (text_equal(version, DECKHOUSE_CLASS_VERSION))
		return text_equal(kind, DECKHOUSE_CLASS);
	return text_equal(version, DECKHOUSE_VERSION);
}

static const struct {
	const char *kind, *advice;
} advices[] = {
	{ "VirtualMachineIPAddressLease", "KubeVirt has no pool of addresses, and nothing to lease; remove it, and "
					  "ask for addresses by " DECKHOUSE_ADDRESS },
	{ "VirtualMachineIPAddressClaim", "it is called " DECKHOUSE_ADDRESS " now; write that" },
	{ "VirtualMachineMACAddressLease", "remove it; a VirtualMachineMACAddress is enough" },
	{ "VirtualDiskSnapshot",
	  "snapshots are made of whole VMs: write a VirtualMachineSnapshot of snapshot.kubevirt.io/v1beta1" },
	{ "VirtualMachineSnapshot", "write a VirtualMachineSnapshot of snapshot.kubevirt.io/v1beta1" },
	{ "VirtualMachineRestore", "it happens once: write a VirtualMachineOperation of type Restore" },
	{ "VirtualMachineSnapshotOperation", "it happens once: write a VirtualMachineOperation of type Restore" },
	{ "VirtualMachinePool", "write a VirtualMachinePool of pool.kubevirt.io/v1beta1, or a lab with replicas" },
	{ "USBDevice", "name the device in usbDevices, and let the cluster's KubeVirt permit it" },
	{ "NodeUSBDevice", "name the device in usbDevices, and let the cluster's KubeVirt permit it" },
	{ MODULE_KIND,
	  "KubeVirt has no virtualMachineCIDRs, and gives out no addresses; remove it, or keep it outside of the "
	  "source's path" },
};

static const char *kind_advice(struct reader *reader, const char *version, const char *kind)
{
	if (text_equal(version, DECKHOUSE_CLASS_VERSION))
		for (size_t i = 0; kinds[i].name; i++)
			if (text_equal(kinds[i].name, kind))
				return arena_format(reader->arena, "its apiVersion is %s; write that",
						    DECKHOUSE_VERSION);
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++)
		if (text_equal(advices[i].kind, kind))
			return advices[i].advice;
	return NULL;
}

const struct dialect deckhouse_dialect = {
	.name = DECKHOUSE,
	.title = "Deckhouse Virtualization",
	.versions = versions,
	.kinds = kinds,
	.kind_is_ours = kind_is_ours,
	.kind_advice = kind_advice,
};
