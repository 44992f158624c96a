/* VirtualMachines, pools of them, and their disks. */
#include "render/dialects/kubevirt/kubevirt.h"

void kubevirt_machine_translate(struct translation *translation, const struct fact *document)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *node, *metadata;

	if (!kubevirt_has_spec(translation, document) || !translation_name_is_label(translation, document))
		return;
	node = translation_add_node(translation, document->name, "virtualMachine",
				    yaml_get(document->metadata, "name"));
	if (node == NULL)
		return;
	kubevirt_version(translation, document);
	kubevirt_tell_unused(translation, document);
	metadata = tree_mapping(arena, document->metadata);
	translation_take_metadata(translation, document, document->name, metadata);
	if (metadata->count)
		tree_set(arena, node, "metadata", metadata);
	tree_set(arena, node, "spec", mend_machine_spec(translation, document->spec, "spec"));
}

void kubevirt_pool_translate(struct translation *translation, const struct fact *document)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *machine = yaml_get(document->spec, "virtualMachineTemplate");
	struct yaml_node *spec;

	if (!kubevirt_has_spec(translation, document))
		return;
	spec = tree_copy(arena, document->spec);
	if (machine && machine->kind == YAML_MAPPING) {
		machine = mend_pool_template(translation, machine);
		tree_set(arena, spec, "virtualMachineTemplate", machine);
		pool_check_shared(translation, spec, machine);
	}
	kubevirt_add_object(translation, document, spec);
}

void kubevirt_data_volume_translate(struct translation *translation, const struct fact *document)
{
	if (kubevirt_has_spec(translation, document))
		kubevirt_add_object(translation, document,
				    yaml_get(mend_data_volume(translation, document->root), "spec"));
}
