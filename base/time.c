#include "base/time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"

enum { DURATION_MAX_DAYS = 3653 };

int64_t time_now(void)
{
	return (int64_t)time(NULL);
}

uint64_t time_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

const char *time_write(int64_t seconds, char text[TIME_TEXT_SIZE])
{
	time_t value = (time_t)seconds;
	struct tm fields;

	if (gmtime_r(&value, &fields) == NULL || strftime(text, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &fields) == 0)
		strcpy(text, "1970-01-01T00:00:00Z");
	return text;
}

static bool offset_parse(const char *text, int64_t *seconds)
{
	int hours, minutes, end = 0;

	if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0) {
		*seconds = 0;
		return true;
	}
	if ((text[0] != '+' && text[0] != '-') || sscanf(text + 1, "%2d:%2d%n", &hours, &minutes, &end) != 2 ||
	    end != 5 || text[6] != '\0' || hours > 23 || minutes > 59)
		return false;
	*seconds = (text[0] == '-' ? -60 : 60) * (hours * 60 + minutes);
	return true;
}

bool time_parse(const char *text, int64_t *seconds)
{
	struct tm fields = { .tm_isdst = 0 };
	int end = 0;
	int64_t offset;

	if (sscanf(text, "%4d-%2d-%2d%*1[Tt]%2d:%2d:%2d%n", &fields.tm_year, &fields.tm_mon, &fields.tm_mday,
		   &fields.tm_hour, &fields.tm_min, &fields.tm_sec, &end) != 6 ||
	    end != 19)
		return false;
	if (fields.tm_mon < 1 || fields.tm_mon > 12 || fields.tm_mday < 1 || fields.tm_mday > 31 ||
	    fields.tm_hour > 23 || fields.tm_min > 59 || fields.tm_sec > 60)
		return false;
	text += end;
	if (*text == '.') {
		size_t digits = strspn(text + 1, "0123456789");

		if (digits == 0)
			return false;
		text += 1 + digits;
	}
	if (!offset_parse(text, &offset))
		return false;
	fields.tm_year -= 1900;
	fields.tm_mon -= 1;
	*seconds = (int64_t)timegm(&fields) - offset;
	return true;
}

char *duration_text_new(uint64_t milliseconds)
{
	uint64_t seconds = milliseconds / 1000;

	if (milliseconds < 1000)
		return string_format("%" PRIu64 "ms", milliseconds);
	if (seconds < 60)
		return string_format("%" PRIu64 "s", seconds);
	if (seconds < 3600)
		return string_format("%" PRIu64 "m%" PRIu64 "s", seconds / 60, seconds % 60);
	return string_format("%" PRIu64 "h%" PRIu64 "m", seconds / 3600, seconds / 60 % 60);
}

bool duration_parse(const char *text, uint64_t *milliseconds)
{
	static const struct {
		const char *name;
		uint64_t milliseconds;
	} units[] = { { "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 }, { "d", 86400000 } };
	const uint64_t most = (uint64_t)DURATION_MAX_DAYS * 86400000;

	*milliseconds = 0;
	if (*text == '\0')
		return false;
	while (*text) {
		size_t digits = strspn(text, "0123456789"), letters = strspn(text + digits, "mshd");
		uint64_t number = 0, unit = 0;

		if (digits == 0 || digits > 9 || letters == 0)
			return false;
		for (size_t i = 0; i < digits; i++)
			number = number * 10 + (uint64_t)(text[i] - '0');
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
			if (strlen(units[i].name) == letters && strncmp(units[i].name, text + digits, letters) == 0)
				unit = units[i].milliseconds;
		if (unit == 0 || number > most / unit || *milliseconds + number * unit > most)
			return false;
		*milliseconds += number * unit;
		text += digits + letters;
	}
	return true;
}
