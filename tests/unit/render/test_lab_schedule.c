/* When labs run and when they are over. */
#include "base/time.h"
#include "render/lab/cron.h"

#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

static int64_t utc(const char *text)
{
	int64_t seconds;

	ck_assert_msg(time_parse(text, &seconds), "%s", text);
	return seconds;
}

/* "-" when there is none. */
static const char *moment_write(bool found, int64_t moment, char text[TIME_TEXT_SIZE])
{
	return found ? time_write(moment, text) : strcpy(text, "-");
}

static const struct {
	const char *cron, *zone, *now, *last, *next;
} events[] = {
	{ "0 8 * * 1-5", "UTC", "2026-06-03T12:00:00Z", "2026-06-03T08:00:00Z", "2026-06-04T08:00:00Z" },
	{ "0 8 * * 1-5", "UTC", "2026-06-03T08:00:00Z", "2026-06-03T08:00:00Z", "2026-06-04T08:00:00Z" },
	{ "0 8 * * 1-5", "UTC", "2026-06-03T07:59:59Z", "2026-06-02T08:00:00Z", "2026-06-03T08:00:00Z" },
	{ "0 8 * * mon-FRI", "UTC", "2026-06-06T12:00:00Z", "2026-06-05T08:00:00Z", "2026-06-08T08:00:00Z" },
	{ "0 8 * * 7", "UTC", "2026-06-06T12:00:00Z", "2026-05-31T08:00:00Z", "2026-06-07T08:00:00Z" },
	{ "0 8 * * fri-sun", "UTC", "2026-06-08T12:00:00Z", "2026-06-07T08:00:00Z", "2026-06-12T08:00:00Z" },
	{ "*/15 * * * *", "UTC", "2026-06-03T12:07:30Z", "2026-06-03T12:00:00Z", "2026-06-03T12:15:00Z" },
	{ "5/20 9-10 * * *", "UTC", "2026-06-03T09:46:00Z", "2026-06-03T09:45:00Z", "2026-06-03T10:05:00Z" },
	{ "10-30/10,59 0 * * *", "UTC", "2026-06-03T00:31:00Z", "2026-06-03T00:30:00Z", "2026-06-03T00:59:00Z" },
	{ "0 0 1 jan,jul *", "UTC", "2026-06-03T00:00:00Z", "2026-01-01T00:00:00Z", "2026-07-01T00:00:00Z" },
	{ "0 0 29 2 *", "UTC", "2024-06-03T00:00:00Z", "2024-02-29T00:00:00Z", "2028-02-29T00:00:00Z" },
	{ "0 0 29 2 *", "UTC", "2026-06-03T00:00:00Z", "-", "2028-02-29T00:00:00Z" },
	{ "0 0 31 * *", "UTC", "2026-06-03T00:00:00Z", "2026-05-31T00:00:00Z", "2026-07-31T00:00:00Z" },
	/* Either is enough when both are given; both are needed when one begins with a star. */
	{ "0 0 13 * 5", "UTC", "2026-06-06T00:00:00Z", "2026-06-05T00:00:00Z", "2026-06-12T00:00:00Z" },
	{ "0 0 13 * 5", "UTC", "2026-06-12T12:00:00Z", "2026-06-12T00:00:00Z", "2026-06-13T00:00:00Z" },
	{ "0 0 */2 * 5", "UTC", "2026-06-06T00:00:00Z", "2026-06-05T00:00:00Z", "2026-06-19T00:00:00Z" },
	{ "@daily", "UTC", "2026-06-06T12:00:00Z", "2026-06-06T00:00:00Z", "2026-06-07T00:00:00Z" },
	{ "@Hourly", "UTC", "2026-06-06T12:30:00Z", "2026-06-06T12:00:00Z", "2026-06-06T13:00:00Z" },
	{ "@weekly", "UTC", "2026-06-06T12:30:00Z", "2026-05-31T00:00:00Z", "2026-06-07T00:00:00Z" },
	{ "@monthly", "UTC", "2026-06-06T12:30:00Z", "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z" },
	{ "@yearly", "UTC", "2026-06-06T12:30:00Z", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z" },
	/* Before 1970, and over the end of a year. */
	{ "0 0 * * 4", "UTC", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1970-01-08T00:00:00Z" },
	{ "59 23 31 12 *", "UTC", "2026-12-31T23:59:30Z", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z" },
	{ "0 8 * * *", "Europe/Berlin", "2026-01-15T07:00:00Z", "2026-01-15T07:00:00Z", "2026-01-16T07:00:00Z" },
	{ "0 8 * * *", "Europe/Berlin", "2026-07-15T06:00:00Z", "2026-07-15T06:00:00Z", "2026-07-16T06:00:00Z" },
	{ "0 8 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-28T07:00:00Z", "2026-03-29T06:00:00Z" },
	/* Left out between 02:00 and 03:00: it comes when clocks jump, once. */
	{ "30 2 * * *", "Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z" },
	{ "30 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z" },
	{ "*/20 2 * * *", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z" },
	/* Shown twice: it comes the first time only. */
	{ "30 2 * * *", "Europe/Berlin", "2026-10-25T00:29:59Z", "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z" },
	{ "30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z" },
	{ "30 2 * * *", "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z" },
	{ "50 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-25T00:50:00Z", "2026-10-26T01:50:00Z" },
	{ "0 3 * * *", "Europe/Berlin", "2026-10-25T01:59:59Z", "2026-10-24T01:00:00Z", "2026-10-25T02:00:00Z" },
	{ "0 8 * * 1", "Asia/Kolkata", "2026-06-01T02:29:59Z", "2026-05-25T02:30:00Z", "2026-06-01T02:30:00Z" },
	{ "0 0 * * 1", "Asia/Kolkata", "2026-05-31T19:00:00Z", "2026-05-31T18:30:00Z", "2026-06-07T18:30:00Z" },
	{ "0 0 * * *", "Pacific/Kiritimati", "2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z", "2026-06-02T10:00:00Z" },
};

START_TEST(events_of_cron)
{
	cleanup(time_zones) struct time_zones zones = TIME_ZONES_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(events); i++) {
		cleanup(error) struct error err = ERROR_INIT;
		const struct time_zone *zone = time_zones_find(&zones, events[i].zone);
		char last[TIME_TEXT_SIZE], next[TIME_TEXT_SIZE];
		int64_t now = utc(events[i].now), moment = 0;
		struct cron cron;
		size_t offset;
		bool found;

		ck_assert_ptr_nonnull(zone);
		ck_assert_msg(cron_parse(events[i].cron, &cron, &offset, &err), "%s: %s", events[i].cron,
			      err.message);
		found = cron_last(&cron, zone, now, &moment);
		moment_write(found, moment, last);
		found = cron_next(&cron, zone, now, &moment);
		moment_write(found, moment, next);
		ck_assert_msg(strcmp(last, events[i].last) == 0 && strcmp(next, events[i].next) == 0,
			      "%s in %s at %s: expected %s and %s, got %s and %s", events[i].cron, events[i].zone,
			      events[i].now, events[i].last, events[i].next, last, next);
	}
}
END_TEST

#define LAB(fields)                                                                                                  \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: ring}\nspec:\n" fields                        \
	"  nodes: {p: {pod: {image: alpine}}}\n"
#define OFFICE "  schedule: {timeZone: Europe/Berlin, on: 0 8 * * 1-5, off: 0 18 * * 1-5}\n"

static const struct {
	const char *text, *now;
	bool powered_off, expired;
	const char *next; /* "-": never */
} states[] = {
	{ LAB(""), "2026-06-03T12:00:00Z", false, false, "-" },
	{ LAB(OFFICE), "2026-06-03T12:00:00Z", false, false, "2026-06-03T16:00:00Z" },
	{ LAB(OFFICE), "2026-06-03T16:00:00Z", true, false, "2026-06-04T06:00:00Z" },
	/* Over the weekend, until Monday. */
	{ LAB(OFFICE), "2026-06-06T12:00:00Z", true, false, "2026-06-08T06:00:00Z" },
	{ LAB(OFFICE), "2026-06-08T06:00:00Z", false, false, "2026-06-08T16:00:00Z" },
	/* Not off before it was on for the first time. */
	{ LAB("  schedule: {'on': 0 0 1 1 *, 'off': 0 0 29 2 *}\n"), "2026-06-03T12:00:00Z", false, false,
	  "2028-02-29T00:00:00Z" },
	/* A date ends with its day: in UTC, or where the schedule's clocks are. */
	{ LAB("  expires: 2026-12-31\n"), "2026-12-31T23:59:59Z", false, false, "2027-01-01T00:00:00Z" },
	{ LAB("  expires: 2026-12-31\n"), "2027-01-01T00:00:00Z", false, true, "-" },
	{ LAB("  expires: 2026-12-31\n" OFFICE), "2026-12-31T22:59:59Z", true, false, "2026-12-31T23:00:00Z" },
	{ LAB("  expires: 2026-12-31\n" OFFICE), "2026-12-31T23:00:00Z", false, true, "-" },
	{ LAB("  expires: 2026-12-31T18:00:00+01:00\n"), "2026-12-31T16:59:59Z", false, false,
	  "2026-12-31T17:00:00Z" },
	{ LAB("  expires: 2026-12-31T18:00:00+01:00\n"), "2026-12-31T17:00:00Z", false, true, "-" },
	{ LAB("  expires: '2024-02-29'\n"), "2024-02-29T12:00:00Z", false, false, "2024-03-01T00:00:00Z" },
	/* The earlier of both. */
	{ LAB("  expires: 2026-06-03T15:00:00Z\n" OFFICE), "2026-06-03T12:00:00Z", false, false,
	  "2026-06-03T15:00:00Z" },
	{ LAB("  expires: 2027-06-03T15:00:00Z\n" OFFICE), "2026-06-03T12:00:00Z", false, false,
	  "2026-06-03T16:00:00Z" },
	/* No time: no matter. */
	{ LAB("  expires: 2001-01-01\n" OFFICE), NULL, false, false, "-" },
};

START_TEST(states_of_labs)
{
	for (size_t i = 0; i < ARRAY_SIZE(states); i++) {
		const struct lab_file file = { "a.yaml", states[i].text, strlen(states[i].text) };
		const struct lab_options options = { .default_namespace = "labs",
						     .now = states[i].now ? (time_t)utc(states[i].now) : 0 };
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *lines = NULL;
		char next[TIME_TEXT_SIZE];
		const struct lab *lab;

		lab_set_read(&reading.set, &file, 1, &options, &reading.diagnostics);
		lines = lab_reading_lines_new(&reading);
		ck_assert_str_eq(lines, "");
		lab = reading.set.labs[0];
		moment_write(lab->next_change != 0, lab->next_change, next);
		ck_assert_msg(lab->valid && lab->powered_off == states[i].powered_off &&
				      lab->expired == states[i].expired && strcmp(next, states[i].next) == 0,
			      "%zu at %s: expected off %d, expired %d, next %s; got %d, %d, %s", i, states[i].now,
			      states[i].powered_off, states[i].expired, states[i].next, lab->powered_off,
			      lab->expired, next);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { events_of_cron, states_of_labs };

	return suite_run("lab_schedule", tests, ARRAY_SIZE(tests));
}
