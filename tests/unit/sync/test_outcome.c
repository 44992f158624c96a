#include "sync/outcome.h"

#include "base/text.h"
#include "tests/unit/sync/plan_fixture.h"

#define DISKS "[" PLAN_DISK("ospf-a", "u") "," PLAN_DISK("ospf-b", "u") "," PLAN_SECRET("ospf-s", "eA==") "]"
#define PHASE(phase) "{'status': {'phase': '" phase "'}}"

static const struct lab_text two_disks[] = { { "ospf", DISKS }, { NULL, NULL } };

/* What the two disks of a lab that is in sync are at. NULL: not there. */
static const struct health_case {
	const char *name, *first, *second;
	enum lab_state state;
	const char *reason;
} health_cases[] = {
	{ "both ready", PHASE("Succeeded"), PHASE("Succeeded"), LAB_STATE_READY, NULL },
	{ "one on its way", PHASE("Succeeded"), PHASE("Pending"), LAB_STATE_PROGRESSING,
	  "DataVolume ospf-b: Pending" },
	{ "the first reason of the worst state", PHASE("Pending"), PHASE("Failed"), LAB_STATE_DEGRADED,
	  "DataVolume ospf-b: Failed" },
	{ "the first of two", PHASE("Pending"), PHASE("ImportScheduled"), LAB_STATE_PROGRESSING,
	  "DataVolume ospf-a: Pending" },
	{ "suspended", PHASE("Succeeded"), PHASE("Paused"), LAB_STATE_SUSPENDED, "DataVolume ospf-b: Paused" },
	{ "progress is worse than a pause", PHASE("Paused"), PHASE("Pending"), LAB_STATE_PROGRESSING,
	  "DataVolume ospf-b: Pending" },
	{ "not there", PHASE("Succeeded"), NULL, LAB_STATE_PROGRESSING, "DataVolume ospf-b is not there" },
};

static void arrange_in_sync(struct plan_fixture *fixture, const char *first, const char *second)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", two_disks);
	plan_fixture_apply(fixture);
	plan_fixture_compute(fixture);
	plan_fixture_touch(fixture, "DataVolume", "ospf-a", first);
	plan_fixture_touch(fixture, "DataVolume", "ospf-b", second);
}

static void check_lab(const char *name, const struct lab_plan *lab, enum lab_state state, const char *reason)
{
	ck_assert_msg(lab->state == state && text_equal(lab->reason, reason), "%s: %s - %s", name,
		      lab_state_name(lab->state), lab->reason);
}

START_TEST(health)
{
	for (size_t i = 0; i < ARRAY_SIZE(health_cases); i++) {
		const struct health_case *row = &health_cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;

		arrange_in_sync(&fixture, row->first, row->second);
		outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
		check_lab(row->name, &fixture.plan.labs[0], row->state, row->reason);
	}
}
END_TEST

/* Judged again and again while it is waited for. */
START_TEST(a_later_look_replaces_an_earlier_one)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange_in_sync(&fixture, PHASE("Failed"), PHASE("Pending"));
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	plan_fixture_touch(&fixture, "DataVolume", "ospf-a", PHASE("Succeeded"));
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab("second", &fixture.plan.labs[0], LAB_STATE_PROGRESSING, "DataVolume ospf-b: Pending");
	plan_fixture_touch(&fixture, "DataVolume", "ospf-b", PHASE("Succeeded"));
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab("third", &fixture.plan.labs[0], LAB_STATE_READY, NULL);
}
END_TEST

START_TEST(a_failed_write_is_worst)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange_in_sync(&fixture, PHASE("Failed"), PHASE("Succeeded"));
	error_set(&plan_fixture_step(&fixture, "Secret", "ospf-s")->error, ERROR_REFUSED, "the server says no");
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab("failed", &fixture.plan.labs[0], LAB_STATE_FAILED, "the server says no");
}
END_TEST

START_TEST(a_refused_object_fails_its_lab)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	plan_fixture_init(&fixture);
	plan_fixture_touch(&fixture, "DataVolume", "ospf-a", "{'spec': {}}");
	plan_fixture_commit(&fixture, "one", two_disks);
	plan_fixture_compute(&fixture);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	ck_assert_int_eq(fixture.plan.labs[0].state, LAB_STATE_FAILED);
	ck_assert(text_starts_with(fixture.plan.labs[0].reason, "DataVolume lab/ospf-a is already there"));
}
END_TEST

