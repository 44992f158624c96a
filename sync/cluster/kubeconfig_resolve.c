#include "sync/cluster/kubeconfig_resolve.h"

#include "base/file.h"
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "sync/cluster/exec_entry.h"
#include "sync/cluster/watched_file.h"

/* A relative file name is relative to the kubeconfig it stands in. */
static char *file_path_new(const struct kubeconfig_entry *entry, const char *path)
{
	const char *slash = strrchr(entry->path, '/');

	if (path[0] == '/' || slash == NULL)
		return string_copy(path);
	return string_format("%.*s/%s", (int)(slash - entry->path), entry->path, path);
}

static bool copy_text(const struct kubeconfig_entry *entry, const char *key, char **value, struct error *err)
{
	const char *text;

	if (!kubeconfig_text(entry, entry->node, key, &text, err))
		return false;
	*value = string_copy(text);
	return true;
}

static bool copy_path(const struct kubeconfig_entry *entry, const char *key, char **value, struct error *err)
{
	const char *text;

	if (!kubeconfig_text(entry, entry->node, key, &text, err))
		return false;
	*value = text ? file_path_new(entry, text) : NULL;
	return true;
}

/* base64, perhaps folded over lines as `base64` writes it. */
static uint8_t *folded_base64_new(const char *text, size_t *length)
{
	cleanup(buffer) struct buffer plain = BUFFER_INIT;

	for (; *text; text++)
		if (!strchr(" \t\r\n", *text))
			buffer_append_char(&plain, *text);
	return base64_decode_new(buffer_text(&plain), length);
}

/* "<name>-data" holds the PEM text in base64; "<name>" names a file. Both at once are refused, as kubectl does. */
static bool copy_pem(const struct kubeconfig_entry *entry, const char *name, char **pem, char **file,
		     struct error *err)
{
	cleanup(free) char *data_key = string_format("%s-data", name);
	const char *data;
	size_t length;

	if (!kubeconfig_text(entry, entry->node, data_key, &data, err) || !copy_path(entry, name, file, err))
		return false;
	if (data == NULL)
		return true;
	if (*file)
		return kubeconfig_error(entry, data_key, err, "%s and %s are both set; keep one", name, data_key);
	*pem = (char *)folded_base64_new(data, &length);
	if (*pem == NULL || strlen(*pem) != length)
		return kubeconfig_error(entry, data_key, err, "%s is not base64 of a PEM text", data_key);
	return true;
}

static bool resolve_authority(const struct kubeconfig_entry *entry, struct connection *connection, struct error *err)
{
	cleanup(free) char *file = NULL;
	cleanup(buffer) struct buffer pem = BUFFER_INIT;

	if (!copy_pem(entry, "certificate-authority", &connection->ca_pem, &file, err) ||
	    !kubeconfig_boolean(entry, "insecure-skip-tls-verify", &connection->insecure, err))
		return false;
	if (connection->insecure && (connection->ca_pem || file))
		return kubeconfig_error(entry, "insecure-skip-tls-verify", err,
					"insecure-skip-tls-verify and a certificate authority exclude each other; "
					"remove insecure-skip-tls-verify");
	if (file == NULL)
		return true;
	if (!file_read(file, WATCHED_FILE_MAX, &pem, err)) {
		error_wrap(err, "certificate-authority of cluster \"%s\"", entry->name);
		return false;
	}
	connection->ca_pem = buffer_steal(&pem);
	return true;
}

static bool resolve_server(const struct kubeconfig_entry *entry, struct connection *connection, struct error *err)
{
	const char *server;
	size_t length;

	if (!kubeconfig_text(entry, entry->node, "server", &server, err))
		return false;
	if (server == NULL)
		return kubeconfig_error(entry, "server", err, "cluster \"%s\" has no server", entry->name);
	if (!text_starts_with(server, "https://") && !text_starts_with(server, "http://"))
		return kubeconfig_error(entry, "server", err,
					"server must begin with https:// (or http://), like https://host:6443");
	if (strpbrk(server, " \t\r\n?#@"))
		return kubeconfig_error(entry, "server", err,
					"server must be https://host:port, perhaps with a "
					"path, and nothing else");
	length = strlen(server);
	while (length && server[length - 1] == '/')
		length--;
	connection->server = string_copy_n(server, length);
	return true;
}

static bool resolve_cluster(const struct kubeconfig_entry *entry, struct connection *connection, struct error *err)
{
	return resolve_server(entry, connection, err) &&
	       copy_text(entry, "tls-server-name", &connection->tls_server_name, err) &&
	       copy_text(entry, "proxy-url", &connection->proxy_url, err) &&
	       resolve_authority(entry, connection, err);
}

/* The certificate and its key, each as text or as a file: kept as two files when both are (they are read again
 * when they change), and as two texts otherwise. */
static bool resolve_client_certificate(const struct kubeconfig_entry *entry, struct connection *connection,
				       struct error *err)
{
	char **certificate = &connection->client_certificate_pem, **key = &connection->client_key_pem;
	char **certificate_file = &connection->client_certificate_file, **key_file = &connection->client_key_file;
	bool has_certificate, has_key;

