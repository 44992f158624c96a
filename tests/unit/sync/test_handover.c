/* Documents that moved to another lab: what is handed over, and what is not. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "sync/outcome.h"
#include "sync/report.h"
#include "tests/unit/sync/plan_fixture.h"

#define WEB "[" PLAN_SECRET("web-init", "eA==") "," PLAN_DISK("web-root", "u") "," PLAN_MACHINE("web", "1") "]"
#define WEB_AND_DB                                                                                                   \
	"[" PLAN_DISK("db-root", "u") "," PLAN_MACHINE("db", "1") "," PLAN_DISK("web-root", "u") "," PLAN_MACHINE(   \
		"web", "1") "]"
#define ONLY_WEB "[" PLAN_DISK("web-root", "u") "," PLAN_MACHINE("web", "1") "]"
#define ONLY_DB "[" PLAN_DISK("db-root", "u") "," PLAN_MACHINE("db", "1") "]"
#define MACHINE(name) "[" PLAN_MACHINE(name, "1") "]"

enum condition { AS_IT_IS, NO_PRUNE, SUSPENDED_OLD, SUSPENDED_NEW, PLAIN, ALLOWED, REWRITTEN };

/* Lab "old" gives, lab "web" takes. */
static const struct handover_case {
	const char *name;
	struct lab_text before[3], after[4];
	enum condition condition;
	const char *plan;
	const char *guard; /* NULL: nothing is held back */
} cases[] = {
	{ .name = "a file was renamed",
	  .before = { { "old", WEB } },
	  .after = { { "web", WEB } },
	  .plan = "old: remove\n"
		  "  move VirtualMachine web to web\n"
		  "  move DataVolume web-root to web\n"
		  "  move Secret web-init to web\n"
		  "web: sync, grows\n"
		  "  update Secret web-init from old [open]\n"
		  "  update DataVolume web-root from old [open]\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "a file was split in two",
	  .before = { { "old", WEB_AND_DB } },
	  .after = { { "old", ONLY_DB }, { "web", ONLY_WEB } },
	  .plan = "old: sync\n"
		  "  unchanged DataVolume db-root\n"
		  "  unchanged VirtualMachine db\n"
		  "  move VirtualMachine web to web\n"
		  "  move DataVolume web-root to web\n"
		  "web: sync, grows\n"
		  "  update DataVolume web-root from old [open]\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "part of it moved, the rest is gone",
	  .before = { { "old", WEB_AND_DB } },
	  .after = { { "web", ONLY_WEB } },
	  .plan = "old: remove\n"
		  "  delete VirtualMachine db [open]\n"
		  "  move VirtualMachine web to web\n"
		  "  retain DataVolume db-root [open]\n"
		  "  move DataVolume web-root to web\n"
		  "web: sync, grows\n"
		  "  update DataVolume web-root from old [open]\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "the same on a history that was rewritten",
	  .before = { { "old", WEB_AND_DB } },
	  .after = { { "web", ONLY_WEB } },
	  .condition = REWRITTEN,
	  .plan = "old: guarded\n"
		  "  delete VirtualMachine db [open]\n"
		  "  move VirtualMachine web to web\n"
		  "  retain DataVolume db-root [open]\n"
		  "  move DataVolume web-root to web\n"
		  "web: sync, grows\n"
		  "  refused DataVolume web-root\n"
		  "  refused VirtualMachine web\n",
	  .guard = "the history was rewritten: lab old was last synced from one, which is no ancestor of this "
		   "commit" },
	{ .name = "all of it moved, on a history that was rewritten",
	  .before = { { "old", MACHINE("web") } },
	  .after = { { "web", MACHINE("web") } },
	  .condition = REWRITTEN,
	  .plan = "old: remove\n"
		  "  move VirtualMachine web to web\n"
		  "web: sync, grows\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "two labs became one",
	  .before = { { "db", ONLY_DB }, { "old", ONLY_WEB } },
	  .after = { { "web", WEB_AND_DB } },
	  .plan = "db: remove\n"
		  "  move VirtualMachine db to web\n"
		  "  move DataVolume db-root to web\n"
		  "old: remove\n"
		  "  move VirtualMachine web to web\n"
		  "  move DataVolume web-root to web\n"
		  "web: sync, grows\n"
		  "  update DataVolume db-root from db [open]\n"
		  "  update DataVolume web-root from old [open]\n"
		  "  update VirtualMachine db from db [open]\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "another lab that goes is still one of two",
	  .before = { { "db", MACHINE("db") }, { "old", MACHINE("web") } },
	  .after = { { "web", MACHINE("web") } },
	  .plan = "db: remove\n"
		  "  delete VirtualMachine db [open]\n"
		  "old: remove\n"
		  "  move VirtualMachine web to web\n"
		  "web: sync, grows\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "with pruning off",
	  .before = { { "old", MACHINE("web") } },
	  .after = { { "web", MACHINE("web") } },
	  .condition = NO_PRUNE,
	  .plan = "old: unmanaged\n"
		  "  move VirtualMachine web to web\n"
		  "web: sync, grows\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "out of a lab that stays, with pruning off",
	  .before = { { "old", WEB_AND_DB } },
	  .after = { { "old", "[]" }, { "web", MACHINE("web") } },
	  .condition = NO_PRUNE,
	  .plan = "old: sync\n"
		  "  move VirtualMachine web to web\n"
		  "web: sync, grows\n"
		  "  update VirtualMachine web from old [open]\n" },

	{ .name = "the lab that has it has errors",
	  .before = { { "old", MACHINE("web") } },
	  .after = { { "old", NULL }, { "web", MACHINE("web") } },
	  .plan = "old: hold\n"
		  "web: sync\n"
		  "  refused VirtualMachine web\n" },
	{ .name = "the lab that has it is suspended",
	  .before = { { "old", MACHINE("web") } },
	  .after = { { "old", "[]" }, { "web", MACHINE("web") } },
	  .condition = SUSPENDED_OLD,
	  .plan = "old: suspend\n"
		  "web: sync\n"
		  "  refused VirtualMachine web\n" },
	{ .name = "the lab that has it may be in a file that cannot be read",
	  .before = { { "old", MACHINE("web") } },
	  .after = { { "other", NULL }, { "web", MACHINE("web") } },
	  .plan = "old: guarded\n"
		  "  delete VirtualMachine web [open]\n"
		  "other: hold\n"
		  "web: sync\n"
		  "  refused VirtualMachine web\n",
	  .guard = "1 lab is not found in Git, but a file cannot be read and may hold what is missing; mend the "
		   "file" },
	{ .name = "unless its removal was asked for",
	  .before = { { "old", MACHINE("web") } },
	  .after = { { "other", NULL }, { "web", MACHINE("web") } },
	  .condition = ALLOWED,
	  .plan = "old: remove\n"
		  "  move VirtualMachine web to web\n"
		  "other: hold\n"
		  "web: sync, grows\n"
		  "  update VirtualMachine web from old [open]\n" },
	{ .name = "the lab that wants it is suspended",
	  .before = { { "old", WEB_AND_DB } },
	  .after = { { "old", ONLY_DB }, { "web", ONLY_WEB } },
	  .condition = SUSPENDED_NEW,
	  .plan = "old: sync\n"
		  "  unchanged DataVolume db-root\n"
		  "  unchanged VirtualMachine db\n"
		  "  move VirtualMachine web to web\n"
		  "  move DataVolume web-root to web\n"
		  "web: suspend\n" },
	{ .name = "the lab that may want it has errors",
	  .before = { { "old", WEB_AND_DB } },
	  .after = { { "old", ONLY_DB }, { "web", NULL } },
	  .condition = PLAIN,
	  .plan = "old: sync\n"
		  "  unchanged DataVolume db-root\n"
		  "  unchanged VirtualMachine db\n"
		  "  move VirtualMachine web\n"
		  "  move DataVolume web-root\n"
		  "web: hold\n" },
	{ .name = "where names tell the lab, an error elsewhere says nothing",
	  .before = { { "old", MACHINE("old-web") } },
	  .after = { { "old", "[]" }, { "web", NULL } },
	  .plan = "old: sync\n"
		  "  delete VirtualMachine old-web [open]\n"
		  "web: hold\n" },
	{ .name = "both want it",
	  .before = { { "old", MACHINE("web") } },
	  .after = { { "old", MACHINE("web") }, { "web", MACHINE("web") } },
	  .plan = "old: sync\n"
		  "  unchanged VirtualMachine web\n"
		  "web: sync\n"
		  "  refused VirtualMachine web\n" },
};

