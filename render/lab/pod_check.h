/* What of a pod's fields goes together, after the layers. */
#pragma once

#include "render/lab/pod.h"
#include "render/lab/reader.h"

/* Leaves in `pod` what holds where two of its fields say the same: `cmd` or
 * `command`, the shorthands or `resources`. What stands in the higher layer
 * holds; the same layer twice is an error. `complete` as in pod_settle(). */
void pod_check(struct reader *reader, struct lab_pod *pod, bool complete);
