/* What the author of an object gave it for others to read. */
#pragma once

#include <jansson.h>

#include "render/lab/layers.h"

/* Adds labels and annotations, either of which may be NULL, to `metadata`; what is there stays as it is. */
void foreign_metadata_add(const struct value_map *labels, const struct value_map *annotations, json_t *metadata);
