/* HTTP to one server: libcurl's multi interface on a libuv loop. One connection
 * carries all requests where the server speaks HTTP/2.
 *
 * One exchange is one request and its answer, or the reason why there is none:
 * no retries, no redirects, no bytes to anywhere but the server and its proxy. */
#pragma once

#include <curl/curl.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "sync/cluster/connection.h"
#include "sync/cluster/credentials.h"

enum { HTTP_BODY_MAX = 256 * 1024 * 1024, HTTP_HEADERS_MAX = 256 * 1024, HTTP_CONNECT_TIMEOUT_MS = 10 * 1000 };

struct http;
struct http_exchange;

struct http_request {
	const char *method; /* "GET" */
	const char *path; /* from "/", with its query */
	const char *content_type; /* NULL without a body */
	const char *body; /* must stay until the answer; NULL: none */
	size_t body_length;
	struct credential credential;
	uint64_t timeout_ms;
	bool once; /* on a connection of its own: on one that has died meanwhile libcurl sends again by itself */
};

struct http_answer {
	CURLcode code; /* CURLE_OK: there is an answer */
	int os_error; /* errno behind a failed connection; 0: unknown */
	const char *problem; /* libcurl's words on a failure */
	long status;
	const char *text; /* the body, NUL-terminated */
	size_t length;
	uint64_t retry_after_ms; /* 0: the server did not say */
};

/* Called once per exchange, on the loop, never before http_start() has returned. What it gets is borrowed. */
typedef void http_callback(void *data, const struct http_answer *answer);

/* `connection` must stay. */
struct http *http_new(uv_loop_t *loop, const struct connection *connection, const char *user_agent,
		      struct error *err);
/* All exchanges are over or aborted before. */
void http_close(struct http *http, void (*closed)(void *data), void *data);

struct http_exchange *http_start(struct http *http, const struct http_request *request, http_callback *callback,
				 void *data);
/* No callback comes. */
void http_abort(struct http_exchange *exchange);

/* Connections opened so far. */
uint64_t http_connections(const struct http *http);
