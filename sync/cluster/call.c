#include "sync/cluster/call.h"

#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/cluster/refusal.h"
#include "sync/cluster/retry.h"
#include "sync/cluster/unreachable.h"

/*   call_new --> QUEUED --admitted--> SENDING --2xx, or a final "no"-----------> DONE
 *                 ^  ^                   |   \--worth another try--> WAITING
 *                 |  \--401, next page---/                              |
 *                 \---------------------------------------delay over----/
 *
 *   QUEUED, SENDING, WAITING --call_end()--> ENDING --next turn of the loop----> DONE
 *   QUEUED, WAITING --deadline (counted from the first try)--------------------> DONE
 *
 * DONE is entered by finish() only, which calls back; then the timer closes and the call is freed. */
enum call_state { CALL_QUEUED, CALL_SENDING, CALL_WAITING, CALL_ENDING, CALL_DONE };

struct client_call {
	struct client *client;
	struct client_call *previous, *next; /* in the client's list */
	enum call_state state;
	struct window_ticket ticket;
	uv_timer_t timer; /* WAITING: the delay; QUEUED: the deadline; ENDING: the next turn */

	const struct method *method;
	char *path, *body;
	bool is_write, once;
	struct list *list; /* NULL: no LIST */
	client_callback *callback;
	void *data;

	struct http_exchange *exchange; /* while SENDING */
	uint64_t generation; /* of the credential it went with */
	bool renewed; /* has met a 401 */
	unsigned tries;
	uint64_t started, deadline; /* 0 before the first try */
	struct error err; /* why the last try failed, or the call ends */
	long status; /* of the last try */
};

static const struct method {
	const char *name, *content_type;
} methods[] = {
	[CLIENT_GET] = { "GET", NULL },
	[CLIENT_POST] = { "POST", "application/json" },
	[CLIENT_PUT] = { "PUT", "application/json" },
	[CLIENT_PATCH_MERGE] = { "PATCH", "application/merge-patch+json" },
	[CLIENT_DELETE] = { "DELETE", "application/json" },
};

static void on_timer(uv_timer_t *timer);

static void start_timer(struct client_call *call, uint64_t delay)
{
	uv_timer_start(&call->timer, on_timer, delay, 0);
}

static void on_timer_closed(uv_handle_t *handle)
{
	struct client_call *call = handle->data;
	struct client *client = call->client;

	if (call->previous)
		call->previous->next = call->next;
	else
		client->calls = call->next;
	if (call->next)
		call->next->previous = call->previous;
	free(call->path);
	if (call->body)
		explicit_bzero(call->body, strlen(call->body)); /* may hold a Secret */
	free(call->body);
	list_free(call->list);
	error_deinit(&call->err);
	client_forget(client);
	free(call);
}

static void finish(struct client_call *call, const json_t *body, const struct error *err)
{
	struct client_response response = { .status = call->status, .body = body };

	assert(call->state != CALL_DONE);
	call->state = CALL_DONE;
	call->callback(call->data, &response, err);
	uv_close((uv_handle_t *)&call->timer, on_timer_closed);
}

static void queue(struct client_call *call)
{
	uint64_t now = time_monotonic_ms();

	call->state = CALL_QUEUED;
	window_queue(&call->client->window, &call->ticket);
	if (call->deadline)
		start_timer(call, call->deadline > now ? call->deadline - now : 0);
	client_wake(call->client);
}

/* The last error stands, with how long we tried. */
static void give_up(struct client_call *call)
{
	cleanup(free) char *duration = duration_text_new(time_monotonic_ms() - call->started);
	cleanup(free) char *reason = steal(&call->err.message);

	error_set(&call->err, call->err.code == ERROR_NONE ? ERROR_TIMEOUT : call->err.code,
		  "%s; gave up after %s (%u %s)", reason ? reason : "no turn came", duration, call->tries,
		  call->tries == 1 ? "try" : "tries");
	window_withdraw(&call->client->window, &call->ticket);
	finish(call, NULL, &call->err);
}

static void on_timer(uv_timer_t *timer)
{
	struct client_call *call = timer->data;

	switch (call->state) {
	case CALL_WAITING:
		queue(call);
		break;
	case CALL_QUEUED:
		give_up(call);
		break;
	case CALL_ENDING:
		finish(call, NULL, &call->err);
		break;
	case CALL_SENDING:
	case CALL_DONE:
		break;
	}
}

/* Waits as long as the back-off says, or the server when that is longer. */
static void try_again(struct client_call *call, const struct http_answer *answer)
{
	uint64_t now = time_monotonic_ms();
	uint64_t delay;
	uint32_t chance = 0;

	uv_random(NULL, NULL, &chance, sizeof(chance), 0, NULL);
	delay = retry_delay_ms(call->tries, chance);
	if (answer->retry_after_ms > delay)
		delay = answer->retry_after_ms;
	if (now + delay >= call->deadline) {
		give_up(call);
		return;
	}
	call->client->counters.retries++;
	call->state = CALL_WAITING;
	start_timer(call, delay);
}

/* A new page has its own deadline and tries. */
static void next_page(struct client_call *call)
{
	free(call->path);
	call->path = list_path_new(call->list);
	call->deadline = 0;
	call->tries = 0;
	call->renewed = false;
	error_deinit(&call->err);
	queue(call);
}

static void on_page(struct client_call *call, const json_t *body)
{
	switch (list_take(call->list, body, &call->err)) {
	case LIST_MORE:
		next_page(call);
		break;
	case LIST_WHOLE:
		finish(call, body, NULL);
		break;
	case LIST_BROKEN:
		finish(call, body, &call->err);
		break;
	case LIST_STOPPED: /* call_end() was called from a handler */
		break;
	}
}

