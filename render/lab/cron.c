#include "render/lab/cron.h"

enum { DAY = 24 * 60 * 60, DAY_MINUTES = 24 * 60, MONTHS = 12, WEEKDAYS = 7, EPOCH_WEEKDAY = 4 };

/* A day of the calendar that a zone's clocks show, and its first second as if it were UTC's. */
struct day {
	int64_t number; /* since 1970 */
	int month, day, weekday;
};

static int month_days(int month)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1];
}

static int64_t floor_divide(int64_t value, int64_t by)
{
	return value / by - (value % by < 0);
}

/* The proleptic Gregorian calendar, counted in years that begin in March, so
 * that the day that is sometimes missing is the last. */
static struct day day_of(int64_t number)
{
	int64_t shifted = number + 719468, era = floor_divide(shifted, 146097), in_era = shifted - era * 146097;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;

	return (struct day){ .number = number,
			     .month = (int)(month < 10 ? month + 3 : month - 9),
			     .day = (int)(in_year - (153 * month + 2) / 5 + 1),
			     .weekday = (int)(number + EPOCH_WEEKDAY -
					      floor_divide(number + EPOCH_WEEKDAY, WEEKDAYS) * WEEKDAYS) };
}

static bool has_day(const struct cron *cron, int month, int day, int weekday)
{
	bool of_month = cron->days >> day & 1, of_week = cron->weekdays >> weekday & 1;

	if (!(cron->months >> month & 1))
		return false;
	return cron->any_day || cron->any_weekday ? of_month && of_week : of_month || of_week;
}

static bool has_minute(const struct cron *cron, int minute)
{
	return (cron->hours >> (minute / 60) & 1) && (cron->minutes >> (minute % 60) & 1);
}

const char *cron_weekday_name(int weekday)
{
	static const char *const names[] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
					     "Thursday", "Friday", "Saturday" };

	return names[weekday];
}

bool cron_find_meeting(const struct cron *a, const struct cron *b, struct cron_meeting *meeting)
{
	int minute = 0;

	while (minute < DAY_MINUTES && !(has_minute(a, minute) && has_minute(b, minute)))
		minute++;
	if (minute == DAY_MINUTES)
		return false;
	/* Each day of a year falls on each weekday in some year. */
	for (int month = 1; month <= MONTHS; month++)
		for (int day = 1; day <= month_days(month); day++)
			for (int i = 1; i <= WEEKDAYS; i++)
				if (has_day(a, month, day, i % WEEKDAYS) && has_day(b, month, day, i % WEEKDAYS)) {
					*meeting = (struct cron_meeting){ minute % 60, minute / 60, i % WEEKDAYS };
					return true;
				}
	return false;
}

bool cron_ever_fires(const struct cron *cron)
{
	struct cron_meeting meeting;

	return cron_find_meeting(cron, cron, &meeting);
}

static int64_t moment_of(const struct time_zone *zone, int64_t day, int minute)
{
	return time_zone_moment(zone, day * DAY + (int64_t)minute * 60);
}

/* How many of the day's minutes come at or before `now`. Later minutes of a
 * clock never come earlier, so that halving finds it. */
static int minutes_until(const struct time_zone *zone, int64_t day, int64_t now)
{
	int low = 0, high = DAY_MINUTES;

	while (low < high) {
		int middle = (low + high) / 2;

		if (moment_of(zone, day, middle) <= now)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int64_t local_day(const struct time_zone *zone, int64_t now)
{
	return floor_divide(now + time_zone_offset(zone, now), DAY);
}

/* Clocks that go back over midnight make `now` part of a day that had ended. */
bool cron_last(const struct cron *cron, const struct time_zone *zone, int64_t now, int64_t *moment)
{
	int64_t today = local_day(zone, now);

	for (int64_t number = today + 1; number >= today - CRON_DAYS_BACK; number--) {
		struct day day = day_of(number);

		if (!has_day(cron, day.month, day.day, day.weekday))
			continue;
		for (int minute = minutes_until(zone, number, now) - 1; minute >= 0; minute--)
			if (has_minute(cron, minute)) {
				*moment = moment_of(zone, number, minute);
				return true;
			}
	}
	return false;
}

bool cron_next(const struct cron *cron, const struct time_zone *zone, int64_t now, int64_t *moment)
{
	int64_t today = local_day(zone, now);

	for (int64_t number = today - 1; number <= today + CRON_DAYS_AHEAD; number++) {
		struct day day = day_of(number);

		if (!has_day(cron, day.month, day.day, day.weekday))
			continue;
		for (int minute = minutes_until(zone, number, now); minute < DAY_MINUTES; minute++)
			if (has_minute(cron, minute)) {
				*moment = moment_of(zone, number, minute);
				return true;
			}
	}
	return false;
}
