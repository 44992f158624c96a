#include "sync/live_set.h"

#include "base/text.h"
#include "tests/unit/sync/quoted_json.h"

static const struct kind *secrets(void)
{
	return kind_find("", "Secret");
}

static const struct kind *services(void)
{
	return kind_find("", "Service");
}

static void live_set_cleanup(struct live_set **set)
{
	live_set_free(*set);
}

static void put(struct live_set *set, const struct kind *kind, const char *namespace_name, const char *name,
		const char *mark)
{
	cleanup(json) json_t *object =
		json_pack("{s:{s:s, s:s}, s:s}", "metadata", "name", name, "namespace", namespace_name, "mark", mark);

	live_set_put(set, kind, object);
}

/* The mark of the object there; "-" when there is none. */
static const char *mark(const struct live_set *set, const struct kind *kind, const char *namespace_name,
			const char *name)
{
	const json_t *object = live_set_find(set, kind, namespace_name, name);

	return object ? json_text_at(object, "mark", NULL) : "-";
}

START_TEST(finds_by_kind_namespace_and_name)
{
	cleanup(live_set) struct live_set *set = live_set_new();

	put(set, secrets(), "x", "a", "1");
	put(set, secrets(), "y", "a", "2");
	put(set, services(), "x", "a", "3");
	ck_assert_str_eq(mark(set, secrets(), "x", "a"), "1");
	ck_assert_str_eq(mark(set, secrets(), "y", "a"), "2");
	ck_assert_str_eq(mark(set, services(), "x", "a"), "3");
	ck_assert_str_eq(mark(set, services(), "y", "a"), "-");
	ck_assert_str_eq(mark(set, secrets(), "x", "b"), "-");
}
END_TEST

START_TEST(a_newer_object_replaces)
{
	cleanup(live_set) struct live_set *set = live_set_new();

	put(set, secrets(), "x", "a", "1");
	put(set, secrets(), "x", "a", "2");
	ck_assert_str_eq(mark(set, secrets(), "x", "a"), "2");
	live_set_put(set, secrets(), live_set_find(set, secrets(), "x", "a"));
	ck_assert_str_eq(mark(set, secrets(), "x", "a"), "2");
	live_set_remove(set, secrets(), "x", "a");
	ck_assert_str_eq(mark(set, secrets(), "x", "a"), "-");
}
END_TEST

START_TEST(keeps_a_reference_of_its_own)
{
	cleanup(live_set) struct live_set *set = live_set_new();
	cleanup(json) json_t *object = quoted_json_new("{'metadata': {'name': 'a', 'namespace': 'x'}, 'mark': '1'}");

	live_set_put(set, secrets(), object);
	live_set_remove(set, secrets(), "x", "a");
	ck_assert_str_eq(json_text_at(object, "mark", NULL), "1");
	ck_assert_uint_eq(object->refcount, 1);
}
END_TEST

START_TEST(remove_of_one_leaves_the_others)
{
	cleanup(live_set) struct live_set *set = live_set_new();

	put(set, secrets(), "x", "a", "1");
	put(set, secrets(), "x", "b", "2");
	live_set_remove(set, secrets(), "x", "a");
	live_set_remove(set, secrets(), "x", "never there");
	live_set_remove(set, services(), "x", "b");
	ck_assert_str_eq(mark(set, secrets(), "x", "a"), "-");
	ck_assert_str_eq(mark(set, secrets(), "x", "b"), "2");
}
END_TEST

START_TEST(clear_forgets_one_kind)
{
	cleanup(live_set) struct live_set *set = live_set_new();

	put(set, secrets(), "x", "a", "1");
	put(set, secrets(), "y", "b", "2");
	put(set, services(), "x", "a", "3");
	live_set_clear_kind(set, secrets());
	ck_assert_str_eq(mark(set, secrets(), "x", "a"), "-");
	ck_assert_str_eq(mark(set, secrets(), "y", "b"), "-");
	ck_assert_str_eq(mark(set, services(), "x", "a"), "3");
}
END_TEST

/* A fresh LIST of a kind says what is gone, too. */
START_TEST(take_replaces_one_kind)
{
	cleanup(live_set) struct live_set *set = live_set_new(), *fresh = live_set_new();

	put(set, secrets(), "x", "gone", "1");
	put(set, secrets(), "x", "stays", "old");
	put(set, services(), "x", "a", "3");
	put(fresh, secrets(), "x", "stays", "new");
	put(fresh, secrets(), "x", "came", "4");
	put(fresh, services(), "x", "a", "not taken");
	live_set_take_kind(set, fresh, secrets());
	ck_assert_str_eq(mark(set, secrets(), "x", "gone"), "-");
	ck_assert_str_eq(mark(set, secrets(), "x", "stays"), "new");
	ck_assert_str_eq(mark(set, secrets(), "x", "came"), "4");
	ck_assert_str_eq(mark(set, services(), "x", "a"), "3");
	ck_assert_str_eq(mark(fresh, secrets(), "x", "stays"), "-");
	ck_assert_str_eq(mark(fresh, services(), "x", "a"), "not taken");
}
END_TEST

START_TEST(holds_many)
{
	cleanup(live_set) struct live_set *set = live_set_new();

	for (int i = 0; i < 2000; i++) {
		cleanup(free) char *name = string_format("n%d", i);

		put(set, secrets(), "x", name, name);
	}
	for (int i = 0; i < 2000; i++) {
		cleanup(free) char *name = string_format("n%d", i);

		ck_assert_str_eq(mark(set, secrets(), "x", name), name);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { finds_by_kind_namespace_and_name,
				 a_newer_object_replaces,
				 keeps_a_reference_of_its_own,
				 remove_of_one_leaves_the_others,
				 clear_forgets_one_kind,
				 take_replaces_one_kind,
				 holds_many };

	return suite_run("live_set", tests, ARRAY_SIZE(tests));
}
