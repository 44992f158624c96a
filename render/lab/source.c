#include "render/lab/source.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/registry.h"

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

/* What the names of others mean, or what they are, may be in what cannot be read. */
static bool root_may_alter_others(const struct yaml_node *root)
{
	bool may = document_may_be(root, MAPPING_KIND);

	for (size_t i = 0; dialects[i]; i++)
		for (const struct dialect_kind *kind = dialects[i]->kinds; kind->name; kind++)
			may = may || (kind->alters_others && document_may_be(root, kind->name));
	return may;
}

static bool text_may_alter_others(const struct lab_file *file)
{
	bool may = text_may_say(file, "kind", MAPPING_KIND);

	for (size_t i = 0; dialects[i]; i++)
		for (const struct dialect_kind *kind = dialects[i]->kinds; kind->name; kind++)
			may = may || (kind->alters_others && text_may_say(file, "kind", kind->name));
	return may;
}

static void source_lose(struct source *source, const struct doubtful_file *lost)
{
	source->complete = false;
	if (lost->may_be_config)
		source->lost_config = lost->path;
	if (lost->may_alter_others)
		source->lost_fact = lost->path;
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

static const char *text_of(const struct yaml_node *root, const char *key)
{
	const struct yaml_node *value = yaml_get(root, key);

	return value && value->kind == YAML_STRING ? value->text : NULL;
}

/* A document of a dialect, or of a version of theirs. */
static bool dialect_document_read(struct reader *reader, const struct dialect *dialect,
				  const struct dialect_kind *kind, struct source_document *document)
{
	struct fact *fact = arena_new(reader->arena, sizeof(*fact));

	if (kind == NULL) {
		dialect_refuse_kind(reader, dialect, document->root);
		return false;
	}
	document->kind = DOCUMENT_OF_DIALECT;
	document->fact = fact;
	return dialect_document_open(reader, dialect, kind, document->root, fact);
}

/* Of a version of theirs, what has no kind is not just of an unknown version. */
static bool kind_is_missing(struct reader *reader, const struct yaml_node *root, const char *version)
{
	const struct yaml_node *given = yaml_get(root, "kind");
	const struct dialect *dialect;
	const struct dialect_kind *kind;

	if ((given && given->kind == YAML_STRING) || version == NULL || !dialect_of(version, "", &dialect, &kind))
		return false;
	reader_refuse(reader, given ? given : root,
		      given ? "kind must be a string; write the name of one of %s's"
			    : "document has no kind; set kind to one of %s's",
		      dialect->title);
	return true;
}

/* Finds out what a document is; false after it told that it is nothing that labsync reads. */
static bool source_document_read(struct reader *reader, struct source_document *document)
{
	const char *version = text_of(document->root, "apiVersion"), *kind_name = text_of(document->root, "kind");
	const struct dialect *dialect;
	const struct dialect_kind *kind;

	if (kind_name && (version || yaml_get(document->root, "apiVersion") == NULL) &&
	    dialect_of(version, kind_name, &dialect, &kind))
		return dialect_document_read(reader, dialect, kind, document);
	if (kind_is_missing(reader, document->root, version) || dialect_refuse_version(reader, document->root))
		return false;
	return document_kind_read(reader, document->root, &document->kind);
}

/* kubectl's way to put several objects into one. */
static const struct yaml_node *list_items(const struct yaml_node *root)
{
	const char *version = text_of(root, "apiVersion"), *kind = text_of(root, "kind");
	const struct yaml_node *items = yaml_get(root, "items");

	return version && kind && text_ends_with(kind, "List") && items && items->kind == YAML_SEQUENCE ? items
													: NULL;
}

static void source_add_root(struct source *source, struct arena *arena, const struct source_file *file,
			    const struct yaml_node *root, struct doubtful_file *doubtful)
{
	struct reader reader = {
		.arena = arena, .path = file->path, .file = file->file, .diagnostics = &doubtful->diagnostics
	};
	struct source_document document = { .file = file->file, .path = file->path, .root = root };

	if (source_document_read(&reader, &document)) {
		*(document.fact ? &doubtful->of_dialects : &doubtful->own) += 1;
		source_add_document(source, &document);
		return;
	}
	doubtful->may_be_config |= root_may_be_config(root);
	doubtful->may_be_defaults |= document_may_be(root, DEFAULTS_KIND);
	doubtful->may_alter_others |= root_may_alter_others(root);
}

static void source_add_documents(struct source *source, struct arena *arena, const struct source_file *file,
				 const struct yaml_documents *documents, struct doubtful_file *doubtful)
{
	for (size_t i = 0; i < documents->count; i++) {
		const struct yaml_node *items = list_items(documents->roots[i]);

		if (items == NULL)
			source_add_root(source, arena, file, documents->roots[i], doubtful);
		for (size_t k = 0; items && k < items->count; k++)
			source_add_root(source, arena, file, items->items[k], doubtful);
	}
}

/* Adds the documents that labsync reads. */
static void source_parse(struct source *source, struct arena *arena, const struct source_file *file,
			 struct doubtful_file *doubtful)
{
	struct yaml_documents documents = { .count = 0 };

	*doubtful = (struct doubtful_file){ .path = file->path };
	if (is_cloud_config(file->file))
		return;
	if (yaml_parse(arena, file->path, file->file->text, file->file->length, &documents, &doubtful->diagnostics)) {
		source_add_documents(source, arena, file, &documents, doubtful);
		return;
	}
	doubtful->may_be_config =
		text_may_say(file->file, "kind", CONFIG_KIND) || text_may_say(file->file, "name", KNL_CONFIG_NAME);
	doubtful->may_be_defaults = text_may_say(file->file, "kind", DEFAULTS_KIND);
	doubtful->may_alter_others = text_may_alter_others(file->file);
}

/* What is wrong with a file, now or once it is known whether a lab refers to it. `doubtful` is stolen. */
static void source_doubt(struct source *source, struct doubtful_file *doubtful, struct diagnostics *diagnostics)
{
	/* What may hold for other labs is not doubted: they would be read without it. */
	if (doubtful->diagnostics.errors == 0 || doubtful->own > 0 || doubtful->may_be_config ||
	    doubtful->may_be_defaults || doubtful->may_alter_others) {
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

/* Other files' documents are not understood without it. */
static bool is_for_others(const struct source_document *document)
{
	return document->kind == DOCUMENT_CONFIG || document->kind == DOCUMENT_MAPPING ||
	       (document->fact && (document->fact->kind->is_fact || fact_says_names(document->fact)));
}

/* Of a file that is opened again, no more is kept than what its documents are called. */
static void facts_note(struct source *source, const struct source_file *file)
{
	for (size_t i = file->first; i < source->count; i++) {
		const struct fact *fact = source->documents[i].fact;
		struct fact noted;

		if (fact == NULL)
			continue;
		noted = *fact;
		if (!file->kept) {
			noted.root = noted.metadata = noted.spec = NULL;
			noted.version = arena_copy(source->arena, fact->version, strlen(fact->version));
			noted.name = arena_copy(source->arena, fact->name, strlen(fact->name));
			if (fact->namespace_name)
				noted.namespace_name =
					arena_copy(source->arena, fact->namespace_name, strlen(fact->namespace_name));
		}
		facts_add(&source->facts, &noted);
	}
}

/* Parses the file, and keeps what holds for other files. */
static void source_look_through(struct source *source, struct source_file *added, struct diagnostics *diagnostics)
{
	cleanup(arena) struct arena scratch = ARENA_INIT;
	struct doubtful_file doubtful;
	size_t defaults = source->defaults.count;

	source_parse(source, &scratch, added, &doubtful);
	added->count = source->count - added->first;
	added->has_dialects = doubtful.of_dialects > 0;
	added->has_labs = doubtful.own > 0 || !added->has_dialects;
	added->is_broken = doubtful.diagnostics.errors > 0;
	added->kept = added->is_broken || source->defaults.count > defaults;
	for (size_t i = added->first; i < source->count; i++)
		added->kept |= is_for_others(&source->documents[i]);
	facts_note(source, added);
	if (!added->kept) {
		diagnostics_deinit(&doubtful.diagnostics);
		source->count = added->first;
		return;
	}
	if (doubtful.own + doubtful.of_dialects > 0)
		arena_adopt(source->arena, &scratch);
	source_doubt(source, &doubtful, diagnostics);
}

void source_add_file(struct source *source, const struct lab_file *file, struct diagnostics *diagnostics)
{
	struct source_file added = { .file = file,
				     .path = arena_copy(source->arena, file->path, strlen(file->path)),
				     .first = source->count,
				     .has_labs = true };

	if (!text_has_only_labs(file))
		source_look_through(source, &added, diagnostics);
	memory_grow(&source->files, source->file_count, &source->file_capacity, sizeof(*source->files));
	source->files[source->file_count++] = added;
}

struct source_documents source_open_file(struct source *source, struct arena *arena, const struct source_file *file,
					 struct diagnostics *diagnostics)
{
	struct source_documents documents = { .first = source->count };
	struct doubtful_file doubtful;
	size_t defaults = source->defaults.count;

	if (file->kept)
		return (struct source_documents){ file->first, file->count };
	source_parse(source, arena, file, &doubtful);
	assert(source->defaults.count == defaults && !doubtful.may_be_config && !doubtful.may_be_defaults &&
	       !doubtful.may_alter_others);
	(void)defaults;
	source_doubt(source, &doubtful, diagnostics);
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
	facts_deinit(&source->facts);
}
