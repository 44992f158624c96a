#include "tests/unit/sync/plan_fixture.h"

#include <string.h>

#include "base/buffer.h"
#include "tests/unit/sync/merge_patch_apply.h"

static const char cluster[] = "lab-a", source[] = "labs", namespace_name[] = "lab";

void plan_fixture_init(struct plan_fixture *fixture)
{
	*fixture = (struct plan_fixture){
		.desired = DESIRED_INIT,
		.live = live_set_new(),
		.settings = { .cluster = cluster,
			      .source = source,
			      .prune = true,
			      .guard_percent = 50,
			      .guard_labs = 3 },
		.plan = PLAN_INIT,
	};
}

void plan_fixture_deinit(struct plan_fixture *fixture)
{
	plan_deinit(&fixture->plan);
	desired_deinit(&fixture->desired);
	live_set_free(fixture->live);
	for (size_t i = 0; i < fixture->inventory_count; i++)
		inventory_free(fixture->inventories[i]);
}

const struct kind *plan_fixture_kind(const char *name)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strcmp(kind_at(i)->name, name) == 0)
			return kind_at(i);
	ck_abort_msg("no kind is named %s", name);
	return NULL;
}

static void add_operations(struct rendered_lab *lab, const struct operation_text *texts)
{
	size_t count = 0;

	while (texts && texts[count].name)
		count++;
	lab->operations = memory_new_array(count, sizeof(*lab->operations));
	for (; lab->operation_count < count; lab->operation_count++) {
		const struct operation_text *text = &texts[lab->operation_count];

		lab->operations[lab->operation_count] =
			(struct rendered_operation){ .name = string_copy(text->name),
						     .type = text->type,
						     .machine = string_copy(text->machine),
						     .grace_period = OPERATION_GRACE_NONE,
						     .snapshot = string_copy(text->snapshot),
						     .target = string_copy(text->target) };
	}
}

static void rendered_lab_fill(struct rendered_lab *lab, const struct lab_text *text)
{
	cleanup(json) json_t *objects = quoted_json_new(text->objects ? text->objects : "[]");

	*lab = (struct rendered_lab){ .name = string_copy(text->name),
				      .namespace_name = string_copy(namespace_name),
				      .path = string_format("labs/%s.yaml", text->name),
				      .line = 1,
				      .valid = text->objects != NULL,
				      .objects = memory_new_array(json_array_size(objects), sizeof(*lab->objects)) };
	for (; lab->count < json_array_size(objects); lab->count++)
		lab->objects[lab->count].value = json_incref(json_array_get(objects, lab->count));
}

void plan_fixture_commit(struct plan_fixture *fixture, const char *commit, const struct lab_text *labs)
{
	cleanup(render_result) struct render_result rendered = RENDER_RESULT_INIT;

	rendered.complete = true;
	rendered.labs = memory_new_array(PLAN_FIXTURE_LABS, sizeof(*rendered.labs));
	for (; labs->name; labs++) {
		ck_assert(rendered.count < PLAN_FIXTURE_LABS);
		rendered_lab_fill(&rendered.labs[rendered.count], labs);
		add_operations(&rendered.labs[rendered.count], rendered.count == 0 ? fixture->operations : NULL);
		rendered.count++;
		rendered.complete = rendered.complete && labs->objects;
	}
	desired_deinit(&fixture->desired);
	desired_build(&fixture->desired, &rendered, cluster, source, commit);
}

/* As the server gives it back: with what it fills in by itself. */
static json_t *served_new(const json_t *value)
{
	json_t *live = json_deep_copy(value), *metadata = json_object_get(live, "metadata");

	json_object_set_new(metadata, "uid", json_sprintf("uid-of-%s", object_name(value)));
	json_object_set_new(metadata, "resourceVersion", json_string("7"));
	json_object_set_new(metadata, "generation", json_integer(1));
	return live;
}

static struct inventory *inventory_for(struct plan_fixture *fixture, const struct desired_lab *lab)
{
	for (size_t i = 0; i < fixture->inventory_count; i++)
		if (fixture->inventories[i] && strcmp(fixture->inventories[i]->lab, lab->name) == 0)
			return fixture->inventories[i];
	ck_assert(fixture->inventory_count < PLAN_FIXTURE_LABS);
	return fixture->inventories[fixture->inventory_count++] =
		       inventory_new(cluster, source, lab->namespace_name, lab->name);
}

static void lab_apply(struct plan_fixture *fixture, const struct desired_lab *lab)
{
	struct inventory *inventory = inventory_for(fixture, lab);

	free(inventory->commit);
	free(inventory->path);
	inventory->commit = string_copy(fixture->desired.commit);
	inventory->path = string_copy(lab->path);
	for (size_t i = 0; i < lab->count; i++) {
		const struct desired_object *object = &lab->objects[i];
		cleanup(json) json_t *live = served_new(object->value);

		live_set_put(fixture->live, object->kind, live);
		inventory_add(inventory, object->kind, object->name);
	}
	json_decref(inventory->live);
	inventory->live = inventory_build_parent(inventory);
}

