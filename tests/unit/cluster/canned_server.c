#include "tests/unit/cluster/canned_server.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct canned_connection {
	uv_tcp_t stream;
	struct canned_server *server;
	struct canned_connection *previous, *next;
	struct buffer request;
	char piece[4096];
};

static void on_connection_closed(uv_handle_t *handle)
{
	struct canned_connection *connection = handle->data;

	if (connection->previous)
		connection->previous->next = connection->next;
	else
		connection->server->connections = connection->next;
	if (connection->next)
		connection->next->previous = connection->previous;
	buffer_deinit(&connection->request);
	free(connection);
}

static void end_connection(struct canned_connection *connection)
{
	if (!uv_is_closing((uv_handle_t *)&connection->stream))
		uv_close((uv_handle_t *)&connection->stream, on_connection_closed);
}

static void on_written(uv_write_t *write, int status)
{
	(void)status;
	free(write);
}

static void answer(struct canned_connection *connection)
{
	struct canned_server *server = connection->server;
	size_t index = server->requests < server->count ? server->requests : server->count - 1;
	const char *text = server->answers[index];
	uv_write_t *write;
	uv_buf_t out;

	buffer_append(&server->heard, connection->request.data, connection->request.length);
	buffer_clear(&connection->request);
	server->requests++;
	if (text == NULL) {
		end_connection(connection);
		return;
	}
	out = uv_buf_init((char *)text, (unsigned)strlen(text));
	write = memory_new(sizeof(*write));
	uv_write(write, (uv_stream_t *)&connection->stream, &out, 1, on_written);
}

/* Header and, by its Content-Length, body. */
static int is_whole(const struct buffer *request)
{
	const char *end = strstr(buffer_text(request), "\r\n\r\n");
	const char *length = strcasestr(buffer_text(request), "content-length:");
	size_t body = length ? strtoul(length + strlen("content-length:"), NULL, 10) : 0;

	return end && request->length >= (size_t)(end - request->data) + 4 + body;
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *piece)
{
	struct canned_connection *connection = stream->data;

	if (length < 0) {
		end_connection(connection);
		return;
	}
	buffer_append(&connection->request, piece->base, (size_t)length);
	if (is_whole(&connection->request))
		answer(connection);
}

static void on_space_wanted(uv_handle_t *handle, size_t suggested, uv_buf_t *space)
{
	struct canned_connection *connection = handle->data;

	(void)suggested;
	*space = uv_buf_init(connection->piece, sizeof(connection->piece));
}

static void on_connected(uv_stream_t *listener, int status)
{
	struct canned_server *server = listener->data;
	struct canned_connection *connection = memory_new(sizeof(*connection));

	ck_assert_int_eq(status, 0);
	uv_tcp_init(listener->loop, &connection->stream);
	connection->stream.data = connection;
	connection->server = server;
	connection->next = server->connections;
	if (connection->next)
		connection->next->previous = connection;
	server->connections = connection;
	ck_assert_int_eq(uv_accept(listener, (uv_stream_t *)&connection->stream), 0);
	uv_read_start((uv_stream_t *)&connection->stream, on_space_wanted, on_read);
}

void canned_server_start(struct canned_server *server, uv_loop_t *loop, const char *const *answers, size_t count)
{
	struct sockaddr_in address;
	int length = sizeof(address);

	*server = (struct canned_server){ .answers = answers, .count = count };
	uv_ip4_addr("127.0.0.1", 0, &address);
	ck_assert_int_eq(uv_tcp_init(loop, &server->listener), 0);
	server->listener.data = server;
	ck_assert_int_eq(uv_tcp_bind(&server->listener, (struct sockaddr *)&address, 0), 0);
	ck_assert_int_eq(uv_listen((uv_stream_t *)&server->listener, 16, on_connected), 0);
	ck_assert_int_eq(uv_tcp_getsockname(&server->listener, (struct sockaddr *)&address, &length), 0);
	snprintf(server->url, sizeof(server->url), "http://127.0.0.1:%d", ntohs(address.sin_port));
}

void canned_server_stop(struct canned_server *server)
{
	uv_close((uv_handle_t *)&server->listener, NULL);
	for (struct canned_connection *connection = server->connections; connection; connection = connection->next)
		end_connection(connection);
}

void canned_server_deinit(struct canned_server *server)
{
	buffer_deinit(&server->heard);
}
