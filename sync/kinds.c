#include "sync/kinds.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"

/* A DataSource is no disk, and the DataVolumes that name it are refused without it. */
static const struct kind kinds[KIND_COUNT] = {
	{ "", "v1", "namespaces", "Namespace", NULL, .wave = WAVE_NAMESPACES, .is_cluster_wide = true,
	  .is_shared = true, .is_occasional = true },
	{ "", "v1", "serviceaccounts", "ServiceAccount", NULL, .wave = WAVE_CONFIGURATION, .is_occasional = true },
	{ "", "v1", "secrets", "Secret", NULL, .wave = WAVE_CONFIGURATION },
	{ "", "v1", "configmaps", "ConfigMap", NULL, .wave = WAVE_CONFIGURATION },
	{ "lan.k8slan.io", "v1beta1", "lans", "LAN", "k8slan", .wave = WAVE_CONFIGURATION, .is_replaceable = true },
	{ "k8s.cni.cncf.io", "v1", "network-attachment-definitions", "NetworkAttachmentDefinition", "Multus",
	  .wave = WAVE_CONFIGURATION },
	{ "networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", NULL, .wave = WAVE_CONFIGURATION,
	  .is_occasional = true },
	{ "instancetype.kubevirt.io", "v1beta1", "virtualmachineinstancetypes", "VirtualMachineInstancetype",
	  "KubeVirt", .wave = WAVE_CONFIGURATION, .is_occasional = true },
	{ "instancetype.kubevirt.io", "v1beta1", "virtualmachineclusterinstancetypes",
	  "VirtualMachineClusterInstancetype", "KubeVirt", .wave = WAVE_CONFIGURATION, .is_cluster_wide = true,
	  .is_occasional = true },
	{ "instancetype.kubevirt.io", "v1beta1", "virtualmachinepreferences", "VirtualMachinePreference", "KubeVirt",
	  .wave = WAVE_CONFIGURATION, .is_occasional = true },
	{ "instancetype.kubevirt.io", "v1beta1", "virtualmachineclusterpreferences",
	  "VirtualMachineClusterPreference", "KubeVirt", .wave = WAVE_CONFIGURATION, .is_cluster_wide = true,
	  .is_occasional = true },
	{ "migrations.kubevirt.io", "v1alpha1", "migrationpolicies", "MigrationPolicy", "KubeVirt",
	  .wave = WAVE_CONFIGURATION, .is_cluster_wide = true, .is_occasional = true },
	{ "cdi.kubevirt.io", "v1beta1", "datasources", "DataSource", "CDI", .wave = WAVE_CONFIGURATION,
	  .is_occasional = true },
	{ "cdi.kubevirt.io", "v1beta1", "datavolumes", "DataVolume", "CDI", .wave = WAVE_DISKS, .is_disk = true,
	  .has_health = true },
	{ "", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", NULL, .wave = WAVE_DISKS, .is_disk = true,
	  .has_health = true },
	{ "kubevirt.io", "v1", "virtualmachines", "VirtualMachine", "KubeVirt", .wave = WAVE_MACHINES,
	  .has_health = true },
	{ "pool.kubevirt.io", "v1beta1", "virtualmachinepools", "VirtualMachinePool", "KubeVirt",
	  .wave = WAVE_MACHINES, .is_occasional = true, .has_health = true },
	{ "apps", "v1", "deployments", "Deployment", NULL, .wave = WAVE_MACHINES, .has_health = true },
	{ "snapshot.kubevirt.io", "v1beta1", "virtualmachinesnapshots", "VirtualMachineSnapshot", "KubeVirt",
	  .wave = WAVE_SNAPSHOTS, .is_occasional = true, .has_health = true },
	{ "", "v1", "services", "Service", NULL, .wave = WAVE_SERVICES },
};

const struct kind *kind_at(size_t index)
{
	return &kinds[index];
}

size_t kind_index(const struct kind *kind)
{
	return (size_t)(kind - kinds);
}

const struct kind *kind_find(const char *group, const char *name)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strcmp(kinds[i].group, group) == 0 && strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

const struct kind *kind_of_object(const json_t *object)
{
	const char *version = json_text_at(object, "apiVersion", NULL);
	const char *name = json_text_at(object, "kind", NULL);
	const char *slash = version ? strchr(version, '/') : NULL;
	cleanup(free) char *group = slash ? string_copy_n(version, (size_t)(slash - version)) : string_copy("");

	return version && name ? kind_find(group, name) : NULL;
}

bool kind_is_config_map(const struct kind *kind)
{
	return *kind->group == '\0' && strcmp(kind->name, "ConfigMap") == 0;
}

char *kind_api_version_new(const struct kind *kind)
{
	return string_format("%s%s%s", kind->group, *kind->group ? "/" : "", kind->version);
}

char *kind_group_kind_new(const struct kind *kind)
{
	return string_format("%s%s%s", kind->name, *kind->group ? "." : "", kind->group);
}

const char *kind_namespace(const struct kind *kind, const char *lab_namespace)
{
	return kind->is_cluster_wide ? "" : lab_namespace;
}

char *kind_path_new(const struct kind *kind, const char *namespace_name, const char *name)
{
	if (kind->is_cluster_wide)
		namespace_name = NULL;
	return string_format("%s%s/%s%s%s/%s%s%s", *kind->group ? "/apis/" : "/api", kind->group, kind->version,
			     namespace_name ? "/namespaces/" : "", namespace_name ? namespace_name : "", kind->plural,
			     name ? "/" : "", name ? name : "");
}
