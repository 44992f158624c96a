#include "render/lab/lab_tree.h"

#include <string.h>

#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/lab/translated.h"

static struct reader reader_of(const struct lab_tree *tree, struct arena *arena,
			       const struct source_document *document, struct diagnostics *diagnostics,
			       enum layer layer)
{
	return (struct reader){ .arena = arena,
				.path = document ? document->path : NULL,
				.file = document ? document->file : NULL,
				.diagnostics = diagnostics,
				.lookup = tree->options.lookup,
				.layer = layer };
}

/* Before the labs, wherever they stand: they hold for all of them. */
static void read_config(struct lab_tree *tree, struct diagnostics *diagnostics)
{
	struct source *source = &tree->source;

	tree->config.valid = source->lost_config == NULL;
	for (size_t i = 0; i < source->count; i++) {
		const struct source_document *document = &source->documents[i];
		struct reader reader = reader_of(tree, tree->arena, document, diagnostics, LAYER_REPOSITORY);

		if (document->kind == DOCUMENT_CONFIG)
			config_read(&reader, document->root, &tree->config);
	}
	tree->config.defaults.broken = !tree->config.valid;
}

static void read_defaults(struct lab_tree *tree, struct diagnostics *diagnostics)
{
	struct reader reader = reader_of(tree, tree->arena, NULL, diagnostics, LAYER_FOLDER);

	/* A lab's namespace may have been in what could not be read, so that what is absent proves nothing. */
	if (!defaults_read(&reader, &tree->source.defaults))
		tree->source.complete = false;
}

static void read_mappings(struct lab_tree *tree, struct diagnostics *diagnostics)
{
	struct source *source = &tree->source;

	for (size_t i = 0; i < source->count; i++) {
		const struct source_document *document = &source->documents[i];
		struct reader reader = reader_of(tree, tree->arena, document, diagnostics, LAYER_REPOSITORY);

		if (document->kind == DOCUMENT_MAPPING)
			source->facts.mapping = mapping_read(&reader, document->root, source->facts.mapping);
	}
}

/* The documents of one file follow each other. */
struct namespaces {
	struct lab_tree *tree;
	const char *path, *namespace_name;
};

static const char *namespace_of(void *context, const struct fact *fact)
{
	struct namespaces *last = context;

	if (!text_equal(last->path, fact->place.path)) {
		last->path = fact->place.path;
		last->namespace_name = translated_namespace(last->tree, last->tree->arena, fact->place.path);
	}
	return last->namespace_name;
}

static bool is_referred(void *context, const struct fact *fact)
{
	const struct referred_files *referred = context;

	return referred_files_have(referred, fact->place.path);
}

void lab_tree_settle_files(struct lab_tree *tree)
{
	struct namespaces last = { .tree = tree };
	struct source *source = &tree->source;

	if (tree->referred.wrapped) {
		referred_files_settle(&tree->referred);
		for (size_t i = 0; i < source->file_count; i++)
			source->files[i].is_referred = referred_files_have(&tree->referred, source->files[i].path);
		facts_remove(&source->facts, is_referred, &tree->referred);
	}
	facts_settle(&source->facts, namespace_of, &last);
}

void lab_tree_open(struct lab_tree *tree, struct arena *arena, const struct lab_file *files, size_t count,
		   const struct lab_options *options, struct diagnostics *diagnostics)
{
	const char *namespace_name = options->default_namespace;

	*tree = (struct lab_tree){
		.arena = arena,
		.options = *options,
		.source = { .arena = arena, .complete = true, .facts = { .arena = arena } },
	};
	tree->options.default_namespace = arena_copy(arena, namespace_name, strlen(namespace_name));
	if (options->lookup) {
		referred_files_init(&tree->referred, options->lookup);
		tree->options.lookup = &tree->referred.lookup;
	}
	for (size_t i = 0; i < count; i++)
		source_add_file(&tree->source, &files[i], diagnostics);
	read_config(tree, diagnostics);
	read_defaults(tree, diagnostics);
	read_mappings(tree, diagnostics);
}

