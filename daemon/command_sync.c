#include "daemon/command_sync.h"

#include <stdio.h>

#include "base/text.h"
#include "daemon/connect.h"
#include "daemon/options.h"
#include "daemon/runner.h"

static const struct command_words words = {
	.flags = "config kubeconfig context source dry-run allow-prune",
	.usage = "usage: labsync sync --config FILE [--kubeconfig FILE] [--context NAME] [--source NAME]\n"
		 "                    [--dry-run] [--allow-prune]\n\n"
		 "Makes the cluster equal to the head of each source once, and waits for the labs.\n"
		 "Exit code 0: every lab is Ready; 1: something is not; 2: wrong usage.\n"
};

struct sync {
	uv_loop_t loop;
	struct daemon_settings settings;
	struct options options;
	struct client *client;
	size_t running;
	uv_signal_t interrupt, terminate;
	bool failed, stopping;
};

static void on_client_closed(void *data)
{
	(void)data;
}

static void on_runner_stopped(void *data)
{
	struct sync *sync = data;

	if (--sync->running > 0)
		return;
	uv_close((uv_handle_t *)&sync->interrupt, NULL);
	uv_close((uv_handle_t *)&sync->terminate, NULL);
	client_close(sync->client, on_client_closed, NULL);
}

struct sync_source {
	struct sync *sync;
	struct runner *runner;
	bool finished;
};

static void stop_source(struct sync_source *source)
{
	if (source->finished)
		return;
	source->finished = true;
	runner_stop(source->runner, on_runner_stopped, source->sync);
}

static void on_report(void *data, enum verdict verdict, const char *text)
{
	struct sync_source *source = data;

	if (verdict == VERDICT_PROGRESSING && !source->sync->options.dry_run)
		return; /* the end is told in full */
	if (verdict != VERDICT_READY && !(source->sync->options.dry_run && verdict == VERDICT_PROGRESSING))
		source->sync->failed = true;
	fputs(text, stdout);
	fflush(stdout);
}

static void on_finished(void *data, const struct error *err)
{
	struct sync_source *source = data;

	if (err) {
		failure_print(err);
		source->sync->failed = true;
	}
	stop_source(source);
}

static void on_signal(uv_signal_t *handle, int number)
{
	struct sync *sync = handle->data;

	(void)number;
	sync->failed = true;
	sync->stopping = true;
	uv_stop(&sync->loop);
}

static bool start_source(struct sync *sync, const struct source_settings *source, struct sync_source *slot,
			 struct error *err)
{
	const struct runner_settings settings = { .loop = &sync->loop,
						  .client = sync->client,
						  .settings = &sync->settings,
						  .source = source,
						  .mode = sync->options.dry_run ? RUNNER_DRY_RUN : RUNNER_ONCE,
						  .allow_prune = sync->options.allow_prune,
						  .on_report = on_report,
						  .on_finished = on_finished,
						  .data = slot };

	*slot = (struct sync_source){ .sync = sync };
	slot->runner = runner_start(&settings, err);
	if (slot->runner)
		sync->running++;
	else
		slot->finished = true;
	return slot->runner != NULL;
}

static void start_signals(struct sync *sync)
{
	uv_signal_init(&sync->loop, &sync->interrupt);
	uv_signal_init(&sync->loop, &sync->terminate);
	sync->interrupt.data = sync->terminate.data = sync;
	uv_signal_start(&sync->interrupt, on_signal, SIGINT);
	uv_signal_start(&sync->terminate, on_signal, SIGTERM);
}

/* Starts the chosen sources; how many were chosen. */
static size_t start_sources(struct sync *sync, struct sync_source *slots)
{
	size_t chosen = 0;

	for (size_t i = 0; i < sync->settings.source_count; i++) {
		const struct source_settings *source = &sync->settings.sources[i];
		cleanup(error) struct error err = ERROR_INIT;

		slots[i].finished = true;
		if (sync->options.source && !text_equal(sync->options.source, source->name))
			continue;
		chosen++;
		if (!start_source(sync, source, &slots[i], &err)) {
			fprintf(stderr, "labsync: error: source %s: %s\n", source->name, err.message);
			sync->failed = true;
		}
	}
	return chosen;
}

static int run_sources(struct sync *sync)
{
	struct sync_source *slots = memory_new_array(sync->settings.source_count, sizeof(*slots));

	start_signals(sync);
	sync->running = 1; /* held by this function until all are started */
	if (start_sources(sync, slots) == 0) {
		fprintf(stderr, "labsync: error: the configuration has no source \"%s\"\n", sync->options.source);
		sync->failed = true;
	}
	on_runner_stopped(sync);
	uv_run(&sync->loop, UV_RUN_DEFAULT);
	if (sync->stopping) {
		for (size_t i = 0; i < sync->settings.source_count; i++)
			stop_source(&slots[i]);
		uv_run(&sync->loop, UV_RUN_DEFAULT);
	}
	free(slots);
	return sync->failed ? 1 : 0;
}

int command_sync(int argc, char **argv)
{
	struct sync sync = { .client = NULL };
	cleanup(error) struct error err = ERROR_INIT;
	int code = 1;

	if (!options_parse_with_config(argc, argv, &words, &sync.options, &code))
		return code;
	if (!options_load_settings(&sync.options, &sync.settings))
		return 1;
	uv_loop_init(&sync.loop);
	sync.client =
		connect_cluster(&sync.loop, sync.settings.kubeconfig, sync.settings.context, CONNECT_PATIENT, &err);
	if (sync.client)
		code = run_sources(&sync);
	else
		failure_print(&err);
	uv_loop_close(&sync.loop);
	settings_deinit(&sync.settings);
	return code;
}
