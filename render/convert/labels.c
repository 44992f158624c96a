#include "render/convert/labels.h"

#include <string.h>

#include "render/lab/names.h"

enum { NUMBER_LENGTH_MAX = 8 };

static bool may_stay(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Letters in lower case, runs of anything else as one dash, none at the ends. Into `out`. */
static void letters_keep(const char *text, size_t most, char *out)
{
	size_t length = 0;

	for (; *text && length < most; text++) {
		char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;

		if (may_stay(c))
			out[length++] = c;
		else if (length > 0 && out[length - 1] != '-')
			out[length++] = '-';
	}
	while (length > 0 && out[length - 1] == '-')
		length--;
	out[length] = '\0';
}

const char *label_make(struct arena *arena, const char *text, const char *fallback, size_t most, json_t *taken)
{
	char kept[NAME_LENGTH_MAX + 1];
	const char *label;

	if (most > NAME_LENGTH_MAX)
		most = NAME_LENGTH_MAX;
	letters_keep(text, most, kept);
	if (kept[0] == '\0')
		letters_keep(fallback, most, kept);
	label = arena_copy(arena, kept, strlen(kept));
	if (strlen(kept) > most - NUMBER_LENGTH_MAX)
		letters_keep(label, most - NUMBER_LENGTH_MAX, kept);
	for (size_t number = 2; json_object_get(taken, label); number++)
		label = arena_format(arena, "%s-%zu", kept, number);
	json_object_set_new(taken, label, json_true());
	return label;
}
