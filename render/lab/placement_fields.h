/* placement: on which workers a node may run. */
#pragma once

#include "render/lab/node_parts.h"
#include "render/lab/reader.h"

extern const struct value_type placement_type;

/* The placement after all layers with what Kubernetes asks for filled in: a
 * spread's key, skew and strictness. NULL stays NULL. */
const struct lab_placement *placement_settle(struct reader *reader, const struct lab_placement *placement);
