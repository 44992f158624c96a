/* Two configurations of one program laid over each other: labsync's, and the
 * person's above it. */
#pragma once

#include <jansson.h>

/* Lays `upper` over `lower`, an object. Objects merge key by key, and null
 * removes a key. Lists are joined, `lower`'s items first: those with the same
 * value under the first of `keys` that they have become one, and what is there
 * already does not come twice. Everything else is `upper`'s. `keys` ends with NULL. */
void merge_onto(json_t *lower, const json_t *upper, const char *const *keys);
