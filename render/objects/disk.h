/* Disks: what a node keeps when it is stopped, and when its lab goes. The
 * engine removes one only when its policy, an annotation, says so. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* What CDI is told of a disk; NULL where nothing is said. */
struct disk_content {
	const char *image; /* NULL: blank */
	const char *checksum, *certificates, *secret; /* of the image */
	const char *size, *storage_class, *access_mode, *volume_mode, *policy;
};

/* The DataVolume called `name`. `node` is what its labels say that it is of. */
json_t *disk_data_volume_build(const struct lab *lab, const char *node, const char *name,
			       const struct disk_content *content);

/* The DataVolume of a VM's root disk, filled from its image; NULL when it has no root disk. New reference. */
json_t *disk_vm_build(const struct lab *lab, const struct lab_node *node);

/* The DataVolume of a further disk, from its image or blank; NULL when the disk
 * has none: content that is there, or a CD-ROM drive without a medium. New reference. */
json_t *disk_further_build(const struct lab *lab, const struct lab_node *node, const struct lab_disk *disk);

/* The claim that a pod mounts on /root. New reference. */
json_t *disk_pod_build(const struct lab *lab, const struct lab_node *node);
