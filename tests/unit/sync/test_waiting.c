#include "sync/waiting.h"

#include "base/text.h"
#include "sync/outcome.h"
#include "tests/unit/sync/report_check.h"

#define ONE(lab, cores) "[" PLAN_MACHINE(lab "-r1", cores) "]"
#define BROKEN "{'status': {'printableStatus': 'CrashLoopBackOff'}}"
#define STARTING "{'status': {'printableStatus': 'Starting'}}"

enum { A, B, C, LAB_COUNT };

static const struct lab_text three[] = {
	{ "a", ONE("a", "1") }, { "b", ONE("b", "1") }, { "c", ONE("c", "1") }, { NULL, NULL }
};
static const struct lab_text none[] = { { NULL, NULL } };

static void depend(struct desired_lab *lab, const char *on)
{
	lab->dependencies = memory_new_array(1, sizeof(*lab->dependencies));
	lab->dependencies[0] =
		(struct rendered_dependency){ .namespace_name = string_copy("lab"), .name = string_copy(on) };
	lab->dependency_count = 1;
}

/* a comes after b, and b after c; none of them is on the cluster. */
static void arrange_new_chain(struct plan_fixture *fixture)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", three);
	depend(&fixture->desired.labs[A], "b");
	depend(&fixture->desired.labs[B], "c");
	plan_fixture_compute(fixture);
	waiting_begin(&fixture->plan);
}

/* What the writes of a lab leave. */
static void make(struct plan_fixture *fixture, size_t lab, const char *status)
{
	cleanup(free) char *name = string_format("%s-r1", fixture->plan.labs[lab].name);
	struct step *step = plan_fixture_step(fixture, "VirtualMachine", name);

	step->done = true;
	live_set_put(fixture->live, step->kind, step->desired);
	plan_fixture_touch(fixture, "VirtualMachine", name, status);
}

static bool go_on(struct plan_fixture *fixture)
{
	outcome_judge(&fixture->plan, fixture->live, &fixture->desired);
	return waiting_release(&fixture->plan, fixture->live);
}

static void check_waiting(const struct plan_fixture *fixture, const char *expected)
{
	char text[LAB_COUNT + 1] = "";

	for (size_t i = 0; i < fixture->plan.count; i++)
		text[i] = fixture->plan.labs[i].waits ? 'w' : '-';
	ck_assert_str_eq(text, expected);
}

static void check_lab(const struct plan_fixture *fixture, size_t lab, enum lab_state state, const char *reason)
{
	const struct lab_plan *plan = &fixture->plan.labs[lab];

	ck_assert_msg(plan->state == state && text_equal(plan->reason, reason), "%s: %s - %s", plan->name,
		      lab_state_name(plan->state), plan->reason);
}

START_TEST(one_after_the_other)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange_new_chain(&fixture);
	check_waiting(&fixture, "ww-");
	make(&fixture, C, STARTING);
	ck_assert(!go_on(&fixture));
	check_lab(&fixture, B, LAB_STATE_PROGRESSING, "waits for lab c");
	check_lab(&fixture, A, LAB_STATE_PROGRESSING, "waits for lab b");
	make(&fixture, C, STOPPED);
	ck_assert(go_on(&fixture));
	check_waiting(&fixture, "w--");
	make(&fixture, B, STARTING);
	ck_assert(!go_on(&fixture));
	check_waiting(&fixture, "w--");
	make(&fixture, B, STOPPED);
	ck_assert(go_on(&fixture));
	check_waiting(&fixture, "---");
}
END_TEST

/* Its steps are neither counted nor told as done. */
START_TEST(a_lab_that_waits_has_done_nothing)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange_new_chain(&fixture);
	make(&fixture, C, STARTING);
	go_on(&fixture);
	ck_assert(!lab_plan_has_changes(&fixture.plan.labs[A]));
	ck_assert_uint_eq(outcome_count(&fixture.plan).created, 1);
	ck_assert_uint_eq(outcome_count(&fixture.plan).progressing, 3);
}
END_TEST

START_TEST(a_broken_dependency_is_told_and_may_recover)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange_new_chain(&fixture);
	make(&fixture, C, BROKEN);
	ck_assert(!go_on(&fixture));
	check_lab(&fixture, B, LAB_STATE_DEGRADED, "waits for lab c, which is Degraded");
	make(&fixture, C, STOPPED);
	ck_assert(go_on(&fixture));
	check_waiting(&fixture, "w--");
}
END_TEST

START_TEST(nothing_to_write_waits_for_nobody)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", three);
	settle(&fixture);
	plan_fixture_commit(&fixture, "two", three);
	depend(&fixture.desired.labs[A], "b");
	plan_fixture_touch(&fixture, "VirtualMachine", "b-r1", BROKEN);
	plan_fixture_compute(&fixture);
	waiting_begin(&fixture.plan);
	check_waiting(&fixture, "---");
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab(&fixture, A, LAB_STATE_READY, NULL);
}
END_TEST

