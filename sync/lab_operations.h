/* A lab's operations on their way: one after the other, in the order in which Git lists them. */
#pragma once

#include "sync/operation_run.h"

typedef void lab_operations_callback(void *data);

/* False when there is none that can begin now. Otherwise `callback` comes once, never before this has returned. Then, or
 * when it was false, none is open any more; but where labsync is to stop. */
bool lab_operations_start(const struct operation_run_settings *settings, struct lab_plan *lab,
			  lab_operations_callback *callback, void *data);
