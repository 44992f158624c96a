/* What it takes until a change is in force: nothing, a restart of the guest,
 * or a new object. */
#pragma once

#include <jansson.h>

#include "sync/field_path.h"
#include "sync/merge.h"

/* `before` and `after` are NULL when absent: growing a claim differs from shrinking it. */
enum change_effect effect_of_change(const struct field_path *path, const json_t *before, const json_t *after);
