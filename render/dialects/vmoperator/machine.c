#include "render/dialects/vmoperator/machine.h"

#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/vmoperator/versions.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/document.h"
#include "render/lab/values.h"

static const struct field machine_document_fields[] = { DIALECT_DOCUMENT_FIELDS(
	vsphere_machine_spec_type, "The VM: its class, image, storage, network, first boot and power state.") };

const struct value_type machine_document_type = {
	.name = "VirtualMachine",
	.shape = VALUE_OBJECT,
	.fields = machine_document_fields,
};

struct yaml_node *machine_place(const struct machine *machine, size_t offset)
{
	return field_place(machine->arena, &vsphere_machine_spec_type, machine->spec, offset);
}

const char *provider_name(enum provider provider)
{
	static const char *const names[] = {
		[PROVIDER_NONE] = "no bootstrap provider",
		[PROVIDER_CLOUD_INIT] = "CloudInit",
		[PROVIDER_LINUX_PREP] = "LinuxPrep",
		[PROVIDER_SYSPREP] = "Sysprep",
	};

	return names[provider];
}

struct yaml_node *machine_user_data(const struct machine *machine)
{
	struct yaml_node *data = yaml_get(yaml_get(machine->vm, "cloudInit"), "userData");

	return data && data->kind == YAML_MAPPING ? data : NULL;
}

static void basics_set(struct machine *machine)
{
	const struct yaml_node *at = machine->document->root;
	struct arena *arena = machine->arena;

	/* Without it the guest has the worker's processor, and can hardly be moved. */
	tree_set(arena, machine->vm, "evictionStrategy", tree_text(arena, at, "LiveMigrateIfPossible"));
	/* A VirtualMachineService says what reaches the VM. */
	tree_set(arena, machine->vm, "ports", tree_list(arena, at));
}

/* The document's metadata, and what of it is labsync's to know. */
static void metadata_take(struct machine *machine)
{
	static const char *const used[] = { DIALECT_ANNOTATION_LINKS, NULL };

	translation_take_metadata(machine->translation, machine->document, machine->document->name, machine->vm);
	annotation_make_field(machine->arena, machine->vm, DIALECT_ANNOTATION_DISK_POLICY, "diskPolicy");
	annotation_make_field(machine->arena, machine->vm, DIALECT_ANNOTATION_RESTART_POLICY, "restartPolicy");
	annotation_tell_unused(machine->translation, machine->document, used);
}

static void parts_take(struct machine *machine)
{
	basics_set(machine);
	if (!machine_take_class(machine))
		return;
	machine_take_disks(machine);
	machine_take_firmware(machine);
	machine_take_bootstrap(machine);
	machine_take_network(machine);
	machine_take_power(machine);
	machine_take_placement(machine);
	machine_take_probe(machine);
	machine_take_identity(machine);
	machine_take_immutable(machine);
	metadata_take(machine);
}

void vsphere_machine_translate(struct translation *translation, const struct fact *document)
{
	struct reader *reader = translation->reader;
	struct machine machine = {
		.translation = translation, .reader = reader, .arena = reader->arena, .document = document
	};
	size_t before = reader->errors;

	if (document->spec == NULL) {
		reader_refuse(reader, document->root,
			      "VirtualMachine has no spec; add className, imageName and storageClass");
		return;
	}
	if (!translation_name_is_label(translation, document) || !version_check(reader, document))
		return;
	machine.spec = object_read(reader, document->spec, "spec", &vsphere_machine_spec_type);
	if (reader->errors > before)
		return;
	machine.vm = translation_add_node(translation, document->name, "vm", document->root);
	if (machine.vm)
		parts_take(&machine);
}