static bool no_ancestor(void *data, const char *commit)
{
	(void)data;
	return !text_equal(commit, "one");
}

static void set_condition(struct plan_fixture *fixture, enum condition condition)
{
	static const char *const allowed[] = { "old", NULL };

	if (condition == ALLOWED)
		fixture->settings.allow_prune = allowed;
	if (condition == REWRITTEN)
		fixture->settings.is_ancestor = no_ancestor;
	fixture->settings.prune = condition != NO_PRUNE;
	for (size_t i = 0; i < fixture->desired.count; i++) {
		struct desired_lab *lab = &fixture->desired.labs[i];

		lab->plain_names = condition == PLAIN;
		lab->suspended = condition == (text_equal(lab->name, "old") ? SUSPENDED_OLD : SUSPENDED_NEW) &&
				 !text_equal(lab->name, "other");
	}
}

static void arrange(struct plan_fixture *fixture, const struct lab_text *before, const struct lab_text *after,
		    enum condition condition)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", before);
	plan_fixture_apply(fixture);
	plan_fixture_commit(fixture, "two", after);
	set_condition(fixture, condition);
	plan_fixture_compute(fixture);
}

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct handover_case *row = &cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *plan = NULL;

		arrange(&fixture, row->before, row->after, row->condition);
		plan = plan_outline_new(&fixture.plan);
		ck_assert_msg(text_equal(plan, row->plan), "%s: found\n%s\nexpected\n%s", row->name, plan, row->plan);
		ck_assert_msg(text_equal(fixture.plan.guard, row->guard), "%s: guard %s", row->name,
			      fixture.plan.guard);
		ck_assert_msg(fixture.plan.orphan_count == 0, "%s: an orphan", row->name);
	}
}
END_TEST

