#include "render/objects/objects.h"

#include <assert.h>

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/admission_report.h"
#include "render/objects/disk.h"
#include "render/objects/identity.h"
#include "render/objects/init.h"
#include "render/objects/link.h"
#include "render/objects/link_digest.h"
#include "render/objects/machine.h"
#include "render/objects/machine_patch.h"
#include "render/objects/placement.h"
#include "render/objects/pod.h"
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

	object_add(out, disk_vm_build(lab, node), node->name);
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

/* Network data goes beside a Secret for cloud-init, but Ignition has it within its one config. */
static void addresses_check(const struct lab *lab, const struct lab_node *node, struct diagnostics *diagnostics)
{
	const struct lab_vm *vm = node->vm;

	if (vm->ignition == NULL || vm->ignition->secret == NULL)
		return;
	for (size_t i = 0; i < node->interface_count; i++) {
		const struct lab_interface *interface = &node->interfaces[i];

		if (interface->address_count == 0 && interface->route_count == 0 && interface->gateway[0] == NULL)
			continue;
		diagnostics_add(diagnostics, DIAGNOSTIC_WARNING, lab->path, interface->line, interface->column,
				"the addresses and routes of node \"%s\" on link \"%s\" do not reach the guest, "
				"since the Secret "
				"of ignition is used as it is; put them into the Secret",
				node->name, interface->link->name);
	}
}

static bool machine_add(const struct lab *lab, const struct lab_node *node, const json_t *links,
			struct passwords *passwords, struct rendered_lab *out, struct diagnostics *diagnostics)
{
	cleanup(error) struct error err = ERROR_INIT;
	json_t *secret = NULL, *machine;
	const struct port_list *ports = node->vm->ports;
	size_t first;

	addresses_check(lab, node, diagnostics);
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

static bool node_add(const struct lab *lab, const struct lab_node *node, const json_t *links,
		     struct passwords *passwords, struct rendered_lab *out, struct diagnostics *diagnostics)
{
	bool good = placement_check(lab, node, diagnostics);

	if (node->type == NODE_VM)
		return machine_add(lab, node, links, passwords, out, diagnostics) && good;
	container_add(lab, node, links, out, diagnostics);
	return good;
}

bool objects_build(const struct lab *lab, struct passwords *passwords, struct rendered_lab *out,
		   struct diagnostics *diagnostics)
{
	cleanup(json) json_t *links = json_array();
	bool good = true;

	for (size_t i = 0; i < lab->link_count; i++) {
		json_t *objects = json_array();

		link_add_objects(lab, &lab->links[i], objects);
		objects_add(out, objects, NULL);
		json_array_append_new(links, objects);
	}
	for (size_t i = 0; i < lab->node_count; i++)
		good &= node_add(lab, &lab->nodes[i], links, passwords, out, diagnostics);
	if (!good)
		objects_clear(out);
	return good;
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
}
