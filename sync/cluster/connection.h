/* Which cluster, and how to reach it: kubectl's rules.
 *
 * --kubeconfig FILE, else the KUBECONFIG list (merged as kubectl merges it,
 * the first file that sets a value wins, missing files are skipped), else
 * ~/.kube/config, else the in-cluster service account. Relative file names in
 * a kubeconfig are relative to that file. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct exec_credential { /* an exec plugin, run without a shell (client.authentication.k8s.io v1, v1beta1) */
	char *api_version;
	char *command; /* with a slash: relative to the kubeconfig; otherwise from PATH */
	char **arguments; /* NULL-terminated, without argv[0] */
	char **environment; /* "NAME=value", NULL-terminated; added to our own */
	bool provide_cluster_info;
	char *install_hint;
};

struct connection {
	char *context, *cluster, *user; /* names, for messages */
	char *server; /* https://host:port[/prefix] */
	char *tls_server_name;
	char *ca_pem; /* NULL: the system's certificates */
	bool insecure; /* insecure-skip-tls-verify: only when said */
	char *proxy_url;
	char *client_certificate_pem, *client_key_pem;
	char *client_certificate_file, *client_key_file; /* instead of the PEM texts */
	char *token, *token_file; /* the file is read again when it changes */
	char *username, *password;
	struct exec_credential *exec;
	char *default_namespace; /* the context's; "default" when it has none */
};

void connection_deinit(struct connection *connection);
static inline void connection_cleanup(struct connection *connection)
{
	connection_deinit(connection);
}

/* `kubeconfig` and `context` may be NULL. Errors have the file's position where there is one. Unknown
 * auth-provider entries are refused with what to use instead. */
bool connection_load(const char *kubeconfig, const char *context, struct connection *connection, struct error *err);
