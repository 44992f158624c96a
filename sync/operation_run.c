/* How an operation goes:
 *
 *   PREPARING    until its machine is there and at rest
 *      v
 *   NOTING       InProgress, in the ledger
 *      v
 *   ASKING       a PUT to a subresource, or the POST of an object
 *      |  \-- 409, or no instance to resume: CHECKING whether the machine is so already, or the object is this run's
 *      v
 *   ACCEPTED     in the ledger; an object is its own witness
 *      v
 *   FOLLOWING    until its end shows  <-> PAUSING
 *      v
 *   CLOSING      the outcome, in the ledger
 *      v
 *   finish
 *
 * An operation that the ledger says has begun goes on with FOLLOWING where the server is known to have said yes or
 * there may be an object. Elsewhere nobody can tell whether the request was sent, so it counts as one that may have
 * run.
 *
 * What fails before anything was asked for postpones the operation. After that every end is written down, but for one:
 * when labsync is to stop, or the time is over, the ledger goes on saying InProgress, and the next pass follows it.
 */
#include "sync/operation_run.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/inventory_write.h"
#include "sync/operation_prepare.h"

enum { PAUSE_MIN_MS = 100, PAUSE_MAX_MS = 3000, RUN_BYTES = 4, RUN_TEXT_SIZE = 2 * RUN_BYTES + 1 };

#define MAY_HAVE_RUN "may have run; give it another name to run it again"

enum run_state { RUN_PREPARING, RUN_NOTING, RUN_ASKING, RUN_CHECKING, RUN_ACCEPTED, RUN_FOLLOWING, RUN_CLOSING };

struct operation_run {
	struct operation_run_settings settings;
	struct lab_plan *lab;
	struct plan_operation *operation;
	struct operation_run_of of; /* `run` is ours, below */
	char run[RUN_TEXT_SIZE];

	enum run_state state;
	json_t *machine; /* as it was before; NULL: not looked at */
	char *instance; /* the uid of the instance that there was; NULL: none, or not known */
	struct error refusal; /* the 409 that is looked into */
	uint64_t started, give_up_at, pause_ms;
	uv_timer_t timer;
	operation_run_callback *callback;
	void *data;
};

static void on_answer(void *data, const struct client_response *response, const struct error *err);

static void on_timer_closed(uv_handle_t *handle)
{
	struct operation_run *run = handle->data;

	json_decref(run->machine);
	free(run->instance);
	error_deinit(&run->refusal);
	free(run);
}

static void finish(struct operation_run *run, enum operation_stage stage, const char *message)
{
	plan_operation_set(run->operation, stage, message);
	run->callback(run->data);
	uv_close((uv_handle_t *)&run->timer, on_timer_closed);
}

static struct ledger_entry *entry_of(const struct operation_run *run)
{
	return ledger_find(&run->lab->inventory->operations, run->operation->wanted->name);
}

/* Between the write and its answer somebody else may have begun the same. */
static bool is_ours(const struct operation_run *run)
{
	const struct ledger_entry *entry = entry_of(run);

	return entry && text_equal(entry->run, run->run);
}

static void put_entry(struct operation_run *run, enum ledger_state state)
{
	const struct rendered_operation *wanted = run->operation->wanted;
	cleanup(free) char *digest = operation_digest_new(wanted);
	char now[TIME_TEXT_SIZE];
	const struct ledger_entry entry = { .name = wanted->name,
					    .type = (char *)operation_type_name(wanted->type),
					    .machine = wanted->machine,
					    .digest = digest,
					    .run = run->run,
					    .state = state,
					    .commit = (char *)run->settings.commit,
					    .time = (char *)time_write(time_now(), now) };

	ledger_put(&run->lab->inventory->operations, &entry);
}

static void on_written(void *data, const struct error *err);

static void write_ledger(struct operation_run *run, enum run_state state)
{
	const struct rendered_operation *wanted = run->operation->wanted;
	cleanup(free) char *message = string_format("operation %s (%s %s)", wanted->name,
						    operation_type_name(wanted->type), wanted->machine);

	run->state = state;
	lab_plan_record(run->lab, run->settings.commit, "Progressing", message);
	inventory_write(run->settings.client, run->lab->inventory, on_written, run);
}

