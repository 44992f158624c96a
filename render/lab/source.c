#include "render/lab/source.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

/* A cloud-init configuration, as it lies beside the lab that refers to it. */
static bool is_cloud_config(const struct lab_file *file)
{
	static const char mark[] = "#cloud-config";
	const char *text = file->text;
	size_t length = file->length;

	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		length -= 3;
	}
	if (length < sizeof(mark) - 1 || memcmp(text, mark, sizeof(mark) - 1) != 0)
		return false;
	return length == sizeof(mark) - 1 || strchr(" \t\r\n", text[sizeof(mark) - 1]) != NULL;
}

/* A line like "kind: KNLConfig" or {"name": "knlcfg"}, and no comment. */
static bool line_says(const char *line, size_t length, const char *key, const char *value)
{
	size_t blanks = 0;

	while (blanks < length && (line[blanks] == ' ' || line[blanks] == '\t'))
		blanks++;
	return !(blanks < length && line[blanks] == '#') && memmem(line, length, key, strlen(key)) &&
	       memmem(line, length, value, strlen(value));
}

/* A file that could not be read may have been the KNLConfig or a Defaults, and
 * without it labs would quietly lose what they rely on. */
static bool text_may_say(const struct lab_file *file, const char *key, const char *value)
{
	const char *text = file->text, *end = text + file->length;

	if (memchr(text, '\0', file->length))
		return true; /* UTF-16: not worth looking into */
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t line = newline ? (size_t)(newline - text) + 1 : (size_t)(end - text);

		if (line_says(text, line, key, value))
			return true;
		text += line;
	}
	return false;
}

static bool root_may_be_config(const struct yaml_node *root)
{
	const struct yaml_node *name = yaml_get(yaml_get(root, "metadata"), "name");

	return document_may_be(root, CONFIG_KIND) ||
	       (name && name->kind == YAML_STRING && text_equal(name->text, KNL_CONFIG_NAME));
}

static void source_lose(struct source *source, const struct doubtful_file *lost)
{
	source->complete = false;
	if (lost->may_be_config)
		source->lost_config = lost->path;
	if (lost->may_be_defaults)
		defaults_add_lost(source->arena, &source->defaults, lost->path);
}

static void source_add_document(struct source *source, const struct source_document *document)
{
	if (document->kind == DOCUMENT_DEFAULTS) {
		defaults_add(source->arena, &source->defaults, document->file, document->path, document->root);
		return;
	}
	memory_grow(&source->documents, source->count, &source->capacity, sizeof(*source->documents));
	source->documents[source->count++] = *document;
}

/* Adds the documents that are labsync's; returns how many there are. */
static size_t source_add_documents(struct source *source, struct arena *arena, const struct source_file *file,
				   const struct yaml_documents *documents, struct doubtful_file *doubtful)
{
	size_t known = 0;

	for (size_t i = 0; i < documents->count; i++) {
		struct reader reader = {
			.arena = arena, .path = file->path, .file = file->file, .diagnostics = &doubtful->diagnostics
		};
		struct source_document document = { .file = file->file,
						    .path = file->path,
						    .root = documents->roots[i] };

		if (document_kind_read(&reader, document.root, &document.kind)) {
			source_add_document(source, &document);
			known++;
			continue;
		}
		doubtful->may_be_config |= root_may_be_config(document.root);
		doubtful->may_be_defaults |= document_may_be(document.root, DEFAULTS_KIND);
	}
	return known;
}

/* Returns how many documents are labsync's. */
static size_t source_parse(struct source *source, struct arena *arena, const struct source_file *file,
			   struct doubtful_file *doubtful)
{
	struct yaml_documents documents = { .count = 0 };

	*doubtful = (struct doubtful_file){ .path = file->path };
	if (is_cloud_config(file->file))
		return 0;
	if (yaml_parse(arena, file->path, file->file->text, file->file->length, &documents, &doubtful->diagnostics))
		return source_add_documents(source, arena, file, &documents, doubtful);
	doubtful->may_be_config =
		text_may_say(file->file, "kind", CONFIG_KIND) || text_may_say(file->file, "name", KNL_CONFIG_NAME);
	doubtful->may_be_defaults = text_may_say(file->file, "kind", DEFAULTS_KIND);
	return 0;
}

