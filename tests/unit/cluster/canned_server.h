/* A TCP server on the loopback interface that answers HTTP/1.1 requests with
 * canned texts, whatever is asked: for what a real API server does only when it
 * is in trouble. Everything else is tested against a real one. */
#pragma once

#include <uv.h>

#include "base/buffer.h"

struct canned_server {
	uv_tcp_t listener;
	const char *const *answers; /* the last one is given for ever; NULL: the connection is closed instead */
	size_t count;
	size_t requests; /* so far */
	struct buffer heard; /* all requests, one after the other */
	char url[64];
	struct canned_connection *connections;
};

/* `answers` must stay. */
void canned_server_start(struct canned_server *server, uv_loop_t *loop, const char *const *answers, size_t count);
/* The loop must run once more for it to end. */
void canned_server_stop(struct canned_server *server);
void canned_server_deinit(struct canned_server *server);
