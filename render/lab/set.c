/* lab_set_read(): all labs of a tree at once. */
#include "render/lab/lab.h"

#include "render/lab/lab_tree.h"
#include "render/lab/together.h"

struct set_reading {
	struct lab_reading_context context;
	struct dependent *items;
	size_t count, capacity;
};

static void set_reading_cleanup(struct set_reading *reading)
{
	free(reading->items);
}

static void set_take(struct lab_reading_context *context, const struct dependent *read)
{
	struct set_reading *reading = (struct set_reading *)context;

	memory_grow(&reading->items, reading->count, &reading->capacity, sizeof(*reading->items));
	reading->items[reading->count++] = *read;
}

void lab_set_deinit(struct lab_set *set)
{
	arena_deinit(&set->arena);
	*set = (struct lab_set)LAB_SET_INIT;
}

void lab_set_read(struct lab_set *set, const struct lab_file *files, size_t count, const struct lab_options *options,
		  struct diagnostics *diagnostics)
{
	cleanup(lab_tree) struct lab_tree tree;
	cleanup(set_reading) struct set_reading reading = {
		.context = { .take = set_take, .labs_max = LABS_MAX },
	};

	lab_tree_open(&tree, &set->arena, files, count, options, diagnostics);
	for (size_t i = 0; i < count; i++)
		lab_tree_read_file(&tree, &tree.source.files[i], &reading.context, diagnostics);
	lab_tree_settle_files(&tree);
	for (size_t i = 0; i < count; i++)
		lab_tree_read_dialects(&tree, &tree.source.files[i], &reading.context, diagnostics);
	set->count = reading.count;
	set->complete = lab_tree_settle(&tree, reading.count, diagnostics);
	set->labs = labs_check_together(&set->arena, reading.items, reading.count, set->complete, diagnostics);
}
