/* The table of VirtualMachineOperation. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/deckhouse/operations.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/values.h"

enum { RENAMINGS_MAX = 64 };

static const char *const types[] = { "Start", "Stop", "Restart", "Evict", "Migrate", "Restore", "Clone", NULL };
static const struct value_type type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = types };
static const char *const modes[] = { "Strict", "BestEffort", "DryRun", NULL };
static const struct value_type mode_type = { .name = "text", .shape = VALUE_TEXT, .allowed = modes };

/* KubeVirt restores and clones all or nothing, and never only looks whether it could. */
static const void *mode_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *mode = value_read(reader, pair, &mode_type);

	if (text_equal(mode, "DryRun"))
		return reader_refuse(reader, pair->value,
				     "mode DryRun cannot be had, since KubeVirt does not try first; use Strict");
	if (text_equal(mode, "BestEffort"))
		reader_warn(reader, pair->value->line, pair->value->column,
			    "mode BestEffort is as good as Strict, since KubeVirt does all or nothing");
	return mode;
}

#define MODE_TEXT "Strict: all or nothing. BestEffort is the same here, with a warning; DryRun is refused."

static const struct field restore_fields[] = {
	{ "mode", mode_read, offsetof(struct operation_restore, mode), &mode_type, MODE_TEXT,
	  .presence = FIELD_REQUIRED },
	{ "virtualMachineSnapshotName", object_name_read, offsetof(struct operation_restore, snapshot),
	  &object_name_type, "The snapshot: a VirtualMachineSnapshot of KubeVirt's.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type restore_type = {
	.name = "DeckhouseRestore",
	.shape = VALUE_OBJECT,
	.fields = restore_fields,
	.size = sizeof(struct operation_restore),
};

static const struct field customization_fields[] = {
	{ "namePrefix", NULL, offsetof(struct operation_customization, prefix), &text_type,
	  "What the new VM's name begins with, before the old one's.", .fallback = NULL },
	{ "nameSuffix", NULL, offsetof(struct operation_customization, suffix), &text_type,
	  "What the new VM's name ends with, after the old one's.", .fallback = NULL },
	{ .name = NULL },
};

static const struct field renamed_fields[] = {
	{ "kind", NULL, offsetof(struct operation_renamed, kind), &text_type,
	  "What is renamed. Only VirtualMachine has an effect: KubeVirt names the copies of disks itself. Without "
	  "it, whatever has the name.",
	  .fallback = NULL },
	{ "name", object_name_read, offsetof(struct operation_renamed, name), &object_name_type, "Its name.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type customization_type = {
	.name = "DeckhouseCloneCustomization",
	.shape = VALUE_OBJECT,
	.fields = customization_fields,
	.size = sizeof(struct operation_customization),
};
static const struct value_type renamed_type = {
	.name = "DeckhouseRenamed",
	.shape = VALUE_OBJECT,
	.fields = renamed_fields,
	.size = sizeof(struct operation_renamed),
};

static const struct field renaming_fields[] = {
	{ "from", NULL, offsetof(struct operation_renaming, from), &renamed_type, "What is renamed.",
	  .presence = FIELD_REQUIRED },
	{ "to", host_name_read, offsetof(struct operation_renaming, to), &host_name_type, "The new name.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type renaming_type = {
	.name = "DeckhouseRenaming",
	.shape = VALUE_OBJECT,
	.fields = renaming_fields,
	.size = sizeof(struct operation_renaming),
};
static const struct value_type renamings_type = {
	.shape = VALUE_LIST,
	.items = &renaming_type,
	.items_max = RENAMINGS_MAX,
};

#define CLONE(member) offsetof(struct operation_clone, member)

static const struct field clone_fields[] = {
	{ "customization", NULL, CLONE(customization), &customization_type,
	  "The new VM's name, made of the old one's.", .fallback = NULL },
	{ "mode", mode_read, CLONE(mode), &mode_type, MODE_TEXT, .presence = FIELD_REQUIRED },
	{ "nameReplacement", NULL, CLONE(renamings), &renamings_type, "New names.", .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type clone_type = {
	.name = "DeckhouseClone",
	.shape = VALUE_OBJECT,
	.fields = clone_fields,
	.size = sizeof(struct operation_clone),
};

static const void *migrate_read(struct reader *reader, const struct yaml_pair *pair)
{
	return reader_refuse(reader, pair->value,
			     "migrate.nodeSelector cannot be had for one migration; write nodeSelector in the "
			     "VirtualMachine, and remove migrate");
}

#define OFFSET(member) offsetof(struct operation_spec, member)

static const struct field operation_fields[] = {
	{ "clone", NULL, OFFSET(clone), &clone_type, "What the copy is called; of type Clone.", .fallback = NULL },
	{ "force", value_boolean, OFFSET(force), &boolean_type,
	  "Gives the guest no time to shut down; of types Stop and Restart. For migrations it has no effect: that is "
	  "liveMigrationPolicy of the VM.",
	  .fallback = "false" },
	{ "migrate", migrate_read, OFFSET(nothing), &deckhouse_refused_type,
	  "Refused: KubeVirt finds the worker that a VM migrates to.", .fallback = NULL },
	{ "restore", NULL, OFFSET(restore), &restore_type, "What is restored; of type Restore.", .fallback = NULL },
	{ "type", NULL, OFFSET(type), &type_type, "What is done. Evict and Migrate are both a live migration.",
	  .presence = FIELD_REQUIRED },
	{ "virtualMachineName", object_name_read, OFFSET(machine), &object_name_type, "The VM that it is done to.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

const struct value_type operation_spec_type = {
	.name = "DeckhouseOperation",
	.shape = VALUE_OBJECT,
	.fields = operation_fields,
	.size = sizeof(struct operation_spec),
};
