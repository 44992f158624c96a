/* How labsync's objects are told apart on the cluster: labels that say which
 * lab and node they serve, and the file that they come from. The engine adds
 * what only it knows: source, commit, owner. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* The metadata of an object. `subject` is the node or link that it serves. New reference. */
json_t *metadata_build(const struct lab *lab, const char *name, const char *subject);

/* A file's name as JSON: Linux and Git take any bytes for a name, JSON only
 * UTF-8, so that in others each byte beyond ASCII becomes '?'. New reference. */
json_t *path_build(const char *path);

/* The labels that find a node's pods: for templates and the selectors that
 * match them. Without managed-by, since KubeVirt and the Deployment controller
 * make those pods, not labsync. New reference. */
json_t *node_labels_build(const struct lab *lab, const struct lab_node *node);
