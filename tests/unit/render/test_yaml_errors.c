#include "../suite.h"
#include "base/time.h"
#include "yaml_check.h"

START_TEST(mistakes)
{
	static const struct yaml_case cases[] = {
		{ "key set twice", "a: 1\nb: 2\na: 3\n",
		  "f:3:1: error: key \"a\" is already set on line 1; keep one" },
		{ "key set twice in JSON", "{\"a\":1,\n\"a\":2}",
		  "f:2:1: error: key \"a\" is already set on line 1; keep one" },
		{ "keys that are spelt the same", "1: a\n\"1\": b\n",
		  "f:2:1: error: key \"1\" is already set on line 1; keep one" },
		{ "every mistake is named", "a: .inf\na: .nan\n",
		  "f:1:4: error: JSON, and so Kubernetes, has no infinite number; quote it if it is text\n"
		  "f:2:1: error: key \"a\" is already set on line 1; keep one\n"
		  "f:2:4: error: JSON, and so Kubernetes, has no NaN; quote it if it is text" },
		{ "null key", "a:\n  ~: 1\n", "f:2:3: error: a key is null; name it, or quote it: \"null\"" },
		{ "a key that would lose digits", "18446744073709551615: a\n",
		  "f:1:1: error: a key is a number with more digits than are kept; quote it" },
		{ "list as a key", "? [a]\n: 1\n",
		  "f:1:3: error: a key is a list; a key must be a single word or text" },
		{ "mapping as a key", "{a: b}: 1\n",
		  "f:1:1: error: a key is a mapping; a key must be a single word or text" },
		{ "unknown alias", "a: *x\n",
		  "f:1:4: error: nothing before this is named &x; name it, or quote the text" },
		{ "alias of another document", "a: &x 1\n---\na: *x\n",
		  "f:3:4: error: nothing before this is named &x; name it, or quote the text" },
		{ "alias inside itself", "a: &x [*x]\n",
		  "f:1:8: error: alias *x stands for the value that holds it; write it out" },
		{ "merge of itself", "a: &x {<<: *x}\n",
		  "f:1:12: error: `<<` merges mappings, this is null; give it an alias of a mapping\n"
		  "f:1:12: error: alias *x stands for the value that holds it; write it out" },
		{ "merge of a scalar", "<<: 1\n",
		  "f:1:5: error: `<<` merges mappings, this is an integer; give it an alias of a mapping" },
		{ "merge of a list of scalars", "<<: [a]\n",
		  "f:1:6: error: `<<` merges mappings, this is a string; give it an alias of a mapping" },
		{ "two merge keys", "<<: {a: 1}\n<<: {b: 1}\n",
		  "f:2:1: error: key \"<<\" is already set on line 1; merge a list: <<: [*a, *b]" },
		{ "foreign tag", "a: !foo x\n", "f:1:4: error: tag !foo has no meaning here; drop it" },
		{ "foreign tag on a list", "a: !foo [x]\n", "f:1:4: error: tag !foo has no meaning here; drop it" },
		{ "set", "a: !!set {b}\n", "f:1:4: error: tag !!set has no meaning here; drop it" },
		{ "timestamp", "a: !!timestamp 2026-01-01\n",
		  "f:1:4: error: tag !!timestamp has no meaning here; drop it" },
		{ "tag that does not fit", "a: !!int abc\n",
		  "f:1:4: error: the tag !!int needs a whole number of 64 bits; change the value or drop the tag" },
		{ "base-60 integer", "a: !!int 12:20\n",
		  "f:1:4: error: the tag !!int needs a whole number of 64 bits; change the value or drop the tag" },
		{ "binary that is no base64", "a: !!binary \"?\"\n",
		  "f:1:4: error: the !!binary value is no text in base64; a Kubernetes object can hold only text" },
		{ "binary that is no text", "a: !!binary //8=\n",
		  "f:1:4: error: the !!binary value is no text in base64; a Kubernetes object can hold only text" },
	};

	yaml_check(cases, ARRAY_SIZE(cases));
}
END_TEST

#define TAB_MESSAGE "error: found a tab where only spaces may stand; indent with spaces"

