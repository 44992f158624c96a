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

/* True when `live` holds all that `wanted` says, and perhaps more in its objects, such as what the server fills in.
 * Lists must have the same length. */
bool value_is_held(const struct field_path *path, const json_t *wanted, const json_t *live);

/* A deep copy without the members that are null. New reference. */
json_t *value_copy_without_nulls(const json_t *value);