/* "in 41s", or "in 41s: <more>". */
static void close_with(struct operation_run *run, enum ledger_state state, const char *word, const char *more)
{
	cleanup(free) char *duration = duration_text_new(time_monotonic_ms() - run->started);
	cleanup(free) char *message = string_format("%s %s%s%s", word, duration, more && *more ? ": " : "", more);

	ledger_entry_set(entry_of(run), state, message);
	write_ledger(run, RUN_CLOSING);
}

static void complete(struct operation_run *run, const char *more)
{
	cleanup(free) char *remark = operation_remark_new(run->operation->wanted, run->machine);
	cleanup(free) char *all = string_format("%s%s%s", more, *more && *remark ? "; " : "", remark);

	close_with(run, LEDGER_COMPLETED, "in", all);
}

/* Without a run that has begun, this is all that there ever was of it. */
static void close_without_run(struct operation_run *run, enum ledger_state state, const char *why)
{
	if (entry_of(run) == NULL)
		put_entry(run, state);
	ledger_entry_set(entry_of(run), state, why);
	write_ledger(run, RUN_CLOSING);
}

static void send_get(struct operation_run *run, enum run_state state, char *path)
{
	const struct client_request request = { .method = CLIENT_GET, .path = path };

	run->state = state;
	client_send(run->settings.client, &request, on_answer, run);
	free(path);
}

static void follow(struct operation_run *run)
{
	send_get(run, RUN_FOLLOWING, operation_watch_path_new(&run->of));
}

static void on_pause_over(uv_timer_t *timer)
{
	struct operation_run *run = timer->data;

	if (*run->settings.stopping)
		finish(run, STAGE_LEFT, NULL);
	else
		follow(run);
}

static void follow_again(struct operation_run *run)
{
	run->pause_ms = run->pause_ms * 2 < PAUSE_MAX_MS ? run->pause_ms * 2 : PAUSE_MAX_MS;
	uv_timer_start(&run->timer, on_pause_over, *run->settings.stopping ? 0 : run->pause_ms, 0);
}

static void set_deadline(struct operation_run *run)
{
	run->pause_ms = PAUSE_MIN_MS;
	run->give_up_at = time_monotonic_ms() + run->settings.wait_ms;
}

static bool is_time_over(const struct operation_run *run)
{
	return time_monotonic_ms() >= run->give_up_at;
}

/* The ledger first: what is found there is never asked for again. */
static void note(struct operation_run *run)
{
	run->started = time_monotonic_ms();
	put_entry(run, LEDGER_IN_PROGRESS);
	write_ledger(run, RUN_NOTING);
}

static void refuse_missing(struct operation_run *run)
{
	cleanup(free) char *why = string_format("there is no VirtualMachine %s in namespace %s",
						run->operation->wanted->machine, run->of.namespace_name);

	close_without_run(run, LEDGER_REFUSED, why);
}

static void on_prepared(void *data, struct operation_preparation *preparation)
{
	struct operation_run *run = data;

	run->machine = steal(&preparation->machine);
	run->instance = steal(&preparation->instance);
	switch (preparation->readiness) {
	case OPERATION_READY:
		note(run);
		break;
	case OPERATION_HAS_NO_MACHINE:
		refuse_missing(run);
		break;
	case OPERATION_NOT_NOW:
		finish(run, STAGE_POSTPONED, preparation->message);
		break;
	case OPERATION_STOPPED:
		finish(run, STAGE_DUE, NULL);
		break;
	}
}

static void prepare(struct operation_run *run)
{
	const struct operation_prepare_settings settings = { .loop = run->settings.loop,
							     .client = run->settings.client,
							     .desired = run->settings.desired,
							     .wait_ms = run->settings.wait_ms,
							     .stopping = run->settings.stopping };

	run->state = RUN_PREPARING;
	operation_prepare_start(&settings, &run->of, on_prepared, run);
}

