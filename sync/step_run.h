/* One step of a plan on its way to the API server: a create, a patch, a mark or a delete,
 * with the re-reading and re-deciding that a 409 asks for. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "sync/cluster/client.h"
#include "sync/plan.h"

struct step_run_settings {
	uv_loop_t *loop;
	struct client *client;
	const struct identity *identity; /* outlives the run */
	bool dry_run; /* server-side dry run: nothing is kept */
	uint64_t wait_ms; /* for an object that is being deleted to be gone */
	const bool *stopping; /* true: finish what is in flight, begin nothing more */
};

/* The step holds the outcome: `done`, or `error`. Called once, never before step_run_start() has returned. */
typedef void step_run_callback(void *data);

/* The step is open (step_is_open()) and outlives the run. */
void step_run_start(const struct step_run_settings *settings, struct step *step, step_run_callback *callback,
		    void *data);
