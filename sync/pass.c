/* How a pass goes:
 *
 *   OBSERVING   LIST everything of the source
 *      v
 *   TRACING     where labs left Git: is what they came from in the history? Then the plan
 *      v
 *   APPLYING    every lab with something to write, side by side, but for those that come after others
 *      |  ^
 *      |  |     labs that waited for others may go
 *      v  |
 *   WAITING <-> POLLING    until labs are ready, have failed, or the time is over, and operations have ended
 *      v
 *   RECORDING   the labs' parents
 *      v
 *   DONE
 *
 * A LIST that fails before anything was written ends the pass: nothing is
 * decided on a partial view. One that fails while waiting is tried again.
 *
 * A lab's operations begin once its writes are answered, and go on beside everything else; what they do to the lab is
 * seen by one more look after them.
 */
#include "sync/pass.h"

#include "sync/ancestry.h"
#include "sync/inventory_write.h"
#include "sync/lab_apply.h"
#include "sync/lab_operations.h"
#include "sync/observe.h"
#include "sync/outcome.h"
#include "sync/patience.h"
#include "sync/waiting.h"

enum { POLL_MIN_MS = 250, POLL_MAX_MS = 3000 };

enum pass_state {
	PASS_OBSERVING,
	PASS_TRACING,
	PASS_APPLYING,
	PASS_RECORDING,
	PASS_WAITING,
	PASS_POLLING,
	PASS_STOPPING, /* only operations are still under way */
	PASS_DONE
};

struct pass_lab {
	struct pass *pass;
	struct lab_plan *plan;
	bool operating; /* its operations are under way: its parent is theirs to write */
	struct patience patience;
};

struct pass {
	uv_loop_t *loop;
	struct client *client;
	struct pass_settings settings;
	struct desired desired;
	struct pass_events events;
	void *data;

	enum pass_state state;
	bool stopping, progress_told;
	struct observation observation, fresh;
	struct ancestry *ancestry;
	struct plan plan;
	struct pass_lab *labs; /* beside plan.labs */
	size_t in_flight;
	size_t operating; /* labs with operations under way */
	bool outdated; /* an operation has ended since the labs were looked at */
	uint64_t poll_ms;
	uv_timer_t timer;
};

static void on_timer_closed(uv_handle_t *handle)
{
	struct pass *pass = handle->data;

	observation_deinit(&pass->observation);
	observation_deinit(&pass->fresh);
	ancestry_free(pass->ancestry);
	plan_deinit(&pass->plan);
	desired_deinit(&pass->desired);
	free(pass->labs);
	free(pass);
}

void pass_free(struct pass *pass)
{
	uv_close((uv_handle_t *)&pass->timer, on_timer_closed);
}

static void finish(struct pass *pass, const struct error *err)
{
	pass->state = PASS_DONE;
	pass->events.on_done(pass->data, err);
}

/* Operations under way end first: what they have asked for is to be noted down. */
static void finish_cancelled(struct pass *pass)
{
	cleanup(error) struct error err = ERROR_INIT;

	if (pass->operating > 0) {
		pass->state = PASS_STOPPING;
		return;
	}
	error_set(&err, ERROR_CANCELLED, "stopped");
	finish(pass, &err);
}

static bool all_settled(struct pass *pass)
{
	bool settled = true;

	outcome_judge(&pass->plan, pass->observation.live, &pass->desired);
	for (size_t i = 0; i < pass->plan.count; i++) {
		struct pass_lab *lab = &pass->labs[i];

		if (lab->operating)
			patience_renew(&lab->patience);
		if (!lab->plan->waits)
			settled = patience_is_settled(&lab->patience, lab->plan) && settled;
	}
	return settled && pass->operating == 0 && !pass->outdated;
}

/* Nothing moves any more that they could wait for. */
static void give_up_waiting(struct pass *pass)
{
	for (size_t i = 0; i < pass->plan.count; i++)
		if (pass->plan.labs[i].waits)
			pass->plan.labs[i].state = LAB_STATE_DEGRADED;
}

static void start_waiting(struct pass *pass);
static void apply_open(struct pass *pass);
static void go_on(struct pass *pass);

static void on_recorded(void *data, const struct error *err)
{
	struct pass_lab *lab = data;
	struct pass *pass = lab->pass;

	if (err) {
		free(lab->plan->reason);
		lab->plan->state = LAB_STATE_FAILED;
		lab->plan->reason = string_copy(err->message);
	}
	if (--pass->in_flight > 0)
		return;
	if (pass->stopping)
		finish_cancelled(pass);
	else if (pass->progress_told && pass->state == PASS_WAITING)
		start_waiting(pass);
	else
		finish(pass, NULL);
}

enum record_moment { RECORD_PROGRESS, RECORD_FINAL };

/* A lab that Git has suspended, or that has errors, has a parent only when it was made before. */
static bool is_ours_to_write(const struct lab_plan *lab)
{
	return lab->inventory && lab->action != LAB_GUARDED && lab->action != LAB_UNMANAGED;
}

