/* A pod's files as a ConfigMap, each mounted at its own path. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* NULL when the pod has no files. New reference. */
json_t *mounted_files_build(const struct lab *lab, const struct lab_node *node);

/* Adds the volume to a pod's volumes, and to its container where it is mounted. */
void mounted_files_mount(const struct lab_node *node, json_t *volumes, json_t *mounts);

/* The key of a file in the ConfigMap: its path with "_" between the parts, and a
 * hash where that is not enough to tell it from all others. The caller frees. */
char *mounted_file_key_new(const char *path);
