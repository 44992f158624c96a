#include "sync/outcome.h"
#include "tests/unit/sync/report_check.h"

#define HEAD_TRAILERS(state) "Labsync-Cluster: lab-a\nLabsync-Source: labs\nLabsync-State: " state "\n"
#define TAIL_TRAILERS "Labsync-Started: 2026-01-01T10:00:00Z\nLabsync-Duration: 41s\n"

/* Git before, which labsync wrote; what somebody did; Git now; and then the world as it is when all is written. */
static const struct note_case {
	const char *name;
	struct lab_text before[3];
	struct touch touch;
	struct lab_text after[3];
	struct {
		const char *path, *message;
		size_t line, column;
	} mistake; /* in Git's files */
	struct touch then; /* after the writes */
	const char *failed, *error; /* the VirtualMachine whose write failed, and why */
	const char *note;
} cases[] = {
	{ .name = "first sync",
	  .after = { { "bgp", BGP }, { "ospf", OSPF("1") } },
	  .note = "labsync: Ready in 41s - 2 labs, 2 changed: 3 created\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): Ready\n"
		  "  + VirtualMachine bgp-r1\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  + Secret ospf-r1\n"
		  "  + VirtualMachine ospf-r1\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: bgp ospf\n"
					      "Labsync-Objects: created=3 updated=0 pruned=0 unchanged=0 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "nothing to change",
	  .before = { { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("1") } },
	  .note = "labsync: Ready in 41s - 1 lab, nothing to change\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: none\n"
					      "Labsync-Objects: created=0 updated=0 pruned=0 unchanged=2 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "update with a restart",
	  .before = { { "bgp", BGP }, { "ospf", OSPF("1") } },
	  .after = { { "bgp", BGP }, { "ospf", OSPF("2") } },
	  .note = "labsync: Ready in 41s - 2 labs, 1 changed: 1 updated\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  ~ VirtualMachine ospf-r1   spec.template.spec.domain.cpu.cores 1 -> 2   (restart)\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: ospf\n"
					      "Labsync-Objects: created=0 updated=1 pruned=0 unchanged=2 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "drift",
	  .before = { { "ospf", OSPF("1") } },
	  .touch = { "VirtualMachine", "ospf-r1", CORES("8") },
	  .after = { { "ospf", OSPF("1") } },
	  .note = "labsync: Ready in 41s - 1 lab, 1 changed: 1 updated\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  ! drift reverted: VirtualMachine ospf-r1 spec.template.spec.domain.cpu.cores 8 -> 1   "
		  "(restart)\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: ospf\n"
					      "Labsync-Objects: created=0 updated=1 pruned=0 unchanged=1 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "a disk is in use again",
	  .before = { { "ospf", "[" PLAN_DISK("ospf-r1", "u") "]" } },
	  .touch = { "DataVolume", "ospf-r1",
		     "{'metadata': {'annotations': {'labsync.dev/retained': '2026-01-01T10:00:00Z'}}}" },
	  .after = { { "ospf", "[" PLAN_DISK("ospf-r1", "u") "]" } },
	  .note = "labsync: Progressing for 41s - 1 lab, 1 changed: 1 updated; 1 not ready yet\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Progressing - DataVolume ospf-r1: no status yet\n"
		  "  ~ DataVolume ospf-r1   in use again\n"
		  "\n" HEAD_TRAILERS("Progressing") "Labsync-Changed: ospf\n"
						    "Labsync-Objects: created=0 updated=1 pruned=0 unchanged=0 "
						    "failed=0\n" TAIL_TRAILERS },
	{ .name = "a new object instead of the old one",
	  .before = { { "ospf", "[" PLAN_LAN("ospf-net", "1") "]" } },
	  .after = { { "ospf", "[" PLAN_LAN("ospf-net", "2") "]" } },
	  .note = "labsync: Ready in 41s - 1 lab, 1 changed: 1 updated\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  ~ LAN ospf-net   spec.vni 1 -> 2   (recreate)\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: ospf\n"
					      "Labsync-Objects: created=0 updated=1 pruned=0 unchanged=0 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "taken over",
	  .before = { { "ospf", "[" PLAN_OBJECT("v1", "Secret", "ospf-r1", ", 'data': {'a': 'eA=='}") "]" } },
	  .touch = { "Secret", "ospf-r1", "{'data': {'b': 'eA=='}}" },
	  .after = { { "ospf",
		       "[" PLAN_OBJECT("v1", "Secret", "ospf-r1", ", 'data': {'a': 'eA==', 'b': 'eA=='}") "]" } },
	  .note = "labsync: Ready in 41s - 1 lab, 1 changed: 1 updated\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  ~ Secret ospf-r1   taken over\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: ospf\n"
					      "Labsync-Objects: created=0 updated=1 pruned=0 unchanged=0 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "a secret changed",
	  .before = { { "ospf", "[" PLAN_SECRET("ospf-r1", "b2xk") "]" } },
	  .after = { { "ospf", "[" PLAN_SECRET("ospf-r1", "bmV3") "]" } },
	  .note = "labsync: Ready in 41s - 1 lab, 1 changed: 1 updated\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  ~ Secret ospf-r1   data.key (secret) -> (secret)\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: ospf\n"
					      "Labsync-Objects: created=0 updated=1 pruned=0 unchanged=0 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "a node left, its disk stays",
	  .before = { { "ospf", "[" PLAN_SECRET("ospf-r1", "eA==") "," PLAN_MACHINE("ospf-r2", "1") "," PLAN_DISK(
					"ospf-r2-root", "u") "]" } },
	  .after = { { "ospf", "[" PLAN_SECRET("ospf-r1", "eA==") "]" } },
	  .note = "labsync: Ready in 41s - 1 lab, 1 changed: 1 pruned, 1 retained\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  - VirtualMachine ospf-r2\n"
		  "  o DataVolume ospf-r2-root   retained\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: ospf\n"
					      "Labsync-Objects: created=0 updated=0 pruned=1 unchanged=2 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "a lab left",
	  .before = { { "bgp", BGP }, { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("1") } },
	  .note = "labsync: Ready in 41s - 1 lab, 1 changed: 1 pruned\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): Removed\n"
		  "  - VirtualMachine bgp-r1\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: bgp\n"
					      "Labsync-Objects: created=0 updated=0 pruned=1 unchanged=2 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "only a new disk could have it",
	  .before = { { "ospf", "[" PLAN_DISK("ospf-d", "old") "]" } },
	  .after = { { "ospf", "[" PLAN_DISK("ospf-d", "new") "]" } },
	  .then = { "DataVolume", "ospf-d", "{'status': {'phase': 'Succeeded'}}" },
	  .note = "labsync: Ready in 41s - 1 lab, nothing to change\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Ready\n"
		  "  = DataVolume ospf-d   spec.source.http.url stays old; Git says new, which only a new object "
		  "could "
		  "have\n"
		  "\n" HEAD_TRAILERS("Ready") "Labsync-Changed: none\n"
					      "Labsync-Objects: created=0 updated=0 pruned=0 unchanged=1 "
					      "failed=0\n" TAIL_TRAILERS },
	{ .name = "not ready yet",
	  .before = { { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("2") } },
	  .then = { "VirtualMachine", "ospf-r1", "{'status': {'printableStatus': 'Starting'}}" },
	  .note = "labsync: Progressing for 41s - 1 lab, 1 changed: 1 updated; 1 not ready yet\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Progressing - VirtualMachine ospf-r1: Starting\n"
		  "  ~ VirtualMachine ospf-r1   spec.template.spec.domain.cpu.cores 1 -> 2   (restart)\n"
		  "\n" HEAD_TRAILERS("Progressing") "Labsync-Changed: ospf\n"
						    "Labsync-Objects: created=0 updated=1 pruned=0 unchanged=1 "
						    "failed=0\n" TAIL_TRAILERS },
	{ .name = "not in order though nothing changed",
	  .before = { { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("1") } },
	  .then = { "VirtualMachine", "ospf-r1", "{'status': {'printableStatus': 'CrashLoopBackOff'}}" },
	  .note = "labsync: Degraded in 41s - 1 lab, nothing to change; 1 not in order\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Degraded - VirtualMachine ospf-r1: CrashLoopBackOff\n"
		  "\n" HEAD_TRAILERS("Degraded") "Labsync-Changed: none\n"
						 "Labsync-Objects: created=0 updated=0 pruned=0 unchanged=2 "
						 "failed=0\n" TAIL_TRAILERS },
	{ .name = "a write failed",
	  .before = { { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("2") } },
	  .failed = "ospf-r1",
	  .error = "VirtualMachine ospf-r1: the server says no",
	  .note = "labsync: Degraded in 41s - 1 lab, 1 changed: 1 failed; 1 not in order\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Failed - VirtualMachine ospf-r1: the server says no\n"
		  "  x VirtualMachine ospf-r1: the server says no\n"
		  "\n" HEAD_TRAILERS("Degraded") "Labsync-Changed: ospf\n"
						 "Labsync-Objects: created=0 updated=0 pruned=0 unchanged=1 "
						 "failed=1\n" TAIL_TRAILERS },
	{ .name = "what a server says stays on its line, and out of the terminal",
	  .before = { { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("2") } },
	  .failed = "ospf-r1",
	  .error = "no\033[31m\r\n\nLabsync-State: Ready\n",
	  .note = "labsync: Degraded in 41s - 1 lab, 1 changed: 1 failed; 1 not in order\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Failed - no?[31m?  Labsync-State: Ready \n"
		  "  x no?[31m?  Labsync-State: Ready \n"
		  "\n" HEAD_TRAILERS("Degraded") "Labsync-Changed: ospf\n"
						 "Labsync-Objects: created=0 updated=0 pruned=0 unchanged=1 "
						 "failed=1\n" TAIL_TRAILERS },
	{ .name = "a broken file",
	  .before = { { "bgp", BGP }, { "ospf", OSPF("1") } },
	  .after = { { "bgp", BGP }, { "ospf", NULL } },
	  .mistake = { "labs/ospf.yaml", "unknown field \"imgae\"; did you mean \"image\"?", 14, 9 },
	  .note = "labsync: Degraded in 41s - 2 labs, nothing to change; 1 not in order\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Failed - unknown field \"imgae\"; did you mean \"image\"?\n"
		  "\n"
		  "labs/ospf.yaml:14:9: error: unknown field \"imgae\"; did you mean \"image\"?\n"
		  "\n" HEAD_TRAILERS("Degraded") "Labsync-Changed: none\n"
						 "Labsync-Objects: created=0 updated=0 pruned=0 unchanged=1 "
						 "failed=0\n" TAIL_TRAILERS },
	{ .name = "a file whose name would be lines",
	  .after = { { "bgp", BGP } },
	  .mistake = { "labs/a\n\nLabsync-State: Ready\n.yaml", "wrong", 1, 2 },
	  .note = "labsync: Degraded in 41s - 1 lab, 1 changed: 1 created\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): Ready\n"
		  "  + VirtualMachine bgp-r1\n"
		  "\n"
		  "labs/a  Labsync-State: Ready .yaml:1:2: error: wrong\n"
		  "\n" HEAD_TRAILERS("Degraded") "Labsync-Changed: bgp\n"
						 "Labsync-Objects: created=1 updated=0 pruned=0 unchanged=0 "
						 "failed=0\n" TAIL_TRAILERS },
	{ .name = "blocked",
	  .before = { { "bgp", BGP }, { "ospf", OSPF("1") } },
	  .note = "labsync: Blocked in 41s - 2 labs, nothing to change\n"
		  "\n"
		  "guard: all 2 labs would be removed; to let them go, push a commit with the trailer "
		  "\"Labsync-Allow-Prune: <lab>\" or \"Labsync-Allow-Prune: all\"\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): Kept - all 2 labs would be removed\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): Kept - all 2 labs would be removed\n"
		  "\n" HEAD_TRAILERS("Blocked") "Labsync-Changed: none\n"
						"Labsync-Objects: created=0 updated=0 pruned=0 unchanged=0 "
						"failed=0\n" TAIL_TRAILERS },
};

