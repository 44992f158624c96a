/* The fields of a pod, and what of them goes together. */
#pragma once

#include "render/lab/pod.h"
#include "render/lab/reader.h"

extern const struct value_type pod_type;

/* What holds where nobody says otherwise: KNL's own values. */
extern const struct lab_pod pod_built_in;

/* The pod of `node` after `merged` was checked across its fields; each complaint
 * stands where its value was written, and those that have no such place at
 * `place`, the node's. `complete` is false when a layer had errors, so that a
 * missing value proves nothing. */
const struct lab_pod *pod_settle(struct reader *reader, const char *node, const struct place *place,
				 const struct lab_pod *merged, bool complete);
