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
}

void render_result_deinit(struct render_result *result)
{
	for (size_t i = 0; i < result->count; i++)
		rendered_lab_deinit(&result->labs[i]);
	free(result->labs);
	diagnostics_deinit(&result->diagnostics);
	*result = (struct render_result)RENDER_RESULT_INIT;
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
	};
	out->valid = lab->valid && objects_build(lab, passwords, out, diagnostics);
}

void render_labs(const struct lab_file *files, size_t count, const char *default_namespace,
		 struct render_result *result)
{
	cleanup(lab_set) struct lab_set set = LAB_SET_INIT;
	cleanup(passwords) struct passwords passwords = PASSWORDS_INIT;

	*result = (struct render_result)RENDER_RESULT_INIT;
	lab_set_read(&set, files, count, default_namespace, &result->diagnostics);
	result->complete = set.complete;
	result->labs = memory_new_array(set.count, sizeof(*result->labs));
	result->count = set.count;
	for (size_t i = 0; i < set.count; i++)
		lab_render(set.labs[i], &passwords, &result->labs[i], &result->diagnostics);
	clash_check(result->labs, result->count, &result->diagnostics);
	diagnostics_sort(&result->diagnostics);
}
