#include "base/buffer.h"
#include "base/text.h"
#include "sync/report.h"
#include "tests/unit/sync/plan_fixture.h"

/* One of everything, in an order that is none. */
#define FULL                                                                                                         \
	"[" PLAN_SERVICE("ospf-r1", "22") "," PLAN_MACHINE("ospf-r1", "1") "," PLAN_DISK(                            \
		"ospf-r1-root", "u") "," PLAN_LINK("ospf-net") "," PLAN_SECRET("ospf-r1",                            \
									       "eA==") "," PLAN_MACHINE("ospf-r2",   \
													"1") "]"
#define BGP "[" PLAN_MACHINE("bgp-r1", "1") "]"
#define ONE(cores) "[" PLAN_MACHINE("ospf-r1", cores) "]"

struct touch {
	const char *kind, *name, *patch; /* no kind: nothing; no patch: deleted */
};

/* Git's labs before, which labsync wrote; what somebody did; Git's labs now. */
static const struct plan_case {
	const char *name;
	struct lab_text before[3];
	struct touch touch;
	struct lab_text after[3];
	bool no_prune;
	const char *plan;
} cases[] = {
	{ .name = "first sync, in order of waves",
	  .after = { { "ospf", FULL } },
	  .plan = "ospf: sync, grows\n"
		  "  create Secret ospf-r1 [open]\n"
		  "  create NetworkAttachmentDefinition ospf-net [open]\n"
		  "  create DataVolume ospf-r1-root [open]\n"
		  "  create VirtualMachine ospf-r1 [open]\n"
		  "  create VirtualMachine ospf-r2 [open]\n"
		  "  create Service ospf-r1 [open]\n" },
	{ .name = "nothing to do",
	  .before = { { "ospf", FULL } },
	  .after = { { "ospf", FULL } },
	  .plan = "ospf: sync\n"
		  "  unchanged Secret ospf-r1\n"
		  "  unchanged NetworkAttachmentDefinition ospf-net\n"
		  "  unchanged DataVolume ospf-r1-root\n"
		  "  unchanged VirtualMachine ospf-r1\n"
		  "  unchanged VirtualMachine ospf-r2\n"
		  "  unchanged Service ospf-r1\n" },
	{ .name = "all nodes gone, in reverse order of waves",
	  .before = { { "ospf", FULL } },
	  .after = { { "ospf", "[]" } },
	  .plan = "ospf: sync\n"
		  "  delete Service ospf-r1 [open]\n"
		  "  delete VirtualMachine ospf-r1 [open]\n"
		  "  delete VirtualMachine ospf-r2 [open]\n"
		  "  retain DataVolume ospf-r1-root [open]\n"
		  "  delete NetworkAttachmentDefinition ospf-net [open]\n"
		  "  delete Secret ospf-r1 [open]\n" },
	{ .name = "writes come before removals",
	  .before = { { "ospf", "[" PLAN_SECRET("ospf-r1", "eA==") "," PLAN_SECRET("ospf-r2", "eA==") "]" } },
	  .after = { { "ospf", "[" PLAN_SECRET("ospf-r1", "eA==") "," PLAN_SERVICE("ospf-r1", "22") "]" } },
	  .plan = "ospf: sync, grows\n"
		  "  unchanged Secret ospf-r1\n"
		  "  create Service ospf-r1 [open]\n"
		  "  delete Secret ospf-r2 [open]\n" },
	{ .name = "a change of one lab leaves the other",
	  .before = { { "bgp", BGP }, { "ospf", ONE("1") } },
	  .after = { { "bgp", BGP }, { "ospf", ONE("2") } },
	  .plan = "bgp: sync\n"
		  "  unchanged VirtualMachine bgp-r1\n"
		  "ospf: sync\n"
		  "  update VirtualMachine ospf-r1: spec.template.spec.domain.cpu.cores 1 -> 2 (git, restart) "
		  "[open]\n" },
	{ .name = "somebody deleted an object",
	  .before = { { "ospf", ONE("1") } },
	  .touch = { "VirtualMachine", "ospf-r1", NULL },
	  .after = { { "ospf", ONE("1") } },
	  .plan = "ospf: sync\n"
		  "  create VirtualMachine ospf-r1 [open]\n" },
	{ .name = "somebody deleted what leaves Git",
	  .before = { { "ospf", ONE("1") } },
	  .touch = { "VirtualMachine", "ospf-r1", NULL },
	  .after = { { "ospf", "[]" } },
	  .plan = "ospf: sync\n"
		  "  delete VirtualMachine ospf-r1 [open]\n" }, /* looked at by name first: see step_doubt() */
	{ .name = "a broken lab may be another one misnamed",
	  .before = { { "bgp", BGP }, { "ospf", ONE("1") } },
	  .after = { { "isis", NULL }, { "ospf", ONE("1") } },
	  .plan = "bgp: guarded\n"
		  "  delete VirtualMachine bgp-r1 [open]\n"
		  "isis: hold\n"
		  "ospf: sync\n"
		  "  unchanged VirtualMachine ospf-r1\n" },
	{ .name = "somebody's object in the way does not enter the inventory",
	  .touch = { "VirtualMachine", "ospf-r1", "{'spec': {}}" },
	  .after = { { "ospf", ONE("1") } },
	  .plan = "ospf: sync\n"
		  "  refused VirtualMachine ospf-r1\n" },
	{ .name = "a disk that only a new one could satisfy",
	  .before = { { "ospf", "[" PLAN_DISK("ospf-d", "u") "]" } },
	  .after = { { "ospf", "[" PLAN_DISK("ospf-d", "v") "]" } },
	  .plan = "ospf: sync\n"
		  "  kept DataVolume ospf-d: spec.source.http.url u -> v (git, recreate)\n" },
	{ .name = "kept on purpose",
	  .before = { { "ospf", ONE("1") } },
	  .touch = { "VirtualMachine", "ospf-r1", "{'metadata': {'annotations': {'labsync.dev/prune': 'false'}}}" },
	  .after = { { "ospf", "[]" } },
	  .plan = "ospf: sync\n"
		  "  kept VirtualMachine ospf-r1\n" },
	{ .name = "pruning off, a node left",
	  .before = { { "ospf", ONE("1") } },
	  .after = { { "ospf", "[]" } },
	  .no_prune = true,
	  .plan = "ospf: sync\n" },

	{ .name = "errors in its file",
	  .before = { { "bgp", BGP }, { "ospf", ONE("1") } },
	  .after = { { "bgp", BGP }, { "ospf", NULL } },
	  .plan = "bgp: sync\n"
		  "  unchanged VirtualMachine bgp-r1\n"
		  "ospf: hold\n" },
	{ .name = "errors in its first file",
	  .after = { { "bgp", BGP }, { "ospf", NULL } },
	  .plan = "bgp: sync, grows\n"
		  "  create VirtualMachine bgp-r1 [open]\n"
		  "ospf: hold\n" },
	{ .name = "a lab left Git",
	  .before = { { "bgp", BGP }, { "ospf", FULL } },
	  .after = { { "bgp", BGP } },
	  .plan = "bgp: sync\n"
		  "  unchanged VirtualMachine bgp-r1\n"
		  "ospf: remove\n"
		  "  delete Service ospf-r1 [open]\n"
		  "  delete VirtualMachine ospf-r1 [open]\n"
		  "  delete VirtualMachine ospf-r2 [open]\n"
		  "  retain DataVolume ospf-r1-root [open]\n"
		  "  delete NetworkAttachmentDefinition ospf-net [open]\n"
		  "  delete Secret ospf-r1 [open]\n" },
	{ .name = "a lab left Git, pruning off",
	  .before = { { "bgp", BGP }, { "ospf", ONE("1") } },
	  .after = { { "bgp", BGP } },
	  .no_prune = true,
	  .plan = "bgp: sync\n"
		  "  unchanged VirtualMachine bgp-r1\n"
		  "ospf: unmanaged\n" },
	{ .name = "a lab left Git while a file is broken",
	  .before = { { "bgp", BGP }, { "ospf", ONE("1") } },
	  .after = { { "bgp", NULL } },
	  .plan = "bgp: hold\n"
		  "ospf: guarded\n"
		  "  delete VirtualMachine ospf-r1 [open]\n" },
	{ .name = "all labs left Git",
	  .before = { { "bgp", BGP } },
	  .plan = "bgp: guarded\n"
		  "  delete VirtualMachine bgp-r1 [open]\n" },
	{ .name = "nothing at all", .plan = "" },
};