static void ask(struct operation_run *run)
{
	bool is_put = operation_way(run->operation->wanted->type) == OPERATION_BY_SUBRESOURCE;
	cleanup(free) char *path = operation_path_new(&run->of);
	cleanup(free) char *query = string_format("%s?fieldManager=labsync&fieldValidation=Strict", path);
	cleanup(json) json_t *body = operation_body_build(&run->of);
	/* A second POST of one name finds the first; a second PUT would be done. */
	const struct client_request request = { .method = is_put ? CLIENT_PUT : CLIENT_POST,
						.path = is_put ? path : query,
						.body = body,
						.once = is_put };

	run->state = RUN_ASKING;
	client_send(run->settings.client, &request, on_answer, run);
}

static void start_following(struct operation_run *run)
{
	set_deadline(run);
	follow(run);
}

/* It may say no more than that the machine is as the operation would have it: one without an instance is not paused. */
static bool is_to_be_looked_into(enum operation_type type, const struct client_response *response)
{
	return response->status == 409 || (response->status == 404 && type == OPERATION_UNPAUSE);
}

/* No answer, or one of something on the way, says nothing of what KubeVirt has done. */
static bool is_no_answer(const struct client_response *response)
{
	return response->status == 0 || (response->status > 500 && response->status != 501);
}

static void on_asked(struct operation_run *run, const struct client_response *response, const struct error *err)
{
	bool is_put = operation_way(run->operation->wanted->type) == OPERATION_BY_SUBRESOURCE;

	if (err == NULL && is_put) {
		ledger_entry_set(entry_of(run), LEDGER_ACCEPTED, "");
		write_ledger(run, RUN_ACCEPTED);
	} else if (err == NULL) {
		start_following(run);
	} else if (err->code == ERROR_CANCELLED) {
		finish(run, STAGE_LEFT, NULL);
	} else if (is_to_be_looked_into(run->operation->wanted->type, response)) {
		error_copy(&run->refusal, err);
		send_get(run, RUN_CHECKING,
			 is_put ? operation_machine_path_new(&run->of) : operation_watch_path_new(&run->of));
	} else if (is_no_answer(response) && !is_put) {
		finish(run, STAGE_LEFT, err->message); /* whether there is an object, the next pass sees */
	} else if (is_no_answer(response)) {
		cleanup(free) char *why = string_format("%s; it " MAY_HAVE_RUN, err->message);

		close_without_run(run, LEDGER_UNKNOWN, why);
	} else if (response->status == 500) {
		close_with(run, LEDGER_FAILED, "after", err->message);
	} else {
		close_without_run(run, LEDGER_REFUSED, err->message);
	}
}

/* An object of this run's that is there already came of a try whose answer was lost. */
static void on_checked(struct operation_run *run, const struct client_response *response, const struct error *err)
{
	enum operation_type type = run->operation->wanted->type;
	bool is_put = operation_way(type) == OPERATION_BY_SUBRESOURCE;

	if (err == NULL && is_put && operation_is_so_already(type, response->body)) {
		cleanup(free) char *more = string_format("it was so already (%s)", run->refusal.message);

		complete(run, more);
	} else if (err == NULL && !is_put && operation_made(&run->of, response->body)) {
		start_following(run);
	} else {
		close_without_run(run, LEDGER_REFUSED, run->refusal.message);
	}
}

/* The object, or what the operation was done to. */
static void on_followed_gone(struct operation_run *run)
{
	enum operation_type type = run->operation->wanted->type;

	if (operation_way(type) == OPERATION_BY_OBJECT) {
		cleanup(free) char *label = operation_object_label_new(&run->of);
		cleanup(free) char *why = string_format("there is no %s; it " MAY_HAVE_RUN, label);

		close_without_run(run, LEDGER_UNKNOWN, why);
	} else if (operation_is_seen_on_instance(type) && !is_time_over(run)) {
		follow_again(run);
	} else {
		close_with(run, LEDGER_FAILED, "after", "the machine is gone");
	}
}

static void on_time_over(struct operation_run *run)
{
	cleanup(free) char *duration = duration_text_new(run->settings.wait_ms);

	if (operation_way(run->operation->wanted->type) == OPERATION_BY_OBJECT) {
		cleanup(free) char *why =
			string_format("goes on after %s; followed again with the next sync", duration);

		finish(run, STAGE_LEFT, why);
	} else {
		close_with(run, LEDGER_FAILED, "after", "the server said yes, but its effect has not shown");
	}
}

