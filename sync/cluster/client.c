#include "sync/cluster/client.h"

#include <assert.h>

#include "base/time.h"
#include "sync/cluster/call.h"

enum { IN_FLIGHT_MAX = 32, DEADLINE_MS = 60 * 1000, ATTEMPT_TIMEOUT_MS = 30 * 1000 };

static const struct error cancelled = { .code = ERROR_CANCELLED, .message = (char *)"cancelled" };

static void fail_queue(struct client *client, const struct error *err)
{
	while (client->window.first)
		call_end(call_of_ticket(client->window.first), err);
}

static void on_gate(uv_timer_t *gate)
{
	client_wake(gate->data);
}

/* Lets go as many as may. */
static void on_pump(uv_idle_t *pump)
{
	struct client *client = pump->data;
	cleanup(error) struct error err = ERROR_INIT;

	uv_idle_stop(pump);
	while (client->window.first) {
		uint64_t now = time_monotonic_ms();
		struct window_ticket *ticket;
		struct credential credential;
		enum credentials_outcome outcome = credentials_get(client->credentials, &credential, &err);

		if (outcome == CREDENTIALS_FAILED)
			fail_queue(client, &err);
		if (outcome != CREDENTIALS_GOOD)
			return;
		ticket = window_admit(&client->window, now);
		if (ticket == NULL) {
			if (window_is_held(&client->window, now))
				uv_timer_start(&client->gate, on_gate, client->window.held_until - now, 0);
			return;
		}
		call_send(call_of_ticket(ticket), &credential);
	}
}

void client_wake(struct client *client)
{
	if (!client->closing)
		uv_idle_start(&client->pump, on_pump);
}

static void on_credentials_ready(void *data)
{
	client_wake(data);
}

static struct client_settings complete(const struct client_settings *given)
{
	struct client_settings settings = { .in_flight_max = IN_FLIGHT_MAX,
					    .deadline_ms = DEADLINE_MS,
					    .attempt_timeout_ms = ATTEMPT_TIMEOUT_MS };

	if (given && given->in_flight_max)
		settings.in_flight_max = given->in_flight_max;
	if (given && given->deadline_ms)
		settings.deadline_ms = given->deadline_ms;
	if (given && given->attempt_timeout_ms)
		settings.attempt_timeout_ms = given->attempt_timeout_ms;
	return settings;
}

struct client *client_new(uv_loop_t *loop, struct connection *connection, const struct client_settings *settings,
			  struct error *err)
{
	struct client *client = memory_new(sizeof(*client));
	const char *user_agent = settings ? settings->user_agent : NULL;

	client->loop = loop;
	client->connection = *connection;
	*connection = (struct connection){ .server = NULL };
	client->settings = complete(settings);
	client->http = http_new(loop, &client->connection, user_agent ? user_agent : "labsync/" LABSYNC_VERSION, err);
	if (client->http == NULL) {
		connection_deinit(&client->connection);
		free(client);
		return NULL;
	}
	client->credentials = credentials_new(loop, &client->connection, on_credentials_ready, client);
	window_init(&client->window, client->settings.in_flight_max);
	uv_idle_init(loop, &client->pump);
	uv_timer_init(loop, &client->gate);
	client->pump.data = client->gate.data = client;
	client->open = 4;
	return client;
}

static void on_part_closed(void *data)
{
	struct client *client = data;
	void (*closed)(void *data) = client->closed;
	void *closed_data = client->closed_data;

	if (--client->open > 0)
		return;
	connection_deinit(&client->connection);
	free(client);
	closed(closed_data);
}

static void on_own_closed(uv_handle_t *handle)
{
	on_part_closed(handle->data);
}

/* When the last call is gone. */
static void shut(struct client *client)
{
	uv_close((uv_handle_t *)&client->pump, on_own_closed);
	uv_close((uv_handle_t *)&client->gate, on_own_closed);
	http_close(client->http, on_part_closed, client);
	credentials_close(client->credentials, on_part_closed, client);
}

void client_forget(struct client *client)
{
	if (client->closing && client->calls == NULL)
		shut(client);
}

void client_close(struct client *client, void (*closed)(void *data), void *data)
{
	assert(!client->closing);
	client->closing = true;
	client->closed = closed;
	client->closed_data = data;
	uv_idle_stop(&client->pump);
	uv_timer_stop(&client->gate);
	for (struct client_call *call = client->calls; call; call = call_next(call))
		call_end(call, &cancelled);
	if (client->calls == NULL)
		shut(client);
}

void client_abort(struct client *client)
{
	client->aborted = true;
	for (struct client_call *call = client->calls; call; call = call_next(call))
		call_end(call, &cancelled);
}

struct client_call *client_send(struct client *client, const struct client_request *request,
				client_callback *callback, void *data)
{
	struct client_call *call = call_new(client, request, callback, data, NULL);

	if (client->closing || client->aborted)
		call_end(call, &cancelled);
	return call;
}

struct client_call *client_list(struct client *client, const char *path, const struct client_list_handlers *handlers,
				void *data)
{
	struct client_request request = { .method = CLIENT_GET, .path = path };
	struct list *list = list_new(path, handlers, data);
	struct client_call *call = call_new(client, &request, handlers->callback, data, list);

	if (client->closing || client->aborted)
		call_end(call, &cancelled);
	return call;
}

void client_cancel(struct client_call *call)
{
	call_end(call, &cancelled);
}

const struct client_counters *client_counters(const struct client *client)
{
	return &client->counters;
}

const char *client_server(const struct client *client)
{
	return client->connection.server;
}