void lab_tree_close(struct lab_tree *tree)
{
	source_deinit(&tree->source);
	time_zones_deinit(&tree->zones);
	arena_deinit(&tree->file_scratch);
	referred_files_deinit(&tree->referred);
}

static void read_document(struct lab_tree *tree, struct arena *arena, const struct source_document *document,
			  struct lab_reading_context *context, struct diagnostics *diagnostics)
{
	struct reader reader = reader_of(tree, arena, document, diagnostics, LAYER_LAB);
	struct surroundings around;

	defaults_surround(&reader, &tree->source.defaults, &tree->config, &around);
	context->held = around.holder || !tree->config.valid;
	if (!lab_read(&reader, document->root, document->kind, &around, context))
		tree->source.complete = false;
	if (around.holder)
		defaults_tell_holder(around.holder, diagnostics);
}

/* Whose documents these are while they are read. */
static struct source_documents file_open(struct lab_tree *tree, struct arena *arena, const struct source_file *file,
					 struct lab_reading_context *context, struct diagnostics *diagnostics)
{
	context->options = &tree->options;
	context->zones = &tree->zones;
	return source_open_file(&tree->source, arena, file, diagnostics);
}

static void file_close(struct lab_tree *tree, const struct source_file *file, struct source_documents documents)
{
	source_close_file(&tree->source, file, documents);
	arena_reset(&tree->file_scratch);
}

void lab_tree_read_file(struct lab_tree *tree, const struct source_file *file, struct lab_reading_context *context,
			struct diagnostics *diagnostics)
{
	struct arena *arena = context->scratch ? &tree->file_scratch : tree->arena;
	struct source_documents documents;

	if (!file->has_labs)
		return;
	documents = file_open(tree, arena, file, context, diagnostics);
	for (size_t i = 0; i < documents.count; i++) {
		const struct source_document *document = &tree->source.documents[documents.first + i];

		if (document->kind == DOCUMENT_LAB || document->kind == DOCUMENT_KNL_LAB)
			read_document(tree, arena, document, context, diagnostics);
	}
	file_close(tree, file, documents);
}

void lab_tree_read_dialects(struct lab_tree *tree, const struct source_file *file,
			    struct lab_reading_context *context, struct diagnostics *diagnostics)
{
	struct arena *arena = context->scratch ? &tree->file_scratch : tree->arena;
	cleanup(diagnostics) struct diagnostics told = DIAGNOSTICS_INIT;
	struct source_documents documents;

	if (!file->has_dialects || file->is_referred)
		return;
	/* What there is to say of the file itself was said when its labs were read. */
	documents = file_open(tree, arena, file, context, file->has_labs ? &told : diagnostics);
	translated_read(tree, arena, file, documents, context, diagnostics);
	file_close(tree, file, documents);
}

bool lab_tree_has_facts(const struct lab_tree *tree)
{
	return tree->source.lost_fact == NULL && mapping_wrong_place(tree->source.facts.mapping) == NULL;
}

static void tell_held(const struct lab_tree *tree, struct diagnostics *diagnostics)
{
	const struct lab_config *config = &tree->config;
	const char *lost = tree->source.lost_config;

	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, lost ? lost : config->path, lost ? 0 : config->line,
			lost ? 0 : config->column,
			"no lab is changed until the KNLConfig can be read without errors");
}

static void tell_lost_facts(const struct lab_tree *tree, struct diagnostics *diagnostics)
{
	const struct place *place = mapping_wrong_place(tree->source.facts.mapping);
	const char *lost = tree->source.lost_fact;

	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, lost ? lost : place->path, lost ? 0 : place->line,
			lost ? 0 : place->column,
			"no VM of another system's format is changed until %s can be read without errors",
			lost ? "this" : "the Mapping");
}

bool lab_tree_settle(struct lab_tree *tree, size_t labs, struct diagnostics *diagnostics)
{
	source_settle(&tree->source, tree->referred.wrapped ? &tree->referred : NULL, diagnostics);
	if (!tree->config.valid && labs > 0)
		tell_held(tree, diagnostics);
	if (!lab_tree_has_facts(tree) && tree->translated > 0)
		tell_lost_facts(tree, diagnostics);
	return tree->source.complete;
}