static const struct refusal_case {
	const char *name;
	struct lab_text after[4];
	enum condition condition;
	const char *message;
} refusal_cases[] = {
	{ .name = "errors",
	  .after = { { "old", NULL }, { "web", MACHINE("web") } },
	  .message = "VirtualMachine web is lab old's on the cluster and is not moved from there: that lab's files "
		     "have errors, so that what it wants is not known; mend them" },
	{ .name = "suspended",
	  .after = { { "old", "[]" }, { "web", MACHINE("web") } },
	  .condition = SUSPENDED_OLD,
	  .message = "VirtualMachine web is lab old's on the cluster and is not moved from there: that lab is "
		     "suspended" },
	{ .name = "not in Git, as far as can be read",
	  .after = { { "other", NULL }, { "web", MACHINE("web") } },
	  .message = "VirtualMachine web is lab old's on the cluster and is not moved from there: that lab is not "
		     "found in Git, but a file cannot be read and may hold it; mend the file" },
	{ .name = "wanted by both",
	  .after = { { "old", MACHINE("web") }, { "web", MACHINE("web") } },
	  .message = "VirtualMachine lab/web is already there and belongs to lab-a/labs/old/kubevirt.io/"
		     "VirtualMachine/lab/web; rename the node, delete the object, or set the annotation "
		     "labsync.dev/adopt: \"true\" on the lab" },
};

START_TEST(a_refusal_says_why)
{
	static const struct lab_text before[] = { { "old", MACHINE("web") }, { NULL, NULL } };

	for (size_t i = 0; i < ARRAY_SIZE(refusal_cases); i++) {
		const struct refusal_case *row = &refusal_cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;
		const struct lab_plan *lab;

		arrange(&fixture, before, row->after, row->condition);
		lab = plan_find_lab(&fixture.plan, "lab", "web");
		ck_assert_uint_eq(lab->count, 1);
		ck_assert(lab->steps[0].foreign);
		ck_assert_msg(text_equal(lab->steps[0].error.message, row->message), "%s: %s", row->name,
			      lab->steps[0].error.message);
	}
}
END_TEST

