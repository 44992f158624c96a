/* lab_set_read(): files to documents to labs. */
#include "render/lab/lab.h"

#include <string.h>

#include "render/lab/collisions.h"
#include "render/lab/lan_numbers.h"
#include "render/lab/read.h"
#include "render/lab/source.h"

enum { LABS_MAX = 10000 };

/* Reads one set. */
struct set_reading {
	struct lab_set *set;
	struct lab_options options; /* with the lookup that notes what labs refer to */
	struct diagnostics *diagnostics;
	struct source source;
	struct lab_config config;
	struct lab_drafts drafts;
	struct time_zones zones;
};

static void set_reading_deinit(struct set_reading *reading)
{
	source_deinit(&reading->source);
	lab_drafts_cleanup(&reading->drafts);
	time_zones_deinit(&reading->zones);
}

static inline void set_reading_cleanup(struct set_reading *reading)
{
	set_reading_deinit(reading);
}

static struct reader reader_of(const struct set_reading *reading, const struct source_document *document,
			       enum layer layer)
{
	return (struct reader){ .arena = &reading->set->arena,
				.path = document ? document->path : NULL,
				.file = document ? document->file : NULL,
				.diagnostics = reading->diagnostics,
				.lookup = reading->options.lookup,
				.layer = layer };
}

/* Before the labs, wherever they stand: they hold for all of them. */
static void read_config(struct set_reading *reading)
{
	reading->config.valid = reading->source.lost_config == NULL;
	for (size_t i = 0; i < reading->source.count; i++) {
		const struct source_document *document = &reading->source.documents[i];
		struct reader reader = reader_of(reading, document, LAYER_REPOSITORY);

		if (document->kind == DOCUMENT_CONFIG)
			config_read(&reader, document->root, &reading->config);
	}
	reading->config.defaults.broken = !reading->config.valid;
}

static void read_defaults(struct set_reading *reading)
{
	struct reader reader = reader_of(reading, NULL, LAYER_FOLDER);

	/* A lab's namespace may have been in what could not be read, so that what is absent proves nothing. */
	if (!defaults_read(&reader, &reading->source.defaults))
		reading->source.complete = false;
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

static void read_lab(struct set_reading *reading, const struct source_document *document,
		     struct lab_reading_context *context)
{
	struct reader reader = reader_of(reading, document, LAYER_LAB);
	struct surroundings around;
	size_t before = reading->drafts.count;

	defaults_surround(&reader, &reading->source.defaults, &reading->config, &around);
	if (!lab_read(&reader, document->root, document->kind, &around, context))
		reading->source.complete = false;
	if (around.holder)
		tell_holder(reading->diagnostics, around.holder);
	for (size_t i = before; i < reading->drafts.count; i++)
		if (around.holder || !reading->config.valid)
			reading->drafts.items[i].lab->valid = false;
}

static void read_labs(struct set_reading *reading)
{
	struct lab_reading_context context = { .options = &reading->options,
					       .zones = &reading->zones,
					       .drafts = &reading->drafts,
					       .labs_max = LABS_MAX };

	for (size_t i = 0; i < reading->source.count; i++)
		if (reading->source.documents[i].kind != DOCUMENT_CONFIG)
			read_lab(reading, &reading->source.documents[i], &context);
}

/* What an invalid lab would be built from is no longer of use. */
static void lab_strip(struct lab *lab)
{
	*lab = (struct lab){ .name = lab->name,
			     .namespace_name = lab->namespace_name,
			     .group = lab->group,
			     .path = lab->path,
			     .line = lab->line,
			     .column = lab->column };
}

static void check_together(struct set_reading *reading)
{
	struct lab_set *set = reading->set;

	set->count = reading->drafts.count;
	set->labs = arena_new(&set->arena, (set->count + 1) * sizeof(*set->labs));
	for (size_t i = 0; i < set->count; i++)
		set->labs[i] = reading->drafts.items[i].lab;
	collisions_check(set->labs, set->count, reading->diagnostics);
	dependencies_resolve(&set->arena, reading->drafts.items, set->count, set->complete, reading->diagnostics);
	lan_numbers_assign(set->labs, set->count, reading->diagnostics);
	for (size_t i = 0; i < set->count; i++)
		if (!set->labs[i]->valid)
			lab_strip(set->labs[i]);
}

static void tell_held(const struct set_reading *reading)
{
	const struct lab_config *config = &reading->config;
	const char *lost = reading->source.lost_config;

	if (config->valid || reading->set->count == 0)
		return;
	diagnostics_add(reading->diagnostics, DIAGNOSTIC_ERROR, lost ? lost : config->path, lost ? 0 : config->line,
			lost ? 0 : config->column,
			"no lab is changed until the KNLConfig can be read without errors");
}

void lab_set_deinit(struct lab_set *set)
{
	arena_deinit(&set->arena);
	*set = (struct lab_set)LAB_SET_INIT;
}

void lab_set_read(struct lab_set *set, const struct lab_file *files, size_t count, const struct lab_options *options,
		  struct diagnostics *diagnostics)
{
	const char *namespace_name = options->default_namespace;
	cleanup(referred_files) struct referred_files referred = { .paths = NULL };
	cleanup(set_reading) struct set_reading reading = {
		.set = set,
		.options = *options,
		.diagnostics = diagnostics,
		.source = { .arena = &set->arena, .diagnostics = diagnostics, .complete = true },
	};

	reading.options.default_namespace = arena_copy(&set->arena, namespace_name, strlen(namespace_name));
	if (options->lookup) {
		referred_files_init(&referred, options->lookup);
		reading.options.lookup = &referred.lookup;
	}
	for (size_t i = 0; i < count; i++)
		source_add_file(&reading.source, &files[i]);
	read_config(&reading);
	read_defaults(&reading);
	read_labs(&reading);
	source_settle(&reading.source, options->lookup ? &referred : NULL);
	set->complete = reading.source.complete;
	check_together(&reading);
	tell_held(&reading);
}
