/* machines_check_networks(): the networks of a `virtualMachine` beside those of its links. */
#include "render/lab/machine_fields.h"

#include "base/text.h"

static const struct yaml_node *interfaces_of(const struct lab_machine *machine)
{
	const struct yaml_node *domain = yaml_get(machine_template_spec(machine), "domain");

	return yaml_get(yaml_get(domain, "devices"), "interfaces");
}

/* The name of an item of `list`, whose text is `name`; NULL when there is none. */
static const struct yaml_node *item_find(const struct yaml_node *list, const char *name)
{
	for (size_t i = 0; list && list->kind == YAML_SEQUENCE && i < list->count; i++) {
		const struct yaml_node *found = yaml_get(list->items[i], "name");

		if (found && text_equal(found->text, name))
			return found;
	}
	return NULL;
}

static void interface_check(struct reader *reader, const struct lab_node *node, const struct lab_interface *interface)
{
	const struct yaml_node *own =
		item_find(yaml_get(machine_template_spec(node->machine), "networks"), interface->name);

	if (own == NULL)
		own = item_find(interfaces_of(node->machine), interface->name);
	if (own)
		reader_error(reader, interface->line, interface->column,
			     "virtualMachine \"%s\" has a network \"%s\" of its own at %s:%zu:%zu, which link \"%s\" "
			     "would "
			     "make again; rename one",
			     node->name, interface->name, reader->path, own->line, own->column,
			     interface->link->name);
}

static bool is_without_interfaces(const struct lab_machine *machine)
{
	const struct yaml_node *interfaces = interfaces_of(machine);
	const struct yaml_node *domain = yaml_get(machine_template_spec(machine), "domain");
	const struct yaml_node *automatic = yaml_get(yaml_get(domain, "devices"), "autoattachPodInterface");

	return (interfaces == NULL || interfaces->count == 0) &&
	       (automatic == NULL || automatic->kind != YAML_BOOLEAN || automatic->boolean);
}

void machines_check_networks(struct reader *reader, const struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];

		if (node->machine == NULL || node->interface_count == 0)
			continue;
		if (is_without_interfaces(node->machine))
			reader_warn(reader, node->interfaces[0].line, node->interfaces[0].column,
				    "virtualMachine \"%s\" has no interfaces of its own, so that it gets the pod "
				    "network with "
				    "masquerade beside its links; write interfaces and networks to have it otherwise",
				    node->name);
		for (size_t j = 0; j < node->interface_count; j++)
			interface_check(reader, node, &node->interfaces[j]);
	}
}
