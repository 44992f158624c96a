/* The Kubernetes API over HTTP/2: many requests in flight over one
 * connection, on a libuv loop, with libcurl's multi interface.
 *
 * The client retries what is worth retrying, with back-off and jitter: 429 and
 * 503 (Retry-After honoured for all requests), 500, 502, 504, refused and lost connections
 * - for reads and for writes alike, since every write of ours but those that say otherwise is idempotent (a POST that met
 * 409 AlreadyExists after a lost answer is for the caller to sort out). It gives up
 * after settings.deadline_ms. 401 refreshes the credentials once. It does not retry 409. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "sync/cluster/connection.h"

struct client;

enum client_method { CLIENT_GET, CLIENT_POST, CLIENT_PUT, CLIENT_PATCH_MERGE, CLIENT_DELETE };

struct client_request {
	enum client_method method;
	const char *path; /* "/api/v1/namespaces/x/secrets?fieldManager=labsync"; copied */
	const json_t *body; /* NULL: none; written out before the call returns */
	bool once; /* not to be done twice: tried again only where no server can have done it */
};

struct client_response {
	long status; /* HTTP status; 0 when no answer came */
	const json_t *body; /* borrowed for the callback; NULL when there is none or it is no JSON */
};

/* Called exactly once, never before client_send() has returned. `err` is NULL for 2xx; for others it has the
 * Status object's message and a code: 400, 422 INVALID; 401, 403 REFUSED; 404, 410 NOT_FOUND;
 * 409 CONFLICT; 429, 5xx, network UNAVAILABLE; deadline TIMEOUT; client_cancel() CANCELLED. */
typedef void client_callback(void *data, const struct client_response *response, const struct error *err);

struct client_call;

struct client_settings {
	unsigned in_flight_max; /* 0: 32 */
	uint64_t deadline_ms; /* of one request with its retries; 0: 60000 */
	uint64_t attempt_timeout_ms; /* of one try; 0: 30000 */
	const char *user_agent;
};

struct client_counters {
	uint64_t requests; /* tries sent, in all */
	uint64_t writes; /* of them POST, PUT, PATCH, DELETE that are no dry run */
	uint64_t retries;
	uint64_t connections; /* opened, in all */
};

/* Takes over `connection` (it is emptied). The caller closes. */
struct client *client_new(uv_loop_t *loop, struct connection *connection, const struct client_settings *settings,
			  struct error *err);
/* Cancels everything in flight (callbacks come with CANCELLED, on the loop, before `closed`);
 * `closed` is called when the loop holds nothing of the client any more. */
void client_close(struct client *client, void (*closed)(void *data), void *data);

/* Ends all calls with CANCELLED, those in flight and those to come; the client still has to be closed. */
void client_abort(struct client *client);

struct client_call *client_send(struct client *client, const struct client_request *request,
				client_callback *callback, void *data);
void client_cancel(struct client_call *call);
const struct client_counters *client_counters(const struct client *client);
/* "https://host:port" for messages. */
const char *client_server(const struct client *client);

/* LIST with paging (limit=500, continue). Calls `on_item` per item (borrowed) as pages come, then `callback` once:
 * its response is the last page's. An expired continue token starts over: `on_restart` is called first so
 * that the caller forgets what it has. Any failure means the list is not whole. */
struct client_list_handlers {
	void (*on_item)(void *data, json_t *item);
	void (*on_restart)(void *data);
	client_callback *callback;
};
/* `path` may hold a query ("?labelSelector=..."). Returns a call that can be cancelled. */
struct client_call *client_list(struct client *client, const char *path, const struct client_list_handlers *handlers,
				void *data);