void plan_fixture_apply(struct plan_fixture *fixture)
{
	for (size_t i = 0; i < fixture->desired.count; i++)
		if (fixture->desired.labs[i].valid)
			lab_apply(fixture, &fixture->desired.labs[i]);
}

void plan_fixture_touch(struct plan_fixture *fixture, const char *kind_name, const char *name, const char *patch)
{
	const struct kind *kind = plan_fixture_kind(kind_name);
	cleanup(free) char *version = kind_api_version_new(kind);
	cleanup(json) json_t *changes = quoted_json_new(patch), *object = NULL, *live = NULL;

	if (patch == NULL) {
		live_set_remove(fixture->live, kind, namespace_name, name);
		return;
	}
	object = json_incref(live_set_find(fixture->live, kind, namespace_name, name));
	if (object == NULL)
		object = json_pack("{s:s, s:s, s:{s:s, s:s, s:s}}", "apiVersion", version, "kind", kind_name,
				   "metadata", "name", name, "namespace", namespace_name, "uid", "uid-of-somebody");
	live = merge_patch_apply_new(object, changes);
	live_set_put(fixture->live, kind, live);
}

void plan_fixture_compute(struct plan_fixture *fixture)
{
	plan_deinit(&fixture->plan);
	plan_compute(&fixture->plan, &fixture->desired, fixture->live, fixture->inventories, fixture->inventory_count,
		     &fixture->settings);
}

struct step *plan_fixture_step(struct plan_fixture *fixture, const char *kind, const char *name)
{
	for (size_t i = 0; i < fixture->plan.count; i++)
		for (size_t j = 0; j < fixture->plan.labs[i].count; j++) {
			struct step *step = &fixture->plan.labs[i].steps[j];

			if (strcmp(step->kind->name, kind) == 0 && strcmp(step->name, name) == 0)
				return step;
		}
	ck_abort_msg("no step for %s %s", kind, name);
	return NULL;
}

static void change_write(const struct field_change *change, struct buffer *out)
{
	static const char *const effects[] = {
		[EFFECT_LIVE] = "live", [EFFECT_RESTART] = "restart", [EFFECT_RECREATE] = "recreate"
	};

	buffer_format(out, "%s %s -> %s (%s, %s)", change->path, change->before ? change->before : "-",
		      change->after ? change->after : "-", change->origin == CHANGE_DRIFT ? "drift" : "git",
		      effects[change->effect]);
}

static void step_head_write(const struct step *step, struct buffer *text)
{
	static const char *const actions[] = {
		[STEP_UNCHANGED] = "unchanged", [STEP_CREATE] = "create", [STEP_UPDATE] = "update",
		[STEP_REPLACE] = "replace",     [STEP_DELETE] = "delete", [STEP_RETAIN] = "retain",
		[STEP_KEPT] = "kept",           [STEP_MOVE] = "move",     [STEP_REFUSED] = "refused",
	};

	buffer_format(text, "%s %s %s", actions[step->action], step->kind->name, step->name);
}

char *step_text_new(const struct step *step)
{
	struct buffer text = BUFFER_INIT;

	step_head_write(step, &text);
	for (size_t i = 0; i < step->merge.count; i++) {
		buffer_append_text(&text, i ? ", " : ": ");
		change_write(&step->merge.changes[i], &text);
	}
	return buffer_steal(&text);
}

char *step_outline_new(const struct step *step)
{
	struct buffer text = BUFFER_INIT;

	step_head_write(step, &text);
	if (step->other_lab)
		buffer_format(&text, " %s %s", step->desired ? "from" : "to", step->other_lab);
	buffer_append_text(&text, step_is_open(step) ? " [open]" : "");
	return buffer_steal(&text);
}

static void lab_head_write(const struct lab_plan *lab, struct buffer *text)
{
	static const char *const actions[] = {
		[LAB_SYNC] = "sync",          [LAB_REMOVE] = "remove", [LAB_EXPIRE] = "expire",
		[LAB_SUSPEND] = "suspend",    [LAB_HOLD] = "hold",     [LAB_GUARDED] = "guarded",
		[LAB_UNMANAGED] = "unmanaged"
	};

	buffer_format(text, "%s: %s%s\n", lab->name, actions[lab->action], lab->inventory_grows ? ", grows" : "");
}

char *plan_text_new(const struct plan *plan)
{
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < plan->count; i++) {
		const struct lab_plan *lab = &plan->labs[i];

		lab_head_write(lab, &text);
		for (size_t j = 0; j < lab->count; j++) {
			cleanup(free) char *step = step_text_new(&lab->steps[j]);

			buffer_format(&text, "  %s%s\n", step, step_is_open(&lab->steps[j]) ? " [open]" : "");
		}
	}
	return buffer_steal(&text);
}

char *plan_outline_new(const struct plan *plan)
{
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < plan->count; i++) {
		const struct lab_plan *lab = &plan->labs[i];

		lab_head_write(lab, &text);
		for (size_t j = 0; j < lab->count; j++) {
			cleanup(free) char *step = step_outline_new(&lab->steps[j]);

			buffer_format(&text, "  %s\n", step);
		}
	}
	return buffer_steal(&text);
}
