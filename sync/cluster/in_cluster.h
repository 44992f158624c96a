/* The connection of a process in a pod: its service account's mounted token. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "sync/cluster/connection.h"

#define IN_CLUSTER_DIRECTORY "/var/run/secrets/kubernetes.io/serviceaccount"

/* `directory` holds token, ca.crt and namespace; `host` and `port` are what
 * KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT say. */
bool in_cluster_connection(const char *directory, const char *host, const char *port, struct connection *connection,
			   struct error *err);
