/* Whatever is read as a valid lab is whole: no name, address or list of it is
 * missing, and names fit the cluster. And it is rendered: to objects with a kind
 * and a name, or to what is wrong with it.
 *
 * What stands before the first NUL is the labs' file, with KNLConfig and Defaults
 * as further documents; what comes after it is the text of whichever file the labs
 * refer to. tests/fuzz/seeds writes inputs of this form. */
#include <crypt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "render/lab/lab.h"
#include "render/objects/objects.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NOW = 1780000000 }; /* in May 2026 */

static void must(bool holds)
{
	if (!holds)
		abort(); /* the fuzzer keeps the input */
}

/* Stands in for libcrypt's, which takes milliseconds. */
char *crypt_rn(const char *password, const char *setting, void *data, int size)
{
	(void)password;
	strncpy(data, setting, (size_t)size - 1);
	return data;
}

struct other_file {
	const char *text;
	size_t length;
};

static bool look_up(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	const struct other_file *other = context;

	if (other->length == 0 || other->length > most)
		return error_set(err, ERROR_NOT_FOUND, "%s is not there, or too large", path);
	buffer_append(text, other->text, other->length);
	return true;
}

/* What a lab brings along may be the whole cluster's. */
static bool is_at_home(const struct lab *lab, const char *namespace_name)
{
	return namespace_name ? text_equal(namespace_name, lab->namespace_name) : lab->manifest_count > 0;
}

static void check_objects(const struct lab *lab)
{
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct rendered_lab out = { .name = NULL };
	bool good = objects_build(lab, &passwords, &out, &diagnostics);

	must(good == (diagnostics.errors == 0));
	must(good ? out.count > 0 || lab->operation_count > 0 : out.count == 0);
	for (size_t i = 0; i < out.count; i++) {
		const json_t *object = out.objects[i].value;

		must(json_text_at(object, "kind", NULL) && json_text_at(object, "apiVersion", NULL));
		must(is_at_home(lab, json_text_at(object, "metadata", "namespace", NULL)));
		must(strlen(json_text_at(object, "metadata", "name", NULL)) > 0);
	}
	objects_clear(&out);
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
	must((vm->image && vm->disk_size) || (vm->root_disk && !*vm->root_disk));
	must(vm->memory || vm->instancetype);
	must(vm->cpu == NULL || *vm->cpu >= 1);
	check_ports(vm->ports);
}

static void check_node(const struct lab *lab, const struct lab_node *node)
{
	must(text_is_dns_label(node->object_name));
	if (node->type == NODE_VM)
		check_vm(node->vm);
	else if (node->type == NODE_MACHINE)
		must(node->machine->spec->kind == YAML_MAPPING);
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
	must(lab->node_count + lab->manifest_count + lab->disk_count + lab->operation_count > 0);
	must(lab->next_change == 0 || lab->next_change > NOW);
	for (size_t i = 0; i < lab->dependency_count; i++)
		must(text_is_dns_label(lab->dependencies[i].name) &&
		     text_is_dns_label(lab->dependencies[i].namespace_name));
	for (size_t i = 0; i < lab->link_count; i++)
		must(text_is_dns_label(lab->links[i].object_name) && lab->links[i].driver != LINK_JOINED);
	for (size_t i = 0; i < lab->manifest_count; i++)
		must(lab->manifests[i].kind && lab->manifests[i].name);
	for (size_t i = 0; i < lab->disk_count; i++)
		must(text_is_dns_label(lab->disks[i].object_name));
	for (size_t i = 0; i < lab->operation_count; i++)
		must(lab->operations[i].machine_object != NULL);
	for (size_t i = 0; i < lab->node_count; i++) {
		must(i == 0 || strcmp(lab->nodes[i - 1].name, lab->nodes[i].name) < 0);
		check_node(lab, &lab->nodes[i]);
	}
	check_objects(lab);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = memchr(data, '\0', size);
	const struct lab_file file = { .path = "fuzz.yaml",
				       .text = (const char *)data,
				       .length = nul ? (size_t)(nul - data) : size };
	struct other_file other = { .text = nul ? (const char *)nul + 1 : NULL,
				    .length = nul ? size - file.length - 1 : 0 };
	const struct lab_lookup lookup = { .read = look_up, .context = &other, .root = "" };
	const struct lab_options options = { .default_namespace = "labs", .now = NOW, .lookup = &lookup };
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
