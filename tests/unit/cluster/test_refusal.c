#include "sync/cluster/refusal.h"

#include <string.h>

#include "base/json.h"
#include "tests/unit/suite.h"

#define STATUS(code, reason, message, details)                                                                       \
	"{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" code ",\"reason\":\"" reason   \
	"\",\"message\":\"" message "\",\"details\":" details "}"

#define CAUSE(field, reason, message)                                                                                \
	"{\"field\":\"" field "\",\"reason\":\"" reason "\",\"message\":\"" message "\"}"

static const struct refusal_case {
	const char *name;
	long status;
	const char *path, *answer;
	enum error_code code;
	const char *message; /* all of it */
} refusal_cases[] = {
	{ "not found", 404, "/api/v1/namespaces/x/configmaps/a?y=z",
	  STATUS("404", "NotFound", "configmaps \\\"a\\\" not found", "{\"name\":\"a\",\"kind\":\"configmaps\"}"),
	  ERROR_NOT_FOUND, "PATCH /api/v1/namespaces/x/configmaps/a: HTTP 404 NotFound: configmaps \"a\" not found" },
	{ "conflict", 409, "/api/v1/x", STATUS("409", "Conflict", "the object has been modified", "{}"),
	  ERROR_CONFLICT, "PATCH /api/v1/x: HTTP 409 Conflict: the object has been modified" },
	{ "gone", 410, "/api/v1/x", STATUS("410", "Expired", "too old", "{}"), ERROR_NOT_FOUND,
	  "PATCH /api/v1/x: HTTP 410 Expired: too old" },
	{ "forbidden", 403, "/api/v1/x", STATUS("403", "Forbidden", "user cannot", "{}"), ERROR_REFUSED,
	  "PATCH /api/v1/x: HTTP 403 Forbidden: user cannot" },
	{ "names are told", 422, "/api/v1/x",
	  STATUS("422", "Invalid", "long",
		 "{\"kind\":\"Pod\",\"name\":\"A\",\"causes\":[" CAUSE(
			 "metadata.name", "FieldValueInvalid", "Invalid value: \\\"A\\\": must be lower case") "]}"),
	  ERROR_INVALID,
	  "PATCH /api/v1/x: HTTP 422 Invalid: Pod \"A\" is refused: metadata.name: Invalid value: \"A\": must be "
	  "lower "
	  "case" },
	{ "values are not", 422, "/api/v1/x",
	  STATUS("422", "Invalid", "quotes hunter2",
		 "{\"kind\":\"VirtualMachine\",\"name\":\"r1\",\"causes\":[" CAUSE("spec.userData", "FieldValueInvalid", "Invalid value: \\\"hunter2 \\\\\\\" x: \\\": is too odd") "," CAUSE(
			 "spec.size", "FieldValueInvalid",
			 "Invalid value: 17: must be even") "," CAUSE("spec.tree", "FieldValueInvalid",
								      "Invalid value: {\\\"p\\\": \\\"hunter2\\\"}: "
								      "bad") "," CAUSE("spec.type",
										       "FieldValueNotSupported",
										       "Unsupported value: "
										       "\\\"hunter2\\\": supported "
										       "values: \\\"a\\\"") "," CAUSE("spec.cpu",
														      "FieldValueRequired",
														      "Required value") "]}"),
	  ERROR_INVALID,
	  "PATCH /api/v1/x: HTTP 422 Invalid: VirtualMachine \"r1\" is refused: spec.userData: Invalid value: is too "
	  "odd; spec.size: Invalid value: must be even; spec.tree: Invalid value; spec.type: Unsupported value: "
	  "supported values: \"a\"; spec.cpu: Required value" },
	{ "annotations are values", 422, "/api/v1/x",
	  STATUS("422", "Invalid", "x",
		 "{\"kind\":\"Pod\",\"name\":\"a\",\"causes\":[" CAUSE("metadata.annotations", "FieldValueInvalid",
								       "Invalid value: \\\"hunter2\\\": bad") "]}"),
	  ERROR_INVALID,
	  "PATCH /api/v1/x: HTTP 422 Invalid: Pod \"a\" is refused: metadata.annotations: Invalid value: bad" },
	{ "a webhook says who it is", 422, "/apis/kubevirt.io/v1/x",
	  STATUS("422", "Invalid", "admission webhook \\\"vm.kubevirt.io\\\" denied the request: spec.x is hunter2",
		 "{\"causes\":[" CAUSE("spec.x", "FieldValueInvalid", "disk has no volume") "]}"),
	  ERROR_INVALID,
	  "PATCH /apis/kubevirt.io/v1/x: HTTP 422 Invalid: admission webhook \"vm.kubevirt.io\" denied the request: "
	  "spec.x: disk has no volume" },
	{ "decoders quote", 400, "/api/v1/x",
	  STATUS("400", "BadRequest", "v1.Secret: illegal base64 data, error found in #10 byte of ...|hunter2|...",
		 "{}"),
	  ERROR_INVALID, "PATCH /api/v1/x: HTTP 400 BadRequest: v1.Secret: illegal base64 data" },
	{ "a Secret's message is not told", 400, "/api/v1/namespaces/x/secrets",
	  STATUS("400", "BadRequest", "hunter2", "{}"), ERROR_INVALID,
	  "PATCH /api/v1/namespaces/x/secrets: HTTP 400 BadRequest: refused" },
	{ "a Secret's causes are paths and reasons", 422, "/api/v1/namespaces/x/secrets/s",
	  STATUS("422", "Invalid", "hunter2",
		 "{\"kind\":\"Secret\",\"name\":\"s\",\"causes\":[" CAUSE("data[hunter]", "FieldValueInvalid",
									  "hunter2 is bad") "]}"),
	  ERROR_INVALID,
	  "PATCH /api/v1/namespaces/x/secrets/s: HTTP 422 Invalid: Secret \"s\" is refused: data[hunter]: "
	  "FieldValueInvalid" },
	{ "a missing Secret is named", 404, "/api/v1/namespaces/x/secrets/s",
	  STATUS("404", "NotFound", "secrets \\\"s\\\" not found", "{}"), ERROR_NOT_FOUND,
	  "PATCH /api/v1/namespaces/x/secrets/s: HTTP 404 NotFound: secrets \"s\" not found" },
	{ "a proxy's page", 502, "/api/v1/x", "<html>\x1b[31mBad\nGateway</html>\r\n", ERROR_UNAVAILABLE,
	  "PATCH /api/v1/x: HTTP 502: <html>?[31mBad Gateway</html>" },
	{ "nothing", 503, "/api/v1/x", "", ERROR_UNAVAILABLE, "PATCH /api/v1/x: HTTP 503: no reason given" },
	{ "too many", 429, "/api/v1/x", "Too many requests, please try again later.", ERROR_UNAVAILABLE,
	  "PATCH /api/v1/x: HTTP 429: Too many requests, please try again later." },
	{ "a Status without anything", 500, "/x", "{\"kind\":\"Status\"}", ERROR_UNAVAILABLE,
	  "PATCH /x: HTTP 500: refused" },
	{ "an answer of another kind", 404, "/x", "{\"kind\":[1]}", ERROR_NOT_FOUND,
	  "PATCH /x: HTTP 404: {\"kind\":[1]}" },
	{ "a redirect is no answer", 302, "/x", "", ERROR_INVALID, "PATCH /x: HTTP 302: no reason given" },
};

