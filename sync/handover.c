/* An object whose document has moved to another lab (`git mv` of a file gives the lab another name) is the same object.
 *
 * A removal of the one lab and a write of the other that mean the same object make a handover: the write takes it over,
 * an ordinary update that changes the owner as well, and the removal becomes a STEP_MOVE, which does nothing. The one
 * lab's parent lists the object until the other one's write is answered, and the other one's parent lists it before, so
 * that at any moment two witnesses say whose it is. */
#include <string.h>

#include "base/text.h"
#include "sync/plan.h"

/* What a lab has, and Git does not want of it any more. */
struct offer {
	struct lab_plan *lab;
	struct step *step;
};

struct handover {
	struct plan *plan;
	const struct desired *desired;
	const struct plan_settings *settings;
	struct offer *offers; /* by kind, namespace, name */
	size_t count, capacity;
};

static int step_place_compare(const struct step *a, const struct step *b)
{
	int order = (a->kind > b->kind) - (a->kind < b->kind);

	if (order == 0)
		order = strcmp(a->namespace_name, b->namespace_name);
	return order ? order : strcmp(a->name, b->name);
}

static int offer_compare(const void *left, const void *right)
{
	const struct offer *a = left, *b = right;

	return step_place_compare(a->step, b->step);
}

static void collect_offers(struct handover *handover)
{
	for (size_t i = 0; i < handover->plan->count; i++) {
		struct lab_plan *lab = &handover->plan->labs[i];

		for (size_t j = 0; j < lab->count; j++) {
			if (lab->steps[j].desired)
				continue;
			memory_grow(&handover->offers, handover->count, &handover->capacity,
				    sizeof(*handover->offers));
			handover->offers[handover->count++] = (struct offer){ .lab = lab, .step = &lab->steps[j] };
		}
	}
	if (handover->count)
		qsort(handover->offers, handover->count, sizeof(*handover->offers), offer_compare);
}

