/* What the cluster holds of one source: LISTs of every kind, side by side, by label. Kinds that few labs have are
 * listed only where Git wants one, or a lab's parent, which is listed anyway, names one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "sync/cluster/client.h"
#include "sync/inventory.h"
#include "sync/live_set.h"

struct observation {
	struct live_set *live;
	struct kind_set kinds; /* that were listed */
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

struct observe_request {
	const char *cluster, *source; /* outlive the operation */
	enum observe_extent extent;
	struct kind_set wanted; /* of the kinds that few labs have, which to list in any case */
};

/* Fills `observation`, which outlives the operation. A kind that the cluster does not serve, and an occasional one that
 * we may not list, have no objects and are marked as such.
 * Never calls back before it has returned. */
void observe_start(struct client *client, const struct observe_request *request, struct observation *observation,
		   observe_callback *callback, void *data);
