/* Making YAML values. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/tree.h"
#include "tests/unit/suite.h"

static struct yaml_node here = { .kind = YAML_NULL, .line = 7, .column = 3 };

START_TEST(values_have_the_place_they_come_from)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	const struct yaml_node *values[] = {
		tree_mapping(&arena, &here),     tree_list(&arena, &here),
		tree_text(&arena, &here, "a"),   tree_format(&arena, &here, "%d", 1),
		tree_integer(&arena, &here, -5), tree_boolean(&arena, &here, true),
		tree_place(&arena, 7, 3),
	};
	static const enum yaml_kind kinds[] = { YAML_MAPPING, YAML_SEQUENCE, YAML_STRING, YAML_STRING,
						YAML_INTEGER, YAML_BOOLEAN,  YAML_NULL };

	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		ck_assert_uint_eq(values[i]->line, 7);
		ck_assert_uint_eq(values[i]->column, 3);
		ck_assert_int_eq(values[i]->kind, kinds[i]);
	}
	ck_assert_str_eq(values[3]->text, "1");
	ck_assert_str_eq(values[4]->text, "-5");
	ck_assert_int_eq(values[4]->integer, -5);
	ck_assert_str_eq(values[5]->text, "true");
}
END_TEST

START_TEST(a_key_is_set_once)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct yaml_node *mapping = tree_mapping(&arena, &here);

	tree_set(&arena, mapping, "a", tree_text(&arena, &here, "first"));
	tree_set(&arena, mapping, "b", NULL);
	tree_set(&arena, mapping, "a", tree_text(&arena, &here, "second"));
	ck_assert_uint_eq(mapping->count, 1);
	ck_assert_str_eq(yaml_get(mapping, "a")->text, "second");
	ck_assert_uint_eq(mapping->pairs[0].line, 7);
}
END_TEST

START_TEST(mappings_and_lists_grow)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct yaml_node *mapping = tree_mapping(&arena, &here), *list = tree_list_at(&arena, mapping, "list", &here);

	for (int i = 0; i < 100; i++) {
		tree_append(&arena, list, tree_integer(&arena, &here, i));
		tree_set(&arena, mapping, tree_format(&arena, &here, "k%d", i)->text, tree_integer(&arena, &here, i));
	}
	ck_assert_ptr_eq(tree_list_at(&arena, mapping, "list", &here), list);
	ck_assert_uint_eq(list->count, 100);
	ck_assert_uint_eq(mapping->count, 101);
	for (size_t i = 0; i < 100; i++) {
		ck_assert_int_eq(list->items[i]->integer, (int64_t)i);
		ck_assert_int_eq(mapping->pairs[i + 1].value->integer, (int64_t)i);
	}
}
END_TEST

START_TEST(what_is_of_another_kind_is_replaced)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct yaml_node *mapping = tree_mapping(&arena, &here);

	tree_set(&arena, mapping, "a", tree_text(&arena, &here, "text"));
	ck_assert_int_eq(tree_mapping_at(&arena, mapping, "a", &here)->kind, YAML_MAPPING);
	ck_assert_uint_eq(mapping->count, 1);
}
END_TEST

START_TEST(a_copy_leaves_its_original_alone)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	struct yaml_node *mapping = tree_mapping(&arena, &here), *list = tree_list(&arena, &here), *copy,
			 *copied_list;

	tree_set(&arena, mapping, "list", list);
	tree_append(&arena, list, tree_text(&arena, &here, "one"));
	copy = tree_copy(&arena, mapping);
	tree_set(&arena, copy, "more", tree_text(&arena, &here, "x"));
	copied_list = tree_copy(&arena, list);
	tree_append(&arena, copied_list, tree_text(&arena, &here, "two"));
	tree_set(&arena, copy, "list", copied_list);
	ck_assert_uint_eq(mapping->count, 1);
	ck_assert_uint_eq(list->count, 1);
	ck_assert_ptr_eq(yaml_get(mapping, "list"), list);
	ck_assert_uint_eq(yaml_get(copy, "list")->count, 2);
	ck_assert_uint_eq(copy->count, 2);
}
END_TEST

static const struct {
	const char *encoded, *text; /* NULL: it is none */
} decoded[] = {
	{ "", "" },           { "YQo=", "a\n" }, { "w6kJ", "\xc3\xa9\t" }, { "YQ", NULL }, /* no base64 */
	{ "yi9u", NULL }, /* no UTF-8 */
	{ "w6nD", NULL }, /* a character cut off */
	{ "YQBi", NULL }, /* a NUL in it */
	{ "H4sIAA==", NULL }, /* what gzip begins with */
	{ "YQFi", NULL }, /* a control character */
	{ "fw==", NULL }, /* another one */
};

START_TEST(what_is_encoded_counts_only_as_text)
{
	for (size_t i = 0; i < ARRAY_SIZE(decoded); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		const char *text = tree_decode_text(&arena, decoded[i].encoded);

		ck_assert_msg(text_equal(text, decoded[i].text), "%s", decoded[i].encoded);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		what_is_encoded_counts_only_as_text,
		values_have_the_place_they_come_from,
		a_key_is_set_once,
		mappings_and_lists_grow,
		what_is_of_another_kind_is_replaced,
		a_copy_leaves_its_original_alone,
	};

	return suite_run("dialects' trees", tests, ARRAY_SIZE(tests));
}
