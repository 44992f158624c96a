/* An operation that has moved to another lab with its machine has been done: what the ledger of the one lab says of it
 * goes to the other one's. A line is in two parents for a while, and never in none. */
#include "base/memory.h"
#include "base/text.h"
#include "sync/operation.h"
#include "sync/plan.h"

static bool lists(const struct desired_lab *lab, const char *operation)
{
	for (size_t i = 0; lab && i < lab->operation_count; i++)
		if (text_equal(lab->operations[i].name, operation))
			return true;
	return false;
}

/* The same name and content. What a lab that cannot be read wants is not known; a second run does more harm. */
static const struct ledger_entry *find_line(const struct desired *desired, const struct lab_plan *from,
					    const struct rendered_operation *operation)
{
	const struct ledger_entry *entry =
		from->inventory ? ledger_find(&from->inventory->operations, operation->name) : NULL;
	cleanup(free) char *digest = entry ? operation_digest_new(operation) : NULL;

	if (entry == NULL || !text_equal(entry->digest, digest) ||
	    lists(desired_find(desired, from->namespace_name, from->name), operation->name))
		return NULL;
	return entry;
}

/* A lab that is suspended takes it when it is not any more. */
static void give(struct lab_plan *from, struct lab_plan *to, const struct ledger_entry *entry)
{
	if (to->action == LAB_SYNC) {
		ledger_put(&to->inventory->operations, entry);
		to->ledger_grows = true;
	}
	memory_grow(&from->given_lines, from->given_line_count, &from->given_line_capacity,
		    sizeof(*from->given_lines));
	from->given_lines[from->given_line_count++] =
		(struct plan_given_line){ .operation = string_copy(entry->name), .to = to };
}

static void look_for(struct plan *plan, const struct desired *desired, struct lab_plan *lab,
		     const struct rendered_operation *operation)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct lab_plan *from = &plan->labs[i];
		const struct ledger_entry *entry;

		if (from == lab || !text_equal(from->namespace_name, lab->namespace_name))
			continue;
		entry = find_line(desired, from, operation);
		if (entry) {
			give(from, lab, entry);
			return;
		}
	}
}

void plan_hand_over_ledgers(struct plan *plan, const struct desired *desired)
{
	for (size_t i = 0; i < desired->count; i++) {
		const struct desired_lab *of = &desired->labs[i];
		struct lab_plan *lab = (struct lab_plan *)plan_find_lab(plan, of->namespace_name, of->name);

		lab->ledger_is_kept = !desired->complete;
		if (lab->action != LAB_SYNC && lab->action != LAB_SUSPEND)
			continue;
		for (size_t j = 0; j < of->operation_count; j++)
			if (lab->inventory == NULL ||
			    ledger_find(&lab->inventory->operations, of->operations[j].name) == NULL)
				look_for(plan, desired, lab, &of->operations[j]);
	}
}

static bool is_written(const struct plan_given_line *line)
{
	const struct inventory *to = line->to->inventory;
	cleanup(inventory) struct inventory *written =
		to && to->live ? inventory_new_from_parent(to->live, to->cluster, to->source) : NULL;

	return written && ledger_find(&written->operations, line->operation);
}

bool lab_plan_forget_given_lines(struct lab_plan *lab)
{
	bool all = true;

	for (size_t i = 0; i < lab->given_line_count; i++) {
		const struct plan_given_line *line = &lab->given_lines[i];

		if (is_written(line))
			ledger_forget(&lab->inventory->operations, line->operation);
		else
			all = false;
	}
	return all;
}
