#include "render/objects/pod.h"

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/disk.h"
#include "render/objects/identity.h"
#include "render/objects/link.h"
#include "render/objects/placement.h"

/* Multus' annotation: which attachments, in the order of the interfaces. Text,
 * with sorted keys, so that equal networks are equal text. */
static char *networks_new(const struct lab_node *node)
{
	cleanup(json) json_t *networks = json_array();

	for (size_t i = 0; i < node->interface_count; i++) {
		const struct lab_interface *interface = &node->interfaces[i];
		cleanup(free) char *attachment = link_attachment_name_new(node, interface);

		json_array_append_new(networks, json_pack("{s:s, s:s*, s:s}", "name", attachment, "interface",
							  interface->port, "mac", interface->mac));
	}
	return json_text_new(networks);
}

static json_t *template_metadata_build(const struct lab *lab, const struct lab_node *node)
{
	json_t *labels = node_labels_build(lab, node);
	cleanup(free) char *networks = networks_new(node);

	placement_add_label(lab, node, labels);
	if (node->interface_count == 0)
		return json_pack("{s:o}", "labels", labels);
	return json_pack("{s:o, s:{s:s}}", "labels", labels, "annotations", "k8s.v1.cni.cncf.io/networks", networks);
}

/* NULL when nothing is asked for. */
static json_t *requests_build(const struct lab_pod *pod)
{
	if (pod->cpu == NULL && pod->memory == NULL)
		return NULL;
	return json_pack("{s:{s:s*, s:s*}}", "requests", "cpu", pod->cpu, "memory", pod->memory);
}

/* NULL: the image's own. */
static json_t *command_build(const struct lab_pod *pod)
{
	json_t *command;

	if (pod->command_count == 0)
		return NULL;
	command = json_array();
	for (size_t i = 0; i < pod->command_count; i++)
		json_array_append_new(command, json_string(pod->command[i]));
	return command;
}

static json_t *container_build(const struct lab_pod *pod)
{
	json_t *container = json_pack("{s:s, s:s, s:o*, s:o*, s:[{s:s, s:s}]}", "name", "main", "image", pod->image,
				      "command", command_build(pod), "resources", requests_build(pod), "volumeMounts",
				      "name", "root", "mountPath", "/root");

	if (pod->privileged)
		json_object_set_new(container, "securityContext", json_pack("{s:b}", "privileged", 1));
	return container;
}

static json_t *template_spec_build(const struct lab *lab, const struct lab_node *node)
{
	cleanup(free) char *claim = disk_pod_name_new(node);

	return json_pack("{s:o*, s:[o], s:s, s:[{s:s, s:{s:s}}]}", "affinity", placement_affinity_build(lab, node),
			 "containers", container_build(&node->pod), "hostname", node->name, "volumes", "name", "root",
			 "persistentVolumeClaim", "claimName", claim);
}

json_t *pod_build(const struct lab *lab, const struct lab_node *node)
{
	/* Recreate: two pods would share /root, and the addresses of a static attachment. */
	return json_pack("{s:s, s:s, s:o, s:{s:i, s:{s:s}, s:{s:o}, s:{s:o, s:o}}}", "apiVersion", "apps/v1", "kind",
			 "Deployment", "metadata", metadata_build(lab, node->object_name, node->name), "spec",
			 "replicas", 1, "strategy", "type", "Recreate", "selector", "matchLabels",
			 node_labels_build(lab, node), "template", "metadata", template_metadata_build(lab, node),
			 "spec", template_spec_build(lab, node));
}
