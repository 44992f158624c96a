#include "render/yaml/write_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "render/yaml/encoding.h"

enum { WORD_LENGTH_MAX = 5, NUMBER_LENGTH_MAX = 400 };

/* Every casing, and y and n: some reader takes each of them for a boolean or null. */
static bool is_reserved_word(const char *text, size_t length)
{
	static const char *const words[] = { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "none" };

	if (!strchr("yYnNoOtTfF", text[0]))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i]) == length && strncasecmp(text, words[i], length) == 0)
			return true;
	}
	return false;
}

static size_t skip(const char *text, size_t length, size_t at, const char *set)
{
	while (at < length && text[at] && strchr(set, text[at]))
		at++;
	return at;
}

/* 0x1f, 0b1, 0o17 */
static bool is_based_number(const char *text, size_t length)
{
	return length > 1 && text[0] == '0' && strchr("xXbBoO", text[1]) && text[1] &&
	       skip(text, length, 2, "0123456789abcdefABCDEF_") == length;
}

/* 12 1_000 1.5 .5 1e3, and what is close to it */
static bool is_decimal_number(const char *text, size_t length)
{
	size_t at = skip(text, length, 0, "0123456789_");

	if (at < length && text[at] == '.')
		at = skip(text, length, at + 1, "0123456789_");
	if (at > 0 && at < length && (text[at] == 'e' || text[at] == 'E')) {
		at++;
		if (at < length && (text[at] == '-' || text[at] == '+'))
			at++;
		at = skip(text, length, at, "0123456789_");
	}
	return at == length;
}

/* 12:20:22:00:00:01 and 1:30.5 are numbers to YAML 1.1. */
static bool is_base60_number(const char *text, size_t length)
{
	size_t at = skip(text, length, 0, "0123456789_:");

	if (at < length && text[at] == '.')
		at = skip(text, length, at + 1, "0123456789_");
	return at == length && memchr(text, ':', length);
}

/* 2026-01-01, with or without a time. */
static bool begins_with_date(const char *text, size_t length)
{
	size_t year = skip(text, length, 0, "0123456789"), month;

	if (year != 4 || year == length || text[year] != '-')
		return false;
	month = skip(text, length, year + 1, "0123456789");
	return month > year + 1 && month < length && text[month] == '-';
}

static bool is_special_real(const char *text, size_t length)
{
	return length == 4 && (strncasecmp(text, ".inf", 4) == 0 || strncasecmp(text, ".nan", 4) == 0);
}

/* Too much rather than too little: quotes do no harm. */
static bool reads_as_number(const char *text, size_t length)
{
	if (begins_with_date(text, length))
		return true;
	if (length && (text[0] == '-' || text[0] == '+')) {
		text++;
		length--;
	}
	return is_based_number(text, length) || is_decimal_number(text, length) || is_base60_number(text, length) ||
	       is_special_real(text, length);
}

/* What YAML lets stand in a text without an escape, line breaks and tabs aside. */
static bool is_printable(uint32_t character)
{
	if (character < 0x7f)
		return character >= 0x20;
	return character >= 0xa0 && character != 0x2028 && character != 0x2029 && character != 0xfeff &&
	       character != 0xfffe && character != 0xffff;
}

/* Also false for bytes that are no UTF-8. */
static bool all_printable(const char *text, size_t length, const char *also)
{
	for (size_t at = 0; at < length;) {
		uint32_t character = 0;
		size_t size;

		if (text[at] >= ' ' && text[at] <= '~') { /* most are */
			at++;
			continue;
		}
		size = utf8_decode(text + at, length - at, &character);
		if (size == 0)
			return false;
		if (!is_printable(character) && (size > 1 || character == 0 || !strchr(also, (int)character)))
			return false;
		at += size;
	}
	return true;
}

/* A word, a path, a flag: --x and -x begin like that too, "- " and "---" do not. */
static bool begins_plain(const char *text, size_t length)
{
	unsigned char first = (unsigned char)text[0];

	if (first == '-')
		return length > 1 &&
		       (isalnum((unsigned char)text[1]) || (length > 2 && text[1] == '-' && text[2] != '-'));
	return first >= 0x80 || isalnum(first) || strchr("_/.+$()^;\\", first);
}

