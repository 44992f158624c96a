/* Whatever is read as a valid lab is whole: no name, address or list of it is
 * missing, and names fit the cluster. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/lab/lab.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW = 1780000000 }; /* in May 2026 */

static void must(bool holds)
{
	if (!holds)
		abort(); /* the fuzzer keeps the input */
}

static void check_interface(const struct lab *lab, const struct lab_interface *interface)
{
	must(interface->link >= lab->links && interface->link < lab->links + lab->link_count);
	must(text_is_dns_label(interface->name));
	must(strlen(interface->mac) == strlen("00:00:00:00:00:00"));
	for (size_t i = 0; i < interface->address_count; i++)
		must(strchr(interface->addresses[i], '/') != NULL);
	for (size_t i = 0; i < interface->route_count; i++)
		must(interface->routes[i].to && interface->routes[i].via);
}

static void check_ports(const struct port_list *list)
{
	for (size_t i = 0; list && i < list->count; i++)
		must(text_is_dns_label(list->ports[i].name) && list->ports[i].port >= 1 &&
		     list->ports[i].port <= 65535);
}

static void check_vm(const struct lab_vm *vm)
{
	must(vm->image && vm->disk_size);
	must(vm->memory || vm->instancetype);
	must(vm->cpu == NULL || *vm->cpu >= 1);
	check_ports(vm->ports);
}

static void check_node(const struct lab *lab, const struct lab_node *node)
{
	must(text_is_dns_label(node->object_name));
	if (node->type == NODE_VM)
		check_vm(node->vm);
	else
		must(node->type == NODE_POD ? node->pod->image != NULL : node->srl->image != NULL);
	for (size_t i = 0; i < node->interface_count; i++)
		check_interface(lab, &node->interfaces[i]);
}

static void check_lab(const struct lab *lab)
{
	must(text_is_dns_label(lab->name) && text_is_dns_label(lab->namespace_name));
	if (!lab->valid)
		return;
	must(lab->node_count > 0);
	must(lab->next_change == 0 || lab->next_change > NOW);
	for (size_t i = 0; i < lab->dependency_count; i++)
		must(text_is_dns_label(lab->dependencies[i].name) &&
		     text_is_dns_label(lab->dependencies[i].namespace_name));
	for (size_t i = 0; i < lab->link_count; i++)
		must(text_is_dns_label(lab->links[i].object_name));
	for (size_t i = 0; i < lab->node_count; i++) {
		must(i == 0 || strcmp(lab->nodes[i - 1].name, lab->nodes[i].name) < 0);
		check_node(lab, &lab->nodes[i]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct lab_file file = { .path = "fuzz.yaml", .text = (const char *)data, .length = size };
	const struct lab_options options = { .default_namespace = "labs", .now = NOW };
	cleanup(lab_set) struct lab_set set = LAB_SET_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;

	lab_set_read(&set, &file, 1, &options, &diagnostics);
	must(set.complete || diagnostics.errors > 0);
	for (size_t i = 0; i < set.count; i++) {
		check_lab(set.labs[i]);
		must(set.labs[i]->valid || diagnostics.errors > 0);
	}
	return 0;
}