	if (!copy_pem(entry, "client-certificate", certificate, certificate_file, err) ||
	    !copy_pem(entry, "client-key", key, key_file, err))
		return false;
	has_certificate = *certificate || *certificate_file;
	has_key = *key || *key_file;
	if (has_certificate == has_key)
		return true;
	return kubeconfig_error(entry, has_certificate ? "client-certificate" : "client-key", err,
				"user \"%s\" has a client %s but no client %s", entry->name,
				has_certificate ? "certificate" : "key", has_certificate ? "key" : "certificate");
}

/* kubectl up to 1.20 writes out empty ones: `as-user-extra: {}`. */
static bool is_set(const struct kubeconfig_entry *entry, const char *key)
{
	const struct yaml_node *value = yaml_get(entry->node, key);

	return value && value->kind != YAML_NULL && (value->length > 0 || value->count > 0);
}

static bool refuse_unsupported(const struct kubeconfig_entry *entry, struct error *err)
{
	const struct yaml_node *provider = yaml_get(entry->node, "auth-provider");
	const char *name = NULL;

	if (provider && provider->kind != YAML_NULL) {
		if (!kubeconfig_text(entry, provider, "name", &name, err))
			return false;
		return kubeconfig_error(entry, "auth-provider", err,
					"auth-provider%s%s is not supported (Kubernetes removed it); use an exec "
					"credential plugin or a token",
					name ? " " : "", name ? name : "");
	}
	if (is_set(entry, "as") || is_set(entry, "as-groups") || is_set(entry, "as-user-extra") ||
	    is_set(entry, "as-uid"))
		return kubeconfig_error(entry, "as", err,
					"impersonation (as, as-groups) is not supported; give labsync a service "
					"account of its own");
	return true;
}

static bool resolve_user(const struct kubeconfig_entry *entry, struct connection *connection, struct error *err)
{
	if (!refuse_unsupported(entry, err) || !resolve_client_certificate(entry, connection, err) ||
	    !copy_text(entry, "token", &connection->token, err) ||
	    !copy_path(entry, "tokenFile", &connection->token_file, err) ||
	    !copy_text(entry, "username", &connection->username, err) ||
	    !copy_text(entry, "password", &connection->password, err) ||
	    !exec_entry_read(entry, &connection->exec, err))
		return false;
	if ((connection->token || connection->token_file) && connection->username)
		return kubeconfig_error(entry, "username", err, "user \"%s\" has a token and a username; keep one",
					entry->name);
	if (connection->exec && (connection->token || connection->token_file || connection->username ||
				 connection->client_certificate_pem || connection->client_certificate_file))
		return kubeconfig_error(entry, "exec", err,
					"user \"%s\" has an exec plugin and other credentials; keep one",
					entry->name);
	return true;
}

static const struct kubeconfig_entry *find_context(const struct kubeconfig *config, const char *name,
						   struct error *err)
{
	const struct kubeconfig_entry *entry;
	cleanup(free) char *known = kubeconfig_names_new(config, KUBECONFIG_CONTEXT);

	if (name == NULL && config->current_context == NULL) {
		error_set(err, ERROR_INVALID,
			  "the kubeconfig has no current-context; name one with --context (known: %s)", known);
		return NULL;
	}
	entry = kubeconfig_find(config, KUBECONFIG_CONTEXT, name ? name : config->current_context);
	if (entry == NULL && name)
		error_set(err, ERROR_NOT_FOUND, "there is no context \"%s\" in the kubeconfig; known: %s", name,
			  known);
	else if (entry == NULL)
		error_set_at(err, config->current_context_path, config->current_context_node->line,
			     config->current_context_node->column,
			     "current-context \"%s\" is not among the contexts; known: %s", config->current_context,
			     known);
	return entry;
}

/* What a context's "cluster" or "user" names. `*found` stays NULL when it names none. */
static bool find_named(const struct kubeconfig *config, const struct kubeconfig_entry *context,
		       enum kubeconfig_kind kind, const struct kubeconfig_entry **found, struct error *err)
{
	const char *key = kubeconfig_kind_name(kind), *name;
	cleanup(free) char *known = kubeconfig_names_new(config, kind);

	*found = NULL;
	if (!kubeconfig_text(context, context->node, key, &name, err))
		return false;
	if (name == NULL)
		return true;
	*found = kubeconfig_find(config, kind, name);
	if (*found == NULL)
		return kubeconfig_error(context, key, err,
					"context \"%s\" names the %s \"%s\", which is not there; known: %s",
					context->name, key, name, known);
	return true;
}

bool kubeconfig_resolve(const struct kubeconfig *config, const char *context_name, struct connection *connection,
			struct error *err)
{
	const struct kubeconfig_entry *context = find_context(config, context_name, err);
	const struct kubeconfig_entry *cluster, *user;

	if (context == NULL || !find_named(config, context, KUBECONFIG_CLUSTER, &cluster, err) ||
	    !find_named(config, context, KUBECONFIG_USER, &user, err) ||
	    !copy_text(context, "namespace", &connection->default_namespace, err))
		return false;
	if (cluster == NULL)
		return kubeconfig_error(context, NULL, err, "context \"%s\" names no cluster", context->name);
	connection->context = string_copy(context->name);
	connection->cluster = string_copy(cluster->name);
	connection->user = string_copy(user ? user->name : NULL);
	if (connection->default_namespace == NULL)
		connection->default_namespace = string_copy("default");
	return resolve_cluster(cluster, connection, err) && (user == NULL || resolve_user(user, connection, err));
}
