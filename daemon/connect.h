/* From the command line and the configuration to a client of the cluster. */
#pragma once

#include <uv.h>

#include "sync/cluster/client.h"

/* How long an unreachable API server is tried: by work that must not be lost, or before a person's eyes. */
enum connect_patience { CONNECT_PATIENT, CONNECT_BRIEF };

/* `kubeconfig` and `context` may be NULL. The caller closes the client. */
struct client *connect_cluster(uv_loop_t *loop, const char *kubeconfig, const char *context,
			       enum connect_patience patience, struct error *err);
