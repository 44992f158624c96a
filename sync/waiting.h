/* Labs that come after others: one that depends on labs is written once all of
 * them are Ready, and one that labs depend on is removed after those. Pure.
 *
 * A lab with nothing to write waits for nobody. */
#pragma once

#include <stddef.h>

#include "sync/live_set.h"
#include "sync/plan.h"

/* Marks those that have something to write and have to wait. */
void waiting_begin(struct plan *plan);
/* Sets the state and the reason of those that wait, by the state of what they wait for. */
void waiting_judge(struct plan *plan, const struct live_set *live);
/* Lets those go that have nothing in front of them any more; true when there is one. All others have been written or
 * tried, and are judged. */
bool waiting_release(struct plan *plan, const struct live_set *live);
