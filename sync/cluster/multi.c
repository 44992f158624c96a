#include "sync/cluster/multi.h"

#include <assert.h>
#include <stdbool.h>

#include "base/memory.h"

struct multi {
	uv_loop_t *loop;
	CURLM *curl;
	uv_timer_t timer;
	uv_idle_t soon; /* for a timer of 0: libuv runs such timers again and again before it looks at sockets */
	multi_callback *on_done;
	unsigned open; /* uv handles: sockets, timer, idle */
	void (*closed)(void *data); /* NULL while open */
	void *closed_data;
};

struct socket { /* one of libcurl's; it opens and closes the descriptor itself */
	uv_poll_t poll;
	struct multi *multi;
	curl_socket_t descriptor;
};

static void on_handle_closed(struct multi *multi)
{
	void (*closed)(void *data) = multi->closed;
	void *data = multi->closed_data;

	if (--multi->open > 0 || closed == NULL)
		return;
	free(multi);
	closed(data);
}

static void on_socket_closed(uv_handle_t *handle)
{
	struct socket *socket = handle->data;
	struct multi *multi = socket->multi;

	free(socket);
	on_handle_closed(multi);
}

static void on_own_closed(uv_handle_t *handle)
{
	on_handle_closed(handle->data);
}

/* The callback may add, remove and close. */
static void hand_over_done(struct multi *multi)
{
	CURLMsg *message;
	int left;

	while (multi->closed == NULL && (message = curl_multi_info_read(multi->curl, &left))) {
		CURL *easy = message->easy_handle;
		CURLcode code = message->data.result;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_multi_remove_handle(multi->curl, easy);
		multi->on_done(easy, code);
	}
}

static void on_socket_event(uv_poll_t *poll, int status, int events)
{
	struct socket *socket = poll->data;
	struct multi *multi = socket->multi;
	int flags = 0, running;

	if (status < 0)
		flags |= CURL_CSELECT_ERR;
	if (events & UV_READABLE)
		flags |= CURL_CSELECT_IN;
	if (events & UV_WRITABLE)
		flags |= CURL_CSELECT_OUT;
	curl_multi_socket_action(multi->curl, socket->descriptor, flags, &running);
	hand_over_done(multi); /* `socket` may be closing by now */
}

static void on_timeout(struct multi *multi)
{
	int running;

	curl_multi_socket_action(multi->curl, CURL_SOCKET_TIMEOUT, 0, &running);
	hand_over_done(multi);
}

static void on_timer(uv_timer_t *timer)
{
	on_timeout(timer->data);
}

static void on_soon(uv_idle_t *soon)
{
	uv_idle_stop(soon);
	on_timeout(soon->data);
}

static int on_timer_wanted(CURLM *curl, long timeout_ms, void *data)
{
	struct multi *multi = data;

	(void)curl;
	uv_timer_stop(&multi->timer);
	uv_idle_stop(&multi->soon);
	if (timeout_ms == 0)
		uv_idle_start(&multi->soon, on_soon);
	else if (timeout_ms > 0)
		uv_timer_start(&multi->timer, on_timer, (uint64_t)timeout_ms, 0);
	return 0;
}

static struct socket *socket_new(struct multi *multi, curl_socket_t descriptor)
{
	struct socket *socket = memory_new(sizeof(*socket));

	socket->multi = multi;
	socket->descriptor = descriptor;
	socket->poll.data = socket;
	if (uv_poll_init_socket(multi->loop, &socket->poll, descriptor) < 0) {
		free(socket);
		return NULL;
	}
	multi->open++;
	curl_multi_assign(multi->curl, descriptor, socket);
	return socket;
}

/* libcurl closes the descriptor right after CURL_POLL_REMOVE, and the number may come back with the next socket;
 * uv_close() stops the watch at once, only its memory stays for a turn. */
static int on_socket_wanted(CURL *easy, curl_socket_t descriptor, int what, void *data, void *socket_data)
{
	struct multi *multi = data;
	struct socket *socket = socket_data;
	int events = 0;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (socket)
			uv_close((uv_handle_t *)&socket->poll, on_socket_closed);
		curl_multi_assign(multi->curl, descriptor, NULL);
		return 0;
	}
	if (socket == NULL)
		socket = socket_new(multi, descriptor);
	if (socket == NULL)
		return -1;
	if (what & CURL_POLL_IN)
		events |= UV_READABLE;
	if (what & CURL_POLL_OUT)
		events |= UV_WRITABLE;
	return uv_poll_start(&socket->poll, events, on_socket_event) < 0 ? -1 : 0;
}

struct multi *multi_new(uv_loop_t *loop, multi_callback *on_done)
{
	struct multi *multi = memory_new(sizeof(*multi));

	multi->loop = loop;
	multi->on_done = on_done;
	multi->curl = curl_multi_init();
	if (multi->curl == NULL)
		abort();
	curl_multi_setopt(multi->curl, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
	curl_multi_setopt(multi->curl, CURLMOPT_SOCKETFUNCTION, on_socket_wanted);
	curl_multi_setopt(multi->curl, CURLMOPT_SOCKETDATA, multi);
	curl_multi_setopt(multi->curl, CURLMOPT_TIMERFUNCTION, on_timer_wanted);
	curl_multi_setopt(multi->curl, CURLMOPT_TIMERDATA, multi);
	uv_timer_init(loop, &multi->timer);
	uv_idle_init(loop, &multi->soon);
	multi->timer.data = multi->soon.data = multi;
	multi->open = 2;
	return multi;
}

void multi_close(struct multi *multi, void (*closed)(void *data), void *data)
{
	assert(multi->closed == NULL);
	multi->closed = closed;
	multi->closed_data = data;
	curl_multi_cleanup(multi->curl); /* gives the sockets back by on_socket_wanted() */
	multi->curl = NULL;
	uv_close((uv_handle_t *)&multi->timer, on_own_closed);
	uv_close((uv_handle_t *)&multi->soon, on_own_closed);
}

void multi_add(struct multi *multi, CURL *easy)
{
	CURLMcode code = curl_multi_add_handle(multi->curl, easy);

	if (code != CURLM_OK)
		abort(); /* out of memory, or a handle that was added before */
}

void multi_remove(struct multi *multi, CURL *easy)
{
	curl_multi_remove_handle(multi->curl, easy);
}
