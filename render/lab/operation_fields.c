#include "render/lab/operation_fields.h"

#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/lab_names.h"
#include "render/lab/values.h"

enum { GRACE_PERIOD_MAX = 24 * 60 * 60 };

static const struct value_type operation_type_type = {
	.name = "text",
	.shape = VALUE_TEXT,
	.allowed = operation_type_names,
};
static const struct value_type grace_period_type = {
	.name = "seconds",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = GRACE_PERIOD_MAX,
};

#define OFFSET(member) offsetof(struct lab_operation, member)

static const struct field operation_fields[] = {
	{ "name", host_name_read, OFFSET(name), &host_name_type,
	  "The operation's name, unique in the lab. What was done under a name is not done again; to do it once "
	  "more, "
	  "give another name.",
	  .presence = FIELD_REQUIRED },
	{ "virtualMachine", object_name_read, OFFSET(machine), &object_name_type,
	  "The node that it is done to, of type vm or virtualMachine. With objectNames: plain, also any "
	  "VirtualMachine of the namespace.",
	  .presence = FIELD_REQUIRED },
	{ "type", NULL, OFFSET(type_name), &operation_type_type,
	  "What is done. SoftReboot asks the guest, Reset does not, and Restart starts the machine anew. Evict is "
	  "Migrate. Restore and Clone are made by KubeVirt from a snapshot and from the machine.",
	  .presence = FIELD_REQUIRED },
	{ "gracePeriodSeconds", NULL, OFFSET(grace_period), &grace_period_type,
	  "How long Stop gives the guest to shut down. Of Restart only 0: not at all.", .fallback = NULL },
	{ "snapshot", object_name_read, OFFSET(snapshot), &object_name_type,
	  "The VirtualMachineSnapshot that Restore goes back to, or that Snapshot makes: without it, one of the "
	  "operation's name.",
	  .fallback = NULL },
	{ "target", host_name_read, OFFSET(target), &host_name_type,
	  "The VirtualMachine that Clone makes, which is the lab's no more than one made by hand. It is named as a "
	  "node would be.",
	  .fallback = NULL },
	{ .name = NULL },
};

static const struct value_type operation_type = {
	.name = "Operation",
	.shape = VALUE_OBJECT,
	.fields = operation_fields,
	.size = sizeof(struct lab_operation),
};
const struct value_type operations_type = {
	.shape = VALUE_LIST,
	.items = &operation_type,
	.items_max = OPERATIONS_MAX,
};

const void *operations_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *list = value_read(reader, pair, &operations_type);

	return reader->errors > before ? NULL : list;
}

static const struct place *place_of(const struct lab_operation *operation, size_t offset)
{
	return object_place(&operation_type, operation, offset);
}

static bool is_machine(const struct lab_node *node)
{
	return node->type == NODE_VM || node->type == NODE_MACHINE;
}

/* The nodes that an operation can be of. */
static const char **machine_names(struct reader *reader, const struct lab *lab)
{
	const char **names = arena_new(reader->arena, (lab->node_count + 1) * sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < lab->node_count; i++)
		if (is_machine(&lab->nodes[i]))
			names[count++] = lab->nodes[i].name;
	return names;
}

static void unknown_machine(struct reader *reader, const struct lab *lab, const struct lab_operation *operation)
{
	const struct place *place = place_of(operation, OFFSET(machine));
	const char *nearest = text_nearest(operation->machine, machine_names(reader, lab));

	if (nearest)
		reader_error_at(
			reader, place,
			"operation \"%s\" is of virtualMachine %s, which is no node of this lab; did you mean "
			"\"%s\"?",
			operation->name, reader_quote(reader, operation->machine), nearest);
	else
		reader_error_at(
			reader, place,
			"operation \"%s\" is of virtualMachine %s, which is no node of this lab; name one, or "
			"set objectNames: plain to name any VirtualMachine of the namespace",
			operation->name, reader_quote(reader, operation->machine));
}

static void machine_settle(struct reader *reader, const struct lab *lab, struct lab_operation *operation)
{
	const struct lab_node *node = lab_node_find(lab, operation->machine);

	if (node && !is_machine(node))
		reader_error_at(reader, place_of(operation, OFFSET(machine)),
				"operation \"%s\" is of node \"%s\", which is no virtual machine; name another node",
				operation->name, node->name);
	else if (node)
		operation->machine_object = node->object_name;
	else if (lab->plain_names)
		operation->machine_object = operation->machine;
	else
		unknown_machine(reader, lab, operation);
}