/* What becomes of a lab that depends on one in another condition than being synced. */
static const struct condition_case {
	const char *name;
	bool invalid, suspended, expired, made, broken;
	const char *reason; /* NULL: it is not held up */
} condition_cases[] = {
	{ .name = "in order", .made = true },
	{ .name = "errors in its files",
	  .invalid = true,
	  .made = true,
	  .reason = "waits for lab b, which has errors in its files" },
	{ .name = "expired", .expired = true, .made = true, .reason = "waits for lab b, which has expired" },
	{ .name = "suspended and well", .suspended = true, .made = true },
	{ .name = "suspended and broken",
	  .suspended = true,
	  .made = true,
	  .broken = true,
	  .reason = "waits for lab b, which is suspended and not Ready" },
	{ .name = "suspended and never made",
	  .suspended = true,
	  .reason = "waits for lab b, which is suspended and was never made" },
};

START_TEST(conditions)
{
	static const struct lab_text only_b[] = { { "b", ONE("b", "1") }, { NULL, NULL } };

	for (size_t i = 0; i < ARRAY_SIZE(condition_cases); i++) {
		const struct condition_case *row = &condition_cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;

		plan_fixture_init(&fixture);
		plan_fixture_commit(&fixture, "one", only_b);
		if (row->made)
			settle(&fixture);
		if (row->broken)
			plan_fixture_touch(&fixture, "VirtualMachine", "b-r1", BROKEN);
		plan_fixture_commit(&fixture, "two", three);
		depend(&fixture.desired.labs[A], "b");
		fixture.desired.labs[B].valid = !row->invalid;
		fixture.desired.labs[B].suspended = row->suspended;
		fixture.desired.labs[B].expired = row->expired;
		plan_fixture_compute(&fixture);
		waiting_begin(&fixture.plan);
		ck_assert_msg(go_on(&fixture) == (row->reason == NULL), "%s", row->name);
		ck_assert_msg(row->reason == NULL || text_equal(fixture.plan.labs[A].reason, row->reason), "%s: %s",
			      row->name, fixture.plan.labs[A].reason);
	}
}
END_TEST

START_TEST(a_dependency_that_is_not_there)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", three);
	depend(&fixture.desired.labs[A], "nobody");
	plan_fixture_compute(&fixture);
	waiting_begin(&fixture.plan);
	ck_assert(!go_on(&fixture));
	check_lab(&fixture, A, LAB_STATE_DEGRADED, "waits for lab nobody, which is not in Git");
}
END_TEST

/* All three were made, then left Git; the parents remember who came after whom. */
static void arrange_removal(struct plan_fixture *fixture, const char *const *on)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", three);
	settle(fixture);
	for (size_t i = 0; i < fixture->inventory_count; i++)
		fixture->inventories[i]->dependencies = on[i] ? string_format("lab/%s\n", on[i]) : NULL;
	plan_fixture_commit(fixture, "two", none);
	fixture->settings.allow_prune_all = true;
	plan_fixture_compute(fixture);
	waiting_begin(&fixture->plan);
}

START_TEST(removed_in_reverse)
{
	static const char *const chain[] = { "b", "c", NULL };
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange_removal(&fixture, chain);
	check_waiting(&fixture, "-ww");
	ck_assert(go_on(&fixture));
	check_lab(&fixture, C, LAB_STATE_PROGRESSING, "waits until the labs that depend on it are gone");
	check_waiting(&fixture, "--w");
	ck_assert(go_on(&fixture));
	check_waiting(&fixture, "---");
	ck_assert(!go_on(&fixture));
}
END_TEST

START_TEST(a_circle_of_removals_ends)
{
	static const char *const circle[] = { "b", "c", "a" };
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange_removal(&fixture, circle);
	check_waiting(&fixture, "www");
	ck_assert(go_on(&fixture));
	check_waiting(&fixture, "---");
}
END_TEST

START_TEST(the_parent_keeps_dependencies)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(inventory) struct inventory *again = NULL;
	cleanup(json) json_t *parent = NULL;
	struct lab_plan *lab;

	arrange_new_chain(&fixture);
	lab = &fixture.plan.labs[A];
	lab_plan_record(lab, "one", "Ready", NULL);
	parent = inventory_build_parent(lab->inventory);
	again = inventory_new_from_parent(parent, "lab-a", "labs");
	ck_assert_str_eq(again->dependencies, "lab/b\n");
	ck_assert(inventory_is_written(again));
	lab_plan_record(&fixture.plan.labs[C], "one", "Ready", NULL);
	ck_assert_ptr_null(fixture.plan.labs[C].inventory->dependencies);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { one_after_the_other,
				 a_lab_that_waits_has_done_nothing,
				 a_broken_dependency_is_told_and_may_recover,
				 nothing_to_write_waits_for_nobody,
				 conditions,
				 a_dependency_that_is_not_there,
				 removed_in_reverse,
				 a_circle_of_removals_ends,
				 the_parent_keeps_dependencies };

	return suite_run("waiting", tests, ARRAY_SIZE(tests));
}
