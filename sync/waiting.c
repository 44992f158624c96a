#include "sync/waiting.h"

#include <string.h>

#include "base/text.h"
#include "sync/outcome.h"

static bool is_going(const struct lab_plan *lab)
{
	return lab->action == LAB_REMOVE || lab->action == LAB_EXPIRE;
}

static bool has_something_to_do(const struct lab_plan *lab)
{
	for (size_t i = 0; i < lab->count; i++)
		if (step_is_open(&lab->steps[i]))
			return true;
	return lab_plan_open_operation(lab) != NULL;
}

/* What a lab depends on and goes in the same pass has to stay until the lab has gone. */
static void hold_dependencies(struct plan *plan, const struct lab_plan *lab, bool *held)
{
	for (size_t i = 0; i < lab->dependency_count; i++) {
		struct lab_plan *dependency = plan_dependency_find(plan, &lab->dependencies[i]);

		if (dependency && dependency != lab && is_going(dependency))
			held[dependency - plan->labs] = true;
	}
}

void waiting_begin(struct plan *plan)
{
	bool *held = memory_new_array(plan->count, sizeof(*held));

	for (size_t i = 0; i < plan->count; i++)
		if (is_going(&plan->labs[i]) && has_something_to_do(&plan->labs[i]))
			hold_dependencies(plan, &plan->labs[i], held);
	for (size_t i = 0; i < plan->count; i++) {
		struct lab_plan *lab = &plan->labs[i];
		bool comes_after = is_going(lab) ? held[i] : lab->action == LAB_SYNC && lab->dependency_count > 0;

		lab->waits = comes_after && has_something_to_do(lab);
	}
	free(held);
}

/* Why a dependency will not become ready in this pass; NULL when it is, or may. A suspended one counts by how it is
 * doing, since nobody will change that. */
static const char *obstacle(const struct lab_plan *dependency, const struct live_set *live)
{
	if (dependency == NULL)
		return "is not in Git";
	switch (dependency->action) {
	case LAB_SYNC:
		return dependency->state == LAB_STATE_READY || dependency->state == LAB_STATE_PROGRESSING
			       ? NULL
			       : lab_state_name(dependency->state);
	case LAB_EXPIRE:
		return "has expired";
	case LAB_SUSPEND:
		if (dependency->inventory == NULL || dependency->inventory->count == 0)
			return "is suspended and was never made";
		return outcome_live_state(dependency, live) == LAB_STATE_READY ? NULL : "is suspended and not Ready";
	case LAB_HOLD:
		return "has errors in its files";
	case LAB_REMOVE:
	case LAB_GUARDED:
	case LAB_UNMANAGED:
		break;
	}
	return "is not in Git any more";
}

/* Once there is no obstacle. */
static bool is_ready(const struct lab_plan *dependency)
{
	return dependency->action == LAB_SUSPEND || (dependency->state == LAB_STATE_READY && !dependency->waits);
}

static char *dependency_name_new(const struct lab_plan *lab, const struct plan_dependency *dependency)
{
	if (text_equal(lab->namespace_name, dependency->namespace_name))
		return string_copy(dependency->name);
	return string_format("%s/%s", dependency->namespace_name, dependency->name);
}

/* The first dependency with an obstacle gives the reason; without one the first that is not ready yet. */
static void judge_one(struct plan *plan, struct lab_plan *lab, const struct live_set *live)
{
	cleanup(free) char *progress = NULL;

	for (size_t i = 0; i < lab->dependency_count; i++) {
		const struct lab_plan *dependency = plan_dependency_find(plan, &lab->dependencies[i]);
		const char *why = obstacle(dependency, live);
		cleanup(free) char *name = dependency_name_new(lab, &lab->dependencies[i]);
		cleanup(free) char *reason = NULL;

		if (why) {
			reason = string_format("waits for lab %s, which %s%s", name, strchr(why, ' ') ? "" : "is ",
					       why);
			lab_plan_set_state(lab, LAB_STATE_DEGRADED, reason);
			return;
		}
		if (progress == NULL && !is_ready(dependency))
			progress = string_format("waits for lab %s", name);
	}
	lab_plan_set_state(lab, LAB_STATE_PROGRESSING, progress);
}

void waiting_judge(struct plan *plan, const struct live_set *live)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct lab_plan *lab = &plan->labs[i];

		if (lab->waits && is_going(lab))
			lab_plan_set_state(lab, LAB_STATE_PROGRESSING,
					   "waits until the labs that depend on it are gone");
		else if (lab->waits)
			judge_one(plan, lab, live);
	}
}

static bool has_all(struct plan *plan, const struct lab_plan *lab, const struct live_set *live)
{
	for (size_t i = 0; i < lab->dependency_count; i++) {
		const struct lab_plan *dependency = plan_dependency_find(plan, &lab->dependencies[i]);

		if (obstacle(dependency, live) || !is_ready(dependency))
			return false;
	}
	return true;
}

/* Parents of different times may ask for a circle; then the order is given up, not the removal. */
static size_t release_removals(struct plan *plan)
{
	bool *held = memory_new_array(plan->count, sizeof(*held));
	size_t waiting = 0, released = 0;

	for (size_t i = 0; i < plan->count; i++)
		if (plan->labs[i].waits && is_going(&plan->labs[i])) {
			hold_dependencies(plan, &plan->labs[i], held);
			waiting++;
		}
	for (size_t i = 0; i < plan->count; i++)
		if (plan->labs[i].waits && is_going(&plan->labs[i]) && !held[i])
			released++;
	for (size_t i = 0; i < plan->count; i++)
		if (is_going(&plan->labs[i]) && (!held[i] || released == 0))
			plan->labs[i].waits = false;
	free(held);
	return waiting;
}

bool waiting_release(struct plan *plan, const struct live_set *live)
{
	bool *ready = memory_new_array(plan->count, sizeof(*ready));
	bool any = release_removals(plan) > 0;

	for (size_t i = 0; i < plan->count; i++)
		ready[i] = plan->labs[i].waits && !is_going(&plan->labs[i]) && has_all(plan, &plan->labs[i], live);
	for (size_t i = 0; i < plan->count; i++)
		if (ready[i]) {
			plan->labs[i].waits = false;
			any = true;
		}
	free(ready);
	return any;
}