static void arrange(struct plan_fixture *fixture, const struct note_case *row)
{
	plan_fixture_init(fixture);
	plan_fixture_commit(fixture, "one", row->before);
	plan_fixture_apply(fixture);
	take_touch(fixture, &row->touch);
	plan_fixture_commit(fixture, COMMIT, row->after);
	if (row->mistake.path)
		diagnostics_add(&fixture->desired.diagnostics, DIAGNOSTIC_ERROR, row->mistake.path, row->mistake.line,
				row->mistake.column, "%s", row->mistake.message);
	plan_fixture_compute(fixture);
	settle(fixture);
	take_touch(fixture, &row->then);
	if (row->failed)
		error_set(&plan_fixture_step(fixture, "VirtualMachine", row->failed)->error, ERROR_REFUSED, "%s",
			  row->error);
	outcome_judge(&fixture->plan, fixture->live, &fixture->desired);
}

START_TEST(notes)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *note = NULL;
		struct report report;

		arrange(&fixture, &cases[i]);
		report = report_of(&fixture);
		note = report_note_new(&report);
		ck_assert_msg(text_equal(note, cases[i].note), "%s: found\n%s\nexpected\n%s", cases[i].name, note,
			      cases[i].note);
	}
}
END_TEST

/* Without a plan: the pass could not be made, or a newer commit came first. */
static const struct bare_case {
	const char *name;
	enum verdict verdict;
	const char *message, *note;
} bare_cases[] = {
	{ "failed", VERDICT_FAILED, "the cluster cannot be reached",
	  "labsync: Failed in 41s\n"
	  "\n"
	  "error: the cluster cannot be reached\n"
	  "\n" HEAD_TRAILERS("Failed") TAIL_TRAILERS },
	{ "failed with a message of many lines", VERDICT_FAILED, "remote: no\n\nLabsync-State: Ready",
	  "labsync: Failed in 41s\n"
	  "\n"
	  "error: remote: no  Labsync-State: Ready\n"
	  "\n" HEAD_TRAILERS("Failed") TAIL_TRAILERS },
	{ "superseded", VERDICT_SUPERSEDED, COMMIT,
	  "labsync: Superseded by 0123456789ab after 41s\n"
	  "\n" HEAD_TRAILERS("Superseded") "Labsync-Superseded-By: " COMMIT "\n" TAIL_TRAILERS },
};

START_TEST(notes_without_a_plan)
{
	for (size_t i = 0; i < ARRAY_SIZE(bare_cases); i++) {
		const struct report report = { .verdict = bare_cases[i].verdict,
					       .cluster = "lab-a",
					       .source = "labs",
					       .commit = COMMIT,
					       .message = bare_cases[i].message,
					       .started = STARTED,
					       .duration_ms = DURATION_MS };
		cleanup(free) char *note = report_note_new(&report);

		ck_assert_msg(text_equal(note, bare_cases[i].note), "%s: found\n%s\nexpected\n%s", bare_cases[i].name,
			      note, bare_cases[i].note);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { notes, notes_without_a_plan };

	return suite_run("report", tests, ARRAY_SIZE(tests));
}
