/* Objects that are in no namespace, and the Namespaces themselves. */
#include "base/text.h"
#include "sync/outcome.h"
#include "tests/unit/sync/report_check.h"

#define WIDE(version, kind, name, more)                                                                              \
	"{'apiVersion': '" version "', 'kind': '" kind "', 'metadata': {'name': '" name "'}" more "}"
#define NAMESPACE(name) WIDE("v1", "Namespace", name, "")
#define SIZE(name, cpus)                                                                                             \
	WIDE("instancetype.kubevirt.io/v1beta1", "VirtualMachineClusterInstancetype", name,                          \
	     ", 'spec': {'cpu': {'guest': " cpus "}}")

static const struct lab_text both[] = { { "bgp", "[" NAMESPACE("lab") "," SIZE("small", "1") "]" }, { NULL, NULL } };
static const struct lab_text larger[] = { { "bgp", "[" NAMESPACE("lab") "," SIZE("small", "2") "]" },
					  { NULL, NULL } };
static const struct lab_text none[] = { { "bgp", "[]" }, { NULL, NULL } };

static void arrange(struct plan_fixture *fixture, const struct lab_text *before, const struct lab_text *after)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", before);
	plan_fixture_apply(fixture);
	plan_fixture_commit(fixture, "two", after);
}

static void check(struct plan_fixture *fixture, const char *expected)
{
	cleanup(free) char *text = NULL;

	plan_fixture_compute(fixture);
	text = plan_text_new(&fixture->plan);
	ck_assert_str_eq(text, expected);
	ck_assert_uint_eq(fixture->plan.orphan_count, 0);
}

START_TEST(they_are_found_again)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct step *step;

	arrange(&fixture, both, larger);
	check(&fixture,
	      "bgp: sync\n  unchanged Namespace lab\n"
	      "  update VirtualMachineClusterInstancetype small: spec.cpu.guest 1 -> 2 (git, live) [open]\n");
	step = plan_fixture_step(&fixture, "VirtualMachineClusterInstancetype", "small");
	ck_assert_str_eq(step->namespace_name, "");
	ck_assert_str_eq(object_annotation(step->desired, ANNOTATION_OWNER),
			 "lab-a/labs/bgp/instancetype.kubevirt.io/VirtualMachineClusterInstancetype/lab/small");
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	ck_assert_int_eq(fixture.plan.labs[0].state, LAB_STATE_READY);
}
END_TEST

/* Other things are in a Namespace, and nobody's hand brings them back. */
START_TEST(a_namespace_stays)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct step *step;

	arrange(&fixture, both, none);
	check(&fixture,
	      "bgp: sync\n  delete VirtualMachineClusterInstancetype small [open]\n  retain Namespace lab\n");
	step = plan_fixture_step(&fixture, "Namespace", "lab");
	ck_assert(step->done);
	fixture.inventories[0] = steal(&fixture.plan.labs[0].inventory);
	inventory_clear_entries(fixture.inventories[0]);
	plan_fixture_touch(&fixture, "Service", "x", NULL);
	live_set_clear_kind(fixture.live, plan_fixture_kind("VirtualMachineClusterInstancetype"));
	check(&fixture, "bgp: sync\n"); /* and is no orphan */
}
END_TEST

/* Of two labs of one name, in two namespaces, only one has it. */
START_TEST(labs_of_one_name_do_not_share)
{
	const struct kind *kind = plan_fixture_kind("VirtualMachineClusterInstancetype");
	const struct identity here = { .cluster = "lab-a", .source = "labs", .lab = "bgp", .namespace_name = "lab" };
	const struct identity there = {
		.cluster = "lab-a", .source = "labs", .lab = "bgp", .namespace_name = "other"
	};
	cleanup(plan_fixture) struct plan_fixture fixture;
	json_t *live;

	arrange(&fixture, both, both);
	live = live_set_find(fixture.live, kind, "", "small");
	ck_assert(identity_owns(&here, kind, live));
	ck_assert(!identity_owns(&there, kind, live));
	plan_fixture_touch(&fixture, "VirtualMachineClusterInstancetype", "small", NULL);
	ck_assert_ptr_nonnull(live_set_find(fixture.live, kind, "", "small")); /* it is in no namespace "lab" */
}
END_TEST

static const struct share_case {
	const char *owner; /* NULL: nobody's */
	enum step_action action;
} share_cases[] = {
	{ NULL, STEP_UPDATE },
	{ "lab-a/labs/other//Namespace/elsewhere/lab", STEP_UPDATE },
	{ "lab-a/more/other//Namespace/lab/lab", STEP_REFUSED },
	{ "lab-b/labs/bgp//Namespace/lab/lab", STEP_REFUSED },
};

