/* How labsync's objects are told apart on the cluster: labels that say which
 * lab and node they serve, and the file that they come from. The engine adds
 * what only it knows: source, commit, owner. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

#define LABEL_MANAGED_BY "app.kubernetes.io/managed-by"
#define LABEL_NAME "app.kubernetes.io/name"
#define LABEL_PART_OF "app.kubernetes.io/part-of"
#define LABEL_DOMAIN "kubevirt.io/domain" /* a machine's name, on its template */

/* What the engine is told on an object. */
#define ANNOTATION_DISK_POLICY LAB_ANNOTATION_DISK_POLICY
#define ANNOTATION_RESTART_POLICY LAB_ANNOTATION_RESTART_POLICY
#define ANNOTATION_IMMUTABLE "labsync.dev/immutable" /* facts, as a JSON object of texts, that must stay */
#define ANNOTATION_INIT_DIGEST "labsync.dev/init-digest" /* of what the guest is told at its start */

/* The metadata of an object. `subject` is the node or link that it serves. New reference. */
json_t *metadata_build(const struct lab *lab, const char *name, const char *subject);

/* Sets an annotation; nothing when `value` is NULL. */
void metadata_annotate(json_t *metadata, const char *key, const char *value);

/* A file's name as JSON: Linux and Git take any bytes for a name, JSON only
 * UTF-8, so that in others each byte beyond ASCII becomes '?'. New reference. */
json_t *path_build(const char *path);

/* The labels that find a node's pods: for templates and the selectors that
 * match them. Without managed-by, since KubeVirt and the Deployment controller
 * make those pods, not labsync. New reference. */
json_t *node_labels_build(const struct lab *lab, const struct lab_node *node);
