#include "tests/unit/suite.h"

#include <string.h>

#include "base/memory.h"
#include "base/path.h"

START_TEST(below)
{
	ck_assert(path_is_below("", "a"));
	ck_assert(path_is_below("a", "a/b"));
	ck_assert(path_is_below("a/b", "a/b/c/d"));
	ck_assert(!path_is_below("a", "a"));
	ck_assert(!path_is_below("a", "ab"));
	ck_assert(!path_is_below("a/b", "a"));
}
END_TEST

START_TEST(narrowing)
{
	static const struct {
		const char *folder, *other, *common;
	} cases[] = {
		{ "a/b", "a/b", "a/b" },  { "a/b", "a/c", "a" },   { "a/b/c", "a/b", "a/b" }, { "a", "a/b", "a" },
		{ "ab", "a", "" },        { "a/bc", "a/bd", "a" }, { "a", "", "" },           { "", "a", "" },
		{ "/a/b", "/a/c", "/a" }, { "/a", "/b", "/" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *folder = string_copy(cases[i].folder);

		path_narrow(folder, cases[i].other);
		ck_assert_str_eq(folder, cases[i].common);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { below, narrowing };

	return suite_run("path", tests, ARRAY_SIZE(tests));
}
