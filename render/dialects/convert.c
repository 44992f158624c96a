#include "render/dialects/convert.h"

#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "render/lab/lab_tree.h"
#include "render/lab/translated.h"

struct conversion {
	void (*take)(void *data, const json_t *lab);
	void *data;
};

/* "${" in a Lab begins a variable, and "$${" stands for the text itself. */
static json_t *text_escape_new(const json_t *value)
{
	cleanup(buffer) struct buffer escaped = BUFFER_INIT;
	const char *text = json_string_value(value), *end = text + json_string_length(value), *at;

	while ((at = memmem(text, (size_t)(end - text), "${", 2)) != NULL) {
		buffer_append(&escaped, text, (size_t)(at - text));
		buffer_append_text(&escaped, "$${");
		text = at + 2;
	}
	buffer_append(&escaped, text, (size_t)(end - text));
	return json_stringn(buffer_text(&escaped), escaped.length);
}

/* New reference. */
static json_t *value_escape_new(const json_t *value)
{
	json_t *copy, *inner;
	const char *key;
	size_t i;

	if (json_is_string(value))
		return text_escape_new(value);
	if (json_is_array(value)) {
		copy = json_array();
		json_array_foreach (value, i, inner)
			json_array_append_new(copy, value_escape_new(inner));
		return copy;
	}
	if (!json_is_object(value))
		return json_incref((json_t *)value);
	copy = json_object();
	json_object_foreach ((json_t *)value, key, inner)
		json_object_set_new(copy, key, value_escape_new(inner));
	return copy;
}

static void lab_take(void *data, struct reader *reader, const struct yaml_node *lab)
{
	struct conversion *conversion = data;
	cleanup(json) json_t *value = NULL, *escaped = NULL;

	if (reader->errors)
		return;
	value = yaml_to_json_new(lab);
	escaped = value_escape_new(value);
	conversion->take(conversion->data, escaped);
}

static bool has_document_of(const struct facts *facts, const struct dialect *dialect)
{
	for (size_t i = 0; i < facts->count; i++)
		if (dialect == NULL || facts->items[i].dialect == dialect)
			return true;
	return false;
}

/* Labs are read for the files that they refer to, which are no documents of dialects. */
static void lab_forget(struct lab_reading_context *context, const struct dependent *lab)
{
	(void)context;
	(void)lab;
}

static void files_convert(struct lab_tree *tree, struct conversion *conversion, struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < tree->source.file_count; i++) {
		const struct source_file *file = &tree->source.files[i];
		struct source_documents documents;

		if (!file->has_dialects || file->is_referred)
			continue;
		documents = source_open_file(&tree->source, tree->arena, file, diagnostics);
		translated_each(tree, tree->arena, file, documents, diagnostics, lab_take, conversion);
		source_close_file(&tree->source, file, documents);
	}
}

bool dialects_convert(const struct lab_file *files, size_t count, const struct lab_options *options,
		      const struct dialect *dialect, void (*take)(void *data, const json_t *lab), void *data,
		      struct diagnostics *diagnostics)
{
	cleanup(arena) struct arena arena = ARENA_INIT, scratch = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics untold = DIAGNOSTICS_INIT;
	cleanup(lab_tree) struct lab_tree tree;
	struct lab_reading_context context = { .take = lab_forget, .scratch = &scratch, .labs_max = LABS_MAX };
	struct conversion conversion = { take, data };

	lab_tree_open(&tree, &arena, files, count, options, diagnostics);
	for (size_t i = 0; i < count; i++)
		lab_tree_read_file(&tree, &tree.source.files[i], &context, &untold);
	lab_tree_settle_files(&tree);
	files_convert(&tree, &conversion, diagnostics);
	lab_tree_settle(&tree, 0, diagnostics);
	if (has_document_of(&tree.source.facts, dialect))
		return true;
	if (diagnostics->errors == 0)
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, count ? files[0].path : "", 0, 0,
				"there is no document of %s", dialect ? dialect->title : "any format");
	return false;
}
