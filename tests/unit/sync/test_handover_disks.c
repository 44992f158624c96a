/* Disks that outlived their lab or node, and that another lab of the source wants. */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "tests/unit/sync/plan_fixture.h"

static struct step *web_step(struct plan_fixture *fixture)
{
	const struct lab_plan *lab = plan_find_lab(&fixture->plan, "lab", "web");

	ck_assert_uint_eq(lab->count, 1);
	return &lab->steps[0];
}

/* A disk that outlived its lab, whose parent is gone. */
static void arrange_left_over(struct plan_fixture *fixture, const char *patch, const struct lab_text *after)
{
	static const struct lab_text before[] = { { "old", "[" PLAN_DISK("web-root", "u") "]" }, { NULL, NULL } };

	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", before);
	plan_fixture_apply(fixture);
	inventory_free(fixture->inventories[--fixture->inventory_count]);
	plan_fixture_touch(fixture, "DataVolume", "web-root", patch);
	plan_fixture_commit(fixture, "two", after);
	plan_fixture_compute(fixture);
}

#define RETAINED "'labsync.dev/retained': '2026-01-01T10:00:00Z'"

static const struct left_over_case {
	const char *name, *patch;
	struct lab_text after[3];
	const char *step, *message;
} left_over_cases[] = {
	{ "of this source",
	  "{'metadata': {'annotations': {" RETAINED "}}}",
	  { { "web", "[" PLAN_DISK("web-root", "u") "]" } },
	  "update DataVolume web-root from old [open]",
	  NULL },
	{ "of another source",
	  "{'metadata': {'annotations': {" RETAINED
	  ", 'labsync.dev/owner': 'lab-a/others/old/cdi.kubevirt.io/DataVolume/lab/web-root'}}}",
	  { { "web", "[" PLAN_DISK("web-root", "u") "]" } },
	  "refused DataVolume web-root",
	  "belongs to lab-a/others/old/" },
	{ "a copy of somebody's disk",
	  "{'metadata': {'annotations': {" RETAINED
	  ", 'labsync.dev/owner': 'lab-a/labs/old/cdi.kubevirt.io/DataVolume/lab/other'}}}",
	  { { "web", "[" PLAN_DISK("web-root", "u") "]" } },
	  "refused DataVolume web-root",
	  "belongs to lab-a/labs/old/" },
	{ "not marked",
	  "{}",
	  { { "web", "[" PLAN_DISK("web-root", "u") "]" } },
	  "refused DataVolume web-root",
	  "no lab's inventory lists it" },
	{ "its lab has errors",
	  "{'metadata': {'annotations': {" RETAINED "}}}",
	  { { "old", NULL }, { "web", "[" PLAN_DISK("web-root", "u") "]" } },
	  "refused DataVolume web-root",
	  "that lab's files have errors" },
	{ "its lab wants it back",
	  "{'metadata': {'annotations': {" RETAINED "}}}",
	  { { "old", "[" PLAN_DISK("web-root", "u") "]" }, { "web", "[" PLAN_DISK("web-root", "u") "]" } },
	  "refused DataVolume web-root",
	  "belongs to lab-a/labs/old/" },
};

START_TEST(disks_that_were_left_behind)
{
	for (size_t i = 0; i < ARRAY_SIZE(left_over_cases); i++) {
		const struct left_over_case *row = &left_over_cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *text = NULL;
		const struct step *step;

		arrange_left_over(&fixture, row->patch, row->after);
		step = web_step(&fixture);
		text = step_outline_new(step);
		ck_assert_msg(text_equal(text, row->step), "%s: %s (%s)", row->name, text, step->error.message);
		if (row->message)
			ck_assert_msg(strstr(step->error.message, row->message), "%s: %s", row->name,
				      step->error.message);
		else
			ck_assert(json_is_null(
				json_at(step->merge.patch, "metadata", "annotations", ANNOTATION_RETAINED, NULL)));
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { disks_that_were_left_behind };

	return suite_run("handover disks", tests, ARRAY_SIZE(tests));
}
