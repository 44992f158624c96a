/* One object's write or removal, decided from what Git says and what is there. */
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "sync/immutable.h"
#include "sync/plan.h"
#include "sync/restored_volumes.h"

bool step_is_removal(const struct step *step)
{
	return step->action == STEP_DELETE || step->action == STEP_RETAIN;
}

bool step_is_open(const struct step *step)
{
	return !step->done && step->error.code == ERROR_NONE &&
	       (step->action == STEP_CREATE || step->action == STEP_UPDATE || step->action == STEP_REPLACE ||
		step->action == STEP_KEPT || step_is_removal(step));
}

bool step_is_taken(const struct step *step)
{
	return step->done || (step->taker && step->taker->done);
}

bool step_is_terminating(const struct step *step)
{
	return json_at(step->live, "metadata", "deletionTimestamp", NULL) != NULL;
}

static void set_live(struct step *step, json_t *live)
{
	json_incref(live);
	json_decref(step->live);
	step->live = live;
}

static bool is_adoption_wanted(const struct step *step)
{
	return text_equal(object_annotation(step->desired, ANNOTATION_ADOPT), "true");
}

static void refuse_foreign(struct step *step)
{
	const char *owner = object_annotation(step->live, ANNOTATION_OWNER);
	const char *manager = object_label(step->live, LABEL_MANAGED_BY);

	step->action = STEP_REFUSED;
	step->foreign = true;
	error_set(&step->error, ERROR_CONFLICT,
		  "%s %s%s%s is already there and belongs to %s; rename the node, delete the object, or set the "
		  "annotation " ANNOTATION_ADOPT ": \"true\" on the lab",
		  step->kind->name, step->namespace_name, *step->namespace_name ? "/" : "", step->name,
		  owner     ? owner
		  : manager ? manager
			    : "someone else");
}

void step_refuse_move(struct step *step, const char *lab, const char *why)
{
	step->action = STEP_REFUSED;
	step->foreign = true;
	step->done = false;
	merge_result_deinit(&step->merge);
	error_deinit(&step->error);
	error_set(&step->error, ERROR_CONFLICT, "%s %s is lab %s's on the cluster and is not moved from there: %s",
		  step->kind->name, step->name, lab, why);
}

void step_refuse_unserved(struct step *step)
{
	const struct kind *kind = step->kind;

	error_set(&step->error, ERROR_NOT_FOUND, "%s %s: the cluster does not know this kind (%s/%s); %s %s%s",
		  kind->name, step->name, kind->group, kind->version,
		  step->desired ? "install" : "whether the object is gone shows only with", kind->provider,
		  step->desired ? ", or take what needs it out of the lab" : "");
}

