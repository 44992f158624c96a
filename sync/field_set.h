/* Looking things up in a FieldsV1 set while walking an object beside it. A
 * set is NULL where nothing was applied. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

const json_t *field_set_field(const json_t *set, const char *name); /* "f:name" */
const json_t *field_set_item(const json_t *set,
			     const char *key); /* "k:{...}" or "v:..." as list_key_text_new() has it */

/* True for a value that was set as one: a scalar, an atomic list, an empty map. */
bool field_set_is_leaf(const json_t *set);

/* True when the field itself was set, and not only something below it. */
bool field_set_holds_itself(const json_t *set);

/* The field's name when `key` stands for a field, else NULL. Borrowed from `key`. */
const char *field_set_name(const char *key);
