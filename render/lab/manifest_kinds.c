#include "render/lab/manifest_kinds.h"

#include <stddef.h>

#include "base/text.h"

#define INSTANCETYPE "instancetype.kubevirt.io/v1beta1"

static const struct manifest_kind kinds[] = {
	{ .api_version = "v1", .kind = "Secret" },
	{ .api_version = "v1", .kind = "ConfigMap" },
	{ .api_version = "v1", .kind = "Service", .name = MANIFEST_NAME_LABEL },
	{ .api_version = "v1", .kind = "PersistentVolumeClaim", .is_disk = true },
	{ .api_version = "v1", .kind = "Namespace", .is_cluster_scoped = true, .name = MANIFEST_NAME_LABEL },
	{ .api_version = "v1", .kind = "ServiceAccount" },
	{ .api_version = "networking.k8s.io/v1", .kind = "NetworkPolicy" },
	{ .api_version = "k8s.cni.cncf.io/v1", .kind = "NetworkAttachmentDefinition" },
	{ .api_version = "pool.kubevirt.io/v1beta1", .kind = "VirtualMachinePool" },
	{ .api_version = "cdi.kubevirt.io/v1beta1", .kind = "DataVolume", .is_disk = true },
	{ .api_version = "cdi.kubevirt.io/v1beta1", .kind = "DataSource" },
	{ .api_version = INSTANCETYPE, .kind = "VirtualMachineInstancetype" },
	{ .api_version = INSTANCETYPE, .kind = "VirtualMachineClusterInstancetype", .is_cluster_scoped = true },
	{ .api_version = INSTANCETYPE, .kind = "VirtualMachinePreference" },
	{ .api_version = INSTANCETYPE, .kind = "VirtualMachineClusterPreference", .is_cluster_scoped = true },
	{ .api_version = "migrations.kubevirt.io/v1alpha1", .kind = "MigrationPolicy", .is_cluster_scoped = true },
	{ .api_version = "snapshot.kubevirt.io/v1beta1", .kind = "VirtualMachineSnapshot" },
	{ .kind = NULL },
};

const struct manifest_kind *manifest_kinds(void)
{
	return kinds;
}

const struct manifest_kind *manifest_kind_find(const char *api_version, const char *kind)
{
	for (const struct manifest_kind *row = kinds; row->kind; row++)
		if (text_equal(row->api_version, api_version) && text_equal(row->kind, kind))
			return row;
	return NULL;
}