/* Tells that the field, if it is there, is not of operations of this type. */
static void field_refuse(struct reader *reader, const struct lab_operation *operation, size_t offset,
			 const char *field, const char *owners)
{
	if (field_is_set(operation, offset))
		reader_error_at(reader, place_of(operation, offset),
				"%s is of %s, and operation \"%s\" is a %s; remove it", field, owners,
				operation->name, operation->type_name);
}

static void grace_period_check(struct reader *reader, const struct lab_operation *operation)
{
	if (operation->type != OPERATION_STOP && operation->type != OPERATION_RESTART)
		field_refuse(reader, operation, OFFSET(grace_period), "gracePeriodSeconds", "Stop and Restart");
	else if (operation->type == OPERATION_RESTART && operation->grace_period && *operation->grace_period != 0)
		reader_error_at(
			reader, place_of(operation, OFFSET(grace_period)),
			"gracePeriodSeconds of a Restart can only be 0, which is all that KubeVirt takes; use 0, or "
			"remove it");
}

static void snapshot_settle(struct reader *reader, struct lab_operation *operation)
{
	if (operation->type == OPERATION_SNAPSHOT && operation->snapshot == NULL)
		operation->snapshot = operation->name;
	else if (operation->type == OPERATION_RESTORE && operation->snapshot == NULL)
		reader_error_at(
			reader, &operation->settings.place,
			"operation \"%s\" is a Restore without a snapshot; name the VirtualMachineSnapshot to go "
			"back to",
			operation->name);
	else if (operation->type != OPERATION_SNAPSHOT && operation->type != OPERATION_RESTORE)
		field_refuse(reader, operation, OFFSET(snapshot), "snapshot", "Snapshot and Restore");
}

static void target_settle(struct reader *reader, const struct lab *lab, struct lab_operation *operation)
{
	const struct place *place = place_of(operation, OFFSET(target));

	if (operation->type != OPERATION_CLONE) {
		field_refuse(reader, operation, OFFSET(target), "target", "Clone");
	} else if (operation->target == NULL) {
		reader_error_at(reader, &operation->settings.place,
				"operation \"%s\" is a Clone without a target; name the VirtualMachine that it makes",
				operation->name);
	} else if (lab_node_find(lab, operation->target) || text_equal(operation->target, operation->machine)) {
		reader_error_at(reader, place,
				"target %s of operation \"%s\" is there already; choose a name that is not a node's",
				reader_quote(reader, operation->target), operation->name);
	} else {
		operation->target_object =
			lab_object_name(reader, lab, "target", operation->target, place->line, place->column);
	}
}

static void unique_check(struct reader *reader, const struct lab_operation *operations, size_t index)
{
	const struct lab_operation *operation = &operations[index];

	for (size_t i = 0; i < index; i++) {
		const struct place *other = place_of(&operations[i], OFFSET(name));

		if (!text_equal(operations[i].name, operation->name))
			continue;
		reader_error_at(reader, place_of(operation, OFFSET(name)),
				"two operations are named \"%s\", the other at %s:%zu:%zu; rename one",
				operation->name, other->path, other->line, other->column);
		return;
	}
}

static void operation_settle(struct reader *reader, const struct lab *lab, struct lab_operation *operation)
{
	operation_type_parse(operation->type_name, &operation->type);
	machine_settle(reader, lab, operation);
	grace_period_check(reader, operation);
	snapshot_settle(reader, operation);
	target_settle(reader, lab, operation);
}

void operations_settle(struct reader *reader, const struct value_list *list, struct lab *lab)
{
	struct lab_operation *operations;

	if (list == NULL)
		return;
	operations = arena_new(reader->arena, (list->count + 1) * sizeof(*operations));
	for (size_t i = 0; i < list->count; i++) {
		operations[i] = *(const struct lab_operation *)list->items[i];
		operation_settle(reader, lab, &operations[i]);
		unique_check(reader, operations, i);
	}
	lab->operations = operations;
	lab->operation_count = list->count;
}
