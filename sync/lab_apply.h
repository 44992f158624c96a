/* One lab's plan on its way to the cluster: inventory widened, writes wave by
 * wave, removals in reverse. Labs run side by side; one that fails does not
 * hold the others. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "sync/cluster/client.h"
#include "sync/plan.h"

struct lab_apply_settings {
	uv_loop_t *loop;
	struct client *client;
	const char *cluster, *source, *commit;
	bool dry_run;
	uint64_t wait_ms; /* for deleted objects to be gone */
	const bool *stopping; /* true: what is in flight ends, nothing more begins */
};

typedef void lab_apply_callback(void *data);

/* True when there is something to write, or to check by dry run. */
bool lab_apply_is_needed(struct lab_plan *lab, bool dry_run);

/* Needs lab_apply_is_needed(). The steps hold the outcome. `callback` comes once, never before this has returned. */
void lab_apply_start(const struct lab_apply_settings *settings, struct lab_plan *lab, lab_apply_callback *callback,
		     void *data);
