/* The walk goes over desired and live side by side, with the applied set
 * beside them, and builds what the live object is to become. Where nothing
 * changes it hands on the live value itself, not a copy: an object in sync
 * costs no memory, and "is it the same pointer" answers "did anything change".
 * The patch is then simply what leads from live to the result.
 *
 * A value equal by meaning stays as the server wrote it. */
#include "sync/merge.h"

#include "base/json.h"
#include "base/memory.h"
#include "sync/changes.h"
#include "sync/field_path.h"
#include "sync/field_set.h"
#include "sync/list_keys.h"
#include "sync/merge_patch.h"
#include "sync/secret_data.h"
#include "sync/values.h"

/* What the three sides have to say about one field; each NULL when absent. */
struct sides {
	const json_t *desired, *live, *set;
};

struct merge {
	enum change_origin origin;
	struct merge_result *result;
};

static json_t *merge_value(const struct merge *merge, const struct field_path *path, struct sides sides);
static json_t *remove_value(const struct merge *merge, const struct field_path *path, struct sides sides);

static json_t *same(const json_t *value)
{
	return json_incref((json_t *)value);
}

static bool is_set(const json_t *value)
{
	return value && !json_is_null(value);
}

/* Puts `value` (stolen; NULL: absent) into the copy of `live`, which is made
 * when the first value differs. */
static void member_put(json_t **merged, const json_t *live, const char *name, json_t *value)
{
	if (value != json_object_get(live, name)) {
		if (*merged == NULL)
			*merged = json_is_object(live) ? json_copy((json_t *)live) : json_object();
		if (value)
			json_object_set(*merged, name, value);
		else
			json_object_del(*merged, name);
	}
	json_decref(value);
}

/* Sets the whole value: it was absent, is of another type, or has no parts. */
static json_t *set_value(const struct merge *merge, const struct field_path *path, struct sides sides)
{
	json_t *value = value_copy_without_nulls(sides.desired);

	if (!field_path_is_bookkeeping(path))
		changes_add(merge->result, path, is_set(sides.live) ? sides.live : NULL, value,
			    sides.set ? merge->origin : CHANGE_GIT);
	return value;
}

/* Removes what the set holds and Git no longer wants from an object. What
 * others put there stays, and so does the object then. */
static json_t *remove_from_object(const struct merge *merge, const struct field_path *path, struct sides sides)
{
	size_t changes_before = merge->result->count;
	json_t *merged = NULL, *set;
	const char *key;

	json_object_foreach ((json_t *)sides.set, key, set) {
		const char *name = field_set_name(key);
		struct field_path field;

		if (name == NULL || is_set(json_object_get(sides.desired, name)))
			continue;
		field = field_path_field(path, name);
		if (!field_path_is_writable(&field) || field_path_is_bookkeeping(&field))
			continue;
		member_put(&merged, sides.live, name,
			   remove_value(merge, &field,
					(struct sides){ .live = json_object_get(sides.live, name), .set = set }));
	}
	if (is_set(sides.desired) || json_object_size(merged ? merged : sides.live) > 0 ||
	    !field_set_holds_itself(sides.set))
		return merged ? merged : same(sides.live);
	json_decref(merged);
	changes_truncate(merge->result, changes_before);
	changes_add(merge->result, path, sides.live, NULL, CHANGE_GIT);
	return NULL;
}

/* Removes one item: all of it, since what others added to it serves the item. */
static void item_remove(const struct merge *merge, const struct field_path *path, const json_t *live)
{
	changes_add(merge->result, path, live, NULL, CHANGE_GIT);
}

/* Whether labsync set this item. A list that was set as one, before it had a
 * key, was set with all its items. */
static bool item_was_applied(const json_t *list_set, const char *key)
{
	return field_set_is_leaf(list_set) || field_set_item(list_set, key);
}

/* The live items in their order: ours updated in place, others kept, those
 * that left Git dropped. */
static json_t *live_items_merge(const struct merge *merge, const struct field_path *path, const struct list_key *key,
				struct sides index, const json_t *set)
{
	json_t *merged = json_array(), *live;
	const char *text;

	json_object_foreach ((json_t *)index.live, text, live) {
		cleanup(free) char *label = list_key_label_new(key, live);
		struct field_path item = field_path_item(path, label);
		const json_t *desired = json_object_get(index.desired, text);

		if (desired)
			json_array_append_new(merged,
					      merge_value(merge, &item,
							  (struct sides){ .desired = desired,
									  .live = live,
									  .set = field_set_item(set, text) }));
		else if (item_was_applied(set, text))
			item_remove(merge, &item, live);
		else
			json_array_append(merged, live);
	}
	return merged;
}

static void new_items_append(const struct merge *merge, const struct field_path *path, const struct list_key *key,
			     struct sides index, const json_t *set, json_t *merged)
{
	json_t *desired;
	const char *text;

	json_object_foreach ((json_t *)index.desired, text, desired) {
		cleanup(free) char *label = NULL;
		struct field_path item;

		if (json_object_get(index.live, text))
			continue;
		label = list_key_label_new(key, desired);
		item = field_path_item(path, label);
		json_array_append_new(
			merged, set_value(merge, &item,
					  (struct sides){ .desired = desired, .set = field_set_item(set, text) }));
	}
}

/* `index` holds the items by key; `sides.desired` is NULL when the list left Git. */
static json_t *merge_items(const struct merge *merge, const struct field_path *path, const struct list_key *key,
			   struct sides index, struct sides sides)
{
	size_t changes_before = merge->result->count;
	cleanup(json) json_t *merged = live_items_merge(merge, path, key, index, sides.set);

