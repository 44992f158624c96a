#include "tests/unit/suite.h"

#include <string.h>

#include "base/error.h"

START_TEST(text_has_position_only_when_there_is_one)
{
	static const struct {
		const char *path;
		size_t line, column;
		const char *expected;
	} cases[] = {
		{ NULL, 0, 0, "error: no" },
		{ "labs/a.yaml", 0, 0, "labs/a.yaml: error: no" },
		{ "labs/a.yaml", 4, 9, "labs/a.yaml:4:9: error: no" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(free) char *text = NULL;

		error_set_at(&err, cases[i].path, cases[i].line, cases[i].column, "no");
		text = error_text(&err);
		ck_assert_str_eq(text, cases[i].expected);
		ck_assert_int_eq(err.code, ERROR_INVALID);
	}
}
END_TEST

START_TEST(wrapping_keeps_code_and_cause)
{
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert(!error_set(&err, ERROR_TIMEOUT, "no answer in %d s", 3));
	ck_assert(!error_wrap(&err, "lab %s", "a"));
	ck_assert_str_eq(err.message, "lab a: no answer in 3 s");
	ck_assert_int_eq(err.code, ERROR_TIMEOUT);
}
END_TEST

START_TEST(system_error_names_the_reason)
{
	cleanup(error) struct error err = ERROR_INIT;

	error_system(&err, 2, "cannot open %s", "x");
	ck_assert_str_eq(err.message, "cannot open x: No such file or directory");
}
END_TEST

START_TEST(move_empties_and_copy_keeps)
{
	cleanup(error) struct error from = ERROR_INIT, to = ERROR_INIT, copy = ERROR_INIT;

	error_set_at(&from, "p", 1, 2, "m");
	error_copy(&copy, &from);
	error_move(&to, &from);
	ck_assert_int_eq(from.code, ERROR_NONE);
	ck_assert_ptr_null(from.message);
	ck_assert_str_eq(to.path, "p");
	ck_assert_str_eq(copy.message, "m");
	ck_assert_uint_eq(copy.column, 2);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { text_has_position_only_when_there_is_one, wrapping_keeps_code_and_cause,
				       system_error_names_the_reason, move_empties_and_copy_keeps };

	return suite_run("error", tests, ARRAY_SIZE(tests));
}
