#include "sync/desired.h"

#include "base/buffer.h"
#include "base/text.h"
#include "sync/fields.h"
#include "sync/identity.h"
#include "tests/unit/sync/plan_fixture.h"

#define R1 PLAN_MACHINE("ospf-r1", "2")

static const struct lab_text one_lab[] = { { "ospf", "[" R1 "]" }, { NULL, NULL } };

static const struct desired_object *first_object(const struct plan_fixture *fixture)
{
	return &fixture->desired.labs[0].objects[0];
}

START_TEST(stamps)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	const json_t *value;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "c0ffee", one_lab);
	value = first_object(&fixture)->value;
	ck_assert_str_eq(object_label(value, LABEL_SOURCE), "labs");
	ck_assert_str_eq(object_label(value, LABEL_APPLYSET_PART_OF),
			 "applyset-XwuFdXqbbiAMqbF5xpei-dbijOwIT5Id79A3NaWix5c-v1");
	ck_assert_str_eq(object_annotation(value, ANNOTATION_OWNER),
			 "lab-a/labs/ospf/kubevirt.io/VirtualMachine/lab/ospf-r1");
	ck_assert_str_eq(object_annotation(value, ANNOTATION_COMMIT), "c0ffee");
	ck_assert_uint_eq(strlen(object_annotation(value, ANNOTATION_DIGEST)), 32);
}
END_TEST

/* What is said to be applied is what the whole object holds, but for what moves with every commit. */
START_TEST(applied_covers_the_object)
{
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(json) json_t *applied = NULL, *wanted = NULL;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "c0ffee", one_lab);
	applied = quoted_json_new(object_annotation(first_object(&fixture)->value, ANNOTATION_APPLIED));
	wanted = fields_new_from_object(first_object(&fixture)->value);
	ck_assert(json_equal(applied, wanted));
	ck_assert_ptr_nonnull(
		json_at(applied, "f:spec", "f:template", "f:spec", "f:domain", "f:cpu", "f:cores", NULL));
	ck_assert_ptr_nonnull(json_at(applied, "f:metadata", "f:annotations", "f:" ANNOTATION_OWNER, NULL));
	ck_assert_ptr_null(json_at(applied, "f:metadata", "f:annotations", "f:" ANNOTATION_COMMIT, NULL));
}
END_TEST

static const struct digest_case {
	const char *name, *commit, *objects;
	bool same; /* as one_lab at commit "c0ffee" */
} digest_cases[] = {
	{ "again", "c0ffee", "[" R1 "]", true },
	{ "another commit", "decade", "[" R1 "]", true },
	{ "another value", "c0ffee", "[" PLAN_MACHINE("ospf-r1", "3") "]", false },
	{ "another name", "c0ffee", "[" PLAN_MACHINE("ospf-r2", "2") "]", false },
	{ "members in another order", "c0ffee",
	  "[{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2}}}}}, 'metadata': {'namespace': 'lab', "
	  "'name': 'ospf-r1'}, 'kind': 'VirtualMachine', 'apiVersion': 'kubevirt.io/v1'}]",
	  true },
};

START_TEST(digests)
{
	cleanup(plan_fixture) struct plan_fixture first;

	plan_fixture_init(&first);
	plan_fixture_commit(&first, "c0ffee", one_lab);
	for (size_t i = 0; i < ARRAY_SIZE(digest_cases); i++) {
		const struct lab_text labs[] = { { "ospf", digest_cases[i].objects }, { NULL, NULL } };
		cleanup(plan_fixture) struct plan_fixture second;

		plan_fixture_init(&second);
		plan_fixture_commit(&second, digest_cases[i].commit, labs);
		ck_assert_msg(text_equal(object_annotation(first_object(&first)->value, ANNOTATION_DIGEST),
					 object_annotation(first_object(&second)->value, ANNOTATION_DIGEST)) ==
				      digest_cases[i].same,
			      "%s", digest_cases[i].name);
	}
}
END_TEST

