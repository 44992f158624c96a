/* How the client behaves when a server is in trouble, with canned answers; what
 * it does with a real API server is in tests/integration/test_client.c. */
#include "sync/cluster/client.h"

#include <string.h>

#include "base/time.h"
#include "sync/cluster/http.h"
#include "tests/unit/cluster/scene.h"
#include "tests/unit/suite.h"

static const struct retried_case {
	const char *name;
	const char *answers[3];
	size_t requests;
	long status;
	enum error_code code;
} retried_cases[] = {
	{ "at once", { GOOD, GOOD, GOOD }, 1, 200, ERROR_NONE },
	{ "500", { BROKEN, GOOD, GOOD }, 2, 200, ERROR_NONE },
	{ "502, 504", { ANSWER("502 Bad", "", "0", ""), ANSWER("504 Late", "", "0", ""), GOOD }, 3, 200, ERROR_NONE },
	{ "503", { ANSWER("503 Later", "", "0", ""), GOOD, GOOD }, 2, 200, ERROR_NONE },
	{ "429", { ANSWER("429 Many", "", "0", ""), GOOD, GOOD }, 2, 200, ERROR_NONE },
	{ "a lost connection", { NULL, GOOD, GOOD }, 2, 200, ERROR_NONE },
	{ "half an answer",
	  { "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n{", GOOD, GOOD },
	  2,
	  200,
	  ERROR_NONE },
	{ "409 is final", { ANSWER("409 Conflict", "", "0", ""), GOOD, GOOD }, 1, 409, ERROR_CONFLICT },
	{ "404 is final", { ANSWER("404 Not Found", "", "0", ""), GOOD, GOOD }, 1, 404, ERROR_NOT_FOUND },
	{ "501 is final", { ANSWER("501 What", "", "0", ""), GOOD, GOOD }, 1, 501, ERROR_UNAVAILABLE },
	{ "a redirect is not followed",
	  { ANSWER("302 Found", "Location: http://127.0.0.1:1/\r\n", "0", ""), GOOD, GOOD },
	  1,
	  302,
	  ERROR_INVALID },
	{ "a token that cannot change", { UNAUTHORIZED, GOOD, GOOD }, 1, 401, ERROR_REFUSED },
};

START_TEST(retried)
{
	for (size_t i = 0; i < ARRAY_SIZE(retried_cases); i++) {
		const struct retried_case *c = &retried_cases[i];
		struct connection connection = { .token = string_copy("secret") };
		struct client_settings settings = { .attempt_timeout_ms = 300 };
		struct scene scene;

		scene_start(&scene, c->answers, ARRAY_SIZE(c->answers), &connection, &settings);
		scene_ask(&scene, CLIENT_POST, "/x");
		scene_wait(&scene, 1);
		ck_assert_msg(scene.status == c->status && scene.err.code == c->code, "%s: HTTP %ld: %s", c->name,
			      scene.status, scene.err.message);
		ck_assert_msg(scene.server.requests == c->requests, "%s: %zu requests", c->name,
			      scene.server.requests);
		ck_assert_uint_eq(client_counters(scene.client)->requests, scene.server.requests);
		ck_assert_uint_eq(client_counters(scene.client)->writes, scene.server.requests);
		ck_assert_uint_eq(client_counters(scene.client)->retries, scene.server.requests - 1);
		if (c->status == 200)
			ck_assert_int_eq(scene.number, 42);
		scene_end(&scene);
	}
}
END_TEST