START_TEST(syntax)
{
	static const struct yaml_case cases[] = {
		{ "tab", "a:\n\tb: 1\n", "f:2:1: " TAB_MESSAGE },
		{ "tab behind spaces", "a:\n  b: x\n \t c: 1\n", "f:3:2: " TAB_MESSAGE },
		{ "tab before a list item", "a:\n\t- b\n", "f:2:1: " TAB_MESSAGE },
		{ "tab in a block", "a: |\n\tx\n", "f:2:1: " TAB_MESSAGE },
		{ "tab before the second line", "a: x\n\ty\n", "f:2:1: " TAB_MESSAGE },
		{ "open quote", "a: 1\nb: \"x\nc: 1\n", "f:2:4: error: a quote is never closed; close it" },
		{ "open list", "a: [1, 2\nb: 1\n",
		  "f:2:2: error: a list in [ ] needs \",\" or \"]\" here; add it, or close the list" },
		{ "reserved character", "a: @x\n",
		  "f:1:4: error: no value can begin with this character; put the text in quotes" },
		{ "wrong indentation", "a:\n    b: 1\n  c: 1\n",
		  "f:3:3: error: a key is due here; indent the line as its mapping's other lines are, or mend the "
		  "quotes before it" },
		{ "lone surrogate in JSON", "[\"\\ud83d\"]",
		  "f:1:5: error: an escape names no Unicode character; surrogates count only as pairs in JSON" },
		{ "NUL", "a: \"\\0\"\n", "f:1:4: error: the text holds a NUL character; no object can, drop it" },
		{ "NUL in JSON", "{\"a\": \"\\u0000\"}",
		  "f:1:7: error: the text holds a NUL character; no object can, drop it" },
		{ "control character", "a: \x01\n",
		  "f:1:4: error: the text holds the control character U+0001; drop it, or write it as an escape in "
		  "double quotes" },
		{ "delete character", "\xc3\xa9: \x7f\n",
		  "f:1:4: error: the text holds a control character; drop it, or write it as an escape in double "
		  "quotes" },
		{ "Latin-1", "a: 1\nb: \xe9\n", "f:2:4: error: the text is not UTF-8; save the file as UTF-8" },
		{ "overlong UTF-8", "\xc0\x80", "f:1:1: error: the text is not UTF-8; save the file as UTF-8" },
		{ "UTF-8 of a surrogate", "\xed\xa0\x80",
		  "f:1:1: error: the text is not UTF-8; save the file as UTF-8" },
		{ "cut UTF-8", "a: \xe2\x82", "f:1:4: error: the text is not UTF-8; save the file as UTF-8" },
		{ "UTF-16",
		  "\xff\xfe"
		  "a",
		  "f:1:1: error: the text is not UTF-8; save the file as UTF-8" },
		{ "future YAML", "%YAML 3.0\n---\na: 1\n",
		  "f:1:1: error: the %YAML directive names a version that is not read; drop it" },
		{ "an error in a later document", "a: 1\n---\nb: }\n",
		  "f:3:4: error: a value is due here; add it, or drop the character" },
	};

	yaml_check(cases, ARRAY_SIZE(cases));
}
END_TEST

static void check_limit(const char *name, const struct buffer *text, const char *expected, size_t memory_max)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents;
	uint64_t start = time_monotonic_ms();
	bool parsed = yaml_parse(&arena, "f", text->data, text->length, &documents, &diagnostics);

	ck_assert_msg(parsed == (expected == NULL), "%s: parsed %d, %s", name, parsed,
		      diagnostics.count ? diagnostics.items[0].message : "no diagnostics");
	if (expected)
		ck_assert_msg(strstr(diagnostics.items[0].message, expected), "%s: %s", name,
			      diagnostics.items[0].message);
	ck_assert_msg(arena.used <= memory_max, "%s: %zu bytes", name, arena.used);
	ck_assert_msg(time_monotonic_ms() - start < 20000, "%s: too slow", name);
}

static void repeat(struct buffer *out, const char *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_append_text(out, text);
}

enum { LITTLE = 1024 * 1024, MUCH = 512 * 1024 * 1024 };

