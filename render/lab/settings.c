#include "render/lab/settings.h"

#include "base/quantity.h"
#include "base/text.h"
#include "render/lab/settings_values.h"
#include "render/lab/values.h"

/* KNL's own values. What is a macro stands in the tables as text, too. */
#define CORES_DEFAULT 2
#define MEMORY_DEFAULT "4Gi"
#define USER_DEFAULT "lab"
#define PASSWORD_DEFAULT "lab123"
#define POD_DISK_DEFAULT "100Mi"
#define PORT_NAME_DEFAULT "ssh"
#define PORT_NUMBER_DEFAULT 22
#define PORTS_DEFAULT                                                                                                \
	"[{name: " PORT_NAME_DEFAULT ", port: " FIELD_TEXT(PORT_NUMBER_DEFAULT) ", protocol: " PORT_PROTOCOL_DEFAULT \
										"}]"

static const int64_t default_cores = CORES_DEFAULT;
static const bool no = false;
static const enum init_method cloud_init = INIT_CLOUD_INIT;
static const struct lab_port default_port[] = {
	{ .name = PORT_NAME_DEFAULT, .port = PORT_NUMBER_DEFAULT, .protocol = PORT_PROTOCOL_DEFAULT },
};
static const struct port_list default_ports = { .ports = default_port, .count = 1 };
static const struct command_line no_command = { .count = 0 };

static const struct vm_settings built_in_vm = {
	.cpu = &default_cores,
	.memory = MEMORY_DEFAULT,
	.cpu_pin = &no,
	.huge_page = &no,
	.init = &cloud_init,
	.ports = &default_ports,
	.user = USER_DEFAULT,
	.password = PASSWORD_DEFAULT,
};

static const struct pod_settings built_in_pod = {
	.disk_size = POD_DISK_DEFAULT,
	.command = &no_command,
	.privileged = &no,
};

static const struct field vm_fields[] = {
	{ "cpu", value_cores, offsetof(struct vm_settings, cpu), &cores_type, "How many cores the VM has.",
	  .fallback = FIELD_TEXT(CORES_DEFAULT) },
	{ "cpuPin", value_boolean, offsetof(struct vm_settings, cpu_pin), &boolean_type,
	  "Gives each of the VM's cores a core of the worker of its own.", .fallback = "false" },
	{ "diskSize", value_disk_size, offsetof(struct vm_settings, disk_size), &disk_size_type,
	  "The size of the VM's disk, at least 1Mi, into which the image is copied once. The disk is kept over "
	  "restarts.",
	  .presence = FIELD_REQUIRED_SOMEWHERE },
	{ "hugePage", value_boolean, offsetof(struct vm_settings, huge_page), &boolean_type,
	  "Backs the VM's memory with pages of 1Gi, of which memory must then be a multiple.", .fallback = "false" },
	{ "image", vm_image_read, offsetof(struct vm_settings, image), &vm_image_type,
	  "Where the disk's content comes from: a container disk (docker://) or a file on a web server (http://, "
	  "https://) that asks for no password.",
	  .presence = FIELD_REQUIRED_SOMEWHERE },
	{ "init", init_read, offsetof(struct vm_settings, init), &init_type,
	  "How the guest is told its user, its addresses and its routes at first boot: whichever the image "
	  "understands.",
	  .fallback = INIT_CLOUD_INIT_NAME },
	{ "memory", value_guest_memory, offsetof(struct vm_settings, memory), &guest_memory_type,
	  "The memory that the guest sees, at least 1M.", .fallback = MEMORY_DEFAULT },
	{ "passwd", password_read, offsetof(struct vm_settings, password), &password_type,
	  "The password of that user. It stands in Git for all to read: good for a lab, and nothing else.",
	  .fallback = PASSWORD_DEFAULT },
	{ "ports", ports_read, offsetof(struct vm_settings, ports), &ports_type,
	  "What the VM's Service passes on to the guest. An empty list stands for no ports.",
	  .fallback = PORTS_DEFAULT },
	{ "user", user_read, offsetof(struct vm_settings, user), &user_type,
	  "The Linux user that is made in the guest at first boot.", .fallback = USER_DEFAULT },
	{ .name = NULL },
};

static const struct field pod_fields[] = {
	{ "cmd", command_read, offsetof(struct pod_settings, command), &command_type,
	  "The command that runs instead of the image's own, split into words as a shell does, without expansion.",
	  .fallback = NULL },
	{ "cpu", value_quantity, offsetof(struct pod_settings, cpu), &quantity_type,
	  "The CPU time that is reserved for the pod, like 500m for half a core.", .fallback = NULL },
	{ "image", pod_image_read, offsetof(struct pod_settings, image), &pod_image_type,
	  "The container image, like docker.io/library/alpine:3.22.", .presence = FIELD_REQUIRED_SOMEWHERE },
	{ "memory", value_quantity, offsetof(struct pod_settings, memory), &quantity_type,
	  "The memory that is reserved for the pod.", .fallback = NULL },
	{ "privileged", value_boolean, offsetof(struct pod_settings, privileged), &boolean_type,
	  "Runs the container with every right on its worker.", .fallback = "false" },
	{ "pvcSize", value_disk_size, offsetof(struct pod_settings, disk_size), &disk_size_type,
	  "The size of the volume that is mounted on /root, at least 1Mi.", .fallback = POD_DISK_DEFAULT },
	{ .name = NULL },
};

static const struct value_type vm_type = { .name = "VM", .shape = VALUE_OBJECT, .fields = vm_fields };
static const struct value_type pod_type = { .name = "Pod", .shape = VALUE_OBJECT, .fields = pod_fields };

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

static const struct value_type refused_type = { .name = "-", .shape = VALUE_ANY, .standing = VALUE_REFUSED };

#define VM_TEXT "A virtual machine of KubeVirt's."
#define POD_TEXT "A container, as a Deployment of one pod."
#define OTHER_TEXT "A node type of KNL's that labsync does not build."

#define UNSUPPORTED_FIELD(name, read, type)                                                                          \
	{                                                                                                            \
		name, read, offsetof(struct node_settings, unsupported), &(type), OTHER_TEXT, .fallback = NULL       \
	}

#define UNSUPPORTED_FIELDS(read, type)                                                                               \
	UNSUPPORTED_FIELD("srl", read, type), UNSUPPORTED_FIELD("srsim", read, type),                                \
		UNSUPPORTED_FIELD("vsim", read, type), UNSUPPORTED_FIELD("vsri", read, type),                        \
		UNSUPPORTED_FIELD("magc", read, type)

static const struct field node_fields[] = {
	{ "vm", vm_read, offsetof(struct node_settings, vm), &vm_type, VM_TEXT, .fallback = NULL },
	{ "pod", pod_read, offsetof(struct node_settings, pod), &pod_type, POD_TEXT, .fallback = NULL },
	UNSUPPORTED_FIELDS(unsupported_read, refused_type),
	{ .name = NULL },
};

static const struct field default_fields[] = {
	{ "vm", vm_read, offsetof(struct node_settings, vm), &vm_type, VM_TEXT, .fallback = NULL },
	{ "pod", pod_read, offsetof(struct node_settings, pod), &pod_type, POD_TEXT, .fallback = NULL },
	UNSUPPORTED_FIELDS(value_without_effect, without_effect_type),
	{ .name = NULL },
};

const struct value_type node_type = {
	.name = "Node",
	.shape = VALUE_OBJECT,
	.fields = node_fields,
	.choice = CHOICE_ONE,
};
const struct value_type defaults_type = { .name = "Defaults", .shape = VALUE_OBJECT, .fields = default_fields };

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
