#include "render/objects/deployment.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "render/objects/given.h"
#include "render/objects/identity.h"
#include "render/objects/link.h"
#include "render/objects/placement.h"
#include "render/objects/service.h"

static json_t *annotations_build(const struct lab_node *node, const json_t *files)
{
	json_t *annotations = json_object();
	cleanup(free) char *networks = link_networks_new(node);

	json_set_text(annotations, LINK_NETWORKS_ANNOTATION, networks);
	if (files) {
		cleanup(free) char *data = json_text_new(json_object_get(files, "data"));
		char digest[SHA256_TEXT_SIZE];

		json_set_text(annotations, ANNOTATION_FILES_DIGEST, sha256_text(data, strlen(data), digest));
	}
	return annotations;
}

static json_t *template_metadata_build(const struct lab *lab, const struct lab_node *node, const json_t *files)
{
	json_t *labels = node_labels_build(lab, node), *metadata;

	placement_add_label(lab, node, labels);
	metadata = json_pack("{s:o}", "labels", labels);
	given_set(metadata, "annotations", annotations_build(node, files));
	return metadata;
}

static json_t *deployment_build(const struct lab *lab, const struct lab_node *node, json_t *spec, const json_t *files)
{
	placement_set(lab, node, spec);
	/* Recreate: two pods would share a volume, and the addresses of a static attachment. */
	return json_pack("{s:s, s:s, s:o, s:{s:i, s:{s:s}, s:{s:o}, s:{s:o, s:o}}}", "apiVersion", "apps/v1", "kind",
			 "Deployment", "metadata", metadata_build(lab, node->object_name, node->name), "spec",
			 "replicas", lab->powered_off ? 0 : 1, "strategy", "type", "Recreate", "selector",
			 "matchLabels", node_labels_build(lab, node), "template", "metadata",
			 template_metadata_build(lab, node, files), "spec", spec);
}

void deployment_add_attachments(const struct lab *lab, const struct lab_node *node, json_t *objects)
{
	for (size_t i = 0; i < node->interface_count; i++) {
		json_t *attachment = link_own_attachment_build(lab, node, &node->interfaces[i]);

		if (attachment)
			json_array_append_new(objects, attachment);
	}
}

void deployment_add(const struct lab *lab, const struct lab_node *node, const struct port_list *ports, json_t *spec,
		    const json_t *files, json_t *objects)
{
	json_array_append_new(objects, deployment_build(lab, node, spec, files));
	if (ports && ports->count > 0)
		json_array_append_new(objects, service_build(lab, node, ports));
}

json_t *container_ports_build(const struct port_list *ports)
{
	json_t *list = json_array();

	for (size_t i = 0; ports && i < ports->count; i++) {
		const struct lab_port *port = &ports->ports[i];
		json_int_t number = port->port;

		json_array_append_new(list, json_pack("{s:s, s:I, s:s}", "name", port->name, "containerPort", number,
						      "protocol", port->protocol));
	}
	return list;
}

json_t *container_resources_build(const struct lab_node *node, const struct lab_resources *resources,
				  const char *memory, const char *cpu)
{
	json_t *requests = given_map_build(resources ? resources->requests : NULL);
	json_t *limits = given_map_build(resources ? resources->limits : NULL);
	json_t *value = json_object();

	json_set_text(requests, "memory", memory);
	json_set_text(requests, "cpu", cpu);
	link_add_limits(node, limits);
	given_set(value, "requests", requests);
	given_set(value, "limits", limits);
	return value;
}
