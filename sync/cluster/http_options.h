/* How every request to a server is sent: TLS, proxy, timeouts and limits, set
 * once on a template that each exchange copies, so that what libcurl refuses is
 * told at the start. */
#pragma once

#include <curl/curl.h>
#include <stdbool.h>

#include "base/error.h"
#include "sync/cluster/connection.h"

struct http_options {
	CURL *template;
	char *base_url; /* what paths are appended to */
	char *host; /* the Host header when the URL has another name; NULL: as the URL */
	struct curl_slist *connect_to;
};

bool http_options_init(struct http_options *options, const struct connection *connection, const char *user_agent,
		       struct error *err);
void http_options_deinit(struct http_options *options);
