/* Runs an exec credential plugin on the loop: `command args`, no shell, nothing
 * on its stdin, its answer bounded, and killed with its children when it takes
 * too long. One run is one object. */
#pragma once

#include <stdint.h>
#include <uv.h>

#include "sync/cluster/exec_credential.h"

enum { EXEC_PLUGIN_DEADLINE_MS = 60 * 1000, EXEC_PLUGIN_OUTPUT_MAX = 1024 * 1024 };

struct exec_plugin;

/* Called exactly once, on the loop, never before exec_plugin_run() has returned, when nothing of the run is left
 * on the loop. `answer` is NULL after an error, and then `err` tells; it may be moved out of. */
typedef void exec_plugin_callback(void *data, struct exec_answer *answer, const struct error *err);

/* `connection` (with its exec) must stay until the callback. */
struct exec_plugin *exec_plugin_run(uv_loop_t *loop, const struct connection *connection, uint64_t deadline_ms,
				    exec_plugin_callback *callback, void *data);

/* Kills it; the callback comes with ERROR_CANCELLED. */
void exec_plugin_cancel(struct exec_plugin *plugin);
