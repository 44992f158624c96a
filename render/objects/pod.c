#include "render/objects/pod.h"

#include "base/json.h"
#include "base/memory.h"
#include "render/lab/object_names.h"
#include "render/objects/deployment.h"
#include "render/objects/disk.h"
#include "render/objects/given.h"
#include "render/objects/mounted_files.h"
#include "render/objects/probe.h"

enum { GRACE_PERIOD_DEFAULT = 30 };

/* What runs: `cmd`, or `command` with its list; nothing stands for the image's own. */
static void command_set(json_t *container, const struct lab_pod *pod)
{
	const struct command_line *line = pod->command_line;
	json_t *words = json_array();

	for (size_t i = 0; line && i < line->count; i++)
		json_array_append_new(words, json_string(line->words[i]));
	given_set(container, "command", words);
	given_set_list(container, "command", pod->command);
	given_set_list(container, "args", pod->arguments);
}

/* In the order of the text: a variable may use those before it. The server drops
 * an empty value, which means the same. */
static void environment_set(json_t *container, const struct lab_pod *pod)
{
	const struct value_map *map = pod->environment;
	json_t *variables = json_array();

	for (size_t i = 0; map && i < map->count; i++) {
		const char *value = map->values[i];

		json_array_append_new(variables,
				      json_pack("{s:s, s:s*}", "name", map->keys[i], "value", *value ? value : NULL));
	}
	given_set(container, "env", variables);
	if (pod->environment_secret)
		json_object_set_new(container, "envFrom",
				    json_pack("[{s:{s:s}}]", "secretRef", "name", pod->environment_secret));
}

/* A privileged container has every capability anyway. */
static void rights_set(json_t *container, const struct lab_pod *pod)
{
	if (given_is_true(pod->privileged))
		json_object_set_new(container, "securityContext", json_pack("{s:b}", "privileged", 1));
	else if (pod->capabilities && pod->capabilities->count > 0)
		json_object_set_new(
			container, "securityContext",
			json_pack("{s:{s:o}}", "capabilities", "add", given_list_build(pod->capabilities)));
}

static json_t *container_build(const struct lab_node *node, json_t *mounts)
{
	const struct lab_pod *pod = node->pod;
	json_t *container = json_pack("{s:s, s:s, s:s*, s:O}", "name", "main", "image", pod->image, "imagePullPolicy",
				      pod->pull_policy, "volumeMounts", mounts);

	command_set(container, pod);
	environment_set(container, pod);
	rights_set(container, pod);
	given_set(container, "resources", container_resources_build(node, pod->resources, pod->memory, pod->cpu));
	given_set(container, "ports", container_ports_build(pod->ports));
	probes_set(container, pod->readiness_probe, pod->liveness_probe);
	return container;
}

static void pull_secrets_set(json_t *spec, const struct value_list *secrets)
{
	json_t *list = json_array();

	for (size_t i = 0; secrets && i < secrets->count; i++)
		json_array_append_new(list, json_pack("{s:s}", "name", list_text(secrets, i)));
	given_set(spec, "imagePullSecrets", list);
}

/* Kubernetes' own default is left to it. */
static void grace_period_set(json_t *spec, const int64_t *seconds)
{
	if (seconds && *seconds != GRACE_PERIOD_DEFAULT)
		given_set_number(spec, "terminationGracePeriodSeconds", seconds);
}

static json_t *spec_build(const struct lab_node *node)
{
	const struct lab_pod *pod = node->pod;
	cleanup(free) char *claim = name_pod_disk_new(node);
	cleanup(json) json_t *mounts = json_pack("[{s:s, s:s}]", "name", "root", "mountPath", "/root");
	json_t *volumes = json_pack("[{s:s, s:{s:s}}]", "name", "root", "persistentVolumeClaim", "claimName", claim);
	json_t *spec;

	mounted_files_mount(node, volumes, mounts);
	spec = json_pack("{s:[o], s:s, s:o}", "containers", container_build(node, mounts), "hostname",
			 pod->hostname ? pod->hostname : node->name, "volumes", volumes);
	pull_secrets_set(spec, pod->pull_secrets);
	grace_period_set(spec, pod->grace_period);
	return spec;
}

void pod_add_objects(const struct lab *lab, const struct lab_node *node, json_t *objects)
{
	cleanup(json) json_t *files = mounted_files_build(lab, node);

	deployment_add_attachments(lab, node, objects);
	json_array_append_new(objects, disk_pod_build(lab, node));
	if (files)
		json_array_append(objects, files);
	deployment_add(lab, node, node->pod->ports, spec_build(node), files, objects);
}