static void record_lab(struct pass *pass, struct pass_lab *lab, enum record_moment moment)
{
	struct lab_plan *plan = lab->plan;
	bool is_done = lab_plan_is_acted_on(plan);
	bool empty = false, is_new;

	if (!is_ours_to_write(plan) || lab->operating)
		return;
	if (moment == RECORD_PROGRESS && plan->state != LAB_STATE_PROGRESSING)
		return;
	if (moment == RECORD_FINAL && is_done)
		empty = lab_plan_narrow_inventory(plan);
	is_new = plan->inventory->commit == NULL || *plan->inventory->commit == '\0';
	lab_plan_record(plan, lab_plan_has_changes(plan) || (is_done && is_new) ? pass->desired.commit : NULL,
			lab_state_name(plan->state), plan->reason);
	if (empty && plan->action == LAB_REMOVE && plan->inventory->live) {
		pass->in_flight++;
		inventory_delete(pass->client, plan->inventory, on_recorded, lab);
	} else if (!inventory_is_written(plan->inventory)) {
		pass->in_flight++;
		inventory_write(pass->client, plan->inventory, on_recorded, lab);
	}
}

/* Returns how many writes are on their way. */
static size_t record_all(struct pass *pass, enum record_moment moment)
{
	for (size_t i = 0; i < pass->plan.count; i++)
		record_lab(pass, &pass->labs[i], moment);
	return pass->in_flight;
}

static void conclude(struct pass *pass)
{
	pass->state = PASS_RECORDING;
	if (record_all(pass, RECORD_FINAL) == 0)
		finish(pass, NULL);
}

static void on_polled(void *data, const struct error *err)
{
	struct pass *pass = data;

	if (pass->stopping) {
		finish_cancelled(pass);
		return;
	}
	for (size_t i = 0; err == NULL && i < KIND_COUNT; i++)
		if (pass->fresh.kinds.has[i])
			live_set_take_kind(pass->observation.live, pass->fresh.live, kind_at(i));
	go_on(pass);
}

static void start_observing(struct pass *pass, enum observe_extent extent, struct kind_set wanted,
			    struct observation *observation, observe_callback *callback)
{
	const struct observe_request request = { .cluster = pass->settings.plan.cluster,
						 .source = pass->settings.plan.source,
						 .extent = extent,
						 .wanted = wanted };

	observe_start(pass->client, &request, observation, callback, pass);
}

static void on_wait_over(uv_timer_t *timer)
{
	struct pass *pass = timer->data;

	if (pass->stopping) {
		finish_cancelled(pass);
		return;
	}
	pass->state = PASS_POLLING;
	pass->outdated = false;
	observation_deinit(&pass->fresh);
	start_observing(pass, OBSERVE_HEALTH, pass->observation.kinds, &pass->fresh, on_polled);
}

static void start_waiting(struct pass *pass)
{
	pass->state = PASS_WAITING;
	uv_timer_start(&pass->timer, on_wait_over, pass->poll_ms, 0);
	pass->poll_ms = pass->poll_ms * 3 / 2 < POLL_MAX_MS ? pass->poll_ms * 3 / 2 : POLL_MAX_MS;
}

static void on_applied_all(struct pass *pass)
{
	if (pass->stopping) {
		finish_cancelled(pass);
		return;
	}
	if (pass->settings.dry_run) {
		finish(pass, NULL);
		return;
	}
	go_on(pass);
}

/* All writes so far are answered, or the labs were looked at again. */
static void go_on(struct pass *pass)
{
	bool settled = all_settled(pass);

	if (waiting_release(&pass->plan, pass->observation.live)) {
		apply_open(pass);
		return;
	}
	if (settled) {
		give_up_waiting(pass);
		conclude(pass);
		return;
	}
	pass->state = PASS_WAITING;
	if (pass->progress_told) {
		start_waiting(pass);
		return;
	}
	pass->progress_told = true;
	pass->events.on_progress(pass->data);
	if (record_all(pass, RECORD_PROGRESS) == 0)
		start_waiting(pass);
}

/* What the writes answered is fresher than the LIST. */
static void take_written(struct pass *pass, const struct lab_plan *lab)
{
	for (size_t i = 0; i < lab->count; i++) {
		const struct step *step = &lab->steps[i];

		if (step->done && step->live && step->desired && !pass->settings.dry_run)
			live_set_put(pass->observation.live, step->kind, step->live);
	}
}

static void on_operated(void *data)
{
	struct pass_lab *lab = data;
	struct pass *pass = lab->pass;

	lab->operating = false;
	patience_renew(&lab->patience);
	pass->outdated = true;
	pass->operating--;
	pass->poll_ms = POLL_MIN_MS;
	if (pass->state == PASS_STOPPING && pass->operating == 0)
		finish_cancelled(pass);
	else if (pass->state == PASS_WAITING && uv_is_active((uv_handle_t *)&pass->timer))
		start_waiting(pass);
}

