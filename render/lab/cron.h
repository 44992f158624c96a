/* Cron's way to name recurring times: "minute hour day-of-month month
 * day-of-week", with lists, ranges, steps and names, or @daily and the like.
 *
 * As in POSIX' crontab: when both the day of the month and the day of the week
 * are restricted, either of them is enough. A time that clocks leave out fires
 * when they jump over it; one that they show twice fires the first time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/timezone.h"

struct cron {
	uint64_t minutes; /* bit 0 is minute 0 */
	uint32_t hours, days, months; /* bit 1 is the first day, January */
	uint32_t weekdays; /* bit 0 is Sunday */
	bool any_day, any_weekday; /* given as "*" */
};

/* A minute that two of them share. */
struct cron_meeting {
	int minute, hour, weekday;
};

/* False with what is wrong, and where in the text: CRON_WHOLE when it is all of it. */
#define CRON_WHOLE SIZE_MAX
bool cron_parse(const char *text, struct cron *cron, size_t *offset, struct error *err);

/* False for the 30th of February. */
bool cron_ever_fires(const struct cron *cron);

/* True when some minute of some day is one of both. */
bool cron_find_meeting(const struct cron *a, const struct cron *b, struct cron_meeting *meeting);

/* "Sunday" for 0. */
const char *cron_weekday_name(int weekday);

/* The last time at or before `now`, and the first after it. False when there is
 * none: in CRON_DAYS_BACK before, in CRON_DAYS_AHEAD after. */
enum { CRON_DAYS_BACK = 400, CRON_DAYS_AHEAD = 8 * 366 };
bool cron_last(const struct cron *cron, const struct time_zone *zone, int64_t now, int64_t *moment);
bool cron_next(const struct cron *cron, const struct time_zone *zone, int64_t now, int64_t *moment);
