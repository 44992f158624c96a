/* What labsync makes of each feature of each dialect: the cases of
 * tests/dialects, one or more for each row of docs/dialects.md, which is made of
 * them. LABSYNC_UPDATE_GOLDEN=1 writes that page anew. With
 * LABSYNC_DIALECT_OBJECTS=FILE all objects are written there, for an API server to judge. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "render/dialects/convert.h"
#include "tests/unit/render/dialect_cases.h"
#include "tests/unit/render/dialect_page.h"
#include "tests/unit/render/value_path.h"
#include "tests/unit/suite.h"

/* How many features each document has: the numbers that their lists end with. */
static const struct {
	const char *name, *letter;
	size_t rows;
} rows_of[] = {
	{ "knl", "K", 25 },          { "kubevirt", "M", 30 },   { "deckhouse", "D", 53 },
	{ "controlplane", "C", 67 }, { "vmoperator", "V", 52 },
};

static size_t failures;

static void case_fail(const struct dialect_cases *cases, const struct dialect_case *at, const char *what,
		      const char *found, const char *wanted)
{
	failures++;
	fprintf(stderr, "tests/dialects/%s.yaml:%zu: %s (%s): %s\n  found:  %s\n  wanted: %s\n", cases->name,
		at->line, at->row ? at->row : "-", at->title, what, found ? found : "nothing",
		wanted ? wanted : "nothing");
}

static const json_t *object_find(const struct render_result *result, const char *kind_and_name,
				 const char *namespace_name)
{
	for (size_t i = 0; i < result->count; i++) {
		for (size_t j = 0; j < result->labs[i].count; j++) {
			const json_t *object = result->labs[i].objects[j].value;
			const char *in = json_text_at(object, "metadata", "namespace", NULL);
			cleanup(free) char *name = string_format("%s/%s", json_text_at(object, "kind", NULL),
								 json_text_at(object, "metadata", "name", NULL));

			if (text_equal(name, kind_and_name) &&
			    (namespace_name == NULL || text_equal(in, namespace_name)))
				return object;
		}
	}
	return NULL;
}

static char *names_new(const struct render_result *result)
{
	cleanup(buffer) struct buffer names = BUFFER_INIT;

	for (size_t i = 0; i < result->count; i++)
		for (size_t j = 0; j < result->labs[i].count; j++) {
			const json_t *object = result->labs[i].objects[j].value;

			buffer_format(&names, " %s/%s", json_text_at(object, "kind", NULL),
				      json_text_at(object, "metadata", "name", NULL));
		}
	return string_format("only%s", names.length ? buffer_text(&names) : " nothing");
}

