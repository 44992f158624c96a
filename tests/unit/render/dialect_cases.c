#include "tests/unit/render/dialect_cases.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "tests/unit/suite.h"

enum { CASES_BYTES_MAX = 4 * 1024 * 1024 };

const char *const dialect_case_names[] = { "knl",        "kubevirt", "deckhouse", "controlplane",
					   "vmoperator", "common",   NULL };
const struct lab_options dialect_case_options = { .default_namespace = "labs" };

static const char *text_get(const struct yaml_node *mapping, const char *key)
{
	const struct yaml_node *value = yaml_get(mapping, key);

	return value ? value->text : NULL;
}

static void files_take(struct arena *arena, const struct yaml_node *node, struct dialect_case *into)
{
	const struct yaml_node *files = yaml_get(node, "files"), *input = yaml_get(node, "input");

	ck_assert_msg((files == NULL) != (input == NULL), "line %zu: exactly one of files and input", node->line);
	into->file_count = files ? files->count : 1;
	into->files = arena_new(arena, into->file_count * sizeof(*into->files));
	for (size_t i = 0; i < into->file_count; i++) {
		const struct yaml_node *text = files ? files->pairs[i].value : input;

		ck_assert_msg(text->kind == YAML_STRING, "line %zu: a file must be text", text->line);
		into->files[i] = (struct lab_file){ .path = files ? files->pairs[i].key : "input.yaml",
						    .text = text->text,
						    .length = text->length };
	}
}

static void case_take(struct arena *arena, const struct yaml_node *node, struct dialect_case *into)
{
	static const char *const keys[] = { "row",   "title",    "verdict",    "says",     "files",
					    "input", "rendered", "operations", "messages", NULL };

	for (size_t i = 0; i < node->count; i++) {
		const char *const *known = keys;

		while (*known && !text_equal(*known, node->pairs[i].key))
			known++;
		ck_assert_msg(*known != NULL, "line %zu: unknown key %s", node->pairs[i].line, node->pairs[i].key);
	}
	*into = (struct dialect_case){ .row = text_get(node, "row"),
				       .title = text_get(node, "title"),
				       .verdict = text_get(node, "verdict"),
				       .says = text_get(node, "says"),
				       .line = node->line,
				       .rendered = yaml_get(node, "rendered"),
				       .operations = yaml_get(node, "operations"),
				       .messages = yaml_get(node, "messages") };
	ck_assert_msg(into->title != NULL, "line %zu: a case needs a title", node->line);
	ck_assert_msg(into->row == NULL || (into->verdict && into->says), "line %zu: a row needs verdict and says",
		      node->line);
	ck_assert_msg((into->rendered && into->rendered->count) || (into->operations && into->operations->count) ||
			      (into->messages && into->messages->count),
		      "line %zu: a case that shows nothing", node->line);
	files_take(arena, node, into);
}

void dialect_cases_load(struct dialect_cases *cases, const char *name)
{
	cleanup(free) char *path = string_format("tests/dialects/%s.yaml", name);
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents;

	*cases = (struct dialect_cases){ .arena = ARENA_INIT, .name = name };
	ck_assert_msg(file_read(path, CASES_BYTES_MAX, &text, &err), "%s", err.message);
	ck_assert_msg(yaml_parse(&cases->arena, path, buffer_text(&text), text.length, &documents, &diagnostics),
		      "%s:%zu: %s", path, diagnostics.count ? diagnostics.items[0].line : 0,
		      diagnostics.count ? diagnostics.items[0].message : "");
	ck_assert_uint_eq(documents.count, 1);
	cases->count = documents.roots[0]->count;
	cases->items = arena_new(&cases->arena, (cases->count + 1) * sizeof(*cases->items));
	for (size_t i = 0; i < cases->count; i++)
		case_take(&cases->arena, documents.roots[0]->items[i], &cases->items[i]);
}

void dialect_cases_deinit(struct dialect_cases *cases)
{
	arena_deinit(&cases->arena);
}

/* But for the file's name, which a Lab that is written anew does not have. */
static void object_write(const json_t *object, struct buffer *out)
{
	cleanup(json) json_t *copy = json_deep_copy(object);
	json_t *metadata = json_object_get(copy, "metadata"), *annotations = json_object_get(metadata, "annotations");

	json_object_del(annotations, "labsync.dev/path");
	if (json_object_size(annotations) == 0)
		json_object_del(metadata, "annotations");
	buffer_append_text(out, "---\n");
	yaml_write(copy, out);
}

static void operation_write(const struct rendered_operation *operation, struct buffer *out)
{
	buffer_format(out, "operation %s %s %s %lld %s %s\n", operation->name, operation->machine,
		      operation_type_name(operation->type), (long long)operation->grace_period,
		      operation->snapshot ? operation->snapshot : "-", operation->target ? operation->target : "-");
}

void dialect_outcome_write(const struct render_result *result, bool places, struct buffer *out)
{
	for (size_t i = 0; i < result->diagnostics.count; i++) {
		const struct diagnostic *told = &result->diagnostics.items[i];

		if (places)
			diagnostic_write(told, out);
		else
			buffer_format(out, "%s %s", told->severity == DIAGNOSTIC_ERROR ? "error" : "warning",
				      told->message);
		buffer_append_char(out, '\n');
	}
	for (size_t i = 0; i < result->count; i++) {
		const struct rendered_lab *lab = &result->labs[i];

		buffer_format(out, "lab %s/%s%s\n", lab->namespace_name, lab->name, lab->valid ? "" : " invalid");
		for (size_t j = 0; j < lab->operation_count; j++)
			operation_write(&lab->operations[j], out);
		for (size_t j = 0; j < lab->count; j++)
			object_write(lab->objects[j].value, out);
	}
}
