#include "render/dialects/kubevirt/kubevirt.h"

#define OBJECT(kind_name, table, text)                                                                               \
	{                                                                                                            \
		.name = (kind_name), .type = &(table), .translate = kubevirt_object_translate, .description = (text) \
	}
#define CLUSTER_OBJECT(kind_name, table, text)                                                                       \
	{                                                                                                            \
		.name = (kind_name), .type = &(table), .of_cluster = true, .translate = kubevirt_object_translate,   \
		.description = (text)                                                                                \
	}
/* VM Operator's VMs take parts of their content; of the others, it is enough to know that they are there. */
#define FACT(kind_name, table, text)                                                                                 \
	{                                                                                                            \
		.name = (kind_name), .type = &(table), .is_fact = true, .translate = kubevirt_object_translate,      \
		.description = (text)                                                                                \
	}

static const struct dialect_kind kinds[] = {
	{ .name = KIND_MACHINE,
	  .type = &kubevirt_machine_type,
	  .say_names = image_user_say_names,
	  .translate = kubevirt_machine_translate,
	  .description = "A VM in KubeVirt's own words, which pass through." },
	{ .name = KIND_POOL,
	  .type = &kubevirt_pool_type,
	  .say_names = image_user_say_names,
	  .translate = kubevirt_pool_translate,
	  .description = "Several VMs alike, which KubeVirt makes and counts." },
	{ .name = KIND_DATA_VOLUME,
	  .type = &kubevirt_data_volume_type,
	  .say_names = image_user_say_names,
	  .translate = kubevirt_data_volume_translate,
	  .description = "A disk that outlives the VMs that have it." },
	{ .name = KIND_DATA_SOURCE,
	  .type = &kubevirt_data_source_type,
	  .translate = kubevirt_data_source_translate,
	  .description = "A name for what disks are made of." },
	OBJECT("VirtualMachineInstancetype", kubevirt_instancetype_type,
	       "Processors and memory that VMs of a namespace share."),
	CLUSTER_OBJECT("VirtualMachineClusterInstancetype", kubevirt_cluster_instancetype_type,
		       "Processors and memory that VMs of all namespaces share."),
	OBJECT("VirtualMachinePreference", kubevirt_preference_type, "What guests of one kind like, in a namespace."),
	CLUSTER_OBJECT("VirtualMachineClusterPreference", kubevirt_cluster_preference_type,
		       "What guests of one kind like, in all namespaces."),
	CLUSTER_OBJECT("MigrationPolicy", kubevirt_migration_policy_type, "How VMs move between workers."),
	OBJECT("VirtualMachineSnapshot", kubevirt_snapshot_type, "A VM as it was at a moment."),
	FACT("Secret", kubevirt_secret_type, "Kubernetes' Secret, which passes through."),
	FACT("ConfigMap", kubevirt_config_map_type, "Kubernetes' ConfigMap, which passes through."),
	OBJECT("Service", kubevirt_service_type, "Kubernetes' Service, which passes through."),
	OBJECT("PersistentVolumeClaim", kubevirt_claim_type, "Kubernetes' claim, which passes through."),
	CLUSTER_OBJECT("Namespace", kubevirt_namespace_type, "A namespace. It is made and kept, and never deleted."),
	OBJECT("ServiceAccount", kubevirt_service_account_type, "Kubernetes' ServiceAccount, which passes through."),
	OBJECT("NetworkPolicy", kubevirt_network_policy_type, "Kubernetes' NetworkPolicy, which passes through."),
	OBJECT("NetworkAttachmentDefinition", kubevirt_network_type, "A network beside the pods', which VMs join."),
	{ .name = NULL },
};

extern const struct dialect kubevirt_dialect;
const struct dialect kubevirt_dialect = {
	.name = KUBEVIRT_DIALECT,
	.title = "KubeVirt",
	.versions = kubevirt_versions,
	.kinds = kinds,
	.kind_is_ours = kubevirt_kind_is_ours,
	.kind_advice = kubevirt_kind_advice,
};