/* What is said of a lab whose file is broken: the first error in that file. */
static const struct hold_case {
	const char *name;
	struct {
		enum diagnostic_severity severity;
		const char *path, *message;
	} diagnostics[3];
	const char *reason;
} hold_cases[] = {
	{ "its first error",
	  { { DIAGNOSTIC_ERROR, "labs/bgp.yaml", "of another" },
	    { DIAGNOSTIC_ERROR, "labs/ospf.yaml", "first" },
	    { DIAGNOSTIC_ERROR, "labs/ospf.yaml", "second" } },
	  "first" },
	{ "no warning",
	  { { DIAGNOSTIC_WARNING, "labs/ospf.yaml", "warning" }, { DIAGNOSTIC_ERROR, "labs/ospf.yaml", "error" } },
	  "error" },
	{ "nothing known", { { DIAGNOSTIC_ERROR, "labs/bgp.yaml", "of another" } }, "its files have errors" },
};

START_TEST(held_labs)
{
	static const struct lab_text broken[] = { { "ospf", NULL }, { NULL, NULL } };

	for (size_t i = 0; i < ARRAY_SIZE(hold_cases); i++) {
		const struct hold_case *row = &hold_cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;

		plan_fixture_init(&fixture);
		plan_fixture_commit(&fixture, "one", broken);
		for (size_t j = 0; j < ARRAY_SIZE(row->diagnostics) && row->diagnostics[j].path; j++)
			diagnostics_add(&fixture.desired.diagnostics, row->diagnostics[j].severity,
					row->diagnostics[j].path, 1, 1, "%s", row->diagnostics[j].message);
		plan_fixture_compute(&fixture);
		outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
		check_lab(row->name, &fixture.plan.labs[0], LAB_STATE_FAILED, row->reason);
	}
}
END_TEST

static const struct lab_text nothing[] = { { NULL, NULL } };

/* What the guard holds is neither changed nor pruned. */
START_TEST(guarded_lab)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct outcome_counts counts;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", two_disks);
	plan_fixture_apply(&fixture);
	plan_fixture_commit(&fixture, "two", nothing);
	plan_fixture_compute(&fixture);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab("guarded", &fixture.plan.labs[0], LAB_STATE_READY, "the only lab would be removed");
	counts = outcome_count(&fixture.plan);
	ck_assert_uint_eq(counts.labs, 1);
	ck_assert_uint_eq(counts.changed_labs, 0);
	ck_assert_uint_eq(counts.pruned + counts.retained, 0);
}
END_TEST

START_TEST(unmanaged_lab)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", two_disks);
	plan_fixture_apply(&fixture);
	plan_fixture_commit(&fixture, "two", nothing);
	fixture.settings.prune = false;
	plan_fixture_compute(&fixture);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab("unmanaged", &fixture.plan.labs[0], LAB_STATE_READY, "left Git; pruning is off");
}
END_TEST

/* The objects of a lab that goes are not asked for their health; a delete that fails is. */
START_TEST(removed_lab)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct outcome_counts counts;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", two_disks);
	plan_fixture_apply(&fixture);
	plan_fixture_commit(&fixture, "two", nothing);
	fixture.settings.allow_prune_all = true;
	plan_fixture_compute(&fixture);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab("gone", &fixture.plan.labs[0], LAB_STATE_READY, NULL);
	counts = outcome_count(&fixture.plan);
	ck_assert_uint_eq(counts.labs, 0);
	ck_assert_uint_eq(counts.ready, 0);
	ck_assert_uint_eq(counts.changed_labs, 1);
	ck_assert_uint_eq(counts.pruned, 1);
	ck_assert_uint_eq(counts.retained, 2);

	error_set(&plan_fixture_step(&fixture, "Secret", "ospf-s")->error, ERROR_TIMEOUT, "it does not go");
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab("stuck", &fixture.plan.labs[0], LAB_STATE_FAILED, "it does not go");
	counts = outcome_count(&fixture.plan);
	ck_assert_uint_eq(counts.labs, 1);
	ck_assert_uint_eq(counts.failed, 1);
	ck_assert_uint_eq(counts.failures, 1);
	ck_assert_uint_eq(counts.pruned, 0);
}
END_TEST

