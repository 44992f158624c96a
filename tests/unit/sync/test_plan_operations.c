/* A lab's operations in plan, outcome, note and plan text. */
#include "base/buffer.h"
#include "base/text.h"
#include "sync/operation.h"
#include "sync/outcome.h"
#include "sync/report_operation.h"
#include "tests/unit/sync/report_check.h"

static const struct operation_text restart[] = { { "again", OPERATION_RESTART, "bgp-r1", NULL, NULL },
						 { .name = NULL } };
static const struct operation_text two[] = { { "nightly", OPERATION_SNAPSHOT, "bgp-r1", "nightly", NULL },
					     { "again", OPERATION_RESTART, "bgp-r1", NULL, NULL },
					     { .name = NULL } };

static void arrange(struct plan_fixture *fixture, const struct operation_text *operations, const char *ledger)
{
	static const struct lab_text labs[] = { { "bgp", BGP }, { NULL, NULL } };

	plan_fixture_init(fixture);
	fixture->operations = operations;
	plan_fixture_commit(fixture, "one", labs);
	settle(fixture);
	ledger_read(&fixture->inventories[0]->operations, ledger);
	plan_fixture_commit(fixture, "two", labs);
	plan_fixture_compute(fixture);
	outcome_judge(&fixture->plan, fixture->live, &fixture->desired);
}

/* What the plan is to do with each, in order. The caller frees. */
static char *stages_new(const struct lab_plan *lab)
{
	static const char *const names[] = {
		[STAGE_SETTLED] = "settled", [STAGE_CHANGED] = "changed",     [STAGE_DUE] = "due",
		[STAGE_BEGUN] = "begun",     [STAGE_POSTPONED] = "postponed", [STAGE_LEFT] = "left",
		[STAGE_DONE] = "done"
	};
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < lab->operation_count; i++)
		buffer_format(&text, "%s%s %s", i ? ", " : "", lab->operations[i].wanted->name,
			      names[lab->operations[i].stage]);
	return buffer_steal(&text);
}

static char *ledger_line_new(const char *name, enum operation_type type, const char *state)
{
	const struct rendered_operation operation = { .machine = "bgp-r1",
						      .type = type,
						      .grace_period = OPERATION_GRACE_NONE };
	cleanup(free) char *digest = operation_digest_new(&operation);

	return string_format("%s %s bgp-r1 %s 1a2b3c4d %s c0ffee 2026-01-01T10:00:00Z in 41s\n", name,
			     operation_type_name(type), digest, state);
}

static const struct stage_case {
	const char *state; /* in the ledger; NULL: it is not there */
	enum operation_type type; /* that ran */
	const char *stages;
	enum lab_state lab;
	const char *planned; /* NULL: nothing */
} stage_cases[] = {
	{ NULL, OPERATION_RESTART, "again due", LAB_STATE_PROGRESSING, "operation again Restart bgp-r1: would run" },
	{ "Completed", OPERATION_RESTART, "again settled", LAB_STATE_READY, NULL },
	{ "Failed", OPERATION_RESTART, "again settled", LAB_STATE_READY, NULL },
	{ "Refused", OPERATION_RESTART, "again settled", LAB_STATE_READY, NULL },
	{ "Unknown", OPERATION_RESTART, "again settled", LAB_STATE_READY, NULL },
	{ "InProgress", OPERATION_RESTART, "again begun", LAB_STATE_PROGRESSING,
	  "operation again Restart bgp-r1: began at 2026-01-01T10:00:00Z; would be followed" },
	{ "Accepted", OPERATION_RESTART, "again begun", LAB_STATE_PROGRESSING,
	  "operation again Restart bgp-r1: began at 2026-01-01T10:00:00Z; would be followed" },
	{ "Completed", OPERATION_STOP, "again changed", LAB_STATE_READY,
	  "operation again Restart bgp-r1: Refused: one of this name with other content has been there (Completed, "
	  "at "
	  "2026-01-01T10:00:00Z); give this one another name" },
	{ "InProgress", OPERATION_STOP, "again changed", LAB_STATE_READY,
	  "operation again Restart bgp-r1: Refused: one of this name with other content began at "
	  "2026-01-01T10:00:00Z; give this one another name" },
};

START_TEST(stages_by_the_ledger)
{
	for (size_t i = 0; i < ARRAY_SIZE(stage_cases); i++) {
		const struct stage_case *row = &stage_cases[i];
		cleanup(free) char *line = row->state ? ledger_line_new("again", row->type, row->state) : NULL;
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *stages = NULL, *planned = NULL;
		const struct lab_plan *lab;

		arrange(&fixture, restart, line);
		lab = &fixture.plan.labs[0];
		stages = stages_new(lab);
		planned = report_operation_new(lab, &lab->operations[0], true);
		ck_assert_str_eq(stages, row->stages);
		ck_assert_msg(lab->state == row->lab, "%s: %s", row->stages, lab_state_name(lab->state));
		ck_assert_msg(text_equal(planned, row->planned), "%s", planned);
	}
}
END_TEST

/* The digest of a line that cannot be read is not known, but its name was there. */
START_TEST(a_broken_line_does_not_run_again)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *stages = NULL;

	arrange(&fixture, restart, "again\n");
	stages = stages_new(&fixture.plan.labs[0]);
	ck_assert_str_eq(stages, "again settled");
}
END_TEST

