#include "daemon/command_run.h"

#include "base/file.h"
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "daemon/connect.h"
#include "daemon/options.h"
#include "daemon/runner.h"
#include "daemon/watch.h"

enum { RELOAD_PAUSE_MS = 100, SOURCE_RETRY_MS = 5000, STOP_GRACE_MS = 8000, CONFIGURATION_SIZE_MAX = 1024 * 1024 };

static const struct command_words words = {
	.flags = "config kubeconfig context",
	.usage = "usage: labsync run --config FILE [--kubeconfig FILE] [--context NAME]\n\n"
		 "Keeps the cluster equal to the sources until SIGTERM. SIGHUP, or a change of FILE,\n"
		 "reads the configuration again.\n"
};

/* What one configuration brings to life; a new configuration makes a new one. */
struct generation {
	struct daemon_settings settings;
	struct client *client;
	struct generation_source *sources; /* beside settings.sources */
	size_t running;
	uv_timer_t retry; /* for sources that could not be started */
	struct daemon *daemon;
};

struct generation_source {
	struct generation *generation;
	struct runner *runner; /* NULL when it could not be started */
	struct watch *watch;
};

struct daemon {
	uv_loop_t loop;
	struct options options;
	struct generation *current, *next; /* `next` starts when `current` has ended */
	struct buffer configuration; /* the text that `current` or `next` was made from */
	struct watch *configuration_watch;
	uv_signal_t hangup, interrupt, terminate;
	uv_timer_t reload, grace;
	bool stopping;
};

static void generation_free(struct generation *generation)
{
	if (generation == NULL)
		return;
	settings_deinit(&generation->settings);
	free(generation->sources);
	free(generation);
}

static struct generation *generation_new(struct daemon *daemon, struct error *err)
{
	struct generation *generation = memory_new(sizeof(*generation));

	generation->daemon = daemon;
	if (!options_load_settings(&daemon->options, &generation->settings)) {
		error_set(err, ERROR_INVALID, "the configuration has errors");
		free(generation);
		return NULL;
	}
	generation->client = connect_cluster(&daemon->loop, generation->settings.kubeconfig,
					     generation->settings.context, CONNECT_PATIENT, err);
	if (generation->client == NULL) {
		generation_free(generation);
		return NULL;
	}
	generation->sources = memory_new_array(generation->settings.source_count, sizeof(*generation->sources));
	return generation;
}

static void on_report(void *data, enum verdict verdict, const char *text)
{
	struct generation_source *source = data;
	size_t index = (size_t)(source - source->generation->sources);
	const char *name = source->generation->settings.sources[index].name;
	enum log_level level =
		verdict == VERDICT_READY || verdict == VERDICT_PROGRESSING || verdict == VERDICT_SUPERSEDED
			? LOG_INFO
			: LOG_WARNING;
	int headline = (int)strcspn(text, "\n");

	log_write(level, "source %s: %.*s", name, headline, text);
	log_debug("source %s: %s", name, text);
}

static void on_finished(void *data, const struct error *err)
{
	(void)data; /* a runner that runs forever has no end of its own */
	(void)err;
}

static void on_push(void *data)
{
	struct generation_source *source = data;

	runner_poke(source->runner);
}

/* False when it could not be started, and has to be tried again. */
static bool start_source(struct generation *generation, size_t index)
{
	struct generation_source *source = &generation->sources[index];
	const struct source_settings *settings = &generation->settings.sources[index];
	struct runner_settings runner = { .loop = &generation->daemon->loop,
					  .client = generation->client,
					  .settings = &generation->settings,
					  .source = settings,
					  .mode = RUNNER_FOREVER,
					  .on_report = on_report,
					  .on_finished = on_finished,
					  .data = source };
	cleanup(error) struct error err = ERROR_INIT;

	source->generation = generation;
	source->runner = runner_start(&runner, &err);
	if (source->runner == NULL) {
		log_error("source %s: %s", settings->name, err.message);
		return false;
	}
	generation->running++;
	source->watch = watch_repository_new(&generation->daemon->loop, settings->remote.url, settings->remote.branch,
					     on_push, source, &err);
	if (err.code != ERROR_NONE)
		log_warning("source %s: %s; pushes are seen by polling", settings->name, err.message);
	return true;
}

