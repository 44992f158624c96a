/* Disks: what a node keeps when it is stopped, and when its lab goes. The
 * engine removes one only when its policy, an annotation, says so. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* The DataVolume of a VM's root disk, filled from its image. New reference. */
json_t *disk_vm_build(const struct lab *lab, const struct lab_node *node);

/* The DataVolume of a further disk, from its image or blank; NULL when the disk
 * has none: a claim that is there, or a CD-ROM drive without a medium. New reference. */
json_t *disk_further_build(const struct lab *lab, const struct lab_node *node, const struct lab_disk *disk);

/* The claim that a pod mounts on /root. New reference. */
json_t *disk_pod_build(const struct lab *lab, const struct lab_node *node);
