#include "render/objects/raw_machine.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/admission/admission.h"
#include "render/lab/object_names.h"
#include "render/objects/empty.h"
#include "render/objects/foreign.h"
#include "render/objects/identity.h"
#include "render/objects/link.h"
#include "render/objects/placement.h"

/* The list under `key`, made when nothing is there; NULL when the author put something else there. */
static json_t *list_member(json_t *object, const char *key)
{
	json_t *list = json_object_get(object, key);

	if (list == NULL) {
		list = json_array();
		json_object_set_new(object, key, list);
	}
	return json_is_array(list) ? list : NULL;
}

/* The object under `key`; NULL when the author put something else there. */
static json_t *map_member(json_t *object, const char *key)
{
	json_t *map = json_object_member(object, key);

	return json_is_object(map) ? map : NULL;
}

/* What KubeVirt would have added itself, had there been no links. Not with its default, bridge, which not every cluster
 * permits on the pod network and which holds the machine on its worker. */
static void pod_network_add(const struct lab *lab, const struct lab_node *node, json_t *networks, json_t *interfaces)
{
	cleanup(free) char *name = name_pod_network_new(node);
	char mac[MAC_TEXT_SIZE];

	json_array_append_new(networks, json_pack("{s:s, s:{}}", "name", name, "pod"));
	json_array_append_new(interfaces, json_pack("{s:s, s:{}, s:s}", "name", name, "masquerade", "macAddress",
						    name_pod_mac(lab, node, mac)));
}

static void link_add(const struct lab_node *node, const struct lab_interface *interface, json_t *networks,
		     json_t *interfaces)
{
	cleanup(free) char *attachment = link_attachment_name_new(node, interface);
	json_t *nic = json_pack("{s:s, s:s}", "name", interface->name, "macAddress", interface->mac);

	link_bind(interface, nic);
	if (text_equal(interface->state, "down"))
		json_object_set_new(nic, "state", json_string(interface->state));
	json_array_append_new(interfaces, nic);
	json_array_append_new(
		networks, json_pack("{s:s, s:{s:s}}", "name", interface->name, "multus", "networkName", attachment));
}

/* `spec` is the template's. */
static void links_add(const struct lab *lab, const struct lab_node *node, json_t *spec)
{
	json_t *domain = map_member(spec, "domain");
	json_t *devices = domain ? map_member(domain, "devices") : NULL;
	json_t *networks = list_member(spec, "networks");
	json_t *interfaces = devices ? list_member(devices, "interfaces") : NULL;

	if (networks == NULL || interfaces == NULL)
		return; /* which is told of as what KubeVirt would refuse */
	if (json_array_size(interfaces) == 0 && !json_is_false(json_object_get(devices, "autoattachPodInterface")))
		pod_network_add(lab, node, networks, interfaces);
	for (size_t i = 0; i < node->interface_count; i++)
		link_add(node, &node->interfaces[i], networks, interfaces);
}

/* The author's labels hold: Services and policies select machines by them. */
static void template_label(const struct lab *lab, const struct lab_node *node, json_t *template)
{
	json_t *metadata = map_member(template, "metadata");
	json_t *labels = metadata ? map_member(metadata, "labels") : NULL;
	cleanup(json) json_t *ours = node_labels_build(lab, node);

	if (labels == NULL)
		return;
	json_object_update_missing(labels, ours);
	placement_add_label(lab, node, labels);
}

static void template_complete(const struct lab *lab, const struct lab_node *node, json_t *template)
{
	json_t *spec = map_member(template, "spec");

	template_label(lab, node, template);
	if (spec == NULL || node->interface_count == 0)
		return;
	links_add(lab, node, spec);
	placement_bind(lab, node, spec);
}

json_t *raw_machine_build(const struct lab *lab, const struct lab_node *node)
{
	const struct lab_machine_metadata *given = node->machine->metadata;
	json_t *metadata = metadata_build(lab, node->object_name, node->name);
	json_t *spec = yaml_to_json_new(node->machine->spec);
	json_t *template;

	if (given)
		foreign_metadata_add(given->labels, given->annotations, metadata);
	empty_drop(spec);
	template = json_object_get(spec, "template"); /* an empty list went, too */
	if (json_is_object(template))
		template_complete(lab, node, template);
	return json_pack("{s:s, s:s, s:o, s:o}", "apiVersion", "kubevirt.io/v1", "kind", "VirtualMachine", "metadata",
			 metadata, "spec", spec);
}

/* Paths begin at the VirtualMachine, and its author's text at the spec. */
static struct place place_of(const struct lab *lab, const struct lab_node *node, const json_t *object,
			     const char *path)
{
	static const char start[] = "spec.";
	const struct yaml_node *spec = node->machine->spec, *found = NULL;

	if (text_starts_with(path, start))
		found = admission_place(spec, json_object_get(object, "spec"), path + strlen(start), NULL);
	if (found == NULL)
		found = spec;
	return (struct place){ lab->path, found->line, found->column };
}

bool raw_machine_check(const struct lab *lab, const struct lab_node *node, const json_t *object,
		       struct diagnostics *diagnostics)
{
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

	admission_check(object, &findings);
	admission_check_fields(object, &findings);
	for (size_t i = 0; i < findings.count; i++) {
		const struct admission_finding *finding = &findings.items[i];
		struct place place = place_of(lab, node, object, finding->path);

		diagnostics_add(diagnostics, finding->severity, place.path, place.line, place.column,
				"virtualMachine \"%s\": %s: %s", node->name, finding->path, finding->message);
	}
	return findings.errors == 0;
}
