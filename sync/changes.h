/* Writing down what a merge finds, in the order in which it finds it. */
#pragma once

#include <jansson.h>
#include <stddef.h>

#include "sync/field_path.h"
#include "sync/merge.h"

/* `before` and `after` are NULL when absent. */
void changes_add(struct merge_result *result, const struct field_path *path, const json_t *before,
		 const json_t *after, enum change_origin origin);

/* Forgets all but the first `count`: one change above them says it all. */
void changes_truncate(struct merge_result *result, size_t count);
