#include "sync/health_machine.h"

#include "base/json.h"
#include "base/text.h"
#include "sync/condition.h"
#include "sync/health_rule.h"

/* Running and Stopped depend on what is wanted and are judged by hand. */
static const struct phase_rule statuses[] = {
	{ "CrashLoopBackOff", HEALTH_DEGRADED }, { "ErrImagePull", HEALTH_DEGRADED },
	{ "ImagePullBackOff", HEALTH_DEGRADED }, { "ErrorUnschedulable", HEALTH_DEGRADED },
	{ "ErrorPvcNotFound", HEALTH_DEGRADED }, { "DataVolumeError", HEALTH_DEGRADED },
	{ "Unknown", HEALTH_DEGRADED }, /* its node does not answer */
	{ "Paused", HEALTH_SUSPENDED },          { NULL, HEALTH_PROGRESSING },
};

/* Conditions that say why, the most telling first, with the status in which they do. */
static const struct telling_condition {
	const char *type, *status;
} telling[] = {
	{ "Failure", "True" },       { "ManualRecoveryRequired", "True" },
	{ "PodScheduled", "False" }, { "DataVolumesReady", "False" },
	{ "Ready", "False" },
};

static const char *message_of(const json_t *machine)
{
	for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++) {
		const char *message = json_text_at(condition_find(machine, telling[i].type), "message", NULL);

		if (message && *message && condition_is(machine, telling[i].type, telling[i].status))
			return message;
	}
	return NULL;
}

/* `running` is the older form of runStrategy. */
static const char *run_strategy(const json_t *machine)
{
	const char *strategy = json_text_at(machine, "spec", "runStrategy", NULL);

	if (strategy)
		return strategy;
	return json_is_true(json_at(machine, "spec", "running", NULL)) ? "Always" : "Halted";
}

/* KubeVirt's observedGeneration is that with which the instance was started,
 * and desiredGeneration that of the machine when it last looked. */
static bool is_restart_pending(const json_t *machine)
{
	const json_t *started = json_at(machine, "status", "observedGeneration", NULL);
	const json_t *wanted = json_at(machine, "status", "desiredGeneration", NULL);

	return condition_is(machine, "RestartRequired", "True") ||
	       (json_is_integer(started) && json_is_integer(wanted) &&
		json_integer_value(started) < json_integer_value(wanted));
}

/* KubeVirt keeps these numbers up to date only while there is an instance. */
static bool is_status_old(const json_t *machine, const char *status)
{
	bool has_desired = json_at(machine, "status", "desiredGeneration", NULL) != NULL;
	bool has_instance =
		text_equal(status, "Running") || json_is_true(json_at(machine, "status", "created", NULL));

	return has_instance && !status_is_current(machine, has_desired ? "desiredGeneration" : "observedGeneration");
}

/* A stopped machine is well unless it should always run: with the other
 * strategies a person may stop it, and a guest may end by itself. */
static void stopped_judge(const json_t *machine, struct health *out)
{
	if (text_equal(run_strategy(machine), "Always"))
		health_set(out, HEALTH_PROGRESSING, machine, "Stopped", "it has yet to be started");
}

static void running_judge(const json_t *machine, struct health *out)
{
	if (text_equal(run_strategy(machine), "Halted"))
		health_set(out, HEALTH_PROGRESSING, machine, "Running", "it has yet to be stopped");
	else if (!condition_is(machine, "Ready", "True"))
		health_set(out, HEALTH_PROGRESSING, machine, "Running, but not ready", message_of(machine));
}

void machine_judge(const json_t *machine, struct health *out)
{
	const char *status = json_text_at(machine, "status", "printableStatus", NULL);

	out->restart_pending = !text_equal(status, "Stopped") && is_restart_pending(machine);
	if (status == NULL)
		health_set(out, HEALTH_PROGRESSING, machine, "no status yet", NULL);
	else if (is_status_old(machine, status))
		health_set(out, HEALTH_PROGRESSING, machine, "KubeVirt has not seen the last change yet", NULL);
	else if (condition_is(machine, "ManualRecoveryRequired", "True"))
		health_set(out, HEALTH_DEGRADED, machine, "ManualRecoveryRequired", message_of(machine));
	else if (condition_is(machine, "Failure", "True"))
		health_set(out, HEALTH_DEGRADED, machine, status, message_of(machine));
	else if (text_equal(status, "Stopped"))
		stopped_judge(machine, out);
	else if (text_equal(status, "Running"))
		running_judge(machine, out);
	else
		health_set(out, phase_judge(statuses, status), machine, status, message_of(machine));
}
