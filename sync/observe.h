/* What the cluster holds of one source: LISTs of every kind, side by side, by label. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "sync/cluster/client.h"
#include "sync/inventory.h"
#include "sync/live_set.h"

struct observation {
	struct live_set *live;
	struct inventory **inventories; /* owned; NULL where one was taken out */
	size_t inventory_count, inventory_capacity;
};

void observation_deinit(struct observation *observation);

enum observe_extent {
	OBSERVE_ALL, /* every kind, and the parents */
	OBSERVE_HEALTH /* only kinds whose health changes by itself */
};

/* `err` is NULL when every LIST was whole: anything less is no view to delete on. */
typedef void observe_callback(void *data, const struct error *err);

/* Fills `observation`, which outlives the operation. A kind that the cluster does not serve has no objects, and
 * is marked as such.
 * Never calls back before it has returned. */
void observe_start(struct client *client, const char *cluster, const char *source, enum observe_extent extent,
		   struct observation *observation, observe_callback *callback, void *data);
/* The kinds of an extent. */
bool observe_covers(enum observe_extent extent, const struct kind *kind);
