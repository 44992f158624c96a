/* VMware's VM Operator: the VMs of a vSphere Supervisor. */
#include "render/dialects/vmoperator/vmoperator.h"

#include "base/text.h"
#include "render/dialects/vmoperator/class_fields.h"
#include "render/dialects/vmoperator/image.h"
#include "render/dialects/vmoperator/machine.h"
#include "render/dialects/vmoperator/service.h"

static const char *const versions[] = {
	"vmoperator.vmware.com/v1alpha3",
	"vmoperator.vmware.com/v1alpha1",
	"vmoperator.vmware.com/v1alpha2",
	"vmoperator.vmware.com/v1alpha4",
	NULL,
};

static const struct dialect_kind kinds[] = {
	{ .name = VMOPERATOR_MACHINE,
	  .type = &machine_document_type,
	  .translate = vsphere_machine_translate,
	  .description = "A VM of a vSphere Supervisor: hardware by its class, a disk by its image." },
	{ .name = VMOPERATOR_CLASS,
	  .type = &class_document_type,
	  .is_fact = true,
	  .check = vsphere_class_check,
	  .description = "The virtual hardware that VMs of the class have." },
	{ .name = VMOPERATOR_IMAGE,
	  .type = &image_document_type,
	  .is_fact = true,
	  .check = vsphere_image_check,
	  .description = "What is known of an image of the namespace; a Mapping says where it comes from." },
	{ .name = VMOPERATOR_CLUSTER_IMAGE,
	  .type = &cluster_image_document_type,
	  .is_fact = true,
	  .of_cluster = true,
	  .check = vsphere_image_check,
	  .description = "What is known of an image of the cluster; a Mapping says where it comes from." },
	{ .name = VMOPERATOR_SERVICE,
	  .type = &service_document_type,
	  .translate = service_translate,
	  .description = "How VMs are reached: a Service of Kubernetes, found by their labels." },
	{ .name = NULL },
};

/* What to do instead of kinds that say something about vSphere. */
static const char *const advice[][2] = {
	{ "VirtualMachineSetResourcePolicy", "resource pools and folders are vSphere's; use affinity of the VMs" },
	{ "VirtualMachineClassBinding", "put the VirtualMachineClass into the namespace itself" },
	{ "ContentSource", "name the images in a Mapping" },
	{ "ContentSourceBinding", "name the images in a Mapping" },
	{ "ContentLibraryProvider", "name the images in a Mapping" },
	{ "VirtualMachineImageCache", "images are fetched when a disk is made; remove it" },
	{ "VirtualMachinePublishRequest", "take a VirtualMachineSnapshot, or clone with an operation of a lab" },
	{ "VirtualMachineWebConsoleRequest", "use virtctl vnc or virtctl console" },
	{ "WebConsoleRequest", "use virtctl vnc or virtctl console" },
	{ "VirtualMachineReplicaSet", "write each VirtualMachine, or use replicas of a lab's node" },
	{ "VirtualMachineGroup", "write a powerState at each VirtualMachine" },
	{ "VirtualMachineGroupPublishRequest", "take a VirtualMachineSnapshot, or clone with an operation of a lab" },
	{ "VirtualMachineSnapshot", "use VirtualMachineSnapshot of snapshot.kubevirt.io/v1beta1" },
};

static const char *kind_advice(struct reader *reader, const char *version, const char *kind)
{
	(void)reader;
	(void)version;
	for (size_t i = 0; i < sizeof(advice) / sizeof(advice[0]); i++)
		if (text_equal(advice[i][0], kind))
			return advice[i][1];
	return NULL;
}

const struct dialect vmoperator_dialect = {
	.name = VMOPERATOR,
	.title = "VMware VM Operator",
	.versions = versions,
	.kinds = kinds,
	.kind_advice = kind_advice,
};
