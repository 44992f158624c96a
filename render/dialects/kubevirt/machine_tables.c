/* Specs of VirtualMachines and pools: each field of KubeVirt's, and what is read
 * though it stands where KubeVirt has no such field. */
#include "render/dialects/kubevirt/kubevirt.h"

#include "render/lab/document.h"
#include "render/lab/values.h"

/* Never filled: specs are judged by the admission rules, and taken as they are. */
struct described {
	struct settings settings;
	const void *nothing;
};

#define PLACE offsetof(struct described, nothing)
#define ROW(name, type, text)                                                                                        \
	{                                                                                                            \
		(name), document_seen, PLACE, &(type), (text), .fallback = NULL                                      \
	}
#define DESCRIBED(identifier, type_name)                                                                             \
	{                                                                                                            \
		.name = (type_name), .shape = VALUE_OBJECT, .fields = identifier##_fields,                           \
		.size = sizeof(struct described)                                                                     \
	}

static const struct value_type left_out_type = {
	.name = "text",
	.shape = VALUE_ANY,
	.standing = VALUE_WITHOUT_EFFECT,
};

static const struct field source_ref_fields[] = {
	ROW("kind", text_type, "DataSource, which is the only kind that CDI takes."),
	ROW("name", text_type, "The DataSource's name."),
	ROW("namespace", text_type, "Where it is. Without it, the namespace of the disk."),
	ROW("apiGroup", left_out_type, "CDI has no such field; it is left out, with a warning."),
	{ .name = NULL },
};
static const struct value_type source_ref_type = DESCRIBED(source_ref, "KubeVirtSourceRef");

static const struct field volume_spec_fields[] = {
	ROW("source", kubevirt_any_type, "Exactly one source: http, registry, pvc, snapshot, blank, upload, ..."),
	ROW("sourceRef", source_ref_type, "A DataSource that says where the content is; instead of source."),
	ROW("pvc", kubevirt_any_type, "The claim as Kubernetes has it, with exactly one access mode."),
	ROW("storage", kubevirt_any_type,
	    "The claim, with what is not said as it suits the storage class; instead of pvc."),
	ROW("contentType", text_type, "kubevirt (a disk) or archive (files)."),
	ROW("preallocation", boolean_type, "Whether all of the disk's space is taken at once."),
	ROW("priorityClassName", text_type, "The priority of the pods that fill the disk."),
	ROW("checkpoints", kubevirt_any_type, "The steps of an import in several stages."),
	ROW("finalCheckpoint", boolean_type, "Whether the last of the checkpoints is the end of the import."),
	{ .name = NULL },
};
const struct value_type kubevirt_volume_spec_type = DESCRIBED(volume_spec, "KubeVirtDataVolumeSpec");

static const struct field volume_template_fields[] = {
	ROW("metadata", kubevirt_any_type, "The disk's name, which a volume of the machine must name, and labels."),
	ROW("spec", kubevirt_volume_spec_type, "The DataVolume's spec. The disk goes when its machine is deleted."),
	{ .name = NULL },
};
static const struct value_type volume_template_type = DESCRIBED(volume_template, "KubeVirtDataVolumeTemplate");
static const struct value_type volume_templates_type = { .shape = VALUE_LIST, .items = &volume_template_type };

#define MISPLACED(name)                                                                                              \
	ROW(name, kubevirt_any_type, "Belongs under template.spec, and is read as if it stood there, with a warning.")

static const struct field machine_spec_fields[] = {
	ROW("runStrategy", text_type,
	    "Always, RerunOnFailure, Once, Manual or Halted. Either this or running must be given."),
	ROW("running", boolean_type, "The old way: true is Always, false is Halted."),
	ROW("template", kubevirt_any_type,
	    "metadata and spec of the instances: domain, volumes, networks and so on, as KubeVirt has them."),
	ROW("dataVolumeTemplates", volume_templates_type,
	    "Disks that are made when the machine is, also when it does not run yet."),
	ROW("instancetype", kubevirt_any_type,
	    "The instance type: name, and kind, which is VirtualMachineClusterInstancetype without it."),
	ROW("preference", kubevirt_any_type,
	    "The preference: name, and kind, which is VirtualMachineClusterPreference without it."),
	ROW("updateVolumesStrategy", text_type,
	    "What another disk in volumes means for a machine that runs: Replacement or Migration."),
	MISPLACED("accessCredentials"),
	MISPLACED("affinity"),
	MISPLACED("architecture"),
	MISPLACED("dnsConfig"),
	MISPLACED("dnsPolicy"),
	MISPLACED("domain"),
	MISPLACED("evictionStrategy"),
	MISPLACED("hostname"),
	MISPLACED("livenessProbe"),
	MISPLACED("networks"),
	MISPLACED("nodeSelector"),
	MISPLACED("priorityClassName"),
	MISPLACED("readinessProbe"),
	MISPLACED("resourceClaims"),
	MISPLACED("schedulerName"),
	MISPLACED("serviceAccountName"),
	MISPLACED("startStrategy"),
	MISPLACED("subdomain"),
	MISPLACED("terminationGracePeriodSeconds"),
	MISPLACED("tolerations"),
	MISPLACED("topologySpreadConstraints"),
	MISPLACED("utilityVolumes"),
	MISPLACED("volumes"),
	{ .name = NULL },
};
const struct value_type kubevirt_machine_spec_type = DESCRIBED(machine_spec, "KubeVirtVirtualMachineSpec");

static const struct field machine_template_fields[] = {
	ROW("metadata", kubevirt_any_type,
	    "Labels and annotations of the VirtualMachines. Unless template.metadata has some of its own, they are "
	    "those of the instances and pods too, with a warning."),
	ROW("spec", kubevirt_machine_spec_type, "The spec of the VirtualMachines."),
	{ .name = NULL },
};
static const struct value_type machine_template_type = DESCRIBED(machine_template, "KubeVirtMachineTemplate");

static const struct field name_generation_fields[] = {
	ROW("appendIndexToConfigMapRefs", boolean_type,
	    "Whether each machine has ConfigMaps of its own: their names with its number behind them."),
	ROW("appendIndexToSecretRefs", boolean_type,
	    "Whether each machine has Secrets of its own: their names with its number behind them."),
	{ .name = NULL },
};
static const struct value_type name_generation_type = DESCRIBED(name_generation, "KubeVirtNameGeneration");

static const struct value_type replicas_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = INT32_MAX,
};

static const struct field pool_spec_fields[] = {
	ROW("replicas", replicas_type, "How many machines there are; 1 without it."),
	ROW("selector", kubevirt_any_type, "What the labels of virtualMachineTemplate meet. It cannot be changed."),
	ROW("virtualMachineTemplate", machine_template_type, "What the VirtualMachines are made like."),
	ROW("paused", boolean_type, "Whether the pool leaves its machines alone."),
	ROW("nameGeneration", name_generation_type, "What else gets the machine's number."),
	ROW("maxUnavailable", kubevirt_any_type, "How many machines may be down for a change: a number, or \"25%\"."),
	ROW("scaleInStrategy", kubevirt_any_type, "Which machines go first, and whether their disks stay."),
	ROW("updateStrategy", kubevirt_any_type, "When a change of the template reaches machines that are there."),
	ROW("autohealing", kubevirt_any_type, "When a machine that does not start is replaced."),
	{ .name = NULL },
};
const struct value_type kubevirt_pool_spec_type = DESCRIBED(pool_spec, "KubeVirtPoolSpec");
