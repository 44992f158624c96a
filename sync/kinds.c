#include "sync/kinds.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"

static const struct kind kinds[KIND_COUNT] = {
	{ "", "v1", "secrets", "Secret", WAVE_CONFIGURATION, false, false, NULL },
	{ "", "v1", "configmaps", "ConfigMap", WAVE_CONFIGURATION, false, false, NULL },
	{ "lan.k8slan.io", "v1beta1", "lans", "LAN", WAVE_CONFIGURATION, false, true, "k8slan" },
	{ "k8s.cni.cncf.io", "v1", "network-attachment-definitions", "NetworkAttachmentDefinition",
	  WAVE_CONFIGURATION, false, false, "Multus" },
	{ "cdi.kubevirt.io", "v1beta1", "datavolumes", "DataVolume", WAVE_DISKS, true, false, "CDI" },
	{ "", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", WAVE_DISKS, true, false, NULL },
	{ "kubevirt.io", "v1", "virtualmachines", "VirtualMachine", WAVE_MACHINES, false, false, "KubeVirt" },
	{ "apps", "v1", "deployments", "Deployment", WAVE_MACHINES, false, false, NULL },
	{ "", "v1", "services", "Service", WAVE_SERVICES, false, false, NULL },
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

char *kind_path_new(const struct kind *kind, const char *namespace_name, const char *name)
{
	return string_format("%s%s/%s%s%s/%s%s%s", *kind->group ? "/apis/" : "/api", kind->group, kind->version,
			     namespace_name ? "/namespaces/" : "", namespace_name ? namespace_name : "", kind->plural,
			     name ? "/" : "", name ? name : "");
}
