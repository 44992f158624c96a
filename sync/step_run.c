/* How a step goes:
 *
 *            409, 404
 *   .---------------------------------.
 *   v                                 |
 * READING -> (decide) -> CREATING / PATCHING / DELETING -> finish
 *   ^   ^                                         |
 *   |   '-------- PAUSING <-----------------------'  until the deleted object is gone;
 *   '---------------'                                one that is replaced is then created
 *
 * What can fail: the server refuses (the error is the step's), the object
 * changes faster than we can merge (CONFLICTS_MAX), it never goes away (wait_ms).
 */
#include "sync/step_run.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

enum { CONFLICTS_MAX = 10, PAUSE_MIN_MS = 100, PAUSE_MAX_MS = 3000 };

enum run_state { RUN_CREATING, RUN_PATCHING, RUN_DELETING, RUN_READING, RUN_PAUSING, RUN_FINISHED };

struct step_run {
	struct step_run_settings settings;
	struct step *step;
	enum run_state state;
	unsigned conflicts;
	bool kind_missing; /* by the last answer, the cluster does not serve the kind at all */
	uint64_t pause_ms, give_up_at;
	uv_timer_t timer;
	step_run_callback *callback;
	void *data;
};

static void on_answer(void *data, const struct client_response *response, const struct error *err);

static void on_timer_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static void finish(struct step_run *run)
{
	run->state = RUN_FINISHED;
	run->callback(run->data);
	uv_close((uv_handle_t *)&run->timer, on_timer_closed);
}

static void finish_with_error(struct step_run *run, const struct error *err)
{
	struct step *step = run->step;

	if (run->kind_missing && step->kind->provider) {
		step_refuse_unserved(step);
	} else {
		error_copy(&step->error, err);
		error_wrap(&step->error, "%s %s", step->kind->name, step->name);
	}
	finish(run);
}

static void finish_done(struct step_run *run)
{
	run->step->done = true;
	finish(run);
}

static void send_request(struct step_run *run, enum run_state state, enum client_method method, const json_t *body)
{
	const struct step *step = run->step;
	bool is_read = method == CLIENT_GET;
	cleanup(free) char *object_path =
		kind_path_new(step->kind, step->namespace_name, method == CLIENT_POST ? NULL : step->name);
	cleanup(free) char *path =
		string_format("%s%s%s", object_path, is_read ? "" : "?fieldManager=labsync&fieldValidation=Strict",
			      run->settings.dry_run && !is_read ? "&dryRun=All" : "");
	const struct client_request request = { .method = method, .path = path, .body = body };

	run->state = state;
	client_send(run->settings.client, &request, on_answer, run);
}

static void pause_for_deletion(struct step_run *run);

static void on_pause_over(uv_timer_t *timer)
{
	struct step_run *run = timer->data;

	if (*run->settings.stopping)
		pause_for_deletion(run); /* says that it is not over, and ends */
	else
		send_request(run, RUN_READING, CLIENT_GET, NULL);
}

static void pause_for_deletion(struct step_run *run)
{
	const struct step *step = run->step;

	if (*run->settings.stopping || time_monotonic_ms() >= run->give_up_at) {
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(free) char *finalizers = json_text_new(json_at(step->live, "metadata", "finalizers", NULL));

		error_set(&err, *run->settings.stopping ? ERROR_CANCELLED : ERROR_TIMEOUT,
			  "is still being deleted (finalizers: %s)", finalizers);
		finish_with_error(run, &err);
		return;
	}
	run->state = RUN_PAUSING;
	run->pause_ms = run->pause_ms * 2 < PAUSE_MAX_MS ? run->pause_ms * 2 : PAUSE_MAX_MS;
	uv_timer_start(&run->timer, on_pause_over, run->pause_ms, 0);
}

static void send_patch(struct step_run *run, json_t *patch)
{
	json_set_text(json_object_member(patch, "metadata"), "resourceVersion",
		      json_text_at(run->step->live, "metadata", "resourceVersion", NULL));
	send_request(run, RUN_PATCHING, CLIENT_PATCH_MERGE, patch);
}

static void send_retained_mark(struct step_run *run)
{
	char now[TIME_TEXT_SIZE];
	cleanup(json) json_t *patch = json_pack("{s:{s:{s:s}}}", "metadata", "annotations", ANNOTATION_RETAINED,
						time_write(time_now(), now));

	send_patch(run, patch);
}

static void send_delete(struct step_run *run)
{
	cleanup(json) json_t *options = object_deletion_build(run->step->live, "Foreground");

	send_request(run, RUN_DELETING, CLIENT_DELETE, options);
}

