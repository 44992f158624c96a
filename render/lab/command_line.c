#include "render/lab/command_line.h"

#include <string.h>

enum { COMMAND_WORDS_MAX = 1000 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Text in single quotes, taken as it is. `*text` stands after the opening quote. */
static const char *single_quoted(const char **text, char **out)
{
	for (; **text != '\''; (*text)++) {
		if (**text == '\0')
			return "a ' quote is not closed";
		*(*out)++ = **text;
	}
	(*text)++;
	return NULL;
}

/* Text in double quotes, where a backslash only escapes $ ` " \ and a newline. */
static const char *double_quoted(const char **text, char **out)
{
	for (; **text != '"'; (*text)++) {
		if (**text == '\\' && (*text)[1] != '\0' && strchr("$`\"\\\n", (*text)[1])) {
			(*text)++;
			if (**text != '\n')
				*(*out)++ = **text;
			continue;
		}
		if (**text == '\0')
			return "a \" quote is not closed";
		*(*out)++ = **text;
	}
	(*text)++;
	return NULL;
}

static const char *escaped(const char **text, char **out)
{
	if (**text == '\0')
		return "it ends with a backslash";
	if (**text != '\n')
		*(*out)++ = **text;
	(*text)++;
	return NULL;
}

/* Reads one word to `out`; `*text` is left behind it. */
static const char *word_read(const char **text, char *out)
{
	const char *wrong = NULL;

	while (**text && !is_blank(**text) && wrong == NULL) {
		char c = *(*text)++;

		if (c == '\'')
			wrong = single_quoted(text, &out);
		else if (c == '"')
			wrong = double_quoted(text, &out);
		else if (c == '\\')
			wrong = escaped(text, &out);
		else
			*out++ = c;
	}
	*out = '\0';
	return wrong;
}

const char *command_line_split(struct arena *arena, const char *text, struct command_line *line)
{
	const char *words[COMMAND_WORDS_MAX];
	cleanup(free) char *word = memory_new(strlen(text) + 1);

	*line = (struct command_line){ .count = 0 };
	while (is_blank(*text))
		text++;
	while (*text) {
		const char *wrong = word_read(&text, word);

		if (wrong)
			return wrong;
		if (line->count == COMMAND_WORDS_MAX)
			return "it has more than 1000 words";
		words[line->count++] = arena_copy(arena, word, strlen(word));
		while (is_blank(*text))
			text++;
	}
	line->words = arena_new(arena, (line->count + 1) * sizeof(*line->words));
	memcpy(line->words, words, line->count * sizeof(*words));
	return NULL;
}