static void value_check(const struct dialect_cases *cases, const struct dialect_case *at,
			const struct yaml_node *check, const json_t *object)
{
	const struct yaml_node *path = yaml_get(check, "path"), *value = yaml_get(check, "value");
	const json_t *found = path ? value_at_path(object, path->text) : object;
	cleanup(json) json_t *wanted = value ? yaml_to_json_new(value) : NULL;
	cleanup(free) char *shown = found ? json_dumps(found, JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL;
	cleanup(free) char *asked = wanted ? json_dumps(wanted, JSON_ENCODE_ANY | JSON_SORT_KEYS) : NULL;

	if (yaml_get(check, "absent")) {
		if (found)
			case_fail(cases, at, path ? path->text : "object", shown, NULL);
	} else if (found == NULL || (wanted && !text_equal(shown, asked))) {
		case_fail(cases, at, path ? path->text : "object", shown, asked ? asked : "something");
	}
}

static void rendered_check(const struct dialect_cases *cases, const struct dialect_case *at,
			   const struct render_result *result)
{
	for (size_t i = 0; at->rendered && i < at->rendered->count; i++) {
		const struct yaml_node *check = at->rendered->items[i], *name = yaml_get(check, "object"),
				       *in = yaml_get(check, "namespace");
		const json_t *object;

		ck_assert_msg(name && name->text, "line %zu: a check needs an object", check->line);
		ck_assert_msg(yaml_get(check, "path") == NULL || yaml_get(check, "value") ||
				      yaml_get(check, "absent"),
			      "line %zu: a path needs a value, or absent", check->line);
		object = object_find(result, name->text, in ? in->text : NULL);
		if (object || yaml_get(check, "absent")) {
			value_check(cases, at, check, object);
		} else {
			cleanup(free) char *names = names_new(result);

			case_fail(cases, at, "object", names, name->text);
		}
	}
}

static json_t *operation_json_new(const struct rendered_operation *operation)
{
	json_t *value = json_pack("{s:s, s:s, s:s, s:s*, s:s*}", "name", operation->name, "virtualMachine",
				  operation->machine, "type", operation_type_name(operation->type), "snapshot",
				  operation->snapshot, "target", operation->target);

	if (operation->grace_period != OPERATION_GRACE_NONE)
		json_object_set_new(value, "gracePeriodSeconds", json_integer(operation->grace_period));
	return value;
}

static void operations_check(const struct dialect_cases *cases, const struct dialect_case *at,
			     const struct render_result *result)
{
	cleanup(json) json_t *found = json_array(),
			     *wanted = at->operations ? yaml_to_json_new(at->operations) : json_array();
	cleanup(free) char *shown = NULL, *asked = NULL;

	for (size_t i = 0; i < result->count; i++)
		for (size_t j = 0; j < result->labs[i].operation_count; j++)
			json_array_append_new(found, operation_json_new(&result->labs[i].operations[j]));
	shown = json_dumps(found, JSON_SORT_KEYS);
	asked = json_dumps(wanted, JSON_SORT_KEYS);
	if (!text_equal(shown, asked))
		case_fail(cases, at, "operations", shown, asked);
}

static void messages_check(const struct dialect_cases *cases, const struct dialect_case *at,
			   const struct render_result *result)
{
	size_t wanted = at->messages ? at->messages->count : 0, count = result->diagnostics.count;

	for (size_t i = 0; i < (wanted > count ? wanted : count); i++) {
		cleanup(buffer) struct buffer found = BUFFER_INIT;
		const char *asked = i < wanted ? at->messages->items[i]->text : NULL;

		if (i < count)
			diagnostic_write(&result->diagnostics.items[i], &found);
		if (!text_equal(i < count ? buffer_text(&found) : NULL, asked))
			case_fail(cases, at, "message", i < count ? buffer_text(&found) : NULL, asked);
	}
}

static void lab_append(void *data, const json_t *lab)
{
	struct buffer *text = data;

	buffer_append_text(text, "---\n");
	yaml_write(lab, text);
}

/* What is neither a dialect's nor in the Labs that it became: Labs beside them. */
static bool has_dialects_only(const struct dialect_case *at)
{
	for (size_t i = 0; i < at->file_count; i++)
		if (strstr(at->files[i].text, "kind: Lab\n") || strstr(at->files[i].text, "kind: Defaults\n"))
			return false;
	return true;
}

/* The Labs that the documents become, written as text and read again, render the same. */
static bool round_trip_check(const struct dialect_cases *cases, const struct dialect_case *at,
			     const struct render_result *direct)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT, wanted = BUFFER_INIT, found = BUFFER_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(render_result) struct render_result again = RENDER_RESULT_INIT;
	struct lab_file file = { .path = "lab.yaml" };
	const char *objects_wanted, *objects_found;

	if (direct->diagnostics.errors || !has_dialects_only(at))
		return false;
	dialects_convert(at->files, at->file_count, &dialect_case_options, NULL, lab_append, &text, &diagnostics);
	file.text = buffer_text(&text);
	file.length = text.length;
	render_labs(&file, 1, &dialect_case_options, &again);
	dialect_outcome_write(direct, false, &wanted);
	dialect_outcome_write(&again, false, &found);
	/* A warning of the translation itself is not the Lab's. */
	objects_wanted = strstr(buffer_text(&wanted), "lab ");
	objects_found = strstr(buffer_text(&found), "lab ");
	while (objects_wanted && objects_wanted > buffer_text(&wanted) && objects_wanted[-1] != '\n')
		objects_wanted = strstr(objects_wanted + 1, "lab ");
	while (objects_found && objects_found > buffer_text(&found) && objects_found[-1] != '\n')
		objects_found = strstr(objects_found + 1, "lab ");
	if (!text_equal(objects_wanted, objects_found))
		case_fail(cases, at, "round trip by a Lab", buffer_text(&found), buffer_text(&wanted));
	return text.length > 0;
}

