#include "base/quantity.h"

#include <stddef.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { DIGITS_MAX = 30, EXPONENT_MAX = 18 };

static const struct unit {
	const char *suffix;
	int64_t factor; /* in thousandths */
} units[] = {
	{ "m", 1 },
	{ "", 1000 },
	{ "k", 1000000 },
	{ "M", 1000000000 },
	{ "G", 1000000000000 },
	{ "T", 1000000000000000 },
	{ "P", 1000000000000000000 },
	{ "Ki", 1000LL << 10 },
	{ "Mi", 1000LL << 20 },
	{ "Gi", 1000LL << 30 },
	{ "Ti", 1000LL << 40 },
	{ "Pi", 1000LL << 50 },
};

/* Reads digits with one optional point; `scale` is how many stood after it. */
static bool digits_parse(const char **text, wide *value, int *scale)
{
	int digits = 0, after = -1;

	*value = 0;
	for (; (**text >= '0' && **text <= '9') || (**text == '.' && after < 0); (*text)++) {
		if (**text == '.') {
			after = 0;
			continue;
		}
		if (++digits > DIGITS_MAX)
			return false;
		*value = *value * 10 + (**text - '0');
		after += after >= 0;
	}
	*scale = after > 0 ? after : 0;
	return digits > 0;
}

/* "e3", "E-2" after the digits: adds to the scale. */
static bool exponent_parse(const char **text, int *scale)
{
	const char *c = *text + 1;
	int sign = 1, exponent = 0;

	if (*c == '-' || *c == '+')
		sign = *c++ == '-' ? -1 : 1;
	if (*c < '0' || *c > '9')
		return false;
	for (; *c >= '0' && *c <= '9'; c++) {
		exponent = exponent * 10 + (*c - '0');
		if (exponent > EXPONENT_MAX)
			return false;
	}
	*scale -= sign * exponent;
	*text = c;
	return true;
}

static bool is_exponent(const char *text)
{
	return (text[0] == 'e' || text[0] == 'E') && text[1] != '\0' && text[1] != 'i';
}

static bool factor_find(const char *suffix, wide *factor)
{
	if (strcmp(suffix, "E") == 0) {
		*factor = (wide)1000000000000000000 * 1000;
		return true;
	}
	if (strcmp(suffix, "Ei") == 0) {
		*factor = (wide)1000 << 60;
		return true;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(suffix, units[i].suffix) == 0) {
			*factor = units[i].factor;
			return true;
		}
	}
	return false;
}

bool quantity_parse(const char *text, int64_t *thousandths)
{
	const wide most = INT64_MAX;
	wide value, factor;
	int scale, sign = 1;

	if (*text == '-' || *text == '+')
		sign = *text++ == '-' ? -1 : 1;
	if (!digits_parse(&text, &value, &scale))
		return false;
	if (is_exponent(text) && !exponent_parse(&text, &scale))
		return false;
	if (!factor_find(text, &factor))
		return false;
	if (value != 0 && value > ((wide)1 << 120) / factor)
		return false;
	value *= factor;
	for (; scale > 0; scale--)
		value = (value + 9) / 10; /* Kubernetes rounds up */
	for (; scale < 0; scale++) {
		if (value > most)
			return false;
		value *= 10;
	}
	if (value > most)
		return false;
	*thousandths = (int64_t)(sign * value);
	return true;
}

bool quantity_equal(const char *a, const char *b)
{
	int64_t left, right;

	return quantity_parse(a, &left) && quantity_parse(b, &right) && left == right;
}