static void on_success(struct client_call *call, const struct http_answer *answer)
{
	cleanup(json) json_t *body = json_loadb(answer->text, answer->length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	error_deinit(&call->err);
	if (call->list)
		on_page(call, body);
	else
		finish(call, body, NULL);
}

static bool restart_list(struct client_call *call)
{
	if (call->status != 410 || call->list == NULL || !list_restart(call->list))
		return false;
	if (!call->list->stopped)
		next_page(call);
	return true;
}

static bool renew_credentials(struct client_call *call)
{
	if (call->status != 401 || call->renewed || !credentials_reject(call->client->credentials, call->generation))
		return false;
	call->renewed = true;
	queue(call);
	return true;
}

static void on_refusal(struct client_call *call, const struct http_answer *answer)
{
	const struct connection *connection = &call->client->connection;
	cleanup(json) json_t *body = NULL;
	struct refusal refusal = {
		.status = answer->status, .method = call->method->name, .path = call->path, .text = answer->text
	};

	if (restart_list(call) || renew_credentials(call))
		return;
	body = json_loadb(answer->text, answer->length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	refusal.body = body;
	refusal_error(&refusal, &call->err);
	if (answer->status == 401)
		error_wrap(&call->err, "%s does not accept the credentials of user \"%s\"", connection->server,
			   connection->user ? connection->user : "");
	if (retry_status_passes(answer->status) && (!call->once || retry_status_is_undone(answer->status)))
		try_again(call, answer);
	else
		finish(call, body, &call->err);
}

static void on_no_answer(struct client_call *call, const struct http_answer *answer)
{
	const struct connection *connection = &call->client->connection;
	struct unreachable unreachable = { .code = answer->code,
					   .os_error = answer->os_error,
					   .detail = answer->problem,
					   .server = connection->server,
					   .proxy_url = connection->proxy_url };

	call->status = 0;
	unreachable_error(&unreachable, &call->err);
	if (retry_network_passes(answer->code) && (!call->once || retry_network_is_unsent(answer->code)))
		try_again(call, answer);
	else
		finish(call, NULL, &call->err);
}

static enum window_outcome outcome_of(const struct http_answer *answer)
{
	if (answer->code != CURLE_OK || answer->status >= 500)
		return WINDOW_LOST;
	return answer->status == 429 ? WINDOW_THROTTLED : WINDOW_ANSWERED;
}

static void on_answer(void *data, const struct http_answer *answer)
{
	struct client_call *call = data;
	struct client *client = call->client;

	call->exchange = NULL;
	call->status = answer->status;
	client->counters.connections = http_connections(client->http);
	window_release(&client->window, &call->ticket, outcome_of(answer));
	if (retry_status_passes(answer->status) && answer->retry_after_ms)
		window_hold(&client->window, time_monotonic_ms() + answer->retry_after_ms);
	client_wake(client);
	if (answer->code != CURLE_OK)
		on_no_answer(call, answer);
	else if (answer->status >= 200 && answer->status < 300)
		on_success(call, answer);
	else
		on_refusal(call, answer);
}

void call_send(struct client_call *call, const struct credential *credential)
{
	struct client *client = call->client;
	uint64_t now = time_monotonic_ms(), left;
	struct http_request request = { .method = call->method->name,
					.path = call->path,
					.content_type = call->body ? call->method->content_type : NULL,
					.body = call->body,
					.body_length = call->body ? strlen(call->body) : 0,
					.once = call->once,
					.credential = *credential };

	assert(call->state == CALL_QUEUED);
	uv_timer_stop(&call->timer);
	if (call->deadline == 0) {
		call->started = now;
		call->deadline = now + client->settings.deadline_ms;
	}
	left = call->deadline > now ? call->deadline - now : 1;
	request.timeout_ms = left < client->settings.attempt_timeout_ms ? left : client->settings.attempt_timeout_ms;
	call->state = CALL_SENDING;
	call->tries++;
	call->generation = credential->generation;
	client->counters.requests++;
	client->counters.writes += call->is_write;
	call->exchange = http_start(client->http, &request, on_answer, call);
}

void call_end(struct client_call *call, const struct error *err)
{
	if (call->state == CALL_ENDING || call->state == CALL_DONE)
		return;
	if (call->exchange) {
		http_abort(steal(&call->exchange));
		window_release(&call->client->window, &call->ticket, WINDOW_LOST);
		client_wake(call->client);
	}
	window_withdraw(&call->client->window, &call->ticket);
	if (call->list)
		list_stop(call->list);
	error_copy(&call->err, err);
	call->status = 0;
	call->state = CALL_ENDING;
	start_timer(call, 0);
}

struct client_call *call_of_ticket(struct window_ticket *ticket)
{
	return (struct client_call *)((char *)ticket - offsetof(struct client_call, ticket));
}

struct client_call *call_next(const struct client_call *call)
{
	return call->next;
}

struct client_call *call_new(struct client *client, const struct client_request *request, client_callback *callback,
			     void *data, struct list *list)
{
	struct client_call *call = memory_new(sizeof(*call));

	assert(request->path[0] == '/' && (size_t)request->method < sizeof(methods) / sizeof(methods[0]));
	call->client = client;
	call->method = &methods[request->method];
	call->path = list ? list_path_new(list) : string_copy(request->path);
	call->body = request->body ? json_text_new(request->body) : NULL;
	call->is_write = request->method != CLIENT_GET && strstr(request->path, "dryRun=") == NULL;
	call->once = request->once;
	call->callback = callback;
	call->data = data;
	call->list = list;
	uv_timer_init(client->loop, &call->timer);
	call->timer.data = call;
	call->next = client->calls;
	if (call->next)
		call->next->previous = call;
	client->calls = call;
	call->state = CALL_WAITING;
	if (!client->closing)
		queue(call);
	return call;
}
