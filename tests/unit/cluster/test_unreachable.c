#include "sync/cluster/unreachable.h"

#include <errno.h>
#include <string.h>

#include "tests/unit/suite.h"

#define SERVER "https://127.0.0.1:6443"

static const struct unreachable_case {
	struct unreachable what;
	enum error_code code;
	const char *message;
} cases[] = {
	{ { .code = CURLE_COULDNT_CONNECT, .os_error = ECONNREFUSED, .server = SERVER },
	  ERROR_UNAVAILABLE,
	  "cannot reach " SERVER ": connection refused; is the API server up?" },
	{ { .code = CURLE_COULDNT_RESOLVE_HOST, .server = SERVER },
	  ERROR_UNAVAILABLE,
	  "cannot reach " SERVER ": its name is not known; check server in the kubeconfig" },
	{ { .code = CURLE_PEER_FAILED_VERIFICATION,
	    .detail = "SSL certificate problem: self-signed certificate",
	    .server = SERVER },
	  ERROR_UNAVAILABLE,
	  "certificate of " SERVER " is not trusted: self-signed certificate; set certificate-authority (or "
	  "tls-server-name) in the kubeconfig" },
	{ { .code = CURLE_OPERATION_TIMEDOUT, .detail = "Timeout was reached", .server = SERVER },
	  ERROR_TIMEOUT,
	  SERVER " does not answer: Timeout was reached" },
	{ { .code = CURLE_WRITE_ERROR, .server = SERVER },
	  ERROR_LIMIT,
	  "the answer of " SERVER " is larger than this program takes" },
	{ { .code = CURLE_COULDNT_CONNECT,
	    .os_error = ECONNREFUSED,
	    .server = SERVER,
	    .proxy_url = "http://user:hunter2@proxy:3128" },
	  ERROR_UNAVAILABLE,
	  "cannot reach " SERVER " through the proxy http://proxy:3128: connection refused; check proxy-url" },
	{ { .code = CURLE_RECV_ERROR, .detail = "reset\x1b by peer", .server = SERVER },
	  ERROR_UNAVAILABLE,
	  "the connection to " SERVER " failed: reset? by peer" },
	{ { .code = CURLE_URL_MALFORMAT, .detail = "Malformed", .server = SERVER },
	  ERROR_INVALID,
	  SERVER ": Malformed" },
};

START_TEST(messages)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(error) struct error err = ERROR_INIT;

		ck_assert(!unreachable_error(&cases[i].what, &err));
		ck_assert_str_eq(err.message, cases[i].message);
		ck_assert_int_eq(err.code, cases[i].code);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { messages };

	return suite_run("cluster/unreachable", tests, ARRAY_SIZE(tests));
}
