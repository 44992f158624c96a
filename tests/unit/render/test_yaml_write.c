#include <float.h>
#include <math.h>
#include <stdint.h>

#include "../suite.h"
#include "yaml_check.h"

static void check_reads_back(const json_t *value, const char *name)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(json) json_t *again = NULL;
	struct yaml_documents documents;

	yaml_write(value, &text);
	ck_assert_msg(yaml_parse(&arena, "f", text.data, text.length, &documents, &diagnostics), "%s: %s\n%s", name,
		      diagnostics.items ? diagnostics.items[0].message : "", text.data);
	ck_assert_msg(documents.count == 1, "%s: %zu documents of\n%s", name, documents.count, text.data);
	again = yaml_to_json_new(documents.roots[0]);
	ck_assert_msg(json_equal((json_t *)value, again), "%s: reads back as another value:\n%s", name, text.data);
}

static void check_written(const struct yaml_case *one)
{
	cleanup(json) json_t *value = json_loads(one->text, JSON_DECODE_ANY, NULL);
	cleanup(buffer) struct buffer out = BUFFER_INIT;

	ck_assert_msg(value != NULL, "%s: the case is no JSON", one->name);
	yaml_write(value, &out);
	ck_assert_msg(strcmp(buffer_text(&out), one->expected) == 0, "%s:\nexpected\n%s\ngot\n%s", one->name,
		      one->expected, buffer_text(&out));
	if (!json_is_null(value))
		check_reads_back(value, one->name);
}

