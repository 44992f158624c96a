#include "render/lab/lab_tree.h"

#include <string.h>

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

void lab_tree_open(struct lab_tree *tree, struct arena *arena, const struct lab_file *files, size_t count,
		   const struct lab_options *options, struct diagnostics *diagnostics)
{
	const char *namespace_name = options->default_namespace;

	*tree = (struct lab_tree){
		.arena = arena,
		.options = *options,
		.source = { .arena = arena, .complete = true },
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
}

void lab_tree_close(struct lab_tree *tree)
{
	source_deinit(&tree->source);
	time_zones_deinit(&tree->zones);
	arena_deinit(&tree->file_scratch);
	referred_files_deinit(&tree->referred);
}

/* The labs' own files show nothing wrong, so that it must be said why they are held. */
static void tell_holder(struct diagnostics *diagnostics, struct folder_defaults *holder)
{
	if (holder->told)
		return;
	holder->told = true;
	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, holder->place.path, holder->place.line, holder->place.column,
			"no lab %s%s%sis changed until the Defaults can be read without errors",
			holder->folder[0] ? "in or below \"" : "", holder->folder, holder->folder[0] ? "\" " : "");
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
		tell_holder(diagnostics, around.holder);
}

void lab_tree_read_file(struct lab_tree *tree, const struct source_file *file, struct lab_reading_context *context,
			struct diagnostics *diagnostics)
{
	struct arena *arena = context->scratch ? &tree->file_scratch : tree->arena;
	struct source *source = &tree->source;
	struct source_documents documents = source_open_file(source, arena, file, diagnostics);

	context->options = &tree->options;
	context->zones = &tree->zones;
	for (size_t i = 0; i < documents.count; i++) {
		const struct source_document *document = &source->documents[documents.first + i];

		if (document->kind != DOCUMENT_CONFIG)
			read_document(tree, arena, document, context, diagnostics);
	}
	source_close_file(source, file, documents);
	arena_reset(&tree->file_scratch);
}

static void tell_held(const struct lab_tree *tree, struct diagnostics *diagnostics)
{
	const struct lab_config *config = &tree->config;
	const char *lost = tree->source.lost_config;

	diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, lost ? lost : config->path, lost ? 0 : config->line,
			lost ? 0 : config->column,
			"no lab is changed until the KNLConfig can be read without errors");
}

bool lab_tree_settle(struct lab_tree *tree, size_t labs, struct diagnostics *diagnostics)
{
	source_settle(&tree->source, tree->referred.wrapped ? &tree->referred : NULL, diagnostics);
	if (!tree->config.valid && labs > 0)
		tell_held(tree, diagnostics);
	return tree->source.complete;
}
