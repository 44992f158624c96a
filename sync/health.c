#include "sync/health.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "sync/condition.h"
#include "sync/field_path.h"
#include "sync/health_machine.h"
#include "sync/health_rule.h"
#include "sync/short_text.h"

enum { STATUS_LENGTH_MAX = 60, MESSAGE_LENGTH_MAX = 200 };

static const struct phase_rule volume_phases[] = {
	{ "Succeeded", HEALTH_READY },         { "WaitForFirstConsumer", HEALTH_READY },
	{ "PendingPopulation", HEALTH_READY }, { "Failed", HEALTH_DEGRADED },
	{ "Unknown", HEALTH_DEGRADED },        { "Paused", HEALTH_SUSPENDED },
	{ NULL, HEALTH_PROGRESSING },
};

/* A claim that is Pending waits for its consumer, or fails for a reason that
 * its consumer will tell. */
static const struct phase_rule claim_phases[] = {
	{ "Bound", HEALTH_READY },
	{ "Pending", HEALTH_READY },
	{ "Lost", HEALTH_DEGRADED },
	{ NULL, HEALTH_PROGRESSING },
};

void health_deinit(struct health *health)
{
	free(health->reason);
	*health = (struct health)HEALTH_INIT;
}

void health_set(struct health *health, enum health_state state, const json_t *object, const char *what,
		const char *message)
{
	const char *kind = json_text_at(object, "kind", NULL), *name = json_text_at(object, "metadata", "name", NULL);
	cleanup(free) char *status = NULL, *line = NULL, *whole = NULL;

	health->state = state;
	free(health->reason);
	health->reason = NULL;
	if (state == HEALTH_READY)
		return;
	status = short_text_new(what, STATUS_LENGTH_MAX);
	line = short_text_new(message ? message : "", MESSAGE_LENGTH_MAX);
	whole = string_format("%s %s: %s%s%s", kind ? kind : "", name ? name : "", status, *line ? ": " : "", line);
	health->reason = text_printable(whole, TEXT_ONE_LINE);
}

enum health_state phase_judge(const struct phase_rule *rules, const char *phase)
{
	while (rules->phase && !text_equal(rules->phase, phase))
		rules++;
	return rules->state;
}

/* An import whose pod fails over and over keeps its phase; only the condition
 * Running tells. */
static bool is_transfer_broken(const json_t *volume)
{
	const char *reason = json_text_at(condition_find(volume, "Running"), "reason", NULL);

	return condition_is(volume, "Running", "False") &&
	       (text_equal(reason, "Error") || text_equal(reason, "ImagePullFailed"));
}

static void volume_judge(const json_t *volume, struct health *out)
{
	const char *phase = json_text_at(volume, "status", "phase", NULL);
	const char *message = json_text_at(volume, "status", "progress", NULL);
	enum health_state state = phase_judge(volume_phases, phase);

	if (state == HEALTH_READY) {
		health_set(out, state, volume, NULL, NULL);
		return;
	}
	if (is_transfer_broken(volume)) {
		state = HEALTH_DEGRADED;
		message = json_text_at(condition_find(volume, "Running"), "message", NULL);
	} else if (state == HEALTH_DEGRADED) {
		message = json_text_at(condition_find(volume, "Running"), "message", NULL);
	} else if (text_equal(phase, "UploadReady")) {
		message = "waits for someone to upload the image";
	}
	health_set(out, state, volume, phase && *phase ? phase : "no status yet", message);
}

static void claim_judge(const json_t *claim, struct health *out)
{
	const char *phase = json_text_at(claim, "status", "phase", NULL);

	health_set(out, phase_judge(claim_phases, phase), claim, phase ? phase : "no status yet", NULL);
}

static json_int_t count_at(const json_t *object, const char *part, const char *field, json_int_t fallback)
{
	const json_t *count = json_at(object, part, field, NULL);

	return json_is_integer(count) ? json_integer_value(count) : fallback;
}

/* The order of `kubectl rollout status`: first what is new, then what is old, then what is up. */
static const char *rollout_waits_for(const json_t *deployment)
{
	json_int_t wanted = count_at(deployment, "spec", "replicas", 1);
	json_int_t updated = count_at(deployment, "status", "updatedReplicas", 0);

	if (updated < wanted)
		return "not all pods are updated";
	if (count_at(deployment, "status", "replicas", 0) > updated)
		return "old pods are still ending";
	if (count_at(deployment, "status", "availableReplicas", 0) < updated)
		return "not all pods are available";
	return NULL;
}

