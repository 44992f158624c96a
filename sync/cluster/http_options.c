#include "sync/cluster/http_options.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "sync/cluster/http.h"

enum { KEEPALIVE_IDLE_S = 30, KEEPALIVE_INTERVAL_S = 10, UNANSWERED_MS = 20 * 1000 };

static void url_cleanup(CURLU **url)
{
	curl_url_cleanup(*url);
}

static void curl_text_cleanup(char **text)
{
	curl_free(*text);
}

/* A peer that vanished without a word takes all streams of its connection with it; the kernel gives up on it when
 * what was sent stays unacknowledged (RFC 5482), and not after a quarter of an hour. */
static int on_socket_opened(void *data, curl_socket_t socket, curlsocktype purpose)
{
	unsigned timeout = UNANSWERED_MS;

	(void)data;
	(void)purpose;
	setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof(timeout)); /* refused on other sockets */
	return CURL_SOCKOPT_OK;
}

/* libcurl checks the certificate against the name in the URL. For tls-server-name the URL has that name, the
 * connection goes to the real host (CURLOPT_CONNECT_TO), and so does the Host header. */
static bool use_server_name(struct http_options *options, const struct connection *connection, struct error *err)
{
	cleanup(url) CURLU *url = curl_url();
	cleanup(curl_text) char *host = NULL, *port = NULL, *changed = NULL;
	cleanup(free) char *route = NULL;
	size_t length;

	if (curl_url_set(url, CURLUPART_URL, connection->server, 0) != CURLUE_OK ||
	    curl_url_get(url, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
	    curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) != CURLUE_OK ||
	    curl_url_set(url, CURLUPART_HOST, connection->tls_server_name, 0) != CURLUE_OK ||
	    curl_url_get(url, CURLUPART_URL, &changed, 0) != CURLUE_OK)
		return error_set(err, ERROR_INVALID, "server %s with tls-server-name %s makes no valid address",
				 connection->server, connection->tls_server_name);
	length = strlen(changed);
	while (length && changed[length - 1] == '/')
		length--;
	route = string_format("%s:%s:%s:%s", connection->tls_server_name, port, host, port);
	options->connect_to = curl_slist_append(NULL, route);
	options->base_url = string_copy_n(changed, length);
	options->host = string_format("%s:%s", host, port);
	curl_easy_setopt(options->template, CURLOPT_CONNECT_TO, options->connect_to);
	return true;
}

static bool set_trust(CURL *easy, const struct connection *connection)
{
	struct curl_blob authority = { .data = connection->ca_pem,
				       .len = connection->ca_pem ? strlen(connection->ca_pem) : 0,
				       .flags = CURL_BLOB_COPY };

	if (connection->insecure)
		return curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L) == CURLE_OK &&
		       curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L) == CURLE_OK;
	if (connection->ca_pem == NULL)
		return true;
	/* The system's authorities would be trusted beside ours. */
	return curl_easy_setopt(easy, CURLOPT_CAINFO, NULL) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &authority) == CURLE_OK;
}

static bool is_loopback(const char *server)
{
	const char *host = strstr(server, "://");

	host = host ? host + strlen("://") : server;
	return text_starts_with(host, "127.") || text_starts_with(host, "localhost") ||
	       text_starts_with(host, "[::1]");
}

/* As kubectl: proxy-url, else the environment's HTTPS_PROXY and NO_PROXY (which
 * libcurl reads by itself), but none to this machine. */
static bool set_proxy(CURL *easy, const struct connection *connection)
{
	if (connection->proxy_url)
		return curl_easy_setopt(easy, CURLOPT_PROXY, connection->proxy_url) == CURLE_OK &&
		       curl_easy_setopt(easy, CURLOPT_NOPROXY, "") == CURLE_OK;
	return !is_loopback(connection->server) || curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK;
}

static bool set_transport(CURL *easy, const struct connection *connection, const char *user_agent)
{
	return set_proxy(easy, connection) &&
	       curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_USERAGENT, user_agent) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) == CURLE_OK;
}

static void set_patience(CURL *easy)
{
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)HTTP_CONNECT_TIMEOUT_MS);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, (long)KEEPALIVE_IDLE_S);
	curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, (long)KEEPALIVE_INTERVAL_S);
	curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, on_socket_opened);
}

bool http_options_init(struct http_options *options, const struct connection *connection, const char *user_agent,
		       struct error *err)
{
	*options = (struct http_options){ .template = curl_easy_init() };
	if (options->template == NULL)
		abort();
	set_patience(options->template);
	if (!set_transport(options->template, connection, user_agent) || !set_trust(options->template, connection)) {
		http_options_deinit(options);
		return error_set(err, ERROR_SYSTEM,
				 "this libcurl (%s) cannot do what labsync needs; use one built with OpenSSL and "
				 "HTTP/2",
				 curl_version());
	}
	if (connection->tls_server_name && text_starts_with(connection->server, "https://")) {
		if (use_server_name(options, connection, err))
			return true;
		http_options_deinit(options);
		return false;
	}
	options->base_url = string_copy(connection->server);
	return true;
}

void http_options_deinit(struct http_options *options)
{
	curl_easy_cleanup(options->template);
	curl_slist_free_all(options->connect_to);
	free(options->base_url);
	free(options->host);
	*options = (struct http_options){ .template = NULL };
}
