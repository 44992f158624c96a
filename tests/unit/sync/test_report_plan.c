/* Reports on what is only planned, their bounds, and their verdict. */
#include <string.h>

#include "base/buffer.h"
#include "sync/outcome.h"
#include "tests/unit/sync/report_check.h"

static size_t count_of(const char *text, const char *part)
{
	size_t count = 0;

	for (const char *at = strstr(text, part); at; at = strstr(at + strlen(part), part))
		count++;
	return count;
}

/* Secrets of one lab, as many as are asked for. The caller frees. */
static char *secrets_text_new(const char *lab, int count)
{
	struct buffer text = BUFFER_INIT;

	buffer_append_char(&text, '[');
	for (int i = 0; i < count; i++)
		buffer_format(&text,
			      "%s{'apiVersion': 'v1', 'kind': 'Secret', 'metadata': {'name': '%s-%03d', 'namespace': "
			      "'lab'}}",
			      i ? "," : "", lab, i);
	buffer_append_char(&text, ']');
	return buffer_steal(&text);
}

/* 3 labs of 200 make 3 lines for the labs and 600 for the objects; 400 are shown. */
START_TEST(bound_of_lines)
{
	cleanup(free) char *a = secrets_text_new("a", 200), *b = secrets_text_new("b", 200),
			   *c = secrets_text_new("c", 200), *note = NULL;
	const struct lab_text labs[] = { { "a", a }, { "b", b }, { "c", c }, { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct report report;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, COMMIT, labs);
	plan_fixture_compute(&fixture);
	settle(&fixture);
	outcome_judge(&fixture.plan, fixture.live, &fixture.desired);
	report = report_of(&fixture);
	note = report_note_new(&report);
	ck_assert_uint_eq(count_of(note, "\nlab "), 2);
	ck_assert_uint_eq(count_of(note, "\n  + Secret "), 398);
	ck_assert_ptr_nonnull(strstr(note, "\n(and 203 more lines)\n"));
	ck_assert_ptr_nonnull(strstr(note, "\nLabsync-Changed: a b c\n"));
	ck_assert_ptr_nonnull(strstr(note, "created=600 "));
}
END_TEST

START_TEST(bound_of_a_line)
{
	cleanup(buffer) struct buffer message = BUFFER_INIT;
	struct report report = { .verdict = VERDICT_FAILED, .cluster = "lab-a", .source = "labs", .commit = COMMIT };
	cleanup(free) char *note = NULL;

	for (int i = 0; i < 100000; i++)
		buffer_append_char(&message, 'x');
	report.message = buffer_text(&message);
	note = report_note_new(&report);
	ck_assert_uint_lt(strlen(note), 2000);
	ck_assert_ptr_nonnull(strstr(note, "xxx...\n"));
}
END_TEST

START_TEST(bound_of_diagnostics)
{
	static const struct lab_text labs[] = { { NULL, NULL } };
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *note = NULL;
	struct report report;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, COMMIT, labs);
	for (int i = 0; i < DIAGNOSTICS_MAX + 5; i++)
		diagnostics_add(&fixture.desired.diagnostics, DIAGNOSTIC_ERROR, "labs/a.yaml", 1, 1, "wrong");
	plan_fixture_compute(&fixture);
	report = report_of(&fixture);
	note = report_note_new(&report);
	ck_assert_uint_eq(count_of(note, "\nlabs/a.yaml:1:1: error: wrong"), DIAGNOSTICS_MAX);
	ck_assert_ptr_nonnull(strstr(note, "\n(and 5 more)\n"));
}
END_TEST

/* What is only doubtful is told as well, and changes no verdict. */
START_TEST(warnings_are_told)
{
	static const struct lab_text labs[] = { { NULL, NULL } };
	static const char told[] = "\nlabs/a.yaml:3:9: warning: the field does nothing here\n";
	cleanup(plan_fixture) struct plan_fixture fixture;
	cleanup(free) char *note = NULL, *plan = NULL;
	struct report report;

	plan_fixture_init(&fixture);
	plan_fixture_commit(&fixture, COMMIT, labs);
	diagnostics_add(&fixture.desired.diagnostics, DIAGNOSTIC_WARNING, "labs/a.yaml", 3, 9,
			"the field does nothing here");
	plan_fixture_compute(&fixture);
	report = report_of(&fixture);
	note = report_note_new(&report);
	plan = report_plan_new(&report);
	ck_assert_int_eq(report.verdict, VERDICT_READY);
	ck_assert_msg(strstr(note, told) != NULL, "%s", note);
	ck_assert_msg(strstr(plan, told) != NULL, "%s", plan);
}
END_TEST