static void on_retry(uv_timer_t *timer);

static void start_sources(struct generation *generation)
{
	bool all = true;

	for (size_t i = 0; i < generation->settings.source_count; i++)
		if (generation->sources[i].runner == NULL)
			all = start_source(generation, i) && all;
	if (!all)
		uv_timer_start(&generation->retry, on_retry, SOURCE_RETRY_MS, 0);
}

static void on_retry(uv_timer_t *timer)
{
	start_sources(timer->data);
}

static void generation_start(struct generation *generation)
{
	log_info("labsync " LABSYNC_VERSION ": cluster %s at %s, %zu source%s", generation->settings.cluster_name,
		 client_server(generation->client), generation->settings.source_count,
		 generation->settings.source_count == 1 ? "" : "s");
	uv_timer_init(&generation->daemon->loop, &generation->retry);
	generation->retry.data = generation;
	start_sources(generation);
}

static void close_handles(struct daemon *daemon)
{
	uv_handle_t *const handles[] = { (uv_handle_t *)&daemon->hangup, (uv_handle_t *)&daemon->interrupt,
					 (uv_handle_t *)&daemon->terminate, (uv_handle_t *)&daemon->reload,
					 (uv_handle_t *)&daemon->grace };

	for (size_t i = 0; i < sizeof(handles) / sizeof(handles[0]); i++)
		uv_close(handles[i], NULL);
	watch_free(steal(&daemon->configuration_watch));
}

static void on_reload_timer(uv_timer_t *timer);

/* The configuration may have changed again while the old one's work came to its end. */
static void continue_with(struct daemon *daemon)
{
	generation_start(daemon->current);
	uv_timer_start(&daemon->reload, on_reload_timer, 0, 0);
}

static void on_ended(struct generation *generation)
{
	struct daemon *daemon = generation->daemon;

	generation_free(generation);
	daemon->current = steal(&daemon->next);
	if (daemon->current && !daemon->stopping)
		continue_with(daemon);
	else
		close_handles(daemon);
}

static void on_client_closed(void *data)
{
	on_ended(data);
}

static void end_if_quiet(struct generation *generation)
{
	if (generation->running == 0 && generation->client)
		client_close(steal(&generation->client), on_client_closed, generation);
}

static void on_runner_stopped(void *data)
{
	struct generation *generation = data;

	generation->running--;
	end_if_quiet(generation);
}

static void on_retry_closed(uv_handle_t *handle)
{
	on_runner_stopped(handle->data);
}

static void generation_stop(struct generation *generation)
{
	generation->running++; /* held by the timer, until all have been told */
	uv_close((uv_handle_t *)&generation->retry, on_retry_closed);
	for (size_t i = 0; i < generation->settings.source_count; i++) {
		struct generation_source *source = &generation->sources[i];

		watch_free(steal(&source->watch));
		if (source->runner)
			runner_stop(steal(&source->runner), on_runner_stopped, generation);
	}
}

static void read_configuration_text(const struct daemon *daemon, struct buffer *text)
{
	cleanup(error) struct error err = ERROR_INIT;

	file_read(daemon->options.config, CONFIGURATION_SIZE_MAX, text, &err); /* the loader tells errors */
}

