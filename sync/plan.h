/* What is to be done: desired against live and inventory, decided before
 * anything is written. Pure. The same structs then carry the results. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "sync/desired.h"
#include "sync/identity.h"
#include "sync/inventory.h"
#include "sync/live_set.h"
#include "sync/merge.h"

enum step_action {
	STEP_UNCHANGED,
	STEP_CREATE,
	STEP_UPDATE,
	STEP_REPLACE, /* Git asks for what only a new object can have; the old one holds nothing, so it makes way */
	STEP_DELETE,
	STEP_RETAIN, /* a disk that left Git: stays, and is marked */
	STEP_KEPT, /* Git asks for what only a new object could have; policy Never leaves it as it is */
	STEP_REFUSED /* not ours, or not allowed */
};

struct step {
	enum step_action action;
	const struct kind *kind;
	char *namespace_name, *name;
	json_t *desired, *live; /* own references; NULL when there is none */
	struct merge_result merge;
	bool unseen; /* a removal of what no LIST showed: looked at by name before it counts as gone */
	bool unserved; /* the cluster does not serve its kind */
	bool done; /* written, or nothing to write */
	struct error error; /* why it is not */
};

enum lab_action {
	LAB_SYNC,
	LAB_REMOVE, /* left Git */
	LAB_EXPIRE, /* its time is over, by its own words in Git: nothing of it stays but its parent */
	LAB_SUSPEND, /* Git asks to leave it alone */
	LAB_HOLD, /* its files have errors: stays as it is */
	LAB_GUARDED, /* would be removed, but the guard or an unreadable file says no */
	LAB_UNMANAGED /* left Git, and pruning is off */
};

enum lab_state {
	LAB_STATE_PROGRESSING,
	LAB_STATE_READY,
	LAB_STATE_SUSPENDED,
	LAB_STATE_EXPIRED,
	LAB_STATE_DEGRADED,
	LAB_STATE_FAILED
};

/* Another lab, which comes first where labs are made and last where they are removed. */
struct plan_dependency {
	char *namespace_name, *name;
};

/* What the parent of a lab that its schedule has turned off says; from it the next pass knows that it was. */
#define PLAN_POWERED_OFF "powered off by schedule"

struct lab_plan {
	char *name, *namespace_name, *path;
	enum lab_action action;
	struct step *steps; /* writes in order of waves, then removals in reverse order */
	size_t count, capacity;
	struct inventory *inventory;
	bool inventory_grows; /* the first write must widen it */
	struct plan_dependency *dependencies;
	size_t dependency_count, dependency_capacity;
	bool waits; /* has something to write, but not yet: others come first */
	bool powered_off, was_powered_off; /* by its schedule; now, and when its parent was written last */
	enum lab_state state;
	char *reason; /* of the first node that is not ready, or why nothing runs; NULL when there is nothing to say */
	uint64_t degraded_since; /* monotonic milliseconds; 0 while it is not */
};

struct plan_settings {
	const char *cluster, *source;
	bool prune;
	unsigned guard_percent, guard_labs; /* stops when more than both would go, or all */
	bool allow_prune_all;
	const char *const *allow_prune; /* labs named by trailers; NULL-terminated, may be NULL */
	/* True when the commit that a lab was last synced from is an ancestor of the new one; NULL: not known, taken as
	 * true. */
	bool (*is_ancestor)(void *data, const char *commit);
	void *data;
};

/* An object that says it is ours, but that no inventory lists: its lab's parent was lost. With one witness it is not
 * touched, and told. */
struct plan_orphan {
	const struct kind *kind;
	char *namespace_name, *name;
};

struct plan {
	struct lab_plan *labs; /* by namespace and name */
	size_t count, capacity;
	struct plan_orphan *orphans;
	size_t orphan_count, orphan_capacity;
	char *guard; /* why removals are held back; NULL when they are not */
};

#define PLAN_INIT                                                                                                    \
	{                                                                                                            \
		.labs = NULL                                                                                         \
	}

void plan_deinit(struct plan *plan);

/* `inventories` are taken over; `desired` is borrowed. */
void plan_compute(struct plan *plan, const struct desired *desired, const struct live_set *live,
		  struct inventory **inventories, size_t inventory_count, const struct plan_settings *settings);

/* Sets what the lab's parent shows. `commit` NULL keeps what it says. */
void lab_plan_record(struct lab_plan *lab, const char *commit, const char *state, const char *message);

/* Borrowed; NULL when the plan has none of that name. */
const struct lab_plan *plan_find_lab(const struct plan *plan, const char *namespace_name, const char *lab);

/* Borrowed; NULL when the plan has none of that name. */
struct lab_plan *plan_dependency_find(const struct plan *plan, const struct plan_dependency *dependency);

/* Finds the orphans, once the labs are planned. */
void plan_find_orphans(struct plan *plan, const struct live_set *live, const struct plan_settings *settings);

/* Holds removals of whole labs back when they look like a mistake; sets plan->guard. */
void plan_guard(struct plan *plan, const struct desired *desired, const struct plan_settings *settings);

/* Decides one object's write anew from a fresher live object (NULL: it is gone). Used after a 409. Takes no
 * reference away; keeps its own. */
void step_decide(struct step *step, const struct identity *identity, json_t *live);
/* The same for a removal. */
void step_decide_removal(struct step *step, const struct identity *identity, json_t *live);

/* What the inventory lists but no LIST showed may have lost its label, or its kind may not be served for a moment:
 * the step opens again, to look at it by name. */
void step_doubt(struct step *step);

/* The cluster does not serve the step's kind: it fails, and says what to install. */
void step_refuse_unserved(struct step *step);

/* True when the step wants a write and has none yet. */
bool step_is_open(const struct step *step);
bool step_is_removal(const struct step *step);
/* The live object is on its way out. */
bool step_is_terminating(const struct step *step);
