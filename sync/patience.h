/* How long a lab is given to become ready. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "sync/plan.h"

struct patience {
	uint64_t limit_ms;
	uint64_t give_up_at; /* monotonic: when it counts as not getting ready any more */
	uint64_t degraded_since; /* monotonic; 0 while it is not */
};

/* Something was done to the lab: its time begins anew. */
void patience_renew(struct patience *patience);
/* Nothing more will come by waiting. The lab has been judged; one that is out of time becomes Degraded. */
bool patience_is_settled(struct patience *patience, struct lab_plan *lab);
