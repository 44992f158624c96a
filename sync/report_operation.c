#include "sync/report_operation.h"

#include "base/memory.h"
#include "base/text.h"

static char *changed_new(const struct ledger_entry *entry)
{
	if (!ledger_state_is_final(entry->state))
		return string_format("Refused: one of this name with other content began at %s; give this one "
				     "another name",
				     entry->time);
	return string_format("Refused: one of this name with other content has been there (%s, at %s); give this one "
			     "another name",
			     ledger_state_name(entry->state), entry->time);
}

static char *begun_new(const struct ledger_entry *entry, bool planned)
{
	return string_format("began at %s; %s", entry->time, planned ? "would be followed" : "is followed");
}

static char *waiting_new(const struct plan_operation *operation)
{
	return string_format("waits%s%s", operation->message ? " " : "",
			     operation->message ? operation->message : "");
}

static char *left_new(const struct ledger_entry *entry, const struct plan_operation *operation)
{
	return string_format("%s: %s", ledger_state_name(entry->state),
			     operation->message ? operation->message : "goes on");
}

static char *words_new(const struct lab_plan *lab, const struct plan_operation *operation, bool planned)
{
	const struct ledger_entry *entry = ledger_find(&lab->inventory->operations, operation->wanted->name);

	switch (operation->stage) {
	case STAGE_SETTLED:
		break;
	case STAGE_CHANGED:
		return entry ? changed_new(entry) : NULL;
	case STAGE_DUE:
		return string_copy(planned ? "would run" : "is to run");
	case STAGE_BEGUN:
		return entry ? begun_new(entry, planned) : NULL;
	case STAGE_POSTPONED:
		return waiting_new(operation);
	case STAGE_LEFT:
		return entry ? left_new(entry, operation) : NULL;
	case STAGE_DONE:
		return entry ? ledger_entry_outcome_new(entry) : NULL;
	}
	return NULL;
}

char *report_operation_new(const struct lab_plan *lab, const struct plan_operation *operation, bool planned)
{
	cleanup(free) char *words = words_new(lab, operation, planned);
	const struct rendered_operation *wanted = operation->wanted;

	if (words == NULL)
		return NULL;
	return string_format("operation %s %s %s: %s", wanted->name, operation_type_name(wanted->type),
			     wanted->machine, words);
}
