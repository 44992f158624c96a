/* How a source goes round:
 *
 *              poll, push seen, resync
 *   RESTING ---------------------------> FETCHING
 *      ^                                    |  a commit, or time to look for drift
 *      |                                    v
 *      |                                 RENDERING  (thread pool)
 *      |                                    v
 *      |                                 PASSING  -- a newer commit is fetched beside a pass
 *      |                                    |        that only waits, and stops it
 *      '------------------------------------'
 *
 * When a lab expires or its schedule turns it on or off, a round is due at the
 * same commit; that needs no answer from the remote, and ends a pass that only
 * waits.
 *
 * Notes go their own way (note_writer) and never hold a pass up.
 */
#include "daemon/runner.h"

#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "base/time.h"
#include "daemon/cache.h"
#include "daemon/round_clock.h"
#include "sync/commit_work.h"
#include "sync/note_writer.h"
#include "sync/outcome.h"
#include "sync/pass.h"

enum runner_state { RUNNER_RESTING, RUNNER_FETCHING, RUNNER_RENDERING, RUNNER_PASSING };

struct runner {
	struct runner_settings settings;
	char *notes_reference; /* NULL: no notes */
	struct cache_lock lock;
	struct note_writer *notes;
	uv_timer_t timer;

	enum runner_state state;
	bool begun; /* the first round has started */
	struct round_clock clock;
	bool poked; /* look again as soon as this round is over */
	bool finishing; /* ONCE: the result is there, the notes are on their way */
	struct error result;
	struct remote_operation *fetch; /* also beside a waiting pass */
	struct pass *pass;
	char commit[COMMIT_ID_SIZE]; /* of this round */
	char settled[COMMIT_ID_SIZE]; /* the last one with a final verdict that waiting does not better */
	char superseded_by[COMMIT_ID_SIZE];
	bool outdated; /* the pass ends for a new round at the same commit */
	bool fetch_failed; /* the round goes without the remote's answer */
	char **allow_prune; /* of this round's commit */
	char *note_state; /* what the commit's note says; NULL: it has none */
	int64_t started;
	uint64_t started_ms;

	void (*stopped)(void *data);
	void *stopped_data;
	bool stopping;
};

static void rest(struct runner *runner);
static void start_fetch(struct runner *runner);
static void start_render(struct runner *runner);

static void on_timer_closed(uv_handle_t *handle)
{
	struct runner *runner = handle->data;
	void (*stopped)(void *data) = runner->stopped;
	void *data = runner->stopped_data;

	note_writer_free(runner->notes);
	cache_lock_release(&runner->lock);
	error_deinit(&runner->result);
	for (size_t i = 0; runner->allow_prune && runner->allow_prune[i]; i++)
		free(runner->allow_prune[i]);
	free(runner->allow_prune);
	free(runner->note_state);
	free(runner->notes_reference);
	free(runner);
	stopped(data);
}

/* Ends the runner once nothing of it is in flight any more. */
static void end_if_quiet(struct runner *runner)
{
	if (!runner->stopping || runner->state != RUNNER_RESTING || runner->fetch ||
	    (runner->notes && !note_writer_is_idle(runner->notes)) || uv_is_closing((uv_handle_t *)&runner->timer))
		return;
	uv_close((uv_handle_t *)&runner->timer, on_timer_closed);
}

static void tell_finished(struct runner *runner)
{
	if (!runner->finishing || (runner->notes && !note_writer_is_idle(runner->notes)))
		return;
	runner->finishing = false;
	runner->settings.on_finished(runner->settings.data,
				     runner->result.code == ERROR_NONE ? NULL : &runner->result);
}

static void on_notes_idle(void *data, const struct error *err)
{
	struct runner *runner = data;

	if (err)
		log_warning("source %s: %s", runner->settings.source->name, err->message);
	tell_finished(runner);
	end_if_quiet(runner);
}

/* The round is over: `err` is why it came to nothing. */
static void end_round(struct runner *runner, const struct error *err)
{
	runner->state = RUNNER_RESTING;
	runner->clock.failures = err || runner->fetch_failed ? runner->clock.failures + 1 : 0;
	runner->fetch_failed = false;
	if (runner->stopping) {
		end_if_quiet(runner);
		return;
	}
	if (err && runner->settings.mode == RUNNER_FOREVER)
		log_error("source %s: %s", runner->settings.source->name, err->message);
	if (runner->settings.mode != RUNNER_FOREVER) {
		if (err)
			error_copy(&runner->result, err);
		runner->finishing = true;
	}
	rest(runner);
}

