#include "sync/cluster/http.h"

#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "sync/cluster/http_options.h"
#include "sync/cluster/multi.h"
#include "sync/cluster/retry.h"

struct http {
	const struct connection *connection;
	struct http_options options;
	struct multi *multi;
	uint64_t connections;
	unsigned exchanges; /* open ones */
	void (*closed)(void *data);
	void *closed_data;
};

struct http_exchange {
	struct http *http;
	CURL *easy;
	struct curl_slist *headers;
	struct buffer body;
	size_t headers_length;
	http_callback *callback;
	void *data;
	char problem[CURL_ERROR_SIZE];
};

static void exchange_free(struct http_exchange *exchange)
{
	exchange->http->exchanges--;
	curl_easy_cleanup(exchange->easy);
	curl_slist_free_all(exchange->headers);
	buffer_deinit(&exchange->body);
	free(exchange);
}

static void on_done(CURL *easy, CURLcode code)
{
	struct http_exchange *exchange;
	struct http_answer answer = { .code = code };
	curl_off_t retry_after = 0;
	long os_error = 0, connections = 0;

	curl_easy_getinfo(easy, CURLINFO_PRIVATE, &exchange);
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
	curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry_after);
	curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &os_error);
	curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &connections);
	answer.os_error = (int)os_error;
	answer.problem = exchange->problem;
	answer.text = buffer_text(&exchange->body);
	answer.length = exchange->body.length;
	answer.retry_after_ms = retry_after_ms(retry_after);
	exchange->http->connections += (uint64_t)connections;
	exchange->callback(exchange->data, &answer);
	exchange_free(exchange);
}

static size_t on_body(char *data, size_t size, size_t count, void *user)
{
	struct http_exchange *exchange = user;

	if (exchange->body.length + size * count > HTTP_BODY_MAX)
		return 0; /* CURLE_WRITE_ERROR */
	buffer_append(&exchange->body, data, size * count);
	return size * count;
}

static size_t on_header(char *data, size_t size, size_t count, void *user)
{
	struct http_exchange *exchange = user;

	(void)data;
	exchange->headers_length += size * count;
	return exchange->headers_length > HTTP_HEADERS_MAX ? 0 : size * count;
}

struct http *http_new(uv_loop_t *loop, const struct connection *connection, const char *user_agent, struct error *err)
{
	struct http *http;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		error_set(err, ERROR_SYSTEM, "libcurl cannot be started");
		return NULL;
	}
	http = memory_new(sizeof(*http));
	http->connection = connection;
	if (!http_options_init(&http->options, connection, user_agent, err)) {
		free(http);
		curl_global_cleanup();
		return NULL;
	}
	http->multi = multi_new(loop, on_done);
	return http;
}

static void on_multi_closed(void *data)
{
	struct http *http = data;
	void (*closed)(void *data) = http->closed;
	void *closed_data = http->closed_data;

	http_options_deinit(&http->options);
	curl_global_cleanup();
	free(http);
	closed(closed_data);
}

void http_close(struct http *http, void (*closed)(void *data), void *data)
{
	assert(http->exchanges == 0);
	http->closed = closed;
	http->closed_data = data;
	multi_close(http->multi, on_multi_closed, http);
}

static void add_header(struct http_exchange *exchange, const char *name, const char *value)
{
	cleanup(free) char *line = string_format("%s: %s", name, value);

	exchange->headers = curl_slist_append(exchange->headers, line);
	explicit_bzero(line, strlen(line));
}

static void set_body(struct http_exchange *exchange, const struct http_request *request)
{
	bool is_post = text_equal(request->method, "POST");

	if (request->body || is_post) {
		curl_easy_setopt(exchange->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
		curl_easy_setopt(exchange->easy, CURLOPT_POSTFIELDS, request->body ? request->body : "");
	}
	if (!is_post && !text_equal(request->method, "GET"))
		curl_easy_setopt(exchange->easy, CURLOPT_CUSTOMREQUEST, request->method);
	if (request->content_type)
		add_header(exchange, "Content-Type", request->content_type);
}

static void set_identity(struct http_exchange *exchange, const struct credential *credential)
{
	if (credential->authorization)
		add_header(exchange, "Authorization", credential->authorization);
	if (credential->certificate_pem && credential->key_pem) {
		struct curl_blob certificate = { .data = (void *)credential->certificate_pem,
						 .len = strlen(credential->certificate_pem),
						 .flags = CURL_BLOB_COPY };
		struct curl_blob key = { .data = (void *)credential->key_pem,
					 .len = strlen(credential->key_pem),
					 .flags = CURL_BLOB_COPY };

		curl_easy_setopt(exchange->easy, CURLOPT_SSLCERT_BLOB, &certificate);
		curl_easy_setopt(exchange->easy, CURLOPT_SSLKEY_BLOB, &key);
	}
}

struct http_exchange *http_start(struct http *http, const struct http_request *request, http_callback *callback,
				 void *data)
{
	struct http_exchange *exchange = memory_new(sizeof(*exchange));
	cleanup(free) char *url = string_format("%s%s", http->options.base_url, request->path);

	exchange->http = http;
	exchange->callback = callback;
	exchange->data = data;
	exchange->easy = curl_easy_duphandle(http->options.template);
	if (exchange->easy == NULL)
		abort();
	http->exchanges++;
	curl_easy_setopt(exchange->easy, CURLOPT_PRIVATE, exchange);
	curl_easy_setopt(exchange->easy, CURLOPT_ERRORBUFFER, exchange->problem);
	curl_easy_setopt(exchange->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(exchange->easy, CURLOPT_WRITEDATA, exchange);
	curl_easy_setopt(exchange->easy, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(exchange->easy, CURLOPT_HEADERDATA, exchange);
	curl_easy_setopt(exchange->easy, CURLOPT_URL, url);
	curl_easy_setopt(exchange->easy, CURLOPT_TIMEOUT_MS, (long)request->timeout_ms);
	curl_easy_setopt(exchange->easy, CURLOPT_FRESH_CONNECT, (long)request->once);
	curl_easy_setopt(exchange->easy, CURLOPT_FORBID_REUSE, (long)request->once);
	set_body(exchange, request);
	set_identity(exchange, &request->credential);
	add_header(exchange, "Accept", "application/json");
	if (http->options.host)
		add_header(exchange, "Host", http->options.host);
	curl_easy_setopt(exchange->easy, CURLOPT_HTTPHEADER, exchange->headers);
	multi_add(http->multi, exchange->easy);
	return exchange;
}

void http_abort(struct http_exchange *exchange)
{
	multi_remove(exchange->http->multi, exchange->easy);
	exchange_free(exchange);
}

uint64_t http_connections(const struct http *http)
{
	return http->connections;
}
