#include "render/lab/settings.h"

#include "base/text.h"
#include "render/lab/links.h"
#include "render/lab/machine_fields.h"
#include "render/lab/pod_fields.h"
#include "render/lab/srl_fields.h"
#include "render/lab/values.h"
#include "render/lab/vm_fields.h"

#define VM_TEXT "A virtual machine of KubeVirt's."
#define POD_TEXT "A container, as a Deployment of one pod."
#define SRL_TEXT "Nokia's SR Linux in a container."
#define OTHER_TEXT "A node type of KNL's that labsync does not build."

static const void *vm_read(struct reader *reader, const struct yaml_pair *pair)
{
	return object_read(reader, pair->value, "vm", &vm_type);
}

static const void *pod_read(struct reader *reader, const struct yaml_pair *pair)
{
	return object_read(reader, pair->value, "pod", &pod_type);
}

static const void *srl_read(struct reader *reader, const struct yaml_pair *pair)
{
	return object_read(reader, pair->value, "srl", &srl_type);
}

static const void *machine_read(struct reader *reader, const struct yaml_pair *pair)
{
	return object_read(reader, pair->value, "virtualMachine", &virtual_machine_type);
}

static const void *link_defaults_read(struct reader *reader, const struct yaml_pair *pair)
{
	return object_read(reader, pair->value, "link", &link_defaults_type);
}

void node_type_refuse(struct reader *reader, size_t line, size_t column, const char *name)
{
	reader_error(reader, line, column, "node type \"%s\" is not built by labsync; %s", name,
		     node_type_substitute(name));
}

static const void *unsupported_read(struct reader *reader, const struct yaml_pair *pair)
{
	node_type_refuse(reader, pair->line, pair->column, pair->key);
	return pair;
}

static const struct value_type refused_type = { .name = "-", .shape = VALUE_ANY, .standing = VALUE_REFUSED };

#define UNSUPPORTED_FIELD(name, read, type)                                                                          \
	{                                                                                                            \
		name, read, offsetof(struct node_settings, unsupported), &(type), OTHER_TEXT, .fallback = NULL       \
	}

#define UNSUPPORTED_FIELDS(read, type)                                                                               \
	UNSUPPORTED_FIELD("srsim", read, type), UNSUPPORTED_FIELD("vsim", read, type),                               \
		UNSUPPORTED_FIELD("vsri", read, type), UNSUPPORTED_FIELD("magc", read, type)

#define BUILT_FIELDS                                                                                                 \
	{ "vm", vm_read, offsetof(struct node_settings, vm), &vm_type, VM_TEXT, .fallback = NULL },                  \
		{ "pod", pod_read, offsetof(struct node_settings, pod), &pod_type, POD_TEXT, .fallback = NULL },     \
	{                                                                                                            \
		"srl", srl_read, offsetof(struct node_settings, srl), &srl_type, SRL_TEXT, .fallback = NULL          \
	}

static const struct field node_fields[] = {
	BUILT_FIELDS,
	{ "virtualMachine", machine_read, offsetof(struct node_settings, machine), &virtual_machine_type,
	  "A VirtualMachine of KubeVirt's in KubeVirt's own words. labsync adds its name and labels, and a network "
	  "and an "
	  "interface for each link that names the node. Defaults do not reach it. Only in a Lab of labsync.dev.",
	  .fallback = NULL },
	UNSUPPORTED_FIELDS(unsupported_read, refused_type),
	{ .name = NULL },
};

static const struct field default_fields[] = {
	BUILT_FIELDS,
	{ "link", link_defaults_read, offsetof(struct node_settings, link), &link_defaults_type,
	  "What the links have in common.", .fallback = NULL },
	UNSUPPORTED_FIELDS(value_without_effect, without_effect_type),
	{ .name = NULL },
};

const struct value_type node_type = {
	.name = "Node",
	.shape = VALUE_OBJECT,
	.fields = node_fields,
	.choice = CHOICE_ONE,
};
const struct value_type defaults_type = { .name = "NodeDefaults", .shape = VALUE_OBJECT, .fields = default_fields };

void settings_read_node(struct reader *reader, const struct yaml_node *mapping, struct node_settings *settings)
{
	enum layer layer = reader->layer;
	size_t before = reader->errors;

	*settings = (struct node_settings){ .vm = NULL };
	reader->layer = LAYER_NODE;
	fields_read(reader, mapping, "node", node_fields, settings);
	reader->layer = layer;
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

/* One member of all layers, an object of that type, from `merged` on upwards. */
static const void *layers_merge(struct arena *arena, const struct settings_layers *layers,
				const struct value_type *type, size_t member, const void *merged)
{
	for (size_t i = 0; i < layers->count; i++)
		merged = object_overlay(arena, type, merged,
					*(const void *const *)((const char *)layers->items[i] + member));
	return merged;
}

const struct lab_vm *settings_merge_vm(struct arena *arena, const struct settings_layers *layers,
				       const struct node_settings *node)
{
	const void *merged = layers_merge(arena, layers, &vm_type, offsetof(struct node_settings, vm), &vm_built_in);

	return object_overlay(arena, &vm_type, merged, node ? node->vm : NULL);
}

const struct lab_pod *settings_merge_pod(struct arena *arena, const struct settings_layers *layers,
					 const struct node_settings *node)
{
	const void *merged =
		layers_merge(arena, layers, &pod_type, offsetof(struct node_settings, pod), &pod_built_in);

	return object_overlay(arena, &pod_type, merged, node ? node->pod : NULL);
}

const struct lab_srl *settings_merge_srl(struct arena *arena, const struct settings_layers *layers,
					 const struct node_settings *node)
{
	const void *merged =
		layers_merge(arena, layers, &srl_type, offsetof(struct node_settings, srl), &srl_built_in);

	return object_overlay(arena, &srl_type, merged, node ? node->srl : NULL);
}

const struct lab_link_defaults *settings_merge_link(struct arena *arena, const struct settings_layers *layers)
{
	return layers_merge(arena, layers, &link_defaults_type, offsetof(struct node_settings, link), NULL);
}

bool node_type_parse(const char *name, enum node_type *type)
{
	static const char *const names[] = {
		[NODE_VM] = "vm", [NODE_POD] = "pod", [NODE_SRL] = "srl", [NODE_MACHINE] = "virtualMachine"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_equal(name, names[i])) {
			*type = (enum node_type)i;
			return true;
		}
	return false;
}

bool node_type_is_unsupported(const char *name)
{
	const struct field *field = field_find(node_fields, name);

	return field && field->read == unsupported_read;
}