static void deployment_judge(const json_t *deployment, struct health *out)
{
	const json_t *progress = condition_find(deployment, "Progressing");
	const json_t *failure = condition_find(deployment, "ReplicaFailure");
	const char *waits_for = rollout_waits_for(deployment);

	if (!json_is_object(json_object_get(deployment, "status")))
		health_set(out, HEALTH_PROGRESSING, deployment, "no status yet", NULL);
	else if (condition_is(deployment, "ReplicaFailure", "True"))
		health_set(out, HEALTH_DEGRADED, deployment, "ReplicaFailure",
			   json_text_at(failure, "message", NULL));
	else if (condition_is(deployment, "Progressing", "False"))
		health_set(out, HEALTH_DEGRADED, deployment, "does not progress",
			   json_text_at(progress, "message", NULL));
	else if (waits_for && json_is_true(json_at(deployment, "spec", "paused", NULL)))
		health_set(out, HEALTH_SUSPENDED, deployment, "paused", waits_for);
	else if (waits_for)
		health_set(out, HEALTH_PROGRESSING, deployment, waits_for, NULL);
}

/* Ready are those machines that are; how each is doing, it says itself. */
static void pool_judge(const json_t *pool, struct health *out)
{
	const json_t *failure = condition_find(pool, "ReplicaFailure");
	json_int_t wanted = count_at(pool, "spec", "replicas", 1);
	json_int_t made = count_at(pool, "status", "replicas", 0),
		   ready = count_at(pool, "status", "readyReplicas", 0);
	cleanup(free) char *counts = string_format(
		"%" JSON_INTEGER_FORMAT " of %" JSON_INTEGER_FORMAT " machines are ready", ready, wanted);

	if (condition_is(pool, "ReplicaFailure", "True"))
		health_set(out, HEALTH_DEGRADED, pool, "ReplicaFailure", json_text_at(failure, "message", NULL));
	else if (made == wanted && ready == wanted)
		return;
	else if (json_is_true(json_at(pool, "spec", "paused", NULL)))
		health_set(out, HEALTH_SUSPENDED, pool, "paused", counts);
	else
		health_set(out, HEALTH_PROGRESSING, pool, counts, NULL);
}

static const struct phase_rule snapshot_phases[] = {
	{ "Succeeded", HEALTH_READY },
	{ "Failed", HEALTH_DEGRADED },
	{ NULL, HEALTH_PROGRESSING },
};

/* An error may be passing; only the phase Failed says that it is over. */
static void snapshot_judge(const json_t *snapshot, struct health *out)
{
	const char *phase = json_text_at(snapshot, "status", "phase", NULL);
	const char *message = json_text_at(snapshot, "status", "error", "message", NULL);
	enum health_state state = phase_judge(snapshot_phases, phase);

	if (state == HEALTH_READY && json_is_false(json_at(snapshot, "status", "readyToUse", NULL)))
		state = HEALTH_PROGRESSING;
	health_set(out, state, snapshot, phase && *phase ? phase : "no status yet", message);
}

static const struct health_rule {
	const char *group, *kind;
	void (*judge)(const json_t *object, struct health *out);
	const char *generation_field; /* in the status; when it is behind, the rest of it is old */
} rules[] = {
	{ "kubevirt.io", "VirtualMachine", machine_judge, NULL },
	{ "cdi.kubevirt.io", "DataVolume", volume_judge, "observedGeneration" },
	{ "", "PersistentVolumeClaim", claim_judge, NULL },
	{ "apps", "Deployment", deployment_judge, "observedGeneration" },
	{ "pool.kubevirt.io", "VirtualMachinePool", pool_judge, NULL },
	{ "snapshot.kubevirt.io", "VirtualMachineSnapshot", snapshot_judge, NULL },
};

static const struct health_rule *rule_find(const struct object_type *type)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (object_type_is(type, rules[i].group, rules[i].kind))
			return &rules[i];
	return NULL;
}

void health_of_object(const json_t *live, struct health *out)
{
	const struct object_type type = object_type_of(live);
	const struct health_rule *rule = rule_find(&type);

	*out = (struct health)HEALTH_INIT;
	if (json_is_string(json_at(live, "metadata", "deletionTimestamp", NULL)))
		health_set(out, HEALTH_PROGRESSING, live, "is being deleted", NULL);
	else if (rule && rule->generation_field && !status_is_current(live, rule->generation_field))
		health_set(out, HEALTH_PROGRESSING, live, "its controller has not seen the last change yet", NULL);
	else if (rule)
		rule->judge(live, out);
}
