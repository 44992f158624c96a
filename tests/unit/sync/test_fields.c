#include "sync/fields.h"

#include <string.h>

#include "tests/unit/sync/quoted_json.h"

static const struct fields_case {
	const char *name;
	const char *object, *fields;
} cases[] = {
	{ "identity, type and status are nobody's to set",
	  "{'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': 'a', 'namespace': 'n', 'uid': 'u'}, "
	  "'status': {'x': 1}}",
	  "{'f:metadata': {}}" },
	{ "annotations that move with every commit are left out",
	  "{'metadata': {'annotations': {'labsync.dev/commit': 'c', 'labsync.dev/applied': '{}', "
	  "'labsync.dev/digest': 'd', 'labsync.dev/path': 'p'}}}",
	  "{'f:metadata': {'f:annotations': {'.': {}, 'f:labsync.dev/path': {}}}}" },
	{ "every leaf, and the objects that hold one",
	  "{'spec': {'a': 1, 'b': {'c': 'x', 'd': {}}, 'e': [1, 2], 'f': false}}",
	  "{'f:spec': {'f:a': {}, 'f:b': {'.': {}, 'f:c': {}, 'f:d': {}}, 'f:e': {}, 'f:f': {}}}" },
	{ "what means nothing is not set",
	  "{'spec': {'a': null, 'b': [], 'nodeSelector': {}, 'resources': {'requests': {}}}, 'metadata': {'labels': "
	  "{}}}",
	  "{'f:spec': {}, 'f:metadata': {}}" },
	{ "keyed items",
	  "{'apiVersion': 'kubevirt.io/v1', 'kind': 'VirtualMachine', 'spec': {'template': {'spec': {'networks': "
	  "[{'name': 'a', 'pod': {}}]}}}}",
	  "{'f:spec': {'f:template': {'.': {}, 'f:spec': {'.': {}, 'f:networks': {'.': {}, 'k:{\"name\":\"a\"}': "
	  "{'.': "
	  "{}, 'f:name': {}, 'f:pod': {}}}}}}}" },
	{ "items with two keys", "{'apiVersion': 'v1', 'kind': 'Service', 'spec': {'ports': [{'port': 22}]}}",
	  "{'f:spec': {'f:ports': {'.': {}, 'k:{\"port\":22,\"protocol\":\"TCP\"}': {'.': {}, 'f:port': {}}}}}" },
	{ "a set", "{'metadata': {'finalizers': ['x/y']}}",
	  "{'f:metadata': {'f:finalizers': {'.': {}, 'v:\"x/y\"': {}}}}" },
	{ "a key twice: the list is one leaf",
	  "{'apiVersion': 'v1', 'kind': 'Service', 'spec': {'ports': [{'port': 22}, {'port': 22}]}}",
	  "{'f:spec': {'f:ports': {}}}" },
	{ "a secret's texts become its data",
	  "{'apiVersion': 'v1', 'kind': 'Secret', 'stringData': {'password': 'hunter2'}, 'data': {'a': 'eA=='}}",
	  "{'f:data': {'f:a': {}, 'f:password': {}}}" },
};

/* Field names of the expected set that hold JSON themselves need both kinds of quotes. */
static json_t *set_new(const char *text)
{
	cleanup(buffer) struct buffer plain = BUFFER_INIT;
	json_error_t problem;
	json_t *value;

	for (; *text; text++) {
		if (*text == '"')
			buffer_append_text(&plain, "\\\"");
		else
			buffer_append_char(&plain, *text == '\'' ? '"' : *text);
	}
	value = json_loads(buffer_text(&plain), JSON_REJECT_DUPLICATES, &problem);
	ck_assert_msg(value != NULL, "%s in %s", problem.text, buffer_text(&plain));
	return value;
}

START_TEST(objects)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(json) json_t *object = quoted_json_new(cases[i].object), *wanted = set_new(cases[i].fields);
		cleanup(json) json_t *found = fields_new_from_object(object);
		cleanup(free) char *found_text = json_text_new(found), *wanted_text = json_text_new(wanted);

		ck_assert_msg(json_equal(found, wanted), "%s: %s, expected %s", cases[i].name, found_text,
			      wanted_text);
	}
}
END_TEST

START_TEST(no_value_leaks)
{
	cleanup(json) json_t *object = quoted_json_new("{'apiVersion': 'v1', 'kind': 'Secret', 'stringData': {'a': "
						       "'hunter2'}, 'data': {'b': 'aHVudGVyMg=='}}");
	cleanup(json) json_t *set = fields_new_from_object(object);
	cleanup(free) char *text = json_text_new(set);

	ck_assert_ptr_null(strstr(text, "hunter2"));
	ck_assert_ptr_null(strstr(text, "aHVudGVyMg"));
}
END_TEST

START_TEST(survives_the_annotation)
{
	cleanup(json) json_t *object = quoted_json_new("{'apiVersion': 'v1', 'kind': 'Service', 'spec': {'ports': "
						       "[{'port': 22}]}}");
	cleanup(json) json_t *set = fields_new_from_object(object), *read = NULL;
	cleanup(free) char *text = json_text_new(set);

	read = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	ck_assert(json_equal(set, read));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { objects, no_value_leaks, survives_the_annotation };

	return suite_run("fields", tests, ARRAY_SIZE(tests));
}