static void objects_append(FILE *file, const struct render_result *result)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < result->count; i++)
		for (size_t j = 0; j < result->labs[i].count; j++) {
			buffer_append_text(&text, "---\n");
			yaml_write(result->labs[i].objects[j].value, &text);
		}
	fwrite(buffer_text(&text), 1, text.length, file);
}

static size_t cases_check(const struct dialect_cases *cases, FILE *objects)
{
	size_t trips = 0;

	for (size_t i = 0; i < cases->count; i++) {
		const struct dialect_case *at = &cases->items[i];
		cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

		render_labs(at->files, at->file_count, &dialect_case_options, &result);
		messages_check(cases, at, &result);
		rendered_check(cases, at, &result);
		operations_check(cases, at, &result);
		trips += round_trip_check(cases, at, &result);
		if (objects)
			objects_append(objects, &result);
	}
	return trips;
}

START_TEST(each_case_comes_out_as_it_says)
{
	const char *path = getenv("LABSYNC_DIALECT_OBJECTS");
	FILE *objects = path ? fopen(path, "w") : NULL;

	ck_assert_msg(path == NULL || objects != NULL, "cannot write %s", path);
	failures = 0;
	for (size_t i = 0; dialect_case_names[i]; i++) {
		cleanup(dialect_cases) struct dialect_cases cases = { .count = 0 };
		size_t trips;

		if (getenv("LABSYNC_DIALECT") && !text_equal(getenv("LABSYNC_DIALECT"), dialect_case_names[i]))
			continue;

		dialect_cases_load(&cases, dialect_case_names[i]);
		trips = cases_check(&cases, objects);
		/* The rows of KNL's are Labs themselves. */
		ck_assert(trips > 3 || text_equal(cases.name, "knl"));
	}
	if (objects)
		ck_assert_int_eq(fclose(objects), 0);
	ck_assert_uint_eq(failures, 0);
}
END_TEST

START_TEST(each_row_has_a_case)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows_of); i++) {
		cleanup(dialect_cases) struct dialect_cases cases;

		dialect_cases_load(&cases, rows_of[i].name);
		for (size_t row = 1; row <= rows_of[i].rows; row++) {
			cleanup(free) char *name = string_format("%s%zu", rows_of[i].letter, row);
			bool found = false;

			for (size_t j = 0; j < cases.count; j++)
				found |= text_equal(cases.items[j].row, name);
			ck_assert_msg(found, "tests/dialects/%s.yaml has no case of row %s", rows_of[i].name, name);
		}
	}
}
END_TEST

START_TEST(the_page_lists_what_the_cases_show)
{
	static const char path[] = "docs/dialects.md";
	cleanup(buffer) struct buffer page = BUFFER_INIT, written = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	FILE *file;

	dialect_page_write(&page);
	if (getenv("LABSYNC_UPDATE_GOLDEN")) {
		file = fopen(path, "w");
		ck_assert_ptr_nonnull(file);
		fwrite(buffer_text(&page), 1, page.length, file);
		ck_assert_int_eq(fclose(file), 0);
	}
	ck_assert_msg(file_read(path, 4 * 1024 * 1024, &written, &err), "%s", err.message);
	ck_assert_msg(text_equal(buffer_text(&page), buffer_text(&written)),
		      "%s is not what the cases say; run with LABSYNC_UPDATE_GOLDEN=1", path);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { each_case_comes_out_as_it_says, each_row_has_a_case,
				 the_page_lists_what_the_cases_show };

	return suite_run("dialect rows", tests, ARRAY_SIZE(tests));
}
