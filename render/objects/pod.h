/* A pod node as a Deployment of one: it comes back after a crash or an
 * eviction, as a VM does. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* Appends all that the node needs: its volume, its files, the attachments that
 * are its own, itself, and a Service if it has ports. */
void pod_add_objects(const struct lab *lab, const struct lab_node *node, json_t *objects);
