/* Disks: what a node keeps when it is stopped, and when its lab goes. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* The DataVolume of a VM's root disk, filled from its image. New reference. */
json_t *disk_vm_build(const struct lab *lab, const struct lab_node *node);

/* The claim that a pod mounts on /root. New reference. */
json_t *disk_pod_build(const struct lab *lab, const struct lab_node *node);

/* The name of that claim. The caller frees. */
char *disk_pod_name_new(const struct lab_node *node);
