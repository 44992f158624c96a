#include "render/objects/link.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/drivers/driver.h"

void link_add_objects(const struct lab *lab, const struct lab_link *link, json_t *objects)
{
	const struct driver *driver = driver_of(link);

	if (driver->add_link)
		driver->add_link(lab, link, objects);
}

json_t *link_own_attachment_build(const struct lab *lab, const struct lab_node *node,
				  const struct lab_interface *interface)
{
	const struct driver *driver = driver_of(interface->link);

	return driver->build_attachment ? driver->build_attachment(lab, node, interface) : NULL;
}

char *link_attachment_name_new(const struct lab_node *node, const struct lab_interface *interface)
{
	return driver_of(interface->link)->attachment_name_new(node, interface);
}

void link_bind(const struct lab_interface *interface, json_t *nic)
{
	driver_of(interface->link)->bind(nic);
}

/* In its JSON form, the annotation has the namespace apart. */
static json_t *selection_build(const struct lab_node *node, const struct lab_interface *interface)
{
	const struct driver *driver = driver_of(interface->link);
	cleanup(free) char *attachment = driver->attachment_name_new(node, interface);
	char *slash = strchr(attachment, '/');
	json_t *selection = json_object();

	if (slash) {
		*slash = '\0';
		json_object_set_new(selection, "namespace", json_string(attachment));
	}
	json_object_set_new(selection, "name", json_string(slash ? slash + 1 : attachment));
	json_set_text(selection, "interface", interface->port);
	if (driver->select)
		driver->select(node, interface, selection);
	return selection;
}

char *link_networks_new(const struct lab_node *node)
{
	cleanup(json) json_t *networks = json_array();

	if (node->interface_count == 0)
		return NULL;
	for (size_t i = 0; i < node->interface_count; i++)
		json_array_append_new(networks, selection_build(node, &node->interfaces[i]));
	return json_text_new(networks);
}

static size_t limit_count(const json_t *limits, const char *resource)
{
	const char *text = json_string_value(json_object_get(limits, resource));

	return text ? strtoul(text, NULL, 10) : 0;
}

void link_add_limits(const struct lab_node *node, json_t *limits)
{
	for (size_t i = 0; i < node->interface_count; i++) {
		const struct lab_interface *interface = &node->interfaces[i];
		const struct driver *driver = driver_of(interface->link);
		cleanup(free) char *resource = NULL;
		cleanup(free) char *count = NULL;

		if (driver->resource_new == NULL)
			continue;
		resource = driver->resource_new(interface);
		count = string_format("%zu", limit_count(limits, resource) + 1);
		json_object_set_new(limits, resource, json_string(count));
	}
}

bool link_is_node_local(const struct lab_link *link)
{
	return driver_of(link)->is_node_local;
}
