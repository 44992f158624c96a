#include "render/yaml/syntax.h"

#include <string.h>

#include "base/text.h"
#include "render/yaml/encoding.h"

/* Where a person should look: at what could not be read, or at the beginning
 * of what was never ended. */
enum syntax_position { AT_PROBLEM, AT_BEGINNING };

struct syntax_row {
	const char *problem, *context; /* libyaml's; a NULL context is any */
	enum syntax_position position;
	const char *message;
};

static const struct syntax_row rows[] = {
	{ "found character that cannot start any token", NULL, AT_PROBLEM,
	  "no value can begin with this character; put the text in quotes" },
	{ "mapping values are not allowed in this context", NULL, AT_PROBLEM,
	  "a second \"key: value\" stands where a value or a new line is due; put the text in quotes, or mend the "
	  "indentation" },
	{ "block sequence entries are not allowed in this context", NULL, AT_PROBLEM,
	  "a list cannot begin here; put \"- \" on a line of its own" },
	{ "mapping keys are not allowed in this context", NULL, AT_PROBLEM,
	  "a key cannot begin here; put it on a line of its own" },
	{ "did not find expected key", NULL, AT_PROBLEM,
	  "a key is due here; indent the line as its mapping's other lines are, or mend the quotes before it" },
	{ "did not find expected '-' indicator", NULL, AT_PROBLEM,
	  "a list item is due here; begin it with \"- \", indented as the others are" },
	{ "could not find expected ':'", NULL, AT_BEGINNING,
	  "a key has no \":\" behind it; add it, or mend the indentation" },
	{ "found unexpected end of stream", "while scanning a quoted scalar", AT_BEGINNING,
	  "a quote is never closed; close it" },
	{ "found unexpected document indicator", "while scanning a quoted scalar", AT_BEGINNING,
	  "a quote is never closed; close it" },
	{ "found unknown escape character", NULL, AT_PROBLEM,
	  "no such escape in double quotes; write the backslash twice, or use single quotes" },
	{ "did not find expected hexdecimal number", NULL, AT_PROBLEM,
	  "an escape lacks hexadecimal digits; \\x needs 2, \\u 4, \\U 8" },
	{ "found invalid Unicode character escape code", NULL, AT_PROBLEM,
	  "an escape names no Unicode character; surrogates count only as pairs in JSON" },
	{ "did not find expected ',' or ']'", NULL, AT_PROBLEM,
	  "a list in [ ] needs \",\" or \"]\" here; add it, or close the list" },
	{ "did not find expected ',' or '}'", NULL, AT_PROBLEM,
	  "a mapping in { } needs \",\" or \"}\" here; add it, or close the mapping" },
	{ "did not find expected node content", NULL, AT_PROBLEM,
	  "a value is due here; add it, or drop the character" },
	{ "did not find expected <document start>", NULL, AT_PROBLEM,
	  "text goes on behind the end of the document; begin another one with a line \"---\"" },
	{ "found undefined tag handle", NULL, AT_PROBLEM, "the tag is not declared; drop it" },
	{ "found unknown directive name", NULL, AT_PROBLEM,
	  "a line that begins with % is a directive, and no such one is known; put the text in quotes" },
	{ "found incompatible YAML document", NULL, AT_PROBLEM,
	  "the %YAML directive names a version that is not read; drop it" },
	{ "control characters are not allowed", NULL, AT_PROBLEM,
	  "the text holds a control character; drop it, or write it as an escape in double quotes" },
	{ "found an indentation indicator equal to 0", NULL, AT_PROBLEM,
	  "the indentation of a text block is 1 to 9; drop the 0" },
	{ "did not find expected comment or line break", NULL, AT_PROBLEM,
	  "the text block begins on the next line; put nothing behind | or >" },
	{ "did not find expected alphabetic or numeric character", NULL, AT_PROBLEM,
	  "& and * begin the name of an anchor; put the text in quotes" },
};

static const struct syntax_row *find_row(const yaml_parser_t *parser)
{
	for (size_t i = 0; parser->problem && i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].problem, parser->problem) == 0 &&
		    (rows[i].context == NULL || text_equal(rows[i].context, parser->context)))
			return &rows[i];
	}
	return NULL;
}

static struct yaml_place mark_place(const yaml_mark_t *mark)
{
	return (struct yaml_place){ .line = mark->line + 1, .column = mark->column + 1 };
}

static size_t line_start(const char *text, size_t length, size_t line)
{
	size_t at = 0;

	for (size_t i = 1; i < line && at < length; i++) {
		const char *end = memchr(text + at, '\n', length - at);

		at = end ? (size_t)(end - text) + 1 : length;
	}
	return at;
}

/* libyaml calls a tab a character like any other; people cannot see it. */
static bool stop_at_tab(struct yaml_builder *builder, const yaml_parser_t *parser, const char *text, size_t length)
{
	size_t start = line_start(text, length, parser->problem_mark.line + 1);
	size_t tab = start;

	if (!strstr(parser->problem, "found character that cannot start") &&
	    !strstr(parser->problem, "found a tab character"))
		return false;
	while (tab < length && tab - start < parser->problem_mark.column && text[tab] != '\n')
		tab++; /* a column is a character, but before a tab that indents there are only spaces */
	while (tab > start && text[tab - 1] == '\t')
		tab--;
	if (tab == length || text[tab] != '\t')
		return false;
	yaml_builder_stop(builder, yaml_place_of(text, tab),
			  "found a tab where only spaces may stand; indent with spaces");
	return true;
}

bool yaml_syntax_stop(struct yaml_builder *builder, const yaml_parser_t *parser, const char *text, size_t length)
{
	const struct syntax_row *row = find_row(parser);
	struct yaml_place place = mark_place(&parser->problem_mark);

	if (parser->error == YAML_MEMORY_ERROR)
		abort(); /* out of memory, which ends the process everywhere */
	if (parser->error == YAML_READER_ERROR)
		place = yaml_place_of(text, parser->problem_offset < length ? parser->problem_offset : length);
	else if (stop_at_tab(builder, parser, text, length))
		return false;
	if (row == NULL)
		return yaml_builder_stop(builder, place, "%s; mend the line, its quotes and its indentation",
					 parser->problem);
	if (row->position == AT_BEGINNING && parser->context)
		place = mark_place(&parser->context_mark);
	return yaml_builder_stop(builder, place, "%s", row->message);
}
