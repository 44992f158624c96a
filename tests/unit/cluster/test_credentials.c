/* Credentials at work, seen from the server: what it is sent, and when. */
#include "sync/cluster/credentials.h"

#include <string.h>

#include "tests/unit/cluster/folder.h"
#include "tests/unit/cluster/scene.h"

START_TEST(a_new_token_after_401)
{
	static const char *const answers[] = { GOOD, UNAUTHORIZED, GOOD, UNAUTHORIZED };
	cleanup(folder) char *folder = folder_new();
	struct connection connection = { .token_file = folder_write(folder, "token", "old\n") };
	struct scene scene;

	scene_start(&scene, answers, ARRAY_SIZE(answers), &connection, NULL);
	scene_ask(&scene, CLIENT_GET, "/a");
	scene_wait(&scene, 1);
	free(folder_write(folder, "token", "new\n"));
	scene_ask(&scene, CLIENT_GET, "/b");
	scene_wait(&scene, 2);
	ck_assert_int_eq(scene.err.code, ERROR_NONE);
	ck_assert_uint_eq(scene.server.requests, 3);
	ck_assert_ptr_nonnull(strstr(scene.server.heard.data, "Authorization: Bearer old\r\n"));
	ck_assert_ptr_nonnull(strstr(scene.server.heard.data, "Authorization: Bearer new\r\n"));
	scene_ask(&scene, CLIENT_GET, "/c");
	scene_wait(&scene, 3);
	ck_assert_int_eq(scene.err.code, ERROR_REFUSED);
	ck_assert_msg(strstr(scene.err.message, "does not accept the credentials of user \"lab\"") != NULL, "%s",
		      scene.err.message);
	ck_assert_uint_eq(scene.server.requests, 4);
	scene_end(&scene);
}
END_TEST

static struct exec_credential *plugin_new(const char *command)
{
	struct exec_credential *exec = memory_new(sizeof(*exec));

	exec->api_version = string_copy("client.authentication.k8s.io/v1");
	exec->command = string_copy(command);
	exec->arguments = memory_new(sizeof(char *));
	exec->environment = memory_new(sizeof(char *));
	return exec;
}

/* The plugin counts its runs: the token of each is another. */
#define COUNTING_PLUGIN                                                                                              \
	"#!/bin/sh\necho x >>\"$0.runs\"\nn=$(wc -l <\"$0.runs\")\n"                                                 \
	"echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","                     \
	"\"status\":{\"token\":\"run'$n'\"}}'\n"

START_TEST(a_plugin_runs_once_and_again_after_401)
{
	static const char *const answers[] = { GOOD, GOOD, UNAUTHORIZED, GOOD };
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *path = string_format("%s/plugin", folder);
	struct connection connection = { .exec = plugin_new(path) };
	struct client_settings settings = { .in_flight_max = 1 };
	struct scene scene;

	folder_write_script(folder, "plugin", COUNTING_PLUGIN);
	scene_start(&scene, answers, ARRAY_SIZE(answers), &connection, &settings);
	for (unsigned i = 0; i < 3; i++)
		scene_ask(&scene, CLIENT_GET, "/a");
	scene_wait(&scene, 3);
	ck_assert_msg(scene.err.code == ERROR_NONE, "%s", scene.err.message);
	ck_assert_ptr_nonnull(strstr(scene.server.heard.data, "Bearer run1\r\n"));
	ck_assert_ptr_nonnull(strstr(scene.server.heard.data, "Bearer run2\r\n"));
	ck_assert_ptr_null(strstr(scene.server.heard.data, "Bearer run3\r\n"));
	scene_end(&scene);
}
END_TEST

START_TEST(a_plugin_that_fails)
{
	static const char *const answers[] = { GOOD };
	struct connection connection = { .exec = plugin_new("/nowhere/plugin") };
	struct scene scene;

	connection.exec->install_hint = string_copy("install it with care");
	scene_start(&scene, answers, 1, &connection, NULL);
	scene_ask(&scene, CLIENT_GET, "/a");
	scene_ask(&scene, CLIENT_GET, "/b");
	scene_wait(&scene, 2);
	ck_assert_int_eq(scene.err.code, ERROR_REFUSED);
	ck_assert_msg(strstr(scene.err.message, "install it with care") != NULL, "%s", scene.err.message);
	ck_assert_uint_eq(scene.server.requests, 0);
	scene_end(&scene);
}
END_TEST

START_TEST(a_plugin_whose_answer_has_expired)
{
	static const char *const answers[] = { GOOD };
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *path = string_format("%s/plugin", folder);
	struct connection connection = { .exec = plugin_new(path) };
	struct scene scene;

	folder_write_script(folder, "plugin",
			    "#!/bin/sh\necho '{\"kind\":\"ExecCredential\",\"apiVersion\":"
			    "\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"t\","
			    "\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"}}'\n");
	scene_start(&scene, answers, 1, &connection, NULL);
	scene_ask(&scene, CLIENT_GET, "/a");
	scene_wait(&scene, 1);
	ck_assert_int_eq(scene.err.code, ERROR_REFUSED);
	ck_assert_msg(strstr(scene.err.message, "has expired already") != NULL, "%s", scene.err.message);
	ck_assert_uint_eq(scene.server.requests, 0);
	scene_end(&scene);
}
END_TEST

START_TEST(closing_while_a_plugin_runs)
{
	static const char *const answers[] = { GOOD };
	struct connection connection = { .exec = plugin_new("sleep") };
	struct scene scene;

	free(connection.exec->arguments);
	connection.exec->arguments = memory_new_array(2, sizeof(char *));
	connection.exec->arguments[0] = string_copy("60");
	scene_start(&scene, answers, 1, &connection, NULL);
	scene_ask(&scene, CLIENT_GET, "/a");
	uv_run(&scene.loop, UV_RUN_NOWAIT);
	scene_end(&scene);
	ck_assert_uint_eq(scene.calls, 1);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { a_new_token_after_401, a_plugin_runs_once_and_again_after_401,
				       a_plugin_that_fails, a_plugin_whose_answer_has_expired,
				       closing_while_a_plugin_runs };

	return suite_run("cluster/credentials", tests, ARRAY_SIZE(tests));
}
