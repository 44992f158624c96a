/* Nothing is deleted on a partial view, and no slip of the keyboard deletes
 * everything: what holds back the removal of whole labs (DESIGN section 5). */
#include "base/text.h"
#include "sync/outcome.h"
#include "sync/plan.h"

/* What is asked for by name goes. "All" is only all on a whole view: on a
 * partial one it would take labs along that nobody meant. */
bool plan_removal_is_allowed(const struct lab_plan *lab, const struct desired *desired,
			     const struct plan_settings *settings)
{
	bool whole = desired->complete && desired->path_exists;

	if (settings->allow_prune_all && whole)
		return true;
	for (const char *const *name = settings->allow_prune; name && *name; name++)
		if (text_equal(*name, lab->name) || (whole && text_equal(*name, "all")))
			return true;
	return false;
}

/* A lab that had expired when it left Git has nothing on the cluster but its parent. */
static bool is_spent(const struct lab_plan *lab)
{
	return lab->action == LAB_REMOVE && text_equal(lab->inventory->state, lab_state_name(LAB_STATE_EXPIRED)) &&
	       lab->inventory->count == 0 && lab->inventory->unknown == NULL;
}

static bool is_rewritten(const struct lab_plan *lab, const struct plan_settings *settings)
{
	return settings->is_ancestor && lab->inventory->commit && *lab->inventory->commit &&
	       !settings->is_ancestor(settings->data, lab->inventory->commit);
}

/* Goes on under another name: what is left of it goes as a node does that leaves its lab. On a partial view it may be
 * that the lab has not gone at all. */
static bool is_renamed(const struct lab_plan *lab, const struct desired *desired,
		       const struct plan_settings *settings)
{
	return lab->action == LAB_REMOVE && desired->complete && lab_plan_has_moved(lab) &&
	       (lab_plan_has_only_moved(lab) || !is_rewritten(lab, settings));
}

struct removal_count {
	size_t labs; /* that labsync keeps now */
	size_t removals; /* of them would go, without being allowed by name */
	const struct lab_plan *rewritten; /* the first whose last commit is not in the history */
};

static struct removal_count count_removals(const struct plan *plan, const struct desired *desired,
					   const struct plan_settings *settings)
{
	struct removal_count count = { .labs = 0 };

	for (size_t i = 0; i < plan->count; i++) {
		const struct lab_plan *lab = &plan->labs[i];

		if (lab->action == LAB_REMOVE && plan_removal_is_allowed(lab, desired, settings))
			continue; /* asked for by name: it neither counts as a slip nor makes the rest look small */
		if (lab->action == LAB_EXPIRE || is_spent(lab))
			continue; /* asked for by date */
		count.labs += lab->inventory && lab->inventory->live;
		if (lab->action != LAB_REMOVE || is_renamed(lab, desired, settings))
			continue;
		count.removals++;
		if (count.rewritten == NULL && is_rewritten(lab, settings))
			count.rewritten = lab;
	}
	return count;
}

static char *guard_reason_new(const struct removal_count *count, const struct desired *desired,
			      const struct plan_settings *settings)
{
	if (count->removals == 0)
		return NULL;
	if (!desired->complete)
		return string_format("%zu lab%s not found in Git, but a file cannot be read and may hold what is "
				     "missing; mend the file",
				     count->removals, count->removals == 1 ? " is" : "s are");
	if (!desired->path_exists)
		return string_copy("the source's path is not in this commit; nothing is removed");
	if (count->rewritten)
		return string_format("the history was rewritten: lab %s was last synced from %.12s, which is no "
				     "ancestor of this commit",
				     count->rewritten->name, count->rewritten->inventory->commit);
	if (count->removals == count->labs)
		return count->removals == 1 ? string_copy("the only lab would be removed")
					    : string_format("all %zu labs would be removed", count->removals);
	if (count->removals > settings->guard_labs &&
	    count->removals * 100 > count->labs * (size_t)settings->guard_percent)
		return string_format("%zu of %zu labs would be removed", count->removals, count->labs);
	return NULL;
}

void plan_guard(struct plan *plan, const struct desired *desired, const struct plan_settings *settings)
{
	struct removal_count count = count_removals(plan, desired, settings);

	plan->guard = guard_reason_new(&count, desired, settings);
	for (size_t i = 0; plan->guard && i < plan->count; i++) {
		struct lab_plan *lab = &plan->labs[i];

		if (lab->action == LAB_REMOVE && !is_spent(lab) && !is_renamed(lab, desired, settings) &&
		    !plan_removal_is_allowed(lab, desired, settings))
			lab->action = LAB_GUARDED;
	}
}
