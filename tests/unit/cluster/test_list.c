#include "sync/cluster/list.h"

#include <string.h>

#include "base/json.h"
#include "tests/unit/suite.h"

static void list_cleanup(struct list **list)
{
	list_free(*list);
}

struct seen {
	unsigned items, restarts;
	struct list *stop; /* at the first item, when set */
};

static void on_item(void *data, json_t *item)
{
	struct seen *seen = data;

	ck_assert(json_is_object(item));
	seen->items++;
	if (seen->stop)
		list_stop(seen->stop);
}

static void on_restart(void *data)
{
	struct seen *seen = data;

	seen->restarts++;
}

static const struct client_list_handlers handlers = { .on_item = on_item, .on_restart = on_restart };

static enum list_step take(struct list *list, const char *text, struct error *err)
{
	cleanup(json) json_t *page = json_loads(text, JSON_DECODE_ANY, NULL);

	return list_take(list, page, err);
}

static void expect_path(const struct list *list, const char *wanted)
{
	cleanup(free) char *path = list_path_new(list);

	ck_assert_str_eq(path, wanted);
}

START_TEST(pages_follow_each_other)
{
	struct seen seen = { .items = 0 };
	cleanup(list) struct list *list = list_new("/api/v1/pods?labelSelector=a%3Db", &handlers, &seen);
	cleanup(error) struct error err = ERROR_INIT;

	expect_path(list, "/api/v1/pods?labelSelector=a%3Db&limit=500");
	ck_assert_int_eq(take(list, "{\"metadata\":{\"continue\":\"a+b/=\"},\"items\":[{},{}]}", &err), LIST_MORE);
	expect_path(list, "/api/v1/pods?labelSelector=a%3Db&limit=500&continue=a%2Bb%2F%3D");
	ck_assert_int_eq(take(list, "{\"metadata\":{\"continue\":\"\"},\"items\":[{}]}", &err), LIST_WHOLE);
	ck_assert_uint_eq(seen.items, 3);
}
END_TEST

START_TEST(an_empty_list_may_be_null)
{
	struct seen seen = { .items = 0 };
	cleanup(list) struct list *list = list_new("/x", &handlers, &seen);
	cleanup(error) struct error err = ERROR_INIT;

	expect_path(list, "/x?limit=500");
	ck_assert_int_eq(take(list, "{\"metadata\":{},\"items\":null}", &err), LIST_WHOLE);
	ck_assert_uint_eq(seen.items, 0);
}
END_TEST

START_TEST(what_is_no_list)
{
	static const char *const texts[] = {
		"null", "[]", "{}", "{\"items\":{}}", "{\"items\":null}", "1", "no JSON"
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		struct seen seen = { .items = 0 };
		cleanup(list) struct list *list = list_new("/x", &handlers, &seen);
		cleanup(error) struct error err = ERROR_INIT;

		ck_assert_msg(take(list, texts[i], &err) == LIST_BROKEN, "%s", texts[i]);
		ck_assert_int_eq(err.code, ERROR_INVALID);
	}
}
END_TEST

START_TEST(the_same_token_again)
{
	struct seen seen = { .items = 0 };
	cleanup(list) struct list *list = list_new("/x", &handlers, &seen);
	cleanup(error) struct error err = ERROR_INIT;
	static const char page[] = "{\"metadata\":{\"continue\":\"a\"},\"items\":[]}";

	ck_assert_int_eq(take(list, page, &err), LIST_MORE);
	ck_assert_int_eq(take(list, page, &err), LIST_BROKEN);
	ck_assert_int_eq(err.code, ERROR_INVALID);
}
END_TEST

START_TEST(an_expired_token_starts_over)
{
	struct seen seen = { .items = 0 };
	cleanup(list) struct list *list = list_new("/x", &handlers, &seen);
	cleanup(error) struct error err = ERROR_INIT;
	static const char page[] = "{\"metadata\":{\"continue\":\"a\"},\"items\":[]}";

	ck_assert(!list_restart(list)); /* it was the first page that was gone */
	for (unsigned i = 0; i < LIST_RESTARTS_MAX; i++) {
		ck_assert_int_eq(take(list, page, &err), LIST_MORE);
		ck_assert(list_restart(list));
		expect_path(list, "/x?limit=500");
	}
	ck_assert_int_eq(take(list, page, &err), LIST_MORE);
	ck_assert(!list_restart(list));
	ck_assert_uint_eq(seen.restarts, LIST_RESTARTS_MAX);
}
END_TEST

START_TEST(stopped_from_a_handler)
{
	struct seen seen = { .items = 0 };
	cleanup(list) struct list *list = list_new("/x", &handlers, &seen);
	cleanup(error) struct error err = ERROR_INIT;

	seen.stop = list;
	ck_assert_int_eq(take(list, "{\"metadata\":{},\"items\":[{},{}]}", &err), LIST_STOPPED);
	ck_assert_uint_eq(seen.items, 1);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		pages_follow_each_other, an_empty_list_may_be_null,    what_is_no_list,
		the_same_token_again,    an_expired_token_starts_over, stopped_from_a_handler
	};

	return suite_run("cluster/list", tests, ARRAY_SIZE(tests));
}