	new_items_append(merge, path, key, index, sides.set, merged);
	if (merge->result->count == changes_before)
		return same(sides.live);
	if (sides.desired || json_array_size(merged) > 0)
		return steal(&merged);
	changes_truncate(merge->result, changes_before);
	changes_add(merge->result, path, sides.live, NULL, CHANGE_GIT);
	return NULL;
}

/* Takes both lists apart by key when they have one, and merges them; false
 * when the list has to be taken as one. */
static bool merge_keyed_list(const struct merge *merge, const struct field_path *path, struct sides sides,
			     json_t **merged)
{
	const struct list_key *key = list_key_find(path);
	cleanup(json) json_t *desired = NULL, *live = NULL;

	if (key == NULL)
		return false;
	desired = sides.desired ? list_key_index_new(key, sides.desired) : json_object();
	live = list_key_index_new(key, sides.live);
	if (desired == NULL || live == NULL)
		return false;
	*merged = merge_items(merge, path, key, (struct sides){ .desired = desired, .live = live }, sides);
	return true;
}

static json_t *merge_object(const struct merge *merge, const struct field_path *path, struct sides sides)
{
	json_t *merged = NULL, *desired, *result;
	const char *name;

	json_object_foreach ((json_t *)sides.desired, name, desired) {
		struct field_path field = field_path_field(path, name);

		if (!is_set(desired) || !field_path_is_writable(&field))
			continue;
		member_put(&merged, sides.live, name,
			   merge_value(merge, &field,
				       (struct sides){ .desired = desired,
						       .live = json_object_get(sides.live, name),
						       .set = field_set_field(sides.set, name) }));
	}
	sides.live = merged ? merged : sides.live;
	result = remove_from_object(merge, path, sides);
	json_decref(merged);
	return result;
}

/* Labels and annotations are shared with everyone, so they are merged name by
 * name even when there are none yet. */
static json_t *merge_new_metadata(const struct merge *merge, const struct field_path *path, struct sides sides)
{
	cleanup(json) json_t *empty = json_object(), *merged = NULL;

	sides.live = empty;
	merged = merge_object(merge, path, sides);
	return json_object_size(merged) > 0 ? steal(&merged) : NULL;
}

static bool is_metadata(const struct field_path *path)
{
	return field_path_is(path, "metadata") || field_path_is(path, "metadata.*");
}

/* A list without keys that holds what Git still says, and besides what the server filled in when it was set: a
 * NetworkPolicy's ports have a protocol, whether they were given one or not. */
static bool is_as_it_was_set(const struct merge *merge, const struct field_path *path, struct sides sides)
{
	return merge->origin == CHANGE_DRIFT && sides.set && json_is_array(sides.desired) &&
	       value_is_held(path, sides.desired, sides.live);
}

/* The value that the field is to have: the live one itself when it is right
 * as it is, NULL when there is to be none. New reference. */
static json_t *merge_value(const struct merge *merge, const struct field_path *path, struct sides sides)
{
	json_t *merged;

	if (!is_set(sides.live) && value_is_absent(path, sides.desired))
		return same(sides.live);
	if (path->depth >= FIELD_DEPTH_MAX)
		return json_equal(sides.desired, sides.live) ? same(sides.live) : set_value(merge, path, sides);
	if (json_is_object(sides.desired) && json_is_object(sides.live))
		return merge_object(merge, path, sides);
	if (json_is_object(sides.desired) && !is_set(sides.live) && is_metadata(path))
		return merge_new_metadata(merge, path, sides);
	if (json_is_array(sides.desired) && merge_keyed_list(merge, path, sides, &merged))
		return merged;
	if (is_set(sides.live) && value_equal(path, sides.desired, sides.live))
		return same(sides.live);
	if (is_as_it_was_set(merge, path, sides))
		return same(sides.live);
	return set_value(merge, path, sides);
}

/* The same for a field that the set holds and Git no longer wants. */
static json_t *remove_value(const struct merge *merge, const struct field_path *path, struct sides sides)
{
	json_t *merged;

	if (value_is_absent(path, sides.live))
		return same(sides.live);
	if (json_is_object(sides.live) && path->depth < FIELD_DEPTH_MAX)
		return remove_from_object(merge, path, sides);
	if (json_is_array(sides.live) && path->depth < FIELD_DEPTH_MAX &&
	    merge_keyed_list(merge, path, sides, &merged))
		return merged;
	if (!field_set_holds_itself(sides.set))
		return same(sides.live);
	changes_add(merge->result, path, sides.live, NULL, CHANGE_GIT);
	return NULL;
}

void merge_compute(const json_t *desired, const json_t *live, const json_t *applied, enum change_origin origin,
		   struct merge_result *result)
{
	const struct merge merge = { .origin = origin, .result = result };
	cleanup(json) json_t *folded = secret_data_fold_new(desired), *merged = NULL;
	/* An item of a LIST does not name its type; what Git holds does. */
	const struct object_type type = object_type_of(desired);
	const struct field_path path = field_path_object(&type);

	merge_result_deinit(result);
	merged = merge_object(&merge, &path, (struct sides){ .desired = folded, .live = live, .set = applied });
	/* A commit that does not touch the object does not write it either. */
	if (result->count > 0)
		result->patch = merge_patch_new(live, merged);
}
