/* Addresses of a firewall as a NetworkPolicy's. */
#pragma once

#include "render/dialects/controlplane/build.h"

/* A list of ipBlock peers: what is allowed, but for what is blocked of it. NULL when nothing is left. */
const struct yaml_node *firewall_blocks(const struct workload_build *build, const struct value_list *allowed,
					const struct value_list *blocked, const struct yaml_node *at);
