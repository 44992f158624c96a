#include "sync/cluster/exec_credential.h"

#include <string.h>

#include "tests/unit/suite.h"

#define VERSION "client.authentication.k8s.io/v1beta1"
#define ANSWER(status) "{\"kind\":\"ExecCredential\",\"apiVersion\":\"" VERSION "\",\"status\":" status "}"

static const struct parse_case {
	const char *name, *text;
	const char *message; /* NULL: it is good */
	const char *token, *certificate;
	int64_t expires;
} parse_cases[] = {
	{ "a token", ANSWER("{\"token\":\"t\"}"), NULL, "t", NULL, 0 },
	{ "that expires", ANSWER("{\"token\":\"t\",\"expirationTimestamp\":\"2026-01-01T00:00:00Z\"}"), NULL, "t",
	  NULL, 1767225600 },
	{ "a certificate", ANSWER("{\"clientCertificateData\":\"c\",\"clientKeyData\":\"k\"}"), NULL, NULL, "c", 0 },
	{ "both", ANSWER("{\"token\":\"t\",\"clientCertificateData\":\"c\",\"clientKeyData\":\"k\"}"), NULL, "t", "c",
	  0 },
	{ "no JSON", "token: hunter2", "not JSON", NULL, NULL, 0 },
	{ "another kind", "{\"kind\":\"Secret\",\"apiVersion\":\"" VERSION "\"}", "no ExecCredential", NULL, NULL,
	  0 },
	{ "another version", "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\"}",
	  "apiVersion client.authentication.k8s.io/v1 instead of " VERSION, NULL, NULL, 0 },
	{ "no version", "{\"kind\":\"ExecCredential\"}", "apiVersion none instead", NULL, NULL, 0 },
	{ "no status", "{\"kind\":\"ExecCredential\",\"apiVersion\":\"" VERSION "\"}", "neither a token nor", NULL,
	  NULL, 0 },
	{ "an empty token", ANSWER("{\"token\":\"\"}"), "neither a token nor", NULL, NULL, 0 },
	{ "half a certificate", ANSWER("{\"token\":\"hunter2\",\"clientKeyData\":\"hunter2\"}"), "only one of", NULL,
	  NULL, 0 },
	{ "a token with a line break", ANSWER("{\"token\":\"hunter2\\r\\nHost: x\"}"), "control characters", NULL,
	  NULL, 0 },
	{ "a time that is none", ANSWER("{\"token\":\"hunter2\",\"expirationTimestamp\":\"soon\"}"), "RFC 3339", NULL,
	  NULL, 0 },
};

START_TEST(parsed)
{
	for (size_t i = 0; i < ARRAY_SIZE(parse_cases); i++) {
		const struct parse_case *c = &parse_cases[i];
		cleanup(exec_answer) struct exec_answer answer = { .token = NULL };
		cleanup(error) struct error err = ERROR_INIT;
		bool good = exec_answer_parse(c->text, strlen(c->text), VERSION, &answer, &err);

		ck_assert_msg(good == (c->message == NULL), "%s: %s", c->name, err.message);
		if (!good) {
			ck_assert_msg(strstr(err.message, c->message) != NULL, "%s: %s", c->name, err.message);
			ck_assert_msg(strstr(err.message, "hunter2") == NULL, "%s: %s", c->name, err.message);
			continue;
		}
		ck_assert_pstr_eq(answer.token, c->token);
		ck_assert_pstr_eq(answer.certificate_pem, c->certificate);
		ck_assert_int_eq(answer.expires, c->expires);
	}
}
END_TEST

START_TEST(told_no_more_than_asked_for)
{
	struct exec_credential exec = { .api_version = (char *)VERSION };
	struct connection connection = { .server = (char *)"https://k", .exec = &exec };
	cleanup(free) char *info = exec_info_new(&connection);

	ck_assert_str_eq(info, "{\"apiVersion\":\"" VERSION
			       "\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { parsed, told_no_more_than_asked_for };

	return suite_run("cluster/exec_credential", tests, ARRAY_SIZE(tests));
}
