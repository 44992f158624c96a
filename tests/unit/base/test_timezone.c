#include "base/timezone.h"

#include "base/memory.h"
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "tests/unit/suite.h"

static int64_t utc(const char *text)
{
	int64_t seconds;

	ck_assert_msg(time_parse(text, &seconds), "%s", text);
	return seconds;
}

static const struct {
	const char *zone, *local, *expected; /* the clocks' time as if it were UTC's, and UTC's */
} moments[] = {
	{ "UTC", "2026-03-29T02:30:00Z", "2026-03-29T02:30:00Z" },
	{ "Europe/Berlin", "2026-01-15T08:00:00Z", "2026-01-15T07:00:00Z" },
	{ "Europe/Berlin", "2026-07-15T08:00:00Z", "2026-07-15T06:00:00Z" },
	/* Left out: 02:00 to 03:00. */
	{ "Europe/Berlin", "2026-03-29T01:59:59Z", "2026-03-29T00:59:59Z" },
	{ "Europe/Berlin", "2026-03-29T02:00:00Z", "2026-03-29T01:00:00Z" },
	{ "Europe/Berlin", "2026-03-29T02:30:00Z", "2026-03-29T01:00:00Z" },
	{ "Europe/Berlin", "2026-03-29T03:00:00Z", "2026-03-29T01:00:00Z" },
	{ "Europe/Berlin", "2026-03-29T03:00:01Z", "2026-03-29T01:00:01Z" },
	/* Shown twice: 02:00 to 03:00. */
	{ "Europe/Berlin", "2026-10-25T01:59:59Z", "2026-10-24T23:59:59Z" },
	{ "Europe/Berlin", "2026-10-25T02:00:00Z", "2026-10-25T00:00:00Z" },
	{ "Europe/Berlin", "2026-10-25T02:59:59Z", "2026-10-25T00:59:59Z" },
	{ "Europe/Berlin", "2026-10-25T03:00:00Z", "2026-10-25T02:00:00Z" },
	{ "Asia/Kolkata", "2026-06-01T08:00:00Z", "2026-06-01T02:30:00Z" },
	{ "America/New_York", "2026-03-08T02:15:00Z", "2026-03-08T07:00:00Z" },
	{ "America/New_York", "2026-11-01T01:30:00Z", "2026-11-01T05:30:00Z" },
	/* Half an hour. */
	{ "Australia/Lord_Howe", "2026-10-04T02:15:00Z", "2026-10-03T15:30:00Z" },
	/* The 30th of December 2011 was left out whole. */
	{ "Pacific/Apia", "2011-12-30T12:00:00Z", "2011-12-30T10:00:00Z" },
	{ "Etc/GMT+3", "2026-06-01T08:00:00Z", "2026-06-01T11:00:00Z" },
};

START_TEST(clocks_become_moments)
{
	cleanup(time_zones) struct time_zones zones = TIME_ZONES_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(moments); i++) {
		const struct time_zone *zone = time_zones_find(&zones, moments[i].zone);
		char text[TIME_TEXT_SIZE];

		ck_assert_msg(zone != NULL, "%s", moments[i].zone);
		time_write(time_zone_moment(zone, utc(moments[i].local)), text);
		ck_assert_msg(strcmp(text, moments[i].expected) == 0, "%s in %s: expected %s, got %s",
			      moments[i].local, moments[i].zone, moments[i].expected, text);
	}
	ck_assert_uint_eq(zones.count, 7);
}
END_TEST

START_TEST(offsets)
{
	cleanup(time_zone) struct time_zone *berlin = time_zone_new("Europe/Berlin");

	ck_assert_int_eq(time_zone_offset(berlin, utc("2026-03-29T00:59:59Z")), 3600);
	ck_assert_int_eq(time_zone_offset(berlin, utc("2026-03-29T01:00:00Z")), 7200);
	/* Beyond what tzdata lists, by its rule. */
	ck_assert_int_eq(time_zone_offset(berlin, utc("2060-07-01T00:00:00Z")), 7200);
}
END_TEST

START_TEST(only_names_of_zones)
{
	static const char *const bad[] = { "",           "Europe/Berln",   "Europe",    "Europe/", "/etc/passwd",
					   "../UTC",     "Europe//Berlin", "CET-1CEST", "UTC+2",   "+02:00",
					   "Foo/../UTC", "Berlin",         "a b" };
	cleanup(time_zones) struct time_zones zones = TIME_ZONES_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		ck_assert_msg(time_zones_find(&zones, bad[i]) == NULL, "\"%s\"", bad[i]);
	ck_assert_uint_eq(zones.count, 0);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { clocks_become_moments, offsets, only_names_of_zones };

	return suite_run("timezone", tests, ARRAY_SIZE(tests));
}
