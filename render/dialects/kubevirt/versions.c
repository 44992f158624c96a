/* Which kinds go with which API versions, and what the cluster calls them. */
#include "render/dialects/kubevirt/kubevirt.h"

#include <string.h>

#include "base/text.h"

#define KUBEVIRT_GROUP "kubevirt.io/"
#define POOL_VERSION "pool.kubevirt.io/v1beta1"
#define INSTANCETYPE_GROUP "instancetype.kubevirt.io/"
#define INSTANCETYPE_VERSION INSTANCETYPE_GROUP "v1beta1"
#define SNAPSHOT_VERSION "snapshot.kubevirt.io/v1beta1"

const char *const kubevirt_versions[] = {
	KUBEVIRT_GROUP "v1",
	KUBEVIRT_GROUP "v1alpha3",
	KUBEVIRT_GROUP "v1alpha1",
	POOL_VERSION,
	"pool.kubevirt.io/v1alpha1",
	CDI_VERSION,
	INSTANCETYPE_VERSION,
	"migrations.kubevirt.io/v1alpha1",
	SNAPSHOT_VERSION,
	"snapshot.kubevirt.io/v1alpha1",
	"clone.kubevirt.io/v1beta1",
	"clone.kubevirt.io/v1alpha1",
	"export.kubevirt.io/v1beta1",
	"v1",
	"networking.k8s.io/v1",
	"k8s.cni.cncf.io/v1",
	NULL,
};

/* The version that holds stands first for each kind. */
static const struct spelling {
	const char *kind, *version;
} spellings[] = {
	{ KIND_MACHINE, KUBEVIRT_GROUP "v1" },
	{ KIND_MACHINE, KUBEVIRT_GROUP "v1alpha3" },
	{ KIND_POOL, POOL_VERSION },
	{ KIND_POOL, "pool.kubevirt.io/v1alpha1" },
	{ KIND_POOL, KUBEVIRT_GROUP "v1alpha1" },
	{ KIND_POOL, KUBEVIRT_GROUP "v1" },
	{ KIND_DATA_VOLUME, CDI_VERSION },
	{ KIND_DATA_SOURCE, CDI_VERSION },
	{ "VirtualMachineInstancetype", INSTANCETYPE_VERSION },
	{ "VirtualMachineClusterInstancetype", INSTANCETYPE_VERSION },
	{ "VirtualMachinePreference", INSTANCETYPE_VERSION },
	{ "VirtualMachineClusterPreference", INSTANCETYPE_VERSION },
	{ "MigrationPolicy", "migrations.kubevirt.io/v1alpha1" },
	{ "VirtualMachineSnapshot", SNAPSHOT_VERSION },
	{ "VirtualMachineSnapshot", "snapshot.kubevirt.io/v1alpha1" },
	{ "Secret", "v1" },
	{ "ConfigMap", "v1" },
	{ "Service", "v1" },
	{ "PersistentVolumeClaim", "v1" },
	{ "Namespace", "v1" },
	{ "ServiceAccount", "v1" },
	{ "NetworkPolicy", "networking.k8s.io/v1" },
	{ "NetworkAttachmentDefinition", "k8s.cni.cncf.io/v1" },
};

enum { SPELLINGS = sizeof(spellings) / sizeof(spellings[0]) };

bool kubevirt_kind_is_ours(const char *version, const char *kind)
{
	for (size_t i = 0; i < SPELLINGS; i++)
		if (text_equal(spellings[i].kind, kind) && text_equal(spellings[i].version, version))
			return true;
	return false;
}

/* NULL: no version has such a kind. */
static const char *version_of(const char *kind)
{
	for (size_t i = 0; i < SPELLINGS; i++)
		if (text_equal(spellings[i].kind, kind))
			return spellings[i].version;
	return NULL;
}

const struct yaml_node *kubevirt_version(struct translation *translation, const struct fact *document)
{
	struct reader *reader = translation->reader;
	const struct yaml_node *given = yaml_get(document->root, "apiVersion");
	const char *version = version_of(document->kind->name);

	if (version == NULL || text_equal(given->text, version))
		return given;
	if (text_starts_with(given->text, KUBEVIRT_GROUP) && !text_starts_with(version, KUBEVIRT_GROUP))
		reader_warn(reader, given->line, given->column,
			    "a %s is of the group %.*s, not of kubevirt.io; it is read as %s; write that",
			    document->kind->name, (int)strcspn(version, "/"), version, version);
	else
		reader_warn(reader, given->line, given->column, "%s is an old version; it is read as %s; write that",
			    given->text, version);
	return tree_text(reader->arena, given, version);
}

/* Kinds of the same API versions that do not stay as they are, or are for others to look after. */
static const struct {
	const char *kind, *advice;
} advices[] = {
	{ "VirtualMachineInstance",
	  "no instance can be changed once it runs; write a VirtualMachine with this spec as its "
	  "spec.template.spec, and a runStrategy" },
	{ "VirtualMachineInstanceReplicaSet",
	  "write a VirtualMachinePool, with this template's spec as virtualMachineTemplate.spec.template.spec" },
	{ "VirtualMachineInstancePreset", "no KubeVirt has it any more; write a VirtualMachinePreference, and "
					  "spec.preference in each VirtualMachine" },
	{ "VirtualMachineInstanceMigration",
	  "it happens once; write an operation of type Migrate under spec.operations of a Lab" },
	{ "VirtualMachineRestore",
	  "it happens once; write an operation of type Restore under spec.operations of a Lab" },
	{ "VirtualMachineClone", "it happens once; write an operation of type Clone under spec.operations of a Lab" },
	{ "VirtualMachineExport", "it ends with its token; make it with virtctl vmexport" },
	{ "VirtualMachineSnapshotContent",
	  "the cluster makes it of a VirtualMachineSnapshot; write that, and drop this" },
	{ "DataImportCron", "write a DataVolume that imports the image, and a DataSource that points to its claim" },
	{ "KubeVirt", "it is KubeVirt's own installation; leave it to who looks after the cluster" },
	{ "CDI", "it is CDI's own installation; leave it to who looks after the cluster" },
	{ "StorageProfile", "it is CDI's to make for each storage class; leave it to who looks after the cluster" },
	{ "Pod", "write a node of type pod in a Lab" },
	{ "PersistentVolume", "write a PersistentVolumeClaim or a DataVolume, for which the cluster makes it" },
	{ "Ingress", "write a Service, and leave the Ingress to who looks after the cluster's" },
};

const char *kubevirt_kind_advice(struct reader *reader, const char *version, const char *kind)
{
	const char *meant = version_of(kind);

	if (meant && !kubevirt_kind_is_ours(version, kind))
		return arena_format(reader->arena, "its apiVersion is %s, not %s; write that", meant, version);
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++)
		if (text_equal(advices[i].kind, kind))
			return advices[i].advice;
	return NULL;
}
