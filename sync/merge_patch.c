#include "sync/merge_patch.h"

#include "base/json.h"
#include "sync/values.h"

static void patch_member(json_t *patch, const char *name, const json_t *from, const json_t *to)
{
	json_t *below;

	if (from == to || json_equal(from, to))
		return;
	if (json_is_object(from) && json_is_object(to)) {
		below = merge_patch_new(from, to);
		if (below)
			json_object_set_new(patch, name, below);
		return;
	}
	/* A null in an object of the patch would be no value but a removal. In a list it is a value. */
	json_object_set_new(patch, name, json_is_object(to) ? value_copy_without_nulls(to) : json_deep_copy(to));
}

json_t *merge_patch_new(const json_t *from, const json_t *to)
{
	cleanup(json) json_t *patch = json_object();
	const char *name;
	json_t *member;

	json_object_foreach ((json_t *)from, name, member)
		if (json_object_get(to, name) == NULL)
			json_object_set_new(patch, name, json_null());
	json_object_foreach ((json_t *)to, name, member)
		patch_member(patch, name, json_object_get(from, name), member);
	return json_object_size(patch) > 0 ? steal(&patch) : NULL;
}
