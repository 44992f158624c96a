/* One call of the API: from client_send() to its callback, over as many tries
 * (and for a LIST, pages) as it takes.
 *
 * The client (client.c) owns its calls, lets them go in turn, and is what they
 * share; that is why its fields stand here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "sync/cluster/client.h"
#include "sync/cluster/credentials.h"
#include "sync/cluster/http.h"
#include "sync/cluster/list.h"
#include "sync/cluster/window.h"

struct client {
	uv_loop_t *loop;
	struct connection connection;
	struct client_settings settings; /* without zeros; no user agent */
	struct client_counters counters;
	struct http *http;
	struct credentials *credentials;
	struct window window;
	struct client_call *calls; /* all that are not freed yet */
	uv_idle_t pump; /* lets calls go on the next turn of the loop */
	uv_timer_t gate; /* wakes the pump when a Retry-After is over */
	bool closing, aborted;
	unsigned open; /* of pump, gate, http and credentials */
	void (*closed)(void *data);
	void *closed_data;
};

/* Somebody may be able to go: looks on the next turn of the loop. */
void client_wake(struct client *client);
/* A call is gone from `calls`. */
void client_forget(struct client *client);

struct client_call;

/* Queued, or in a closing client cancelled. Takes over `list` (NULL: no LIST). */
struct client_call *call_new(struct client *client, const struct client_request *request, client_callback *callback,
			     void *data, struct list *list);

struct client_call *call_of_ticket(struct window_ticket *ticket);
struct client_call *call_next(const struct client_call *call);

/* It has been admitted by the window. */
void call_send(struct client_call *call, const struct credential *credential);

/* Ends it with a copy of `err`, on the next turn of the loop; nothing happens when it is over already. */
void call_end(struct client_call *call, const struct error *err);
