#include "sync/list_keys.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"

/* Which fields a rule is about: those of every object, of the spec of a pod,
 * of a virtual machine or of a virtual machine instance, wherever a kind keeps them. */
enum list_place { PLACE_OBJECT, PLACE_SERVICE, PLACE_POD, PLACE_INSTANCE, PLACE_MACHINE };

static const struct place_root {
	enum list_place place;
	const char *group, *kind;
	const char *path;
} roots[] = {
	{ PLACE_SERVICE, "", "Service", "" },
	{ PLACE_POD, "", "Pod", "spec" },
	{ PLACE_POD, "apps", "Deployment", "spec.template.spec" },
	{ PLACE_POD, "apps", "StatefulSet", "spec.template.spec" },
	{ PLACE_POD, "apps", "DaemonSet", "spec.template.spec" },
	{ PLACE_POD, "apps", "ReplicaSet", "spec.template.spec" },
	{ PLACE_POD, "batch", "Job", "spec.template.spec" },
	{ PLACE_POD, "batch", "CronJob", "spec.jobTemplate.spec.template.spec" },
	{ PLACE_INSTANCE, "kubevirt.io", "VirtualMachineInstance", "spec" },
	{ PLACE_INSTANCE, "kubevirt.io", "VirtualMachine", "spec.template.spec" },
	{ PLACE_INSTANCE, "pool.kubevirt.io", "VirtualMachinePool",
	  "spec.virtualMachineTemplate.spec.template.spec" },
	{ PLACE_MACHINE, "kubevirt.io", "VirtualMachine", "spec" },
	{ PLACE_MACHINE, "pool.kubevirt.io", "VirtualMachinePool", "spec.virtualMachineTemplate.spec" },
};

#define BY_NAME                                                                                                      \
	{                                                                                                            \
		.fields = { { "name", NULL } }                                                                       \
	}
#define BY(field)                                                                                                    \
	{                                                                                                            \
		.fields = { { (field), NULL } }                                                                      \
	}
#define BY_PORT(field)                                                                                               \
	{                                                                                                            \
		.fields = { { (field), NULL }, { "protocol", "TCP" } }                                               \
	}
#define BY_TOPOLOGY                                                                                                  \
	{                                                                                                            \
		.fields = { { "topologyKey", NULL }, { "whenUnsatisfiable", NULL } }                                 \
	}

/* Tolerations and accessCredentials stay atomic: nothing in them is a key.
 * A port's name is none either, since it may be absent. */
static const struct list_rule {
	enum list_place place;
	const char *pattern;
	struct list_key key;
} rules[] = {
	{ PLACE_OBJECT, "metadata.ownerReferences", BY("uid") },
	{ PLACE_OBJECT, "metadata.finalizers", { .fields = { { NULL, NULL } } } },

	{ PLACE_SERVICE, "spec.ports", BY_PORT("port") },

	{ PLACE_POD, "containers", BY_NAME },
	{ PLACE_POD, "initContainers", BY_NAME },
	{ PLACE_POD, "volumes", BY_NAME },
	{ PLACE_POD, "imagePullSecrets", BY_NAME },
	{ PLACE_POD, "resourceClaims", BY_NAME },
	{ PLACE_POD, "hostAliases", BY("ip") },
	{ PLACE_POD, "topologySpreadConstraints", BY_TOPOLOGY },
	{ PLACE_POD, "containers[].env", BY_NAME },
	{ PLACE_POD, "containers[].ports", BY_PORT("containerPort") },
	{ PLACE_POD, "containers[].volumeMounts", BY("mountPath") },
	{ PLACE_POD, "containers[].volumeDevices", BY("devicePath") },
	{ PLACE_POD, "initContainers[].env", BY_NAME },
	{ PLACE_POD, "initContainers[].ports", BY_PORT("containerPort") },
	{ PLACE_POD, "initContainers[].volumeMounts", BY("mountPath") },
	{ PLACE_POD, "initContainers[].volumeDevices", BY("devicePath") },

	{ PLACE_INSTANCE, "domain.devices.disks", BY_NAME },
	{ PLACE_INSTANCE, "domain.devices.interfaces", BY_NAME },
	{ PLACE_INSTANCE, "domain.devices.interfaces[].ports", BY_PORT("port") },
	{ PLACE_INSTANCE, "domain.devices.filesystems", BY_NAME },
	{ PLACE_INSTANCE, "domain.devices.gpus", BY_NAME },
	{ PLACE_INSTANCE, "domain.devices.hostDevices", BY_NAME },
	{ PLACE_INSTANCE, "domain.devices.inputs", BY_NAME },
	{ PLACE_INSTANCE, "networks", BY_NAME },
	{ PLACE_INSTANCE, "volumes", BY_NAME },
	{ PLACE_INSTANCE, "resourceClaims", BY_NAME },
	{ PLACE_INSTANCE, "utilityVolumes", BY_NAME },
	{ PLACE_INSTANCE, "topologySpreadConstraints", BY_TOPOLOGY },

	{ PLACE_MACHINE, "dataVolumeTemplates", BY("metadata.name") },
};

