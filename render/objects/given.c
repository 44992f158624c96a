#include "render/objects/given.h"

void given_set_number(json_t *object, const char *key, const int64_t *number)
{
	if (number)
		json_object_set_new(object, key, json_integer((json_int_t)*number));
}

void given_set(json_t *object, const char *key, json_t *value)
{
	if (value == NULL)
		return;
	if ((json_is_object(value) && json_object_size(value) == 0) ||
	    (json_is_array(value) && json_array_size(value) == 0))
		json_decref(value);
	else
		json_object_set_new(object, key, value);
}

json_t *given_list_build(const struct value_list *texts)
{
	json_t *list = json_array();

	for (size_t i = 0; texts && i < texts->count; i++)
		json_array_append_new(list, json_string(list_text(texts, i)));
	return list;
}

json_t *given_map_build(const struct value_map *texts)
{
	json_t *map = json_object();

	for (size_t i = 0; texts && i < texts->count; i++)
		json_object_set_new(map, texts->keys[i], json_string(texts->values[i]));
	return map;
}

void given_set_list(json_t *object, const char *key, const struct value_list *texts)
{
	given_set(object, key, given_list_build(texts));
}

void given_set_map(json_t *object, const char *key, const struct value_map *texts)
{
	given_set(object, key, given_map_build(texts));
}
