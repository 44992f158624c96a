#include "render/render.h"

#include "base/memory.h"
#include "render/objects/clash.h"
#include "render/objects/objects.h"
#include "render/objects/password.h"

static void rendered_lab_deinit(struct rendered_lab *lab)
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

/* Copies what outlives the model's arena. */
static void lab_render(const struct lab *lab, struct passwords *passwords, struct rendered_lab *out,
		       struct diagnostics *diagnostics)
{
	*out = (struct rendered_lab){
		.name = string_copy(lab->name),
		.namespace_name = string_copy(lab->namespace_name),
		.path = string_copy(lab->path),
		.line = lab->line,
		.suspended = lab->suspended,
		.expired = lab->expired,
		.powered_off = lab->powered_off,
		.next_change = lab->next_change,
	};
	dependencies_copy(lab, out);
	/* Of one that has expired, nothing is wanted. */
	out->valid = lab->valid && (lab->expired || objects_build(lab, passwords, out, diagnostics));
}

void render_labs(const struct lab_file *files, size_t count, const struct lab_options *options,
		 struct render_result *result)
{
	cleanup(lab_set) struct lab_set set = LAB_SET_INIT;
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;

	*result = (struct render_result)RENDER_RESULT_INIT;
	lab_set_read(&set, files, count, options, &result->diagnostics);
	result->complete = set.complete;
	result->labs = memory_new_array(set.count, sizeof(*result->labs));
	result->count = set.count;
	for (size_t i = 0; i < set.count; i++)
		lab_render(set.labs[i], &passwords, &result->labs[i], &result->diagnostics);
	clash_check(result->labs, result->count, &result->diagnostics);
	diagnostics_sort(&result->diagnostics);
}
