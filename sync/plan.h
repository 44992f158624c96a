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
	STEP_MOVE, /* left the lab and is, or may be, another one's in Git: that one takes it over, nothing is removed */
	STEP_REFUSED /* not ours, or not allowed */
};

struct step {
	enum step_action action;
	const struct kind *kind;
	char *namespace_name, *name;
	json_t *desired, *live; /* own references; NULL when there is none */
	struct merge_result merge;
	char *other_lab; /* of a write: takes the object over from there; of a STEP_MOVE: it goes there. NULL: none */
	const struct step *taker; /* of a STEP_MOVE: the write of the other lab; NULL: there is none in this pass */
	bool unseen; /* a removal of what no LIST showed: looked at by name before it counts as gone */
	bool foreign; /* refused because it belongs to someone else */
	bool done; /* written, or nothing to write */
	struct error error; /* why it is not */
};

enum operation_stage {
	STAGE_SETTLED, /* came to its end before: nothing to do */
	STAGE_CHANGED, /* so did another one of its name: it is refused */
	STAGE_DUE,
	STAGE_BEGUN, /* by an earlier pass, which did not see its end */
	STAGE_POSTPONED, /* not begun: to be tried with the next pass */
	STAGE_LEFT, /* begun, and still going on */
	STAGE_DONE /* came to its end in this pass: the ledger says which */
};

/* What is to be done once: not a state to be kept, like all the rest. */
struct plan_operation {
	const struct rendered_operation *wanted; /* of the desired lab, which outlives the plan */
	enum operation_stage stage;
	char *message; /* why it is postponed or left; NULL */
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

struct lab_plan;

/* A line of a lab's ledger whose operation is another lab's now. It is forgotten once the other one's parent has it. */
struct plan_given_line {
	char *operation;
	const struct lab_plan *to;
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
	struct plan_operation *operations; /* in the order in which they are to be done */
	size_t operation_count;
	struct plan_given_line *given_lines;
	size_t given_line_count, given_line_capacity;
	bool ledger_is_kept; /* what left the lab may be another one's that cannot be read: nothing is forgotten */
	bool ledger_grows; /* has taken over lines that its parent is to have before anything is done */
	bool waits; /* has something to write, but not yet: others come first */
	bool powered_off, was_powered_off; /* by its schedule; now, and when its parent was written last */
	enum lab_state state;
	char *reason; /* of the first node that is not ready, or why nothing runs; NULL when there is nothing to say */
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

/* Between labs of one source and namespace: what one has made and no longer wants, while another one wants it, is
 * handed over instead of removed and refused. Needs the labs in order. */
void plan_hand_over(struct plan *plan, const struct desired *desired, const struct plan_settings *settings);
/* The same for what is known of operations that have run. Comes before plan_operations(). */
void plan_hand_over_ledgers(struct plan *plan, const struct desired *desired);
/* What the guard has labs keep is not handed over. */
void plan_withdraw_handovers(struct plan *plan);
/* At least one object of the lab went, or goes, to another one. */
bool lab_plan_has_moved(const struct lab_plan *lab);
/* The same, and none is removed. */
bool lab_plan_has_only_moved(const struct lab_plan *lab);
/* Forgets the lines that are in the other labs' parents by now; true when none is left. */
bool lab_plan_forget_given_lines(struct lab_plan *lab);
/* A removal that was asked for by name: no guard stands in its way. */
bool plan_removal_is_allowed(const struct lab_plan *lab, const struct desired *desired,
			     const struct plan_settings *settings);

/* What is to become of a lab's operations, by what its parent says of them; from that goes what Git has no more. */
void plan_operations(struct lab_plan *lab, const struct desired_lab *of);
bool plan_operation_is_open(const struct plan_operation *operation);
/* The first one that is to be done or followed in this pass; NULL when there is none. */
const struct plan_operation *lab_plan_open_operation(const struct lab_plan *lab);
/* Copies `message`, which may be NULL. */
void plan_operation_set(struct plan_operation *operation, enum operation_stage stage, const char *message);

/* Sets what the lab's parent shows. `commit` NULL keeps what it says. */
void lab_plan_record(struct lab_plan *lab, const char *commit, const char *state, const char *message);

/* After a lab's last write: what its inventory should list. True when every removal is done and nothing is left
 * that the lab must remember. */
bool lab_plan_narrow_inventory(struct lab_plan *lab);

/* Borrowed; NULL when the plan has none of that name. */
const struct lab_plan *plan_find_lab(const struct plan *plan, const char *namespace_name, const char *lab);

/* Borrowed; NULL when the plan has none of that name. */
struct lab_plan *plan_dependency_find(const struct plan *plan, const struct plan_dependency *dependency);

/* Finds the orphans, once the labs are planned. */
void plan_find_orphans(struct plan *plan, const struct live_set *live, const struct plan_settings *settings);

/* Holds removals of whole labs back when they look like a mistake; sets plan->guard. */
void plan_guard(struct plan *plan, const struct desired *desired, const struct plan_settings *settings);

/* Not ours to write; `why` it stays another lab's. */
void step_refuse_move(struct step *step, const char *lab, const char *why);

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
/* Of a STEP_MOVE: the other lab has it. */
bool step_is_taken(const struct step *step);
/* The live object is on its way out. */
bool step_is_terminating(const struct step *step);
