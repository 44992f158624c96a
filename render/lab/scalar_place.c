#include "render/lab/scalar_place.h"

#include <string.h>

#include "render/lab/lab.h"

/* Where a scalar is compared with the file's text. */
struct cursor {
	const char *at, *end;
	size_t line, column;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void cursor_step(struct cursor *cursor)
{
	char c = *cursor->at++;

	if (c == '\n') {
		cursor->line++;
		cursor->column = 1;
	} else if (((unsigned char)c & 0xc0) != 0x80) {
		cursor->column++;
	}
	/* A column is a character: what follows in a UTF-8 sequence is part of it. */
	while (cursor->at < cursor->end && ((unsigned char)*cursor->at & 0xc0) == 0x80)
		cursor->at++;
}

static bool cursor_go(struct cursor *cursor, size_t line, size_t column)
{
	while (cursor->line < line) {
		const char *newline = memchr(cursor->at, '\n', (size_t)(cursor->end - cursor->at));

		if (newline == NULL)
			return false;
		cursor->at = newline + 1;
		cursor->line++;
	}
	while (cursor->column < column && cursor->at < cursor->end)
		cursor_step(cursor);
	return cursor->at < cursor->end;
}

/* The quote, or the header line of a block. Returns the quote, or '\0'. */
static char opening_skip(struct cursor *cursor)
{
	char first = *cursor->at;

	if (first == '"' || first == '\'') {
		cursor_step(cursor);
		return first;
	}
	if (first == '|' || first == '>')
		while (cursor->at < cursor->end && *cursor->at != '\n')
			cursor_step(cursor);
	return '\0';
}

/* Past the same character in both, or past blanks, which YAML folds. */
static bool both_step(struct cursor *cursor, const char **text, char quote)
{
	size_t bytes = 0;

	bool blank = is_blank(**text);

	while (cursor->at < cursor->end && is_blank(*cursor->at))
		cursor_step(cursor);
	while (is_blank(**text))
		(*text)++;
	if (blank)
		return true;
	if (cursor->at >= cursor->end || **text == '\0')
		return false;
	/* A quote inside of quotes: '' or \". */
	if (quote && *cursor->at == (quote == '\'' ? '\'' : '\\')) {
		cursor_step(cursor);
		if (cursor->at >= cursor->end || (*cursor->at != quote && *cursor->at != '\\'))
			return false;
	}
	do
		bytes++;
	while (((unsigned char)(*text)[bytes] & 0xc0) == 0x80);
	if ((size_t)(cursor->end - cursor->at) < bytes || memcmp(cursor->at, *text, bytes) != 0)
		return false;
	cursor_step(cursor);
	*text += bytes;
	return true;
}

struct place scalar_place(const struct reader *reader, const struct yaml_node *value, size_t offset)
{
	struct place own = { reader->path, value->line, value->column };
	struct cursor cursor = { .line = 1, .column = 1 };
	const char *text = value->text, *wanted = value->text + offset;
	char quote;

	/* Finding a place takes time, and more than are kept are of no use. */
	if (reader->file == NULL || reader->errors > DIAGNOSTICS_MAX)
		return own;
	cursor.at = reader->file->text;
	cursor.end = cursor.at + reader->file->length;
	if (!cursor_go(&cursor, value->line, value->column))
		return own;
	quote = opening_skip(&cursor);
	/* Blanks before the wanted character are folded, too: they are not stepped over here. */
	while (text < wanted && text + strspn(text, " \t\n\r") < wanted)
		if (!both_step(&cursor, &text, quote))
			return own;
	while (cursor.at < cursor.end && is_blank(*cursor.at) && !is_blank(*wanted))
		cursor_step(&cursor);
	if (cursor.at >= cursor.end || *cursor.at != *wanted)
		return own;
	return (struct place){ reader->path, cursor.line, cursor.column };
}

bool scalar_is_written(const struct reader *reader, size_t line, size_t column, const char *text)
{
	struct cursor cursor = { .line = 1, .column = 1 };
	size_t length = strlen(text);

	if (reader->file == NULL)
		return true;
	cursor.at = reader->file->text;
	cursor.end = reader->file->text + reader->file->length;
	if (!cursor_go(&cursor, line, column))
		return true;
	opening_skip(&cursor);
	return (size_t)(cursor.end - cursor.at) >= length && strncmp(cursor.at, text, length) == 0;
}
