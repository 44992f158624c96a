/* What the machine, its instance, or the object that an operation has made says of its outcome. */
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "sync/condition.h"
#include "sync/identity.h"
#include "sync/operation.h"

static const char *status_of(const json_t *machine)
{
	const char *status = json_text_at(machine, "status", "printableStatus", NULL);

	return status ? status : "";
}

static bool is_one_of(const char *text, const char *const *words)
{
	while (*words && !text_equal(*words, text))
		words++;
	return *words != NULL;
}

static bool has_instance(const json_t *machine)
{
	return json_is_true(json_at(machine, "status", "created", NULL));
}

static bool is_going_down(const json_t *machine)
{
	static const char *const words[] = { "Stopping", "Terminating", "Stopped", NULL };

	return is_one_of(status_of(machine), words);
}

static bool is_stopped(const json_t *machine)
{
	return text_equal(status_of(machine), "Stopped") && !has_instance(machine);
}

static bool is_paused(const json_t *machine)
{
	return text_equal(status_of(machine), "Paused") || condition_is(machine, "Paused", "True");
}

bool operation_is_so_already(enum operation_type type, const json_t *machine)
{
	switch (type) {
	case OPERATION_START:
		return has_instance(machine) && !is_going_down(machine);
	case OPERATION_STOP:
		return is_stopped(machine);
	case OPERATION_PAUSE:
		return is_paused(machine);
	case OPERATION_UNPAUSE:
		return !is_paused(machine); /* one that is off, or yet to come up, has nothing to go on with */
	default:
		return false;
	}
}

/* Up, or in a state of which its health tells the rest. */
static bool has_started(const json_t *machine)
{
	static const char *const words[] = { "Running",
					     "Paused",
					     "Migrating",
					     "CrashLoopBackOff",
					     "ErrImagePull",
					     "ImagePullBackOff",
					     "ErrorUnschedulable",
					     "ErrorPvcNotFound",
					     "DataVolumeError",
					     NULL };

	return is_one_of(status_of(machine), words);
}

static bool is_restarted(const json_t *instance, const char *before)
{
	static const char *const words[] = { "Running", "Succeeded", "Failed", NULL };
	const char *uid = json_text_at(instance, "metadata", "uid", NULL);
	const char *phase = json_text_at(instance, "status", "phase", NULL);

	return !text_equal(uid, before) && is_one_of(phase ? phase : "", words);
}

static void set_reason(char **reason, const char *text)
{
	free(*reason);
	*reason = string_copy(text && *text ? text : "its controller does not say why");
}

static enum operation_verdict judge_phase(const json_t *object, const char *message, char **reason)
{
	const char *phase = json_text_at(object, "status", "phase", NULL);

	if (text_equal(phase, "Succeeded"))
		return OPERATION_SUCCEEDED;
	if (!text_equal(phase, "Failed"))
		return OPERATION_GOES_ON;
	set_reason(reason, message);
	return OPERATION_CAME_TO_NOTHING;
}

static const char *condition_message(const json_t *object, const char *type)
{
	return json_text_at(condition_find(object, type), "message", NULL);
}

static enum operation_verdict judge_snapshot(const json_t *object, char **reason)
{
	const char *message = json_text_at(object, "status", "error", "message", NULL);
	enum operation_verdict verdict =
		judge_phase(object, message ? message : condition_message(object, "Failure"), reason);

	/* Taken, but its volumes are not there to be used yet. */
	if (verdict == OPERATION_SUCCEEDED && json_is_false(json_at(object, "status", "readyToUse", NULL)))
		return OPERATION_GOES_ON;
	return verdict;
}

static enum operation_verdict judge_restore(const json_t *object, char **reason)
{
	if (json_is_true(json_at(object, "status", "complete", NULL)))
		return OPERATION_SUCCEEDED;
	if (!condition_is(object, "Failure", "True"))
		return OPERATION_GOES_ON;
	set_reason(reason, json_text_at(condition_find(object, "Failure"), "reason", NULL));
	if (condition_message(object, "Failure"))
		set_reason(reason, condition_message(object, "Failure"));
	return OPERATION_CAME_TO_NOTHING;
}

static enum operation_verdict verdict_of(bool has_come)
{
	return has_come ? OPERATION_SUCCEEDED : OPERATION_GOES_ON;
}

enum operation_verdict operation_judge(enum operation_type type, const json_t *seen, const char *instance_before,
				       char **reason)
{
	switch (type) {
	case OPERATION_START:
		return verdict_of(has_started(seen));
	case OPERATION_STOP:
		return verdict_of(is_stopped(seen));
	case OPERATION_RESTART:
		return verdict_of(is_restarted(seen, instance_before));
	case OPERATION_PAUSE:
		return verdict_of(is_paused(seen));
	case OPERATION_UNPAUSE:
		return verdict_of(!is_paused(seen));
	case OPERATION_MIGRATE:
	case OPERATION_EVICT:
		return judge_phase(seen, json_text_at(seen, "status", "migrationState", "failureReason", NULL),
				   reason);
	case OPERATION_SNAPSHOT:
		return judge_snapshot(seen, reason);
	case OPERATION_RESTORE:
		return judge_restore(seen, reason);
	case OPERATION_CLONE:
		return judge_phase(seen, condition_message(seen, "Ready"), reason);
	case OPERATION_SOFT_REBOOT:
	case OPERATION_RESET:
		break;
	}
	return OPERATION_SUCCEEDED; /* the guest's business from here on */
}

/* Labsync keeps a machine's run strategy as Git has it, and KubeVirt changes that to start or to stop it. */
static const char *strategy_against(enum operation_type type, const json_t *machine)
{
	const char *strategy = json_text_at(machine, "spec", "runStrategy", NULL);

	if (!text_equal(object_label(machine, LABEL_MANAGED_BY), "labsync"))
		return NULL;
	if (type == OPERATION_STOP && (text_equal(strategy, "Always") || text_equal(strategy, "Once")))
		return strategy;
	return type == OPERATION_START && text_equal(strategy, "Halted") ? strategy : NULL;
}

char *operation_remark_new(const struct rendered_operation *operation, const json_t *machine)
{
	const char *strategy = strategy_against(operation->type, machine);

	if (strategy)
		return string_format("Git says runStrategy %s, which the next look for drift brings back", strategy);
	if (operation->type == OPERATION_RESTORE)
		return string_format("the disks of %s hold what snapshot %s has", operation->machine,
				     operation->snapshot);
	if (operation->type == OPERATION_CLONE)
		return string_format("VirtualMachine %s and its disks are nobody's until Git has them",
				     operation->target);
	return string_copy("");
}