#define BGP "[" PLAN_SECRET("bgp-s", "eA==") "]"
#define MANY_BEFORE                                                                                                  \
	"[" PLAN_DISK("ospf-kept", "u") "," PLAN_DISK("ospf-left", "u") "," PLAN_MACHINE(                            \
		"ospf-a", "1") "," PLAN_MACHINE("ospf-b", "1") "," PLAN_SERVICE("ospf-gone", "22") "]"
#define MANY_AFTER                                                                                                   \
	"[" PLAN_DISK("ospf-kept", "v") "," PLAN_MACHINE("ospf-a", "2") "," PLAN_MACHINE(                            \
		"ospf-b", "1") "," PLAN_SERVICE("ospf-new", "22") "]"

START_TEST(counts_of_objects)
{
	static const struct lab_text before[] = { { "bgp", BGP }, { "ospf", MANY_BEFORE }, { NULL, NULL } };
	static const struct lab_text after[] = { { "bgp", BGP }, { "ospf", MANY_AFTER }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct outcome_counts counts;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", before);
	plan_fixture_apply(&fixture);
	plan_fixture_touch(&fixture, "VirtualMachine", "ospf-b",
			   "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 9}}}}}}");
	plan_fixture_commit(&fixture, "two", after);
	plan_fixture_compute(&fixture);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	counts = outcome_count(&fixture.plan);
	ck_assert_uint_eq(counts.created, 1);
	ck_assert_uint_eq(counts.updated, 2);
	ck_assert_uint_eq(counts.drifted, 1);
	ck_assert_uint_eq(counts.pruned, 1);
	ck_assert_uint_eq(counts.retained, 1);
	ck_assert_uint_eq(counts.unchanged, 2);
	ck_assert_uint_eq(counts.failures, 0);
	ck_assert_uint_eq(counts.changed_labs, 1);
	ck_assert(!lab_plan_has_changes(&fixture.plan.labs[0]));
	ck_assert(lab_plan_has_changes(&fixture.plan.labs[1]));
}
END_TEST

START_TEST(counts_of_labs)
{
	static const enum lab_state states[] = { LAB_STATE_READY,    LAB_STATE_READY,       LAB_STATE_SUSPENDED,
						 LAB_STATE_DEGRADED, LAB_STATE_PROGRESSING, LAB_STATE_FAILED };
	struct lab_plan labs[ARRAY_SIZE(states)] = { { .name = NULL } };
	const struct plan plan = { .labs = labs, .count = ARRAY_SIZE(labs) };
	struct outcome_counts counts;

	for (size_t i = 0; i < ARRAY_SIZE(states); i++)
		labs[i].state = states[i];
	counts = outcome_count(&plan);
	ck_assert_uint_eq(counts.labs, 6);
	ck_assert_uint_eq(counts.ready, 3); /* who pauses a lab wants it so */
	ck_assert_uint_eq(counts.degraded, 1);
	ck_assert_uint_eq(counts.progressing, 1);
	ck_assert_uint_eq(counts.failed, 1);
	ck_assert_uint_eq(counts.changed_labs, 0);
}
END_TEST

START_TEST(names)
{
	ck_assert_str_eq(lab_state_name(LAB_STATE_PROGRESSING), "Progressing");
	ck_assert_str_eq(lab_state_name(LAB_STATE_READY), "Ready");
	ck_assert_str_eq(lab_state_name(LAB_STATE_SUSPENDED), "Suspended");
	ck_assert_str_eq(lab_state_name(LAB_STATE_DEGRADED), "Degraded");
	ck_assert_str_eq(lab_state_name(LAB_STATE_FAILED), "Failed");
}
END_TEST

int main(void)
{
	const TTest *tests[] = { health,
				 a_later_look_replaces_an_earlier_one,
				 a_failed_write_is_worst,
				 a_refused_object_fails_its_lab,
				 held_labs,
				 guarded_lab,
				 unmanaged_lab,
				 removed_lab,
				 counts_of_objects,
				 counts_of_labs,
				 names };

	return suite_run("outcome", tests, ARRAY_SIZE(tests));
}
