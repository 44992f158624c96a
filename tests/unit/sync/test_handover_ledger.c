/* What is known of operations that have run goes with them to another lab. */
#include <string.h>

#include "base/text.h"
#include "sync/operation.h"
#include "tests/unit/sync/plan_fixture.h"

#define WEB "[" PLAN_MACHINE("web", "1") "]"
#define DB "[" PLAN_MACHINE("db", "1") "]"

static const struct operation_text restart[] = { { "once", OPERATION_RESTART, "web", NULL, NULL }, { .name = NULL } };
static const struct operation_text stop[] = { { "once", OPERATION_STOP, "web", NULL, NULL }, { .name = NULL } };

static char *line_new(const char *state)
{
	const struct rendered_operation operation = { .machine = "web",
						      .type = OPERATION_RESTART,
						      .grace_period = OPERATION_GRACE_NONE };
	cleanup(free) char *digest = operation_digest_new(&operation);

	return string_format("once Restart web %s 1a2b3c4d %s c0ffee 2026-01-01T10:00:00Z in 41s\n", digest, state);
}

/* Lab "web" has the operation in Git now; lab "zoo", which made the VM, has run it. */
static const struct ledger_case {
	const char *name;
	struct lab_text after[3];
	const struct operation_text *operation;
	const char *state;
	enum operation_stage stage;
	bool given;
} cases[] = {
	{ "with its VM", { { "web", WEB } }, restart, "Completed", STAGE_SETTLED, true },
	{ "alone", { { "web", DB }, { "zoo", WEB } }, restart, "Completed", STAGE_SETTLED, true },
	{ "one that is under way", { { "web", WEB } }, restart, "Accepted", STAGE_BEGUN, true },
	{ "one that may have run", { { "web", WEB } }, restart, "Unknown", STAGE_SETTLED, true },
	{ "another one of its name", { { "web", WEB } }, stop, "Completed", STAGE_DUE, false },
	{ "from a lab with errors", { { "web", DB }, { "zoo", NULL } }, restart, "Completed", STAGE_SETTLED, true },
};

static void arrange(struct plan_fixture *fixture, const struct ledger_case *row)
{
	static const struct lab_text before[] = { { "zoo", WEB }, { NULL, NULL } };
	cleanup(free) char *line = line_new(row->state);

	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", before);
	plan_fixture_apply(fixture);
	ledger_read(&fixture->inventories[0]->operations, line);
	fixture->operations = row->operation;
	plan_fixture_commit(fixture, "two", row->after);
	plan_fixture_compute(fixture);
}

static struct lab_plan *lab_of(struct plan_fixture *fixture, const char *name)
{
	return (struct lab_plan *)plan_find_lab(&fixture->plan, "lab", name);
}

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct ledger_case *row = &cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;
		const struct lab_plan *web, *zoo;

		arrange(&fixture, row);
		web = lab_of(&fixture, "web");
		zoo = lab_of(&fixture, "zoo");
		ck_assert_msg(web->operations[0].stage == row->stage, "%s: stage %d", row->name,
			      web->operations[0].stage);
		ck_assert_msg(web->ledger_grows == row->given && zoo->given_line_count == row->given, "%s: given",
			      row->name);
		/* Until the other parent is written, both have it. */
		ck_assert_msg(ledger_find(&zoo->inventory->operations, "once"), "%s: forgotten", row->name);
	}
}
END_TEST

/* Both labs may have an operation of one name, each its own. */
START_TEST(what_both_list_is_done_by_both)
{
	static const struct lab_text labs[] = { { "web", DB }, { "zoo", WEB }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *line = line_new("Completed");
	struct desired_lab *zoo;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", labs);
	plan_fixture_apply(&fixture);
	ledger_read(&fixture.inventories[1]->operations, line);
	fixture.operations = restart;
	plan_fixture_commit(&fixture, "two", labs);
	zoo = desired_find(&fixture.desired, "lab", "zoo");
	free(zoo->operations);
	zoo->operations = memory_new_array(1, sizeof(*zoo->operations));
	zoo->operations[0] = (struct rendered_operation){ .name = string_copy("once"),
							  .type = OPERATION_RESTART,
							  .machine = string_copy("web"),
							  .grace_period = OPERATION_GRACE_NONE };
	zoo->operation_count = 1;
	plan_fixture_compute(&fixture);
	ck_assert_int_eq(lab_of(&fixture, "web")->operations[0].stage, STAGE_DUE);
	ck_assert_int_eq(lab_of(&fixture, "zoo")->operations[0].stage, STAGE_SETTLED);
}
END_TEST

/* The document may have gone to the lab that cannot be read, or has gone to one that does nothing now. */
START_TEST(nothing_is_forgotten_in_doubt)
{
	static const struct lab_text before[] = { { "zoo", WEB }, { NULL, NULL } };
	static const struct lab_text after[][3] = { { { "web", NULL }, { "zoo", WEB } },
						    { { "web", DB }, { "zoo", WEB } } };

	for (size_t i = 0; i < ARRAY_SIZE(after); i++) {
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *line = line_new("Completed");

		plan_fixture_init(&fixture);
		plan_fixture_commit(&fixture, "one", before);
		plan_fixture_apply(&fixture);
		ledger_read(&fixture.inventories[0]->operations, line);
		fixture.operations = i == 1 ? restart : NULL;
		plan_fixture_commit(&fixture, "two", after[i]);
		fixture.desired.labs[0].suspended = i == 1;
		plan_fixture_compute(&fixture);
		lab_plan_narrow_inventory(lab_of(&fixture, "zoo"));
		ck_assert_ptr_nonnull(ledger_find(&lab_of(&fixture, "zoo")->inventory->operations, "once"));
	}
}
END_TEST

/* The parent that had the line goes, or forgets it, once the other one's is written with it. */
START_TEST(a_line_is_kept_until_it_is_written)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct lab_plan *web, *zoo;

	arrange(&fixture, &cases[0]);
	web = lab_of(&fixture, "web");
	zoo = lab_of(&fixture, "zoo");
	web->steps[0].done = true;
	ck_assert(!lab_plan_narrow_inventory(zoo));
	ck_assert_ptr_nonnull(ledger_find(&zoo->inventory->operations, "once"));
	web->inventory->live = inventory_build_parent(web->inventory);
	ck_assert(lab_plan_narrow_inventory(zoo));
	ck_assert_ptr_null(ledger_find(&zoo->inventory->operations, "once"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table, what_both_list_is_done_by_both, nothing_is_forgotten_in_doubt,
				 a_line_is_kept_until_it_is_written };

	return suite_run("handover_ledger", tests, ARRAY_SIZE(tests));
}
