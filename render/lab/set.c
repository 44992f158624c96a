/* lab_set_read(): files to documents to labs. */
#include "render/lab/lab.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/collisions.h"
#include "render/lab/document.h"
#include "render/lab/read.h"
#include "render/lab/values.h"

enum { LABS_MAX = 10000 };

enum document_kind { DOCUMENT_LAB, DOCUMENT_CONFIG };

static const char *const document_kinds[] = { [DOCUMENT_LAB] = LAB_KIND, [DOCUMENT_CONFIG] = CONFIG_KIND, NULL };

/* A document whose kind is known. */
struct source_document {
	enum document_kind kind;
	const char *path;
	const struct yaml_node *root;
};

struct source {
	struct lab_set *set;
	struct diagnostics *diagnostics;
	struct source_document *documents;
	size_t count, capacity;
	struct lab_config config;
	const char *lost_config; /* a file that may have held it but could not be read; NULL: none */
	bool full; /* LABS_MAX was told */
};

/* A line like "kind: KNLConfig" or {"name": "knlcfg"}, and no comment. */
static bool line_is_config(const char *line, size_t length)
{
	size_t blanks = 0;

	while (blanks < length && (line[blanks] == ' ' || line[blanks] == '\t'))
		blanks++;
	if (blanks < length && line[blanks] == '#')
		return false;
	return (memmem(line, length, "kind", 4) && memmem(line, length, "KNLConfig", 9)) ||
	       (memmem(line, length, "name", 4) && memmem(line, length, KNL_CONFIG_NAME, strlen(KNL_CONFIG_NAME)));
}

/* A file or document that could not be read may have been the KNLConfig, and
 * without it every lab would quietly lose its defaults. */
static bool text_may_be_config(const char *text, size_t length)
{
	const char *end = text + length;

	if (memchr(text, '\0', length))
		return true; /* UTF-16: not worth looking into */
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t line = newline ? (size_t)(newline - text) + 1 : (size_t)(end - text);

		if (line_is_config(text, line))
			return true;
		text += line;
	}
	return false;
}

static bool root_may_be_config(const struct yaml_node *root)
{
	static const char *const config_kinds[] = { "KNLConfig", NULL };
	const struct yaml_node *kind = yaml_get(root, "kind");
	const struct yaml_node *name = yaml_get(yaml_get(root, "metadata"), "name");

	return (kind && kind->kind == YAML_STRING && text_nearest(kind->text, config_kinds)) ||
	       (name && name->kind == YAML_STRING && text_equal(name->text, KNL_CONFIG_NAME));
}

/* The text of a field that says what the document is; NULL after it told what is wrong. */
static const char *type_text(struct reader *reader, const struct yaml_node *root, const char *field, const char *hint)
{
	const struct yaml_pair *pair = yaml_get_pair(root, field);

	if (pair == NULL || pair->value->kind == YAML_NULL)
		return reader_refuse(reader, root, "document has no %s; %s", field, hint);
	return value_string_pair(reader, pair) ? pair->value->text : NULL;
}

/* False when the document is none of ours, or does not say what it is. */
static bool document_kind_read(struct reader *reader, const struct yaml_node *root, enum document_kind *kind)
{
	const char *version, *name, *nearest;

	if (root->kind != YAML_MAPPING)
		return reader_refuse(reader, root, "a document must be a mapping with apiVersion and kind, not %s",
				     yaml_kind_name(root->kind));
	version = type_text(reader, root, "apiVersion", "use " LAB_API_VERSION);
	if (version == NULL)
		return false;
	if (!text_equal(version, LAB_API_VERSION))
		return reader_refuse(reader, yaml_get(root, "apiVersion"),
				     "apiVersion %s is not known; use " LAB_API_VERSION,
				     reader_quote(reader, version));
	name = type_text(reader, root, "kind", "use Lab or KNLConfig");
	if (name == NULL)
		return false;
	for (size_t i = 0; document_kinds[i]; i++)
		if (text_equal(name, document_kinds[i])) {
			*kind = (enum document_kind)i;
			return true;
		}
	nearest = text_nearest(name, document_kinds);
	if (nearest)
		return reader_refuse(reader, yaml_get(root, "kind"), "kind %s is not known; did you mean \"%s\"?",
				     reader_quote(reader, name), nearest);
	return reader_refuse(reader, yaml_get(root, "kind"), "kind %s is not known; use Lab or KNLConfig",
			     reader_quote(reader, name));
}

