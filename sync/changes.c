#include "sync/changes.h"

#include <stdlib.h>

#include "base/memory.h"
#include "sync/change_text.h"
#include "sync/effects.h"

void changes_add(struct merge_result *result, const struct field_path *path, const json_t *before,
		 const json_t *after, enum change_origin origin)
{
	memory_grow(&result->changes, result->count, &result->capacity, sizeof(result->changes[0]));
	result->changes[result->count++] = (struct field_change){
		.path = field_path_text_new(path),
		.before = change_text_new(path, before),
		.after = change_text_new(path, after),
		.origin = origin,
		.effect = effect_of_change(path, before, after),
	};
}

void changes_truncate(struct merge_result *result, size_t count)
{
	while (result->count > count) {
		struct field_change *change = &result->changes[--result->count];

		free(change->path);
		free(change->before);
		free(change->after);
	}
}

void merge_result_deinit(struct merge_result *result)
{
	changes_truncate(result, 0);
	free(result->changes);
	json_decref(result->patch);
	*result = (struct merge_result)MERGE_RESULT_INIT;
}
