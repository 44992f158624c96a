#include "sync/plan.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

static void step_deinit(struct step *step)
{
	free(step->namespace_name);
	free(step->name);
	json_decref(step->desired);
	json_decref(step->live);
	merge_result_deinit(&step->merge);
	free(step->other_lab);
	error_deinit(&step->error);
}

static void lab_plan_deinit(struct lab_plan *lab)
{
	for (size_t i = 0; i < lab->count; i++)
		step_deinit(&lab->steps[i]);
	free(lab->steps);
	for (size_t i = 0; i < lab->dependency_count; i++) {
		free(lab->dependencies[i].namespace_name);
		free(lab->dependencies[i].name);
	}
	free(lab->dependencies);
	for (size_t i = 0; i < lab->operation_count; i++)
		free(lab->operations[i].message);
	free(lab->operations);
	for (size_t i = 0; i < lab->given_line_count; i++)
		free(lab->given_lines[i].operation);
	free(lab->given_lines);
	free(lab->name);
	free(lab->namespace_name);
	free(lab->path);
	free(lab->reason);
	inventory_free(lab->inventory);
}

void plan_deinit(struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		lab_plan_deinit(&plan->labs[i]);
	for (size_t i = 0; i < plan->orphan_count; i++) {
		free(plan->orphans[i].namespace_name);
		free(plan->orphans[i].name);
	}
	free(plan->orphans);
	free(plan->labs);
	free(plan->guard);
	*plan = (struct plan)PLAN_INIT;
}

static void replace(char **text, const char *with)
{
	char *copy = string_copy(with);

	free(*text);
	*text = copy;
}

static char *dependencies_text_new(const struct lab_plan *lab)
{
	struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < lab->dependency_count; i++)
		buffer_format(&text, "%s/%s\n", lab->dependencies[i].namespace_name, lab->dependencies[i].name);
	return lab->dependency_count ? buffer_steal(&text) : NULL;
}

void lab_plan_record(struct lab_plan *lab, const char *commit, const char *state, const char *message)
{
	struct inventory *inventory = lab->inventory;

	if (commit)
		replace(&inventory->commit, commit);
	if (lab->path)
		replace(&inventory->path, lab->path);
	if (lab->action == LAB_SYNC) {
		free(inventory->dependencies);
		inventory->dependencies = dependencies_text_new(lab);
	}
	replace(&inventory->state, state);
	replace(&inventory->message, message);
}

static struct lab_plan *plan_add(struct plan *plan, const char *namespace_name, const char *name, const char *path,
				 enum lab_action action, struct inventory *inventory)
{
	struct lab_plan *lab;

	memory_grow(&plan->labs, plan->count, &plan->capacity, sizeof(*plan->labs));
	lab = &plan->labs[plan->count++];
	*lab = (struct lab_plan){ .name = string_copy(name),
				  .namespace_name = string_copy(namespace_name),
				  .path = string_copy(path),
				  .action = action,
				  .inventory = inventory };
	return lab;
}

static struct step *lab_plan_add(struct lab_plan *lab, const struct kind *kind, const char *name)
{
	struct step *step;

	memory_grow(&lab->steps, lab->count, &lab->capacity, sizeof(*lab->steps));
	step = &lab->steps[lab->count++];
	*step = (struct step){ .kind = kind,
			       .namespace_name = string_copy(kind_namespace(kind, lab->namespace_name)),
			       .name = string_copy(name) };
	return step;
}

static void add_dependency(struct lab_plan *lab, char *namespace_name, char *name)
{
	memory_grow(&lab->dependencies, lab->dependency_count, &lab->dependency_capacity, sizeof(*lab->dependencies));
	lab->dependencies[lab->dependency_count++] =
		(struct plan_dependency){ .namespace_name = namespace_name, .name = name };
}

/* What Git says now; the parent keeps it for the day that the lab leaves Git. */
static void take_dependencies(struct lab_plan *lab, const struct desired_lab *desired)
{
	for (size_t i = 0; i < desired->dependency_count; i++)
		add_dependency(lab, string_copy(desired->dependencies[i].namespace_name),
			       string_copy(desired->dependencies[i].name));
}

