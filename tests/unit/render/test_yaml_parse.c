#include "../suite.h"
#include "yaml_check.h"

START_TEST(collections_and_documents)
{
	static const struct yaml_case cases[] = {
		{ "nothing", "", "" },
		{ "only comments", "# a\n# b\n", "" },
		{ "empty documents are left out", "---\n---\n# no\n---\na: b\n---\nnull\n...\n", "{\"a\":\"b\"}" },
		{ "two documents", "a: 1\n---\nb: 2\n", "{\"a\":1}\n{\"b\":2}" },
		{ "directive", "%YAML 1.1\n---\na: 1\n", "{\"a\":1}" },
		{ "directive 1.2", "%YAML 1.2\n---\na: 1\n", "{\"a\":1}" },
		{ "byte order mark",
		  "\xef\xbb\xbf"
		  "a: 1\n",
		  "{\"a\":1}" },
		{ "CRLF", "a: 1\r\nb:\r\n- x\r\n", "{\"a\":1,\"b\":[\"x\"]}" },
		{ "nested", "a:\n  - b: 1\n    c: [x, {w: z}]\n  -\n    - d\n",
		  "{\"a\":[{\"b\":1,\"c\":[\"x\",{\"w\":\"z\"}]},[\"d\"]]}" },
		{ "empty collections", "a: []\nb: {}\nc:\n", "{\"a\":[],\"b\":{},\"c\":null}" },
		{ "root is text", "hello\n", "\"hello\"" },
		{ "literal block", "a: |\n  x\n   y\n\n  z\n", "{\"a\":\"x\\n y\\n\\nz\\n\"}" },
		{ "literal stripped", "a: |-\n  x\n", "{\"a\":\"x\"}" },
		{ "literal kept", "a: |+\n  x\n\nb: 1\n", "{\"a\":\"x\\n\\n\",\"b\":1}" },
		{ "folded", "a: >-\n  x\n  y\n", "{\"a\":\"x y\"}" },
		{ "quotes", "a: 'it''s'\nb: \"\\x41\\u00e9\\U0001F600\\t\"\n",
		  "{\"a\":\"it's\",\"b\":\"A\xc3\xa9\xf0\x9f\x98\x80\\t\"}" },
		{ "tabs that separate", "a:\tb\nc: [\t1,\t2 ]\n", "{\"a\":\"b\",\"c\":[1,2]}" },
		{ "complex key form of a scalar", "? a\n: 1\n", "{\"a\":1}" },
		{ "an empty key", "\"\": 1\n", "{\"\":1}" },
	};

	yaml_check(cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(aliases_and_merge_keys)
{
	static const struct yaml_case cases[] = {
		{ "alias of a scalar", "a: &x 5\nb: *x\n", "{\"a\":5,\"b\":5}" },
		{ "alias of a mapping", "a: &x {w: 1}\nb: [*x, *x]\n",
		  "{\"a\":{\"w\":1},\"b\":[{\"w\":1},{\"w\":1}]}" },
		{ "alias as a key", "a: &x key\n*x : 1\n", "{\"a\":\"key\",\"key\":1}" },
		{ "an anchor is taken over", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n",
		  "{\"a\":1,\"b\":1,\"c\":2,\"d\":2}" },
		{ "taken over inside", "a: &x [&x 1, *x]\nb: *x\n", "{\"a\":[1,1],\"b\":1}" },
		{ "merge, written key after", "a: &a {x: 1, w: 1}\nb:\n  <<: *a\n  w: 2\n",
		  "{\"a\":{\"w\":1,\"x\":1},\"b\":{\"w\":2,\"x\":1}}" },
		{ "merge, written key before", "a: &a {x: 1, w: 1}\nb:\n  w: 2\n  <<: *a\n",
		  "{\"a\":{\"w\":1,\"x\":1},\"b\":{\"w\":2,\"x\":1}}" },
		{ "merge list: the earlier wins", "- &a {x: 1}\n- &b {x: 2, z: 3}\n- <<: [*a, *b]\n",
		  "[{\"x\":1},{\"x\":2,\"z\":3},{\"x\":1,\"z\":3}]" },
		{ "merge in what is merged", "- &a {x: 1}\n- &b {<<: *a, w: 2}\n- {<<: *b, z: 3}\n",
		  "[{\"x\":1},{\"w\":2,\"x\":1},{\"w\":2,\"x\":1,\"z\":3}]" },
		{ "merge of a mapping in place", "<<: {a: 1}\nb: 2\n", "{\"a\":1,\"b\":2}" },
		{ "merge of nothing", "<<: []\nb: 2\n", "{\"b\":2}" },
		{ "quoted << is a key", "\"<<\": 1\n", "{\"<<\":1}" },
	};

	yaml_check(cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(json_is_read_as_json)
{
	static const struct yaml_case cases[] = {
		{ "tabs between tokens", "{\n\t\"a\":\t1,\n\t\"b\": [\ttrue,\tnull ]\n}\n",
		  "{\"a\":1,\"b\":[true,null]}" },
		{ "escapes", "{\"a\": \"\\/ \\\" \\\\ \\b\\f\\n\\r\\t \\u00e9\"}",
		  "{\"a\":\"/ \\\" \\\\ \\b\\f\\n\\r\\t \xc3\xa9\"}" },
		{ "surrogate pair", "[\"\\uD83D\\uDE00\"]", "[\"\xf0\x9f\x98\x80\"]" },
		{ "numbers", "[0, -1, 1.5, 1e3, -2E-1]", "[0,-1,1.5,1000,-0.20000000000000001]" },
		{ "no space behind a colon", "{\"a\":\"b\",\"c\":-1}", "{\"a\":\"b\",\"c\":-1}" },
		{ "separators are kept", "[\"a\xe2\x80\xa8z\"]", "[\"a\xe2\x80\xa8z\"]" },
		{ "<< is a key", "{\"<<\": {\"a\": 1}}", "{\"<<\":{\"a\":1}}" },
		{ "text stays text", "[\"1\", \"true\", \"\", \"null\"]", "[\"1\",\"true\",\"\",\"null\"]" },
		{ "empty", " {} ", "{}" },
		{ "flow mapping that is no JSON", "{a: 1, b: [yes, ~]}", "{\"a\":1,\"b\":[true,null]}" },
		{ "a trailing comma, a comment", "{\"a\": 1,} # x\n", "{\"a\":1}" },
		{ "two documents", "{\"a\":1}\n---\n{\"b\":2}\n", "{\"a\":1}\n{\"b\":2}" },
		{ "a number with a leading 0", "[012]", "[10]" },
	};

	yaml_check(cases, ARRAY_SIZE(cases));
}
END_TEST

struct place_case {
	const char *name, *text, *key; /* of the root mapping */
	size_t key_line, key_column, line, column;
};

START_TEST(places)
{
	static const struct place_case cases[] = {
		{ "block", "a: 1\nb:  two\n", "b", 2, 1, 2, 5 },
		{ "nested mapping", "# c\na:\n  x: 1\n", "a", 2, 1, 3, 3 },
		{ "flow", "{a: 1, b: [2]}", "b", 1, 8, 1, 11 },
		{ "characters, not bytes", "{\xc3\xa9: 1, b: 2}", "b", 1, 8, 1, 11 },
		{ "JSON", "{\n \"a\": 1,\n \"b\": [2]}", "b", 3, 2, 3, 7 },
		{ "JSON, characters", "{\"\xc3\xa9\": 1, \"b\": 2}", "b", 1, 10, 1, 15 },
		{ "CRLF in JSON", "{\r\n\"b\":\r\n  2}", "b", 2, 1, 3, 3 },
		{ "behind a byte order mark",
		  "\xef\xbb\xbf"
		  "b: 1\n",
		  "b", 1, 1, 1, 4 },
		{ "a merged key stands where it was written", "a: &a\n  b: 1\n<<: *a\n", "b", 2, 3, 2, 6 },
		{ "an alias is its anchor", "a: &a\n  - 1\nb: *a\n", "b", 3, 1, 1, 4 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		struct yaml_documents documents;
		const struct yaml_pair *pair;

		ck_assert(yaml_parse(&arena, "f", cases[i].text, strlen(cases[i].text), &documents, &diagnostics));
		pair = yaml_get_pair(documents.roots[0], cases[i].key);
		ck_assert_msg(pair != NULL, "%s: no such key", cases[i].name);
		ck_assert_ptr_eq(pair->value, yaml_get(documents.roots[0], cases[i].key));
		ck_assert_msg(pair->line == cases[i].key_line && pair->column == cases[i].key_column,
			      "%s: key at %zu:%zu", cases[i].name, pair->line, pair->column);
		ck_assert_msg(pair->value->line == cases[i].line && pair->value->column == cases[i].column,
			      "%s: value at %zu:%zu", cases[i].name, pair->value->line, pair->value->column);
	}
}
END_TEST

START_TEST(questions_to_nodes)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	static const char text[] = "mac: 12:20:22:00:00:01\nlist: [0x10]\n";
	struct yaml_documents documents;
	struct yaml_node *root, *item;

	ck_assert(yaml_parse(&arena, "f", text, strlen(text), &documents, &diagnostics));
	root = documents.roots[0];
	ck_assert_ptr_null(yaml_get(root, "none"));
	ck_assert_ptr_null(yaml_get(NULL, "mac"));
	ck_assert_ptr_null(yaml_get(yaml_get(root, "list"), "mac"));
	ck_assert_str_eq(yaml_get(root, "mac")->text, "12:20:22:00:00:01");
	ck_assert_uint_eq(yaml_get(root, "mac")->length, 17);
	item = yaml_get(root, "list")->items[0];
	ck_assert_int_eq(item->kind, YAML_INTEGER);
	ck_assert_int_eq(item->integer, 16);
	ck_assert_str_eq(item->text, "0x10");
	ck_assert_str_eq(yaml_kind_name(YAML_MAPPING), "a mapping");
	ck_assert_str_eq(yaml_kind_name(root->pairs[1].value->kind), "a list");
}
END_TEST

int main(void)
{
	const TTest *tests[] = { collections_and_documents, aliases_and_merge_keys, json_is_read_as_json, places,
				 questions_to_nodes };

	return suite_run("yaml parse", tests, ARRAY_SIZE(tests));
}
