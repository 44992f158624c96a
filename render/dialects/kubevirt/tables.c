/* The outermost fields of each kind: what is in a document beside its spec, and
 * what there is instead of one. */
#include "render/dialects/kubevirt/kubevirt.h"

#include "render/lab/document.h"
#include "render/lab/values.h"

#define NOTHING offsetof(struct document_fields, nothing)

const struct value_type kubevirt_any_type = { .name = "as the API has it", .shape = VALUE_ANY };

static const struct value_type texts_type = { .shape = VALUE_MAP, .items = &text_type };

/* Each is checked, and then taken from the text as it is. */
static const void *mapping_as_it_is(struct reader *reader, const struct yaml_pair *pair)
{
	value_mapping_pair(reader, pair);
	return NULL;
}

static const void *text_as_it_is(struct reader *reader, const struct yaml_pair *pair)
{
	value_string_pair(reader, pair);
	return NULL;
}

static const void *list_as_it_is(struct reader *reader, const struct yaml_pair *pair)
{
	value_sequence_pair(reader, pair);
	return NULL;
}

static const void *flag_as_it_is(struct reader *reader, const struct yaml_pair *pair)
{
	value_boolean(reader, pair);
	return NULL;
}

/* Tools that write manifests leave an empty one. */
static const void *status_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (pair->value->kind == YAML_MAPPING && pair->value->count == 0)
		return NULL;
	return document_status(reader, pair);
}

#define OUTER_FIELDS                                                                                                 \
	DIALECT_HEAD_FIELDS,                                                                                         \
	{                                                                                                            \
		"status", status_read, NOTHING, &without_effect_type, "Set by the cluster and left out; remove it.", \
			.fallback = NULL                                                                             \
	}

#define SPEC_FIELD(spec_type, text)                                                                                  \
	{                                                                                                            \
		"spec", value_mapping_pair, offsetof(struct document_fields, spec), &(spec_type), (text),            \
			.presence = FIELD_REQUIRED                                                                   \
	}

#define DOCUMENT_TYPE(identifier, type_name)                                                                         \
	const struct value_type kubevirt_##identifier##_type = {                                                     \
		.name = (type_name),                                                                                 \
		.shape = VALUE_OBJECT,                                                                               \
		.fields = identifier##_fields,                                                                       \
	}

/* A kind that has a spec and nothing else. */
#define SPEC_DOCUMENT(identifier, type_name, spec_type, text)                                                        \
	static const struct field identifier##_fields[] = {                                                          \
		OUTER_FIELDS,                                                                                        \
		SPEC_FIELD(spec_type, text),                                                                         \
		{ .name = NULL },                                                                                    \
	};                                                                                                           \
	DOCUMENT_TYPE(identifier, type_name)

SPEC_DOCUMENT(machine, "KubeVirtVirtualMachine", kubevirt_machine_spec_type,
	      "The machine: when it runs, its disks' templates, and under template what its instances are made like. "
	      "Each field of KubeVirt's is taken as it is, after the checks that KubeVirt would make.");
SPEC_DOCUMENT(pool, "KubeVirtVirtualMachinePool", kubevirt_pool_spec_type,
	      "How many machines there are, and what they are made like. KubeVirt names them after the pool, with "
	      "numbers from 0, and so the disks of dataVolumeTemplates.");
SPEC_DOCUMENT(data_volume, "KubeVirtDataVolume", kubevirt_volume_spec_type,
	      "Where the disk's content comes from, and how large it is.");
SPEC_DOCUMENT(data_source, "KubeVirtDataSource", kubevirt_data_source_spec_type, "What disks are made of by it.");
SPEC_DOCUMENT(instancetype, "KubeVirtInstancetype", kubevirt_any_type,
	      "Processors, memory and devices for the machines whose spec.instancetype names it with its kind.");
SPEC_DOCUMENT(cluster_instancetype, "KubeVirtClusterInstancetype", kubevirt_any_type,
	      "Processors, memory and devices for the machines of all namespaces whose spec.instancetype names it.");