START_TEST(layout)
{
	static const struct yaml_case cases[] = {
		{ "leading keys at the top only",
		  "{\"b\":1,\"spec\":{\"kind\":1,\"a\":2},\"metadata\":{},\"kind\":\"K\",\"apiVersion\":\"v1\",\"a\":"
		  "1}",
		  "apiVersion: v1\nkind: K\nmetadata: {}\nspec:\n  a: 2\n  kind: 1\na: 1\nb: 1\n" },
		{ "list in a mapping", "{\"a\":[1,{\"b\":2,\"c\":3},[]]}", "a:\n- 1\n- b: 2\n  c: 3\n- []\n" },
		{ "list in a list", "[[1,[2,3]],[{\"a\":[4]}]]", "- - 1\n  - - 2\n    - 3\n- - a:\n    - 4\n" },
		{ "mapping in a list in a mapping", "{\"a\":[{\"b\":{\"c\":[{\"d\":1}]}}]}",
		  "a:\n- b:\n    c:\n    - d: 1\n" },
		{ "scalars", "[true,false,null,-5,1.5,1e20,0.1]",
		  "- true\n- false\n- null\n- -5\n- 1.5\n- 1.0e+20\n- 0.1\n" },
		{ "root scalar", "\"a b\"", "a b\n" },
		{ "root null", "null", "null\n" },
		{ "root of lines", "\"a\\nb\"", "\"a\\nb\"\n" },
		{ "empty list", "[]", "[]\n" },
		{ "empty mapping", "{}", "{}\n" },
		{ "block", "{\"a\":{\"b\":\"x\\n  y\\n\\n# z\\n\"}}", "a:\n  b: |\n    x\n      y\n\n    # z\n" },
		{ "block without a last newline", "[\"x\\ny\"]", "- |-\n  x\n  y\n" },
		{ "block with more of them", "{\"a\":\"x\\n\\n\\n\",\"b\":1}", "a: |+\n  x\n\n\nb: 1\n" },
		{ "block in a list in a list", "[[\"x\\ny\\n\"]]", "- - |\n    x\n    y\n" },
		{ "lines that cannot be a block", "[\" x\\ny\",\"\\nx\",\"x\\n \",\"x\\r\\ny\",\"\\n\"]",
		  "- \" x\\ny\"\n- \"\\nx\"\n- \"x\\n \"\n- \"x\\r\\ny\"\n- \"\\n\"\n" },
		{ "tabs in a block", "[\"x\\n\\ty\\tz\\n\"]", "- |\n  x\n  \ty\tz\n" },
		{ "keys", "{\"\":1,\"a b\":1,\"1\":1,\"yes\":1,\"a\\nb\":1,\"<<\":1,\"x: y\":1}",
		  "\"\": 1\n\"1\": 1\n\"<<\": 1\n\"a\\nb\": 1\na b: 1\n\"x: y\": 1\n\"yes\": 1\n" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		check_written(&cases[i]);
}
END_TEST

static void check_text(const char *text, bool quoted)
{
	cleanup(json) json_t *value = json_string(text);
	cleanup(json) json_t *list = json_pack("[O]", value);
	cleanup(json) json_t *keyed = json_object();
	cleanup(buffer) struct buffer out = BUFFER_INIT;

	json_object_set(keyed, text, value);
	yaml_write(value, &out);
	ck_assert_msg((out.data[0] == '"') == quoted, "quotes are wrong: %s", out.data);
	check_reads_back(value, text);
	check_reads_back(list, text);
	check_reads_back(keyed, text);
}

START_TEST(text_that_needs_quotes)
{
	static const char *const texts[] = {
		"",
		" ",
		" a",
		"a ",
		"y",
		"Y",
		"n",
		"N",
		"yes",
		"No",
		"oN",
		"OFF",
		"true",
		"False",
		"null",
		"~",
		"NULL",
		"=",
		"<<",
		"-",
		"--- a",
		"---",
		"...",
		"- a",
		"? a",
		": a",
		"a: b",
		"a:",
		"a #b",
		"# a",
		"&a",
		"*a",
		"!a",
		"|",
		">",
		"'a",
		"\"a",
		"%a",
		"@a",
		"`a",
		"[a",
		"{a",
		"]",
		"}",
		",a",
		"0",
		"-1",
		"+1",
		"1_000",
		"0777",
		"0o17",
		"0x1f",
		"-0x1f",
		"0b11",
		"1.5",
		"1.",
		".5",
		"1e3",
		"1E-3",
		"6.8523015e+5",
		".inf",
		"-.INF",
		".nan",
		"12:20:22:00:00:01",
		"22:00",
		"1:30.5",
		"190:20:30",
		"2026-01-01",
		"2026-01-01T10:00:00Z",
		"2001-1-1 1:2:3",
		"a\tb",
		"a\nb",
		"\x01",
		"\x7f",
		"\xc2\x85",
		"\xe2\x80\xa8",
		"\xef\xbb\xbfz",
		"::1",
		"fe80::",
		"\t",
		"09",
		"0_",
		"1__",
		"_:",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		check_text(texts[i], true);
}
END_TEST

START_TEST(text_that_needs_none)
{
	static const char *const texts[] = {
		"a",
		"a b",
		"a:b",
		"a#b",
		"10.0.0.1",
		"10.0.0.0/24",
		"fe80::1",
		"aa:bb:cc:dd:ee:ff",
		"500m",
		"10Gi",
		"--flag",
		"-c",
		"/bin/sh",
		"a, b",
		"a [b]",
		"it's",
		"say \"x\"",
		"\xc3\xa9t\xc3\xa9",
		"\xf0\x9f\x98\x80",
		"quay.io/a/b:v1.2",
		"v1",
		"kubevirt.io/v1",
		"$(A)",
		"yesterday",
		"1.2.3",
		"1a",
		"nonempty",
		"C:\\x",
		"2001:db8::1",
		"x=y",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		check_text(texts[i], false);
}
END_TEST

START_TEST(long_keys)
{
	cleanup(free) char *key = memory_new(3001);
	cleanup(json) json_t *object = json_object();
	cleanup(json) json_t *list = json_pack("[O]", object);

	memset(key, 'k', 3000);
	json_object_set_new(object, key, json_pack("{s:[i,{s:i}]}", "a", 1, "b", 2));
	key[2999] = '\n';
	json_object_set_new(object, key, json_string("x\ny\n"));
	key[2998] = '\0';
	json_object_set_new(object, key, json_pack("[i,[i]]", 1, 2));
	check_reads_back(object, "long keys");
	check_reads_back(list, "long keys in a list");
}
END_TEST

/* xorshift: the same values in every run. */
static uint32_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)(*state >> 32);
}

/* Characters that mean something to YAML come up often. */
static void random_text(uint64_t *state, struct buffer *out)
{
	static const char *const pieces[] = {
		"a",
		"b",
		"k",
		" ",
		"\n",
		"\n",
		"\t",
		":",
		"-",
		"#",
		"'",
		"\"",
		"\\",
		"0",
		"1",
		"9",
		".",
		"_",
		"e",
		"x",
		"|",
		">",
		"&",
		"*",
		"!",
		"%",
		"@",
		"`",
		"{",
		"}",
		"[",
		"]",
		",",
		"?",
		"=",
		"<",
		"~",
		"\r",
		"\x01",
		"\x1b",
		"yes",
		"null",
		"---",
		"...",
		"+",
		"/",
		"\xc3\xa9",
		"\xc2\x85",
		"\xe2\x80\xa8",
		"\xef\xbb\xbf",
		"\xef\xbf\xbf",
		"\xf0\x9f\x98\x80",
		"\xc2\xa0",
		"\x7f",
		"word",
		"  ",
		"- ",
		": ",
		" #",
	};
	size_t count = next_random(state) % 12;

	for (size_t i = 0; i < count; i++)
		buffer_append_text(out, pieces[next_random(state) % ARRAY_SIZE(pieces)]);
}

static double random_real(uint64_t *state)
{
	double mantissa = (double)next_random(state) + 0.5;
	int exponent = (int)(next_random(state) % 2000) - 1000;
	double real = ldexp(mantissa, exponent);

	if (!isfinite(real) || real == 0 || real == floor(real))
		return mantissa; /* whole numbers become integers */
	return next_random(state) % 2 ? real : -real;
}

static json_t *random_value_new(uint64_t *state, size_t depth);

static json_t *random_collection_new(uint64_t *state, size_t depth)
{
	bool mapping = next_random(state) % 2;
	json_t *value = mapping ? json_object() : json_array();
	size_t count = next_random(state) % 5;

	for (size_t i = 0; i < count; i++) {
		cleanup(buffer) struct buffer key = BUFFER_INIT;

		random_text(state, &key);
		if (mapping)
			json_object_set_new(value, buffer_text(&key), random_value_new(state, depth + 1));
		else
			json_array_append_new(value, random_value_new(state, depth + 1));
	}
	return value;
}

static json_t *random_value_new(uint64_t *state, size_t depth)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	switch (next_random(state) % (depth < 5 ? 12 : 8)) {
	case 0:
		return json_null();
	case 1:
		return json_boolean(next_random(state) % 2);
	case 2:
		return json_integer((json_int_t)((uint64_t)next_random(state) << 32 | next_random(state)) >>
				    next_random(state) % 64);
	case 3:
		return json_real(random_real(state));
	case 4:
	case 5:
	case 6:
	case 7:
		random_text(state, &text);
		return json_string(buffer_text(&text));
	default:
		return random_collection_new(state, depth);
	}
}

START_TEST(every_value_reads_back)
{
	uint64_t state = 0x9e3779b97f4a7c15;

	for (int i = 0; i < 20000; i++) {
		cleanup(json) json_t *value = random_value_new(&state, 0);

		if (!json_is_null(value))
			check_reads_back(value, "random value");
	}
}
END_TEST

START_TEST(equal_values_give_equal_bytes)
{
	cleanup(json) json_t *one = json_loads("{\"a\":{\"x\":1,\"y\":2},\"b\":3}", 0, NULL);
	cleanup(json) json_t *other = json_loads("{\"b\":3,\"a\":{\"y\":2,\"x\":1}}", 0, NULL);
	cleanup(buffer) struct buffer one_text = BUFFER_INIT;
	cleanup(buffer) struct buffer other_text = BUFFER_INIT;

	yaml_write(one, &one_text);
	yaml_write(other, &other_text);
	ck_assert_str_eq(buffer_text(&one_text), buffer_text(&other_text));
}
END_TEST

START_TEST(reals)
{
	const double values[] = { DBL_MAX, DBL_MIN, 5e-324, 0.1, 1.0 / 3, -2.5, 1e300, 123456789.125, 1e-7 };

	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		cleanup(json) json_t *value = json_real(values[i]);

		check_reads_back(value, "real");
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { layout,    text_that_needs_quotes, text_that_needs_none,
				 long_keys, every_value_reads_back, equal_values_give_equal_bytes,
				 reals };

	return suite_run("yaml write", tests, ARRAY_SIZE(tests));
}
