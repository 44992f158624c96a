#include "render/objects/patch.h"

#include "base/buffer.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

static const char directive_key[] = "$patch";

/* Far more than any list of Kubernetes may have, and few enough to look each up among the others. */
enum { ITEMS_MAX = 1024 };

enum directive { DIRECTIVE_MERGE, DIRECTIVE_REPLACE, DIRECTIVE_DELETE };

struct patch {
	const char *path;
	struct error *err;
};

static bool mapping_apply(struct patch *patch, json_t *object, const struct yaml_node *mapping);
static json_t *value_new(struct patch *patch, const struct yaml_node *node);

static bool directive_read(struct patch *patch, const struct yaml_node *mapping, enum directive *directive)
{
	const struct yaml_node *node = yaml_get(mapping, directive_key);

	*directive = DIRECTIVE_MERGE;
	if (node == NULL)
		return true;
	if (text_equal(node->text, "delete"))
		*directive = DIRECTIVE_DELETE;
	else if (text_equal(node->text, "replace"))
		*directive = DIRECTIVE_REPLACE;
	else
		return error_set_at(patch->err, patch->path, node->line, node->column,
				    "unknown $patch; use delete or replace");
	return true;
}

static const char *name_of(const struct yaml_node *item)
{
	const struct yaml_node *name = yaml_get(item, "name");

	return name && name->kind == YAML_STRING ? name->text : NULL;
}

/* An item that speaks for the whole list. */
static bool is_list_directive(const struct yaml_node *item)
{
	return item->kind == YAML_MAPPING && item->count == 1 && yaml_get(item, directive_key);
}

/* False when a list is known by names neither here nor there. */
static bool is_keyed(const json_t *list, const struct yaml_node *sequence)
{
	size_t i;
	json_t *item;

	for (size_t j = 0; j < sequence->count; j++) {
		if (name_of(sequence->items[j]) == NULL)
			return false;
	}
	json_array_foreach (list, i, item) {
		if (json_text_at(item, "name", NULL) == NULL)
			return false;
	}
	return true;
}

/* The place of the item of that name; the list's size when there is none. */
static size_t item_find(const json_t *list, const char *name)
{
	size_t i;
	json_t *item;

	json_array_foreach (list, i, item) {
		if (text_equal(json_text_at(item, "name", NULL), name))
			break;
	}
	return i;
}

static bool item_remove(struct patch *patch, json_t *list, const struct yaml_node *item)
{
	size_t place = item_find(list, name_of(item));
	cleanup(buffer) struct buffer names = BUFFER_INIT;

	if (place < json_array_size(list)) {
		json_array_remove(list, place);
		return true;
	}
	for (size_t i = 0; i < json_array_size(list); i++)
		buffer_format(&names, "%s\"%s\"", i == 0 ? "" : ", ",
			      json_text_at(json_array_get(list, i), "name", NULL));
	return error_set_at(patch->err, patch->path, item->line, item->column,
			    "there is no \"%s\" to delete; the list has %s", name_of(item),
			    names.length > 0 ? buffer_text(&names) : "no items");
}

static bool item_apply(struct patch *patch, json_t *list, const struct yaml_node *item)
{
	enum directive directive;
	size_t place = item_find(list, name_of(item));
	json_t *value;

	if (!directive_read(patch, item, &directive))
		return false;
	if (directive == DIRECTIVE_DELETE)
		return item_remove(patch, list, item);
	if (directive == DIRECTIVE_MERGE && place < json_array_size(list))
		return mapping_apply(patch, json_array_get(list, place), item);
	value = value_new(patch, item);
	if (value == NULL)
		return false;
	if (place < json_array_size(list))
		json_array_set_new(list, place, value);
	else
		json_array_append_new(list, value);
	return true;
}

/* A list with nothing below it. A directive in it has nothing to work on. */
static json_t *list_new(struct patch *patch, const struct yaml_node *sequence)
{
	cleanup(json) json_t *list = json_array();

	for (size_t i = 0; i < sequence->count; i++) {
		json_t *value = value_new(patch, sequence->items[i]);

		if (value == NULL)
			return NULL;
		json_array_append_new(list, value);
	}
	return json_incref(list);
}

