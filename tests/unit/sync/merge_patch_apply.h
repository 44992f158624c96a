/* What an API server does with a merge patch: the algorithm of RFC 7386, section 2. */
#pragma once

#include <jansson.h>

/* New reference; changes neither. */
static inline json_t *merge_patch_apply_new(const json_t *target, const json_t *patch)
{
	json_t *result, *value;
	const char *name;

	if (!json_is_object(patch))
		return json_deep_copy(patch);
	result = json_is_object(target) ? json_copy((json_t *)target) : json_object();
	json_object_foreach ((json_t *)patch, name, value) {
		if (json_is_null(value))
			json_object_del(result, name);
		else
			json_object_set_new(result, name,
					    merge_patch_apply_new(json_object_get(target, name), value));
	}
	return result;
}