/* What must not be done twice: of the failures only those after which nothing can have been done. */
static const struct once_case {
	const char *name, *answer;
	size_t requests;
} once_cases[] = {
	{ "500", BROKEN, 1 },
	{ "503", ANSWER("503 Later", "", "0", ""), 1 },
	{ "504", ANSWER("504 Late", "", "0", ""), 1 },
	{ "a lost connection", NULL, 1 },
	{ "half an answer", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n{", 1 },
	{ "429", ANSWER("429 Many", "", "0", ""), 2 },
};

START_TEST(sent_once)
{
	for (size_t i = 0; i < ARRAY_SIZE(once_cases); i++) {
		const struct once_case *c = &once_cases[i];
		const char *const answers[] = { GOOD, c->answer, GOOD, GOOD };
		const struct client_request request = { .method = CLIENT_PUT, .path = "/x", .once = true };
		struct connection connection = { .token = string_copy("secret") };
		struct client_settings settings = { .attempt_timeout_ms = 300 };
		struct scene scene;

		scene_start(&scene, answers, ARRAY_SIZE(answers), &connection, &settings);
		scene_ask(&scene, CLIENT_GET, "/x"); /* leaves a connection behind */
		scene_wait(&scene, 1);
		client_send(scene.client, &request, scene_on_answer, &scene);
		scene_wait(&scene, 2);
		ck_assert_msg(scene.server.requests == 1 + c->requests, "%s: %zu requests", c->name,
			      scene.server.requests - 1);
		ck_assert_msg((scene.err.code == ERROR_NONE) == (c->requests == 2), "%s: HTTP %ld: %s", c->name,
			      scene.status, scene.err.message);
		scene_end(&scene);
	}
}
END_TEST

static const struct form_case {
	enum client_method method;
	const char *line, *type;
} form_cases[] = {
	{ CLIENT_GET, "GET /p/x?a=b HTTP/1.1\r\n", NULL },
	{ CLIENT_POST, "POST /p/x?a=b HTTP/1.1\r\n", "Content-Type: application/json\r\n" },
	{ CLIENT_PUT, "PUT /p/x?a=b HTTP/1.1\r\n", "Content-Type: application/json\r\n" },
	{ CLIENT_PATCH_MERGE, "PATCH /p/x?a=b HTTP/1.1\r\n", "Content-Type: application/merge-patch+json\r\n" },
	{ CLIENT_DELETE, "DELETE /p/x?a=b HTTP/1.1\r\n", "Content-Type: application/json\r\n" },
};

START_TEST(requests_as_sent)
{
	static const char *const answers[] = { GOOD };

	for (size_t i = 0; i < ARRAY_SIZE(form_cases); i++) {
		const struct form_case *c = &form_cases[i];
		struct connection connection = { .username = string_copy("u"), .password = string_copy("p") };
		struct client_settings settings = { .user_agent = "tester/1" };
		struct scene scene;
		const char *heard;

		scene_start(&scene, answers, 1, &connection, &settings);
		scene_ask(&scene, c->method, "/p/x?a=b");
		scene_wait(&scene, 1);
		heard = scene.server.heard.data;
		ck_assert_msg(strncmp(heard, c->line, strlen(c->line)) == 0, "%s", heard);
		ck_assert_ptr_nonnull(strstr(heard, "\r\nAccept: application/json\r\n"));
		ck_assert_ptr_nonnull(strstr(heard, "\r\nUser-Agent: tester/1\r\n"));
		ck_assert_ptr_nonnull(strstr(heard, "\r\nAuthorization: Basic dTpw\r\n"));
		if (c->type)
			ck_assert_msg(strstr(heard, c->type) && strstr(heard, "\r\n\r\n{\"b\":1}"), "%s", heard);
		else
			ck_assert_msg(!strstr(heard, "Content-Type"), "%s", heard);
		scene_end(&scene);
	}
}
END_TEST

/* One server's Retry-After holds back everybody's requests. */
START_TEST(retry_after_is_for_everybody)
{
	static const char *const answers[] = { ANSWER("429 Many", "Retry-After: 1\r\n", "0", ""), GOOD };
	struct connection connection = { .server = NULL };
	struct scene scene;
	uint64_t started;

	scene_start(&scene, answers, ARRAY_SIZE(answers), &connection, NULL);
	scene_ask(&scene, CLIENT_GET, "/a");
	started = time_monotonic_ms();
	while (client_counters(scene.client)->retries == 0)
		uv_run(&scene.loop, UV_RUN_ONCE);
	scene_ask(&scene, CLIENT_GET, "/b");
	scene_wait(&scene, 2);
	ck_assert_uint_ge(time_monotonic_ms() - started, 1000);
	ck_assert_uint_eq(scene.server.requests, 3);
	ck_assert_int_eq(scene.err.code, ERROR_NONE);
	scene_end(&scene);
}
END_TEST

START_TEST(gives_up_at_the_deadline)
{
	static const char *const answers[] = { BROKEN };
	struct connection connection = { .server = NULL };
	struct client_settings settings = { .deadline_ms = 400 };
	struct scene scene;

	scene_start(&scene, answers, 1, &connection, &settings);
	scene_ask(&scene, CLIENT_GET, "/a");
	scene_wait(&scene, 1);
	ck_assert_int_eq(scene.status, 500);
	ck_assert_int_eq(scene.err.code, ERROR_UNAVAILABLE);
	ck_assert_msg(strstr(scene.err.message, "gave up after") != NULL, "%s", scene.err.message);
	ck_assert_uint_gt(scene.server.requests, 1);
	scene_end(&scene);
}
END_TEST

/* A request that is heard and never answered. */
START_TEST(silence_is_a_timeout)
{
	static const char *const answers[] = { "" };
	struct connection connection = { .server = NULL };
	struct client_settings settings = { .deadline_ms = 300, .attempt_timeout_ms = 100 };
	struct scene scene;

	scene_start(&scene, answers, 1, &connection, &settings);
	scene_ask(&scene, CLIENT_GET, "/a");
	scene_wait(&scene, 1);
	ck_assert_int_eq(scene.status, 0);
	ck_assert_int_eq(scene.err.code, ERROR_TIMEOUT);
	ck_assert_msg(strstr(scene.err.message, "does not answer") != NULL, "%s", scene.err.message);
	scene_end(&scene);
}
END_TEST

START_TEST(nobody_listens)
{
	static const char *const answers[] = { GOOD };
	struct connection connection = { .server = NULL };
	struct client_settings settings = { .deadline_ms = 200 };
	struct scene scene;

	scene_start(&scene, answers, 1, &connection, &settings);
	uv_close((uv_handle_t *)&scene.server.listener, NULL);
	scene_ask(&scene, CLIENT_GET, "/a");
	scene_wait(&scene, 1);
	ck_assert_int_eq(scene.err.code, ERROR_UNAVAILABLE);
	ck_assert_msg(strstr(scene.err.message, ": connection refused; is the API server up?; gave up after"), "%s",
		      scene.err.message);
	client_close(scene.client, scene_on_closed, &scene);
	uv_run(&scene.loop, UV_RUN_DEFAULT);
	ck_assert(scene.closed);
	ck_assert_int_eq(uv_loop_close(&scene.loop), 0);
	canned_server_deinit(&scene.server);
	error_deinit(&scene.err);
}
END_TEST

START_TEST(headers_without_end_are_refused)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	const char *answers[1];
	struct connection connection = { .server = NULL };
	struct scene scene;

	buffer_append_text(&text, "HTTP/1.1 200 OK\r\n");
	while (text.length < HTTP_HEADERS_MAX + 1000)
		buffer_append_text(&text, "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n");
	answers[0] = text.data;
	scene_start(&scene, answers, 1, &connection, NULL);
	scene_ask(&scene, CLIENT_GET, "/a");
	scene_wait(&scene, 1);
	ck_assert_msg(scene.err.code == ERROR_LIMIT, "%d: %s", scene.err.code, scene.err.message);
	scene_end(&scene);
}
END_TEST

struct listed {
	struct scene *scene;
	unsigned items, restarts;
};

static void on_item(void *data, json_t *item)
{
	struct listed *listed = data;

	(void)item;
	listed->items++;
}

static void on_restart(void *data)
{
	struct listed *listed = data;

	listed->items = 0;
	listed->restarts++;
}

static void on_listed(void *data, const struct client_response *response, const struct error *err)
{
	struct listed *listed = data;

	scene_on_answer(listed->scene, response, err);
}

START_TEST(an_expired_list_starts_over)
{
	static const char *const answers[] = {
		ANSWER("200 OK", "", "45", "{\"metadata\":{\"continue\":\"x\"},\"items\":[{},{}]}"),
		ANSWER("410 Gone", "", "0", ""),
		ANSWER("200 OK", "", "42", "{\"metadata\":{\"continue\":\"y\"},\"items\":[{}]}"),
		ANSWER("200 OK", "", "28", "{\"metadata\":{},\"items\":[{}]}"),
	};
	static const struct client_list_handlers handlers = { on_item, on_restart, on_listed };
	struct connection connection = { .server = NULL };
	struct scene scene;
	struct listed listed = { .scene = &scene };

	scene_start(&scene, answers, ARRAY_SIZE(answers), &connection, NULL);
	client_list(scene.client, "/api/v1/pods", &handlers, &listed);
	scene_wait(&scene, 1);
	ck_assert_msg(scene.err.code == ERROR_NONE, "%s", scene.err.message);
	ck_assert_uint_eq(listed.restarts, 1);
	ck_assert_uint_eq(listed.items, 2);
	ck_assert_uint_eq(scene.server.requests, 4);
	scene_end(&scene);
}
END_TEST

START_TEST(a_list_that_is_none)
{
	static const char *const answers[] = { GOOD };
	static const struct client_list_handlers handlers = { on_item, on_restart, on_listed };
	struct connection connection = { .server = NULL };
	struct scene scene;
	struct listed listed = { .scene = &scene };

	scene_start(&scene, answers, 1, &connection, NULL);
	client_list(scene.client, "/x", &handlers, &listed);
	scene_wait(&scene, 1);
	ck_assert_int_eq(scene.err.code, ERROR_INVALID);
	scene_end(&scene);
}
END_TEST

static void on_answer_send_again(void *data, const struct client_response *response, const struct error *err)
{
	struct scene *scene = data;

	scene_on_answer(scene, response, err);
	scene_ask(scene, CLIENT_GET, "/again");
}

/* What a callback sends into a client that closes is cancelled too. */
START_TEST(sending_while_closing)
{
	static const char *const answers[] = { GOOD };
	struct connection connection = { .server = NULL };
	struct client_request request = { .method = CLIENT_GET, .path = "/a" };
	struct scene scene;

	scene_start(&scene, answers, 1, &connection, NULL);
	client_send(scene.client, &request, on_answer_send_again, &scene);
	scene_end(&scene);
	ck_assert_uint_eq(scene.calls, 2);
	ck_assert_uint_eq(scene.server.requests, 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		retried,
		sent_once,
		requests_as_sent,
		retry_after_is_for_everybody,
		gives_up_at_the_deadline,
		silence_is_a_timeout,
		nobody_listens,
		headers_without_end_are_refused,
		an_expired_list_starts_over,
		a_list_that_is_none,
		sending_while_closing,
	};

	return suite_run("cluster/client", tests, ARRAY_SIZE(tests));
}