static void source_skip(struct source *source, const char *path, bool may_be_config)
{
	source->set->complete = false;
	if (!may_be_config)
		return;
	source->config.valid = false;
	source->lost_config = path;
}

static void source_add_document(struct source *source, const char *path, const struct yaml_node *root)
{
	struct reader reader = { .arena = &source->set->arena, .path = path, .diagnostics = source->diagnostics };
	enum document_kind kind = DOCUMENT_LAB;

	if (!document_kind_read(&reader, root, &kind)) {
		source_skip(source, path, root_may_be_config(root));
		return;
	}
	memory_grow(&source->documents, source->count, &source->capacity, sizeof(*source->documents));
	source->documents[source->count++] = (struct source_document){ .kind = kind, .path = path, .root = root };
}

static void source_add_file(struct source *source, const struct lab_file *file)
{
	struct arena *arena = &source->set->arena;
	struct yaml_documents documents = { .count = 0 };
	const char *path = arena_copy(arena, file->path, strlen(file->path));

	if (!yaml_parse(arena, path, file->text, file->length, &documents, source->diagnostics)) {
		source_skip(source, path, text_may_be_config(file->text, file->length));
		return;
	}
	for (size_t i = 0; i < documents.count; i++)
		source_add_document(source, path, documents.roots[i]);
}

/* Before the labs, wherever it stands: it holds for all of them. */
static void source_read_config(struct source *source)
{
	for (size_t i = 0; i < source->count; i++) {
		const struct source_document *document = &source->documents[i];
		struct reader reader = { .arena = &source->set->arena,
					 .path = document->path,
					 .diagnostics = source->diagnostics };

		if (document->kind == DOCUMENT_CONFIG)
			config_read(&reader, document->root, &source->config);
	}
	source->config.defaults.broken = !source->config.valid;
}

static void source_read_lab(struct source *source, const struct source_document *document,
			    const char *default_namespace)
{
	struct lab_set *set = source->set;
	struct reader reader = { .arena = &set->arena, .path = document->path, .diagnostics = source->diagnostics };
	struct lab *lab;

	if (set->count == LABS_MAX) {
		if (!source->full)
			reader_refuse(&reader, document->root, "more than %d labs; split them over several sources",
				      LABS_MAX);
		source->full = true;
		set->complete = false;
		return;
	}
	lab = lab_read(&reader, document->root, default_namespace, &source->config);
	if (lab)
		set->labs[set->count++] = lab;
	else
		set->complete = false;
}

/* What an invalid lab would be built from is no longer of use. */
static void lab_strip(struct lab *lab)
{
	*lab = (struct lab){ .name = lab->name,
			     .namespace_name = lab->namespace_name,
			     .path = lab->path,
			     .line = lab->line,
			     .column = lab->column };
}

/* The labs' own files show nothing wrong, so that it must be said why they are held. */
static void source_tell_held(const struct source *source)
{
	const struct lab_config *config = &source->config;

	if (config->valid || source->set->count == 0)
		return;
	diagnostics_add(source->diagnostics, DIAGNOSTIC_ERROR,
			source->lost_config ? source->lost_config : config->path,
			source->lost_config ? 0 : config->line, source->lost_config ? 0 : config->column,
			"no lab is changed until the KNLConfig can be read without errors");
}

void lab_set_deinit(struct lab_set *set)
{
	arena_deinit(&set->arena);
	*set = (struct lab_set)LAB_SET_INIT;
}

void lab_set_read(struct lab_set *set, const struct lab_file *files, size_t count, const char *default_namespace,
		  struct diagnostics *diagnostics)
{
	struct source source = { .set = set, .diagnostics = diagnostics, .config = { .valid = true } };
	const char *namespace_name = arena_copy(&set->arena, default_namespace, strlen(default_namespace));

	set->complete = true;
	set->count = 0;
	for (size_t i = 0; i < count; i++)
		source_add_file(&source, &files[i]);
	source_read_config(&source);
	set->labs = arena_new(&set->arena, (source.count + 1) * sizeof(*set->labs));
	for (size_t i = 0; i < source.count; i++)
		if (source.documents[i].kind == DOCUMENT_LAB)
			source_read_lab(&source, &source.documents[i], namespace_name);
	collisions_check(set->labs, set->count, diagnostics);
	for (size_t i = 0; i < set->count; i++)
		if (!set->labs[i]->valid)
			lab_strip(set->labs[i]);
	source_tell_held(&source);
	free(source.documents);
}
