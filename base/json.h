/* What jansson leaves to its callers. New and borrowed references follow
 * jansson's own words: `new`, `copy` and `build` give a new reference. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

static inline void json_cleanup(json_t **value)
{
	json_decref(*value);
}

/* The borrowed value at a path of object keys, ended by NULL:
 * json_at(vm, "spec", "template", NULL). NULL when any step is missing. */
json_t *json_at(const json_t *value, ...) __attribute__((sentinel));

/* The borrowed text at such a path; NULL when it is missing or no string. */
const char *json_text_at(const json_t *value, ...) __attribute__((sentinel));

/* Parses at most JSON_DEPTH_MAX deep text, duplicate keys refused. New reference. */
json_t *json_new_from_text(const char *text, size_t length, const char *what, struct error *err);

/* Compact text with sorted keys: equal values give equal bytes. The caller frees. */
char *json_text_new(const json_t *value);

/* The object under `key`, made when it is missing. Borrowed. */
json_t *json_object_member(json_t *object, const char *key);

/* Sets text, or nothing when `text` is NULL. */
void json_set_text(json_t *object, const char *key, const char *text);