/* The list that takes the place of another, told by an item `$patch: replace`. */
static json_t *replacement_new(struct patch *patch, const struct yaml_node *sequence)
{
	cleanup(json) json_t *list = json_array();

	for (size_t i = 0; i < sequence->count; i++) {
		const struct yaml_node *item = sequence->items[i];
		enum directive directive;
		json_t *value;

		if (is_list_directive(item)) {
			if (!directive_read(patch, item, &directive))
				return NULL;
			if (directive == DIRECTIVE_REPLACE)
				continue;
			error_set_at(patch->err, patch->path, item->line, item->column,
				     "$patch: delete needs the name of the item; to remove the list, set it to null");
			return NULL;
		}
		value = value_new(patch, item);
		if (value == NULL)
			return NULL;
		json_array_append_new(list, value);
	}
	return json_incref(list);
}

static bool has_list_directive(const struct yaml_node *sequence)
{
	for (size_t i = 0; i < sequence->count; i++) {
		if (is_list_directive(sequence->items[i]))
			return true;
	}
	return false;
}

/* `below` is what the list is now; NULL when it is not there. */
static bool list_apply(struct patch *patch, json_t *object, const char *key, const struct yaml_node *sequence)
{
	json_t *below = json_object_get(object, key);
	json_t *list;

	if (sequence->count > ITEMS_MAX)
		return error_set_at(patch->err, patch->path, sequence->line, sequence->column,
				    "the list has %zu entries; at most %d are taken", sequence->count, ITEMS_MAX);
	if (has_list_directive(sequence) || !json_is_array(below) || !is_keyed(below, sequence)) {
		list = has_list_directive(sequence) ? replacement_new(patch, sequence) : list_new(patch, sequence);
		if (list)
			json_object_set_new(object, key, list);
		return list != NULL;
	}
	for (size_t i = 0; i < sequence->count; i++) {
		if (!item_apply(patch, below, sequence->items[i]))
			return false;
	}
	/* The server keeps no empty list. */
	if (json_array_size(below) == 0)
		json_object_del(object, key);
	return true;
}

static bool member_apply(struct patch *patch, json_t *object, const struct yaml_pair *pair)
{
	json_t *below = json_object_get(object, pair->key);
	enum directive directive = DIRECTIVE_MERGE;
	json_t *value;

	if (pair->value->kind == YAML_MAPPING && !directive_read(patch, pair->value, &directive))
		return false;
	if (pair->value->kind == YAML_NULL || directive == DIRECTIVE_DELETE) {
		json_object_del(object, pair->key);
		return true;
	}
	if (pair->value->kind == YAML_SEQUENCE)
		return list_apply(patch, object, pair->key, pair->value);
	if (pair->value->kind == YAML_MAPPING && json_is_object(below) && directive == DIRECTIVE_MERGE)
		return mapping_apply(patch, below, pair->value);
	value = value_new(patch, pair->value);
	if (value)
		json_object_set_new(object, pair->key, value);
	return value != NULL;
}

static bool mapping_apply(struct patch *patch, json_t *object, const struct yaml_node *mapping)
{
	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];

		if (text_equal(pair->key, directive_key))
			continue;
		if (pair->key[0] == '$')
			return error_set_at(patch->err, patch->path, pair->line, pair->column,
					    "unknown directive; use $patch: delete or $patch: replace");
		if (!member_apply(patch, object, pair))
			return false;
	}
	return true;
}

/* A value with nothing below it; NULL with an error. New reference. */
static json_t *value_new(struct patch *patch, const struct yaml_node *node)
{
	cleanup(json) json_t *object = NULL;
	enum directive directive;

	if (node->kind == YAML_SEQUENCE)
		return list_new(patch, node);
	if (node->kind != YAML_MAPPING)
		return yaml_to_json_new(node);
	if (!directive_read(patch, node, &directive))
		return NULL;
	if (directive == DIRECTIVE_DELETE) {
		error_set_at(patch->err, patch->path, node->line, node->column,
			     "there is nothing to delete here; leave it out");
		return NULL;
	}
	object = json_object();
	return mapping_apply(patch, object, node) ? json_incref(object) : NULL;
}

bool patch_apply(json_t *object, const struct yaml_node *patch, const char *path, struct error *err)
{
	struct patch context = { .path = path, .err = err };

	if (patch->kind != YAML_MAPPING)
		return error_set_at(err, path, patch->line, patch->column, "a patch must be a mapping");
	if (yaml_get(patch, directive_key))
		return error_set_at(err, path, patch->line, patch->column,
				    "$patch is for what is inside of the object; it cannot stand at its top");
	return mapping_apply(&context, object, patch);
}
