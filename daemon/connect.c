#include "daemon/connect.h"

enum { BRIEF_MS = 10000 };

struct client *connect_cluster(uv_loop_t *loop, const char *kubeconfig, const char *context,
			       enum connect_patience patience, struct error *err)
{
	const struct client_settings settings = { .user_agent = "labsync/" LABSYNC_VERSION,
						  .deadline_ms = patience == CONNECT_BRIEF ? BRIEF_MS : 0 };
	cleanup(connection) struct connection connection = { .server = NULL };

	if (!connection_load(kubeconfig, context, &connection, err))
		return NULL;
	return client_new(loop, &connection, &settings, err);
}
