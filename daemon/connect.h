/* From the command line and the configuration to a client of the cluster. */
#pragma once

#include <uv.h>

#include "sync/cluster/client.h"

/* `kubeconfig` and `context` may be NULL. The caller closes the client. */
struct client *connect_cluster(uv_loop_t *loop, const char *kubeconfig, const char *context, struct error *err);
