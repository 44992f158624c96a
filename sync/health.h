/* How an object on the cluster is doing, by what its controller says of it.
 * Pure: one object in, a verdict out; no clock, so no grace periods. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

enum health_state { HEALTH_READY, HEALTH_PROGRESSING, HEALTH_SUSPENDED, HEALTH_DEGRADED };

struct health {
	enum health_state state;
	char *reason; /* "VirtualMachine r1: ErrorUnschedulable: 0/3 nodes are available"; NULL when ready */
	bool restart_pending; /* it runs, but not yet with all that Git says */
};

#define HEALTH_INIT                                                                                                  \
	{                                                                                                            \
		.state = HEALTH_READY                                                                                \
	}

void health_deinit(struct health *health);
static inline void health_cleanup(struct health *health)
{
	health_deinit(health);
}

/* Judges `live`, which must name its apiVersion and kind. `out` is overwritten,
 * not freed first. A kind without a rule is ready once it is there. A disk that
 * only waits for its first consumer is ready: the machine that is to consume it
 * comes in a later wave. */
void health_of_object(const json_t *live, struct health *out);
