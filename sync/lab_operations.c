/* The next one begins when the one before has come to its end, a good one or a bad one. Where one has to wait for the
 * next pass, those after it wait as well. */
#include "sync/lab_operations.h"

#include "base/memory.h"
#include "base/text.h"

struct lab_operations {
	struct operation_run_settings settings;
	struct lab_plan *lab;
	size_t next;
	lab_operations_callback *callback;
	void *data;
};

/* Why the machine is not as Git wants it; NULL when it is. */
static const char *obstacle(const struct lab_plan *lab, const char *machine)
{
	for (size_t i = 0; i < lab->count; i++) {
		const struct step *step = &lab->steps[i];

		if (step->kind->wave == WAVE_MACHINES && step->desired && step->error.code != ERROR_NONE &&
		    text_equal(step->name, machine))
			return step->error.message;
	}
	return NULL;
}

static void postpone_rest(struct lab_operations *operations, const struct plan_operation *before)
{
	cleanup(free) char *why = string_format("for operation %s", before->wanted->name);

	for (; operations->next < operations->lab->operation_count; operations->next++) {
		struct plan_operation *operation = &operations->lab->operations[operations->next];

		if (plan_operation_is_open(operation))
			plan_operation_set(operation, STAGE_POSTPONED, why);
	}
}

static void on_run(void *data);

/* True when it runs. */
static bool start_one(struct lab_operations *operations, struct plan_operation *operation)
{
	const char *why = obstacle(operations->lab, operation->wanted->machine);
	cleanup(free) char *message = why ? string_format("until its machine is as Git has it: %s", why) : NULL;

	if (why && operation->stage == STAGE_DUE) {
		plan_operation_set(operation, STAGE_POSTPONED, message);
		postpone_rest(operations, operation);
		return false;
	}
	operation_run_start(&operations->settings, operations->lab, operation, on_run, operations);
	return true;
}

/* True when one runs. */
static bool start_next(struct lab_operations *operations)
{
	struct lab_plan *lab = operations->lab;

	while (operations->next < lab->operation_count) {
		struct plan_operation *operation = &lab->operations[operations->next++];

		if (plan_operation_is_open(operation) && start_one(operations, operation))
			return true;
	}
	return false;
}

static void on_run(void *data)
{
	struct lab_operations *operations = data;
	struct plan_operation *ended = &operations->lab->operations[operations->next - 1];

	if (ended->stage != STAGE_DONE)
		postpone_rest(operations, ended);
	if (start_next(operations))
		return;
	operations->callback(operations->data);
	free(operations);
}

bool lab_operations_start(const struct operation_run_settings *settings, struct lab_plan *lab,
			  lab_operations_callback *callback, void *data)
{
	struct lab_operations *operations = memory_new(sizeof(*operations));

	*operations =
		(struct lab_operations){ .settings = *settings, .lab = lab, .callback = callback, .data = data };
	if (start_next(operations))
		return true;
	free(operations);
	return false;
}
