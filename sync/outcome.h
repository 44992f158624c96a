/* How the labs of a plan are doing, once writes have been answered. Pure. */
#pragma once

#include <stddef.h>

#include "sync/live_set.h"
#include "sync/plan.h"

/* Copies `reason`, which may be NULL. */
void lab_plan_set_state(struct lab_plan *lab, enum lab_state state, const char *reason);

/* How what is on the cluster of a lab is doing, by its parent's list and not by what Git says. */
enum lab_state outcome_live_state(const struct lab_plan *lab, const struct live_set *live);

/* Sets each lab's `state` and `reason` from its steps' errors and the health of what is live. */
void outcome_judge(struct plan *plan, const struct live_set *live, const struct desired *desired);

struct outcome_counts {
	size_t labs, ready, progressing, degraded, failed;
	size_t created, updated, pruned, retained, unchanged, drifted,
		failures; /* objects; pruned without retained */
	size_t operations; /* done, or to be done */
	size_t operations_left; /* begun, and still going on */
	size_t changed_labs;
};

struct outcome_counts outcome_count(const struct plan *plan);
/* Its steps are done in this pass, or were tried. */
bool lab_plan_is_acted_on(const struct lab_plan *lab);
bool lab_plan_has_changes(const struct lab_plan *lab);
const char *lab_state_name(enum lab_state state);