SPEC_DOCUMENT(preference, "KubeVirtPreference", kubevirt_any_type,
	      "What a guest likes, where its machine does not say: buses, models, firmware. spec.preference names it "
	      "with its kind.");
SPEC_DOCUMENT(cluster_preference, "KubeVirtClusterPreference", kubevirt_any_type,
	      "What a guest likes, where its machine does not say, for all namespaces. spec.preference names it.");
SPEC_DOCUMENT(migration_policy, "KubeVirtMigrationPolicy", kubevirt_any_type,
	      "How the machines that its selectors find are moved to another worker while they run.");
SPEC_DOCUMENT(snapshot, "KubeVirtVirtualMachineSnapshot", kubevirt_any_type,
	      "The machine whose disks and settings are kept as they are when the snapshot is made.");
SPEC_DOCUMENT(service, "KubernetesService", kubevirt_any_type,
	      "The ports, and under selector the labels of the machines: those of spec.template.metadata.");
SPEC_DOCUMENT(claim, "KubernetesPersistentVolumeClaim", kubevirt_any_type, "The volume's size, class and modes.");
SPEC_DOCUMENT(network_policy, "KubernetesNetworkPolicy", kubevirt_any_type,
	      "Who may talk to the machines that podSelector finds by the labels of spec.template.metadata.");
SPEC_DOCUMENT(network, "KubernetesNetworkAttachmentDefinition", kubevirt_any_type,
	      "The CNI configuration, as text under config. Machines join it by multus.networkName.");

static const struct field namespace_fields[] = {
	OUTER_FIELDS,
	{ "spec", mapping_as_it_is, NOTHING, &kubevirt_any_type, "Its finalizers.", .fallback = NULL },
	{ .name = NULL },
};
DOCUMENT_TYPE(namespace, "KubernetesNamespace");

static const struct field secret_fields[] = {
	OUTER_FIELDS,
	{ "type", text_as_it_is, NOTHING, &text_type, "What the Secret is for.", .fallback = "Opaque" },
	{ "data", mapping_as_it_is, NOTHING, &texts_type, "The values in base64, by their keys.", .fallback = NULL },
	{ "stringData", mapping_as_it_is, NOTHING, &texts_type,
	  "Values as plain text, by their keys; they go before those in data. Whoever reads the repository reads "
	  "them, so give none that are used elsewhere.",
	  .fallback = NULL },
	{ "immutable", flag_as_it_is, NOTHING, &boolean_type, "Whether it can only be made anew.",
	  .fallback = "false" },
	{ .name = NULL },
};
DOCUMENT_TYPE(secret, "KubernetesSecret");

static const struct field config_map_fields[] = {
	OUTER_FIELDS,
	{ "data", mapping_as_it_is, NOTHING, &texts_type, "Texts by their keys.", .fallback = NULL },
	{ "binaryData", mapping_as_it_is, NOTHING, &texts_type, "Values in base64, by their keys.",
	  .fallback = NULL },
	{ "immutable", flag_as_it_is, NOTHING, &boolean_type, "Whether it can only be made anew.",
	  .fallback = "false" },
	{ .name = NULL },
};
DOCUMENT_TYPE(config_map, "KubernetesConfigMap");

static const struct field service_account_fields[] = {
	OUTER_FIELDS,
	{ "secrets", list_as_it_is, NOTHING, &kubevirt_any_type, "Secrets that its pods may use.", .fallback = NULL },
	{ "imagePullSecrets", list_as_it_is, NOTHING, &kubevirt_any_type, "Secrets to pull its pods' images with.",
	  .fallback = NULL },
	{ "automountServiceAccountToken", flag_as_it_is, NOTHING, &boolean_type,
	  "Whether its pods get its token without asking.", .fallback = NULL },
	{ .name = NULL },
};
DOCUMENT_TYPE(service_account, "KubernetesServiceAccount");
