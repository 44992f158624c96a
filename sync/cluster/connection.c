#include "sync/cluster/connection.h"

#include <stdlib.h>
#include <string.h>

#include "sync/cluster/exec_entry.h"
#include "sync/cluster/in_cluster.h"
#include "sync/cluster/kubeconfig.h"
#include "sync/cluster/kubeconfig_resolve.h"

/* Secrets do not linger in freed memory. */
static void secret_free(char *secret)
{
	if (secret)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

void connection_deinit(struct connection *connection)
{
	free(connection->context);
	free(connection->cluster);
	free(connection->user);
	free(connection->server);
	free(connection->tls_server_name);
	free(connection->ca_pem);
	free(connection->proxy_url);
	free(connection->client_certificate_pem);
	secret_free(connection->client_key_pem);
	free(connection->client_certificate_file);
	free(connection->client_key_file);
	secret_free(connection->token);
	free(connection->token_file);
	free(connection->username);
	secret_free(connection->password);
	exec_credential_free(connection->exec);
	free(connection->default_namespace);
	*connection = (struct connection){ .server = NULL };
}

/* Each file of a list like PATH's; those that are not there are skipped. */
static bool read_list(struct kubeconfig *config, const char *list, struct error *err)
{
	while (*list) {
		size_t length = strcspn(list, ":");
		cleanup(free) char *path = string_copy_n(list, length);

		if (length && !kubeconfig_read(config, path, err)) {
			if (err->code != ERROR_NOT_FOUND)
				return false;
			error_deinit(err);
		}
		list += length + (list[length] == ':');
	}
	return true;
}

static bool read_home(struct kubeconfig *config, struct error *err)
{
	const char *home = getenv("HOME");
	cleanup(free) char *path = home && *home ? string_format("%s/.kube/config", home) : NULL;

	return path == NULL || read_list(config, path, err);
}

static bool no_kubeconfig(const char *list, struct error *err)
{
	if (list && *list)
		return error_set(err, ERROR_NOT_FOUND,
				 "no kubeconfig: KUBECONFIG=%s names no file that is there; correct it, or give "
				 "--kubeconfig FILE",
				 list);
	return error_set(err, ERROR_NOT_FOUND,
			 "no kubeconfig: there is no ~/.kube/config, and this is no pod with a service account; set "
			 "KUBECONFIG or give --kubeconfig FILE");
}

static bool load_in_cluster(const char *context, const char *host, struct connection *connection, struct error *err)
{
	const char *port = getenv("KUBERNETES_SERVICE_PORT");

	if (context && strcmp(context, "in-cluster") != 0)
		return error_set(err, ERROR_NOT_FOUND,
				 "there is no context \"%s\": there is no kubeconfig, only the pod's service account",
				 context);
	return in_cluster_connection(IN_CLUSTER_DIRECTORY, host, port ? port : "443", connection, err);
}

static bool load(const char *file, const char *context, struct connection *connection, struct error *err)
{
	cleanup(kubeconfig) struct kubeconfig config = KUBECONFIG_INIT;
	const char *list = getenv("KUBECONFIG"), *host = getenv("KUBERNETES_SERVICE_HOST");
	bool read;

	if (file)
		read = kubeconfig_read(&config, file, err);
	else
		read = list && *list ? read_list(&config, list, err) : read_home(&config, err);
	if (!read)
		return false;
	if (config.files)
		return kubeconfig_resolve(&config, context, connection, err);
	if (host && *host)
		return load_in_cluster(context, host, connection, err);
	return no_kubeconfig(list, err);
}

bool connection_load(const char *kubeconfig, const char *context, struct connection *connection, struct error *err)
{
	*connection = (struct connection){ .server = NULL };
	if (load(kubeconfig, context, connection, err))
		return true;
	connection_deinit(connection);
	return false;
}
