#include "render/objects/merge.h"

#include "base/text.h"

/* The value that `item` is known by, and the key that has it; NULL when it has none. */
static const char *identity_of(const json_t *item, const char *const *keys, const char **key)
{
	for (size_t i = 0; keys[i]; i++) {
		const char *value = json_string_value(json_object_get(item, keys[i]));

		*key = keys[i];
		if (value)
			return value;
	}
	return NULL;
}

/* The item of `list` that `item` is to become one with; its size when there is none. */
static size_t item_find(const json_t *list, const json_t *item, const char *const *keys)
{
	const char *key, *identity = identity_of(item, keys, &key);
	size_t i;
	json_t *other;

	json_array_foreach (list, i, other) {
		if (identity ? text_equal(json_string_value(json_object_get(other, key)), identity)
			     : json_equal(other, item))
			break;
	}
	return i;
}

static void list_merge(json_t *lower, const json_t *upper, const char *const *keys)
{
	size_t i;
	json_t *item;

	json_array_foreach (upper, i, item) {
		size_t place = item_find(lower, item, keys);

		if (place == json_array_size(lower))
			json_array_append_new(lower, json_deep_copy(item));
		else if (json_is_object(item))
			merge_onto(json_array_get(lower, place), item, keys);
	}
}

void merge_onto(json_t *lower, const json_t *upper, const char *const *keys)
{
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)upper, key, value) {
		json_t *below = json_object_get(lower, key);

		if (json_is_null(value))
			json_object_del(lower, key);
		else if (json_is_object(below) && json_is_object(value))
			merge_onto(below, value, keys);
		else if (json_is_array(below) && json_is_array(value))
			list_merge(below, value, keys);
		else
			json_object_set_new(lower, key, json_deep_copy(value));
	}
}