static json_t *applied_new(const json_t *live)
{
	const char *text = object_annotation(live, ANNOTATION_APPLIED);

	return text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

static bool has_recreate(const struct merge_result *merge)
{
	for (size_t i = 0; i < merge->count; i++)
		if (merge->changes[i].effect == EFFECT_RECREATE)
			return true;
	return false;
}

/* A patch that carries nothing but the bookkeeping of ours. */
static json_t *bookkeeping_patch_new(const struct step *step)
{
	return json_pack("{s:{s:{s:s*, s:s*, s:s*}}}", "metadata", "annotations", ANNOTATION_APPLIED,
			 object_annotation(step->desired, ANNOTATION_APPLIED), ANNOTATION_DIGEST,
			 object_annotation(step->desired, ANNOTATION_DIGEST), ANNOTATION_COMMIT,
			 object_annotation(step->desired, ANNOTATION_COMMIT));
}

/* A disk that is wanted again is not marked as left over. */
static void return_to_use(struct step *step)
{
	if (step->merge.patch == NULL)
		step->merge.patch = json_object();
	json_object_set_new(json_object_member(json_object_member(step->merge.patch, "metadata"), "annotations"),
			    ANNOTATION_RETAINED, json_null());
}

/* A disk that returns is no longer retained; a field that Git names now
 * although its value was there already becomes ours, so that it can leave
 * with Git again. */
static void complete_patch(struct step *step, const json_t *applied)
{
	bool was_retained = object_annotation(step->live, ANNOTATION_RETAINED) != NULL;
	cleanup(json) json_t *wanted = applied_new(step->desired);

	if (step->merge.patch == NULL && (was_retained || !json_equal(applied, wanted)))
		step->merge.patch = bookkeeping_patch_new(step);
	if (was_retained)
		return_to_use(step);
}

/* Takes the members out that hold what only a new object could have, as a spec. What was applied of them, the live
 * object goes on saying. */
static json_t *changeable_new(const struct step *step, const json_t *applied, json_t *changeable_set)
{
	json_t *changeable = json_deep_copy(step->desired);
	json_t *annotations = json_object_member(json_object_member(changeable, "metadata"), "annotations");
	cleanup(json) json_t *wanted = applied_new(step->desired);
	cleanup(free) char *text = NULL;

	for (size_t i = 0; i < step->merge.count; i++) {
		const struct field_change *change = &step->merge.changes[i];
		cleanup(free) char *member = string_copy_n(change->path, strcspn(change->path, ".["));
		cleanup(free) char *key = string_format("f:%s", member);
		json_t *before = json_object_get(applied, key);

		if (change->effect != EFFECT_RECREATE)
			continue;
		json_object_del(changeable, member);
		json_object_del(changeable_set, key);
		if (before)
			json_object_set(wanted, key, before);
		else
			json_object_del(wanted, key);
	}
	text = json_text_new(wanted);
	json_set_text(annotations, ANNOTATION_APPLIED, text);
	/* What Git last made of the object is still the old: the difference is Git's, not drift. */
	json_object_del(annotations, ANNOTATION_DIGEST);
	return changeable;
}

/* Leaves of the first look what stays as it is, and puts with it what is changed all the same. */
static void take_rest(struct step *step, struct merge_result *rest)
{
	struct merge_result all = *rest;

	*rest = (struct merge_result)MERGE_RESULT_INIT;
	for (size_t i = 0; i < step->merge.count; i++) {
		struct field_change *change = &step->merge.changes[i];

		if (change->effect != EFFECT_RECREATE)
			continue;
		memory_grow(&all.changes, all.count, &all.capacity, sizeof(*all.changes));
		all.changes[all.count++] = *change;
		*change = (struct field_change){ .path = NULL };
	}
	merge_result_deinit(&step->merge);
	step->merge = all;
}

/* recreate: Never. What takes a new object is not written; the rest is, such as what is to become of a disk. */
static void keep_as_it_is(struct step *step, const json_t *applied, enum change_origin origin)
{
	cleanup(json) json_t *set = applied ? json_copy((json_t *)applied) : json_object();
	cleanup(json) json_t *changeable = changeable_new(step, applied, set);
	cleanup(merge_result) struct merge_result rest = MERGE_RESULT_INIT;

	merge_compute(changeable, step->live, set, origin, &rest);
	take_rest(step, &rest);
	if (object_annotation(step->live, ANNOTATION_RETAINED))
		return_to_use(step);
	step->action = STEP_KEPT;
	step->done = step->merge.patch == NULL;
}

/* By the word of the lab that made it: see plan_hand_over(). */
static bool is_handed_over(const struct step *step, const struct identity *identity)
{
	struct identity from = *identity;

	from.lab = step->other_lab;
	return step->other_lab && identity_owns(&from, step->kind, step->live);
}

/* Only for what Git changed: drift on what cannot be changed is some controller's own doing, and would come again
 * with each new object. */
static bool is_to_replace(const struct step *step, const struct identity *identity, bool same_in_git)
{
	bool is_ours = identity_owns(identity, step->kind, step->live) || is_handed_over(step, identity);

	return step->kind->is_replaceable && !same_in_git && is_ours &&
	       !text_equal(object_annotation(step->live, ANNOTATION_PRUNE), "false");
}

static void replace_it(struct step *step)
{
	json_decref(step->merge.patch);
	step->merge.patch = NULL;
	step->action = STEP_REPLACE;
}

static void decide_without_live(struct step *step)
{
	if (step->action == STEP_REPLACE)
		return; /* on its way; what it changes is told by the object that was there */
	merge_result_deinit(&step->merge);
	step->action = STEP_CREATE;
}

/* Where others keep things too: what nobody claims, or a lab of our own did before, is taken over. */
static bool is_to_share(const struct step *step, const struct identity *identity)
{
	return step->kind->is_shared && (object_annotation(step->live, ANNOTATION_OWNER) == NULL ||
					 identity_shares_source(identity, step->live));
}

static bool is_allowed(struct step *step, const struct identity *identity)
{
	if (!identity_owns(identity, step->kind, step->live) && !is_adoption_wanted(step) &&
	    !is_to_share(step, identity) && !is_handed_over(step, identity)) {
		refuse_foreign(step);
		return false;
	}
	if (!immutable_check(step->desired, step->live, &step->error)) {
		step->action = STEP_REFUSED;
		return false;
	}
	return true;
}

void step_decide(struct step *step, const struct identity *identity, json_t *live)
{
	cleanup(json) json_t *applied = NULL, *wanted = NULL;
	enum change_origin origin;
	bool same_in_git;

	set_live(step, live);
	step->foreign = false;
	if (live == NULL || step_is_terminating(step)) {
		decide_without_live(step);
		return;
	}
	merge_result_deinit(&step->merge);
	if (!is_allowed(step, identity))
		return;
	applied = applied_new(live);
	same_in_git = text_equal(object_annotation(live, ANNOTATION_DIGEST),
				 object_annotation(step->desired, ANNOTATION_DIGEST));
	origin = same_in_git ? CHANGE_DRIFT : CHANGE_GIT;
	wanted = restored_volumes_copy(step->desired, live);
	merge_compute(wanted, live, applied, origin, &step->merge);
	if (has_recreate(&step->merge)) {
		if (is_to_replace(step, identity, same_in_git))
			replace_it(step);
		else
			keep_as_it_is(step, applied, origin);
		return;
	}
	complete_patch(step, applied);
	step->action = step->merge.patch ? STEP_UPDATE : STEP_UNCHANGED;
	step->done = step->action == STEP_UNCHANGED;
}

void step_doubt(struct step *step)
{
	step->action = STEP_DELETE;
	step->done = false;
	step->unseen = true;
}

/* What holds a person's data goes only when they said so. The word on the object counts: Git has none any more. */
static bool is_kept_disk(const struct step *step)
{
	return step->kind->is_disk && !text_equal(object_annotation(step->live, ANNOTATION_DISK_POLICY), "Delete");
}

void step_decide_removal(struct step *step, const struct identity *identity, json_t *live)
{
	set_live(step, live);
	if (live == NULL || !identity_owns(identity, step->kind, live)) {
		/* Gone, or no longer ours: nothing to remove, and nothing to remember. */
		step->action = STEP_UNCHANGED;
		step->done = true;
		return;
	}
	if (step->kind->is_shared) {
		step->action = STEP_RETAIN;
		step->done = true;
		return;
	}
	if (text_equal(object_annotation(live, ANNOTATION_PRUNE), "false")) {
		step->action = STEP_KEPT;
		step->done = true;
		return;
	}
	step->action = is_kept_disk(step) ? STEP_RETAIN : STEP_DELETE;
	step->done = step->action == STEP_RETAIN &&
		     (object_annotation(live, ANNOTATION_RETAINED) || step_is_terminating(step));
}
