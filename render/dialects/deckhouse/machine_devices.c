/* All devices of a VM: those of its own list, and those that attachments bring. */
#include "base/text.h"
#include "render/dialects/deckhouse/attachments.h"
#include "render/dialects/deckhouse/devices.h"

static void disk_append(struct machine *machine, const struct yaml_node *disk, const struct yaml_node *at)
{
	if (disk)
		tree_append(machine->arena, tree_list_at(machine->arena, machine->vm, "disks", at), disk);
}

static bool has_boot_order(const struct value_list *devices)
{
	for (size_t i = 0; i < devices->count; i++)
		if (((const struct device_reference *)devices->items[i])->boot_order)
			return true;
	return false;
}

static void own_devices_set(struct machine *machine)
{
	const struct value_list *devices = machine->spec->devices;
	const struct yaml_node *list = yaml_get(machine->document->spec, "blockDeviceRefs");
	bool is_explicit = has_boot_order(devices);

	for (size_t i = 0; i < devices->count; i++) {
		const struct device_reference *reference = devices->items[i];
		const struct yaml_node *name = yaml_get(list->items[i], "name"),
				       *order = yaml_get(list->items[i], "bootOrder");
		const struct device device = {
			.kind = reference->kind,
			.name = reference->name,
			.at = name,
			.boot_order = !is_explicit            ? (int64_t)i + 1
				      : reference->boot_order ? *reference->boot_order
							      : 0,
			.boot_order_at = reference->boot_order ? order : name,
		};

		disk_append(machine, device_build(machine->translation, machine, &device), name);
	}
}

/* What is wrong with an attachment is told where it stands; here, that the VM would lack it. */
static void attachment_refuse(const struct machine *machine, const struct fact *fact)
{
	reader_refuse(machine->translation->reader, machine->name,
		      DECKHOUSE_ATTACHMENT " \"%s\" of this VM has errors; see %s:%zu", fact->name, fact->place.path,
		      fact->place.line);
}

static void attached_set(struct machine *machine, const struct fact *fact, const struct attachment_spec *attachment)
{
	cleanup(diagnostics) struct diagnostics told = DIAGNOSTICS_INIT;
	struct reader quiet = *machine->translation->reader;
	struct translation translation = *machine->translation;
	const struct device device = { .kind = attachment->device->kind,
				       .name = attachment->device->name,
				       .at = machine->name,
				       .presence = DEVICE_ATTACHED };
	const struct yaml_node *disk;

	quiet.diagnostics = &told;
	quiet.errors = 0;
	translation.reader = &quiet;
	disk = device_build(&translation, machine, &device);
	if (disk == NULL || quiet.errors)
		attachment_refuse(machine, fact);
	else
		disk_append(machine, disk, machine->name);
}

void machine_say_names(const struct fact *document, struct facts *facts)
{
	const struct yaml_node *list = yaml_get(document->spec, "blockDeviceRefs");

	for (size_t i = 0; list && list->kind == YAML_SEQUENCE && i < list->count; i++)
		facts_note_saying(facts, document, yaml_get(list->items[i], "name"));
	facts_note_saying(facts, document, yaml_get(document->spec, "virtualMachineIPAddressName"));
}

void machine_set_devices(struct machine *machine)
{
	const struct translation *translation = machine->translation;
	const struct fact *fact;
	size_t at = 0;

	own_devices_set(machine);
	while ((fact = facts_next_saying(translation->facts, DECKHOUSE, DECKHOUSE_ATTACHMENT,
					 translation->namespace_name, machine->document->name, &at))) {
		const struct attachment_spec *attachment;

		if (!attachment_is_of(fact, machine->document->name))
			continue;
		attachment = deckhouse_fact(translation->reader, fact, &attachment_spec_type);
		if (attachment == NULL)
			attachment_refuse(machine, fact);
		else if (!machine_has_device(machine->spec, attachment->device->kind, attachment->device->name) &&
			 attachment_first(translation, fact, attachment) == fact)
			attached_set(machine, fact, attachment);
	}
}
