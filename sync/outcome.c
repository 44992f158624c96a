#include "sync/outcome.h"

#include "base/text.h"
#include "sync/health.h"
#include "sync/waiting.h"

const char *lab_state_name(enum lab_state state)
{
	static const char *const names[] = { [LAB_STATE_PROGRESSING] = "Progressing", [LAB_STATE_READY] = "Ready",
					     [LAB_STATE_SUSPENDED] = "Suspended",     [LAB_STATE_EXPIRED] = "Expired",
					     [LAB_STATE_DEGRADED] = "Degraded",       [LAB_STATE_FAILED] = "Failed" };

	return names[state];
}

void lab_plan_set_state(struct lab_plan *lab, enum lab_state state, const char *reason)
{
	free(lab->reason);
	lab->state = state;
	lab->reason = string_copy(reason);
}

/* What is worse wins; the first object of that state gives the reason. */
static int badness(enum lab_state state)
{
	static const int order[] = { [LAB_STATE_READY] = 0,       [LAB_STATE_EXPIRED] = 0,  [LAB_STATE_SUSPENDED] = 1,
				     [LAB_STATE_PROGRESSING] = 2, [LAB_STATE_DEGRADED] = 3, [LAB_STATE_FAILED] = 4 };

	return order[state];
}

static void worsen(struct lab_plan *lab, enum lab_state state, const char *reason)
{
	if (badness(state) > badness(lab->state))
		lab_plan_set_state(lab, state, reason);
}

static void judge_health(struct lab_plan *lab, const struct kind *kind, const char *name, const struct live_set *live)
{
	static const enum lab_state states[] = { [HEALTH_READY] = LAB_STATE_READY,
						 [HEALTH_PROGRESSING] = LAB_STATE_PROGRESSING,
						 [HEALTH_SUSPENDED] = LAB_STATE_SUSPENDED,
						 [HEALTH_DEGRADED] = LAB_STATE_DEGRADED };
	const json_t *object = live_set_find(live, kind, kind_namespace(kind, lab->namespace_name), name);
	struct health health;

	if (object == NULL) {
		cleanup(free) char *reason = string_format("%s %s is not there", kind->name, name);

		worsen(lab, LAB_STATE_PROGRESSING, reason);
		return;
	}
	health_of_object(object, &health);
	worsen(lab, states[health.state], health.reason);
	health_deinit(&health);
}

/* What it is to have is told by the other lab; this one is not done with it. */
static void judge_move(struct lab_plan *lab, const struct step *step)
{
	cleanup(free) char *reason =
		step->other_lab
			? string_format(
				  "%s %s has left this lab and is lab %s's in Git, which has yet to take it over",
				  step->kind->name, step->name, step->other_lab)
			: string_format("%s %s has left this lab; it stays until the files with errors are mended, "
					"since one of them may hold it",
					step->kind->name, step->name);

	if (!step_is_taken(step))
		worsen(lab, LAB_STATE_DEGRADED, reason);
}

static void judge_steps(struct lab_plan *lab, const struct live_set *live)
{
	lab_plan_set_state(lab, LAB_STATE_READY, NULL);
	for (size_t i = 0; i < lab->count; i++) {
		const struct step *step = &lab->steps[i];

		if (step->error.code != ERROR_NONE)
			worsen(lab, LAB_STATE_FAILED, step->error.message);
		else if (step->action == STEP_MOVE)
			judge_move(lab, step);
		else if (step->desired)
			judge_health(lab, step->kind, step->name, live);
	}
}

enum lab_state outcome_live_state(const struct lab_plan *lab, const struct live_set *live)
{
	struct lab_plan judged = { .namespace_name = lab->namespace_name, .state = LAB_STATE_READY };

	for (size_t i = 0; lab->inventory && i < lab->inventory->count; i++)
		judge_health(&judged, lab->inventory->entries[i].kind, lab->inventory->entries[i].name, live);
	free(judged.reason);
	return judged.state;
}

/* How they come out says nothing of the lab, but it is not ready while they are under way. */
static void judge_operations(struct lab_plan *lab)
{
	const struct plan_operation *open = lab_plan_open_operation(lab);
	cleanup(free) char *reason =
		open ? string_format("operation %s (%s %s)", open->wanted->name,
				     operation_type_name(open->wanted->type), open->wanted->machine)
		     : NULL;

	if (open)
		worsen(lab, LAB_STATE_PROGRESSING, reason);
}

static void judge_synced(struct lab_plan *lab, const struct live_set *live)
{
	judge_steps(lab, live);
	judge_operations(lab);
	if (lab->powered_off && lab->state == LAB_STATE_READY)
		lab_plan_set_state(lab, LAB_STATE_READY, PLAN_POWERED_OFF);
}

static void judge_expired(struct lab_plan *lab, const struct live_set *live)
{
	judge_steps(lab, live);
	if (lab->state == LAB_STATE_READY)
		lab_plan_set_state(lab, LAB_STATE_EXPIRED, NULL);
}

