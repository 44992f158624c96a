#include "sync/cluster/kubeconfig_resolve.h"

#include <string.h>

#include "tests/unit/cluster/folder.h"

#define HEAD "current-context: c\ncontexts:\n- name: c\n  context: {cluster: k, user: u, namespace: n}\n"
#define CLUSTER "clusters:\n- name: k\n  cluster:\n    server: https://host:6443/\n"
#define USER "users:\n- name: u\n  user:\n"

static bool resolve(const char *path, const char *text, const char *context, struct connection *connection,
		    struct error *err)
{
	cleanup(kubeconfig) struct kubeconfig config = KUBECONFIG_INIT;

	*connection = (struct connection){ .server = NULL };
	return kubeconfig_add(&config, path, text, strlen(text), err) &&
	       kubeconfig_resolve(&config, context, connection, err);
}

static const struct refused_case {
	const char *name, *context, *text;
	enum error_code code;
	size_t line;
	const char *message; /* a part of it */
} refused_cases[] = {
	{ "no current-context", NULL, "contexts: [{name: a, context: {}}, {name: b}]\n", ERROR_INVALID, 0,
	  "--context (known: a, b)" },
	{ "an unknown current-context", NULL, "current-context: x\ncontexts: [{name: a}]\n", ERROR_INVALID, 1,
	  "current-context \"x\" is not among the contexts; known: a" },
	{ "an unknown context", "z", HEAD CLUSTER, ERROR_NOT_FOUND, 0, "there is no context \"z\"" },
	{ "an unknown cluster", NULL, HEAD "clusters: [{name: other}]\n", ERROR_INVALID, 4,
	  "the cluster \"k\", which is not there; known: other" },
	{ "an unknown user", NULL, HEAD CLUSTER "users: [{name: v}, {name: w}]\n", ERROR_INVALID, 4,
	  "the user \"u\", which is not there; known: v, w" },
	{ "no cluster", NULL, "current-context: c\ncontexts: [{name: c, context: {}}]\n", ERROR_INVALID, 2,
	  "names no cluster" },
	{ "no server", NULL, HEAD "clusters: [{name: k, cluster: {}}]\n" USER "    {}\n", ERROR_INVALID, 5,
	  "has no server" },
	{ "another scheme", NULL, HEAD "clusters: [{name: k, cluster: {server: 'ftp://x'}}]\n" USER "    {}\n",
	  ERROR_INVALID, 5, "must begin with https://" },
	{ "a password in the server", NULL,
	  HEAD "clusters: [{name: k, cluster: {server: 'https://a:b@x'}}]\n" USER "    {}\n", ERROR_INVALID, 5,
	  "and nothing else" },
	{ "insecure with an authority", NULL,
	  HEAD CLUSTER "    insecure-skip-tls-verify: true\n    certificate-authority-data: YQ==\n" USER "    {}\n",
	  ERROR_INVALID, 9, "exclude each other" },
	{ "insecure is no boolean", NULL, HEAD CLUSTER "    insecure-skip-tls-verify: often\n" USER "    {}\n",
	  ERROR_INVALID, 9, "must be true or false" },
	{ "an authority twice", NULL,
	  HEAD CLUSTER "    certificate-authority: f\n    certificate-authority-data: YQ==\n" USER "    {}\n",
	  ERROR_INVALID, 10, "keep one" },
	{ "an authority that is no base64", NULL,
	  HEAD CLUSTER "    certificate-authority-data: '%'\n" USER "    {}\n", ERROR_INVALID, 9, "is not base64" },
	{ "an authority that is not there", NULL,
	  HEAD CLUSTER "    certificate-authority: /nowhere/ca\n" USER "    {}\n", ERROR_NOT_FOUND, 0,
	  "certificate-authority of cluster \"k\": cannot read /nowhere/ca" },
	{ "a certificate without a key", NULL, HEAD CLUSTER USER "    client-certificate-data: YQ==\n", ERROR_INVALID,
	  12, "no client key" },
	{ "a key without a certificate", NULL, HEAD CLUSTER USER "    client-key: x\n", ERROR_INVALID, 12,
	  "no client certificate" },
	{ "token and password", NULL, HEAD CLUSTER USER "    token: t\n    username: x\n", ERROR_INVALID, 13,
	  "keep one" },
	{ "auth-provider", NULL, HEAD CLUSTER USER "    auth-provider: {name: gcp}\n", ERROR_INVALID, 12,
	  "auth-provider gcp is not supported" },
	{ "impersonation", NULL, HEAD CLUSTER USER "    as: admin\n", ERROR_INVALID, 12, "impersonation" },
	{ "exec and a token", NULL,
	  HEAD CLUSTER USER "    token: t\n    exec: {apiVersion: client.authentication.k8s.io/v1, command: x}\n",
	  ERROR_INVALID, 13, "an exec plugin and other credentials" },
	{ "exec without a command", NULL,
	  HEAD CLUSTER USER "    exec: {apiVersion: client.authentication.k8s.io/v1}\n", ERROR_INVALID, 12,
	  "command is missing" },
	{ "exec of an old version", NULL,
	  HEAD CLUSTER USER "    exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}\n",
	  ERROR_INVALID, 12, "apiVersion must be" },
	{ "exec that asks a person", NULL,
	  HEAD CLUSTER USER "    exec: {apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: "
			    "Always}\n",
	  ERROR_INVALID, 12, "labsync has none" },
	{ "exec with a bad variable", NULL,
	  HEAD CLUSTER USER
	  "    exec: {apiVersion: client.authentication.k8s.io/v1, command: x, env: [{name: a=b}]}\n",
	  ERROR_INVALID, 12, "without \"=\"" },
};

