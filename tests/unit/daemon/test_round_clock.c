#include "daemon/round_clock.h"

#include "tests/unit/suite.h"

enum { INTERVAL = 60000, MONOTONIC = 5000000, NOW = 1800000000, YEARS = 10 * 366 * 24 * 3600 };

static const struct clock_case {
	const char *name;
	uint64_t resync_in_ms;
	int64_t change_in; /* seconds; 0: never */
	unsigned failures;
	uint64_t rest, watch;
} cases[] = {
	{ "the next poll", 600000, 0, 0, 60000, 60000 },
	{ "the next look for drift", 5000, 0, 0, 5000, 60000 },
	{ "a look for drift that is late is made by the next poll", 0, 0, 0, 60000, 60000 },
	{ "a change before the next poll", 600000, 7, 0, 7000, 7000 },
	{ "a change after the next poll", 600000, 61, 0, 60000, 60000 },
	{ "a change in ten years", 600000, YEARS, 0, 60000, 60000 },
	{ "a change that is due", 600000, -3, 0, 0, 0 },
	{ "after a failure", 600000, 0, 1, 1000, 60000 },
	{ "after four", 600000, 0, 4, 8000, 60000 },
	{ "after many", 600000, 0, 1000, 60000, 60000 },
	{ "what is due and fails is not tried without pause", 600000, -3, 2, 2000, 0 },
};

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct clock_case *row = &cases[i];
		const struct round_clock clock = { .interval_ms = INTERVAL,
						   .resync_at = MONOTONIC + row->resync_in_ms,
						   .change_at = row->change_in ? NOW + row->change_in : 0,
						   .failures = row->failures };
		uint64_t rest = round_clock_rest_ms(&clock, MONOTONIC, NOW),
			 watch = round_clock_watch_ms(&clock, NOW);

		ck_assert_msg(rest == row->rest && watch == row->watch, "%s: rest %llu, watch %llu", row->name,
			      (unsigned long long)rest, (unsigned long long)watch);
		ck_assert_msg(round_clock_change_is_due(&clock, NOW) == (row->change_in < 0), "%s", row->name);
		ck_assert_msg(round_clock_resync_is_due(&clock, MONOTONIC) == (row->resync_in_ms == 0), "%s",
			      row->name);
	}
}
END_TEST

START_TEST(a_change_is_never_in_the_past)
{
	struct round_clock clock = { .interval_ms = INTERVAL };

	round_clock_take_change(&clock, NOW, NOW - 100);
	ck_assert_int_eq(clock.change_at, NOW + 1);
	round_clock_take_change(&clock, NOW, NOW + 100);
	ck_assert_int_eq(clock.change_at, NOW + 100);
	round_clock_take_change(&clock, NOW, 0);
	ck_assert_int_eq(clock.change_at, 0);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table, a_change_is_never_in_the_past };

	return suite_run("round_clock", tests, ARRAY_SIZE(tests));
}
