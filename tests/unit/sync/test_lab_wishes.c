/* What Git may ask of a lab as a whole: to leave it alone, to let it expire, to
 * turn it off; and what becomes of that in plan, outcome and note. */
#include "base/text.h"
#include "sync/outcome.h"
#include "tests/unit/sync/report_check.h"

static const struct lab_text two_labs[] = { { "bgp", BGP }, { "ospf", OSPF("1") }, { NULL, NULL } };
static const struct lab_text changed[] = { { "bgp", BGP }, { "ospf", OSPF("2") }, { NULL, NULL } };
static const struct lab_text expired_labs[] = { { "bgp", BGP }, { "ospf", "[]" }, { NULL, NULL } };

enum { BGP_LAB, OSPF_LAB };

static void arrange(struct plan_fixture *fixture, const struct lab_text *before, const struct lab_text *after)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", before);
	settle(fixture);
	plan_fixture_commit(fixture, "two", after);
}

static void act(struct plan_fixture *fixture)
{
	plan_fixture_compute(fixture);
	outcome_judge(&fixture->plan, fixture->live, &fixture->desired);
}

static void check_plan(const struct plan_fixture *fixture, const char *expected)
{
	cleanup(free) char *text = plan_text_new(&fixture->plan);

	ck_assert_str_eq(text, expected);
}

static void check_lab(const struct lab_plan *lab, enum lab_state state, const char *reason)
{
	ck_assert_msg(lab->state == state && text_equal(lab->reason, reason), "%s: %s - %s", lab->name,
		      lab_state_name(lab->state), lab->reason);
}

static void check_note(const struct plan_fixture *fixture, const char *part)
{
	const struct report report = report_of(fixture);
	cleanup(free) char *note = report_note_new(&report);

	ck_assert_msg(strstr(note, part) != NULL, "no \"%s\" in:\n%s", part, note);
}

START_TEST(a_suspended_lab_is_left_alone)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, two_labs, changed);
	fixture.desired.labs[OSPF_LAB].suspended = true;
	plan_fixture_touch(&fixture, "Secret", "ospf-r1", NULL);
	act(&fixture);
	check_plan(&fixture, "bgp: sync\n  unchanged VirtualMachine bgp-r1\nospf: suspend\n");
	check_lab(&fixture.plan.labs[OSPF_LAB], LAB_STATE_SUSPENDED, "suspend: true");
	ck_assert_uint_eq(fixture.plan.orphan_count, 0);
	ck_assert_int_eq(report_verdict(&fixture.plan, &fixture.desired), VERDICT_READY);
	check_note(&fixture, "lab ospf (labs/ospf.yaml): Suspended - suspend: true\n");
	ck_assert(!lab_plan_has_changes(&fixture.plan.labs[OSPF_LAB]));
}
END_TEST

/* Nothing is there to be left alone, and nothing is made. */
START_TEST(a_new_suspended_lab_is_not_made)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", two_labs);
	fixture.desired.labs[OSPF_LAB].suspended = true;
	act(&fixture);
	ck_assert_ptr_null(fixture.plan.labs[OSPF_LAB].inventory);
	ck_assert_uint_eq(fixture.plan.labs[OSPF_LAB].count, 0);
}
END_TEST

/* Both of two labs go, which the guard would not let them do without being asked in Git. */
START_TEST(expired_labs_go_past_the_guard)
{
	static const struct lab_text all_expired[] = { { "bgp", "[]" }, { "ospf", "[]" }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, two_labs, all_expired);
	fixture.desired.labs[BGP_LAB].expired = fixture.desired.labs[OSPF_LAB].expired = true;
	act(&fixture);
	ck_assert_ptr_null(fixture.plan.guard);
	check_plan(&fixture,
		   "bgp: expire\n  delete VirtualMachine bgp-r1 [open]\n"
		   "ospf: expire\n  delete VirtualMachine ospf-r1 [open]\n  delete Secret ospf-r1 [open]\n");
	check_lab(&fixture.plan.labs[OSPF_LAB], LAB_STATE_EXPIRED, NULL);
	check_note(&fixture, "lab ospf (labs/ospf.yaml): Expired\n  - VirtualMachine ospf-r1\n");
	ck_assert_uint_eq(outcome_count(&fixture.plan).labs, 0);
	ck_assert_uint_eq(outcome_count(&fixture.plan).pruned, 3);
}
END_TEST

START_TEST(a_removal_that_fails_is_told_of_an_expired_lab)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, two_labs, expired_labs);
	fixture.desired.labs[OSPF_LAB].expired = true;
	plan_fixture_compute(&fixture);
	error_set(&plan_fixture_step(&fixture, "Secret", "ospf-r1")->error, ERROR_REFUSED, "the server says no");
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab(&fixture.plan.labs[OSPF_LAB], LAB_STATE_FAILED, "the server says no");
	ck_assert_int_eq(report_verdict(&fixture.plan, &fixture.desired), VERDICT_DEGRADED);
}
END_TEST

START_TEST(without_pruning_an_expired_lab_stays)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, two_labs, expired_labs);
	fixture.desired.labs[OSPF_LAB].expired = true;
	fixture.settings.prune = false;
	act(&fixture);
	check_plan(&fixture, "bgp: sync\n  unchanged VirtualMachine bgp-r1\nospf: unmanaged\n");
	check_lab(&fixture.plan.labs[OSPF_LAB], LAB_STATE_READY, "expired; pruning is off");
}
END_TEST