/* A configuration that is wrong changes nothing: what runs keeps running. */
static void reload(struct daemon *daemon)
{
	cleanup(error) struct error err = ERROR_INIT;
	struct generation *generation;

	if (daemon->stopping || daemon->next)
		return;
	buffer_clear(&daemon->configuration);
	read_configuration_text(daemon, &daemon->configuration);
	generation = generation_new(daemon, &err);
	if (generation == NULL) {
		log_error("%s: %s; the old one stays in force", daemon->options.config, err.message);
		return;
	}
	log_info("%s: read again", daemon->options.config);
	daemon->next = generation;
	generation_stop(daemon->current);
}

static void on_hangup(uv_signal_t *handle, int number)
{
	(void)number;
	reload(handle->data);
}

static void on_reload_timer(uv_timer_t *timer)
{
	struct daemon *daemon = timer->data;
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	read_configuration_text(daemon, &text);
	if (!text_equal(buffer_text(&text), buffer_text(&daemon->configuration)))
		reload(daemon);
}

static void on_configuration_event(void *data)
{
	struct daemon *daemon = data;

	uv_timer_start(&daemon->reload, on_reload_timer, RELOAD_PAUSE_MS, 0);
}

static void on_forgotten_client(void *data)
{
	generation_free(data);
}

static void on_grace_over(uv_timer_t *timer)
{
	struct daemon *daemon = timer->data;

	log_warning("requests are still unanswered after %d s; they are given up", STOP_GRACE_MS / 1000);
	if (daemon->current && daemon->current->client)
		client_abort(daemon->current->client);
}

static void on_stop_signal(uv_signal_t *handle, int number)
{
	struct daemon *daemon = handle->data;
	struct generation *next = steal(&daemon->next);

	if (daemon->stopping) {
		on_grace_over(&daemon->grace);
		return;
	}
	log_info("%s: finishing what is under way", number == SIGINT ? "interrupted" : "asked to stop");
	daemon->stopping = true;
	uv_timer_start(&daemon->grace, on_grace_over, STOP_GRACE_MS, 0);
	if (next)
		client_close(steal(&next->client), on_forgotten_client, next);
	else
		generation_stop(daemon->current);
}

static void start_handles(struct daemon *daemon)
{
	cleanup(error) struct error err = ERROR_INIT;

	uv_signal_init(&daemon->loop, &daemon->hangup);
	uv_signal_init(&daemon->loop, &daemon->interrupt);
	uv_signal_init(&daemon->loop, &daemon->terminate);
	uv_timer_init(&daemon->loop, &daemon->reload);
	uv_timer_init(&daemon->loop, &daemon->grace);
	daemon->hangup.data = daemon->interrupt.data = daemon->terminate.data = daemon;
	daemon->reload.data = daemon->grace.data = daemon;
	uv_signal_start(&daemon->hangup, on_hangup, SIGHUP);
	uv_signal_start(&daemon->interrupt, on_stop_signal, SIGINT);
	uv_signal_start(&daemon->terminate, on_stop_signal, SIGTERM);
	daemon->configuration_watch =
		watch_file_new(&daemon->loop, daemon->options.config, on_configuration_event, daemon, &err);
	if (daemon->configuration_watch == NULL)
		log_warning("%s; send SIGHUP after a change of the configuration", err.message);
}

static int run(struct daemon *daemon)
{
	cleanup(error) struct error err = ERROR_INIT;

	read_configuration_text(daemon, &daemon->configuration);
	daemon->current = generation_new(daemon, &err);
	if (daemon->current == NULL) {
		failure_print(&err);
		return 1;
	}
	start_handles(daemon);
	generation_start(daemon->current);
	uv_run(&daemon->loop, UV_RUN_DEFAULT);
	log_info("stopped");
	return 0;
}

int command_run(int argc, char **argv)
{
	struct daemon daemon = { .current = NULL };
	int code;

	if (!options_parse_with_config(argc, argv, &words, &daemon.options, &code))
		return code;
	uv_loop_init(&daemon.loop);
	code = run(&daemon);
	buffer_deinit(&daemon.configuration);
	uv_loop_close(&daemon.loop);
	return code;
}