static void on_followed(struct operation_run *run, const struct client_response *response, const struct error *err)
{
	cleanup(free) char *reason = NULL;
	enum operation_verdict verdict = OPERATION_GOES_ON;

	if (err && response->status == 404) {
		on_followed_gone(run);
		return;
	}
	if (err) {
		finish(run, STAGE_LEFT, err->message);
		return;
	}
	verdict = operation_judge(run->operation->wanted->type, response->body, run->instance, &reason);
	if (verdict == OPERATION_SUCCEEDED)
		complete(run, "");
	else if (verdict == OPERATION_CAME_TO_NOTHING)
		close_with(run, LEDGER_FAILED, "after", reason);
	else if (is_time_over(run))
		on_time_over(run);
	else
		follow_again(run);
}

static void on_answer(void *data, const struct client_response *response, const struct error *err)
{
	struct operation_run *run = data;

	switch (run->state) {
	case RUN_ASKING:
		on_asked(run, response, err);
		break;
	case RUN_CHECKING:
		on_checked(run, response, err);
		break;
	case RUN_FOLLOWING:
		on_followed(run, response, err);
		break;
	case RUN_PREPARING:
	case RUN_NOTING:
	case RUN_ACCEPTED:
	case RUN_CLOSING:
		break;
	}
}

/* Nothing has been asked for yet, so the next pass may begin anew. */
static void on_not_noted(struct operation_run *run, const struct error *err)
{
	cleanup(free) char *why = string_format("since it cannot be noted down: %s", err->message);

	ledger_forget(&run->lab->inventory->operations, run->operation->wanted->name);
	finish(run, STAGE_POSTPONED, why);
}

static void on_written(void *data, const struct error *err)
{
	struct operation_run *run = data;

	if (!is_ours(run))
		finish(run, STAGE_LEFT, "another labsync has begun it");
	else if (run->state == RUN_NOTING && err)
		on_not_noted(run, err);
	else if (run->state == RUN_NOTING)
		ask(run);
	else if (run->state == RUN_ACCEPTED)
		start_following(run);
	else
		finish(run, STAGE_DONE, NULL); /* the parent is written once more at the end of the pass */
}

static void make_run_id(struct operation_run *run)
{
	uint8_t random[RUN_BYTES] = { 0 };

	uv_random(NULL, NULL, random, sizeof(random), 0, NULL);
	for (size_t i = 0; i < sizeof(random); i++)
		sprintf(run->run + 2 * i, "%02x", random[i]);
}

/* As the ledger has it. */
static void take_up(struct operation_run *run, const struct ledger_entry *entry)
{
	int64_t begun = 0, now = time_now();

	snprintf(run->run, sizeof(run->run), "%s", entry->run);
	if (time_parse(entry->time, &begun) && begun < now)
		run->started -= (uint64_t)(now - begun) * 1000;
	if (entry->state == LEDGER_ACCEPTED || operation_way(run->operation->wanted->type) == OPERATION_BY_OBJECT)
		start_following(run);
	else
		close_without_run(run, LEDGER_UNKNOWN, "labsync ended before it knew the answer; it " MAY_HAVE_RUN);
}

static void begin(struct operation_run *run)
{
	make_run_id(run);
	if (operation_needs_machine(run->operation->wanted->type))
		prepare(run);
	else
		note(run);
}

void operation_run_start(const struct operation_run_settings *settings, struct lab_plan *lab,
			 struct plan_operation *operation, operation_run_callback *callback, void *data)
{
	struct operation_run *run = memory_new(sizeof(*run));

	*run = (struct operation_run){
		.settings = *settings,
		.lab = lab,
		.operation = operation,
		.of = { .operation = operation->wanted, .lab = lab->name, .namespace_name = lab->namespace_name },
		.started = time_monotonic_ms(),
		.callback = callback,
		.data = data
	};
	run->of.run = run->run;
	uv_timer_init(settings->loop, &run->timer);
	run->timer.data = run;
	if (operation->stage == STAGE_BEGUN)
		take_up(run, entry_of(run));
	else
		begin(run);
}
