/* A machine that was restored from a snapshot names the claims of its disks where Git names the DataVolumes of the same
 * names, which made those claims: KubeVirt writes it so. Neither is drift. Pure. */
#pragma once

#include <jansson.h>

/* `desired` as it is said on a machine that was restored; `desired` itself where `live` is none. New reference. */
json_t *restored_volumes_copy(json_t *desired, const json_t *live);