START_TEST(a_namespace_that_is_there_is_taken_over)
{
	for (size_t i = 0; i < ARRAY_SIZE(share_cases); i++) {
		const struct identity identity = {
			.cluster = "lab-a", .source = "labs", .lab = "bgp", .namespace_name = "lab"
		};
		cleanup(json) json_t *live =
			json_pack("{s:s, s:s, s:{s:s, s:{s:s*}}}", "apiVersion", "v1", "kind", "Namespace",
				  "metadata", "name", "lab", "annotations", ANNOTATION_OWNER, share_cases[i].owner);
		cleanup(plan_fixture) struct plan_fixture fixture;
		struct step *step;

		plan_fixture_init(&fixture);
		plan_fixture_commit(&fixture, "one", both);
		plan_fixture_compute(&fixture);
		step = plan_fixture_step(&fixture, "Namespace", "lab");
		ck_assert_int_eq(step->action, STEP_CREATE);
		step_decide(step, &identity, live);
		ck_assert_msg(step->action == share_cases[i].action, "%s", share_cases[i].owner);
		ck_assert_int_eq(step->foreign, step->action == STEP_REFUSED);
		if (step->foreign)
			ck_assert_msg(text_starts_with(step->error.message, "Namespace lab is already there"), "%s",
				      step->error.message);
	}
}
END_TEST

/* Who may not list what few labs have is told so on the lab that has it. */
START_TEST(what_may_not_be_seen_is_told_on_its_lab)
{
	static const struct lab_text labs[] = { { "bgp", BGP },
						{ "sizes", "[" SIZE("small", "1") "]" },
						{ NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, labs, labs);
	live_set_mark_hidden(fixture.live, plan_fixture_kind("VirtualMachineClusterInstancetype"), "no right");
	plan_fixture_compute(&fixture);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	ck_assert_int_eq(fixture.plan.labs[1].state, LAB_STATE_FAILED);
	ck_assert_str_eq(fixture.plan.labs[1].reason, "VirtualMachineClusterInstancetype small: no right");
	ck_assert_int_ne(fixture.plan.labs[0].state, LAB_STATE_FAILED);
}
END_TEST

START_TEST(kinds_of_what_git_wants)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct kind_set kinds;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", both);
	kinds = desired_kinds(&fixture.desired);
	for (size_t i = 0; i < KIND_COUNT; i++)
		ck_assert_msg(kinds.has[i] == (kind_at(i)->wave == WAVE_NAMESPACES ||
					       text_equal(kind_at(i)->name, "VirtualMachineClusterInstancetype")),
			      "%s", kind_at(i)->name);
	ck_assert(!desired_has_machine(&fixture.desired, "lab", "small"));
	plan_fixture_commit(&fixture, "two", (const struct lab_text[]){ { "bgp", BGP }, { NULL, NULL } });
	ck_assert(desired_has_machine(&fixture.desired, "lab", "bgp-r1"));
	ck_assert(!desired_has_machine(&fixture.desired, "other", "bgp-r1"));
	ck_assert(!desired_has_machine(&fixture.desired, "lab", "bgp-r1-0"));
}
END_TEST

#define POOL PLAN_OBJECT("pool.kubevirt.io/v1beta1", "VirtualMachinePool", "web", "")

START_TEST(machines_of_pools)
{
	static const struct lab_text labs[] = { { "bgp", "[" POOL "]" }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", labs);
	ck_assert(desired_has_machine(&fixture.desired, "lab", "web-0"));
	ck_assert(desired_has_machine(&fixture.desired, "lab", "web-12"));
	ck_assert(!desired_has_machine(&fixture.desired, "lab", "web-"));
	ck_assert(!desired_has_machine(&fixture.desired, "lab", "web-a"));
	ck_assert(!desired_has_machine(&fixture.desired, "lab", "web-1a"));
	ck_assert(!desired_has_machine(&fixture.desired, "lab", "website"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { they_are_found_again,
				 a_namespace_stays,
				 labs_of_one_name_do_not_share,
				 a_namespace_that_is_there_is_taken_over,
				 what_may_not_be_seen_is_told_on_its_lab,
				 kinds_of_what_git_wants,
				 machines_of_pools };

	return suite_run("cluster_wide", tests, ARRAY_SIZE(tests));
}
