/* What must hold of every merge, whatever the three sides are. */
#include <string.h>

#include "sync/field_path.h"
#include "sync/field_set.h"
#include "sync/fields.h"
#include "sync/list_keys.h"
#include "sync/merge.h"
#include "sync/values.h"
#include "tests/unit/sync/merge_patch_apply.h"
#include "tests/unit/sync/random_object.h"

enum { ROUNDS = 20000 };

struct round {
	json_t *desired, *live, *applied, *after;
	enum change_origin origin; /* drift: Git says what it said */
	unsigned number;
};

static bool is_set(const json_t *value)
{
	return value && !json_is_null(value);
}

static void report(const struct round *round, const struct field_path *path, const char *what)
{
	cleanup(free) char *desired = json_text_new(round->desired), *live = json_text_new(round->live);
	cleanup(free) char *applied = json_text_new(round->applied), *after = json_text_new(round->after);
	cleanup(free) char *place = field_path_text_new(path);

	ck_abort_msg("round %u: %s at %s\napplied %s\ndesired %s\nlive    %s\nafter   %s", round->number, what, place,
		     applied, desired, live, after);
}

/* The items of a list by key; NULL when it has to be taken as one. */
static json_t *items_new(const struct field_path *path, const json_t *list)
{
	const struct list_key *key = list_key_find(path);

	return key ? list_key_index_new(key, list) : NULL;
}

/* Every leaf of desired is in the result, by meaning. */
static void check_desired(const struct round *round, const struct field_path *path, const json_t *desired,
			  const json_t *after)
{
	cleanup(json) json_t *wanted = items_new(path, desired), *found = items_new(path, after);
	const char *name;
	json_t *value;

	if (!is_set(desired) || !field_path_is_writable(path) || field_path_is_bookkeeping(path))
		return;
	if (json_is_object(desired) && (json_is_object(after) || field_path_is(path, "metadata.*"))) {
		json_object_foreach ((json_t *)desired, name, value) {
			struct field_path field = field_path_field(path, name);

			check_desired(round, &field, value, json_object_get(after, name));
		}
	} else if (wanted && found) {
		json_object_foreach (wanted, name, value) {
			struct field_path item = field_path_item(path, name);

			check_desired(round, &item, value, json_object_get(found, name));
		}
	} else if (!value_equal(path, desired, after) && !(round->origin == CHANGE_DRIFT && json_is_array(desired) &&
							   value_is_held(path, desired, after))) {
		report(round, path, "what Git wants is not there");
	}
}

static void check_foreign(const struct round *round, const struct field_path *path, const json_t *desired,
			  const json_t *live, const json_t *set, const json_t *after);

/* Items of others are there, unchanged and in their order. */
static void check_foreign_items(const struct round *round, const struct field_path *path, const json_t *desired,
				const json_t *live, const json_t *set, const json_t *after)
{
	const char *key;
	json_t *item;
	size_t place = 0;

	json_object_foreach ((json_t *)live, key, item) {
		struct field_path below = field_path_item(path, key);
		const json_t *ours = json_object_get(desired, key);

		if (ours) {
			check_foreign(round, &below, ours, item, field_set_item(set, key),
				      json_object_get(after, key));
		} else if (!field_set_is_leaf(set) && !field_set_item(set, key)) {
			void *position = json_object_iter_at((json_t *)after, key);
			size_t left = 0;

			if (position == NULL || !json_equal(json_object_iter_value(position), item))
				report(round, &below, "someone else's item changed");
			for (; position; position = json_object_iter_next((json_t *)after, position))
				left++;
			if (place > 0 && left >= place)
				report(round, &below, "someone else's item moved");
			place = left;
		}
	}
}

/* What is neither in desired nor in applied is as it was. */
static void check_foreign(const struct round *round, const struct field_path *path, const json_t *desired,
			  const json_t *live, const json_t *set, const json_t *after)
{
	cleanup(json) json_t *ours = is_set(desired) ? items_new(path, desired) : json_object();
	cleanup(json) json_t *theirs = items_new(path, live), *found = items_new(path, after);
	const char *name;
	json_t *value;

	if (!is_set(desired) && set == NULL) {
		if (!json_equal(live, after) && live != after)
			report(round, path, "someone else's field changed");
	} else if (json_is_object(live) && (!is_set(desired) || json_is_object(desired))) {
		json_object_foreach ((json_t *)live, name, value) {
			struct field_path field = field_path_field(path, name);

			check_foreign(round, &field, json_object_get(desired, name), value,
				      field_set_field(set, name), json_object_get(after, name));
		}
	} else if (ours && theirs && json_is_array(live)) {
		check_foreign_items(round, path, ours, theirs, set, found);
	}
}