/* Its objects went when it expired; now its file goes too, alone or with all others. */
START_TEST(an_expired_lab_leaves_git_without_the_guard)
{
	static const struct lab_text without[] = { { "bgp", BGP }, { NULL, NULL } }, none[] = { { NULL, NULL } };
	const struct {
		const struct lab_text *after;
		const char *guard;
		enum lab_action action;
	} cases[] = { { without, NULL, LAB_SYNC }, { none, "the only lab would be removed", LAB_GUARDED } };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(plan_fixture) struct plan_fixture fixture;

		arrange(&fixture, two_labs, cases[i].after);
		for (size_t j = 0; j < fixture.inventory_count; j++)
			if (text_equal(fixture.inventories[j]->lab, "ospf")) {
				inventory_clear_entries(fixture.inventories[j]);
				fixture.inventories[j]->state = string_copy("Expired");
			}
		plan_fixture_touch(&fixture, "VirtualMachine", "ospf-r1", NULL);
		plan_fixture_touch(&fixture, "Secret", "ospf-r1", NULL);
		plan_fixture_compute(&fixture);
		ck_assert_msg(text_equal(fixture.plan.guard, cases[i].guard), "%zu: %s", i, fixture.plan.guard);
		ck_assert_int_eq(fixture.plan.labs[BGP_LAB].action, cases[i].action);
		ck_assert_int_eq(fixture.plan.labs[OSPF_LAB].action, LAB_REMOVE);
	}
}
END_TEST

/* What the parent said last tells that it was on; what stands there now, that it is off. */
START_TEST(the_schedule_is_told_once)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct lab_plan *lab;

	arrange(&fixture, two_labs, changed);
	fixture.desired.labs[OSPF_LAB].powered_off = true;
	act(&fixture);
	lab = &fixture.plan.labs[OSPF_LAB];
	check_lab(lab, LAB_STATE_READY, "powered off by schedule");
	check_note(&fixture, "lab ospf (labs/ospf.yaml): Ready - powered off by schedule\n"
			     "  schedule: powered off\n  ~ VirtualMachine ospf-r1 ");
	lab->was_powered_off = true;
	check_note(&fixture, "Ready - powered off by schedule\n  ~ VirtualMachine ospf-r1 ");
	lab->powered_off = false;
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	check_lab(lab, LAB_STATE_READY, NULL);
	check_note(&fixture, "lab ospf (labs/ospf.yaml): Ready\n  schedule: powered on\n");
}
END_TEST

START_TEST(the_parent_remembers_that_it_was_off)
{
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, two_labs, two_labs);
	for (size_t i = 0; i < fixture.inventory_count; i++)
		fixture.inventories[i]->message =
			string_copy(text_equal(fixture.inventories[i]->lab, "ospf") ? PLAN_POWERED_OFF : "");
	plan_fixture_compute(&fixture);
	ck_assert(!fixture.plan.labs[BGP_LAB].was_powered_off);
	ck_assert(fixture.plan.labs[OSPF_LAB].was_powered_off);
}
END_TEST

/* A kind that is not served fails the labs that use it, and none else; nothing of it enters a parent. */
START_TEST(a_kind_that_is_not_served)
{
	static const struct lab_text labs[] = { { "bgp", BGP },
						{ "ospf",
						  "[" PLAN_LINK("ospf-net") "," PLAN_MACHINE("ospf-r1", "1") "]" },
						{ NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, two_labs, labs);
	live_set_mark_unserved(fixture.live, plan_fixture_kind("NetworkAttachmentDefinition"));
	act(&fixture);
	check_plan(&fixture, "bgp: sync\n  unchanged VirtualMachine bgp-r1\n"
			     "ospf: sync\n  refused NetworkAttachmentDefinition ospf-net\n"
			     "  unchanged VirtualMachine ospf-r1\n  delete Secret ospf-r1 [open]\n");
	check_lab(&fixture.plan.labs[BGP_LAB], LAB_STATE_READY, NULL);
	check_lab(&fixture.plan.labs[OSPF_LAB], LAB_STATE_FAILED,
		  "NetworkAttachmentDefinition ospf-net: the cluster does not know this kind "
		  "(k8s.cni.cncf.io/v1); install Multus, or take what needs it out of the lab");
}
END_TEST

static const struct rendered_case {
	bool valid, suspended;
	time_t next_change;
} rendered_cases[] = {
	{ true, false, 0 }, { true, false, 500 }, { true, true, 100 }, { false, false, 200 }, { true, false, 400 }
};

/* The earliest of those that are acted upon. */
START_TEST(next_change)
{
	cleanup(render_result) struct render_result rendered = RENDER_RESULT_INIT;
	cleanup(desired) struct desired desired = DESIRED_INIT;

	rendered.labs = memory_new_array(ARRAY_SIZE(rendered_cases), sizeof(*rendered.labs));
	for (size_t i = 0; i < ARRAY_SIZE(rendered_cases); i++)
		rendered.labs[rendered.count++] =
			(struct rendered_lab){ .name = string_format("lab-%zu", i),
					       .namespace_name = string_copy("lab"),
					       .path = string_copy("labs.yaml"),
					       .valid = rendered_cases[i].valid,
					       .suspended = rendered_cases[i].suspended,
					       .next_change = rendered_cases[i].next_change };
	desired_build(&desired, &rendered, "lab-a", "labs", "one");
	ck_assert_int_eq(desired.next_change, 400);
	ck_assert(desired.labs[2].suspended && !desired.labs[1].suspended);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { a_suspended_lab_is_left_alone,
				 a_new_suspended_lab_is_not_made,
				 expired_labs_go_past_the_guard,
				 a_removal_that_fails_is_told_of_an_expired_lab,
				 without_pruning_an_expired_lab_stays,
				 an_expired_lab_leaves_git_without_the_guard,
				 the_schedule_is_told_once,
				 the_parent_remembers_that_it_was_off,
				 a_kind_that_is_not_served,
				 next_change };

	return suite_run("lab_wishes", tests, ARRAY_SIZE(tests));
}
