#include "sync/identity.h"

#include "base/text.h"
#include "tests/unit/sync/quoted_json.h"

static const struct identity ours = { .cluster = "lab-a", .source = "labs", .lab = "ospf" };

START_TEST(owner_text)
{
	cleanup(free) char *grouped =
		identity_owner_new(&ours, kind_find("kubevirt.io", "VirtualMachine"), "lab", "ospf-r1");
	cleanup(free) char *core = identity_owner_new(&ours, kind_find("", "Secret"), "lab", "ospf-r1");

	ck_assert_str_eq(grouped, "lab-a/labs/ospf/kubevirt.io/VirtualMachine/lab/ospf-r1");
	ck_assert_str_eq(core, "lab-a/labs/ospf//Secret/lab/ospf-r1");
}
END_TEST

#define SECRET(name, namespace, owner)                                                                               \
	"{'metadata': {'name': '" name                                                                               \
	"', 'namespace': '" namespace "', 'annotations': {'labsync.dev/owner': '" owner "'}}}"

static const struct owner_case {
	const char *name, *live;
	bool owned;
} owner_cases[] = {
	{ "ours", SECRET("a", "lab", "lab-a/labs/ospf//Secret/lab/a"), true },
	{ "copied onto another name", SECRET("b", "lab", "lab-a/labs/ospf//Secret/lab/a"), false },
	{ "copied into another namespace", SECRET("a", "other", "lab-a/labs/ospf//Secret/lab/a"), false },
	{ "copied from another kind", SECRET("a", "lab", "lab-a/labs/ospf//Service/lab/a"), false },
	{ "copied from another group", SECRET("a", "lab", "lab-a/labs/ospf/x.io/Secret/lab/a"), false },
	{ "another cluster's", SECRET("a", "lab", "lab-b/labs/ospf//Secret/lab/a"), false },
	{ "another source's", SECRET("a", "lab", "lab-a/more/ospf//Secret/lab/a"), false },
	{ "another lab's", SECRET("a", "lab", "lab-a/labs/bgp//Secret/lab/a"), false },
	{ "longer", SECRET("a", "lab", "lab-a/labs/ospf//Secret/lab/a/"), false },
	{ "empty", SECRET("a", "lab", ""), false },
	{ "no string", "{'metadata': {'name': 'a', 'namespace': 'lab', 'annotations': {'labsync.dev/owner': 1}}}",
	  false },
	{ "only our labels",
	  "{'metadata': {'name': 'a', 'namespace': 'lab', 'labels': {'app.kubernetes.io/managed-by': 'labsync', "
	  "'labsync.dev/source': 'labs'}}}",
	  false },
	{ "nothing", "{}", false },
};

START_TEST(owners)
{
	for (size_t i = 0; i < ARRAY_SIZE(owner_cases); i++) {
		cleanup(json) json_t *live = quoted_json_new(owner_cases[i].live);

		ck_assert_msg(identity_owns(&ours, kind_find("", "Secret"), live) == owner_cases[i].owned, "%s",
			      owner_cases[i].name);
	}
}
END_TEST

/* From another implementation of SHA-256 and base64url, over "<name>.<namespace>.ConfigMap.". The
 * second holds characters by which base64url differs from base64. */
static const struct id_case {
	const char *lab, *namespace_name, *id;
} id_cases[] = {
	{ "ospf", "lab", "applyset-XwuFdXqbbiAMqbF5xpei-dbijOwIT5Id79A3NaWix5c-v1" },
	{ "bgp", "default", "applyset-che_8E_fJnHFDTHC226fSZFXn-9EtMYFF2B6Je341g8-v1" },
};

START_TEST(applyset_ids)
{
	for (size_t i = 0; i < ARRAY_SIZE(id_cases); i++) {
		cleanup(free) char *id = identity_applyset_id_new(id_cases[i].lab, id_cases[i].namespace_name);

		ck_assert_str_eq(id, id_cases[i].id);
		ck_assert_uint_eq(strlen(id), strlen("applyset-") + 43 + strlen("-v1")); /* a label's value: 63 */
	}
}
END_TEST

START_TEST(parent_name)
{
	cleanup(free) char *name = identity_parent_name_new("ospf");

	ck_assert_str_eq(name, "labsync-ospf");
}
END_TEST

START_TEST(what_stands_on_an_object)
{
	cleanup(json) json_t *object = quoted_json_new(
		"{'metadata': {'name': 'a', 'namespace': 'b', 'labels': {'l': 'x'}, 'annotations': {'n': 'y'}}}");
	cleanup(json) json_t *bare = quoted_json_new("{'metadata': {'name': 5, 'labels': []}}");

	ck_assert_str_eq(object_name(object), "a");
	ck_assert_str_eq(object_namespace(object), "b");
	ck_assert_str_eq(object_label(object, "l"), "x");
	ck_assert_str_eq(object_annotation(object, "n"), "y");
	ck_assert_ptr_null(object_label(object, "n"));
	ck_assert_ptr_null(object_annotation(object, "l"));
	ck_assert_str_eq(object_name(bare), "");
	ck_assert_str_eq(object_namespace(bare), "");
	ck_assert_ptr_null(object_label(bare, "l"));
	ck_assert_ptr_null(object_annotation(NULL, "n"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { owner_text, owners, applyset_ids, parent_name, what_stands_on_an_object };

	return suite_run("identity", tests, ARRAY_SIZE(tests));
}