/* The first of those that are the same object; one after the other from there. */
static size_t find_offers(const struct handover *handover, const struct step *wanted)
{
	size_t low = 0, high = handover->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (step_place_compare(handover->offers[middle].step, wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct identity identity_of(const struct handover *handover, const struct lab_plan *lab, const char *name)
{
	return (struct identity){ .cluster = handover->settings->cluster,
				  .source = handover->settings->source,
				  .lab = name,
				  .namespace_name = lab->namespace_name };
}

/* Why what is the lab's is not given away; NULL when it is. */
static const char *why_it_stays(const struct handover *handover, const struct lab_plan *lab)
{
	const struct desired *desired = handover->desired;

	switch (lab->action) {
	case LAB_HOLD:
		return "that lab's files have errors, so that what it wants is not known; mend them";
	case LAB_SUSPEND:
		return "that lab is suspended";
	case LAB_SYNC:
	case LAB_EXPIRE:
		return NULL;
	case LAB_GUARDED:
	case LAB_REMOVE:
	case LAB_UNMANAGED:
		break;
	}
	if ((desired->complete && desired->path_exists) || desired_find(desired, lab->namespace_name, lab->name) ||
	    plan_removal_is_allowed(lab, desired, handover->settings))
		return NULL;
	return "that lab is not found in Git, but a file cannot be read and may hold it; mend the file";
}

static void decide_anew(const struct handover *handover, const struct lab_plan *lab, struct step *step,
			const char *from, json_t *live)
{
	const struct identity identity = identity_of(handover, lab, lab->name);

	step->other_lab = string_copy(from);
	if (step->action == STEP_REFUSED && !step->foreign)
		return; /* it cannot be written, whoever had it */
	error_deinit(&step->error);
	step_decide(step, &identity, live);
}

static void move_away(struct step *step, const char *to, const struct step *taker, bool done)
{
	step->action = STEP_MOVE;
	step->other_lab = string_copy(to);
	step->taker = taker;
	step->done = done;
	step->unseen = false;
}

/* True when the removal is of what its lab has. */
static bool is_still_owned(const struct step *removal)
{
	return (step_is_removal(removal) || removal->action == STEP_KEPT) && !step_is_terminating(removal);
}

/* `step` is the write of `lab` for the object on offer. */
static void hand_over(const struct handover *handover, struct lab_plan *lab, struct step *step, struct offer *offer)
{
	const struct identity identity = identity_of(handover, lab, lab->name);
	struct step *removal = offer->step;
	const char *why;

	if (offer->lab == lab || !text_equal(offer->lab->namespace_name, lab->namespace_name))
		return;
	if (!is_still_owned(removal)) {
		/* An earlier pass did it, and did not come to say so. */
		if (removal->action == STEP_UNCHANGED && removal->live &&
		    identity_owns(&identity, step->kind, removal->live))
			move_away(removal, lab->name, step, true);
		return;
	}
	why = why_it_stays(handover, offer->lab);
	if (why) {
		if (step->foreign)
			step_refuse_move(step, offer->lab->name, why);
		return;
	}
	move_away(removal, lab->name, step, false);
	if (step->other_lab)
		return;
	decide_anew(handover, lab, step, offer->lab->name, removal->live);
	if (step->action != STEP_REFUSED && !inventory_contains(lab->inventory, step->kind, step->name))
		lab->inventory_grows = true;
}

/* "<cluster>/<source>/<lab>/..." The caller frees; NULL when it is none of this source's in the lab's namespace. */
static char *owning_lab_new(const struct handover *handover, const struct lab_plan *lab, const struct step *step)
{
	struct identity identity = identity_of(handover, lab, NULL);
	cleanup(free) char *name = NULL;
	const char *text;

	if (step->live == NULL || !identity_shares_source(&identity, step->live))
		return NULL;
	text = object_annotation(step->live, ANNOTATION_OWNER) + strlen(identity.cluster) + strlen(identity.source) +
	       2;
	name = string_copy_n(text, strcspn(text, "/"));
	identity.lab = name;
	return identity_owns(&identity, step->kind, step->live) ? steal(&name) : NULL;
}

static bool wants(const struct lab_plan *lab, const struct step *step)
{
	for (size_t i = 0; i < lab->count; i++)
		if (lab->steps[i].desired && step_place_compare(&lab->steps[i], step) == 0)
			return true;
	return false;
}

/* A disk that outlived its lab or node is in no inventory: its mark is the second witness. */
static bool is_left_over(const struct step *step)
{
	return step->kind->is_disk && object_annotation(step->live, ANNOTATION_RETAINED);
}

/* What another lab of the source has and nobody offers: a disk that it left behind is taken, of anything else is said
 * why not. */
static void consider_foreign(const struct handover *handover, struct lab_plan *lab, struct step *step)
{
	cleanup(free) char *owner = owning_lab_new(handover, lab, step);
	const struct lab_plan *other;
	const char *why;

	if (owner == NULL || text_equal(owner, lab->name))
		return;
	other = plan_find_lab(handover->plan, lab->namespace_name, owner);
	if (other && wants(other, step))
		return;
	why = other ? why_it_stays(handover, other)
		    : why_it_stays(handover, &(struct lab_plan){ .name = owner,
								 .namespace_name = lab->namespace_name,
								 .action = LAB_REMOVE });
	if (why == NULL && !is_left_over(step))
		why = "no lab's inventory lists it; delete it by hand, or set the annotation " ANNOTATION_ADOPT
		      ": \"true\" on the lab";
	if (why) {
		step_refuse_move(step, owner, why);
		return;
	}
	decide_anew(handover, lab, step, owner, step->live);
	if (step->action != STEP_REFUSED)
		lab->inventory_grows = true;
}

static void consider_writes(const struct handover *handover, struct lab_plan *lab)
{
	for (size_t i = 0; i < lab->count; i++) {
		struct step *step = &lab->steps[i];

		if (step->desired == NULL)
			continue;
		for (size_t j = find_offers(handover, step);
		     j < handover->count && step_place_compare(handover->offers[j].step, step) == 0; j++)
			hand_over(handover, lab, step, &handover->offers[j]);
		if (step->foreign && step->other_lab == NULL)
			consider_foreign(handover, lab, step);
	}
}

/* It writes nothing now; what it wants stays until it does. */
static void consider_suspended(const struct handover *handover, const struct desired_lab *lab)
{
	for (size_t i = 0; i < lab->count; i++) {
		const struct desired_object *object = &lab->objects[i];
		const struct step wanted = {
			.kind = object->kind,
			.namespace_name = (char *)kind_namespace(object->kind, lab->namespace_name),
			.name = object->name,
		};

		for (size_t j = find_offers(handover, &wanted);
		     j < handover->count && step_place_compare(handover->offers[j].step, &wanted) == 0; j++) {
			struct offer *offer = &handover->offers[j];

			if (text_equal(offer->lab->namespace_name, lab->namespace_name) &&
			    is_still_owned(offer->step))
				move_away(offer->step, lab->name, NULL, false);
		}
	}
}

/* Where names say nothing of the lab, the document may have moved to a file that cannot be read. */
static void hold_doubtful(const struct handover *handover)
{
	for (size_t i = 0; i < handover->count; i++) {
		struct offer *offer = &handover->offers[i];
		const struct desired_lab *lab =
			desired_find(handover->desired, offer->lab->namespace_name, offer->lab->name);

		if (offer->lab->action == LAB_SYNC && lab && lab->plain_names && step_is_removal(offer->step))
			move_away(offer->step, NULL, NULL, false);
	}
}

void plan_hand_over(struct plan *plan, const struct desired *desired, const struct plan_settings *settings)
{
	struct handover handover = { .plan = plan, .desired = desired, .settings = settings };

	collect_offers(&handover);
	for (size_t i = 0; i < desired->count; i++) {
		const struct desired_lab *lab = &desired->labs[i];
		struct lab_plan *of = (struct lab_plan *)plan_find_lab(plan, lab->namespace_name, lab->name);

		if (of->action == LAB_SYNC)
			consider_writes(&handover, of);
		else if (of->action == LAB_SUSPEND && handover.count)
			consider_suspended(&handover, lab);
	}
	if (!desired->complete)
		hold_doubtful(&handover);
	free(handover.offers);
}

void plan_withdraw_handovers(struct plan *plan)
{
	for (size_t i = 0; plan->guard && i < plan->count; i++) {
		struct lab_plan *lab = &plan->labs[i];

		for (size_t j = 0; j < lab->count; j++) {
			struct step *step = &lab->steps[j];
			const struct lab_plan *from =
				step->desired && step->other_lab
					? plan_find_lab(plan, lab->namespace_name, step->other_lab)
					: NULL;

			if (from == NULL || from->action != LAB_GUARDED)
				continue;
			step_refuse_move(step, from->name, "that lab is kept as it is by the guard");
			free(steal(&step->other_lab));
		}
	}
}

static size_t count_steps(const struct lab_plan *lab, bool (*is)(const struct step *step))
{
	size_t count = 0;

	for (size_t i = 0; i < lab->count; i++)
		count += is(&lab->steps[i]);
	return count;
}

static bool is_moving(const struct step *step)
{
	return step->action == STEP_MOVE && step->other_lab;
}

bool lab_plan_has_moved(const struct lab_plan *lab)
{
	return count_steps(lab, is_moving) > 0;
}

bool lab_plan_has_only_moved(const struct lab_plan *lab)
{
	return lab_plan_has_moved(lab) && count_steps(lab, step_is_removal) == 0;
}