/* What the parent says, for a lab that left Git. */
static void read_dependencies(struct lab_plan *lab, const char *text)
{
	while (text && *text) {
		size_t length = strcspn(text, "\n");
		const char *slash = memchr(text, '/', length);

		if (slash)
			add_dependency(lab, string_copy_n(text, (size_t)(slash - text)),
				       string_copy_n(slash + 1, length - (size_t)(slash + 1 - text)));
		text += length + (text[length] == '\n');
	}
}

static bool is_desired(const struct desired_lab *lab, const struct inventory_entry *entry)
{
	for (size_t i = 0; lab && i < lab->count; i++)
		if (lab->objects[i].kind == entry->kind && strcmp(lab->objects[i].name, entry->name) == 0)
			return true;
	return false;
}

static int entry_compare_reverse(const void *left, const void *right)
{
	const struct inventory_entry *a = left, *b = right;
	int order = (int)b->kind->wave - (int)a->kind->wave;

	return order ? order : strcmp(a->name, b->name);
}

/* Removals in reverse order of waves: services, machines, disks, configuration. */
static void plan_removals(struct lab_plan *lab, const struct desired_lab *desired, const struct live_set *live,
			  const struct identity *identity)
{
	struct inventory *inventory = lab->inventory;

	if (inventory->count)
		qsort(inventory->entries, inventory->count, sizeof(*inventory->entries), entry_compare_reverse);
	for (size_t i = 0; i < inventory->count; i++) {
		const struct inventory_entry *entry = &inventory->entries[i];
		struct step *step;

		if (is_desired(desired, entry))
			continue;
		step = lab_plan_add(lab, entry->kind, entry->name);
		step_decide_removal(step, identity,
				    live_set_find(live, entry->kind, step->namespace_name, entry->name));
		if (step->live == NULL)
			step_doubt(step);
	}
}

/* What is not seen cannot be compared. True when it was so. */
static bool refuse_unseen(struct step *step, const struct live_set *live)
{
	const char *hidden = live_set_why_hidden(live, step->kind);
	bool served = live_set_is_served(live, step->kind);

	if (served && hidden == NULL)
		return false;
	step->action = STEP_REFUSED;
	if (!served)
		step_refuse_unserved(step);
	else
		error_set(&step->error, ERROR_REFUSED, "%s %s: %s", step->kind->name, step->name, hidden);
	return true;
}

static void plan_writes(struct lab_plan *lab, const struct desired_lab *desired, const struct live_set *live,
			const struct identity *identity)
{
	for (size_t i = 0; i < desired->count; i++) {
		const struct desired_object *object = &desired->objects[i];
		struct step *step = lab_plan_add(lab, object->kind, object->name);

		step->desired = json_incref(object->value);
		if (refuse_unseen(step, live))
			continue;
		step_decide(step, identity, live_set_find(live, object->kind, step->namespace_name, object->name));
		if (step->action == STEP_REFUSED)
			continue;
		if (!inventory_contains(lab->inventory, object->kind, object->name))
			lab->inventory_grows = true;
	}
}

static enum lab_action lab_action_of(const struct desired_lab *desired, const struct plan_settings *settings)
{
	if (!desired->valid)
		return LAB_HOLD;
	if (desired->suspended)
		return LAB_SUSPEND;
	if (desired->expired)
		return settings->prune ? LAB_EXPIRE : LAB_UNMANAGED;
	return LAB_SYNC;
}

static void plan_desired_lab(struct plan *plan, const struct desired_lab *desired, const struct live_set *live,
			     struct inventory *inventory, const struct plan_settings *settings)
{
	const struct identity identity = { .cluster = settings->cluster,
					   .source = settings->source,
					   .lab = desired->name,
					   .namespace_name = desired->namespace_name };
	struct lab_plan *lab = plan_add(plan, desired->namespace_name, desired->name, desired->path,
					lab_action_of(desired, settings), inventory);

