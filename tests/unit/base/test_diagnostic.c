#include "tests/unit/suite.h"

#include "base/diagnostic.h"

START_TEST(sorted_by_place_and_written_with_it)
{
	cleanup(diagnostics) struct diagnostics list = DIAGNOSTICS_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	diagnostics_add(&list, DIAGNOSTIC_WARNING, "b.yaml", 1, 1, "late");
	diagnostics_add(&list, DIAGNOSTIC_ERROR, "a.yaml", 10, 2, "second");
	diagnostics_add(&list, DIAGNOSTIC_ERROR, "a.yaml", 9, 7, "first");
	diagnostics_sort(&list);
	for (size_t i = 0; i < list.count; i++) {
		diagnostic_write(&list.items[i], &text);
		buffer_append_char(&text, '\n');
	}
	ck_assert_str_eq(buffer_text(&text), "a.yaml:9:7: error: first\n"
					     "a.yaml:10:2: error: second\n"
					     "b.yaml:1:1: warning: late\n");
	ck_assert_uint_eq(list.errors, 2);
}
END_TEST

START_TEST(beyond_the_bound_they_are_counted)
{
	cleanup(diagnostics) struct diagnostics list = DIAGNOSTICS_INIT, all = DIAGNOSTICS_INIT;

	for (int i = 0; i < DIAGNOSTICS_MAX + 5; i++)
		diagnostics_add(&list, DIAGNOSTIC_ERROR, "a", (size_t)i, 1, "x");
	ck_assert_uint_eq(list.count, DIAGNOSTICS_MAX);
	ck_assert_uint_eq(list.errors, DIAGNOSTICS_MAX + 5);
	ck_assert_uint_eq(list.dropped, 5);
	diagnostics_add(&all, DIAGNOSTIC_ERROR, "b", 1, 1, "y");
	diagnostics_move(&all, &list);
	ck_assert_uint_eq(all.count, DIAGNOSTICS_MAX);
	ck_assert_uint_eq(list.count, 0);
	ck_assert_uint_eq(all.dropped, 6);
}
END_TEST

START_TEST(warnings_make_room_for_errors)
{
	cleanup(diagnostics) struct diagnostics list = DIAGNOSTICS_INIT;
	size_t errors = 0;

	for (int i = 0; i < DIAGNOSTICS_MAX; i++)
		diagnostics_add(&list, i ? DIAGNOSTIC_WARNING : DIAGNOSTIC_ERROR, "a", (size_t)i, 1, "x");
	for (int i = 0; i < 3; i++)
		diagnostics_add(&list, DIAGNOSTIC_ERROR, "b", (size_t)i, 1, "y");
	diagnostics_add(&list, DIAGNOSTIC_WARNING, "c", 1, 1, "z");
	for (size_t i = 0; i < list.count; i++)
		errors += list.items[i].severity == DIAGNOSTIC_ERROR;
	ck_assert_uint_eq(list.count, DIAGNOSTICS_MAX);
	ck_assert_uint_eq(errors, 4);
	ck_assert_uint_eq(list.errors, 4);
	ck_assert_uint_eq(list.dropped, 4);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { sorted_by_place_and_written_with_it, beyond_the_bound_they_are_counted,
				       warnings_make_room_for_errors };

	return suite_run("diagnostic", tests, ARRAY_SIZE(tests));
}
