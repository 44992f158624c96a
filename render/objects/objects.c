#include "render/objects/objects.h"

#include <assert.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/data_disks.h"
#include "render/lab/manifest_kinds.h"
#include "render/objects/admission_report.h"
#include "render/objects/data_disk.h"
#include "render/objects/disk.h"
#include "render/objects/identity.h"
#include "render/objects/init.h"
#include "render/objects/link.h"
#include "render/objects/link_digest.h"
#include "render/objects/machine.h"
#include "render/objects/machine_patch.h"
#include "render/objects/manifest.h"
#include "render/objects/placement.h"
#include "render/objects/pod.h"
#include "render/objects/raw_machine.h"
#include "render/objects/service.h"
#include "render/objects/srl.h"

/* `value` is stolen. It is NULL only if a text of the model were not UTF-8, which no reader lets through. */
static void object_add(struct rendered_lab *out, json_t *value, const char *node)
{
	assert(value);
	memory_grow(&out->objects, out->count, &out->capacity, sizeof(*out->objects));
	out->objects[out->count++] = (struct rendered_object){ .value = value, .node = string_copy(node) };
}

static void objects_add(struct rendered_lab *out, const json_t *objects, const char *node)
{
	size_t i;
	json_t *value;

	json_array_foreach (objects, i, value)
		object_add(out, json_incref(value), node);
}

/* Told at its own place, or else at the node. */
static bool node_refuse(const struct lab *lab, const struct lab_node *node, const struct error *err,
			struct diagnostics *diagnostics)
{
	if (err->path)
		diagnostics_add_error(diagnostics, err);
	else
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, lab->path, node->line, node->column, "node \"%s\": %s",
				node->name, err->message);
	return false;
}

/* On the template of a VM or a Deployment. */
static void links_annotate(const struct lab *lab, const struct lab_node *node, const json_t *links, const json_t *own,
			   json_t *object)
{
	json_t *template = json_object_get(json_object_get(object, "spec"), "template");
	char text[SHA256_TEXT_SIZE];
	const char *digest = template ? link_digest(lab, node, links, own, text) : NULL;

	if (digest)
		metadata_annotate(json_object_get(template, "metadata"), ANNOTATION_LINKS_DIGEST, digest);
}

/* The VM itself, after its patch; NULL when that cannot be applied. New reference. */
static json_t *patched_machine_build(const struct lab *lab, const struct lab_node *node, const json_t *links,
				     const json_t *secret, struct error *err)
{
	char digest[SHA256_TEXT_SIZE];
	cleanup(json) json_t *machine = machine_build(lab, node, init_digest(secret, digest));

	links_annotate(lab, node, links, NULL, machine);
	if (!machine_patch(lab, node, machine, err))
		return NULL;
	if (lab->powered_off)
		machine_power_off(machine);
	return json_incref(machine);
}

static void disks_add(const struct lab *lab, const struct lab_node *node, struct rendered_lab *out)
{
	const struct value_list *disks = node->vm->disks;
	json_t *root = disk_vm_build(lab, node);

	if (root)
		object_add(out, root, node->name);
	for (size_t i = 0; disks && i < disks->count; i++) {
		json_t *disk = disk_further_build(lab, node, disks->items[i]);

		if (disk)
			object_add(out, disk, node->name);
	}
}

/* What of the node's objects, from `first` on, KubeVirt and CDI would refuse. */
static bool machine_check(const struct lab *lab, const struct lab_node *node, const struct rendered_lab *out,
			  size_t first, struct diagnostics *diagnostics)
{
	bool good = true;

	for (size_t i = first; i < out->count; i++)
		good &= admission_report(lab, node, out->objects[i].value, diagnostics);
	return good;
}

static bool machine_add(const struct lab *lab, const struct lab_node *node, const json_t *links,
			struct passwords *passwords, struct rendered_lab *out, struct diagnostics *diagnostics)
{
	cleanup(error) struct error err = ERROR_INIT;
	json_t *secret = NULL, *machine;
	const struct port_list *ports = node->vm->ports;
	size_t first;

	init_check_addresses(lab, node, diagnostics);
	if (!init_secret_build(lab, node, passwords, &secret, &err))
		return node_refuse(lab, node, &err, diagnostics);
	if (secret)
		object_add(out, secret, node->name);
	machine = patched_machine_build(lab, node, links, secret, &err);
	if (machine == NULL)
		return node_refuse(lab, node, &err, diagnostics);
	first = out->count;
	disks_add(lab, node, out);
	object_add(out, machine, node->name);
	if (ports && ports->count > 0)
		object_add(out, service_build(lab, node, ports), node->name);
	return machine_check(lab, node, out, first, diagnostics);
}

/* The bridge plugin refuses an IPAM without addresses, so routes alone cannot be given to a pod. */
static void routes_check(const struct lab *lab, const struct lab_node *node, struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < node->interface_count; i++) {
		const struct lab_interface *interface = &node->interfaces[i];

		if (interface->route_count == 0 || interface->address_count > 0)
			continue;
		diagnostics_add(
			diagnostics, DIAGNOSTIC_WARNING, lab->path, interface->line, interface->column,
			"the routes of pod \"%s\" on link \"%s\" are left out, since it has no address there; "
			"give it addrs",
			node->name, interface->link->name);
	}
}

