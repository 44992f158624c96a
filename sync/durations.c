#include "sync/durations.h"

#include <stddef.h>
#include <string.h>

/* A longer suffix stands before the shorter one that begins it. */
static const struct duration_unit {
	const char *suffix;
	int64_t nanoseconds;
} units[] = {
	{ "ns", 1 },         { "us", 1000 },       { "ms", 1000000 },
	{ "s", 1000000000 }, { "m", 60000000000 }, { "h", 3600000000000 },
};

static const struct duration_unit *unit_take(const char **text)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t length = strlen(units[i].suffix);

		if (strncmp(*text, units[i].suffix, length) == 0) {
			*text += length;
			return &units[i];
		}
	}
	return NULL;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One "1.5h"; adds to `total`. */
static bool part_parse(const char **text, int64_t *total)
{
	int64_t whole = 0, fraction = 0, scale = 1, amount;
	const char *start = *text;
	const struct duration_unit *unit;

	for (; is_digit(**text); (*text)++)
		if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, **text - '0', &whole))
			return false;
	if (*text == start)
		return false;
	if (**text == '.') {
		for ((*text)++; is_digit(**text) && scale < 1000000000; (*text)++) {
			fraction = fraction * 10 + (**text - '0');
			scale *= 10;
		}
	}
	unit = unit_take(text);
	if (unit == NULL || __builtin_mul_overflow(whole, unit->nanoseconds, &amount) ||
	    __builtin_add_overflow(*total, amount, total))
		return false;
	/* Below one unit; a double holds it exactly enough to compare. */
	amount = (int64_t)((double)fraction * (double)unit->nanoseconds / (double)scale);
	return !__builtin_add_overflow(*total, amount, total);
}

bool go_duration_parse(const char *text, int64_t *nanoseconds)
{
	int sign = *text == '-' ? -1 : 1;

	*nanoseconds = 0;
	if (*text == '-' || *text == '+')
		text++;
	if (strcmp(text, "0") == 0)
		return true;
	if (*text == '\0')
		return false;
	while (*text)
		if (!part_parse(&text, nanoseconds))
			return false;
	*nanoseconds *= sign;
	return true;
}

bool duration_equal(const char *a, const char *b)
{
	int64_t left, right;

	return go_duration_parse(a, &left) && go_duration_parse(b, &right) && left == right;
}
