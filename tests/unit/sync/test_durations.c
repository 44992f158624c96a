#include "sync/durations.h"

#include <stddef.h>

#include "tests/unit/suite.h"

static const struct duration_case {
	const char *text;
	bool valid;
	int64_t nanoseconds;
} cases[] = {
	{ "0", true, 0 },
	{ "1s", true, 1000000000 },
	{ "1m", true, 60000000000 },
	{ "1h0m0s", true, 3600000000000 },
	{ "1.5h", true, 5400000000000 },
	{ "300ms", true, 300000000 },
	{ "1us2ns", true, 1002 },
	{ "-1s", true, -1000000000 },
	{ "", false, 0 },
	{ "1", false, 0 },
	{ "s", false, 0 },
	{ "1d", false, 0 },
	{ "1h ", false, 0 },
	{ ".5h", false, 0 },
	{ "99999999999999999999h", false, 0 },
	{ "9999999h", false, 0 },
};

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int64_t nanoseconds = 0;
		bool valid = go_duration_parse(cases[i].text, &nanoseconds);

		ck_assert_msg(valid == cases[i].valid, "%s", cases[i].text);
		ck_assert_msg(!valid || nanoseconds == cases[i].nanoseconds, "%s: %lld", cases[i].text,
			      (long long)nanoseconds);
	}
	ck_assert(duration_equal("90m", "1h30m"));
	ck_assert(!duration_equal("90m", "1h31m"));
	ck_assert(!duration_equal("x", "x"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table };

	return suite_run("durations", tests, ARRAY_SIZE(tests));
}
