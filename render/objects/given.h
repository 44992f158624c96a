/* What a person may have given: set when it is there, left out when it is not,
 * since an empty value would be dropped by the server and then be missed. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "render/lab/layers.h"

void given_set_number(json_t *object, const char *key, const int64_t *number);
void given_set_list(json_t *object, const char *key, const struct value_list *texts); /* nothing when empty */
void given_set_map(json_t *object, const char *key, const struct value_map *texts); /* nothing when empty */

/* `value` is stolen; nothing when it is NULL, or an empty object or list. */
void given_set(json_t *object, const char *key, json_t *value);

/* New references; empty when there is nothing. */
json_t *given_list_build(const struct value_list *texts);
json_t *given_map_build(const struct value_map *texts);

static inline bool given_is_true(const bool *value)
{
	return value && *value;
}