static bool is_at_root(const struct field_path *before, enum list_place place)
{
	if (place == PLACE_OBJECT)
		return before->parent == NULL;
	for (size_t i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (roots[i].place == place && object_type_is(before->type, roots[i].group, roots[i].kind) &&
		    field_path_is(before, roots[i].path))
			return true;
	return false;
}

const struct list_key *list_key_find(const struct field_path *list)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct field_path *before = field_path_strip(list, rules[i].pattern);

		if (before && is_at_root(before, rules[i].place))
			return &rules[i].key;
	}
	return NULL;
}

/* The value at a key's dotted path. Borrowed. */
static const json_t *field_value(const json_t *item, const char *path)
{
	while (item) {
		size_t length = strcspn(path, ".");

		item = json_object_getn(item, path, length);
		if (path[length] == '\0')
			break;
		path += length + 1;
	}
	return item;
}

static json_t *field_copy(const struct list_key_field *field, const json_t *item)
{
	const json_t *value = field_value(item, field->name);

	if (json_is_string(value) || json_is_integer(value))
		return json_copy((json_t *)value);
	if ((value == NULL || json_is_null(value)) && field->fallback)
		return json_string(field->fallback);
	return NULL;
}

static char *set_text_new(const json_t *item)
{
	cleanup(free) char *text = json_is_string(item) ? json_text_new(item) : NULL;

	return text ? string_format("v:%s", text) : NULL;
}

char *list_key_text_new(const struct list_key *key, const json_t *item)
{
	cleanup(json) json_t *values = json_object();
	cleanup(free) char *text = NULL;

	if (key->fields[0].name == NULL)
		return set_text_new(item);
	for (size_t i = 0; i < LIST_KEY_FIELDS_MAX && key->fields[i].name; i++) {
		json_t *value = field_copy(&key->fields[i], item);

		if (value == NULL)
			return NULL;
		json_object_set_new(values, key->fields[i].name, value);
	}
	text = json_text_new(values);
	return string_format("k:%s", text);
}

static void label_write(struct buffer *label, const char *name, const json_t *value)
{
	if (label->length > 0)
		buffer_append_char(label, ',');
	if (json_is_integer(value))
		buffer_format(label, "%s=%" JSON_INTEGER_FORMAT, name, json_integer_value(value));
	else
		buffer_format(label, "%s=%s", name, json_is_string(value) ? json_string_value(value) : "");
}

char *list_key_label_new(const struct list_key *key, const json_t *item)
{
	cleanup(buffer) struct buffer label = BUFFER_INIT;

	if (key->fields[0].name == NULL)
		return string_copy(json_is_string(item) ? json_string_value(item) : "");
	for (size_t i = 0; i < LIST_KEY_FIELDS_MAX && key->fields[i].name; i++) {
		cleanup(json) json_t *value = field_copy(&key->fields[i], item);

		label_write(&label, key->fields[i].name, value);
	}
	return buffer_steal(&label);
}

json_t *list_key_index_new(const struct list_key *key, const json_t *list)
{
	cleanup(json) json_t *index = json_object();
	const json_t *item;
	size_t i;

	if (!json_is_array(list))
		return NULL;
	json_array_foreach (list, i, item) {
		cleanup(free) char *text = list_key_text_new(key, item);

		if (text == NULL || json_object_get(index, text))
			return NULL;
		json_object_set(index, text, (json_t *)item);
	}
	return steal(&index);
}