static const struct lab_text old_web[] = { { "old", WEB }, { NULL, NULL } };
static const struct lab_text new_web[] = { { "web", WEB }, { NULL, NULL } };

static struct lab_plan *lab_of(struct plan_fixture *fixture, const char *name)
{
	return (struct lab_plan *)plan_find_lab(&fixture->plan, "lab", name);
}

static struct step *step_of(struct lab_plan *lab, const char *kind)
{
	for (size_t i = 0; i < lab->count; i++)
		if (text_equal(lab->steps[i].kind->name, kind))
			return &lab->steps[i];
	ck_abort_msg("lab %s has no step for a %s", lab->name, kind);
	return NULL;
}

/* The write names the version that it was decided on, and moves all that tells the owner. */
START_TEST(the_patch_moves_the_owner)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	const json_t *patch;

	arrange(&fixture, old_web, new_web, AS_IT_IS);
	patch = step_of(lab_of(&fixture, "web"), "VirtualMachine")->merge.patch;
	ck_assert_str_eq(object_annotation(patch, ANNOTATION_OWNER),
			 "lab-a/labs/web/kubevirt.io/VirtualMachine/lab/web");
	ck_assert_str_eq(object_annotation(patch, ANNOTATION_COMMIT), "two");
	ck_assert_ptr_nonnull(object_label(patch, LABEL_APPLYSET_PART_OF));
	ck_assert_ptr_null(json_object_get(patch, "spec"));
}
END_TEST

/* What is seen after a 409 is decided by the same word. */
START_TEST(a_fresher_object_is_taken_too)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct identity identity = {
		.cluster = "lab-a", .source = "labs", .lab = "web", .namespace_name = "lab"
	};
	cleanup(json) json_t *live = NULL;
	struct step *step;

	arrange(&fixture, old_web, new_web, AS_IT_IS);
	step = step_of(lab_of(&fixture, "web"), "VirtualMachine");
	live = json_deep_copy(step->live);
	step_decide(step, &identity, live);
	ck_assert_int_eq(step->action, STEP_UPDATE);
	json_object_set_new(json_object_get(json_object_get(live, "metadata"), "annotations"), ANNOTATION_OWNER,
			    json_string("lab-a/others/old/kubevirt.io/VirtualMachine/lab/web"));
	step_decide(step, &identity, live);
	ck_assert_int_eq(step->action, STEP_REFUSED);
}
END_TEST

/* What no LIST shows may have lost its label: it is not deleted by the one lab while the other one makes it. */
START_TEST(what_is_not_seen_moves_as_well)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", old_web);
	plan_fixture_apply(&fixture);
	plan_fixture_touch(&fixture, "VirtualMachine", "web", NULL);
	plan_fixture_commit(&fixture, "two", new_web);
	plan_fixture_compute(&fixture);
	ck_assert_int_eq(step_of(lab_of(&fixture, "old"), "VirtualMachine")->action, STEP_MOVE);
	ck_assert_int_eq(step_of(lab_of(&fixture, "web"), "VirtualMachine")->action, STEP_CREATE);
	ck_assert_str_eq(step_of(lab_of(&fixture, "web"), "VirtualMachine")->other_lab, "old");
}
END_TEST

static void answer_all(struct lab_plan *lab)
{
	for (size_t i = 0; i < lab->count; i++)
		lab->steps[i].done = lab->steps[i].desired != NULL;
}

/* The parent forgets what was taken, and only that. */
START_TEST(the_old_parent_lists_until_it_is_taken)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct lab_plan *old, *web;

	arrange(&fixture, old_web, new_web, AS_IT_IS);
	old = lab_of(&fixture, "old");
	web = lab_of(&fixture, "web");
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	ck_assert_int_eq(old->state, LAB_STATE_DEGRADED);
	ck_assert_str_eq(old->reason,
			 "VirtualMachine web has left this lab and is lab web's in Git, which has yet to "
			 "take it over");
	step_of(web, "Secret")->done = true;
	ck_assert(!lab_plan_narrow_inventory(old));
	ck_assert_uint_eq(old->inventory->count, 2);
	answer_all(web);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	ck_assert_int_eq(old->state, LAB_STATE_READY);
	ck_assert(lab_plan_narrow_inventory(old));
}
END_TEST

