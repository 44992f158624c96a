#include "sync/merge_patch.h"

#include "tests/unit/sync/merge_patch_apply.h"
#include "tests/unit/sync/quoted_json.h"

static const struct patch_case {
	const char *from, *to;
	const char *patch; /* NULL: none */
} cases[] = {
	{ "{}", "{}", NULL },
	{ "{'a': 1, 'b': {'c': [1]}}", "{'b': {'c': [1]}, 'a': 1}", NULL },
	{ "{'a': 1}", "{'a': 2}", "{'a': 2}" },
	{ "{'a': 1}", "{'a': '1'}", "{'a': '1'}" },
	{ "{'a': 1}", "{}", "{'a': null}" },
	{ "{}", "{'a': {'b': 1}}", "{'a': {'b': 1}}" },
	{ "{}", "{'a': {}}", "{'a': {}}" },
	{ "{'a': {'b': 1, 'c': 2}}", "{'a': {'b': 1}}", "{'a': {'c': null}}" },
	{ "{'a': {'b': 1}}", "{'a': {}}", "{'a': {'b': null}}" },
	{ "{'a': {'b': 1}}", "{'a': [1]}", "{'a': [1]}" },
	{ "{'a': [1]}", "{'a': {'b': 1}}", "{'a': {'b': 1}}" },
	{ "{'a': 1}", "{'a': {}}", "{'a': {}}" },
	{ "{'a': [1, 2]}", "{'a': [2]}", "{'a': [2]}" },
	{ "{'a': [{'x': 1}]}", "{'a': [{'x': null}]}", "{'a': [{'x': null}]}" },
	{ "{'a': null, 'b': 1}", "{'a': null, 'b': 2}", "{'b': 2}" },
};

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(json) json_t *from = quoted_json_new(cases[i].from), *to = quoted_json_new(cases[i].to);
		cleanup(json) json_t *wanted = quoted_json_new(cases[i].patch), *patch = merge_patch_new(from, to);
		cleanup(json) json_t *applied = NULL;
		cleanup(free) char *text = json_text_new(patch);

		ck_assert_msg(patch == wanted || json_equal(patch, wanted), "%s to %s: %s, expected %s",
			      cases[i].from, cases[i].to, text, cases[i].patch);
		applied = patch ? merge_patch_apply_new(from, patch) : json_incref(from);
		ck_assert_msg(json_equal(applied, to), "%s does not lead from %s to %s", text, cases[i].from,
			      cases[i].to);
	}
}
END_TEST

START_TEST(patch_shares_nothing)
{
	cleanup(json) json_t *from = quoted_json_new("{}"), *to = quoted_json_new("{'a': {'b': [{}]}}");
	cleanup(json) json_t *patch = merge_patch_new(from, to);

	json_object_set_new(json_at(patch, "a", NULL), "c", json_true());
	json_array_append_new(json_at(patch, "a", "b", NULL), json_true());
	ck_assert_ptr_null(json_at(to, "a", "c", NULL));
	ck_assert_uint_eq(json_array_size(json_at(to, "a", "b", NULL)), 1);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table, patch_shares_nothing };

	return suite_run("merge_patch", tests, ARRAY_SIZE(tests));
}
