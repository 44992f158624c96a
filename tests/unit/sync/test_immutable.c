#include "sync/immutable.h"

#include "base/text.h"
#include "sync/identity.h"
#include "tests/unit/sync/plan_fixture.h"

static json_t *object_new(const char *values)
{
	return json_pack("{s:s, s:{s:s, s:{s:s*}}}", "kind", "VirtualMachine", "metadata", "name", "web",
			 "annotations", ANNOTATION_IMMUTABLE, values);
}

static const struct immutable_case {
	const char *live, *desired; /* NULL: no annotation */
	const char *message; /* NULL: allowed */
} cases[] = {
	{ NULL, NULL, NULL },
	{ "{\"spec.className\": \"small\"}", "{\"spec.className\": \"small\"}", NULL },
	{ NULL, "{\"spec.className\": \"small\"}", NULL },
	{ "{\"spec.className\": \"small\"}", NULL, NULL },
	{ "{\"spec.className\": \"small\"}", "{\"spec.imageName\": \"debian\"}", NULL },
	{ "{\"spec.className\": \"small\"}", "{\"spec.className\": \"large\"}",
	  "VirtualMachine web: spec.className cannot change from small to large once the VM is made; give the new VM "
	  "another name" },
	{ "{\"a\": \"1\", \"b\": \"2\"}", "{\"a\": \"\", \"b\": \"3\"}",
	  "VirtualMachine web: a cannot change from 1 to nothing, and b from 2 to 3 once the VM is made; give the "
	  "new VM "
	  "another name" },
	{ "no JSON", "{\"a\": \"1\"}", NULL },
	{ "{\"a\": 1}", "{\"a\": \"2\"}", NULL },
	{ "[1]", "{\"a\": \"2\"}", NULL },
};

START_TEST(values_stay)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(json) json_t *live = object_new(cases[i].live), *desired = object_new(cases[i].desired);
		cleanup(error) struct error err = ERROR_INIT;

		ck_assert_int_eq(immutable_check(desired, live, &err), cases[i].message == NULL);
		ck_assert_msg(text_equal(err.message, cases[i].message), "%s", err.message);
	}
}
END_TEST

#define MACHINE(name, class, cores)                                                                                  \
	"{'apiVersion': 'kubevirt.io/v1', 'kind': 'VirtualMachine', 'metadata': {'name': '" name                     \
	"', 'namespace': 'lab', 'annotations': {'labsync.dev/immutable': '{" class "}'}}, 'spec': {'cores': " cores  \
										   "}}"
#define CLASS(name) "\\\"class\\\": \\\"" name "\\\""

/* The machine is refused as a whole, stays in the inventory, and holds nothing else up. */
START_TEST(a_refused_machine_stays_ours)
{
	static const struct lab_text before[] = {
		{ "bgp", "[" PLAN_SECRET("s", "eA==") "," MACHINE("a", CLASS("small"), "1") "]" }, { NULL, NULL }
	};
	static const struct lab_text after[] = {
		{ "bgp", "[" PLAN_SECRET("s", "eQ==") "," MACHINE("a", CLASS("large"), "2") "]" }, { NULL, NULL }
	};
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct step *step;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", before);
	plan_fixture_apply(&fixture);
	plan_fixture_commit(&fixture, "two", after);
	plan_fixture_compute(&fixture);
	step = plan_fixture_step(&fixture, "VirtualMachine", "a");
	ck_assert_int_eq(step->action, STEP_REFUSED);
	ck_assert_int_eq(step->error.code, ERROR_REFUSED);
	ck_assert(!step->foreign);
	ck_assert(!step_is_open(step));
	ck_assert_int_eq(plan_fixture_step(&fixture, "Secret", "s")->action, STEP_UPDATE);
	ck_assert(inventory_contains(fixture.plan.labs[0].inventory, step->kind, "a"));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { values_stay, a_refused_machine_stays_ours };

	return suite_run("immutable", tests, ARRAY_SIZE(tests));
}
