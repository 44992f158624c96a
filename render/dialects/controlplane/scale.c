/* How many VMs a workload is, and whether they run. */
#include <string.h>

#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/lab/names.h"

static const struct workload_autoscaling *scaling_of(const struct workload_build *build)
{
	return build->spec->options ? build->spec->options->autoscaling : NULL;
}

static bool is_halted(const struct workload_build *build)
{
	return text_equal(build->guest->run_strategy, "Halted");
}

static bool is_suspended(const struct workload_build *build)
{
	return build->spec->options && build->spec->options->suspend && *build->spec->options->suspend;
}

static int64_t least(const struct workload_build *build)
{
	const struct workload_autoscaling *scaling = scaling_of(build);

	return scaling && scaling->minimum ? *scaling->minimum : 1;
}

/* False after it told of a contradiction. */
static bool scale_check(const struct workload_build *build)
{
	const struct workload_autoscaling *scaling = scaling_of(build);
	size_t before = build->reader->errors;

	if (is_halted(build) && least(build) > 0)
		reader_error_at(
			build->reader, object_place(&guest_type, build->guest, offsetof(struct guest, run_strategy)),
			"runStrategy Halted needs defaultOptions.autoscaling.minScale 0, which is %d; set it, or "
			"use another strategy",
			(int)least(build));
	if (scaling && scaling->maximum && *scaling->maximum < least(build))
		reader_error_at(build->reader,
				object_place(&workload_autoscaling_type, scaling,
					     offsetof(struct workload_autoscaling, maximum)),
				"maxScale %d is less than minScale, which is %d; make them agree",
				(int)*scaling->maximum, (int)least(build));
	return build->reader->errors == before;
}

/* What Control Plane would do when the load changes. */
static void automation_warn(const struct workload_build *build)
{
	const struct workload_autoscaling *scaling = scaling_of(build);

	if (scaling == NULL || is_halted(build))
		return;
	if (least(build) == 0)
		reader_warn_at(
			build->reader,
			object_place(&workload_autoscaling_type, scaling,
				     offsetof(struct workload_autoscaling, minimum)),
			"minScale 0 means that there is no VM, since nothing here starts one when it is called; "
			"set 1, or runStrategy Halted to keep it switched off");
	else if (scaling->maximum && *scaling->maximum != least(build))
		reader_warn_at(build->reader,
			       object_place(&workload_autoscaling_type, scaling,
					    offsetof(struct workload_autoscaling, maximum)),
			       "maxScale %d has no effect: nothing scales the VMs by itself, there are as many as "
			       "minScale, which is %d",
			       (int)*scaling->maximum, (int)least(build));
}

/* The last VM has the longest name, which is a label's value and the guest's host name. */
static bool name_fits(const struct workload_build *build)
{
	const char *last = arena_format(build->arena, "%s-%d", build->name, (int)build->replicas);
	const struct yaml_node *name = yaml_get(build->document->root, "name");

	if (strlen(last) <= NAME_LENGTH_MAX)
		return true;
	reader_error(
		build->reader, name->line, name->column,
		"name %s is too long, since VMs are numbered: %s would have %zu characters, and %d fit; shorten it",
		reader_quote(build->reader, build->name), last, strlen(last), NAME_LENGTH_MAX);
	return false;
}

bool scale_settle(struct workload_build *build)
{
	const struct workload_autoscaling *scaling = scaling_of(build);

	if (!scale_check(build))
		return false;
	automation_warn(build);
	build->replicas = least(build);
	/* Those that are switched off are still there, each with its disks. */
	if (is_halted(build))
		build->replicas = scaling->maximum && *scaling->maximum > 1 ? *scaling->maximum : 1;
	return name_fits(build);
}

/* Where the number of VMs was said, if it was. */
static const struct yaml_node *replicas_place(const struct workload_build *build)
{
	const struct workload_autoscaling *scaling = scaling_of(build);

	if (scaling == NULL)
		return build->document->root;
	if (is_halted(build) && scaling->maximum)
		return given_place(build, GIVEN(workload_autoscaling_type, scaling, maximum));
	return given_place(build, GIVEN(workload_autoscaling_type, scaling, minimum));
}

/* A single VM is numbered, too: it keeps its name and disks when others join it. */
void scale_give(struct workload_build *build)
{
	tree_set(build->arena, build->vm, "replicas",
		 tree_integer(build->arena, replicas_place(build), build->replicas));
	if (is_suspended(build))
		tree_set(build->arena, build->vm, "runStrategy",
			 tree_text(build->arena,
				   given_place(build, GIVEN(workload_options_type, build->spec->options, suspend)),
				   "Halted"));
	else if (build->guest->run_strategy)
		give_text(build, build->vm, "runStrategy", GIVEN(guest_type, build->guest, run_strategy));
	else
		tree_set(build->arena, build->vm, "runStrategy",
			 tree_text(build->arena, build->document->root, "Always"));
}
