#include "render/render.h"

#include <string.h>

#include "base/memory.h"
#include "render/objects/clash.h"
#include "render/objects/objects.h"
#include "render/objects/password.h"

void rendered_lab_deinit(struct rendered_lab *lab)
{
	objects_clear(lab);
	free(lab->name);
	free(lab->namespace_name);
	free(lab->path);
	for (size_t i = 0; i < lab->dependency_count; i++) {
		free(lab->dependencies[i].namespace_name);
		free(lab->dependencies[i].name);
	}
	free(lab->dependencies);
}

void render_result_deinit(struct render_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		rendered_lab_deinit(&result->labs[i]);
	free(result->labs);
	diagnostics_deinit(&result->diagnostics);
	*result = (struct render_result)RENDER_RESULT_INIT;
}

static void dependencies_copy(const struct lab *lab, struct rendered_lab *out)
{
	out->dependency_count = lab->dependency_count;
	if (lab->dependency_count == 0)
		return;
	out->dependencies = memory_new_array(lab->dependency_count, sizeof(*out->dependencies));
	for (size_t i = 0; i < lab->dependency_count; i++)
		out->dependencies[i] = (struct rendered_dependency){
			.namespace_name = string_copy(lab->dependencies[i].namespace_name),
			.name = string_copy(lab->dependencies[i].name),
		};
}

static void operations_copy(const struct lab *lab, struct rendered_lab *out)
{
	out->operation_count = lab->operation_count;
	if (lab->operation_count == 0)
		return;
	out->operations = memory_new_array(lab->operation_count, sizeof(*out->operations));
	for (size_t i = 0; i < lab->operation_count; i++) {
		const struct lab_operation *operation = &lab->operations[i];

		out->operations[i] = (struct rendered_operation){
			.name = string_copy(operation->name),
			.machine = string_copy(operation->machine_object),
			.type = operation->type,
			.grace_period = operation->grace_period ? *operation->grace_period : OPERATION_GRACE_NONE,
			.snapshot = operation->snapshot ? string_copy(operation->snapshot) : NULL,
			.target = operation->target_object ? string_copy(operation->target_object) : NULL,
			.line = operation->settings.place.line,
		};
	}
}

/* Copies what outlives the model's arena. */
static void lab_render(const struct lab *lab, struct passwords *passwords, struct rendered_lab *out,
		       struct diagnostics *diagnostics)
{
	*out = (struct rendered_lab){
		.name = string_copy(lab->name),
		.namespace_name = string_copy(lab->namespace_name),
		.path = string_copy(lab->path),
		.line = lab->line,
		.translated = lab->translated,
		.plain_names = lab->plain_names,
		.suspended = lab->suspended,
		.expired = lab->expired,
		.powered_off = lab->powered_off,
		.next_change = lab->next_change,
	};
	dependencies_copy(lab, out);
	/* Of one that has expired, nothing is wanted. */
	out->valid = lab->valid && (lab->expired || objects_build(lab, passwords, out, diagnostics));
	if (out->valid && !lab->expired)
		operations_copy(lab, out);
}

struct rendering {
	struct passwords passwords;
	struct clashes clashes;
	struct diagnostics *diagnostics;
	void (*visit)(void *context, struct rendered_lab *lab);
	/* Takes back the lab that was visited as the one of that number, from 0; NULL: nothing can be taken back. */
	void (*retract)(void *context, size_t index);
	void *context;
};

static void render_visited(void *context, const struct lab *lab)
{
	struct rendering *rendering = context;
	struct rendered_lab rendered;
	ssize_t other;

	lab_render(lab, &rendering->passwords, &rendered, rendering->diagnostics);
	other = clashes_add(&rendering->clashes, &rendered, rendering->diagnostics);
	rendering->visit(rendering->context, &rendered);
	if (other != CLASH_NONE && rendering->retract)
		rendering->retract(rendering->context, (size_t)other);
	rendered_lab_deinit(&rendered);
}

static bool render_all(const struct lab_file *files, size_t count, const struct lab_options *options,
		       struct rendering *rendering)
{
	bool complete = labs_visit(files, count, options, render_visited, rendering, rendering->diagnostics);

	passwords_deinit(&rendering->passwords);
	clashes_deinit(&rendering->clashes);
	diagnostics_sort(rendering->diagnostics);
	return complete;
}

bool render_each(const struct lab_file *files, size_t count, const struct lab_options *options,
		 void (*visit)(void *context, struct rendered_lab *lab), void *context,
		 struct diagnostics *diagnostics)
{
	struct rendering rendering = { .diagnostics = diagnostics, .visit = visit, .context = context };

	return render_all(files, count, options, &rendering);
}

struct collection {
	struct render_result *result;
	size_t capacity;
};

static void collect(void *context, struct rendered_lab *lab)
{
	struct collection *collection = context;
	struct render_result *result = collection->result;

	memory_grow(&result->labs, result->count, &collection->capacity, sizeof(*result->labs));
	result->labs[result->count++] = *lab;
	*lab = (struct rendered_lab){ .name = NULL };
}

static void collect_retract(void *context, size_t index)
{
	struct collection *collection = context;
	struct rendered_lab *lab = &collection->result->labs[index];

	lab->valid = false;
	objects_clear(lab);
}

static int rendered_compare(const void *left, const void *right)
{
	const struct rendered_lab *a = left, *b = right;
	int order = strcmp(a->namespace_name, b->namespace_name);

	if (order == 0)
		order = strcmp(a->name, b->name);
	if (order == 0)
		order = strcmp(a->path, b->path);
	return order ? order : (a->line > b->line) - (a->line < b->line);
}

void render_labs(const struct lab_file *files, size_t count, const struct lab_options *options,
		 struct render_result *result)
{
	struct collection collection = { .result = result };

	struct rendering rendering = {
		.diagnostics = &result->diagnostics,
		.visit = collect,
		.retract = collect_retract,
		.context = &collection,
	};

	*result = (struct render_result)RENDER_RESULT_INIT;
	result->complete = render_all(files, count, options, &rendering);
	if (result->count)
		qsort(result->labs, result->count, sizeof(*result->labs), rendered_compare);
}
