#include "daemon/connect.h"

struct client *connect_cluster(uv_loop_t *loop, const char *kubeconfig, const char *context, struct error *err)
{
	static const struct client_settings settings = { .user_agent = "labsync/" LABSYNC_VERSION };
	cleanup(connection) struct connection connection = { .server = NULL };

	if (!connection_load(kubeconfig, context, &connection, err))
		return NULL;
	return client_new(loop, &connection, &settings, err);
}
