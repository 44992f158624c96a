#include "sync/cluster/exec_plugin.h"

#include <string.h>

#include "base/json.h"
#include "base/time.h"
#include "tests/unit/cluster/folder.h"

#define VERSION "client.authentication.k8s.io/v1"
#define TOKEN_ANSWER(token)                                                                                          \
	"{\"kind\":\"ExecCredential\",\"apiVersion\":\"" VERSION "\",\"status\":{\"token\":\"" token "\"}}"

struct run {
	unsigned calls;
	struct exec_answer answer;
	struct error err;
};

static void run_cleanup(struct run *run)
{
	exec_answer_deinit(&run->answer);
	error_deinit(&run->err);
}

static void on_done(void *data, struct exec_answer *answer, const struct error *err)
{
	struct run *run = data;

	run->calls++;
	ck_assert((answer == NULL) == (err != NULL));
	if (err)
		error_copy(&run->err, err);
	if (answer) {
		run->answer = *answer;
		*answer = (struct exec_answer){ .token = NULL };
	}
}

/* Runs the shell text as a plugin "plugin" in `folder`. */
static void run_script(const char *folder, const char *script, uint64_t deadline_ms, struct run *run)
{
	cleanup(free) char *command = string_format("%s/plugin", folder);
	cleanup(free) char *text = string_format("#!/bin/sh\n%s\n", script);
	char *arguments[] = { (char *)"first one", (char *)"$HOME", NULL };
	char *environment[] = { (char *)"ADDED=it is", NULL };
	struct exec_credential exec = { .api_version = (char *)VERSION,
					.command = command,
					.arguments = arguments,
					.environment = environment,
					.provide_cluster_info = true };
	struct connection connection = { .server = (char *)"https://k:6443", .ca_pem = (char *)"PEM", .exec = &exec };
	uv_loop_t loop;

	folder_write_script(folder, "plugin", text);
	uv_loop_init(&loop);
	exec_plugin_run(&loop, &connection, deadline_ms, on_done, run);
	ck_assert_uint_eq(run->calls, 0);
	uv_run(&loop, UV_RUN_DEFAULT);
	ck_assert_uint_eq(run->calls, 1);
	ck_assert_int_eq(uv_loop_close(&loop), 0);
}

static const struct answered_case {
	const char *name, *script, *token;
} answered_cases[] = {
	{ "a token", "echo '" TOKEN_ANSWER("abc") "'", "abc" },
	{ "with noise on stderr", "echo noise >&2; echo '" TOKEN_ANSWER("abc") "'", "abc" },
	{ "arguments are not looked at by a shell",
	  "test \"$1\" = 'first one' && test \"$2\" = '$HOME' && echo '" TOKEN_ANSWER("abc") "'", "abc" },
	{ "variables are added", "test -n \"$PATH\" && test \"$ADDED\" = 'it is' && echo '" TOKEN_ANSWER("abc") "'",
	  "abc" },
	{ "stdin is empty", "read -r line; test -z \"$line\" && echo '" TOKEN_ANSWER("abc") "'", "abc" },
	{ "in pieces",
	  "printf '%s' '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" VERSION "\",'; sleep 0.1; "
	  "echo '\"status\":{\"token\":\"abc\"}}'",
	  "abc" },
};

START_TEST(answered)
{
	for (size_t i = 0; i < ARRAY_SIZE(answered_cases); i++) {
		const struct answered_case *c = &answered_cases[i];
		cleanup(folder) char *folder = folder_new();
		cleanup(run) struct run run = { .calls = 0 };

		run_script(folder, c->script, 10000, &run);
		ck_assert_msg(run.err.code == ERROR_NONE, "%s: %s", c->name, run.err.message);
		ck_assert_str_eq(run.answer.token, c->token);
	}
}
END_TEST

