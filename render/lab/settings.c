#include "render/lab/settings.h"

#include "base/quantity.h"
#include "base/text.h"
#include "render/lab/settings_values.h"
#include "render/lab/values.h"

static const struct field vm_fields[] = {
	{ "cpu", value_cores, offsetof(struct vm_settings, cpu) },
	{ "cpuPin", value_boolean, offsetof(struct vm_settings, cpu_pin) },
	{ "diskSize", value_disk_size, offsetof(struct vm_settings, disk_size) },
	{ "hugePage", value_boolean, offsetof(struct vm_settings, huge_page) },
	{ "image", vm_image_read, offsetof(struct vm_settings, image) },
	{ "init", init_read, offsetof(struct vm_settings, init) },
	{ "memory", value_guest_memory, offsetof(struct vm_settings, memory) },
	{ "passwd", password_read, offsetof(struct vm_settings, password) },
	{ "ports", ports_read, offsetof(struct vm_settings, ports) },
	{ "user", user_read, offsetof(struct vm_settings, user) },
	{ .name = NULL },
};

static const struct field pod_fields[] = {
	{ "cmd", command_read, offsetof(struct pod_settings, command) },
	{ "cpu", value_quantity, offsetof(struct pod_settings, cpu) },
	{ "image", pod_image_read, offsetof(struct pod_settings, image) },
	{ "memory", value_quantity, offsetof(struct pod_settings, memory) },
	{ "privileged", value_boolean, offsetof(struct pod_settings, privileged) },
	{ "pvcSize", value_disk_size, offsetof(struct pod_settings, disk_size) },
	{ .name = NULL },
};

/* KNL's own values. */
static const int64_t two_cores = 2;
static const bool no = false;
static const enum init_method cloud_init = INIT_CLOUD_INIT;
static const struct lab_port ssh_port[] = { { .name = "ssh", .port = 22, .protocol = "TCP" } };
static const struct port_list ssh_only = { .ports = ssh_port, .count = 1 };
static const struct command_line no_command = { .count = 0 };

static const struct vm_settings built_in_vm = {
	.cpu = &two_cores,
	.memory = "4Gi",
	.cpu_pin = &no,
	.huge_page = &no,
	.init = &cloud_init,
	.ports = &ssh_only,
	.user = "lab",
	.password = "lab123",
};

static const struct pod_settings built_in_pod = {
	.disk_size = "100Mi",
	.command = &no_command,
	.privileged = &no,
};

static const void *vm_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct vm_settings *settings = arena_new(reader->arena, sizeof(*settings));

	fields_read(reader, pair->value, "vm", vm_fields, settings);
	return settings;
}

static const void *pod_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct pod_settings *settings = arena_new(reader->arena, sizeof(*settings));

	fields_read(reader, pair->value, "pod", pod_fields, settings);
	return settings;
}

void node_type_refuse(struct reader *reader, size_t line, size_t column, const char *name)
{
	reader_error(reader, line, column, "node type \"%s\" is not supported yet by labsync; use vm or pod", name);
}

static const void *unsupported_read(struct reader *reader, const struct yaml_pair *pair)
{
	node_type_refuse(reader, pair->line, pair->column, pair->key);
	return pair;
}

static const struct field node_fields[] = {
	{ "vm", vm_read, offsetof(struct node_settings, vm) },
	{ "pod", pod_read, offsetof(struct node_settings, pod) },
	{ "srl", unsupported_read, offsetof(struct node_settings, unsupported) },
	{ "srsim", unsupported_read, offsetof(struct node_settings, unsupported) },
	{ "vsim", unsupported_read, offsetof(struct node_settings, unsupported) },
	{ "vsri", unsupported_read, offsetof(struct node_settings, unsupported) },
	{ "magc", unsupported_read, offsetof(struct node_settings, unsupported) },
	{ .name = NULL },
};

static const struct field default_fields[] = {
	{ "vm", vm_read, offsetof(struct node_settings, vm) },
	{ "pod", pod_read, offsetof(struct node_settings, pod) },
	{ "srl", value_without_effect, offsetof(struct node_settings, unsupported) },
	{ "srsim", value_without_effect, offsetof(struct node_settings, unsupported) },
	{ "vsim", value_without_effect, offsetof(struct node_settings, unsupported) },
	{ "vsri", value_without_effect, offsetof(struct node_settings, unsupported) },
	{ "magc", value_without_effect, offsetof(struct node_settings, unsupported) },
	{ .name = NULL },
};

void settings_read_node(struct reader *reader, const struct yaml_node *mapping, struct node_settings *settings)
{
	size_t before = reader->errors;

	*settings = (struct node_settings){ .vm = NULL };
	fields_read(reader, mapping, "node", node_fields, settings);
	settings->broken = reader->errors > before;
}

void settings_read_defaults(struct reader *reader, const struct yaml_node *mapping, const char *what,
			    struct node_settings *settings)
{
	size_t before = reader->errors;

	*settings = (struct node_settings){ .vm = NULL };
	fields_read(reader, mapping, what, default_fields, settings);
	settings->broken = reader->errors > before;
}

void settings_merge_vm(const struct node_settings *const *layers, size_t count, struct vm_settings *merged)
{
	*merged = built_in_vm;
	for (size_t i = 0; i < count; i++)
		if (layers[i]->vm)
			fields_overlay(vm_fields, merged, layers[i]->vm);
}

void settings_merge_pod(const struct node_settings *const *layers, size_t count, struct pod_settings *merged)
{
	*merged = built_in_pod;
	for (size_t i = 0; i < count; i++)
		if (layers[i]->pod)
			fields_overlay(pod_fields, merged, layers[i]->pod);
}

bool memory_fills_huge_pages(const char *memory)
{
	int64_t thousandths;

	return quantity_parse(memory, &thousandths) && thousandths % (1000LL << 30) == 0;
}

bool node_type_parse(const char *name, enum node_type *type)
{
	if (text_equal(name, "vm"))
		*type = NODE_VM;
	else if (text_equal(name, "pod"))
		*type = NODE_POD;
	else
		return false;
	return true;
}

bool node_type_is_unsupported(const char *name)
{
	const struct field *field = field_find(node_fields, name);

	return field && field->read == unsupported_read;
}
