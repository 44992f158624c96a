#include "render/admission/admission.h"

#include "base/json.h"
#include "base/text.h"
#include "render/yaml/yaml.h"

#include <string.h>

/* Where the walk along a path has come to. */
struct step {
	const struct yaml_node *patch; /* NULL when the patch does not go on */
	const json_t *object; /* NULL when the object does not go on */
};

static bool ends_key(char c)
{
	return c == '\0' || c == '.' || c == '[';
}

/* The length of `key` when `path` begins with it as a whole. */
static size_t key_length(const char *path, const char *key)
{
	size_t length = strlen(key);

	return strncmp(path, key, length) == 0 && ends_key(path[length]) ? length : 0;
}

/* Keys may have dots in them ("kubevirt.io/nodeName"), which the path does not mark: the longest key that the object
 * or the patch knows is meant. */
static size_t longest_key(const struct step *step, const char *path)
{
	size_t longest = 0, length;
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)step->object, key, value) {
		length = key_length(path, key);
		longest = length > longest ? length : longest;
	}
	for (size_t i = 0; step->patch && step->patch->kind == YAML_MAPPING && i < step->patch->count; i++) {
		length = key_length(path, step->patch->pairs[i].key);
		longest = length > longest ? length : longest;
	}
	return longest;
}

static bool step_to_key(struct step *step, const char **path)
{
	size_t length = longest_key(step, *path);
	cleanup(free) char *key = string_copy_n(*path, length);

	if (length == 0)
		return false;
	step->patch = yaml_get(step->patch, key);
	step->object = json_object_get(step->object, key);
	*path += length;
	return step->patch != NULL;
}

/* Whether all that the patch's item says is so in the object's item. */
static bool is_within(const json_t *patch, const json_t *object)
{
	const char *key;
	json_t *value;

	if (!json_is_object(patch))
		return json_equal(patch, object);
	json_object_foreach ((json_t *)patch, key, value) {
		const json_t *other = json_object_get(object, key);

		if (!json_is_null(value) && (other == NULL || !is_within(value, other)))
			return false;
	}
	return true;
}

static const struct yaml_node *item_by_name(const struct yaml_node *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct yaml_node *key = yaml_get(list->items[i], "name");

		if (key && key->kind == YAML_STRING && text_equal(key->text, name))
			return list->items[i];
	}
	return NULL;
}

static bool item_is_within(const struct yaml_node *item, const json_t *object)
{
	cleanup(json) json_t *value = yaml_to_json_new(item);

	return is_within(value, object);
}

/* The one at the same index, when it fits: an earlier one may say less, and fit as well. */
static const struct yaml_node *item_by_content(const struct yaml_node *list, const json_t *item, size_t index)
{
	if (index < list->count && item_is_within(list->items[index], item))
		return list->items[index];
	for (size_t i = 0; i < list->count; i++) {
		if (item_is_within(list->items[i], item))
			return list->items[i];
	}
	return NULL;
}

/* The item of the patch's list that became the object's item `index`. */
static const struct yaml_node *find_item(const struct step *step, size_t index)
{
	const json_t *item = json_array_get(step->object, index);
	const char *name = json_text_at(item, "name", NULL);
	const struct yaml_node *found;

	if (step->patch == NULL || step->patch->kind != YAML_SEQUENCE)
		return NULL;
	if (name)
		return item_by_name(step->patch, name);
	found = item ? item_by_content(step->patch, item, index) : NULL;
	if (found == NULL && step->patch->count == json_array_size(step->object) && index < step->patch->count)
		return step->patch->items[index];
	return found;
}

static bool step_to_item(struct step *step, const char **path)
{
	enum { INDEX_MAX = 1000000 };
	size_t index = 0;

	for ((*path)++; **path >= '0' && **path <= '9' && index < INDEX_MAX; (*path)++)
		index = index * 10 + (size_t)(**path - '0');
	if (**path != ']')
		return false;
	(*path)++;
	step->patch = find_item(step, index);
	step->object = json_array_get(step->object, index);
	return step->patch != NULL;
}

const struct yaml_node *admission_place(const struct yaml_node *patch, const json_t *object, const char *path,
					size_t *followed)
{
	const struct yaml_node *deepest = NULL;
	const char *start = path;
	struct step step = { .patch = patch, .object = object };

	if (followed)
		*followed = 0;
	while (*path) {
		bool going;

		if (*path == '.')
			path++;
		going = *path == '[' ? step_to_item(&step, &path) : step_to_key(&step, &path);
		if (!going)
			return deepest;
		deepest = step.patch;
		if (followed)
			*followed = (size_t)(path - start);
	}
	return deepest;
}