START_TEST(refused)
{
	for (size_t i = 0; i < ARRAY_SIZE(refused_cases); i++) {
		const struct refused_case *c = &refused_cases[i];
		cleanup(connection) struct connection connection = { .server = NULL };
		cleanup(error) struct error err = ERROR_INIT;

		ck_assert_msg(!resolve("k.yaml", c->text, c->context, &connection, &err), "%s", c->name);
		ck_assert_msg(strstr(err.message, c->message) != NULL, "%s: %s", c->name, err.message);
		ck_assert_msg(err.code == c->code && err.line == c->line, "%s: code %d, line %zu", c->name, err.code,
			      err.line);
	}
}
END_TEST

START_TEST(texts)
{
	cleanup(connection) struct connection connection = { .server = NULL };
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(resolve("k.yaml",
			      HEAD CLUSTER "    certificate-authority-data: |\n      UEVN\n      IDE=\n"
					   "    proxy-url: socks5://p:1\n    tls-server-name: t\n" USER
					   "    client-certificate-data: UEVNIDI=\n    client-key-data: UEVNIDM=\n"
					   "    token: 17\n",
			      NULL, &connection, &err),
		      "%s", err.message);
	ck_assert_str_eq(connection.context, "c");
	ck_assert_str_eq(connection.cluster, "k");
	ck_assert_str_eq(connection.user, "u");
	ck_assert_str_eq(connection.server, "https://host:6443");
	ck_assert_str_eq(connection.ca_pem, "PEM 1");
	ck_assert_str_eq(connection.client_certificate_pem, "PEM 2");
	ck_assert_str_eq(connection.client_key_pem, "PEM 3");
	ck_assert_str_eq(connection.proxy_url, "socks5://p:1");
	ck_assert_str_eq(connection.tls_server_name, "t");
	ck_assert_str_eq(connection.token, "17");
	ck_assert_str_eq(connection.default_namespace, "n");
	ck_assert(!connection.insecure);
}
END_TEST

/* As kubectl 1.20 writes a user out once it has changed the file. */
START_TEST(empty_impersonation_is_none)
{
	cleanup(connection) struct connection connection = { .server = NULL };
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(resolve("k.yaml",
			      HEAD CLUSTER USER
			      "    as: ''\n    as-groups: []\n    as-user-extra: {}\n    token: t\n",
			      NULL, &connection, &err),
		      "%s", err.message);
	ck_assert_str_eq(connection.token, "t");
}
END_TEST

