#include "base/text.h"

#include <string.h>

#include "base/memory.h"

enum { DNS_LABEL_MAX = 63, NEAREST_LENGTH_MAX = 63 };

bool text_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool text_starts_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_ends_with(const char *text, const char *suffix)
{
	size_t length = strlen(text), tail = strlen(suffix);

	return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

static bool is_lower_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool text_is_dns_label(const char *text)
{
	size_t length = strlen(text);

	if (length == 0 || length > DNS_LABEL_MAX)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!is_lower_alphanumeric(text[i]) && text[i] != '-')
			return false;
	return text[0] != '-' && text[length - 1] != '-';
}

static size_t smallest(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Levenshtein distance with one row; both texts are at most NEAREST_LENGTH_MAX. */
static size_t edit_distance(const char *a, const char *b)
{
	size_t row[NEAREST_LENGTH_MAX + 1];
	size_t length = strlen(b);

	for (size_t j = 0; j <= length; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < length; j++) {
			size_t above = row[j + 1];

			row[j + 1] = smallest(above + 1, row[j] + 1, diagonal + (a[i] != b[j]));
			diagonal = above;
		}
	}
	return row[length];
}

const char *text_nearest(const char *text, const char *const *candidates)
{
	const char *best = NULL;
	size_t best_distance = strlen(text) < 4 ? 2 : 3; /* must be below */

	if (strlen(text) > NEAREST_LENGTH_MAX)
		return NULL;
	for (; *candidates; candidates++) {
		size_t distance;

		if (strlen(*candidates) > NEAREST_LENGTH_MAX)
			continue;
		distance = edit_distance(text, *candidates);
		if (distance < best_distance) {
			best_distance = distance;
			best = *candidates;
		}
	}
	return best;
}

char *text_printable(const char *text, enum text_lines lines)
{
	char *copy = string_copy(text);

	for (char *c = copy; *c; c++) {
		bool newline = *c == '\n' && lines == TEXT_KEEP_LINES;

		if (((unsigned char)*c < 0x20 && !newline) || *c == 0x7f)
			*c = *c == '\n' ? ' ' : '?';
	}
	return copy;
}