START_TEST(is_told_about_the_cluster)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *path = string_format("%s/info", folder);
	cleanup(run) struct run run = { .calls = 0 };
	cleanup(json) json_t *info = NULL;

	run_script(folder, "printf '%s' \"$KUBERNETES_EXEC_INFO\" >\"${0%/*}/info\"; echo '" TOKEN_ANSWER("a") "'",
		   10000, &run);
	info = json_load_file(path, 0, NULL);
	ck_assert_str_eq(json_text_at(info, "kind", NULL), "ExecCredential");
	ck_assert_str_eq(json_text_at(info, "apiVersion", NULL), VERSION);
	ck_assert(json_is_false(json_at(info, "spec", "interactive", NULL)));
	ck_assert_str_eq(json_text_at(info, "spec", "cluster", "server", NULL), "https://k:6443");
	ck_assert_str_eq(json_text_at(info, "spec", "cluster", "certificate-authority-data", NULL), "UEVN");
}
END_TEST

static const struct failed_case {
	const char *name, *script;
	enum error_code code;
	const char *message; /* a part of it */
} failed_cases[] = {
	{ "fails", "echo 'please log in' >&2; exit 3", ERROR_REFUSED,
	  "ended with exit code 3; it said: please log in" },
	{ "fails without a word", "exit 1", ERROR_REFUSED, "ended with exit code 1" },
	{ "is killed", "kill -TERM $$", ERROR_REFUSED, "ended by signal 15" },
	{ "says nothing", "true", ERROR_INVALID, "what it wrote is not JSON" },
	{ "says too much", "head -c 2000000 /dev/zero", ERROR_LIMIT, "it wrote more than 1048576 bytes" },
	{ "says too much for ever", "yes", ERROR_LIMIT, "it wrote more than 1048576 bytes" },
	{ "hangs", "sleep 60", ERROR_TIMEOUT, "no answer in 500ms" },
	{ "leaves a child that holds its pipes", "sleep 60 & echo '" TOKEN_ANSWER("a") "'", ERROR_TIMEOUT,
	  "no answer in 500ms" },
	{ "steers the terminal", "printf '\\033[31mred' >&2; exit 1", ERROR_REFUSED, "it said: ?[31mred" },
	{ "complains at length", "yes abcdefg | head -c 100000 >&2; exit 1", ERROR_REFUSED, "abcdefg abcdefg" },
};

START_TEST(failed)
{
	for (size_t i = 0; i < ARRAY_SIZE(failed_cases); i++) {
		const struct failed_case *c = &failed_cases[i];
		cleanup(folder) char *folder = folder_new();
		cleanup(run) struct run run = { .calls = 0 };
		uint64_t started = time_monotonic_ms();
		bool hangs = c->code == ERROR_TIMEOUT;

		run_script(folder, c->script, hangs ? 500 : 20000, &run);
		ck_assert_msg(run.err.code == c->code && strstr(run.err.message, c->message), "%s: %d: %s", c->name,
			      run.err.code, run.err.message);
		ck_assert_msg(strstr(run.err.message, "/plugin: ") != NULL, "%s", run.err.message);
		ck_assert_uint_lt(strlen(run.err.message), 1024);
		ck_assert_uint_lt(time_monotonic_ms() - started, 15000);
	}
}
END_TEST

START_TEST(cancelled)
{
	char *arguments[] = { (char *)"60", NULL }, *environment[] = { NULL };
	struct exec_credential exec = { .api_version = (char *)VERSION,
					.command = (char *)"sleep", /* found in PATH */
					.arguments = arguments,
					.environment = environment };
	struct connection connection = { .exec = &exec };
	cleanup(run) struct run run = { .calls = 0 };
	struct exec_plugin *plugin;
	uv_loop_t loop;

	uv_loop_init(&loop);
	plugin = exec_plugin_run(&loop, &connection, 50000, on_done, &run);
	uv_run(&loop, UV_RUN_NOWAIT);
	exec_plugin_cancel(plugin);
	uv_run(&loop, UV_RUN_DEFAULT);
	ck_assert_uint_eq(run.calls, 1);
	ck_assert_int_eq(run.err.code, ERROR_CANCELLED);
	ck_assert_int_eq(uv_loop_close(&loop), 0);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { answered, is_told_about_the_cluster, failed, cancelled };

	return suite_run("cluster/exec_plugin", tests, ARRAY_SIZE(tests));
}
