/* One pass: makes the cluster equal to one commit, and waits until the labs
 * are ready or it is clear that they will not be. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "sync/cluster/client.h"
#include "sync/desired.h"
#include "sync/plan.h"

struct pass_settings {
	struct plan_settings plan; /* texts outlive the pass; `is_ancestor` is the pass's own */
	const char *directory; /* of the local repository, for the history */
	bool dry_run;
	uint64_t ready_timeout_ms; /* labs that are not ready by then are Degraded */
};

struct pass_events {
	/* Writes are answered and labs are on their way; not called when everything is ready at once. */
	void (*on_progress)(void *data);
	/* The end. `err` says why the pass could not be made, or ERROR_CANCELLED after pass_stop(); NULL when
	 * pass_plan() holds every lab's outcome. */
	void (*on_done)(void *data, const struct error *err);
};

struct pass;

/* Takes `desired` over (it is emptied). Nothing is called before this has returned. */
struct pass *pass_start(uv_loop_t *loop, struct client *client, const struct pass_settings *settings,
			struct desired *desired, const struct pass_events *events, void *data);
/* Finishes the writes in flight and ends with ERROR_CANCELLED. */
void pass_stop(struct pass *pass);
/* Borrowed, until pass_free(). */
struct plan *pass_plan(struct pass *pass);
const struct desired *pass_desired(const struct pass *pass);
/* After on_done; may be called from it. */
void pass_free(struct pass *pass);
