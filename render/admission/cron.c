#include "render/admission/cron.h"

#include "base/text.h"

#include <string.h>
#include <strings.h>

static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
				      "jul", "aug", "sep", "oct", "nov", "dec" };
static const char *const weekdays[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

static const struct field {
	unsigned least, most;
	const char *const *names; /* of `least`, and what follows it */
	size_t names_count;
} fields[] = {
	{ 0, 59, NULL, 0 }, { 0, 23, NULL, 0 }, { 1, 31, NULL, 0 }, { 1, 12, months, 12 }, { 0, 6, weekdays, 7 },
};

static bool number(const char **text, unsigned most, unsigned *value)
{
	const char *start = *text;

	for (*value = 0; **text >= '0' && **text <= '9'; (*text)++) {
		*value = *value * 10 + (unsigned)(**text - '0');
		if (*value > most)
			return false;
	}
	return *text > start;
}

static bool point(const struct field *field, const char **text, unsigned *value)
{
	for (size_t i = 0; i < field->names_count; i++) {
		if (strncasecmp(*text, field->names[i], 3) == 0) {
			*text += 3;
			*value = field->least + (unsigned)i;
			return true;
		}
	}
	return number(text, field->most, value) && *value >= field->least;
}

/* "*", "?", "5", "1-5", each with a step: "/15" */
static bool range(const struct field *field, const char **text)
{
	enum { STEP_MAX = 60 };
	unsigned first = 0, last = 0, step = 1;

	if (**text == '*' || **text == '?') {
		(*text)++;
	} else {
		if (!point(field, text, &first))
			return false;
		last = first;
		if (**text == '-') {
			(*text)++;
			if (!point(field, text, &last) || last < first)
				return false;
		}
	}
	if (**text != '/')
		return true;
	(*text)++;
	return number(text, STEP_MAX, &step) && step > 0;
}

static bool field_is_good(const struct field *field, const char **text)
{
	for (;;) {
		if (!range(field, text))
			return false;
		if (**text != ',')
			return true;
		(*text)++;
	}
}

static bool is_word(const char *text)
{
	static const char *const words[] = { "@yearly", "@annually", "@monthly", "@weekly",
					     "@daily",  "@midnight", "@hourly" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(text, words[i]) == 0)
			return true;
	}
	return text_starts_with(text, "@every ") && text[strlen("@every ")] >= '0' && text[strlen("@every ")] <= '9';
}

bool cron_is_schedule(const char *text)
{
	if (text_starts_with(text, "TZ=") || text_starts_with(text, "CRON_TZ="))
		text += strcspn(text, " ");
	text += strspn(text, " \t");
	if (*text == '@')
		return is_word(text);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (!field_is_good(&fields[i], &text))
			return false;
		if (*text != ' ' && *text != '\t' && *text != '\0')
			return false;
		text += strspn(text, " \t");
	}
	return *text == '\0';
}