static void arrange(struct plan_fixture *fixture, const struct plan_case *row)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", row->before);
	plan_fixture_apply(fixture);
	if (row->touch.kind)
		plan_fixture_touch(fixture, row->touch.kind, row->touch.name, row->touch.patch);
	plan_fixture_commit(fixture, "two", row->after);
	fixture->settings.prune = !row->no_prune;
	plan_fixture_compute(fixture);
}

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *plan = NULL;

		arrange(&fixture, &cases[i]);
		plan = plan_text_new(&fixture.plan);
		ck_assert_msg(fixture.plan.orphan_count == 0, "%s: an orphan", cases[i].name);
		ck_assert_msg(text_equal(plan, cases[i].plan), "%s: found\n%s\nexpected\n%s", cases[i].name, plan,
			      cases[i].plan);
	}
}
END_TEST

/* The first witness: what no parent lists is not touched, though it carries our owner. */
START_TEST(what_is_not_listed_stays)
{
	static const struct lab_text before[] = { { "bgp", BGP }, { "ospf", ONE("1") }, { NULL, NULL } };
	static const struct lab_text after[] = { { "bgp", "[]" }, { "ospf", ONE("1") }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *plan = NULL;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", before);
	plan_fixture_apply(&fixture);
	inventory_clear_entries(fixture.inventories[0]);
	plan_fixture_commit(&fixture, "two", after);
	plan_fixture_compute(&fixture);
	plan = plan_text_new(&fixture.plan);
	ck_assert_str_eq(plan, "bgp: sync\nospf: sync\n  unchanged VirtualMachine ospf-r1\n");
	ck_assert_uint_eq(fixture.plan.orphan_count, 1);
	ck_assert_str_eq(fixture.plan.orphans[0].name, "bgp-r1");
	ck_assert_int_eq(report_verdict(&fixture.plan, &fixture.desired), VERDICT_DEGRADED);
}
END_TEST

/* The second: what is listed but does not carry our owner for itself is somebody's. */
START_TEST(what_is_listed_but_not_ours_stays)
{
	static const struct lab_text before[] = { { "ospf", ONE("1") }, { NULL, NULL } };
	static const struct lab_text after[] = { { "ospf", "[]" }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *plan = NULL;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", before);
	plan_fixture_apply(&fixture);
	plan_fixture_touch(&fixture, "VirtualMachine", "ospf-copy",
			   "{'metadata': {'annotations': {'labsync.dev/owner': "
			   "'lab-a/labs/ospf/kubevirt.io/VirtualMachine/lab/ospf-r1'}}}");
	inventory_add(fixture.inventories[0], plan_fixture_kind("VirtualMachine"), "ospf-copy");
	plan_fixture_commit(&fixture, "two", after);
	plan_fixture_compute(&fixture);
	plan = plan_text_new(&fixture.plan);
	ck_assert_str_eq(plan, "ospf: sync\n"
			       "  unchanged VirtualMachine ospf-copy\n"
			       "  delete VirtualMachine ospf-r1 [open]\n");
}
END_TEST

/* A disk that was retained and whose lab is back is the same disk, and listed again. */
START_TEST(retained_disk_returns)
{
	const struct plan_case row = {
		.before = { { "ospf", "[" PLAN_DISK("ospf-d", "u") "]" } },
		.touch = { "DataVolume", "ospf-d",
			   "{'metadata': {'annotations': {'labsync.dev/retained': 'true'}}}" },
		.after = { { "ospf", "[" PLAN_DISK("ospf-d", "u") "]" } },
	};
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct step *step;

	arrange(&fixture, &row);
	step = plan_fixture_step(&fixture, "DataVolume", "ospf-d");
	ck_assert_int_eq(step->action, STEP_UPDATE);
	ck_assert_str_eq(json_text_at(step->live, "metadata", "uid", NULL), "uid-of-ospf-d");
	ck_assert(json_is_null(json_at(step->merge.patch, "metadata", "annotations", ANNOTATION_RETAINED, NULL)));
	ck_assert_ptr_null(json_at(step->merge.patch, "spec", NULL));
}
END_TEST

START_TEST(removed_lab_takes_its_parent_along)
{
	const struct plan_case row = { .before = { { "bgp", BGP }, { "ospf", ONE("1") } },
				       .after = { { "bgp", BGP } } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct lab_plan *lab;

	arrange(&fixture, &row);
	lab = &fixture.plan.labs[1];
	ck_assert_int_eq(lab->action, LAB_REMOVE);
	ck_assert_ptr_nonnull(lab->inventory->live);
	ck_assert_str_eq(lab->inventory->lab, "ospf");
	ck_assert_str_eq(lab->path, "labs/ospf.yaml");
	ck_assert_ptr_null(fixture.inventories[0]);
	ck_assert_ptr_null(fixture.inventories[1]);
}
END_TEST

/* A lab of the same name in another namespace is another lab. */
START_TEST(parents_go_by_namespace)
{
	static const struct lab_text labs[] = { { "ospf", ONE("1") }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *plan = NULL;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, "one", labs);
	fixture.inventory_count = 1;
	fixture.inventories[0] = inventory_new("lab-a", "labs", "another", "ospf");
	fixture.settings.allow_prune_all = true;
	plan_fixture_compute(&fixture);
	plan = plan_text_new(&fixture.plan);
	ck_assert_str_eq(plan, "ospf: remove\nospf: sync, grows\n  create VirtualMachine ospf-r1 [open]\n");
	ck_assert_str_eq(fixture.plan.labs[0].namespace_name, "another");
}
END_TEST

START_TEST(record)
{
	const struct plan_case row = { .before = { { "ospf", ONE("1") } }, .after = { { "ospf", ONE("1") } } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct lab_plan *lab;

	arrange(&fixture, &row);
	lab = &fixture.plan.labs[0];
	lab_plan_record(lab, NULL, "Progressing", "being applied");
	ck_assert_str_eq(lab->inventory->commit, "one");
	lab_plan_record(lab, "two", "Ready", NULL);
	ck_assert_str_eq(lab->inventory->commit, "two");
	ck_assert_str_eq(lab->inventory->path, "labs/ospf.yaml");
	ck_assert_str_eq(lab->inventory->state, "Ready");
	ck_assert_ptr_null(lab->inventory->message);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table,
				 what_is_not_listed_stays,
				 what_is_listed_but_not_ours_stays,
				 retained_disk_returns,
				 removed_lab_takes_its_parent_along,
				 parents_go_by_namespace,
				 record };

	return suite_run("plan", tests, ARRAY_SIZE(tests));
}
