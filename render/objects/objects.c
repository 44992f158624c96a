#include "render/objects/objects.h"

#include <assert.h>

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/disk.h"
#include "render/objects/init.h"
#include "render/objects/link.h"
#include "render/objects/machine.h"
#include "render/objects/pod.h"
#include "render/objects/service.h"

/* `value` is stolen. It is NULL only if a text of the model were not UTF-8, which no reader lets through. */
static void object_add(struct rendered_lab *out, json_t *value, const char *node)
{
	assert(value);
	memory_grow(&out->objects, out->count, &out->capacity, sizeof(*out->objects));
	out->objects[out->count++] = (struct rendered_object){ .value = value, .node = string_copy(node) };
}

static bool machine_add(const struct lab *lab, const struct lab_node *node, struct passwords *passwords,
			struct rendered_lab *out, struct diagnostics *diagnostics)
{
	cleanup(error) struct error err = ERROR_INIT;
	json_t *secret = init_secret_build(lab, node, passwords, &err);

	if (secret == NULL) {
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, lab->path, node->line, node->column, "node \"%s\": %s",
				node->name, err.message);
		return false;
	}
	object_add(out, secret, node->name);
	object_add(out, disk_vm_build(lab, node), node->name);
	object_add(out, machine_build(lab, node), node->name);
	if (node->vm.port_count > 0)
		object_add(out, service_build(lab, node), node->name);
	return true;
}

/* The bridge plugin refuses an IPAM without addresses, so routes alone cannot be given to a pod. */
static void routes_check(const struct lab *lab, const struct lab_node *node, const struct lab_interface *interface,
			 struct diagnostics *diagnostics)
{
	if (interface->route_count > 0 && interface->address_count == 0)
		diagnostics_add(
			diagnostics, DIAGNOSTIC_WARNING, lab->path, interface->line, interface->column,
			"the routes of pod \"%s\" on link \"%s\" are left out, since it has no address there; "
			"give it addrs",
			node->name, interface->link->name);
}

static void pod_add(const struct lab *lab, const struct lab_node *node, struct rendered_lab *out,
		    struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < node->interface_count; i++) {
		const struct lab_interface *interface = &node->interfaces[i];

		routes_check(lab, node, interface, diagnostics);
		if (link_interface_is_static(node, interface))
			object_add(out, link_static_attachment_build(lab, node, interface), node->name);
	}
	object_add(out, disk_pod_build(lab, node), node->name);
	object_add(out, pod_build(lab, node), node->name);
}

bool objects_build(const struct lab *lab, struct passwords *passwords, struct rendered_lab *out,
		   struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < lab->link_count; i++)
		object_add(out, link_attachment_build(lab, &lab->links[i]), NULL);
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];

		if (node->type == NODE_POD)
			pod_add(lab, node, out, diagnostics);
		else if (!machine_add(lab, node, passwords, out, diagnostics))
			return false;
	}
	return true;
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
