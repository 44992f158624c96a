/* KubeVirt's own documents, and the Kubernetes objects that stand beside them.
 * They pass through as they are; what no KubeVirt takes as it is printed, but
 * whose meaning is plain, is mended with a warning that says what was changed. */
#pragma once

#include "render/dialects/translation.h"

#define KUBEVIRT_DIALECT "kubevirt"
#define KIND_MACHINE "VirtualMachine"
#define KIND_POOL "VirtualMachinePool"
#define KIND_DATA_VOLUME "DataVolume"
#define KIND_DATA_SOURCE "DataSource"
#define CDI_VERSION "cdi.kubevirt.io/v1beta1"

/* --- tables.c, machine_tables.c, data_source_tables.c: the documents --- */

extern const struct value_type kubevirt_machine_type, kubevirt_pool_type, kubevirt_data_volume_type,
	kubevirt_data_source_type, kubevirt_instancetype_type, kubevirt_cluster_instancetype_type,
	kubevirt_preference_type, kubevirt_cluster_preference_type, kubevirt_migration_policy_type,
	kubevirt_snapshot_type, kubevirt_secret_type, kubevirt_config_map_type, kubevirt_service_type,
	kubevirt_claim_type, kubevirt_namespace_type, kubevirt_service_account_type, kubevirt_network_policy_type,
	kubevirt_network_type;

/* The specs that have tables of their own. */
extern const struct value_type kubevirt_machine_spec_type, kubevirt_pool_spec_type, kubevirt_volume_spec_type,
	kubevirt_data_source_spec_type;

/* KubeVirt's and Kubernetes' own: any mapping, list or value. */
extern const struct value_type kubevirt_any_type;

/* `certConfig` of a DataSource's `http`. */
struct http_certificates {
	struct settings settings;
	const char *bundle; /* base64 of PEM */
	const struct yaml_pair *secret;
	const void *nothing; /* never set: refused */
};

/* `http` of a DataSource. */
struct http_source {
	struct settings settings;
	const char *url, *secret, *config_map, *checksum;
	const struct value_list *headers, *secret_headers;
	const struct http_certificates *certificates;
};

extern const struct value_type kubevirt_http_type;

/* --- object.c --- */

/* True unless its kind needs a spec and it has none, which is told. */
bool kubevirt_has_spec(struct translation *translation, const struct fact *document);

/* A document for spec.objects without status and metadata of the server's. `spec` takes the place of the document's own;
 * NULL: as it is. */
void kubevirt_add_object(struct translation *translation, const struct fact *document, const struct yaml_node *spec);

/* Warns of annotations of labsync's that do nothing on such a document. */
void kubevirt_tell_unused(struct translation *translation, const struct fact *document);

/* An object of labsync's making: its metadata is under "metadata". `at` is what it was made for. */
struct yaml_node *kubevirt_object(struct arena *arena, const struct yaml_node *at, const char *version,
				  const char *kind, const char *name);

void kubevirt_object_translate(struct translation *translation, const struct fact *document);

/* --- versions.c --- */

/* The apiVersion that the cluster knows the document's kind by; told when that is another than its own. */
const struct yaml_node *kubevirt_version(struct translation *translation, const struct fact *document);
bool kubevirt_kind_is_ours(const char *version, const char *kind);
const char *kubevirt_kind_advice(struct reader *reader, const char *version, const char *kind);
extern const char *const kubevirt_versions[];

/* --- mend.c: each gives back what it was given when there is nothing to mend --- */

/* A DataVolume, or an entry of dataVolumeTemplates. */
const struct yaml_node *mend_data_volume(struct translation *translation, const struct yaml_node *volume);
/* The spec of a VirtualMachine. `place` is where the text has it: "spec". */
const struct yaml_node *mend_machine_spec(struct translation *translation, const struct yaml_node *spec,
					  const char *place);
/* A pool's virtualMachineTemplate. */
const struct yaml_node *mend_pool_template(struct translation *translation, const struct yaml_node *machine);

/* The entry of a list that has the name; NULL when there is none. */
const struct yaml_node *kubevirt_named(const struct yaml_node *list, const char *name);

/* --- pool_check.c --- */

/* Of a pool of several: tells what each of its machines needs for itself. `machine` is its virtualMachineTemplate, mended. */
void pool_check_shared(struct translation *translation, const struct yaml_node *pool,
		       const struct yaml_node *machine);

/* --- machine.c, data_source.c --- */
void kubevirt_machine_translate(struct translation *translation, const struct fact *document);
void kubevirt_pool_translate(struct translation *translation, const struct fact *document);
void kubevirt_data_volume_translate(struct translation *translation, const struct fact *document);
void kubevirt_data_source_translate(struct translation *translation, const struct fact *document);

/* --- image_users.c: the disks that are made of a DataSource --- */

struct image_user {
	const struct yaml_node *claim; /* `pvc` or `storage` */
	const char *key; /* which of them */
	const char *size; /* as it is written */
	const char *name; /* of the disk, for messages */
};

/* Notes the DataSources that a machine, pool or DataVolume has disks made of. */
void image_user_say_names(const struct fact *document, struct facts *facts);

/* The smallest of them in the repository. False when there is none that says its size. */
bool image_user_find(const struct translation *translation, const char *source, struct image_user *smallest);
