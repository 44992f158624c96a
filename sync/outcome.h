/* How the labs of a plan are doing, once writes have been answered. Pure. */
#pragma once

#include <stddef.h>

#include "sync/live_set.h"
#include "sync/plan.h"

/* Sets each lab's `state` and `reason` from its steps' errors and the health of what is live. */
void outcome_judge(struct plan *plan, const struct live_set *live, const struct desired *desired);

struct outcome_counts {
	size_t labs, ready, progressing, degraded, failed;
	size_t created, updated, pruned, retained, unchanged, drifted,
		failures; /* objects; pruned without retained */
	size_t changed_labs;
};

struct outcome_counts outcome_count(const struct plan *plan);
bool lab_plan_has_changes(const struct lab_plan *lab);
const char *lab_state_name(enum lab_state state);
