#include "tests/unit/suite.h"

#include "base/memory.h"
#include "base/time.h"

START_TEST(rfc3339)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t seconds;
	} cases[] = {
		{ "1970-01-01T00:00:00Z", true, 0 },
		{ "2026-01-01T10:00:00Z", true, 1767261600 },
		{ "2026-01-01T12:00:00+02:00", true, 1767261600 },
		{ "2026-01-01T09:30:00.250-00:30", true, 1767261600 },
		{ "2026-01-01 10:00:00Z", false, 0 },
		{ "2026-01-01T10:00:00", false, 0 },
		{ "2026-13-01T10:00:00Z", false, 0 },
		{ "2026-01-01T25:00:00Z", false, 0 },
		{ "2026-01-01T10:00:00.Z", false, 0 },
		{ "2026-01-01T10:00:00+2:00", false, 0 },
		{ "tomorrow", false, 0 },
		{ "", false, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		int64_t seconds = 0;
		bool valid = time_parse(cases[i].text, &seconds);

		ck_assert_msg(valid == cases[i].valid, "\"%s\"", cases[i].text);
		if (valid)
			ck_assert_msg(seconds == cases[i].seconds, "\"%s\" gave %lld", cases[i].text,
				      (long long)seconds);
	}
}
END_TEST

START_TEST(written_time_reads_back)
{
	char text[TIME_TEXT_SIZE];
	int64_t seconds;

	ck_assert_str_eq(time_write(1767261600, text), "2026-01-01T10:00:00Z");
	ck_assert(time_parse(text, &seconds));
	ck_assert_int_eq(seconds, 1767261600);
}
END_TEST

START_TEST(durations_to_text)
{
	static const struct {
		uint64_t milliseconds;
		const char *expected;
	} cases[] = {
		{ 0, "0ms" }, { 412, "412ms" }, { 41000, "41s" }, { 200000, "3m20s" }, { 7500000, "2h5m" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *text = duration_text_new(cases[i].milliseconds);

		ck_assert_str_eq(text, cases[i].expected);
	}
}
END_TEST

START_TEST(durations_from_text)
{
	static const struct {
		const char *text;
		bool valid;
		uint64_t milliseconds;
	} cases[] = {
		{ "30s", true, 30000 }, { "500ms", true, 500 },      { "1h30m", true, 5400000 },
		{ "0s", true, 0 },      { "2d", true, 172800000 },   { "", false, 0 },
		{ "30", false, 0 },     { "s", false, 0 },           { "-1s", false, 0 },
		{ "1.5s", false, 0 },   { "9999999999s", false, 0 }, { "99999d", false, 0 },
		{ "1x", false, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		uint64_t milliseconds;
		bool valid = duration_parse(cases[i].text, &milliseconds);

		ck_assert_msg(valid == cases[i].valid, "\"%s\"", cases[i].text);
		if (valid)
			ck_assert_uint_eq(milliseconds, cases[i].milliseconds);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { rfc3339, written_time_reads_back, durations_to_text, durations_from_text };

	return suite_run("time", tests, ARRAY_SIZE(tests));
}
