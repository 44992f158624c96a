#include "sync/cluster/unreachable.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

/* "Connection refused" reads as a word of ours in the middle of a sentence. */
static char *system_reason_new(int number)
{
	char *text = string_copy(strerror(number));

	text[0] = (char)tolower((unsigned char)text[0]);
	return text;
}

static char *reason_new(const struct unreachable *unreachable)
{
	static const char problem[] = "SSL certificate problem: ";
	const char *detail = unreachable->detail;

	if (unreachable->os_error && unreachable->code == CURLE_COULDNT_CONNECT)
		return system_reason_new(unreachable->os_error);
	if (detail == NULL || *detail == '\0')
		detail = curl_easy_strerror(unreachable->code);
	if (text_starts_with(detail, problem))
		detail += strlen(problem);
	return text_printable(detail, TEXT_ONE_LINE);
}

/* The proxy's address without a user name and password. */
static char *proxy_name_new(const char *url)
{
	const char *authority = strstr(url, "://");
	const char *at;

	authority = authority ? authority + 3 : url;
	at = strrchr(authority, '@');
	return string_format("%.*s%s", (int)(authority - url), url, at ? at + 1 : authority);
}

static bool proxy_error(const struct unreachable *unreachable, const char *reason, struct error *err)
{
	cleanup(free) char *proxy = unreachable->proxy_url ? proxy_name_new(unreachable->proxy_url) : NULL;

	return error_set(err, ERROR_UNAVAILABLE, "cannot reach %s through the proxy %s: %s; check proxy-url",
			 unreachable->server, proxy ? proxy : "(none)", reason);
}

bool unreachable_error(const struct unreachable *unreachable, struct error *err)
{
	const char *server = unreachable->server;
	cleanup(free) char *reason = reason_new(unreachable);

	switch (unreachable->code) {
	case CURLE_COULDNT_CONNECT:
		if (unreachable->proxy_url)
			return proxy_error(unreachable, reason, err);
		return error_set(err, ERROR_UNAVAILABLE, "cannot reach %s: %s; is the API server up?", server,
				 reason);
	case CURLE_COULDNT_RESOLVE_HOST:
		return error_set(err, ERROR_UNAVAILABLE,
				 "cannot reach %s: its name is not known; check server in "
				 "the kubeconfig",
				 server);
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_PROXY:
		return proxy_error(unreachable, reason, err);
	case CURLE_PEER_FAILED_VERIFICATION:
		return error_set(err, ERROR_UNAVAILABLE,
				 "certificate of %s is not trusted: %s; set certificate-authority (or "
				 "tls-server-name) in the kubeconfig",
				 server, reason);
	case CURLE_SSL_CACERT_BADFILE:
		return error_set(err, ERROR_INVALID, "the certificate authority for %s cannot be used: %s", server,
				 reason);
	case CURLE_SSL_CERTPROBLEM:
		return error_set(err, ERROR_INVALID, "the client certificate for %s cannot be used: %s", server,
				 reason);
	case CURLE_SSL_CONNECT_ERROR:
		return error_set(err, ERROR_UNAVAILABLE, "no TLS connection to %s: %s", server, reason);
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return error_set(err, ERROR_INVALID, "%s: %s", server, reason);
	case CURLE_OPERATION_TIMEDOUT:
		return error_set(err, ERROR_TIMEOUT, "%s does not answer: %s", server, reason);
	case CURLE_WRITE_ERROR:
		return error_set(err, ERROR_LIMIT, "the answer of %s is larger than this program takes", server);
	default:
		return error_set(err, ERROR_UNAVAILABLE, "the connection to %s failed: %s", server, reason);
	}
}
