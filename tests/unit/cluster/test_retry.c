#include "sync/cluster/retry.h"

#include "tests/unit/suite.h"

static const struct status_case {
	long status;
	bool passes;
} status_cases[] = {
	{ 200, false }, { 400, false }, { 401, false }, { 403, false }, { 404, false },
	{ 409, false }, { 410, false }, { 422, false }, { 429, true },  { 500, true },
	{ 501, false }, { 502, true },  { 503, true },  { 504, true },
};

START_TEST(status_decides)
{
	for (size_t i = 0; i < ARRAY_SIZE(status_cases); i++)
		ck_assert_msg(retry_status_passes(status_cases[i].status) == status_cases[i].passes, "HTTP %ld",
			      status_cases[i].status);
}
END_TEST

static const struct network_case {
	CURLcode code;
	bool passes;
} network_cases[] = {
	{ CURLE_COULDNT_CONNECT, true },
	{ CURLE_COULDNT_RESOLVE_HOST, true },
	{ CURLE_OPERATION_TIMEDOUT, true },
	{ CURLE_GOT_NOTHING, true },
	{ CURLE_RECV_ERROR, true },
	{ CURLE_SEND_ERROR, true },
	{ CURLE_HTTP2, true },
	{ CURLE_HTTP2_STREAM, true },
	{ CURLE_SSL_CONNECT_ERROR, true },
	{ CURLE_PEER_FAILED_VERIFICATION, false },
	{ CURLE_SSL_CACERT_BADFILE, false },
	{ CURLE_SSL_CERTPROBLEM, false },
	{ CURLE_WRITE_ERROR, false },
	{ CURLE_URL_MALFORMAT, false },
	{ CURLE_UNSUPPORTED_PROTOCOL, false },
};

START_TEST(network_failure_decides)
{
	for (size_t i = 0; i < ARRAY_SIZE(network_cases); i++)
		ck_assert_msg(retry_network_passes(network_cases[i].code) == network_cases[i].passes, "%s",
			      curl_easy_strerror(network_cases[i].code));
}
END_TEST

static const struct delay_case {
	unsigned failures;
	uint64_t least, most;
} delay_cases[] = {
	{ 1, 50, 100 },     { 2, 100, 200 },    { 3, 200, 400 },          { 7, 3200, 6400 },
	{ 8, 5000, 10000 }, { 9, 5000, 10000 }, { 1000000, 5000, 10000 },
};

START_TEST(delay_doubles_to_a_bound)
{
	for (size_t i = 0; i < ARRAY_SIZE(delay_cases); i++) {
		const struct delay_case *c = &delay_cases[i];

		ck_assert_uint_eq(retry_delay_ms(c->failures, 0), c->least);
		ck_assert_uint_eq(retry_delay_ms(c->failures, UINT32_MAX), c->most);
		ck_assert_uint_gt(retry_delay_ms(c->failures, UINT32_MAX / 2), c->least);
		ck_assert_uint_lt(retry_delay_ms(c->failures, UINT32_MAX / 2), c->most);
	}
}
END_TEST

START_TEST(retry_after_is_bounded)
{
	ck_assert_uint_eq(retry_after_ms(-1), 0);
	ck_assert_uint_eq(retry_after_ms(0), 0);
	ck_assert_uint_eq(retry_after_ms(3), 3000);
	ck_assert_uint_eq(retry_after_ms(INT64_MAX), RETRY_AFTER_MAX_MS);
}
END_TEST

/* What must not be done twice is tried again only where it cannot have been done. */
START_TEST(what_is_done_once)
{
	ck_assert(retry_status_is_undone(429));
	for (size_t i = 0; i < ARRAY_SIZE(status_cases); i++)
		ck_assert_msg(!retry_status_is_undone(status_cases[i].status) || status_cases[i].status == 429,
			      "HTTP %ld", status_cases[i].status);
	for (size_t i = 0; i < ARRAY_SIZE(network_cases); i++)
		ck_assert_msg(!retry_network_is_unsent(network_cases[i].code) || network_cases[i].passes, "%s",
			      curl_easy_strerror(network_cases[i].code));
	ck_assert(retry_network_is_unsent(CURLE_COULDNT_CONNECT));
	ck_assert(!retry_network_is_unsent(CURLE_OPERATION_TIMEDOUT));
	ck_assert(!retry_network_is_unsent(CURLE_GOT_NOTHING));
	ck_assert(!retry_network_is_unsent(CURLE_RECV_ERROR));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { status_decides, network_failure_decides, delay_doubles_to_a_bound,
				       retry_after_is_bounded, what_is_done_once };

	return suite_run("cluster/retry", tests, ARRAY_SIZE(tests));
}
