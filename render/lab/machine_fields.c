#include "render/lab/machine_fields.h"

#include "render/lab/foreign_metadata.h"
#include "render/lab/lab.h"
#include "render/lab/values.h"

static const void *spec_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? pair->value : NULL;
}

static const void *annotations_read(struct reader *reader, const struct yaml_pair *pair)
{
	static const struct foreign_annotation known[] = {
		{ LAB_ANNOTATION_RESTART_POLICY, { "Manual", "Automatic" } },
		{ .key = NULL },
	};

	return foreign_annotations_take(reader, pair, known);
}

#define METADATA_OFFSET(member) offsetof(struct lab_machine_metadata, member)

static const struct field metadata_fields[] = {
	{ "labels", foreign_labels_read, METADATA_OFFSET(labels), &foreign_labels_type,
	  "Labels of the VirtualMachine. Those of its pod stand in the spec, under template.metadata.",
	  .fallback = NULL },
	{ "annotations", annotations_read, METADATA_OFFSET(annotations), &foreign_annotations_type,
	  "Annotations of the VirtualMachine. Of labsync's own " LAB_ANNOTATION_RESTART_POLICY
	  " is taken: with Automatic, "
	  "a change that needs a restart restarts it.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type metadata_type = {
	.name = "MachineMetadata",
	.shape = VALUE_OBJECT,
	.fields = metadata_fields,
	.size = sizeof(struct lab_machine_metadata),
};

static const struct value_type spec_type = { .name = "KubeVirt's VirtualMachineSpec", .shape = VALUE_ANY };

#define OFFSET(member) offsetof(struct lab_machine, member)

static const struct field machine_fields[] = {
	{ "metadata", NULL, OFFSET(metadata), &metadata_type,
	  "Labels and annotations. The name is the node's, and the namespace the lab's.", .fallback = NULL },
	{ "spec", spec_read, OFFSET(spec), &spec_type,
	  "The spec of the VirtualMachine, as KubeVirt has it, with runStrategy and template. What KubeVirt would "
	  "refuse "
	  "is refused at its place. When a link names the node and the spec has no interfaces, the pod network that "
	  "KubeVirt adds to such machines is added with masquerade.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type virtual_machine_type = {
	.name = "KubeVirtMachine",
	.shape = VALUE_OBJECT,
	.fields = machine_fields,
	.size = sizeof(struct lab_machine),
};

const struct yaml_node *machine_template_spec(const struct lab_machine *machine)
{
	return yaml_get(yaml_get(machine->spec, "template"), "spec");
}

static bool is_given(const struct yaml_node *mapping, const char *key)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	return value && value->kind != YAML_NULL;
}

/* False after it told that a list of them is longer than KubeVirt takes. */
static bool lists_fit(struct reader *reader, const char *node, const struct lab_machine *machine)
{
	const struct yaml_node *spec = machine_template_spec(machine);
	const struct yaml_node *devices = yaml_get(yaml_get(spec, "domain"), "devices");
	const struct {
		const struct yaml_node *parent;
		const char *key;
	} lists[] = { { machine->spec, "dataVolumeTemplates" },
		      { spec, "volumes" },
		      { spec, "networks" },
		      { devices, "disks" },
		      { devices, "interfaces" } };
	bool fit = true;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const struct yaml_node *list = yaml_get(lists[i].parent, lists[i].key);

		if (list == NULL || list->kind != YAML_SEQUENCE || list->count <= MACHINE_LIST_MAX)
			continue;
		reader_refuse(reader, list, "virtualMachine \"%s\" has %zu %s; KubeVirt takes at most %d", node,
			      list->count, lists[i].key, MACHINE_LIST_MAX);
		fit = false;
	}
	return fit;
}

const struct lab_machine *machine_settle(struct reader *reader, const char *node, const struct lab_machine *machine)
{
	if (machine->spec == NULL || !lists_fit(reader, node, machine))
		return NULL;
	if (!is_given(machine->spec, "runStrategy") && !is_given(machine->spec, "running"))
		reader_error_at(reader, object_place(&virtual_machine_type, machine, OFFSET(spec)),
				"virtualMachine \"%s\" does not say when it runs; add e.g. \"runStrategy: "
				"RerunOnFailure\" to its spec",
				node);
	return machine;
}