START_TEST(order_of_objects)
{
	const struct lab_text labs[] = {
		{ "ospf",
		  "[" PLAN_SERVICE("a", "22") "," PLAN_MACHINE("b", "1") "," PLAN_DISK("c", "u") "," PLAN_MACHINE(
			  "a", "1") "," PLAN_LINK("z") "," PLAN_SECRET("z", "eA==") "," PLAN_SECRET("y",
												    "eA==") "]" },
		{ NULL, NULL }
	};
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(buffer) struct buffer order = BUFFER_INIT;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "c0ffee", labs);
	for (size_t i = 0; i < fixture.desired.labs[0].count; i++) {
		const struct desired_object *object = &fixture.desired.labs[0].objects[i];

		ck_assert_str_eq(object->name, object_name(object->value));
		ck_assert_str_eq(object->namespace_name, "lab");
		buffer_format(&order, "%s %s, ", object->kind->name, object->name);
	}
	ck_assert_str_eq(buffer_text(&order),
			 "Secret y, Secret z, NetworkAttachmentDefinition z, DataVolume c, VirtualMachine a, "
			 "VirtualMachine b, Service a, ");
}
END_TEST

START_TEST(what_the_rendering_said_is_kept)
{
	cleanup(render_result) struct render_result rendered = RENDER_RESULT_INIT;
	cleanup(desired) struct desired desired = DESIRED_INIT;

	rendered.labs = memory_new_array(1, sizeof(*rendered.labs));
	rendered.labs[rendered.count++] = (struct rendered_lab){ .name = string_copy("ospf"),
								 .namespace_name = string_copy("lab"),
								 .path = string_copy("labs/ospf.yaml"),
								 .line = 7 };
	diagnostics_add(&rendered.diagnostics, DIAGNOSTIC_ERROR, "labs/ospf.yaml", 7, 1, "wrong");
	desired_build(&desired, &rendered, "lab-a", "labs", "c0ffee");
	ck_assert_str_eq(desired.commit, "c0ffee");
	ck_assert(!desired.complete);
	ck_assert(desired.path_exists);
	ck_assert_uint_eq(desired.diagnostics.count, 1);
	ck_assert_uint_eq(desired.diagnostics.errors, 1);
	ck_assert_uint_eq(rendered.diagnostics.count, 0);
	ck_assert(!desired.labs[0].valid);
	ck_assert_uint_eq(desired.labs[0].count, 0);
	ck_assert_uint_eq(desired.labs[0].line, 7);
	ck_assert_str_eq(desired.labs[0].path, "labs/ospf.yaml");
}
END_TEST

START_TEST(find_a_lab)
{
	static const char *const places[][2] = {
		{ "a", "m" }, { "a", "z" }, { "b", "a" }, { "b", "b" }, { "c", "a" }
	};
	cleanup(desired) struct desired desired = DESIRED_INIT;

	ck_assert_ptr_null(desired_find(&desired, "a", "m"));
	desired.labs = memory_new_array(ARRAY_SIZE(places), sizeof(*desired.labs));
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		desired.labs[desired.count++] = (struct desired_lab){ .namespace_name = string_copy(places[i][0]),
								      .name = string_copy(places[i][1]) };
	for (size_t i = 0; i < ARRAY_SIZE(places); i++)
		ck_assert_ptr_eq(desired_find(&desired, places[i][0], places[i][1]), &desired.labs[i]);
	ck_assert_ptr_null(desired_find(&desired, "a", "a"));
	ck_assert_ptr_null(desired_find(&desired, "b", "m"));
	ck_assert_ptr_null(desired_find(&desired, "d", "a"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { stamps,           applied_covers_the_object,       digests,
				 order_of_objects, what_the_rendering_said_is_kept, find_a_lab };

	return suite_run("desired", tests, ARRAY_SIZE(tests));
}
