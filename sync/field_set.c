#include "sync/field_set.h"

#include "base/memory.h"
#include "base/text.h"

const json_t *field_set_field(const json_t *set, const char *name)
{
	cleanup(free) char *key = NULL;

	if (set == NULL)
		return NULL;
	key = string_format("f:%s", name);
	return json_object_get(set, key);
}

const json_t *field_set_item(const json_t *set, const char *key)
{
	return json_object_get(set, key);
}

bool field_set_is_leaf(const json_t *set)
{
	return set && json_object_size(set) == 0;
}

bool field_set_holds_itself(const json_t *set)
{
	return field_set_is_leaf(set) || json_object_get(set, ".");
}

const char *field_set_name(const char *key)
{
	return text_starts_with(key, "f:") ? key + 2 : NULL;
}