static void container_add(const struct lab *lab, const struct lab_node *node, const json_t *links,
			  struct rendered_lab *out, struct diagnostics *diagnostics)
{
	cleanup(json) json_t *objects = json_array();
	json_t *object;
	size_t i;

	routes_check(lab, node, diagnostics);
	if (node->type == NODE_SRL)
		srl_add_objects(lab, node, objects);
	else
		pod_add_objects(lab, node, objects);
	json_array_foreach (objects, i, object)
		links_annotate(lab, node, links, objects, object);
	objects_add(out, objects, node->name);
}

static bool raw_machine_add(const struct lab *lab, const struct lab_node *node, const json_t *links,
			    struct rendered_lab *out, struct diagnostics *diagnostics)
{
	json_t *machine = raw_machine_build(lab, node);

	links_annotate(lab, node, links, NULL, machine);
	if (lab->powered_off)
		machine_power_off(machine);
	object_add(out, machine, node->name);
	return raw_machine_check(lab, node, machine, diagnostics);
}

static bool node_add(const struct lab *lab, const struct lab_node *node, const json_t *links,
		     struct passwords *passwords, struct rendered_lab *out, struct diagnostics *diagnostics)
{
	bool good = placement_check(lab, node, diagnostics);

	if (node->type == NODE_VM)
		return machine_add(lab, node, links, passwords, out, diagnostics) && good;
	if (node->type == NODE_MACHINE)
		return raw_machine_add(lab, node, links, out, diagnostics) && good;
	container_add(lab, node, links, out, diagnostics);
	return good;
}

/* The lab's links; `all` becomes an array for each, of the objects that it needs. */
static void links_add(const struct lab *lab, json_t *all, struct rendered_lab *out)
{
	for (size_t i = 0; i < lab->link_count; i++) {
		json_t *objects = json_array();

		link_add_objects(lab, &lab->links[i], objects);
		/* Of one that is joined, they are the other lab's; they only tell what the nodes are plugged into. */
		if (lab->links[i].join == NULL)
			objects_add(out, objects, NULL);
		json_array_append_new(all, objects);
	}
}

static bool data_disks_add(const struct lab *lab, struct rendered_lab *out, struct diagnostics *diagnostics)
{
	bool good = true;

	for (size_t i = 0; i < lab->disk_count; i++) {
		json_t *object = data_disk_build(lab, &lab->disks[i]);

		object_add(out, object, NULL);
		good &= data_disk_check(&lab->disks[i], object, diagnostics);
	}
	return good;
}

/* Tells that the lab makes an object of that kind and name already; false when it does. */
static bool manifest_is_new(const struct lab_manifest *manifest, const json_t *object, const struct rendered_lab *out,
			    struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < out->count; i++) {
		const struct rendered_object *other = &out->objects[i];

		if (!text_equal(json_text_at(other->value, "kind", NULL), manifest->kind->kind) ||
		    !text_equal(json_text_at(other->value, "metadata", "name", NULL), manifest->name))
			continue;
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, manifest->place.path, manifest->place.line,
				manifest->place.column,
				"%s \"%s\" is made for %s%s%s of this lab already; rename one", manifest->kind->kind,
				json_text_at(object, "metadata", "name", NULL),
				other->node ? "node \"" : "a link or disk", other->node ? other->node : "",
				other->node ? "\"" : "");
		return false;
	}
	return true;
}

/* After all else, which they must not get in the way of. */
static bool manifests_add(const struct lab *lab, struct rendered_lab *out, struct diagnostics *diagnostics)
{
	bool good = true;

	for (size_t i = 0; i < lab->manifest_count; i++) {
		const struct lab_manifest *manifest = &lab->manifests[i];
		json_t *object = manifest_build(lab, manifest);

		if (lab->powered_off && text_equal(manifest->kind->kind, "VirtualMachinePool"))
			machine_power_off(json_at(object, "spec", "virtualMachineTemplate", NULL));
		good &= manifest_is_new(manifest, object, out, diagnostics);
		object_add(out, object, NULL);
		good &= manifest_check(lab, manifest, object, diagnostics);
	}
	return good;
}

bool objects_build(const struct lab *lab, struct passwords *passwords, struct rendered_lab *out,
		   struct diagnostics *diagnostics)
{
	cleanup(json) json_t *links = json_array();
	bool good;

	links_add(lab, links, out);
	good = data_disks_add(lab, out, diagnostics);
	for (size_t i = 0; i < lab->node_count; i++)
		good &= node_add(lab, &lab->nodes[i], links, passwords, out, diagnostics);
	good &= manifests_add(lab, out, diagnostics);
	if (!good)
		objects_clear(out);
	return good;
}

static void operations_clear(struct rendered_lab *lab)
{
	for (size_t i = 0; i < lab->operation_count; i++) {
		free(lab->operations[i].name);
		free(lab->operations[i].machine);
		free(lab->operations[i].snapshot);
		free(lab->operations[i].target);
	}
	free(lab->operations);
	lab->operations = NULL;
	lab->operation_count = 0;
}

void objects_clear(struct rendered_lab *lab)
{
	for (size_t i = 0; i < lab->count; i++) {
		json_decref(lab->objects[i].value);
		free(lab->objects[i].node);
	}
	free(lab->objects);
	lab->objects = NULL;
	lab->count = lab->capacity = 0;
	operations_clear(lab);
}
