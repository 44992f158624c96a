/* A pod node as a Deployment of one: it comes back after a crash or an
 * eviction, as a VM does. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

json_t *pod_build(const struct lab *lab, const struct lab_node *node); /* new reference */
