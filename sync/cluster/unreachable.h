/* Why no answer came, in words: libcurl's codes end here. */
#pragma once

#include <curl/curl.h>
#include <stdbool.h>

#include "base/error.h"

struct unreachable {
	CURLcode code;
	int os_error; /* errno of the connection; 0 when unknown */
	const char *detail; /* libcurl's own words; may be "" */
	const char *server; /* "https://host:port" */
	const char *proxy_url; /* NULL: none */
};

/* Fills `err`; returns false. */
bool unreachable_error(const struct unreachable *unreachable, struct error *err);
