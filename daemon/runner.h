/* Keeps one source and the cluster equal: fetches, renders, runs passes, and
 * writes the outcome back as notes. */
#pragma once

#include <stdbool.h>
#include <uv.h>

#include "daemon/settings.h"
#include "sync/cluster/client.h"
#include "sync/report.h"

enum runner_mode {
	RUNNER_FOREVER,
	RUNNER_ONCE, /* one pass, then on_finished */
	RUNNER_DRY_RUN /* one pass that writes nothing */
};

struct runner_settings {
	uv_loop_t *loop;
	struct client *client;
	const struct daemon_settings *settings; /* outlives the runner */
	const struct source_settings *source;
	enum runner_mode mode;
	bool allow_prune;
	/* The text of each outcome: the note's, or the plan's. `verdict` PROGRESSING is on the way. */
	void (*on_report)(void *data, enum verdict verdict, const char *text);
	/* RUNNER_ONCE and RUNNER_DRY_RUN: the work is done, or could not be (`err`). */
	void (*on_finished)(void *data, const struct error *err);
	void *data;
};

struct runner;

/* NULL when the cache cannot be used, with an error. Nothing is called before this has returned. */
struct runner *runner_start(const struct runner_settings *settings, struct error *err);
/* Look at the remote now. */
void runner_poke(struct runner *runner);
/* Finishes the writes in flight, then calls `stopped` and frees the runner. */
void runner_stop(struct runner *runner, void (*stopped)(void *data), void *data);
