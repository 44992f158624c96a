/* A VirtualMachine as a node of a Lab. */
#include "base/text.h"
#include "render/dialects/deckhouse/addresses.h"
#include "render/dialects/deckhouse/classes.h"
#include "render/dialects/deckhouse/machines.h"
#include "render/dialects/mapping.h"

enum { GRACE_DEFAULT = 60 };

bool machine_is_paravirtualized(const struct machine_spec *spec)
{
	return spec->paravirtualized == NULL || *spec->paravirtualized;
}

struct yaml_node *machine_patch_list(struct machine *machine, const char *list, const struct yaml_node *at)
{
	static const char *const path[] = { "spec", "template", "spec", "domain", "devices", NULL };
	struct yaml_node *mapping = tree_mapping_at(machine->arena, machine->vm, "patch", at);

	for (size_t i = 0; path[i]; i++)
		mapping = tree_mapping_at(machine->arena, mapping, path[i], at);
	return tree_list_at(machine->arena, mapping, list, at);
}

bool machine_has_device(const struct machine_spec *spec, const char *kind, const char *name)
{
	for (size_t i = 0; spec->devices && i < spec->devices->count; i++) {
		const struct device_reference *device = spec->devices->items[i];

		if (text_equal(device->kind, kind) && text_equal(device->name, name))
			return true;
	}
	return false;
}

static const struct yaml_node *value(const struct machine *machine, const char *key)
{
	return yaml_get(machine->document->spec, key);
}

/* The place of a field, or of the VM's name when it is not given. */
static const struct yaml_node *place(const struct machine *machine, const char *key)
{
	const struct yaml_node *given = value(machine, key);

	return given && given->kind != YAML_NULL ? given : machine->name;
}

static void text_set(struct machine *machine, const char *key, const struct yaml_node *at, const char *text)
{
	tree_set(machine->arena, machine->vm, key, tree_text(machine->arena, at, text));
}

/* AlwaysOnUnlessStoppedManually may be stopped by hand and by the guest, which Always would undo. */
static void life_set(struct machine *machine)
{
	static const char *const strategies[][2] = {
		{ "AlwaysOnUnlessStoppedManually", "RerunOnFailure" },
		{ "AlwaysOn", "Always" },
		{ "Manual", "Manual" },
		{ "AlwaysOff", "Halted" },
	};
	const char *policy = machine->spec->run_policy ? machine->spec->run_policy : strategies[0][0];
	const struct yaml_node *approval = yaml_get(value(machine, "disruptions"), "restartApprovalMode"),
			       *grace = place(machine, "terminationGracePeriodSeconds");

	for (size_t i = 0; i < sizeof(strategies) / sizeof(strategies[0]); i++)
		if (text_equal(strategies[i][0], policy))
			text_set(machine, "runStrategy", place(machine, "runPolicy"), strategies[i][1]);
	if (machine->spec->disruptions && machine->spec->disruptions->approval)
		text_set(machine, "restartPolicy", approval, machine->spec->disruptions->approval);
	tree_set(machine->arena, machine->vm, "terminationGracePeriodSeconds",
		 tree_integer(machine->arena, grace,
			      machine->spec->grace_period ? *machine->spec->grace_period : GRACE_DEFAULT));
}

static void firmware_set(struct machine *machine)
{
	struct arena *arena = machine->arena;
	const struct yaml_node *at = place(machine, "bootloader");
	bool secure = text_equal(machine->spec->bootloader, "EFIWithSecureBoot");
	struct yaml_node *firmware;

	if (!secure && !text_equal(machine->spec->bootloader, "EFI"))
		return;
	firmware = tree_mapping_at(arena, machine->vm, "firmware", at);
	tree_set(arena, firmware, "bootloader", tree_text(arena, at, "efi"));
	if (secure) {
		tree_set(arena, firmware, "secureBoot", tree_boolean(arena, at, true));
		tree_set(arena, firmware, "persistent", tree_boolean(arena, at, true));
	}
}

static void guest_set(struct machine *machine)
{
	const struct yaml_node *at = place(machine, "osType");

	if (text_equal(machine->spec->os_type, "Windows"))
		text_set(machine, "guestOS", at, "windows");
	else
		tree_set(machine->arena, machine->vm, "rng", tree_boolean(machine->arena, at, true));
}

/* False after it told that there is no such class. */
static bool class_find(struct machine *machine)
{
	struct translation *translation = machine->translation;
	const char *name = machine->spec->class_name;
	const struct yaml_node *at = value(machine, "virtualMachineClassName");
	const void *class = NULL;

	if (facts_find(translation->facts, DECKHOUSE, DECKHOUSE_CLASS, NULL, name) == NULL &&
	    mapping_class(translation->facts, name))
		return true;
	if (!deckhouse_find(translation, DECKHOUSE_CLASS, at, name, &class_spec_type,
			    "add it, or say what it stands for by classes of a Mapping", &class))
		return false;
	machine->class = class;
	return true;
}

/* What Deckhouse has no word for: everything reaches the guest, and no Service is made. */
static void silence_set(struct machine *machine)
{
	struct arena *arena = machine->arena;

	tree_set(arena, machine->vm, "rootDisk", tree_boolean(arena, machine->name, false));
	tree_set(arena, machine->vm, "ports", tree_list(arena, machine->name));
}

void machine_translate(struct translation *translation, const struct fact *document)
{
	struct machine machine = { .translation = translation,
				   .arena = translation->reader->arena,
				   .document = document,
				   .name = yaml_get(document->metadata, "name") };

	machine.spec = deckhouse_read(translation->reader, document, &machine_spec_type);
	if (!translation_name_is_label(translation, document) || machine.spec == NULL || !class_find(&machine))
		return;
	machine.vm = translation_add_node(translation, document->name, "vm", machine.name);
	if (machine.vm == NULL)
		return;
	silence_set(&machine);
	machine_set_processor(&machine);
	machine_set_devices(&machine);
	machine_set_init(&machine);
	life_set(&machine);
	firmware_set(&machine);
	guest_set(&machine);
	machine_set_placement(&machine);
	machine_set_interfaces(&machine);
	machine_set_usb_devices(&machine);
	machine_set_migration(&machine);
	machine_set_address(&machine);
	translation_take_metadata(translation, document, document->name, machine.vm);
}