static void on_timer(uv_timer_t *timer)
{
	struct runner *runner = timer->data;

	tell_finished(runner);
	if (runner->settings.mode == RUNNER_FOREVER || !runner->begun)
		start_fetch(runner);
}

static void rest(struct runner *runner)
{
	uint64_t pause = runner->poked || runner->finishing
				 ? 0
				 : round_clock_rest_ms(&runner->clock, time_monotonic_ms(), time_now());

	runner->poked = false;
	uv_timer_start(&runner->timer, on_timer, pause, 0);
}

void runner_poke(struct runner *runner)
{
	if (runner->stopping)
		return;
	runner->poked = true;
	if (runner->state == RUNNER_RESTING || runner->pass)
		uv_timer_start(&runner->timer, on_timer, 0, 0);
}

static void put_note(struct runner *runner, const char *text)
{
	if (runner->notes && runner->settings.mode != RUNNER_DRY_RUN)
		note_writer_put(runner->notes, runner->commit, text);
}

/* Tells the outcome: to the note when it is news, and to whoever runs us. */
static void tell(struct runner *runner, struct report *report, bool is_news)
{
	cleanup(free) char *text = NULL;

	report->cluster = runner->settings.settings->cluster_name;
	report->source = runner->settings.source->name;
	report->commit = runner->commit;
	report->started = runner->started;
	report->duration_ms = time_monotonic_ms() - runner->started_ms;
	text = runner->settings.mode == RUNNER_DRY_RUN && report->plan ? report_plan_new(report)
								       : report_note_new(report);
	if (is_news) {
		put_note(runner, text);
		free(runner->note_state);
		runner->note_state = string_copy(verdict_name(report->verdict));
	}
	if (is_news || runner->settings.mode != RUNNER_FOREVER)
		runner->settings.on_report(runner->settings.data, report->verdict, text);
}

/* What was done to the cluster, not what was tried: a write that fails each time is told once. */
static bool has_done_something(const struct plan *plan)
{
	struct outcome_counts counts = outcome_count(plan);

	return counts.created + counts.updated + counts.pruned + counts.retained + counts.operations > 0;
}

/* A round that changed nothing and found what the note says already has no news. */
static bool has_news(const struct runner *runner, const struct plan *plan, enum verdict verdict)
{
	return has_done_something(plan) || !text_equal(runner->note_state, verdict_name(verdict));
}

/* A pass that waits or retries must not hold back the commit that mends it. */
static void watch_beside_pass(struct runner *runner)
{
	if (runner->settings.mode == RUNNER_FOREVER)
		uv_timer_start(&runner->timer, on_timer,
			       runner->poked ? 0 : round_clock_watch_ms(&runner->clock, time_now()), 0);
}

static void on_pass_progress(void *data)
{
	struct runner *runner = data;
	struct report report = { .verdict = VERDICT_PROGRESSING,
				 .plan = pass_plan(runner->pass),
				 .desired = pass_desired(runner->pass) };

	if (has_news(runner, report.plan, report.verdict))
		tell(runner, &report, true);
	watch_beside_pass(runner);
}

static void report_superseded(struct runner *runner)
{
	struct report report = { .verdict = VERDICT_SUPERSEDED, .message = runner->superseded_by };

	tell(runner, &report, true);
}

static void report_outcome(struct runner *runner)
{
	struct report report = { .plan = pass_plan(runner->pass), .desired = pass_desired(runner->pass) };

	report.verdict = report_verdict(report.plan, report.desired);
	tell(runner, &report, has_news(runner, report.plan, report.verdict));
	/* What has not come to a good end, or to any, is looked at again with the next poll, not only with the next
	 * resync. */
	if ((report.verdict == VERDICT_READY || report.verdict == VERDICT_BLOCKED) &&
	    outcome_count(report.plan).operations_left == 0)
		strcpy(runner->settled, runner->commit);
}

static void report_failure(struct runner *runner, const struct error *err)
{
	struct report report = { .verdict = VERDICT_FAILED, .message = err->message };

	tell(runner, &report, !text_equal(runner->note_state, verdict_name(VERDICT_FAILED)));
}

