#include "sync/cluster/in_cluster.h"

#include "base/file.h"
#include <string.h>

#include "sync/cluster/watched_file.h"

static bool read_member(const char *directory, const char *name, char **text, struct error *err)
{
	cleanup(free) char *path = string_format("%s/%s", directory, name);
	cleanup(buffer) struct buffer content = BUFFER_INIT;

	if (!file_read(path, WATCHED_FILE_MAX, &content, err))
		return error_wrap(err, "the pod's service account");
	*text = buffer_steal(&content);
	return true;
}

bool in_cluster_connection(const char *directory, const char *host, const char *port, struct connection *connection,
			   struct error *err)
{
	cleanup(error) struct error missing = ERROR_INIT;
	cleanup(free) char *token = NULL;

	/* Read once here so that a pod without a token learns it at the start. */
	if (!read_member(directory, "token", &token, err) ||
	    !read_member(directory, "ca.crt", &connection->ca_pem, err))
		return false;
	if (!read_member(directory, "namespace", &connection->default_namespace, &missing))
		connection->default_namespace = string_copy("default");
	connection->default_namespace[strcspn(connection->default_namespace, " \r\n")] = '\0';
	connection->token_file = string_format("%s/token", directory);
	connection->server = string_format(strchr(host, ':') ? "https://[%s]:%s" : "https://%s:%s", host, port);
	connection->context = string_copy("in-cluster");
	connection->cluster = string_copy("in-cluster");
	connection->user = string_copy("service account");
	return true;
}
