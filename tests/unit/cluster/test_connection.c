#include "sync/cluster/connection.h"

#include <stdlib.h>
#include <string.h>

#include "sync/cluster/in_cluster.h"
#include "tests/unit/cluster/folder.h"

#define CONFIG(context, server)                                                                                      \
	"current-context: " context "\ncontexts: [{name: " context ", context: {cluster: " context "}}]\n"           \
	"clusters: [{name: " context ", cluster: {server: '" server "'}}]\n"

/* Nothing of the machine's own. */
static void clear_environment(void)
{
	unsetenv("KUBECONFIG");
	unsetenv("KUBERNETES_SERVICE_HOST");
	unsetenv("KUBERNETES_SERVICE_PORT");
	setenv("HOME", "/nowhere", 1);
}

static void expect_server(const char *kubeconfig, const char *context, const char *server)
{
	cleanup(connection) struct connection connection = { .server = NULL };
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(connection_load(kubeconfig, context, &connection, &err), "%s", err.message);
	ck_assert_str_eq(connection.server, server);
}

static void expect_error(const char *kubeconfig, const char *context, enum error_code code, const char *message)
{
	cleanup(connection) struct connection connection = { .server = NULL };
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert(!connection_load(kubeconfig, context, &connection, &err));
	ck_assert_msg(err.code == code && strstr(err.message, message), "%d: %s", err.code, err.message);
	ck_assert_ptr_null(connection.server);
}

START_TEST(the_list_is_merged)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *a = folder_write(folder, "a", CONFIG("a", "https://a"));
	cleanup(free) char *b = folder_write(folder, "b", CONFIG("b", "https://b"));
	cleanup(free) char *list = string_format(":%s/missing:%s::%s", folder, b, a);

	clear_environment();
	setenv("KUBECONFIG", list, 1);
	expect_server(NULL, NULL, "https://b");
	expect_server(NULL, "a", "https://a");
	expect_server(a, NULL, "https://a");
	expect_error(a, "b", ERROR_NOT_FOUND, "known: a");
	expect_error("/nowhere/config", NULL, ERROR_NOT_FOUND, "cannot read /nowhere/config");
	clear_environment();
}
END_TEST

START_TEST(a_broken_file_of_the_list_is_no_missing_one)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *a = folder_write(folder, "a", "clusters: 1\n");
	cleanup(free) char *b = folder_write(folder, "b", CONFIG("b", "https://b"));
	cleanup(free) char *list = string_format("%s:%s", a, b);

	clear_environment();
	setenv("KUBECONFIG", list, 1);
	expect_error(NULL, NULL, ERROR_INVALID, "clusters must be a list");
	clear_environment();
}
END_TEST

START_TEST(home_comes_next)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *kube = string_format("%s/.kube", folder);
	cleanup(free) char *path = NULL;

	clear_environment();
	ck_assert_int_eq(mkdir(kube, 0700), 0);
	path = folder_write(kube, "config", CONFIG("h", "https://h"));
	setenv("HOME", folder, 1);
	expect_server(NULL, NULL, "https://h");
	setenv("KUBECONFIG", "", 1);
	expect_server(NULL, NULL, "https://h");
	clear_environment();
}
END_TEST

START_TEST(nothing_at_all)
{
	clear_environment();
	expect_error(NULL, NULL, ERROR_NOT_FOUND, "--kubeconfig FILE");
	setenv("KUBECONFIG", "/nowhere/a", 1);
	expect_error(NULL, NULL, ERROR_NOT_FOUND, "KUBECONFIG=/nowhere/a names no file");
	clear_environment();
	setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1", 1);
	expect_error(NULL, "lab", ERROR_NOT_FOUND, "only the pod's service account");
	clear_environment();
}
END_TEST

START_TEST(in_cluster)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *token = NULL, *authority = NULL, *space = NULL;
	struct connection connection = { .server = NULL };
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert(!in_cluster_connection(folder, "10.0.0.1", "443", &connection, &err));
	ck_assert_msg(strstr(err.message, "the pod's service account: cannot read") != NULL, "%s", err.message);
	connection_deinit(&connection);
	error_deinit(&err);

	token = folder_write(folder, "token", "t");
	authority = folder_write(folder, "ca.crt", "PEM");
	ck_assert(in_cluster_connection(folder, "10.0.0.1", "443", &connection, &err));
	ck_assert_str_eq(connection.server, "https://10.0.0.1:443");
	ck_assert_str_eq(connection.ca_pem, "PEM");
	ck_assert_str_eq(connection.token_file, token);
	ck_assert_str_eq(connection.default_namespace, "default");
	connection_deinit(&connection);

	space = folder_write(folder, "namespace", "labs\n");
	ck_assert(in_cluster_connection(folder, "fd00::1", "6443", &connection, &err));
	ck_assert_str_eq(connection.server, "https://[fd00::1]:6443");
	ck_assert_str_eq(connection.default_namespace, "labs");
	connection_deinit(&connection);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { the_list_is_merged, a_broken_file_of_the_list_is_no_missing_one,
				       home_comes_next, nothing_at_all, in_cluster };

	return suite_run("cluster/connection", tests, ARRAY_SIZE(tests));
}
