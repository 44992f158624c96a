/* labs_visit(): the labs of a tree, one at a time. */
#include "render/lab/lab_tree.h"
#include "render/lab/outline.h"
#include "render/lab/together.h"

/* First all labs are looked through, and leave an outline each. */
struct survey {
	struct lab_reading_context context;
	struct arena *arena;
	struct dependent *items;
	size_t count, capacity;
};

/* Then each is read again. */
struct visiting {
	struct lab_reading_context context;
	struct lab **outlines; /* in the order of reading */
	size_t next;
	void (*visit)(void *context, const struct lab *lab);
	void *visit_context;
	struct diagnostics *diagnostics;
};

static void survey_cleanup(struct survey *survey)
{
	free(survey->items);
}

static void survey_take(struct lab_reading_context *context, const struct dependent *read)
{
	struct survey *survey = (struct survey *)context;

	memory_grow(&survey->items, survey->count, &survey->capacity, sizeof(*survey->items));
	survey->items[survey->count++] = outline_new(survey->arena, read);
}

static void visiting_take(struct lab_reading_context *context, const struct dependent *read)
{
	struct visiting *visiting = (struct visiting *)context;
	const struct lab *outline = visiting->outlines[visiting->next++];
	struct lab *lab = read->lab;

	if (outline->valid && !lab->valid)
		diagnostics_add(visiting->diagnostics, DIAGNOSTIC_ERROR, lab->path, lab->line, lab->column,
				"lab \"%s\" refers to a file that has changed while it was read; try again",
				lab->name);
	outline_apply(outline, lab);
	if (!lab->valid)
		lab_strip(lab);
	visiting->visit(visiting->visit_context, lab);
}

static bool any_is_valid(struct lab *const *labs, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (labs[i]->valid)
			return true;
	return false;
}

static void visit_outlines(struct visiting *visiting, size_t count)
{
	for (size_t i = 0; i < count; i++)
		visiting->visit(visiting->visit_context, visiting->outlines[visiting->next++]);
}

/* Of each file what `read` reads; `labs` becomes how many each had. */
static void survey_files(struct lab_tree *tree, lab_tree_reader *read, struct survey *survey, size_t *labs,
			 struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < tree->source.file_count; i++) {
		size_t before = survey->count;

		read(tree, &tree->source.files[i], &survey->context, diagnostics);
		labs[i] = survey->count - before;
	}
}

/* What is wrong with the labs was told at the first reading. */
static void visit_files(struct lab_tree *tree, lab_tree_reader *read, struct visiting *visiting, const size_t *labs)
{
	for (size_t i = 0; i < tree->source.file_count; i++) {
		cleanup(diagnostics) struct diagnostics told = DIAGNOSTICS_INIT;
		size_t last = visiting->next + labs[i];

		if (any_is_valid(visiting->outlines + visiting->next, labs[i]))
			read(tree, &tree->source.files[i], &visiting->context, &told);
		visit_outlines(visiting, last - visiting->next);
	}
}

bool labs_visit(const struct lab_file *files, size_t count, const struct lab_options *options,
		void (*visit)(void *context, const struct lab *lab), void *context, struct diagnostics *diagnostics)
{
	cleanup(arena) struct arena arena = ARENA_INIT, scratch = ARENA_INIT;
	cleanup(lab_tree) struct lab_tree tree;
	cleanup(survey) struct survey survey = {
		.context = { .take = survey_take, .scratch = &scratch, .labs_max = LABS_MAX },
		.arena = &arena,
	};
	cleanup(free) size_t *labs = memory_new_array(count, sizeof(*labs)); /* of each file */
	cleanup(free) size_t *translated = memory_new_array(count, sizeof(*translated));
	struct visiting visiting = {
		.context = { .take = visiting_take, .scratch = &scratch, .labs_max = LABS_MAX },
		.visit = visit,
		.visit_context = context,
		.diagnostics = diagnostics,
	};
	bool complete;

	lab_tree_open(&tree, &arena, files, count, options, diagnostics);
	survey_files(&tree, lab_tree_read_file, &survey, labs, diagnostics);
	lab_tree_settle_files(&tree);
	survey_files(&tree, lab_tree_read_dialects, &survey, translated, diagnostics);
	complete = lab_tree_settle(&tree, survey.count, diagnostics);
	visiting.outlines = arena_new(&arena, (survey.count + 1) * sizeof(*visiting.outlines));
	for (size_t i = 0; i < survey.count; i++)
		visiting.outlines[i] = survey.items[i].lab;
	labs_check_together(&arena, survey.items, survey.count, complete, diagnostics);
	/* What labs refer to was counted; the same again is not twice as much. */
	tree.options.lookup = options->lookup;
	visit_files(&tree, lab_tree_read_file, &visiting, labs);
	visit_files(&tree, lab_tree_read_dialects, &visiting, translated);
	return complete;
}
