#include "render/lab/translated.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/dialect.h"
#include "render/dialects/mapping.h"
#include "render/dialects/translate.h"

const char *translated_namespace(struct lab_tree *tree, struct arena *arena, const char *path)
{
	struct reader reader = { .arena = arena, .path = path };
	struct surroundings around;

	defaults_surround(&reader, &tree->source.defaults, &tree->config, &around);
	return around.namespace_name ? around.namespace_name : tree->options.default_namespace;
}

/* The Lab that a document goes into. */
struct unit {
	const char *namespace_name, *name;
};

/* What is of the whole cluster goes with what names no namespace; a Namespace with what is in it. */
static struct unit unit_of(struct lab_tree *tree, struct arena *arena, const struct source_file *file,
			   const struct fact *fact, const char *fallback)
{
	const struct yaml_node *name = annotation_get(fact, DIALECT_ANNOTATION_LAB);
	const char *root = tree->options.lookup ? tree->options.lookup->root : NULL;
	struct unit unit = { .name = name ? name->text : translate_lab_name(arena, file->path, root),
			     .namespace_name = fact->namespace_name };

	if (fact->kind->of_cluster)
		unit.namespace_name = text_equal(fact->kind->name, "Namespace") ? fact->name : NULL;
	if (unit.namespace_name == NULL)
		unit.namespace_name = fallback;
	return unit;
}

/* A document and the Lab that it goes into. */
struct unit_document {
	struct fact fact;
	struct unit unit;
	size_t order, first; /* of the file's documents, and of the first in its unit */
};

static int unit_order(const struct unit *a, const struct unit *b)
{
	int order = strcmp(a->namespace_name, b->namespace_name);

	return order ? order : strcmp(a->name, b->name);
}

static int number_order(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int by_unit(const void *left, const void *right)
{
	const struct unit_document *a = left, *b = right;
	int order = unit_order(&a->unit, &b->unit);

	return order ? order : number_order(a->order, b->order);
}

static int by_place(const void *left, const void *right)
{
	const struct unit_document *a = left, *b = right;
	int order = number_order(a->first, b->first);

	return order ? order : number_order(a->order, b->order);
}

/* Those of one unit follow each other, and the units stand in the order in which they begin in the file. */
static void units_sort(struct unit_document *documents, size_t count)
{
	if (count == 0)
		return;
	qsort(documents, count, sizeof(*documents), by_unit);
	for (size_t i = 0; i < count; i++) {
		bool begins = i == 0 || unit_order(&documents[i - 1].unit, &documents[i].unit) != 0;

		documents[i].first = begins ? documents[i].order : documents[i - 1].first;
	}
	qsort(documents, count, sizeof(*documents), by_place);
}

/* The file's documents of dialects by unit. In the arena. */
static struct unit_document *units_collect(struct lab_tree *tree, struct arena *arena, const struct source_file *file,
					   struct source_documents documents, size_t *count)
{
	const char *fallback = translated_namespace(tree, arena, file->path);
	struct unit_document *collected = arena_new(arena, (documents.count + 1) * sizeof(*collected));

	*count = 0;
	for (size_t i = 0; i < documents.count; i++) {
		const struct fact *fact = tree->source.documents[documents.first + i].fact;

		if (fact == NULL)
			continue;
		collected[*count] = (struct unit_document){ .fact = *fact,
							    .unit = unit_of(tree, arena, file, fact, fallback),
							    .order = i };
		*count += 1;
	}
	units_sort(collected, *count);
	return collected;
}

void translated_each(struct lab_tree *tree, struct arena *arena, const struct source_file *file,
		     struct source_documents documents, struct diagnostics *diagnostics, translated_take *take,
		     void *data)
{
	size_t count;
	struct unit_document *items = units_collect(tree, arena, file, documents, &count);
	struct fact *facts = arena_new(arena, (count + 1) * sizeof(*facts));

	for (size_t i = 0, end; i < count; i = end) {
		struct reader reader = { .arena = arena,
					 .path = file->path,
					 .file = file->file,
					 .diagnostics = diagnostics,
					 .lookup = tree->options.lookup,
					 .layer = LAYER_LAB };
		struct translated_lab lab;

		for (end = i; end < count && items[end].first == items[i].first; end++)
			facts[end] = items[end].fact;
		lab = translate(&reader, &tree->source.facts, &facts[i], end - i, items[i].unit.namespace_name,
				items[i].unit.name);
		/* The lab that they belong to may be named nowhere else, and must not be taken for one that is gone. */
		if (!lab.is_placed)
			tree->source.complete = false;
		if (lab.root)
			take(data, &reader, lab.root);
	}
}

struct translated_reading {
	struct lab_tree *tree;
	const struct source_file *file;
	struct lab_reading_context *context;
};

/* Of the surroundings, only what says where the objects are and how they are marked: the author of a document knew
 * nothing of defaults for labs. */
static void lab_take(void *data, struct reader *reader, const struct yaml_node *lab)
{
	cleanup(diagnostics) struct diagnostics untold = DIAGNOSTICS_INIT;
	struct translated_reading *reading = data;
	struct lab_tree *tree = reading->tree;
	struct diagnostics *diagnostics = reader->diagnostics;
	struct surroundings around;

	defaults_surround(reader, &tree->source.defaults, &tree->config, &around);
	around.layers.count = 0;
	around.storage_class = NULL;
	around.variables = (struct variable_scope){ .count = 0 };
	/* A document that was not understood may have been one of this Lab, whose objects would go. */
	reading->context->held =
		around.holder || !tree->config.valid || !lab_tree_has_facts(tree) || reading->file->is_broken;
	tree->translated++;
	/* After an error, the rest of the Lab would only be told of as incomplete. */
	if (reader->errors)
		reader->diagnostics = &untold;
	if (!lab_read(reader, lab, DOCUMENT_TRANSLATED_LAB, &around, reading->context))
		tree->source.complete = false;
	if (around.holder)
		defaults_tell_holder(around.holder, diagnostics);
}

void translated_read(struct lab_tree *tree, struct arena *arena, const struct source_file *file,
		     struct source_documents documents, struct lab_reading_context *context,
		     struct diagnostics *diagnostics)
{
	struct translated_reading reading = { tree, file, context };

	translated_each(tree, arena, file, documents, diagnostics, lab_take, &reading);
}
