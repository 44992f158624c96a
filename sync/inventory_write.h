/* Writes a lab's parent ConfigMap, with its namespace when that is missing. */
#pragma once

#include "base/error.h"
#include "sync/cluster/client.h"
#include "sync/inventory.h"

/* `err` is NULL when it is done. Never called before the starting function has returned. */
typedef void inventory_callback(void *data, const struct error *err);

/* `inventory` outlives the operation; its `live` becomes what was written. */
void inventory_write(struct client *client, struct inventory *inventory, inventory_callback *callback, void *data);
/* Deletes the parent; that it is gone already is no error. */
void inventory_delete(struct client *client, struct inventory *inventory, inventory_callback *callback, void *data);
