/* A lab's operations: which are to be done, decided before anything is. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "sync/operation.h"
#include "sync/plan.h"

/* What they leave in a ledger has its place in one ConfigMap. */
enum { OPERATIONS_MAX = 1000 };

bool plan_operation_is_open(const struct plan_operation *operation)
{
	return operation->stage == STAGE_DUE || operation->stage == STAGE_BEGUN;
}

const struct plan_operation *lab_plan_open_operation(const struct lab_plan *lab)
{
	for (size_t i = 0; i < lab->operation_count; i++)
		if (plan_operation_is_open(&lab->operations[i]))
			return &lab->operations[i];
	return NULL;
}

void plan_operation_set(struct plan_operation *operation, enum operation_stage stage, const char *message)
{
	char *copy = string_copy(message);

	free(operation->message);
	operation->stage = stage;
	operation->message = copy;
}

struct needs {
	const struct lab_plan *lab;
	const struct desired_lab *of;
};

/* What another lab is to note down is kept until it has. */
static bool is_needed(const void *data, const char *name)
{
	const struct needs *needs = data;

	for (size_t i = 0; i < needs->of->operation_count && i < OPERATIONS_MAX; i++)
		if (text_equal(needs->of->operations[i].name, name))
			return true;
	for (size_t i = 0; i < needs->lab->given_line_count; i++)
		if (text_equal(needs->lab->given_lines[i].operation, name))
			return true;
	return false;
}

/* A line of the ledger that could not be read has no digest to compare. */
static bool has_other_content(const struct ledger_entry *entry, const struct rendered_operation *wanted)
{
	cleanup(free) char *digest = operation_digest_new(wanted);

	return !text_equal(entry->digest, digest) && !text_equal(entry->digest, "-");
}

static void decide(struct plan_operation *operation, const struct lab_plan *lab)
{
	const struct rendered_operation *wanted = operation->wanted;
	const struct ledger_entry *entry = ledger_find(&lab->inventory->operations, wanted->name);

	if (entry && has_other_content(entry, wanted))
		plan_operation_set(operation, STAGE_CHANGED, NULL);
	else if (entry)
		plan_operation_set(operation, ledger_state_is_final(entry->state) ? STAGE_SETTLED : STAGE_BEGUN,
				   NULL);
	else if (lab->powered_off && operation_is_about_power(wanted->type))
		plan_operation_set(operation, STAGE_POSTPONED, "until the schedule turns the lab on");
	else
		plan_operation_set(operation, STAGE_DUE, NULL);
}

void plan_operations(struct lab_plan *lab, const struct desired_lab *of)
{
	if (!lab->ledger_is_kept)
		ledger_keep(&lab->inventory->operations, is_needed, &(struct needs){ .lab = lab, .of = of });
	lab->operations = memory_new_array(of->operation_count, sizeof(*lab->operations));
	for (; lab->operation_count < of->operation_count; lab->operation_count++) {
		struct plan_operation *operation = &lab->operations[lab->operation_count];

		operation->wanted = &of->operations[lab->operation_count];
		if (lab->operation_count < OPERATIONS_MAX)
			decide(operation, lab);
		else
			plan_operation_set(operation, STAGE_POSTPONED,
					   "since a lab has at most 1000; take those out that have been done");
	}
}