/* What is wrong with a file, now or once it is known whether a lab refers to it. `doubtful` is stolen. */
static void source_doubt(struct source *source, struct doubtful_file *doubtful, size_t known,
			 struct diagnostics *diagnostics)
{
	/* What may hold for other labs is not doubted: they would be read without it. */
	if (doubtful->diagnostics.errors == 0 || known > 0 || doubtful->may_be_config || doubtful->may_be_defaults) {
		if (doubtful->diagnostics.errors)
			source_lose(source, doubtful);
		diagnostics_move(diagnostics, &doubtful->diagnostics);
		return;
	}
	memory_grow(&source->doubtful, source->doubtful_count, &source->doubtful_capacity, sizeof(*source->doubtful));
	source->doubtful[source->doubtful_count++] = *doubtful;
}

/* True only for a file of which each "kind" is a line "kind: Lab": most are written like this, and need not be parsed to
 * see that nothing in them holds for other files. */
static bool text_has_only_labs(const struct lab_file *file)
{
	static const char line[] = "kind: Lab";
	const char *text = file->text, *end = text + file->length, *at = text;

	/* With an escape, or in UTF-16, a word need not look like itself. */
	if (memchr(text, '\\', file->length) || memchr(text, '\0', file->length) ||
	    memmem(text, file->length, KNL_CONFIG_NAME, strlen(KNL_CONFIG_NAME)))
		return false;
	while ((at = memmem(at, (size_t)(end - at), "kind", 4)) != NULL) {
		size_t left = (size_t)(end - at);

		if ((at > text && at[-1] != '\n') || left < sizeof(line) || memcmp(at, line, sizeof(line) - 1) != 0 ||
		    strchr("\r\n", at[sizeof(line) - 1]) == NULL)
			return false;
		at += sizeof(line) - 1;
	}
	return true;
}

void source_add_file(struct source *source, const struct lab_file *file, struct diagnostics *diagnostics)
{
	cleanup(arena) struct arena scratch = ARENA_INIT;
	struct source_file added = { .file = file,
				     .path = arena_copy(source->arena, file->path, strlen(file->path)),
				     .first = source->count };
	struct doubtful_file doubtful;
	size_t known, defaults = source->defaults.count;

	if (!text_has_only_labs(file)) {
		known = source_parse(source, &scratch, &added, &doubtful);
		added.count = source->count - added.first;
		added.kept = doubtful.diagnostics.errors > 0 || source->defaults.count > defaults;
		for (size_t i = added.first; i < source->count; i++)
			added.kept |= source->documents[i].kind == DOCUMENT_CONFIG;
		if (added.kept) {
			source_doubt(source, &doubtful, known, diagnostics);
			if (known)
				arena_adopt(source->arena, &scratch);
		} else {
			diagnostics_deinit(&doubtful.diagnostics);
			source->count = added.first;
		}
	}
	memory_grow(&source->files, source->file_count, &source->file_capacity, sizeof(*source->files));
	source->files[source->file_count++] = added;
}

struct source_documents source_open_file(struct source *source, struct arena *arena, const struct source_file *file,
					 struct diagnostics *diagnostics)
{
	struct source_documents documents = { .first = source->count };
	struct doubtful_file doubtful;
	size_t known, defaults = source->defaults.count;

	if (file->kept)
		return (struct source_documents){ file->first, file->count };
	known = source_parse(source, arena, file, &doubtful);
	assert(source->defaults.count == defaults && !doubtful.may_be_config && !doubtful.may_be_defaults);
	(void)defaults;
	source_doubt(source, &doubtful, known, diagnostics);
	documents.count = source->count - documents.first;
	return documents;
}

void source_close_file(struct source *source, const struct source_file *file, struct source_documents documents)
{
	if (!file->kept)
		source->count = documents.first;
}

void source_settle(struct source *source, const struct referred_files *referred, struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < source->doubtful_count; i++) {
		struct doubtful_file *file = &source->doubtful[i];

		if (referred && referred_files_have(referred, file->path)) {
			diagnostics_deinit(&file->diagnostics);
			continue;
		}
		source->complete = false;
		diagnostics_move(diagnostics, &file->diagnostics);
	}
	source->doubtful_count = 0;
}

void source_deinit(struct source *source)
{
	for (size_t i = 0; i < source->doubtful_count; i++)
		diagnostics_deinit(&source->doubtful[i].diagnostics);
	free(source->files);
	free(source->documents);
	free(source->doubtful);
	defaults_deinit(&source->defaults);
}
