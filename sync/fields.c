#include "sync/fields.h"

#include "base/json.h"
#include "base/memory.h"
#include "sync/field_path.h"
#include "sync/list_keys.h"
#include "sync/secret_data.h"
#include "sync/values.h"

static json_t *value_fields_new(const struct field_path *path, const json_t *value);

static void field_add(json_t *set, const struct field_path *path, const json_t *value)
{
	cleanup(free) char *key = NULL;

	if (value_is_absent(path, value) || !field_path_is_writable(path) || field_path_is_bookkeeping(path))
		return;
	key = string_format("f:%s", path->name);
	json_object_set_new(set, key, value_fields_new(path, value));
}

/* An object that holds something is there for what it holds, and is ours too:
 * when all of it goes, it goes. */
static json_t *object_fields_new(const struct field_path *path, const json_t *object)
{
	json_t *set = json_object(), *value;
	const char *name;

	json_object_foreach ((json_t *)object, name, value) {
		struct field_path field = field_path_field(path, name);

		field_add(set, &field, value);
	}
	if (json_object_size(set) > 0 && path->depth > 1)
		json_object_set_new(set, ".", json_object());
	return set;
}

static json_t *list_fields_new(const struct field_path *path, const json_t *list)
{
	const struct list_key *key = list_key_find(path);
	cleanup(json) json_t *index = key ? list_key_index_new(key, list) : NULL;
	json_t *set = json_object(), *item;
	const char *text;

	if (json_object_size(index) == 0)
		return set;
	json_object_set_new(set, ".", json_object());
	json_object_foreach (index, text, item) {
		struct field_path below = field_path_item(path, text);

		json_object_set_new(set, text, value_fields_new(&below, item));
	}
	return set;
}

static json_t *value_fields_new(const struct field_path *path, const json_t *value)
{
	if (path->depth >= FIELD_DEPTH_MAX)
		return json_object();
	if (json_is_object(value))
		return object_fields_new(path, value);
	if (json_is_array(value))
		return list_fields_new(path, value);
	return json_object();
}

json_t *fields_new_from_object(const json_t *object)
{
	cleanup(json) json_t *folded = secret_data_fold_new(object);
	const struct object_type type = object_type_of(folded);
	const struct field_path path = field_path_object(&type);

	return value_fields_new(&path, folded);
}
