#include "base/buffer.h"
#include "base/text.h"
#include "tests/unit/sync/plan_fixture.h"

/* `before` labs run; `gone` of them have left Git. */
static const struct guard_case {
	const char *name;
	size_t before, gone;
	const char *guard; /* NULL: lets them go */
	const char *allowed[3];
	bool allow_all, incomplete, path_missing;
	const char *not_ancestor; /* a commit that is not in the history */
	size_t new_labs;
} cases[] = {
	{ .name = "none", .before = 10, .gone = 0 },
	{ .name = "one of ten", .before = 10, .gone = 1 },
	{ .name = "three of ten", .before = 10, .gone = 3 },
	{ .name = "half of ten", .before = 10, .gone = 5 },
	{ .name = "more than half of ten", .before = 10, .gone = 6, .guard = "6 of 10 labs would be removed" },
	{ .name = "more than half, but only three", .before = 4, .gone = 3 },
	{ .name = "more than half, and four", .before = 7, .gone = 4, .guard = "4 of 7 labs would be removed" },
	{ .name = "all", .before = 10, .gone = 10, .guard = "all 10 labs would be removed" },
	{ .name = "all, but new ones come",
	  .before = 2,
	  .gone = 2,
	  .new_labs = 5,
	  .guard = "all 2 labs would be removed" },
	{ .name = "the only one", .before = 1, .gone = 1, .guard = "the only lab would be removed" },

	{ .name = "nothing gone on a partial view", .before = 10, .gone = 0, .incomplete = true },
	{ .name = "one on a partial view",
	  .before = 10,
	  .gone = 1,
	  .incomplete = true,
	  .guard = "1 lab is not found in Git, but a file cannot be read and may hold what is missing; mend the "
		   "file" },
	{ .name = "path missing",
	  .before = 10,
	  .gone = 10,
	  .path_missing = true,
	  .guard = "the source's path is not in this commit; nothing is removed" },
	{ .name = "history rewritten",
	  .before = 10,
	  .gone = 1,
	  .not_ancestor = "0123456789abcdef",
	  .guard = "the history was rewritten: lab lab-00 was last synced from 0123456789ab, which is no ancestor of "
		   "this commit" },
	{ .name = "history rewritten, nothing gone", .before = 10, .gone = 0, .not_ancestor = "0123456789abcdef" },

	{ .name = "named by a trailer", .before = 1, .gone = 1, .allowed = { "lab-00" } },
	{ .name = "another named by a trailer",
	  .before = 1,
	  .gone = 1,
	  .allowed = { "lab-07" },
	  .guard = "the only lab would be removed" },
	{ .name = "both named", .before = 2, .gone = 2, .allowed = { "lab-00", "lab-01" } },
	{ .name = "all by a trailer", .before = 10, .gone = 10, .allowed = { "all" } },
	{ .name = "all by hand", .before = 10, .gone = 10, .allow_all = true },
	{ .name = "by hand on a partial view",
	  .before = 10,
	  .gone = 1,
	  .incomplete = true,
	  .allow_all = true,
	  .guard = "1 lab is not found in Git, but a file cannot be read and may hold what is missing; mend the "
		   "file" },
	{ .name = "all by a trailer on a partial view",
	  .before = 10,
	  .gone = 1,
	  .incomplete = true,
	  .allowed = { "all" },
	  .guard = "1 lab is not found in Git, but a file cannot be read and may hold what is missing; mend the "
		   "file" },
	{ .name = "named on a partial view", .before = 10, .gone = 1, .incomplete = true, .allowed = { "lab-00" } },
	{ .name = "by hand, path missing",
	  .before = 3,
	  .gone = 3,
	  .path_missing = true,
	  .allow_all = true,
	  .guard = "the source's path is not in this commit; nothing is removed" },
	{ .name = "named, history rewritten",
	  .before = 3,
	  .gone = 1,
	  .not_ancestor = "0123456789abcdef",
	  .allowed = { "lab-00" } },
};

static bool is_ancestor(void *data, const char *commit)
{
	return !text_equal(data, commit);
}

static char names[PLAN_FIXTURE_LABS][sizeof("lab-00")];

/* Labs lab-<first> up to, and without, lab-<end>, each without objects. */
static void commit_labs(struct plan_fixture *fixture, const char *commit, size_t first, size_t end)
{
	struct lab_text labs[PLAN_FIXTURE_LABS] = { { NULL, NULL } };

	for (size_t i = first; i < end; i++) {
		snprintf(names[i], sizeof(names[i]), "lab-%02u", (unsigned)i % 100);
		labs[i - first] = (struct lab_text){ names[i], "[]" };
	}
	plan_fixture_commit(fixture, commit, labs);
}

