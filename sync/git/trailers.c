/* Trailers as git-interpret-trailers(1) finds them: the message's last
 * paragraph, when it is not the first one and either holds nothing but
 * trailers, or holds one that Git itself writes and at least a quarter of its
 * lines are trailers. A line that begins with white space continues a value. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/text.h"
#include "sync/git/repository.h"

struct line {
	const char *text;
	size_t length;
};

struct paragraph {
	struct line *lines;
	size_t count, capacity;
};

static void paragraph_cleanup(struct paragraph *paragraph)
{
	free(paragraph->lines);
}

static bool is_blank(struct line line)
{
	for (size_t i = 0; i < line.length; i++)
		if (!isspace((unsigned char)line.text[i]))
			return false;
	return true;
}

static bool is_comment(struct line line)
{
	return line.length > 0 && line.text[0] == '#';
}

static bool continues(struct line line)
{
	return line.length > 0 && isspace((unsigned char)line.text[0]);
}

/* The length of "Key" in "Key: value" or "Key : value"; 0 when the line is no trailer. */
static size_t key_length(struct line line)
{
	size_t length = 0, colon;

	while (length < line.length && (isalnum((unsigned char)line.text[length]) || line.text[length] == '-'))
		length++;
	colon = length;
	while (colon < line.length && (line.text[colon] == ' ' || line.text[colon] == '\t'))
		colon++;
	return colon < line.length && line.text[colon] == ':' ? length : 0;
}

static bool is_written_by_git(struct line line)
{
	static const char *const prefixes[] = { "Signed-off-by: ", "(cherry picked from commit " };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (line.length >= strlen(prefixes[i]) && strncmp(line.text, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

static struct line next_line(const char **position)
{
	struct line line = { .text = *position, .length = strcspn(*position, "\n") };

	*position += line.length + ((*position)[line.length] == '\n');
	return line;
}

/* Collects the last paragraph; false when it is the first one, which is the title. */
static bool find_last_paragraph(const char *message, struct paragraph *paragraph)
{
	size_t paragraphs = 0;
	bool between = true;

	while (*message) {
		struct line line = next_line(&message);

		if (is_comment(line))
			continue;
		if (is_blank(line)) {
			between = true;
			continue;
		}
		if (between) {
			paragraphs++;
			paragraph->count = 0;
		}
		between = false;
		memory_grow(&paragraph->lines, paragraph->count, &paragraph->capacity, sizeof(struct line));
		paragraph->lines[paragraph->count++] = line;
	}
	return paragraphs > 1;
}

static bool holds_trailers(const struct paragraph *paragraph)
{
	size_t trailers = 0, others = 0;
	bool recognised = false, in_trailer = false;

	for (size_t i = 0; i < paragraph->count; i++) {
		struct line line = paragraph->lines[i];

		if (continues(line)) {
			others += !in_trailer;
			continue;
		}
		recognised = recognised || is_written_by_git(line);
		in_trailer = is_written_by_git(line) || key_length(line) > 0;
		trailers += in_trailer;
		others += !in_trailer;
	}
	return trailers > 0 && (others == 0 || (recognised && trailers * 3 >= others));
}

static struct line trimmed(struct line line)
{
	while (line.length > 0 && isspace((unsigned char)line.text[0])) {
		line.text++;
		line.length--;
	}
	while (line.length > 0 && isspace((unsigned char)line.text[line.length - 1]))
		line.length--;
	return line;
}

/* The value that begins on line `at`, with its continuation lines joined by one space. */
static char *value_new(const struct paragraph *paragraph, size_t at)
{
	cleanup(buffer) struct buffer value = BUFFER_INIT;
	struct line line = paragraph->lines[at];
	size_t skip = (size_t)((const char *)memchr(line.text, ':', line.length) - line.text) + 1;

	line = trimmed((struct line){ .text = line.text + skip, .length = line.length - skip });
	buffer_append(&value, line.text, line.length);
	while (++at < paragraph->count && continues(paragraph->lines[at])) {
		line = trimmed(paragraph->lines[at]);
		if (value.length > 0)
			buffer_append_char(&value, ' ');
		buffer_append(&value, line.text, line.length);
	}
	return buffer_steal(&value);
}

void trailers_each(const char *message, const char *key, void (*each)(const char *value, void *data), void *data)
{
	cleanup(paragraph) struct paragraph paragraph = { .lines = NULL };

	if (!find_last_paragraph(message, &paragraph) || !holds_trailers(&paragraph))
		return;
	for (size_t i = 0; i < paragraph.count; i++) {
		struct line line = paragraph.lines[i];
		cleanup(free) char *value = NULL;

		if (key_length(line) != strlen(key) || strncasecmp(line.text, key, strlen(key)) != 0)
			continue;
		value = value_new(&paragraph, i);
		each(value, data);
	}
}