	if (lab->action == LAB_HOLD || lab->action == LAB_SUSPEND)
		return;
	take_dependencies(lab, desired);
	lab->powered_off = desired->powered_off;
	if (desired->expired) {
		if (lab->inventory)
			plan_removals(lab, NULL, live, &identity);
		return;
	}
	lab->was_powered_off = lab->inventory && text_equal(lab->inventory->message, PLAN_POWERED_OFF);
	if (lab->inventory == NULL)
		lab->inventory =
			inventory_new(settings->cluster, settings->source, desired->namespace_name, desired->name);
	plan_writes(lab, desired, live, &identity);
	plan_removals(lab, desired, live, &identity);
}

static void plan_absent_lab(struct plan *plan, struct inventory *inventory, const struct live_set *live,
			    const struct plan_settings *settings)
{
	const struct identity identity = { .cluster = settings->cluster,
					   .source = settings->source,
					   .lab = inventory->lab,
					   .namespace_name = inventory->namespace_name };
	struct lab_plan *lab = plan_add(plan, inventory->namespace_name, inventory->lab, inventory->path,
					settings->prune ? LAB_REMOVE : LAB_UNMANAGED, inventory);

	read_dependencies(lab, inventory->dependencies);
	plan_removals(lab, NULL, live, &identity);
}

static int lab_plan_compare(const void *left, const void *right)
{
	const struct lab_plan *a = left, *b = right;
	int order = strcmp(a->namespace_name, b->namespace_name);

	return order ? order : strcmp(a->name, b->name);
}

const struct lab_plan *plan_find_lab(const struct plan *plan, const char *namespace_name, const char *lab)
{
	const struct lab_plan key = { .name = (char *)lab, .namespace_name = (char *)namespace_name };

	return plan->count ? bsearch(&key, plan->labs, plan->count, sizeof(key), lab_plan_compare) : NULL;
}

struct lab_plan *plan_dependency_find(const struct plan *plan, const struct plan_dependency *dependency)
{
	return (struct lab_plan *)plan_find_lab(plan, dependency->namespace_name, dependency->name);
}

static struct inventory *inventory_take(struct inventory **inventories, size_t count, const char *namespace_name,
					const char *lab)
{
	for (size_t i = 0; i < count; i++)
		if (inventories[i] && strcmp(inventories[i]->lab, lab) == 0 &&
		    strcmp(inventories[i]->namespace_name, namespace_name) == 0)
			return steal(&inventories[i]);
	return NULL;
}

/* With pruning off, what left a lab stays where it is, but for what another lab has taken over. Writes come first in a
 * lab: they stay where they are, since moves point to them. */
static void drop_removals(struct lab_plan *lab)
{
	size_t kept = 0;

	for (size_t i = 0; i < lab->count; i++) {
		struct step *step = &lab->steps[i];

		if (step->desired || step->action == STEP_MOVE)
			lab->steps[kept++] = *step;
		else
			step_deinit(step);
	}
	lab->count = kept;
}

static void plan_all_operations(struct plan *plan, const struct desired *desired)
{
	plan_hand_over_ledgers(plan, desired);
	for (size_t i = 0; i < plan->count; i++)
		if (plan->labs[i].action == LAB_SYNC)
			plan_operations(&plan->labs[i],
					desired_find(desired, plan->labs[i].namespace_name, plan->labs[i].name));
}

void plan_compute(struct plan *plan, const struct desired *desired, const struct live_set *live,
		  struct inventory **inventories, size_t inventory_count, const struct plan_settings *settings)
{
	for (size_t i = 0; i < desired->count; i++)
		plan_desired_lab(plan, &desired->labs[i], live,
				 inventory_take(inventories, inventory_count, desired->labs[i].namespace_name,
						desired->labs[i].name),
				 settings);
	for (size_t i = 0; i < inventory_count; i++)
		if (inventories[i])
			plan_absent_lab(plan, steal(&inventories[i]), live, settings);
	if (plan->count)
		qsort(plan->labs, plan->count, sizeof(*plan->labs), lab_plan_compare);
	plan_hand_over(plan, desired, settings);
	for (size_t i = 0; !settings->prune && i < plan->count; i++)
		drop_removals(&plan->labs[i]);
	plan_all_operations(plan, desired);
	plan_find_orphans(plan, live, settings);
	plan_guard(plan, desired, settings);
	plan_withdraw_handovers(plan);
}
