#include "render/render.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "tests/unit/suite.h"

#define LAB(name) "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: " name "}\nspec:\n"
#define VM(name) "    " name ": {vm: {image: docker://example.org/a, diskSize: 1Gi}}\n"
#define POD(name) "    " name ": {pod: {image: alpine, pvcSize: 1Gi}}\n"

static const char good_lab[] = LAB("good") "  links:\n"
					   "    wire: {nodes: [{node: b}, {node: a}]}\n"
					   "  nodes:\n" VM("b") VM("a");

static struct lab_file file_of(const char *path, const char *text)
{
	return (struct lab_file){ .path = path, .text = text, .length = strlen(text) };
}

static void result_dump(const struct render_result *result, struct buffer *out)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct rendered_lab *lab = &result->labs[i];

		buffer_format(out, "%s/%s %d\n", lab->namespace_name, lab->name, lab->valid);
		for (size_t j = 0; j < lab->count; j++) {
			cleanup(free) char *text = json_text_new(lab->objects[j].value);

			buffer_format(out, "%s\n", text);
		}
	}
}

START_TEST(the_order_of_files_makes_no_difference)
{
	const struct lab_file one[] = { file_of("a.yaml", good_lab),
					file_of("b.yaml", LAB("other") "  nodes:\n" POD("p")) };
	const struct lab_file two[] = { one[1], one[0] };
	cleanup(render_result) struct render_result first = RENDER_RESULT_INIT, second = RENDER_RESULT_INIT;
	cleanup(buffer) struct buffer first_text = BUFFER_INIT, second_text = BUFFER_INIT;

	render_labs(one, 2, &(struct lab_options){ .default_namespace = "default" }, &first);
	render_labs(two, 2, &(struct lab_options){ .default_namespace = "default" }, &second);
	result_dump(&first, &first_text);
	result_dump(&second, &second_text);
	ck_assert_uint_eq(first.diagnostics.count, 0);
	ck_assert_uint_eq(first.count, 2);
	ck_assert_str_eq(first.labs[0].name, "good");
	ck_assert_str_eq(first.labs[1].name, "other");
	ck_assert(first.complete);
	ck_assert_str_eq(buffer_text(&first_text), buffer_text(&second_text));
}
END_TEST

START_TEST(nodes_come_by_name)
{
	const struct lab_file file = file_of("a.yaml", good_lab);
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	const struct rendered_lab *lab;

	render_labs(&file, 1, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert_uint_eq(result.count, 1);
	lab = &result.labs[0];
	ck_assert(lab->valid);
	ck_assert_str_eq(lab->path, "a.yaml");
	ck_assert_str_eq(lab->namespace_name, "default");
	ck_assert_ptr_null(lab->objects[0].node);
	ck_assert_str_eq(lab->objects[1].node, "a");
	ck_assert_str_eq(lab->objects[lab->count - 1].node, "b");
}
END_TEST

START_TEST(a_lab_with_an_error_holds_up_no_other)
{
	const struct lab_file files[] = {
		file_of("bad.yaml", LAB("bad") "  nodes:\n    x: {vm: {image: docker://example.org/a}}\n"),
		file_of("good.yaml", good_lab),
	};
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_labs(files, 2, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert_uint_gt(result.diagnostics.errors, 0);
	ck_assert_str_eq(result.diagnostics.items[0].path, "bad.yaml");
	ck_assert_uint_eq(result.count, 2);
	ck_assert_str_eq(result.labs[0].name, "bad");
	ck_assert(!result.labs[0].valid);
	ck_assert_uint_eq(result.labs[0].count, 0);
	ck_assert_str_eq(result.labs[0].path, "bad.yaml");
	ck_assert(result.labs[1].valid);
	ck_assert_uint_gt(result.labs[1].count, 0);
}
END_TEST

START_TEST(a_text_that_is_no_yaml_makes_the_view_incomplete)
{
	const struct lab_file files[] = { file_of("bad.yaml", "a: [b"), file_of("good.yaml", good_lab) };
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_labs(files, 2, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert(!result.complete);
	ck_assert_uint_gt(result.diagnostics.errors, 0);
	ck_assert_uint_eq(result.count, 1);
	ck_assert(result.labs[0].valid);
}
END_TEST

START_TEST(two_disks_of_one_name_are_refused)
{
	/* The disk of pod "a" is the claim "l-a-root"; so is that of VM "a-root". */
	const struct lab_file files[] = {
		file_of("l.yaml", LAB("l") "  nodes:\n" POD("a") VM("a-root")),
		file_of("good.yaml", good_lab),
	};
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_labs(files, 2, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert_uint_eq(result.diagnostics.errors, 1);
	ck_assert_str_eq(result.diagnostics.items[0].path, "l.yaml");
	ck_assert_ptr_nonnull(strstr(result.diagnostics.items[0].message, "l-a-root"));
	ck_assert(result.labs[0].valid); /* good */
	ck_assert(!result.labs[1].valid);
	ck_assert_uint_eq(result.labs[1].count, 0);
}
END_TEST

START_TEST(labs_whose_objects_clash_are_both_refused)
{
	/* Pod "b" of lab "l-a" and VM "a-b-root" of lab "l". */
	const struct lab_file files[] = {
		file_of("one.yaml", LAB("l-a") "  nodes:\n" POD("b")),
		file_of("two.yaml", LAB("l") "  nodes:\n" VM("a-b-root")),
	};
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_labs(files, 2, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert_uint_eq(result.diagnostics.errors, 1);
	ck_assert_uint_eq(result.count, 2);
	for (size_t i = 0; i < result.count; i++) {
		ck_assert(!result.labs[i].valid);
		ck_assert_uint_eq(result.labs[i].count, 0);
	}
}
END_TEST

START_TEST(nothing_makes_nothing)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_labs(NULL, 0, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert_uint_eq(result.count, 0);
	ck_assert_uint_eq(result.diagnostics.count, 0);
	ck_assert(result.complete);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		the_order_of_files_makes_no_difference,
		nodes_come_by_name,
		a_lab_with_an_error_holds_up_no_other,
		a_text_that_is_no_yaml_makes_the_view_incomplete,
		two_disks_of_one_name_are_refused,
		labs_whose_objects_clash_are_both_refused,
		nothing_makes_nothing,
	};

	return suite_run("render", tests, ARRAY_SIZE(tests));
}