/* True when `second` stands behind a `first` anywhere. */
static bool has_pair(const char *text, size_t length, char first, char second)
{
	const char *end = text + length, *at = text;

	while ((at = memchr(at, first, (size_t)(end - at))) != NULL && ++at < end)
		if (*at == second)
			return true;
	return false;
}

static bool is_letter(char character)
{
	return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

/* A letter, then letters, digits and "+-./=_": what most texts are, and needs no further look but at the words. */
static bool is_simple(const char *text, size_t length)
{
	if (length == 0 || !is_letter(text[0]))
		return false;
	for (size_t i = 1; i < length; i++)
		if (!is_letter(text[i]) && !(text[i] >= '-' && text[i] <= '9') && text[i] != '_' && text[i] != '+' &&
		    text[i] != '=')
			return false;
	return true;
}

bool yaml_text_is_plain(const char *text, size_t length)
{
	if (is_simple(text, length))
		return length > WORD_LENGTH_MAX || !is_reserved_word(text, length);
	if (length == 0 || !begins_plain(text, length) || text[length - 1] == ' ' || text[length - 1] == ':')
		return false;
	if (!all_printable(text, length, "") || has_pair(text, length, ':', ' ') || has_pair(text, length, ' ', '#'))
		return false;
	if (length <= WORD_LENGTH_MAX && is_reserved_word(text, length))
		return false;
	return !reads_as_number(text, length) && !(length >= 3 && memcmp(text, "...", 3) == 0);
}

/* A first line that is empty or indented would need its indentation told, and a
 * last line of blanks is easily lost, by people and programs; those are quoted. */
bool yaml_text_is_block(const char *text, size_t length)
{
	size_t last = length;

	if (length < 2 || !memchr(text, '\n', length) || strchr(" \t\n", text[0]) ||
	    !all_printable(text, length, "\n\t"))
		return false;
	while (last > 0 && text[last - 1] == '\n')
		last--;
	return last > 0 && text[last - 1] != ' ' && text[last - 1] != '\t';
}

static void write_escape(uint32_t character, struct buffer *out)
{
	static const char characters[] = "\"\\\n\t\r", letters[] = "\"\\ntr";
	const char *found = character && character < 0x80 ? strchr(characters, (int)character) : NULL;

	if (found)
		buffer_format(out, "\\%c", letters[found - characters]);
	else if (character == 0)
		buffer_append_text(out, "\\0");
	else
		buffer_format(out, "\\u%04X", (unsigned)character);
}

static void write_quoted(const char *text, size_t length, struct buffer *out)
{
	buffer_append_char(out, '"');
	for (size_t at = 0; at < length;) {
		uint32_t character = 0xfffd; /* stands for bytes that are no text */
		size_t size = utf8_decode(text + at, length - at, &character);

		if (size == 0 || !is_printable(character) || character == '"' || character == '\\')
			write_escape(character, out);
		else
			buffer_append(out, text + at, size);
		at += size ? size : 1;
	}
	buffer_append_char(out, '"');
}

void yaml_write_text(const char *text, size_t length, struct buffer *out)
{
	if (yaml_text_is_plain(text, length))
		buffer_append(out, text, length);
	else
		write_quoted(text, length, out);
}

static const char *chomping(const char *text, size_t length)
{
	if (text[length - 1] != '\n')
		return "|-\n";
	return text[length - 2] == '\n' ? "|+\n" : "|\n";
}

void yaml_write_block(const char *text, size_t length, size_t indent, struct buffer *out)
{
	const char *end = text + length;

	buffer_append_text(out, chomping(text, length));
	while (text < end) {
		const char *line_end = memchr(text, '\n', (size_t)(end - text));
		size_t line = (size_t)((line_end ? line_end : end) - text);

		if (line)
			buffer_append_spaces(out, indent);
		buffer_append(out, text, line);
		buffer_append_char(out, '\n');
		text += line + (line_end != NULL);
	}
}