static const char *first_problem(const struct lab_plan *lab, const struct desired *desired)
{
	for (size_t i = 0; i < desired->diagnostics.count; i++)
		if (desired->diagnostics.items[i].severity == DIAGNOSTIC_ERROR &&
		    text_equal(desired->diagnostics.items[i].path, lab->path))
			return desired->diagnostics.items[i].message;
	return "its files have errors";
}

void outcome_judge(struct plan *plan, const struct live_set *live, const struct desired *desired)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct lab_plan *lab = &plan->labs[i];

		if (lab->waits)
			continue; /* judged by what it waits for, which is judged here */
		switch (lab->action) {
		case LAB_SYNC:
			judge_synced(lab, live);
			break;
		case LAB_REMOVE:
			judge_steps(lab, live);
			break;
		case LAB_EXPIRE:
			judge_expired(lab, live);
			break;
		case LAB_SUSPEND:
			lab_plan_set_state(lab, LAB_STATE_SUSPENDED, "suspend: true");
			break;
		case LAB_HOLD:
			lab_plan_set_state(lab, LAB_STATE_FAILED, first_problem(lab, desired));
			break;
		case LAB_GUARDED:
			lab_plan_set_state(lab, LAB_STATE_READY, plan->guard);
			break;
		case LAB_UNMANAGED:
			lab_plan_set_state(lab, LAB_STATE_READY,
					   desired_find(desired, lab->namespace_name, lab->name)
						   ? "expired; pruning is off"
						   : "left Git; pruning is off");
			break;
		}
	}
	waiting_judge(plan, live);
}

/* The removals of a lab that the guard holds are planned, but not done; so are the steps of one that waits. */
bool lab_plan_is_acted_on(const struct lab_plan *lab)
{
	return !lab->waits && (lab->action == LAB_SYNC || lab->action == LAB_REMOVE || lab->action == LAB_EXPIRE);
}

/* Of what is kept as it is, some may have changed all the same. */
static bool is_update(const struct step *step)
{
	return step->action == STEP_UPDATE || step->action == STEP_REPLACE ||
	       (step->action == STEP_KEPT && step->merge.patch);
}

/* A handover of this pass; one that an earlier pass has made is no news. */
static bool is_move(const struct step *step)
{
	return step->action == STEP_MOVE && step->taker && !step->done;
}

/* Those that are news: done in this pass, or to be done. */
static size_t count_operations(const struct lab_plan *lab)
{
	size_t count = 0;

	for (size_t i = 0; i < lab->operation_count; i++)
		count += lab->operations[i].stage == STAGE_DONE || plan_operation_is_open(&lab->operations[i]);
	return count;
}

static size_t count_left(const struct lab_plan *lab)
{
	size_t count = 0;

	for (size_t i = 0; i < lab->operation_count; i++)
		count += lab->operations[i].stage == STAGE_LEFT;
	return count;
}

bool lab_plan_has_changes(const struct lab_plan *lab)
{
	for (size_t i = 0; lab_plan_is_acted_on(lab) && i < lab->count; i++) {
		const struct step *step = &lab->steps[i];

		if (is_update(step) || is_move(step) || step->action == STEP_CREATE || step_is_removal(step))
			return true;
	}
	return lab_plan_is_acted_on(lab) && count_operations(lab) > 0;
}

static bool has_drift(const struct step *step)
{
	for (size_t i = 0; i < step->merge.count; i++)
		if (step->merge.changes[i].origin == CHANGE_DRIFT)
			return true;
	return false;
}

static void count_step(struct outcome_counts *counts, const struct step *step)
{
	if (step->error.code != ERROR_NONE) {
		counts->failures++;
		return;
	}
	counts->created += step->action == STEP_CREATE;
	counts->updated += is_update(step);
	counts->pruned += step->action == STEP_DELETE;
	counts->retained += step->action == STEP_RETAIN;
	counts->unchanged += step->action == STEP_UNCHANGED || (step->action == STEP_KEPT && !is_update(step));
	counts->drifted += step->action == STEP_UPDATE && has_drift(step);
}

struct outcome_counts outcome_count(const struct plan *plan)
{
	struct outcome_counts counts = { .labs = 0 };

	for (size_t i = 0; i < plan->count; i++) {
		const struct lab_plan *lab = &plan->labs[i];
		bool is_gone = lab->state == LAB_STATE_EXPIRED ||
			       (lab->action == LAB_REMOVE && lab->state == LAB_STATE_READY);

		counts.labs += !is_gone;
		counts.ready += !is_gone && (lab->state == LAB_STATE_READY || lab->state == LAB_STATE_SUSPENDED);
		counts.progressing += lab->state == LAB_STATE_PROGRESSING;
		counts.degraded += lab->state == LAB_STATE_DEGRADED;
		counts.failed += lab->state == LAB_STATE_FAILED;
		counts.changed_labs += lab_plan_has_changes(lab);
		counts.operations += lab_plan_is_acted_on(lab) ? count_operations(lab) : 0;
		counts.operations_left += count_left(lab);
		for (size_t j = 0; lab_plan_is_acted_on(lab) && j < lab->count; j++)
			count_step(&counts, &lab->steps[j]);
	}
	return counts;
}