START_TEST(messages)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusal_cases); i++) {
		const struct refusal_case *c = &refusal_cases[i];
		cleanup(json) json_t *body = json_loads(c->answer, JSON_DECODE_ANY, NULL);
		cleanup(error) struct error err = ERROR_INIT;
		struct refusal refusal = {
			.status = c->status, .method = "PATCH", .path = c->path, .body = body, .text = c->answer
		};

		ck_assert(!refusal_error(&refusal, &err));
		ck_assert_msg(err.code == c->code, "%s: code %d", c->name, err.code);
		ck_assert_msg(strcmp(err.message, c->message) == 0, "%s: %s", c->name, err.message);
	}
}
END_TEST

/* Two-byte characters, so that a blind cut would fall into one. */
START_TEST(long_messages_are_cut_between_characters)
{
	for (size_t shift = 0; shift < 2; shift++) {
		cleanup(buffer) struct buffer text = BUFFER_INIT;
		cleanup(json) json_t *body = NULL;
		cleanup(error) struct error err = ERROR_INIT;
		struct refusal refusal = { .status = 500, .method = "GET", .path = shift ? "/x" : "/xy" };

		for (size_t i = 0; i < 4000; i++)
			buffer_append_text(&text, "\xc3\xa9");
		body = json_pack("{s:s, s:s}", "kind", "Status", "message", text.data);
		refusal.body = body;
		refusal_error(&refusal, &err);
		ck_assert_uint_lt(strlen(err.message), REFUSAL_MESSAGE_MAX);
		ck_assert_uint_gt(strlen(err.message), REFUSAL_MESSAGE_MAX - 10);
		ck_assert_str_eq(err.message + strlen(err.message) - 5, "\xc3\xa9...");
	}
}
END_TEST

START_TEST(many_causes_are_counted)
{
	cleanup(json) json_t *body = json_pack("{s:s, s:{s:[]}}", "kind", "Status", "details", "causes");
	cleanup(error) struct error err = ERROR_INIT;
	struct refusal refusal = { .status = 422, .method = "PUT", .path = "/x", .body = body };

	for (int i = 0; i < 14; i++)
		json_array_append_new(json_at(body, "details", "causes", NULL),
				      json_pack("{s:s, s:s}", "field", "f", "message", "m"));
	refusal_error(&refusal, &err);
	ck_assert_msg(strstr(err.message, "; and 4 more") != NULL, "%s", err.message);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { messages, long_messages_are_cut_between_characters, many_causes_are_counted };

	return suite_run("cluster/refusal", tests, ARRAY_SIZE(tests));
}
