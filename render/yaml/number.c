#include "render/yaml/number.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_LENGTH_MAX = 400 }; /* longer is text; the longest double has 309 digits */

static bool parse_special(const char *text, struct yaml_number *number)
{
	static const struct {
		const char *text;
		double value;
	} specials[] = {
		{ ".inf", INFINITY },   { ".Inf", INFINITY },  { ".INF", INFINITY },   { "+.inf", INFINITY },
		{ "+.Inf", INFINITY },  { "+.INF", INFINITY }, { "-.inf", -INFINITY }, { "-.Inf", -INFINITY },
		{ "-.INF", -INFINITY }, { ".nan", NAN },       { ".NaN", NAN },        { ".NAN", NAN },
	};

	for (size_t i = 0; i < sizeof(specials) / sizeof(specials[0]); i++) {
		if (strcmp(text, specials[i].text) == 0) {
			*number = (struct yaml_number){ .real = specials[i].value };
			return true;
		}
	}
	return false;
}

/* The base that the digits after a sign are in, and what to skip of them. */
static int digits_base(const char *digits, size_t *skip)
{
	*skip = 2;
	if (digits[0] == '0' && strchr("xX", digits[1]) && digits[1])
		return 16;
	if (digits[0] == '0' && strchr("oO", digits[1]) && digits[1])
		return 8;
	if (digits[0] == '0' && strchr("bB", digits[1]) && digits[1])
		return 2;
	*skip = 0;
	return digits[0] == '0' && digits[1] ? 8 : 10;
}

static int digit_value(char digit)
{
	if (isdigit((unsigned char)digit))
		return digit - '0';
	return isxdigit((unsigned char)digit) ? tolower((unsigned char)digit) - 'a' + 10 : 16;
}

/* The digits of one base; `overflow` is set when they are more than 64 bits. */
static bool parse_digits(const char *digits, int base, uint64_t *value, bool *overflow)
{
	*value = 0;
	*overflow = false;
	if (*digits == '\0')
		return false;
	for (; *digits; digits++) {
		int digit = digit_value(*digits);

		if (digit >= base)
			return false;
		if (__builtin_mul_overflow(*value, (uint64_t)base, value) ||
		    __builtin_add_overflow(*value, (uint64_t)digit, value))
			*overflow = true;
	}
	return true;
}

/* What is too large for an integer becomes a real; but hexadecimal digits that
 * are more than 64 bits are a name rather than a number, and stay text. */
static bool parse_large(const char *text, int base, uint64_t value, bool overflow, struct yaml_number *number)
{
	if (base != 10 && (overflow || text[0] == '-'))
		return false;
	*number = (struct yaml_number){ .real = base == 10 ? strtod(text, NULL) : (double)value };
	return isfinite(number->real);
}

static bool parse_integer(const char *text, struct yaml_number *number)
{
	bool negative = text[0] == '-', overflow;
	const char *digits = text + (text[0] == '-' || text[0] == '+');
	uint64_t limit = (uint64_t)INT64_MAX + negative, value;
	size_t skip;
	int base = digits_base(digits, &skip);

	if (!parse_digits(digits + skip, base, &value, &overflow))
		return false;
	if (overflow || value > limit)
		return parse_large(text, base, value, overflow, number);
	*number = (struct yaml_number){ .is_integer = true,
					.integer = negative ? (int64_t)(0 - value) : (int64_t)value };
	return true;
}

static const char *skip_digits(const char *text)
{
	while (isdigit((unsigned char)*text))
		text++;
	return text;
}

/* [-+]? ( \.[0-9]+ | [0-9]+ (\.[0-9]*)? ) ( [eE][-+]?[0-9]+ )? and nothing else; strtod() alone takes more. */
static bool is_real(const char *text)
{
	const char *start, *end;

	start = text + (text[0] == '-' || text[0] == '+');
	end = skip_digits(start);
	if (end == start && (end[0] != '.' || !isdigit((unsigned char)end[1])))
		return false;
	if (*end == '.')
		end = skip_digits(end + 1);
	if (*end == 'e' || *end == 'E') {
		start = end + 1 + (end[1] == '-' || end[1] == '+');
		end = skip_digits(start);
		if (end == start)
			return false;
	}
	return *end == '\0';
}

/* A real too large for a double is text, as in go-yaml. */
static bool parse_real(const char *text, struct yaml_number *number)
{
	double real;

	if (!is_real(text))
		return false;
	real = strtod(text, NULL);
	*number = (struct yaml_number){ .real = real };
	return isfinite(real);
}

bool yaml_number_parse(const char *text, size_t length, struct yaml_number *number)
{
	char plain[NUMBER_LENGTH_MAX + 1];
	size_t used = 0;

	if (length == 0 || length > NUMBER_LENGTH_MAX || !strchr("+-.0123456789", text[0]))
		return false;
	if (parse_special(text, number))
		return true;
	for (size_t i = 0; i < length; i++) {
		if (text[i] != '_')
			plain[used++] = text[i];
		else if (text[0] == '.' &&
			 (!isdigit((unsigned char)text[i - 1]) || !isdigit((unsigned char)text[i + 1])))
			return false;
	}
	plain[used] = '\0';
	return parse_integer(plain, number) || parse_real(plain, number);
}

const char *yaml_number_key(struct arena *arena, double real)
{
	float narrow = (float)real;
	char text[64] = "";
	int digits, exponent;

	if (!isfinite(narrow))
		return NULL;
	for (digits = 1; digits <= 9; digits++) {
		snprintf(text, sizeof(text), "%.*e", digits - 1, (double)narrow);
		if (strtof(text, NULL) == narrow)
			break;
	}
	exponent = atoi(strchr(text, 'e') + 1);
	if (exponent >= -4 && exponent < 6)
		snprintf(text, sizeof(text), "%.*f", digits - 1 > exponent ? digits - 1 - exponent : 0,
			 (double)narrow);
	return strtod(text, NULL) == real ? arena_copy(arena, text, strlen(text)) : NULL;
}