/* The same worlds, before anything is written. */
static const struct preview_case {
	const char *name;
	struct lab_text before[3];
	struct touch touch;
	struct lab_text after[3];
	const char *plan;
} preview_cases[] = {
	{ .name = "nothing",
	  .before = { { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("1") } },
	  .plan = "labsync: plan for 0123456789ab - 1 lab, nothing to change\n" },
	{ .name = "a change, a new lab",
	  .before = { { "ospf", OSPF("1") } },
	  .after = { { "bgp", BGP }, { "ospf", OSPF("2") } },
	  .plan = "labsync: plan for 0123456789ab - 2 labs, 2 would change: 1 created, 1 updated\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): would change\n"
		  "  + VirtualMachine bgp-r1\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): would change\n"
		  "  ~ VirtualMachine ospf-r1   spec.template.spec.domain.cpu.cores 1 -> 2   (restart)\n" },
	{ .name = "a lab left",
	  .before = { { "bgp", BGP }, { "ospf", OSPF("1") } },
	  .after = { { "ospf", OSPF("1") } },
	  .plan = "labsync: plan for 0123456789ab - 2 labs, 1 would change: 1 pruned\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): would be removed\n"
		  "  - VirtualMachine bgp-r1\n" },
	{ .name = "a broken file",
	  .before = { { "bgp", BGP } },
	  .after = { { "bgp", NULL } },
	  .plan = "labsync: plan for 0123456789ab - 1 lab, nothing to change\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): would stay as it is, since its files have errors\n" },
	{ .name = "all labs left",
	  .before = { { "bgp", BGP } },
	  .plan = "labsync: plan for 0123456789ab - 1 lab, nothing to change\n"
		  "\n"
		  "guard: the only lab would be removed; to let them go, push a commit with the trailer "
		  "\"Labsync-Allow-Prune: <lab>\" or \"Labsync-Allow-Prune: all\"\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): would be kept\n" },
	{ .name = "what would be kept is said, too",
	  .before = { { "ospf", "[" PLAN_DISK("ospf-d", "old") "]" } },
	  .after = { { "ospf", "[" PLAN_DISK("ospf-d", "new") "]" } },
	  .plan = "labsync: plan for 0123456789ab - 1 lab, nothing to change\n"
		  "\n"
		  "lab ospf (labs/ospf.yaml): as it is\n"
		  "  = DataVolume ospf-d   spec.source.http.url stays old; Git says new, which only a new object "
		  "could "
		  "have\n" },
	{ .name = "what would be refused is said, too",
	  .touch = { "VirtualMachine", "bgp-r1", "{'spec': {}}" },
	  .after = { { "bgp", BGP } },
	  .plan = "labsync: plan for 0123456789ab - 1 lab, nothing to change: 1 failed\n"
		  "\n"
		  "lab bgp (labs/bgp.yaml): as it is\n"
		  "  x VirtualMachine lab/bgp-r1 is already there and belongs to someone else; rename the node, "
		  "delete "
		  "the object, or set the annotation labsync.dev/adopt: \"true\" on the lab\n" },
};

START_TEST(previews)
{
	for (size_t i = 0; i < ARRAY_SIZE(preview_cases); i++) {
		const struct preview_case *row = &preview_cases[i];
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *plan = NULL;
		struct report report;

		plan_fixture_init(&fixture);
		plan_fixture_commit(&fixture, "one", row->before);
		plan_fixture_apply(&fixture);
		take_touch(&fixture, &row->touch);
		plan_fixture_commit(&fixture, COMMIT, row->after);
		plan_fixture_compute(&fixture);
		report = report_of(&fixture);
		plan = report_plan_new(&report);
		ck_assert_msg(text_equal(plan, row->plan), "%s: found\n%s\nexpected\n%s", row->name, plan, row->plan);
	}
}
END_TEST

/* What a plan amounts to, from the worst to the best. */
static const struct verdict_case {
	const char *name;
	enum lab_state state;
	bool guard, incomplete, mistake;
	enum verdict verdict;
} verdict_cases[] = {
	{ .name = "ready", .state = LAB_STATE_READY, .verdict = VERDICT_READY },
	{ .name = "suspended", .state = LAB_STATE_SUSPENDED, .verdict = VERDICT_READY },
	{ .name = "progressing", .state = LAB_STATE_PROGRESSING, .verdict = VERDICT_PROGRESSING },
	{ .name = "degraded", .state = LAB_STATE_DEGRADED, .verdict = VERDICT_DEGRADED },
	{ .name = "failed", .state = LAB_STATE_FAILED, .verdict = VERDICT_DEGRADED },
	{ .name = "a broken file", .state = LAB_STATE_READY, .mistake = true, .verdict = VERDICT_DEGRADED },
	{ .name = "guarded", .state = LAB_STATE_READY, .guard = true, .verdict = VERDICT_BLOCKED },
	{ .name = "guarded, and one degraded",
	  .state = LAB_STATE_DEGRADED,
	  .guard = true,
	  .verdict = VERDICT_BLOCKED },
	{ .name = "guarded on a partial view",
	  .state = LAB_STATE_READY,
	  .guard = true,
	  .incomplete = true,
	  .mistake = true,
	  .verdict = VERDICT_DEGRADED },
};

START_TEST(verdicts)
{
	char reason[] = "why";

	for (size_t i = 0; i < ARRAY_SIZE(verdict_cases); i++) {
		const struct verdict_case *row = &verdict_cases[i];
		struct lab_plan lab = { .state = row->state };
		const struct plan plan = { .labs = &lab, .count = 1, .guard = row->guard ? reason : NULL };
		const struct desired desired = { .complete = !row->incomplete,
						 .diagnostics = { .errors = row->mistake } };

		ck_assert_msg(report_verdict(&plan, &desired) == row->verdict, "%s: %s", row->name,
			      verdict_name(report_verdict(&plan, &desired)));
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { bound_of_lines,    bound_of_a_line, bound_of_diagnostics,
				 warnings_are_told, previews,        verdicts };

	return suite_run("report_plan", tests, ARRAY_SIZE(tests));
}