/* What was applied and left Git is gone, unless others put something in its place. */
static void check_removed(const struct round *round, const struct field_path *path, const json_t *desired,
			  const json_t *set, const json_t *after)
{
	const char *key;
	json_t *below;

	if (!is_set(desired) && field_set_is_leaf(set) && !value_is_absent(path, after) && !json_is_object(after))
		report(round, path, "what Git dropped is still there");
	if (json_is_object(after) && (!is_set(desired) || json_is_object(desired)))
		json_object_foreach ((json_t *)set, key, below) {
			const char *name = field_set_name(key);
			struct field_path field = field_path_field(path, name ? name : "");

			if (name)
				check_removed(round, &field, json_object_get(desired, name), below,
					      json_object_get(after, name));
		}
}

static void check_round(struct round *round)
{
	const struct object_type type = object_type_of(round->desired);
	const struct field_path path = field_path_object(&type);
	cleanup(merge_result) struct merge_result result = MERGE_RESULT_INIT, again = MERGE_RESULT_INIT;
	cleanup(json) json_t *fields = fields_new_from_object(round->desired), *after = NULL;

	merge_compute(round->desired, round->live, round->applied, round->origin, &result);
	after = result.patch ? merge_patch_apply_new(round->live, result.patch) : json_incref(round->live);
	round->after = after;
	if ((result.patch == NULL) != (result.count == 0))
		report(round, &path, "changes without a patch, or a patch without changes");
	if (result.patch && json_equal(after, round->live))
		report(round, &path, "a patch that does nothing");
	check_desired(round, &path, round->desired, after);
	check_foreign(round, &path, round->desired, round->live, round->applied, after);
	check_removed(round, &path, round->desired, round->applied, after);
	merge_compute(round->desired, after, fields, CHANGE_DRIFT, &again);
	if (again.patch || again.count > 0)
		report(round, &path, "a second merge finds something to do");
}

/* What the cluster holds after `base` was applied to what others had put there,
 * and, now and then, changed again. */
static json_t *lived_in_new(struct random *random, const json_t *base)
{
	json_t *live = random_machine_new(random);
	const json_t *writers[2] = { base, NULL };
	cleanup(json) json_t *intruder = random_below(random, 3) == 0 ? random_machine_new(random) : NULL;

	writers[1] = intruder;
	for (size_t i = 0; i < ARRAY_SIZE(writers) && writers[i]; i++) {
		cleanup(merge_result) struct merge_result result = MERGE_RESULT_INIT;
		json_t *next;

		merge_compute(writers[i], live, NULL, CHANGE_GIT, &result);
		if (result.patch == NULL)
			continue;
		next = merge_patch_apply_new(live, result.patch);
		json_decref(live);
		live = next;
	}
	return live;
}

START_TEST(random_triples)
{
	struct random random = { .state = 20260101 };
	unsigned merges_with_a_patch = 0;

	for (unsigned i = 0; i < ROUNDS; i++) {
		cleanup(json) json_t *base = random_machine_new(&random), *applied = fields_new_from_object(base);
		cleanup(json) json_t *other = random_machine_new(&random);
		cleanup(json) json_t *live =
			random_below(&random, 4) ? lived_in_new(&random, base) : random_machine_new(&random);
		struct round round = { .desired = random_below(&random, 4) ? other : base,
				       .live = live,
				       .applied = random_below(&random, 8) ? applied : NULL,
				       .number = i };

		round.origin = round.desired == base ? CHANGE_DRIFT : CHANGE_GIT;
		check_round(&round);
		merges_with_a_patch += !json_equal(round.live, round.desired);
	}
	ck_assert_uint_gt(merges_with_a_patch, ROUNDS / 2);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { random_triples };

	return suite_run("merge_properties", tests, ARRAY_SIZE(tests));
}
