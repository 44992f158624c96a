/* How a lab goes:
 *
 *   WIDENING  the parent lists what is about to be made (KEP-3659: before the first write)
 *      v
 *   WRITING   wave 0, 1, ...: all of a wave at once, the next when all have answered
 *      v
 *   REMOVING  wave n, ..., 0
 *      v
 *   SETTLED   finish
 *
 * A step that fails keeps its error and the others go on. When the parent
 * cannot be written, nothing else is: what is not listed would not be removed later.
 */
#include "sync/lab_apply.h"

#include <string.h>

#include "sync/inventory_write.h"
#include "sync/outcome.h"
#include "sync/step_run.h"

enum apply_state { APPLY_WIDENING, APPLY_WRITING, APPLY_REMOVING, APPLY_SETTLED };

struct lab_apply {
	struct lab_apply_settings settings;
	struct lab_plan *lab;
	struct identity identity;
	enum apply_state state;
	int wave;
	size_t in_flight;
	lab_apply_callback *callback;
	void *data;
};

/* A delete has nothing that the server could check, and to a new object the old one is in the way. */
static bool is_beyond_dry_run(const struct step *step)
{
	return step_is_removal(step) || step->action == STEP_REPLACE;
}

bool lab_apply_is_needed(struct lab_plan *lab, bool dry_run)
{
	bool needed = lab->ledger_grows && !dry_run;

	if (!lab_plan_is_acted_on(lab))
		return false;
	for (size_t i = 0; i < lab->count; i++) {
		struct step *step = &lab->steps[i];

		if (dry_run && step->unseen)
			step->action = STEP_UNCHANGED; /* most likely gone; only the real run looks */
		if (dry_run && is_beyond_dry_run(step))
			step->done = true;
		needed = needed || step_is_open(step);
	}
	return needed;
}

static void finish(struct lab_apply *apply)
{
	apply->state = APPLY_SETTLED;
	apply->callback(apply->data);
	free(apply);
}

static void on_step(void *data);

/* Starts the open steps of the present wave; returns how many. The count is taken before the first starts. */
static size_t start_wave(struct lab_apply *apply)
{
	const struct step_run_settings settings = { .loop = apply->settings.loop,
						    .client = apply->settings.client,
						    .identity = &apply->identity,
						    .dry_run = apply->settings.dry_run,
						    .wait_ms = apply->settings.wait_ms,
						    .stopping = apply->settings.stopping };

	for (size_t i = 0; i < apply->lab->count; i++) {
		struct step *step = &apply->lab->steps[i];
		bool in_phase = step_is_removal(step) == (apply->state == APPLY_REMOVING);

		if (in_phase && step_is_open(step) && (int)step->kind->wave == apply->wave) {
			apply->in_flight++;
			step_run_start(&settings, step, on_step, apply);
		}
	}
	return apply->in_flight;
}

static void next_wave(struct lab_apply *apply)
{
	if (apply->state == APPLY_WRITING && ++apply->wave == WAVE_COUNT)
		apply->state = APPLY_REMOVING;
	if (apply->state == APPLY_REMOVING && --apply->wave < 0)
		apply->state = APPLY_SETTLED;
}

static void run_waves(struct lab_apply *apply)
{
	while (apply->state != APPLY_SETTLED && !*apply->settings.stopping) {
		if (start_wave(apply) > 0)
			return;
		next_wave(apply);
	}
	finish(apply);
}

static void on_step(void *data)
{
	struct lab_apply *apply = data;

	if (--apply->in_flight > 0)
		return;
	next_wave(apply);
	run_waves(apply);
}

static void fail_all(struct lab_plan *lab, const struct error *err)
{
	for (size_t i = 0; i < lab->count; i++)
		if (step_is_open(&lab->steps[i]))
			error_copy(&lab->steps[i].error, err);
}

static void on_widened(void *data, const struct error *err)
{
	struct lab_apply *apply = data;

	apply->state = APPLY_WRITING;
	if (err) {
		fail_all(apply->lab, err);
		finish(apply);
		return;
	}
	run_waves(apply);
}

/* The parent says Progressing while the lab is being made; the commit is the one that makes it. */
static void widen(struct lab_apply *apply)
{
	struct inventory *inventory = apply->lab->inventory;

	for (size_t i = 0; i < apply->lab->count; i++) {
		const struct step *step = &apply->lab->steps[i];

		if (step->desired && step->action != STEP_REFUSED)
			inventory_add(inventory, step->kind, step->name);
	}
	lab_plan_record(apply->lab, apply->settings.commit, "Progressing", "being applied");
	apply->lab->ledger_grows = false;
	inventory_write(apply->settings.client, inventory, on_widened, apply);
}

void lab_apply_start(const struct lab_apply_settings *settings, struct lab_plan *lab, lab_apply_callback *callback,
		     void *data)
{
	struct lab_apply *apply = memory_new(sizeof(*apply));

	*apply = (struct lab_apply){ .settings = *settings,
				     .lab = lab,
				     .identity = { .cluster = settings->cluster,
						   .source = settings->source,
						   .lab = lab->name,
						   .namespace_name = lab->namespace_name },
				     .state = APPLY_WRITING,
				     .callback = callback,
				     .data = data };
	if ((lab->inventory_grows || lab->ledger_grows) && !settings->dry_run) {
		apply->state = APPLY_WIDENING;
		widen(apply);
	} else {
		run_waves(apply);
	}
}
