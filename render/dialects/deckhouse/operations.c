#include "render/dialects/deckhouse/operations.h"

#include "base/text.h"
#include "render/dialects/deckhouse/machines.h"

static bool is_type(const struct operation_spec *spec, const char *type)
{
	return text_equal(spec->type, type);
}

static bool is_forced(const struct operation_spec *spec)
{
	return spec->force && *spec->force;
}

static const struct deckhouse_member members[] = {
	{ "Restore", "restore", .is_optional = false },
	{ "Clone", "clone", .is_optional = false },
	{ .name = NULL },
};

static void force_set(struct translation *translation, const struct fact *document, const struct operation_spec *spec,
		      struct yaml_node *operation)
{
	struct reader *reader = translation->reader;
	const struct yaml_node *force = yaml_get(document->spec, "force");

	if (!is_forced(spec))
		return;
	if (is_type(spec, "Stop") || is_type(spec, "Restart"))
		tree_set(reader->arena, operation, "gracePeriodSeconds", tree_integer(reader->arena, force, 0));
	else if (is_type(spec, "Evict") || is_type(spec, "Migrate"))
		reader_warn(
			reader, force->line, force->column,
			"force has no effect on a migration; let the guest be slowed down by \"liveMigrationPolicy: "
			"PreferForced\" in the VirtualMachine");
	else
		reader_refuse(reader, force, "%s cannot be forced; remove force", spec->type);
}

/* Of a VM that is not in the repository, nothing is known, and KubeVirt decides. */
static void policy_check(struct translation *translation, const struct fact *document,
			 const struct operation_spec *spec)
{
	const struct fact *fact = facts_find(translation->facts, DECKHOUSE, DECKHOUSE_MACHINE,
					     translation->namespace_name, spec->machine);
	const struct machine_spec *machine =
		fact ? deckhouse_fact(translation->reader, fact, &machine_spec_type) : NULL;
	bool power = is_type(spec, "Start") || is_type(spec, "Stop");
	bool off, on;

	if (machine == NULL || is_type(spec, "Restore") || is_type(spec, "Clone"))
		return;
	off = text_equal(machine->run_policy, "AlwaysOff");
	on = text_equal(machine->run_policy, "AlwaysOn") && power;
	if (off || on)
		reader_refuse(translation->reader, yaml_get(document->spec, "type"),
			      "%s does not go with runPolicy %s of VirtualMachine \"%s\"; use runPolicy "
			      "AlwaysOnUnlessStoppedManually or Manual",
			      spec->type, machine->run_policy, spec->machine);
}

/* The last word on the new VM's name has a renaming of the VM; NULL when there is none. */
static const char *renamed(struct translation *translation, const struct fact *document,
			   const struct operation_spec *spec)
{
	const struct yaml_node *list = yaml_get(yaml_get(document->spec, "clone"), "nameReplacement");
	const char *to = NULL;

	for (size_t i = 0; spec->clone->renamings && i < spec->clone->renamings->count; i++) {
		const struct operation_renaming *renaming = spec->clone->renamings->items[i];
		const char *kind = renaming->from->kind;

		if ((kind == NULL || text_equal(kind, DECKHOUSE_MACHINE)) &&
		    text_equal(renaming->from->name, spec->machine))
			to = renaming->to;
		else
			reader_warn(translation->reader, list->items[i]->line, list->items[i]->column,
				    "the new name of %s \"%s\" has no effect, since KubeVirt names the copies of "
				    "disks itself",
				    kind ? kind : "the object", renaming->from->name);
	}
	return to;
}

static void clone_set(struct translation *translation, const struct fact *document, const struct operation_spec *spec,
		      struct yaml_node *operation)
{
	struct arena *arena = translation->reader->arena;
	const struct operation_customization *custom = spec->clone->customization;
	const struct yaml_node *at = yaml_get(document->spec, "clone");
	const char *prefix = custom && custom->prefix ? custom->prefix : "",
		   *suffix = custom && custom->suffix ? custom->suffix : "",
		   *target = renamed(translation, document, spec);

	if (target == NULL)
		target = arena_format(arena, "%s%s%s", prefix, spec->machine, suffix);
	if (text_equal(target, spec->machine))
		reader_refuse(translation->reader, at,
			      "the copy of VirtualMachine \"%s\" has no name of its own; add nameReplacement, or "
			      "customization with namePrefix or nameSuffix",
			      spec->machine);
	tree_set(arena, operation, "target", tree_text(arena, at, target));
}

void operation_translate(struct translation *translation, const struct fact *document)
{
	struct arena *arena = translation->reader->arena;
	const struct operation_spec *spec = deckhouse_read(translation->reader, document, &operation_spec_type);
	const struct yaml_node *name = yaml_get(document->metadata, "name");
	struct yaml_node *operation;
	size_t before = translation->reader->errors;

	if (spec == NULL)
		return;
	deckhouse_members_check(translation->reader, document->spec, spec->type, members);
	if (translation->reader->errors > before)
		return;
	policy_check(translation, document, spec);
	operation = translation_add_operation(translation, document->name, spec->machine, spec->type, name);
	tree_set(arena, operation, "virtualMachine", yaml_get(document->spec, "virtualMachineName"));
	tree_set(arena, operation, "type", yaml_get(document->spec, "type"));
	force_set(translation, document, spec, operation);
	if (spec->restore)
		tree_set(arena, operation, "snapshot",
			 yaml_get(yaml_get(document->spec, "restore"), "virtualMachineSnapshotName"));
	if (spec->clone)
		clone_set(translation, document, spec, operation);
}
