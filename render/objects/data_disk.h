/* Disks of no node in particular (`disks` of a lab), as DataVolumes. */
#pragma once

#include <jansson.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"

json_t *data_disk_build(const struct lab *lab, const struct lab_data_disk *disk); /* new reference */

/* Tells what CDI would refuse of `object`, which was built of the disk; false when something would be refused. */
bool data_disk_check(const struct lab_data_disk *disk, const json_t *object, struct diagnostics *diagnostics);
