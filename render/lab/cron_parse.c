/* cron_parse(): text to sets of minutes, hours, days. */
#include "render/lab/cron.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { FIELDS = 5, DIGITS_MAX = 4, NAME_LENGTH = 3, SUNDAY_AGAIN = 7 };

static const char *const month_names[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul",
					   "aug", "sep", "oct", "nov", "dec", NULL };
static const char *const weekday_names[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat", NULL };

static const struct cron_field {
	const char *name;
	int least, most;
	const char *const *names; /* the first is `least` */
} fields[FIELDS] = {
	{ "minute", 0, 59, NULL },
	{ "hour", 0, 23, NULL },
	{ "day of the month", 1, 31, NULL },
	{ "month", 1, 12, month_names },
	{ "day of the week", 0, SUNDAY_AGAIN, weekday_names },
};

static const struct {
	const char *name, *text;
} shorthands[] = {
	{ "@hourly", "0 * * * *" },   { "@daily", "0 0 * * *" },   { "@midnight", "0 0 * * *" },
	{ "@weekly", "0 0 * * 0" },   { "@monthly", "0 0 1 * *" }, { "@yearly", "0 0 1 1 *" },
	{ "@annually", "0 0 1 1 *" },
};

/* One field while it is read. `text` is the whole expression. */
struct cron_text {
	const struct cron_field *field;
	const char *text, *at, *end;
	size_t *offset;
	struct error *err;
};

static bool refuse(struct cron_text *text, const char *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool refuse(struct cron_text *text, const char *place, const char *format, ...)
{
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	*text->offset = (size_t)(place - text->text);
	return error_set(text->err, ERROR_INVALID, "%s", message);
}

/* Up to the next character with a meaning. */
static size_t word_length(const struct cron_text *text)
{
	size_t length = 0;

	while (text->at + length < text->end && !strchr(",-/", text->at[length]))
		length++;
	return length;
}

static bool name_read(struct cron_text *text, size_t length, int *value)
{
	for (int i = 0; text->field->names && text->field->names[i] && length == NAME_LENGTH; i++)
		if (strncasecmp(text->field->names[i], text->at, NAME_LENGTH) == 0) {
			*value = text->field->least + i;
			return true;
		}
	return false;
}

/* A number of digits alone, or the field's name for one. */
static bool value_read_at(struct cron_text *text, int *value)
{
	const struct cron_field *field = text->field;
	size_t length = word_length(text);
	cleanup(free) char *word = string_copy_n(text->at, length < 16 ? length : 16);
	cleanup(free) char *shown = text_printable(word, TEXT_ONE_LINE);

	if (length == 0)
		return refuse(text, text->at < text->end ? text->at : text->at - 1,
			      "%s lacks a number; write one from %d to %d", field->name, field->least, field->most);
	if (!name_read(text, length, value)) {
		if (strspn(word, "0123456789") != length)
			return refuse(text, text->at, "%s \"%s\" is no number%s%s%s", field->name, shown,
				      field->names ? " and no name like " : "; write one like ",
				      field->names ? field->names[1] : "5", field->names ? "" : ", or *");
		*value = length > DIGITS_MAX ? field->most + 1 : atoi(word);
	}
	if (*value < field->least || *value > field->most)
		return refuse(text, text->at, "%s %s is not in %d-%d", field->name, shown, field->least, field->most);
	text->at += length;
	return true;
}

static bool step_read(struct cron_text *text, int *step)
{
	const char *start = ++text->at;
	size_t length = word_length(text);
	cleanup(free) char *word = string_copy_n(text->at, length);

	*step = length > 0 && length <= DIGITS_MAX && strspn(word, "0123456789") == length ? atoi(word) : 0;
	if (*step < 1 || *step > text->field->most)
		return refuse(text, start, "the step of %s must be a number from 1 to %d", text->field->name,
			      text->field->most);
	text->at += length;
	return true;
}

/* "*", "5", "1-5", each with "/2" or without. */
static bool entry_read(struct cron_text *text, uint64_t *set)
{
	const char *start = text->at;
	int first = text->field->least, last = text->field->most, step = 1;

	if (text->at < text->end && *text->at == '*') {
		text->at++;
	} else {
		if (!value_read_at(text, &first))
			return false;
		last = first;
		if (text->at < text->end && *text->at == '-') {
			text->at++;
			if (!value_read_at(text, &last))
				return false;
			if (last == 0 && text->field->most == SUNDAY_AGAIN)
				last = SUNDAY_AGAIN; /* fri-sun */
			if (last < first)
				return refuse(text, start, "%s runs backwards from %d to %d; put the smaller first",
					      text->field->name, first, last);
		} else if (text->at < text->end && *text->at == '/') {
			last = text->field->most;
		}
	}
	if (text->at < text->end && *text->at == '/' && !step_read(text, &step))
		return false;
	if (text->at < text->end && *text->at != ',')
		return refuse(text, text->at, "%s has \"%c\" where a comma or the end should be", text->field->name,
			      *text->at);
	for (int i = first; i <= last; i += step)
		*set |= 1ULL << i;
	return true;
}

static bool field_read(struct cron_text *text, uint64_t *set)
{
	*set = 0;
	for (;;) {
		if (!entry_read(text, set))
			return false;
		if (text->at >= text->end)
			return true;
		text->at++;
	}
}

static const char *shorthand_find(const char *text)
{
	for (size_t i = 0; i < sizeof(shorthands) / sizeof(shorthands[0]); i++)
		if (strcasecmp(shorthands[i].name, text) == 0)
			return shorthands[i].text;
	return NULL;
}

static size_t fields_count(const char *text)
{
	size_t count = 0;

	for (text += strspn(text, " \t"); *text; text += strspn(text, " \t")) {
		count++;
		text += strcspn(text, " \t");
	}
	return count;
}

bool cron_parse(const char *text, struct cron *cron, size_t *offset, struct error *err)
{
	const char *shorthand = shorthand_find(text), *at = shorthand ? shorthand : text;
	struct cron_text field = { .text = at, .offset = offset, .err = err };
	uint64_t sets[FIELDS] = { 0 };
	bool any[FIELDS] = { false };

	*offset = CRON_WHOLE;
	if (shorthand == NULL && text[0] == '@')
		return error_set(err, ERROR_INVALID,
				 "there is no such shorthand; use @hourly, @daily, @weekly, @monthly, @yearly, or "
				 "five fields like \"0 8 * * 1-5\"");
	if (fields_count(at) != FIELDS)
		return error_set(err, ERROR_INVALID,
				 "%zu fields are not the five of cron: minute, hour, day of the month, month, day of "
				 "the week, like \"0 8 * * 1-5\"",
				 fields_count(at));
	for (size_t i = 0; i < FIELDS; i++) {
		field.field = &fields[i];
		field.at = at + strspn(at, " \t");
		field.end = field.at + strcspn(field.at, " \t");
		any[i] = *field.at == '*';
		at = field.end;
		if (!field_read(&field, &sets[i]))
			return false;
	}
	if (sets[4] >> SUNDAY_AGAIN)
		sets[4] |= 1;
	*cron = (struct cron){ .minutes = sets[0],
			       .hours = (uint32_t)sets[1],
			       .days = (uint32_t)sets[2],
			       .months = (uint32_t)sets[3],
			       .weekdays = (uint32_t)sets[4] & 0x7f,
			       .any_day = any[2],
			       .any_weekday = any[4] };
	return true;
}