/* Sends what the step wants now. */
static void dispatch(struct step_run *run)
{
	struct step *step = run->step;

	if (step->unseen)
		send_request(run, RUN_READING, CLIENT_GET, NULL);
	else if (step->live && step_is_terminating(step) && step->action != STEP_RETAIN)
		pause_for_deletion(run);
	else if (step->action == STEP_CREATE || (step->action == STEP_REPLACE && step->live == NULL))
		send_request(run, RUN_CREATING, CLIENT_POST, step->desired);
	else if (step->action == STEP_UPDATE || step->action == STEP_KEPT)
		send_patch(run, step->merge.patch);
	else if (step->action == STEP_RETAIN)
		send_retained_mark(run);
	else
		send_delete(run);
}

static void decide_again(struct step_run *run, json_t *live)
{
	bool was_deleting = run->step->action == STEP_DELETE && !run->step->unseen;

	run->step->unseen = false;
	if (run->step->desired)
		step_decide(run->step, run->settings.identity, live);
	else
		step_decide_removal(run->step, run->settings.identity, live);
	if (was_deleting && live == NULL)
		run->step->action = STEP_DELETE; /* gone, as asked: the report says so */
	if (step_is_open(run->step))
		dispatch(run);
	else
		finish(run);
}

static void read_again(struct step_run *run, const struct error *err)
{
	if (++run->conflicts > CONFLICTS_MAX)
		finish_with_error(run, err);
	else
		send_request(run, RUN_READING, CLIENT_GET, NULL);
}

/* A 404 that names the object. One that does not is about its kind, which is not served now: that says nothing of
 * the object. */
static bool is_object_missing(const struct step_run *run, const struct client_response *response)
{
	return response->status == 404 &&
	       text_equal(json_text_at(response->body, "details", "name", NULL), run->step->name);
}

static void on_read(struct step_run *run, const struct client_response *response, const struct error *err)
{
	if (err && !is_object_missing(run, response))
		finish_with_error(run, err);
	else
		decide_again(run, err ? NULL : (json_t *)response->body);
}

static void keep_live(struct step *step, const struct client_response *response)
{
	if (response->body == NULL)
		return;
	json_decref(step->live);
	step->live = json_incref((json_t *)response->body);
}

static bool is_namespace_missing(const struct client_response *response)
{
	return response->status == 404 &&
	       text_equal(json_text_at(response->body, "details", "kind", NULL), "namespaces");
}

static void on_written(struct step_run *run, const struct client_response *response, const struct error *err)
{
	if (err == NULL) {
		keep_live(run->step, response);
		finish_done(run);
	} else if (response->status == 409) {
		read_again(run, err);
	} else if (run->state == RUN_PATCHING && response->status == 404) {
		read_again(run, err);
	} else if (run->settings.dry_run && is_namespace_missing(response)) {
		finish_done(run); /* the namespace comes with the real run */
	} else {
		finish_with_error(run, err);
	}
}

static void on_deleted(struct step_run *run, const struct client_response *response, const struct error *err)
{
	if (err == NULL) {
		run->state = RUN_PAUSING;
		uv_timer_start(&run->timer, on_pause_over, run->pause_ms, 0);
	} else if (response->status == 404) {
		finish_done(run);
	} else if (response->status == 409) {
		read_again(run, err);
	} else {
		finish_with_error(run, err);
	}
}

/* What is not served at all is answered before any object or namespace is looked for: by a 404 that names none. */
static bool is_kind_missing(const struct client_response *response)
{
	return response->status == 404 && json_text_at(response->body, "details", "name", NULL) == NULL;
}

static void on_answer(void *data, const struct client_response *response, const struct error *err)
{
	struct step_run *run = data;

	run->kind_missing = err && is_kind_missing(response);
	switch (run->state) {
	case RUN_READING:
		on_read(run, response, err);
		break;
	case RUN_DELETING:
		on_deleted(run, response, err);
		break;
	case RUN_CREATING:
	case RUN_PATCHING:
	case RUN_PAUSING:
	case RUN_FINISHED:
		on_written(run, response, err);
		break;
	}
}

void step_run_start(const struct step_run_settings *settings, struct step *step, step_run_callback *callback,
		    void *data)
{
	struct step_run *run = memory_new(sizeof(*run));

	*run = (struct step_run){ .settings = *settings,
				  .step = step,
				  .pause_ms = PAUSE_MIN_MS,
				  .give_up_at = time_monotonic_ms() + settings->wait_ms,
				  .callback = callback,
				  .data = data };
	uv_timer_init(settings->loop, &run->timer);
	run->timer.data = run;
	dispatch(run);
}
