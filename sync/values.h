/* Comparing values by what they mean to the API server, not by how they are
 * written: 1 and 1.0, 2048Mi and 2Gi, an absent list and an empty one. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "sync/field_path.h"

/* True when the server keeps no difference between `value` and no value at
 * all: NULL, null, [], and {} where the API drops it. An empty object is
 * otherwise a marker ("masquerade: {}") and means something. */
bool value_is_absent(const struct field_path *path, const json_t *value);

/* Both may be NULL. Lists are compared item by item, objects key by key. */
bool value_equal(const struct field_path *path, const json_t *a, const json_t *b);

/* A deep copy without the members that are null. New reference. */
json_t *value_copy_without_nulls(const json_t *value);