static void on_pass_done(void *data, const struct error *err)
{
	struct runner *runner = data;
	struct pass *pass = runner->pass;
	bool cancelled = err && err->code == ERROR_CANCELLED;
	cleanup(error) struct error reason = ERROR_INIT;

	if (err)
		error_copy(&reason, err);
	if (err == NULL)
		report_outcome(runner);
	if (err == NULL && runner->superseded_by[0])
		runner->poked = true; /* it came to its end just as the newer commit was seen */
	else if (cancelled && runner->superseded_by[0])
		report_superseded(runner);
	else if (err && !cancelled)
		report_failure(runner, err);
	runner->pass = NULL;
	pass_free(pass);
	if (cancelled && !runner->stopping && (runner->superseded_by[0] || runner->outdated)) {
		if (runner->superseded_by[0])
			strcpy(runner->commit, runner->superseded_by);
		start_render(runner);
		return;
	}
	end_round(runner, err ? &reason : NULL);
}

static void start_pass(struct runner *runner, struct desired *desired)
{
	static const struct pass_events events = { .on_progress = on_pass_progress, .on_done = on_pass_done };
	const struct daemon_settings *settings = runner->settings.settings;
	const struct pass_settings pass = { .plan = { .cluster = settings->cluster_name,
						      .source = runner->settings.source->name,
						      .prune = settings->prune,
						      .guard_percent = (unsigned)settings->guard_percent,
						      .guard_labs = (unsigned)settings->guard_labs,
						      .allow_prune_all = runner->settings.allow_prune,
						      .allow_prune = (const char *const *)runner->allow_prune },
					    .directory = runner->settings.source->remote.directory,
					    .dry_run = runner->settings.mode == RUNNER_DRY_RUN,
					    .ready_timeout_ms = settings->ready_timeout_ms };

	if (runner->settings.mode == RUNNER_FOREVER)
		round_clock_take_change(&runner->clock, runner->started, desired->next_change);
	round_clock_start_pass(&runner->clock, time_monotonic_ms());
	runner->state = RUNNER_PASSING;
	runner->pass = pass_start(runner->settings.loop, runner->settings.client, &pass, desired, &events, runner);
}

static void take_words(struct runner *runner, struct commit_work_result *result)
{
	for (size_t i = 0; runner->allow_prune && runner->allow_prune[i]; i++)
		free(runner->allow_prune[i]);
	free(runner->allow_prune);
	runner->allow_prune = steal(&result->allow_prune);
	free(runner->note_state);
	runner->note_state = steal(&result->note_state);
}

static void on_rendered(void *data, struct commit_work_result *result, const struct error *err)
{
	struct runner *runner = data;

	if (runner->stopping || err) {
		if (err && !runner->stopping)
			report_failure(runner, err);
		end_round(runner, err);
		return;
	}
	take_words(runner, result);
	start_pass(runner, &result->desired);
}

static void start_render(struct runner *runner)
{
	const struct source_settings *source = runner->settings.source;
	const int64_t now = time_now();
	const struct commit_work_request request = { .directory = source->remote.directory,
						     .commit = runner->commit,
						     .path = source->path,
						     .default_namespace = source->namespace_name,
						     .now = now,
						     .cluster = runner->settings.settings->cluster_name,
						     .source = source->name,
						     .notes_reference = runner->notes_reference };

	runner->state = RUNNER_RENDERING;
	runner->settled[0] = '\0'; /* until this round has come to a good end */
	runner->superseded_by[0] = '\0';
	runner->outdated = false;
	runner->started = now;
	runner->started_ms = time_monotonic_ms();
	free(steal(&runner->note_state)); /* another commit's, or about to be read again */
	commit_work_start(runner->settings.loop, &request, on_rendered, runner);
}

static void set_branch_error(const struct runner *runner, struct error *err)
{
	const char *branch = runner->settings.source->remote.branch;

	error_set(err, ERROR_NOT_FOUND, "%s has no branch %s; nothing is changed on the cluster",
		  runner->settings.source->remote.url, branch ? branch : "at its HEAD");
}

/* A look beside a pass: a newer commit ends it, anything else lets it be. The
 * pass may be over by now; then the next round must not be forgotten. */
static void on_peeked(struct runner *runner, const struct remote_answer *answer, const struct error *err)
{
	bool is_newer = err == NULL && !answer->branch_missing && !text_equal(answer->commit, runner->commit);

	if (err && err->code != ERROR_CANCELLED)
		log_warning("source %s: %s", runner->settings.source->name, err->message);
	if (runner->stopping) {
		end_if_quiet(runner);
	} else if (is_newer && runner->pass) {
		strcpy(runner->superseded_by, answer->commit);
		pass_stop(runner->pass);
	} else if (runner->pass && round_clock_change_is_due(&runner->clock, time_now())) {
		runner->outdated = true;
		pass_stop(runner->pass);
	} else if (runner->pass) {
		watch_beside_pass(runner);
	} else if (runner->state == RUNNER_RESTING) {
		runner->poked = runner->poked || is_newer;
		rest(runner);
	} else {
		runner->poked = runner->poked || is_newer;
	}
}

