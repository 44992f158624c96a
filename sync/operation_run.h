/* One operation on its way: noted, asked for, and followed to its end; never twice. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "sync/cluster/client.h"
#include "sync/plan.h"

struct operation_run_settings {
	uv_loop_t *loop;
	struct client *client;
	const struct desired *desired; /* machines that are still to come; outlives the run */
	const char *commit;
	uint64_t wait_ms; /* for the machine to be there and at rest, and again for the end to show */
	const bool *stopping; /* true: what is asked for is noted down, nothing more begins */
};

/* The operation's stage, and the ledger, tell the outcome. Called once, never before operation_run_start() has
 * returned. */
typedef void operation_run_callback(void *data);

/* The operation is open and one of the lab's, which both outlive the run; nobody else writes the lab's parent
 * meanwhile, or is stopped by that of its resourceVersion. */
void operation_run_start(const struct operation_run_settings *settings, struct lab_plan *lab,
			 struct plan_operation *operation, operation_run_callback *callback, void *data);
