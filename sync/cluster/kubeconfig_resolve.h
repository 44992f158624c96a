/* From what kubeconfig files say to one connection: the context, its cluster
 * and its user, with relative file names resolved, *-data decoded, and what
 * contradicts itself refused. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "sync/cluster/connection.h"
#include "sync/cluster/kubeconfig.h"

/* `context` NULL: the current one. `connection` is empty before and freed by the caller, also after an error. */
bool kubeconfig_resolve(const struct kubeconfig *config, const char *context, struct connection *connection,
			struct error *err);