/* Nine times nine times nine ... values from a few hundred bytes. */
START_TEST(aliases_that_multiply)
{
	cleanup(buffer) struct buffer lists = BUFFER_INIT;
	cleanup(buffer) struct buffer merges = BUFFER_INIT;

	buffer_append_text(&lists, "a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 10; i++)
		buffer_format(&lists, "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i,
			      i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
	check_limit("lists", &lists, "more than 1000000 values", LITTLE);
	buffer_append_text(&merges, "- &m {a: 1, b: 2, c: 3, d: 4}\n");
	for (int i = 0; i < 200000; i++)
		buffer_append_text(&merges, "- <<: *m\n");
	check_limit("merges", &merges, "more than 1000000 values", MUCH);
}
END_TEST

START_TEST(depth)
{
	cleanup(buffer) struct buffer deepest = BUFFER_INIT;
	cleanup(buffer) struct buffer lists = BUFFER_INIT;
	cleanup(buffer) struct buffer json = BUFFER_INIT;
	cleanup(buffer) struct buffer aliases = BUFFER_INIT;

	repeat(&deepest, "[", YAML_DEPTH_MAX);
	repeat(&deepest, "]", YAML_DEPTH_MAX);
	check_limit("at the limit", &deepest, NULL, LITTLE);
	buffer_append_text(&lists, "a: ");
	repeat(&lists, "[", 100000);
	check_limit("lists", &lists, "more than 100 deep", LITTLE);
	repeat(&json, "{\"a\":", 100000);
	check_limit("JSON", &json, "more than 100 deep", LITTLE);
	buffer_append_text(&aliases, "- &a0 [x]\n");
	for (int i = 1; i < 200; i++)
		buffer_format(&aliases, "- &a%d [*a%d]\n", i, i - 1);
	check_limit("by way of aliases", &aliases, "more than 100 deep", LITTLE);
}
END_TEST

START_TEST(size)
{
	cleanup(buffer) struct buffer bytes = BUFFER_INIT;
	cleanup(buffer) struct buffer documents = BUFFER_INIT;
	cleanup(buffer) struct buffer json = BUFFER_INIT;
	cleanup(buffer) struct buffer long_key = BUFFER_INIT;

	repeat(&bytes, "#", YAML_SIZE_MAX);
	check_limit("a comment of the largest size", &bytes, NULL, LITTLE);
	buffer_append_char(&bytes, '#');
	check_limit("bytes", &bytes, "larger than 4 MiB", LITTLE);
	repeat(&documents, "--- 1\n", YAML_DOCUMENTS_MAX + 1);
	check_limit("documents", &documents, "more than 1000 documents", LITTLE);
	buffer_append_text(&json, "[0");
	repeat(&json, ",0", YAML_NODES_MAX);
	check_limit("values in JSON", &json, "more than 1000000 values", MUCH);
	buffer_append_text(&long_key, "{\"");
	repeat(&long_key, "k", 5000);
	buffer_append_text(&long_key, "\":1}");
	check_limit("a JSON key longer than YAML takes", &long_key, NULL, LITTLE);
}
END_TEST

/* What would take minutes if keys and anchors were compared each with each. */
START_TEST(many_keys_and_anchors)
{
	cleanup(buffer) struct buffer keys = BUFFER_INIT;
	cleanup(buffer) struct buffer anchors = BUFFER_INIT;

	for (int i = 0; i < 100000; i++) {
		buffer_format(&keys, "k%d: 1\n", i);
		buffer_format(&anchors, "- &a%d 1\n- *a%d\n", i, i);
	}
	check_limit("keys", &keys, NULL, MUCH);
	check_limit("anchors", &anchors, NULL, MUCH);
}
END_TEST

START_TEST(messages_hold_no_control_characters)
{
	static const struct yaml_case cases[] = {
		{ "key", "\"a\\e[2J\": 1\n\"a\\e[2J\": 1\n",
		  "f:2:1: error: key \"a?[2J\" is already set on line 1; keep one" },
		{ "a long key",
		  "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij: 1\n"
		  "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij: 1\n",
		  "f:2:1: error: key \"abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij...\" is already "
		  "set on "
		  "line 1; keep one" },
	};

	yaml_check(cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { mistakes,
				 syntax,
				 aliases_that_multiply,
				 depth,
				 size,
				 many_keys_and_anchors,
				 messages_hold_no_control_characters };

	return suite_run("yaml errors", tests, ARRAY_SIZE(tests));
}
