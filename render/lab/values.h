/* Readers of single values, for the tables of fields. Each returns what its
 * comment says, or NULL after it told what is wrong. */
#pragma once

#include "render/lab/reader.h"

/* The pair itself, once its value has the right kind: for what is read later. */
const void *value_string_pair(struct reader *reader, const struct yaml_pair *pair);
const void *value_sequence_pair(struct reader *reader, const struct yaml_pair *pair);
const void *value_mapping_pair(struct reader *reader, const struct yaml_pair *pair);

const void *value_boolean(struct reader *reader, const struct yaml_pair *pair); /* const bool * */
const void *value_cores(struct reader *reader, const struct yaml_pair *pair); /* const int64_t * */
const void *value_quantity(struct reader *reader, const struct yaml_pair *pair); /* const char *, as written */
const void *value_disk_size(struct reader *reader, const struct yaml_pair *pair); /* const char * */
const void *value_guest_memory(struct reader *reader, const struct yaml_pair *pair); /* const char * */
const void *value_uuid(struct reader *reader, const struct yaml_pair *pair); /* const char * */

/* The text of a string or of a number as it was written; NULL without a word
 * when the value is something else. */
const char *value_scalar_text(const struct yaml_node *value);

/* False when `text` has a blank or a control character. */
bool value_is_one_word(const char *text);

/* Five groups of hex, of whichever version. */
bool value_is_uuid(const char *text);

/* What they read. A pair's type is its field's own, but for plain text. */
extern const struct value_type text_type, boolean_type, cores_type, quantity_type, disk_size_type, guest_memory_type,
	uuid_type, without_effect_type;

/* Always NULL: accepted for KNL's sake, with a warning. */
const void *value_without_effect(struct reader *reader, const struct yaml_pair *pair);