START_TEST(a_context_without_user_and_namespace)
{
	cleanup(connection) struct connection connection = { .server = NULL };
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(resolve("k.yaml",
			      "contexts: [{name: other, context: {cluster: k}}]\n" CLUSTER
			      "    insecure-skip-tls-verify: true\n",
			      "other", &connection, &err),
		      "%s", err.message);
	ck_assert_ptr_null(connection.user);
	ck_assert_str_eq(connection.default_namespace, "default");
	ck_assert(connection.insecure);
}
END_TEST

START_TEST(files_are_relative_to_the_kubeconfig)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *path = string_format("%s/config", folder);
	cleanup(free) char *key = string_format("%s/a/key", folder);
	cleanup(connection) struct connection connection = { .server = NULL };
	cleanup(error) struct error err = ERROR_INIT;

	free(folder_write(folder, "ca.crt", "PEM"));
	ck_assert_msg(resolve(path,
			      HEAD CLUSTER "    certificate-authority: ca.crt\n" USER
					   "    client-certificate: /abs/cert\n    client-key: a/key\n"
					   "    tokenFile: token\n",
			      NULL, &connection, &err),
		      "%s", err.message);
	ck_assert_str_eq(connection.ca_pem, "PEM");
	ck_assert_str_eq(connection.client_certificate_file, "/abs/cert");
	ck_assert_str_eq(connection.client_key_file, key);
	ck_assert_ptr_null(connection.client_key_pem);
	ck_assert(strcmp(strrchr(connection.token_file, '/'), "/token") == 0);
	ck_assert(strncmp(connection.token_file, folder, strlen(folder)) == 0);
}
END_TEST

static const struct command_case {
	const char *path, *command, *resolved;
} command_cases[] = {
	{ "/etc/kube/config", "plugin", "plugin" },
	{ "/etc/kube/config", "/bin/plugin", "/bin/plugin" },
	{ "/etc/kube/config", "./plugin", "/etc/kube/./plugin" },
	{ "/etc/kube/config", "bin/plugin", "/etc/kube/bin/plugin" },
	{ "config", "bin/plugin", "./bin/plugin" },
};

START_TEST(exec)
{
	for (size_t i = 0; i < ARRAY_SIZE(command_cases); i++) {
		const struct command_case *c = &command_cases[i];
		cleanup(connection) struct connection connection = { .server = NULL };
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(free) char *text = string_format(
			HEAD CLUSTER USER "    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n"
					  "      command: %s\n      args: [get, 1, '']\n"
					  "      env: [{name: A, value: b}, {name: C}]\n      installHint: get it\n"
					  "      provideClusterInfo: true\n",
			c->command);

		ck_assert_msg(resolve(c->path, text, NULL, &connection, &err), "%s", err.message);
		ck_assert_str_eq(connection.exec->command, c->resolved);
		ck_assert_str_eq(connection.exec->arguments[0], "get");
		ck_assert_str_eq(connection.exec->arguments[1], "1");
		ck_assert_str_eq(connection.exec->arguments[2], "");
		ck_assert_ptr_null(connection.exec->arguments[3]);
		ck_assert_str_eq(connection.exec->environment[0], "A=b");
		ck_assert_str_eq(connection.exec->environment[1], "C=");
		ck_assert_ptr_null(connection.exec->environment[2]);
		ck_assert_str_eq(connection.exec->install_hint, "get it");
		ck_assert(connection.exec->provide_cluster_info);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { refused,
				       texts,
				       empty_impersonation_is_none,
				       a_context_without_user_and_namespace,
				       files_are_relative_to_the_kubeconfig,
				       exec };

	return suite_run("cluster/kubeconfig_resolve", tests, ARRAY_SIZE(tests));
}