static void arrange(struct plan_fixture *fixture, const struct guard_case *row)
{
	plan_fixture_init(fixture);
	commit_labs(fixture, row->not_ancestor ? row->not_ancestor : "one", 0, row->before);
	plan_fixture_apply(fixture);
	commit_labs(fixture, "two", row->gone, row->before + row->new_labs);
	fixture->desired.complete = !row->incomplete;
	fixture->desired.path_exists = !row->path_missing;
	fixture->settings.allow_prune = row->allowed;
	fixture->settings.allow_prune_all = row->allow_all;
	if (row->not_ancestor) {
		fixture->settings.is_ancestor = is_ancestor;
		fixture->settings.data = (void *)row->not_ancestor;
	}
	plan_fixture_compute(fixture);
}

static size_t count_labs(const struct plan *plan, enum lab_action action)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->count; i++)
		count += plan->labs[i].action == action;
	return count;
}

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct guard_case *row = &cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;

		arrange(&fixture, row);
		ck_assert_msg(text_equal(fixture.plan.guard, row->guard), "%s: %s", row->name, fixture.plan.guard);
		ck_assert_msg(count_labs(&fixture.plan, LAB_GUARDED) == (row->guard ? row->gone : 0) &&
				      count_labs(&fixture.plan, LAB_REMOVE) == (row->guard ? 0 : row->gone),
			      "%s: %zu guarded", row->name, count_labs(&fixture.plan, LAB_GUARDED));
		ck_assert_uint_eq(count_labs(&fixture.plan, LAB_SYNC), row->before - row->gone + row->new_labs);
	}
}
END_TEST

/* A trailer lets go what it names, and the guard still holds the rest. */
START_TEST(named_ones_go_the_others_stay)
{
	const struct guard_case row = { .before = 12, .gone = 8, .allowed = { "lab-02" } };
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, &row);
	ck_assert_str_eq(fixture.plan.guard, "7 of 11 labs would be removed");
	ck_assert_uint_eq(count_labs(&fixture.plan, LAB_REMOVE), 1);
	ck_assert_uint_eq(count_labs(&fixture.plan, LAB_GUARDED), 7);
	ck_assert_str_eq(fixture.plan.labs[2].name, "lab-02");
	ck_assert_int_eq(fixture.plan.labs[2].action, LAB_REMOVE);
}
END_TEST

/* What is named does not make the rest look small. */
START_TEST(the_last_unnamed_one_stays)
{
	const struct guard_case row = { .before = 2, .gone = 2, .allowed = { "lab-00" } };
	cleanup(plan_fixture) struct plan_fixture fixture;

	arrange(&fixture, &row);
	ck_assert_str_eq(fixture.plan.guard, "the only lab would be removed");
	ck_assert_int_eq(fixture.plan.labs[0].action, LAB_REMOVE);
	ck_assert_int_eq(fixture.plan.labs[1].action, LAB_GUARDED);
}
END_TEST

static const struct bound_case {
	unsigned percent, labs;
	size_t before, gone;
	bool held;
} bound_cases[] = {
	{ 50, 0, 10, 5, false },  { 50, 0, 10, 6, true },   { 0, 3, 10, 3, false }, { 0, 3, 10, 4, true },
	{ 100, 0, 10, 9, false }, { 100, 0, 10, 10, true }, { 0, 0, 10, 1, true },  { 20, 1, 10, 2, false },
	{ 20, 1, 10, 3, true },   { 20, 3, 10, 3, false },
};

START_TEST(bounds_of_the_settings)
{
	for (size_t i = 0; i < ARRAY_SIZE(bound_cases); i++) {
		const struct guard_case row = { .before = bound_cases[i].before, .gone = bound_cases[i].gone };
		cleanup(plan_fixture) struct plan_fixture fixture;

		arrange(&fixture, &row);
		fixture.settings.guard_percent = bound_cases[i].percent;
		fixture.settings.guard_labs = bound_cases[i].labs;
		free(steal(&fixture.plan.guard));
		for (size_t lab = 0; lab < fixture.plan.count; lab++)
			if (fixture.plan.labs[lab].action == LAB_GUARDED)
				fixture.plan.labs[lab].action = LAB_REMOVE;
		plan_guard(&fixture.plan, &fixture.desired, &fixture.settings);
		ck_assert_msg((fixture.plan.guard != NULL) == bound_cases[i].held, "row %zu: %s", i,
			      fixture.plan.guard);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table, named_ones_go_the_others_stay, the_last_unnamed_one_stays,
				 bounds_of_the_settings };

	return suite_run("guard", tests, ARRAY_SIZE(tests));
}
