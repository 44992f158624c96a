#include "tests/unit/suite.h"

#include <string.h>

#include "base/json.h"

START_TEST(paths)
{
	cleanup(json) json_t *value = json_pack("{s:{s:s, s:i}}", "a", "b", "x", "n", 1);

	ck_assert_str_eq(json_text_at(value, "a", "b", NULL), "x");
	ck_assert_ptr_null(json_text_at(value, "a", "n", NULL));
	ck_assert_ptr_null(json_at(value, "a", "c", "d", NULL));
	ck_assert_ptr_null(json_at(NULL, "a", NULL));
}
END_TEST

START_TEST(equal_values_give_equal_text)
{
	cleanup(json) json_t *a = json_pack("{s:i, s:i}", "x", 1, "y", 2);
	cleanup(json) json_t *b = json_pack("{s:i, s:i}", "y", 2, "x", 1);
	cleanup(free) char *left = json_text_new(a);
	cleanup(free) char *right = json_text_new(b);

	ck_assert_str_eq(left, "{\"x\":1,\"y\":2}");
	ck_assert_str_eq(left, right);
}
END_TEST

START_TEST(bad_text_is_an_error_with_a_place)
{
	static const char *const cases[] = { "{", "{\"a\":1,\"a\":2}", "", "[1,]" };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(error) struct error err = ERROR_INIT;
		json_t *value = json_new_from_text(cases[i], strlen(cases[i]), "the answer", &err);

		ck_assert_msg(value == NULL, "%s", cases[i]);
		ck_assert_int_eq(err.code, ERROR_INVALID);
		ck_assert_ptr_nonnull(strstr(err.message, "the answer is not JSON"));
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { paths, equal_values_give_equal_text, bad_text_is_an_error_with_a_place };

	return suite_run("json", tests, ARRAY_SIZE(tests));
}