/* Once for each lab: after that none is open. */
static void start_operations(struct pass_lab *lab)
{
	struct pass *pass = lab->pass;
	const struct operation_run_settings settings = { .loop = pass->loop,
							 .client = pass->client,
							 .desired = &pass->desired,
							 .commit = pass->desired.commit,
							 .wait_ms = pass->settings.ready_timeout_ms,
							 .stopping = &pass->stopping };

	if (pass->settings.dry_run || pass->stopping || lab->operating || !lab_plan_is_acted_on(lab->plan) ||
	    lab_plan_open_operation(lab->plan) == NULL)
		return;
	lab->operating = lab_operations_start(&settings, lab->plan, on_operated, lab);
	pass->operating += lab->operating;
}

static void on_lab_applied(void *data)
{
	struct pass_lab *lab = data;
	struct pass *pass = lab->pass;

	take_written(pass, lab->plan);
	start_operations(lab);
	if (--pass->in_flight == 0)
		on_applied_all(pass);
}

static void apply_open(struct pass *pass)
{
	const struct lab_apply_settings settings = { .loop = pass->loop,
						     .client = pass->client,
						     .cluster = pass->settings.plan.cluster,
						     .source = pass->settings.plan.source,
						     .commit = pass->desired.commit,
						     .dry_run = pass->settings.dry_run,
						     .wait_ms = pass->settings.ready_timeout_ms,
						     .stopping = &pass->stopping };

	pass->state = PASS_APPLYING;
	pass->poll_ms = POLL_MIN_MS;
	for (size_t i = 0; i < pass->plan.count; i++) {
		struct pass_lab *lab = &pass->labs[i];

		if (lab_apply_is_needed(lab->plan, pass->settings.dry_run)) {
			patience_renew(&lab->patience);
			pass->in_flight++;
			lab_apply_start(&settings, lab->plan, on_lab_applied, lab);
		} else {
			start_operations(lab);
		}
	}
	if (pass->in_flight == 0)
		on_applied_all(pass);
}

static void apply_all(struct pass *pass)
{
	pass->labs = memory_new_array(pass->plan.count, sizeof(*pass->labs));
	for (size_t i = 0; i < pass->plan.count; i++) {
		pass->labs[i] = (struct pass_lab){ .pass = pass, .plan = &pass->plan.labs[i] };
		pass->labs[i].patience.limit_ms = pass->settings.ready_timeout_ms;
		patience_renew(&pass->labs[i].patience);
	}
	if (!pass->settings.dry_run)
		waiting_begin(&pass->plan);
	apply_open(pass);
}

static bool is_ancestor(void *data, const char *commit)
{
	struct pass *pass = data;

	return ancestry_contains(pass->ancestry, commit);
}

static void plan_and_apply(struct pass *pass)
{
	struct plan_settings settings = pass->settings.plan;

	settings.is_ancestor = is_ancestor;
	settings.data = pass;
	plan_compute(&pass->plan, &pass->desired, pass->observation.live, pass->observation.inventories,
		     pass->observation.inventory_count, &settings);
	apply_all(pass);
}

static void on_traced(void *data)
{
	struct pass *pass = data;

	if (pass->stopping)
		finish_cancelled(pass);
	else
		plan_and_apply(pass);
}

/* Only labs that left Git ask for the history. */
static void trace(struct pass *pass)
{
	pass->state = PASS_TRACING;
	pass->ancestry = ancestry_new(pass->settings.directory, pass->desired.commit);
	for (size_t i = 0; i < pass->observation.inventory_count; i++) {
		const struct inventory *inventory = pass->observation.inventories[i];

		if (inventory->commit && *inventory->commit &&
		    desired_find(&pass->desired, inventory->namespace_name, inventory->lab) == NULL)
			ancestry_add(pass->ancestry, inventory->commit);
	}
	if (ancestry_count(pass->ancestry) > 0)
		ancestry_start(pass->ancestry, pass->loop, on_traced, pass);
	else
		plan_and_apply(pass);
}

static void on_observed(void *data, const struct error *err)
{
	struct pass *pass = data;

	if (pass->stopping)
		finish_cancelled(pass);
	else if (err)
		finish(pass, err);
	else
		trace(pass);
}

struct pass *pass_start(uv_loop_t *loop, struct client *client, const struct pass_settings *settings,
			struct desired *desired, const struct pass_events *events, void *data)
{
	struct pass *pass = memory_new(sizeof(*pass));

	*pass = (struct pass){ .loop = loop,
			       .client = client,
			       .settings = *settings,
			       .desired = *desired,
			       .events = *events,
			       .data = data,
			       .state = PASS_OBSERVING,
			       .poll_ms = POLL_MIN_MS };
	*desired = (struct desired)DESIRED_INIT;
	uv_timer_init(loop, &pass->timer);
	pass->timer.data = pass;
	start_observing(pass, OBSERVE_ALL, desired_kinds(&pass->desired), &pass->observation, on_observed);
	return pass;
}

void pass_stop(struct pass *pass)
{
	pass->stopping = true;
	if (pass->state == PASS_WAITING && pass->in_flight == 0)
		uv_timer_start(&pass->timer, on_wait_over, 0, 0);
}

struct plan *pass_plan(struct pass *pass)
{
	return &pass->plan;
}

const struct desired *pass_desired(const struct pass *pass)
{
	return &pass->desired;
}