START_TEST(what_left_git_leaves_the_ledger)
{
	cleanup(free) char *line = ledger_line_new("gone", OPERATION_RESTART, "Completed");
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, restart, line);
	ck_assert_ptr_null(ledger_find(&fixture.plan.labs[0].inventory->operations, "gone"));
}
END_TEST

static const struct leave_case {
	const char *name;
	bool suspended, invalid;
} leave_cases[] = { { "suspended", true, false }, { "invalid", false, true } };

/* What is left alone runs nothing, and forgets nothing. */
START_TEST(labs_that_are_left_alone)
{
	for (size_t i = 0; i < ARRAY_SIZE(leave_cases); i++) {
		cleanup(free) char *line = ledger_line_new("gone", OPERATION_RESTART, "Completed");
		cleanup(plan_fixture) struct plan_fixture fixture;

		arrange(&fixture, restart, NULL);
		ledger_read(&fixture.plan.labs[0].inventory->operations, line);
		fixture.inventories[0] = steal(&fixture.plan.labs[0].inventory);
		fixture.desired.labs[0].suspended = leave_cases[i].suspended;
		fixture.desired.labs[0].valid = !leave_cases[i].invalid;
		plan_fixture_compute(&fixture);
		ck_assert_msg(fixture.plan.labs[0].operation_count == 0, "%s", leave_cases[i].name);
		ck_assert_msg(ledger_find(&fixture.plan.labs[0].inventory->operations, "gone") != NULL, "%s",
			      leave_cases[i].name);
	}
}
END_TEST

START_TEST(power_waits_for_the_schedule)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *stages = NULL, *told = NULL;
	const struct lab_plan *lab;

	arrange(&fixture, two, NULL);
	fixture.inventories[0] = steal(&fixture.plan.labs[0].inventory);
	fixture.desired.labs[0].powered_off = true;
	plan_fixture_compute(&fixture);
	lab = &fixture.plan.labs[0];
	stages = stages_new(lab);
	told = report_operation_new(lab, &lab->operations[1], false);
	ck_assert_str_eq(stages, "nightly due, again postponed");
	ck_assert_str_eq(told, "operation again Restart bgp-r1: waits until the schedule turns the lab on");
}
END_TEST

START_TEST(plans_and_notes_tell)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *line = ledger_line_new("again", OPERATION_RESTART, "Completed");
	cleanup(free) char *planned = NULL, *note = NULL;
	struct report report;
	struct lab_plan *lab;

	arrange(&fixture, restart, NULL);
	lab = &fixture.plan.labs[0];
	report = report_of(&fixture);
	planned = report_plan_new(&report);
	ck_assert_str_eq(planned, "labsync: plan for 0123456789ab - 1 lab, 1 would change: 1 operation\n"
				  "\nlab bgp (labs/bgp.yaml): would change\n"
				  "  operation again Restart bgp-r1: would run\n");
	ledger_read(&lab->inventory->operations, line);
	plan_operation_set(&lab->operations[0], STAGE_DONE, NULL);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	report = report_of(&fixture);
	note = report_note_new(&report);
	ck_assert_msg(text_starts_with(note, "labsync: Ready in 41s - 1 lab, 1 changed: 1 operation\n"
					     "\nlab bgp (labs/bgp.yaml): Ready\n"
					     "  operation again Restart bgp-r1: Completed in 41s\n"
					     "\nLabsync-Cluster"),
		      "%s", note);
	ck_assert(lab_plan_has_changes(lab));
}
END_TEST

/* How it came out is told; the lab is as well as its objects are. */
START_TEST(a_failure_is_not_the_labs)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *line = ledger_line_new("again", OPERATION_RESTART, "Failed");
	struct lab_plan *lab;

	arrange(&fixture, restart, NULL);
	lab = &fixture.plan.labs[0];
	ledger_read(&lab->inventory->operations, line);
	plan_operation_set(&lab->operations[0], STAGE_DONE, NULL);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	ck_assert_int_eq(lab->state, LAB_STATE_READY);
	ck_assert_int_eq(report_verdict(&fixture.plan, &fixture.desired), VERDICT_READY);
}
END_TEST

START_TEST(parents_keep_the_ledger)
{
	cleanup(free) char *line = ledger_line_new("again", OPERATION_RESTART, "Completed");
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(inventory) struct inventory *read = NULL;
	cleanup(json) json_t *parent = NULL;

	arrange(&fixture, restart, line);
	parent = inventory_build_parent(fixture.plan.labs[0].inventory);
	ck_assert_str_eq(json_text_at(parent, "data", "operations", NULL), line);
	read = inventory_new_from_parent(parent, "lab-a", "labs");
	ck_assert_uint_eq(read->operations.count, 1);
	ck_assert(inventory_is_written(read));
	ledger_entry_set(read->operations.entries, LEDGER_FAILED, "after 1s");
	ck_assert(!inventory_is_written(read));
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		stages_by_the_ledger,      a_broken_line_does_not_run_again, what_left_git_leaves_the_ledger,
		labs_that_are_left_alone,  power_waits_for_the_schedule,     plans_and_notes_tell,
		a_failure_is_not_the_labs, parents_keep_the_ledger
	};

	return suite_run("plan_operations", tests, ARRAY_SIZE(tests));
}