/* Killed after the writes: the objects say that they are the new lab's, and both parents list them. */
START_TEST(a_pass_that_ended_early_is_completed)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *plan = NULL;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", old_web);
	plan_fixture_apply(&fixture);
	plan_fixture_commit(&fixture, "two", new_web);
	plan_fixture_apply(&fixture);
	plan_fixture_compute(&fixture);
	plan = plan_outline_new(&fixture.plan);
	ck_assert_str_eq(plan, "old: remove\n"
			       "  move VirtualMachine web to web\n"
			       "  move DataVolume web-root to web\n"
			       "  move Secret web-init to web\n"
			       "web: sync\n"
			       "  unchanged Secret web-init\n"
			       "  unchanged DataVolume web-root\n"
			       "  unchanged VirtualMachine web\n");
	ck_assert_ptr_null(fixture.plan.guard);
	ck_assert(!lab_plan_has_changes(lab_of(&fixture, "old")));
	ck_assert(lab_plan_narrow_inventory(lab_of(&fixture, "old")));
}
END_TEST

/* Killed after the new parent was written: all of it is done once more. */
START_TEST(a_pass_that_only_began_is_done_again)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct inventory *inventory;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", old_web);
	plan_fixture_apply(&fixture);
	plan_fixture_commit(&fixture, "two", new_web);
	inventory = inventory_new("lab-a", "labs", "lab", "web");
	fixture.inventories[fixture.inventory_count++] = inventory;
	inventory_add(inventory, plan_fixture_kind("VirtualMachine"), "web");
	inventory_add(inventory, plan_fixture_kind("DataVolume"), "web-root");
	inventory_add(inventory, plan_fixture_kind("Secret"), "web-init");
	plan_fixture_compute(&fixture);
	ck_assert_int_eq(step_of(lab_of(&fixture, "web"), "VirtualMachine")->action, STEP_UPDATE);
	ck_assert_int_eq(step_of(lab_of(&fixture, "old"), "VirtualMachine")->action, STEP_MOVE);
	ck_assert(!lab_of(&fixture, "web")->inventory_grows);
}
END_TEST

START_TEST(the_note_says_moved)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *note = NULL, *planned = NULL;
	struct report report = { .verdict = VERDICT_READY, .commit = "two", .cluster = "lab-a", .source = "labs" };

	arrange(&fixture, old_web, new_web, AS_IT_IS);
	report.plan = &fixture.plan;
	report.desired = &fixture.desired;
	planned = report_plan_new(&report);
	ck_assert_ptr_nonnull(strstr(planned, "lab old (labs/old.yaml): would move to where its documents are\n"
					      "  > VirtualMachine web   (to be moved to lab web)\n"));
	ck_assert_ptr_nonnull(strstr(planned, "  ~ VirtualMachine web   (moved from lab old)\n"));
	ck_assert_ptr_null(strstr(planned, "labsync.dev/owner"));
	answer_all(lab_of(&fixture, "web"));
	lab_plan_set_state(lab_of(&fixture, "old"), LAB_STATE_READY, NULL);
	note = report_note_new(&report);
	ck_assert_ptr_nonnull(strstr(note, "lab old (labs/old.yaml): Moved\n"
					   "  > VirtualMachine web   (moved to lab web)\n"));
	ck_assert_ptr_nonnull(strstr(note, "pruned=0"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table,
				 a_refusal_says_why,
				 the_patch_moves_the_owner,
				 a_fresher_object_is_taken_too,
				 what_is_not_seen_moves_as_well,
				 the_old_parent_lists_until_it_is_taken,
				 a_pass_that_ended_early_is_completed,
				 a_pass_that_only_began_is_done_again,
				 the_note_says_moved };

	return suite_run("handover", tests, ARRAY_SIZE(tests));
}
