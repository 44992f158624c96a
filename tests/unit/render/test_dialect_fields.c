/* No field of a dialect is dropped without a word: for each row of each table
 * there is a case in tests/dialects from which deleting the field changes what
 * is rendered, what is to be done, or what is told. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/registry.h"
#include "render/lab/document.h"
#include "tests/unit/render/dialect_cases.h"
#include "tests/unit/suite.h"

enum { FIELDS_MAX = 2000, DEPTH_MAX = 24 };

/* The rows of all tables, each once. */
struct proof {
	const struct field *fields[FIELDS_MAX];
	const char *names[FIELDS_MAX]; /* where it was met first, for people */
	bool met[FIELDS_MAX], proven[FIELDS_MAX];
	size_t count;
	struct arena arena;
};

static size_t field_index(const struct proof *proof, const struct field *field)
{
	size_t i = 0;

	while (i < proof->count && proof->fields[i] != field)
		i++;
	return i;
}

static void fields_collect(struct proof *proof, const struct value_type *type, const char *name, size_t depth)
{
	ck_assert_uint_lt(depth, DEPTH_MAX);
	if (type->items)
		fields_collect(proof, type->items, name, depth + 1);
	for (const struct field *field = type->fields; field && field->name; field++) {
		if (field_index(proof, field) < proof->count)
			continue;
		ck_assert_uint_lt(proof->count, FIELDS_MAX);
		proof->fields[proof->count] = field;
		proof->names[proof->count] = arena_format(&proof->arena, "%s.%s", name, field->name);
		fields_collect(proof, field->type, proof->names[proof->count++], depth + 1);
	}
}

/* The files of a case as values, which can be changed and written again. */
struct documents {
	json_t *files[16]; /* arrays of documents */
	const char *paths[16];
	size_t count;
};

static void documents_deinit(struct documents *documents)
{
	for (size_t i = 0; i < documents->count; i++)
		json_decref(documents->files[i]);
}

static bool documents_load(struct documents *documents, const struct dialect_case *at)
{
	*documents = (struct documents){ .count = 0 };
	for (size_t i = 0; i < at->file_count && i < ARRAY_SIZE(documents->files); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
		struct yaml_documents parsed;
		json_t *list;

		if (!yaml_parse(&arena, at->files[i].path, at->files[i].text, at->files[i].length, &parsed,
				&diagnostics))
			return false;
		list = json_array();
		for (size_t k = 0; k < parsed.count; k++)
			json_array_append_new(list, yaml_to_json_new(parsed.roots[k]));
		documents->paths[documents->count] = at->files[i].path;
		documents->files[documents->count++] = list;
	}
	return true;
}

static char *outcome_new(const struct documents *documents)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	cleanup(buffer) struct buffer out = BUFFER_INIT;
	struct buffer texts[16];
	struct lab_file files[16];

	for (size_t i = 0; i < documents->count; i++) {
		json_t *document;
		size_t k;

		texts[i] = (struct buffer)BUFFER_INIT;
		json_array_foreach (documents->files[i], k, document) {
			buffer_append_text(&texts[i], "---\n");
			yaml_write(document, &texts[i]);
		}
		files[i] = (struct lab_file){ documents->paths[i], buffer_text(&texts[i]), texts[i].length };
	}
	render_labs(files, documents->count, &dialect_case_options, &result);
	dialect_outcome_write(&result, false, &out);
	for (size_t i = 0; i < documents->count; i++)
		buffer_deinit(&texts[i]);
	return buffer_steal(&out);
}

struct walk {
	struct proof *proof;
	const struct documents *documents;
	const char *before; /* the outcome with everything in place */
};

/* Tries a mapping's entry: without it, the outcome must be another one. */
static void entry_try(struct walk *walk, json_t *mapping, const struct field *field)
{
	size_t index = field_index(walk->proof, field);
	cleanup(json) json_t *copy = NULL;
	cleanup(free) char *after = NULL;

	walk->proof->met[index] = true;
	if (walk->proof->proven[index])
		return;
	copy = json_copy(mapping);
	json_object_del(mapping, field->name);
	after = outcome_new(walk->documents);
	walk->proof->proven[index] = strcmp(walk->before, after) != 0;
	json_object_update(mapping, copy);
}

static void value_walk(struct walk *walk, json_t *value, const struct value_type *type)
{
	json_t *inner;
	const char *key;
	size_t i;

	if (json_is_array(value) && type->items)
		json_array_foreach (value, i, inner)
			value_walk(walk, inner, type->items);
	for (const struct field *field = type->fields; json_is_object(value) && field && field->name; field++) {
		inner = json_object_get(value, field->name);
		if (inner == NULL)
			continue;
		entry_try(walk, value, field);
		value_walk(walk, json_object_get(value, field->name), field->type);
	}
	if (json_is_object(value) && type->shape == VALUE_MAP && type->items) {
		cleanup(json) json_t *keys = json_copy(value);

		json_object_foreach (keys, key, inner)
			value_walk(walk, json_object_get(value, key), type->items);
	}
}

static const struct value_type *document_type(const json_t *document)
{
	const char *version = json_text_at(document, "apiVersion", NULL),
		   *name = json_text_at(document, "kind", NULL);
	const struct dialect *dialect;
	const struct dialect_kind *kind;

	if (version && name && text_equal(version, LABSYNC_API_VERSION) && text_equal(name, MAPPING_KIND))
		return &mapping_document_type;
	if (name == NULL || !dialect_of(version, name, &dialect, &kind) || kind == NULL)
		return NULL;
	return kind->type;
}

static void case_walk(struct proof *proof, const struct dialect_case *at)
{
	struct documents documents;
	cleanup(free) char *before = NULL;
	struct walk walk = { .proof = proof, .documents = &documents };

	if (documents_load(&documents, at)) {
		walk.before = before = outcome_new(&documents);
		for (size_t i = 0; i < documents.count; i++) {
			json_t *document;
			size_t k;

			json_array_foreach (documents.files[i], k, document) {
				const struct value_type *type = document_type(document);

				if (type)
					value_walk(&walk, document, type);
			}
		}
	}
	documents_deinit(&documents);
}

START_TEST(no_field_is_dropped_without_a_word)
{
	static struct proof proof;
	size_t missing = 0;

	proof = (struct proof){ .count = 0 };
	for (size_t i = 0; dialects[i]; i++)
		for (const struct dialect_kind *kind = dialects[i]->kinds; kind->name; kind++) {
			cleanup(free) char *name = string_format("%s %s", dialects[i]->name, kind->name);

			fields_collect(&proof, kind->type, name, 0);
		}
	fields_collect(&proof, field_find(mapping_document_type.fields, "spec")->type, MAPPING_KIND, 0);
	for (size_t i = 0; dialect_case_names[i]; i++) {
		cleanup(dialect_cases) struct dialect_cases cases;

		dialect_cases_load(&cases, dialect_case_names[i]);
		for (size_t k = 0; k < cases.count; k++)
			case_walk(&proof, &cases.items[k]);
	}
	for (size_t i = 0; i < proof.count; i++) {
		if (proof.proven[i])
			continue;
		missing++;
		fprintf(stderr, "%s: %s\n", proof.names[i],
			proof.met[i] ? "whether it is given or not makes no difference in any case"
				     : "is in no case");
	}
	ck_assert_uint_gt(proof.count, 100);
	ck_assert_uint_eq(missing, 0);
	arena_deinit(&proof.arena);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { no_field_is_dropped_without_a_word };

	return suite_run("dialect fields", tests, ARRAY_SIZE(tests));
}
