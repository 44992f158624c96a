/* Fields of which only one can hold: a password and its hash, a probe's ways to ask.
 *
 * Among layers the highest holds, and the others are dropped without a word,
 * since a default must be replaceable; two in one layer are a contradiction. */
#pragma once

#include "render/lab/reader.h"

/* The layer that the field of `object` comes from; LAYER_BUILT_IN when no one set it. */
enum layer field_layer(const struct value_type *type, const void *object, size_t offset);
bool field_is_set(const void *object, size_t offset);
void field_drop(void *object, size_t offset);

/* Leaves at most one of the fields set in `object`, a copy that may be written.
 * Returns its row; NULL when none is set, or after it told that two contradict each other. */
const struct field *exclusive_settle(struct reader *reader, const struct value_type *type, void *object,
				     const size_t *offsets, size_t count);
