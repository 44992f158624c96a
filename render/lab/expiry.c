#include "render/lab/expiry.h"

#include <string.h>

#include "base/time.h"
#include "render/lab/values.h"

enum { DAY = 24 * 60 * 60, DATE_LENGTH = sizeof("2026-12-31") - 1 };

const struct value_type expiry_type = {
	.name = "date or time",
	.shape = VALUE_TEXT,
	.pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[-+][0-9]{2}:[0-9]{2}"
		   "))?$",
};

static bool has_date_shape(const char *text)
{
	static const char shape[] = "dddd-dd-dd";

	for (size_t i = 0; i < DATE_LENGTH; i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	return true;
}

/* Seconds of the date's first moment in UTC; false for a 30th of February,
 * which counting on would make a day in March. */
static bool date_parse(const char *text, int64_t *seconds)
{
	char midnight[DATE_LENGTH + sizeof("T00:00:00Z")];
	char again[TIME_TEXT_SIZE];

	memcpy(midnight, text, DATE_LENGTH);
	strcpy(midnight + DATE_LENGTH, "T00:00:00Z");
	return time_parse(midnight, seconds) && strncmp(time_write(*seconds, again), text, DATE_LENGTH) == 0;
}

const void *expiry_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct lab_expiry expiry = { .is_date = false };
	const char *text;
	int64_t day;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	expiry.is_date = strlen(text) == DATE_LENGTH;
	if (!has_date_shape(text) || !(expiry.is_date || time_parse(text, &expiry.seconds)))
		return reader_refuse(reader, pair->value,
				     "%s %s is no date; write it like 2026-12-31, or with a time and its offset from "
				     "UTC like 2026-12-31T18:00:00+01:00",
				     pair->key, reader_quote(reader, text));
	if (!date_parse(text, &day))
		return reader_refuse(reader, pair->value, "%s %s is no day of the calendar", pair->key,
				     reader_quote(reader, text));
	if (expiry.is_date)
		expiry.seconds = day + DAY;
	return memcpy(arena_new(reader->arena, sizeof(expiry)), &expiry, sizeof(expiry));
}

int64_t expiry_moment(const struct lab_expiry *expiry, const struct time_zone *zone)
{
	return expiry->is_date ? time_zone_moment(zone, expiry->seconds) : expiry->seconds;
}
