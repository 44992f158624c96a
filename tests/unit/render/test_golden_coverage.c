/* Every field of the language is set in at least one golden case, so that a reader
 * of tests/golden/ sees all of it. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "daemon/files.h"
#include "render/lab/schema.h"
#include "render/yaml/yaml.h"
#include "tests/unit/suite.h"

enum { FIELDS_MIN = 250, FIELDS_MAX = 1000, PATH_LENGTH_MAX = 256, MESSAGE_MAX = 4000 /* of what Check takes */ };

/* Rows of tables. One table can be used in several places, as a VM's is in nodes
 * and in defaults: a field is looked for in any of them. */
struct fields {
	struct arena arena;
	const struct field *items[FIELDS_MAX];
	const char *paths[FIELDS_MAX]; /* where it was first: "Lab.spec.nodes.vm.image" */
	size_t count;
};

static bool fields_have(const struct fields *fields, const struct field *field)
{
	for (size_t i = 0; i < fields->count; i++)
		if (fields->items[i] == field)
			return true;
	return false;
}

/* False when it was there before. */
static bool fields_add(struct fields *fields, const struct field *field, const char *path)
{
	if (fields_have(fields, field))
		return false;
	ck_assert_uint_lt(fields->count, FIELDS_MAX);
	fields->paths[fields->count] = arena_copy(&fields->arena, path, strlen(path));
	fields->items[fields->count++] = field;
	return true;
}

/* All that the tables have. */
static void schema_walk(struct fields *fields, const char *prefix, const struct value_type *type)
{
	const struct field *field = schema_children(type);

	ck_assert_msg(strlen(prefix) < PATH_LENGTH_MAX, "%s: without an end?", prefix);
	for (; field && field->name; field++) {
		cleanup(free) char *path = string_format("%s.%s", prefix, field->name);

		if (fields_add(fields, field, path))
			schema_walk(fields, path, field->type);
	}
}

/* The field that a key is; NULL when it is a name that a person gave. */
static const struct field *field_of(const struct value_type *type, const char *key)
{
	const struct field *fields = type->fields;

	for (; fields && fields->name; fields++)
		if (text_equal(fields->name, key))
			return fields;
	return NULL;
}

/* What of it a value sets; of what may be anything, nothing below. */
static void value_walk(struct fields *fields, const struct value_type *type, const struct yaml_node *value)
{
	for (size_t i = 0; type && value->kind == YAML_SEQUENCE && i < value->count; i++)
		value_walk(fields, type->items, value->items[i]);
	for (size_t i = 0; type && value->kind == YAML_MAPPING && i < value->count; i++) {
		const struct yaml_pair *pair = &value->pairs[i];
		const struct field *field = field_of(type, pair->key);

		if (pair->value->kind == YAML_NULL)
			continue;
		if (field)
			fields_add(fields, field, field->name);
		value_walk(fields, field ? field->type : type->items, pair->value);
	}
}

static void text_walk(struct fields *fields, const struct lab_file *file)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents = { .count = 0 };

	ck_assert_msg(yaml_parse(&arena, file->path, file->text, file->length, &documents, &diagnostics), "%s",
		      file->path);
	for (size_t i = 0; i < documents.count; i++) {
		const struct yaml_node *kind = yaml_get(documents.roots[i], "kind");
		const struct value_type *type = kind && kind->text ? schema_root(kind->text) : NULL;

		value_walk(fields, type, documents.roots[i]);
	}
}

static bool is_expected(const struct lab_file *file)
{
	return text_ends_with(file->path, "/expected.yaml");
}

/* Labs that are refused are in files of these names, and in no others: bad ones already
 * by the JSON Schema, wrong ones only by labsync. */
static bool is_bad(const struct lab_file *file)
{
	return text_ends_with(file->path, "/bad.yaml") || text_ends_with(file->path, "/wrong.yaml");
}

static void golden_load(struct files *files, const char *folder)
{
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(files_add(files, folder, &err), "%s", err.message);
}

struct given {
	struct fields good, bad; /* by labs that are taken, and by those that are not */
};

static void golden_walk(struct given *given)
{
	cleanup(files) struct files files = FILES_INIT;

	golden_load(&files, "tests/golden");
	golden_load(&files, "examples-repo"); /* a case of its own */
	for (size_t i = 0; i < files.count; i++)
		if (!is_expected(&files.items[i]))
			text_walk(is_bad(&files.items[i]) ? &given->bad : &given->good, &files.items[i]);
}

/* What is refused can only be in a bad lab. */
static bool is_given(const struct given *given, const struct field *field)
{
	return fields_have(field->type->standing == VALUE_REFUSED ? &given->bad : &given->good, field);
}

START_TEST(each_field_is_in_a_golden_case)
{
	struct fields *wanted = memory_new(sizeof(*wanted));
	struct given *given = memory_new(sizeof(*given));
	cleanup(buffer) struct buffer missing = BUFFER_INIT;
	size_t count = 0, wanted_count;

	for (const struct schema_kind *kind = schema_kinds(); kind->name; kind++)
		schema_walk(wanted, kind->name, kind->type);
	golden_walk(given);
	wanted_count = wanted->count;
	for (size_t i = 0; i < wanted_count; i++)
		if (!is_given(given, wanted->items[i])) {
			buffer_format(&missing, "%s\n", wanted->paths[i]);
			count++;
		}
	arena_deinit(&wanted->arena);
	arena_deinit(&given->good.arena);
	arena_deinit(&given->bad.arena);
	free(wanted);
	free(given);
	ck_assert_uint_gt(wanted_count, FIELDS_MIN);
	ck_assert_msg(count == 0, "no case in tests/golden/ sets these %zu fields:\n%.*s", count, MESSAGE_MAX,
		      buffer_text(&missing));
}
END_TEST

/* They are read by people who learn the language. */
START_TEST(each_input_says_what_it_shows)
{
	cleanup(files) struct files files = FILES_INIT;

	golden_load(&files, "tests/golden");
	for (size_t i = 0; i < files.count; i++)
		ck_assert_msg(is_expected(&files.items[i]) || text_starts_with(files.items[i].text, "# "),
			      "%s does not begin with a comment", files.items[i].path);
}
END_TEST

/* So that a field does not count as shown by a lab that is refused. */
START_TEST(errors_are_of_files_that_are_called_so)
{
	cleanup(files) struct files files = FILES_INIT;

	golden_load(&files, "tests/golden");
	for (size_t i = 0; i < files.count; i++) {
		const char *line = is_expected(&files.items[i]) ? files.items[i].text : "";

		for (; *line == '#'; line += strcspn(line, "\n"), line += *line == '\n') {
			cleanup(free) char *told = string_copy_n(line, strcspn(line, "\n"));

			ck_assert_msg(strstr(told, ": error: ") == NULL || strstr(told, "/bad.yaml:") ||
					      strstr(told, "/wrong.yaml:"),
				      "%s", told);
		}
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { each_field_is_in_a_golden_case, each_input_says_what_it_shows,
				       errors_are_of_files_that_are_called_so };

	return suite_run("golden coverage", tests, ARRAY_SIZE(tests));
}