static bool is_round_due(const struct runner *runner)
{
	return runner->settings.mode != RUNNER_FOREVER || !text_equal(runner->settled, runner->commit) ||
	       round_clock_resync_is_due(&runner->clock, time_monotonic_ms()) ||
	       round_clock_change_is_due(&runner->clock, time_now());
}

/* What a schedule says happens on time, with what Git said last. */
static void end_fetch_without_answer(struct runner *runner, const struct error *err)
{
	if (runner->stopping || !round_clock_change_is_due(&runner->clock, time_now())) {
		end_round(runner, err);
		return;
	}
	log_error("source %s: %s", runner->settings.source->name, err->message);
	runner->fetch_failed = true;
	start_render(runner);
}

static void on_fetched(void *data, const struct remote_answer *answer, const struct error *err)
{
	struct runner *runner = data;
	cleanup(error) struct error problem = ERROR_INIT;

	runner->fetch = NULL;
	if (runner->state != RUNNER_FETCHING) {
		on_peeked(runner, answer, err);
		return;
	}
	if (err) {
		error_copy(&problem, err);
		error_wrap(&problem, "cannot fetch %s", runner->settings.source->remote.url);
		end_fetch_without_answer(runner, &problem);
	} else if (answer->branch_missing) {
		set_branch_error(runner, &problem);
		end_round(runner, &problem);
	} else {
		strcpy(runner->commit, answer->commit);
		if (runner->notes && runner->settings.mode != RUNNER_DRY_RUN)
			note_writer_retry(runner->notes);
		if (is_round_due(runner))
			start_render(runner);
		else
			end_round(runner, NULL);
	}
}

static void start_fetch(struct runner *runner)
{
	cleanup(error) struct error err = ERROR_INIT;
	bool beside_pass = runner->state == RUNNER_PASSING;

	if (runner->stopping || runner->fetch || (runner->state != RUNNER_RESTING && !beside_pass))
		return;
	runner->begun = true;
	runner->poked = false;
	if (!beside_pass)
		runner->state = RUNNER_FETCHING;
	runner->fetch = remote_fetch(runner->settings.loop, NULL, &runner->settings.source->remote,
				     runner->notes_reference, on_fetched, runner, &err);
	if (runner->fetch == NULL && !beside_pass)
		end_round(runner, &err);
}

static void make_note_writer(struct runner *runner)
{
	const struct note_writer_settings settings = { .loop = runner->settings.loop,
						       .remote = &runner->settings.source->remote,
						       .reference = runner->notes_reference,
						       .push = runner->settings.settings->push_notes,
						       .on_idle = on_notes_idle,
						       .data = runner };

	if (runner->notes_reference)
		runner->notes = note_writer_new(&settings);
}

struct runner *runner_start(const struct runner_settings *settings, struct error *err)
{
	struct cache_lock lock;
	struct runner *runner;

	if (!cache_lock_take(&lock, settings->source->remote.directory, err))
		return NULL;
	if (!cache_check(settings->source->remote.directory, err)) {
		cache_lock_release(&lock);
		return NULL;
	}
	runner = memory_new(sizeof(*runner));
	runner->settings = *settings;
	runner->lock = lock;
	runner->clock.interval_ms = settings->source->interval_ms;
	runner->clock.resync_ms = settings->source->resync_ms;
	runner->notes_reference = settings_notes_reference_new(settings->settings);
	make_note_writer(runner);
	uv_timer_init(settings->loop, &runner->timer);
	runner->timer.data = runner;
	uv_timer_start(&runner->timer, on_timer, 0, 0);
	return runner;
}

void runner_stop(struct runner *runner, void (*stopped)(void *data), void *data)
{
	runner->stopping = true;
	runner->stopped = stopped;
	runner->stopped_data = data;
	uv_timer_stop(&runner->timer);
	if (runner->fetch)
		remote_cancel(runner->fetch);
	if (runner->pass)
		pass_stop(runner->pass);
	if (runner->notes)
		note_writer_stop(runner->notes);
	end_if_quiet(runner);
}
