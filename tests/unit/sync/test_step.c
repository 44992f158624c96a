#include "base/text.h"
#include "tests/unit/sync/plan_fixture.h"

#define MACHINE "VirtualMachine"
#define DISK "DataVolume"

/* A machine that is to be adopted when somebody else made it. */
#define ADOPTING(wanted)                                                                                             \
	"{'apiVersion': 'kubevirt.io/v1', 'kind': 'VirtualMachine', 'metadata': {'name': 'a', 'namespace': 'lab', "  \
	"'annotations': {'labsync.dev/adopt': '" wanted "'}}, 'spec': {'x': 1}}"
#define MACHINE_SPEC(spec) PLAN_OBJECT("kubevirt.io/v1", MACHINE, "a", ", 'spec': {" spec "}")
#define OWNER(text) "{'metadata': {'annotations': {'labsync.dev/owner': '" text "'}}}"

#define KEPT_DISK(url, annotations)                                                                                  \
	"{'apiVersion': 'cdi.kubevirt.io/v1beta1', 'kind': 'DataVolume', 'metadata': {'name': 'a', 'namespace': "    \
	"'lab', 'annotations': {" annotations "}}, 'spec': {'source': {'http': {'url': '" url "'}}}}"

#define POLICY(text) "{'metadata': {'annotations': {'labsync.dev/disk-policy': '" text "'}}}"

struct step_case {
	const char *name, *kind;
	const char *before; /* the object that Git had, and labsync wrote; NULL: none */
	const char *touch; /* what somebody did to it, as a merge patch; NULL: nothing */
	const char *after; /* the object that Git has; NULL: none any more */
	const char *text; /* of the step */
	const char *patch; /* without our bookkeeping; NULL: there is none */
	bool open;
};

static const struct step_case write_cases[] = {
	{ "not there", MACHINE, NULL, NULL, MACHINE_SPEC("'x': 1"), "create VirtualMachine a", NULL, true },
	{ "another commit, same content", MACHINE, MACHINE_SPEC("'x': 1"), NULL, MACHINE_SPEC("'x': 1"),
	  "unchanged VirtualMachine a", NULL, false },
	{ "changed in Git", MACHINE, MACHINE_SPEC("'x': 1"), NULL, MACHINE_SPEC("'x': 2"),
	  "update VirtualMachine a: spec.x 1 -> 2 (git, live)", "{'spec': {'x': 2}}", true },
	{ "changed in Git, takes a restart", MACHINE, PLAN_MACHINE("a", "1"), NULL, PLAN_MACHINE("a", "2"),
	  "update VirtualMachine a: spec.template.spec.domain.cpu.cores 1 -> 2 (git, restart)",
	  "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2}}}}}}", true },
	{ "left Git, one field", MACHINE, MACHINE_SPEC("'x': 1, 'y': 1"), NULL, MACHINE_SPEC("'x': 1"),
	  "update VirtualMachine a: spec.y 1 -> - (git, live)", "{'spec': {'y': null}}", true },
	{ "changed by somebody", MACHINE, MACHINE_SPEC("'x': 1"), "{'spec': {'x': 9}}", MACHINE_SPEC("'x': 1"),
	  "update VirtualMachine a: spec.x 9 -> 1 (drift, live)", "{'spec': {'x': 1}}", true },
	{ "changed by both", MACHINE, MACHINE_SPEC("'x': 1"), "{'spec': {'x': 9}}", MACHINE_SPEC("'x': 2"),
	  "update VirtualMachine a: spec.x 9 -> 2 (git, live)", "{'spec': {'x': 2}}", true },
	{ "changed by both to the same", MACHINE, MACHINE_SPEC("'x': 1"), "{'spec': {'x': 2}}",
	  MACHINE_SPEC("'x': 2"), "unchanged VirtualMachine a", NULL, false },
	{ "more by somebody", MACHINE, MACHINE_SPEC("'x': 1"), "{'spec': {'z': 9}, 'status': {'ready': true}}",
	  MACHINE_SPEC("'x': 1"), "unchanged VirtualMachine a", NULL, false },
	{ "named in Git with the value it has", MACHINE, MACHINE_SPEC("'x': 1"), "{'spec': {'y': 2}}",
	  MACHINE_SPEC("'x': 1, 'y': 2"), "update VirtualMachine a", "{}", true },

	{ "somebody's", MACHINE, NULL, "{'spec': {'x': 9}}", MACHINE_SPEC("'x': 1"), "refused VirtualMachine a", NULL,
	  false },
	{ "somebody's, by chance equal", MACHINE, NULL, "{'spec': {'x': 1}}", MACHINE_SPEC("'x': 1"),
	  "refused VirtualMachine a", NULL, false },
	{ "somebody's, with our owner of another name", MACHINE, NULL,
	  OWNER("lab-a/labs/ospf/kubevirt.io/VirtualMachine/lab/b"), MACHINE_SPEC("'x': 1"),
	  "refused VirtualMachine a", NULL, false },
	{ "another lab's", MACHINE, NULL, OWNER("lab-a/labs/bgp/kubevirt.io/VirtualMachine/lab/a"),
	  MACHINE_SPEC("'x': 1"), "refused VirtualMachine a", NULL, false },
	{ "not ours any more", MACHINE, MACHINE_SPEC("'x': 1"), OWNER("somebody"), MACHINE_SPEC("'x': 2"),
	  "refused VirtualMachine a", NULL, false },
	{ "adoption that says no", MACHINE, NULL, "{'spec': {'x': 9}}", ADOPTING("false"), "refused VirtualMachine a",
	  NULL, false },

	{ "only a new object could have it", DISK, PLAN_DISK("a", "u"), NULL, PLAN_DISK("a", "v"),
	  "kept DataVolume a: spec.source.http.url u -> v (git, recreate)", NULL, false },
	{ "retained, returns with what only a new object could have", DISK, PLAN_DISK("a", "u"),
	  "{'metadata': {'annotations': {'labsync.dev/retained': 'true'}}}", PLAN_DISK("a", "v"),
	  "kept DataVolume a: spec.source.http.url u -> v (git, recreate)",
	  "{'metadata': {'annotations': {'labsync.dev/retained': null}}}", true },
	{ "only a new object could have it, the rest is written", DISK, PLAN_DISK("a", "u"), NULL,
	  KEPT_DISK("v", "'labsync.dev/disk-policy': 'Delete'"),
	  "kept DataVolume a: metadata.annotations[labsync.dev/disk-policy] - -> Delete (git, live), "
	  "spec.source.http.url u -> v (git, recreate)",
	  "{'metadata': {'annotations': {'labsync.dev/disk-policy': 'Delete'}}}", true },
	{ "only a new object could have it, the rest leaves", DISK,
	  KEPT_DISK("u", "'labsync.dev/disk-policy': 'Delete'"), NULL, PLAN_DISK("a", "v"),
	  "kept DataVolume a: metadata.annotations[labsync.dev/disk-policy] Delete -> - (git, live), "
	  "spec.source.http.url u -> v (git, recreate)",
	  "{'metadata': {'annotations': {'labsync.dev/disk-policy': null}}}", true },
	{ "retained, returns", DISK, PLAN_DISK("a", "u"),
	  "{'metadata': {'annotations': {'labsync.dev/retained': 'true'}}}", PLAN_DISK("a", "u"),
	  "update DataVolume a", "{'metadata': {'annotations': {'labsync.dev/retained': null}}}", true },
	{ "retained, returns and was changed", DISK, PLAN_DISK("a", "u"),
	  "{'metadata': {'annotations': {'labsync.dev/retained': 'true'}, 'labels': {'labsync.dev/source': 'x'}}}",
	  PLAN_DISK("a", "u"), "update DataVolume a: metadata.labels[labsync.dev/source] x -> labs (drift, live)",
	  "{'metadata': {'annotations': {'labsync.dev/retained': null}, 'labels': {'labsync.dev/source': 'labs'}}}",
	  true },
	{ "only a new object could have it, and nothing is lost", "LAN", PLAN_LAN("a", "1"), NULL, PLAN_LAN("a", "2"),
	  "replace LAN a: spec.vni 1 -> 2 (git, recreate)", NULL, true },
	{ "only a new object could have it, but it is wanted as it is", "LAN", PLAN_LAN("a", "1"),
	  "{'metadata': {'annotations': {'labsync.dev/prune': 'false'}}}", PLAN_LAN("a", "2"),
	  "kept LAN a: spec.vni 1 -> 2 (git, recreate)", NULL, false },
	{ "only a new object could take it back", "LAN", PLAN_LAN("a", "1"), "{'spec': {'vni': 9}}",
	  PLAN_LAN("a", "1"), "kept LAN a: spec.vni 9 -> 1 (drift, recreate)", NULL, false },
	{ "what could be replaced can be changed without", "LAN", PLAN_LAN("a", "1"),
	  "{'metadata': {'labels': {'labsync.dev/source': 'x'}}}", PLAN_LAN("a", "1"),
	  "update LAN a: metadata.labels[labsync.dev/source] x -> labs (drift, live)",
	  "{'metadata': {'labels': {'labsync.dev/source': 'labs'}}}", true },
	{ "being deleted", MACHINE, MACHINE_SPEC("'x': 1"),
	  "{'metadata': {'deletionTimestamp': '2026-01-01T10:00:00Z'}}", MACHINE_SPEC("'x': 1"),
	  "create VirtualMachine a", NULL, true },
	{ "somebody's, being deleted", MACHINE, NULL, "{'metadata': {'deletionTimestamp': '2026-01-01T10:00:00Z'}}",
	  MACHINE_SPEC("'x': 1"), "create VirtualMachine a", NULL, true },
};

static const struct step_case removal_cases[] = {
	{ "ours", MACHINE, MACHINE_SPEC("'x': 1"), NULL, NULL, "delete VirtualMachine a", NULL, true },
	{ "ours, changed by somebody", MACHINE, MACHINE_SPEC("'x': 1"), "{'spec': {'x': 9}}", NULL,
	  "delete VirtualMachine a", NULL, true },
	{ "ours, being deleted", MACHINE, MACHINE_SPEC("'x': 1"),
	  "{'metadata': {'deletionTimestamp': '2026-01-01T10:00:00Z'}}", NULL, "delete VirtualMachine a", NULL,
	  true },
	{ "no owner any more", MACHINE, MACHINE_SPEC("'x': 1"),
	  "{'metadata': {'annotations': {'labsync.dev/owner': null}}}", NULL, "unchanged VirtualMachine a", NULL,
	  false },
	{ "made anew with the owner of another name", MACHINE, MACHINE_SPEC("'x': 1"),
	  OWNER("lab-a/labs/ospf/kubevirt.io/VirtualMachine/lab/b"), NULL, "unchanged VirtualMachine a", NULL,
	  false },
	{ "kept on purpose", MACHINE, MACHINE_SPEC("'x': 1"),
	  "{'metadata': {'annotations': {'labsync.dev/prune': 'false'}}}", NULL, "kept VirtualMachine a", NULL,
	  false },
	{ "prune says true", MACHINE, MACHINE_SPEC("'x': 1"),
	  "{'metadata': {'annotations': {'labsync.dev/prune': 'true'}}}", NULL, "delete VirtualMachine a", NULL,
	  true },
	{ "disk", DISK, PLAN_DISK("a", "u"), NULL, NULL, "retain DataVolume a", NULL, true },
	{ "disk, marked already", DISK, PLAN_DISK("a", "u"),
	  "{'metadata': {'annotations': {'labsync.dev/retained': 'true'}}}", NULL, "retain DataVolume a", NULL,
	  false },
	{ "disk, being deleted by somebody", DISK, PLAN_DISK("a", "u"),
	  "{'metadata': {'deletionTimestamp': '2026-01-01T10:00:00Z'}}", NULL, "retain DataVolume a", NULL, false },
	{ "disk that goes with its node", DISK, PLAN_DISK("a", "u"), POLICY("Delete"), NULL, "delete DataVolume a",
	  NULL, true },
	{ "disk with another policy", DISK, PLAN_DISK("a", "u"), POLICY("Retain"), NULL, "retain DataVolume a", NULL,
	  true },
	{ "disk that goes with its node, kept on purpose", DISK, PLAN_DISK("a", "u"),
	  "{'metadata': {'annotations': {'labsync.dev/prune': 'false', 'labsync.dev/disk-policy': 'Delete'}}}", NULL,
	  "kept DataVolume a", NULL, false },
	{ "disk, kept on purpose", DISK, PLAN_DISK("a", "u"),
	  "{'metadata': {'annotations': {'labsync.dev/prune': 'false'}}}", NULL, "kept DataVolume a", NULL, false },
};

/* Git's content, with a lab that is always there, so that the guard has nothing to say. */
static void commit(struct plan_fixture *fixture, const char *name, const char *object)
{
	cleanup(free) char *objects = string_format("[%s]", object ? object : "");
	const struct lab_text labs[] = { { "ospf", objects }, { NULL, NULL } };

	plan_fixture_commit(fixture, name, labs);
}

static void arrange(struct plan_fixture *fixture, const struct step_case *row)
{
	plan_fixture_init(fixture);
	commit(fixture, "one", row->before);
	plan_fixture_apply(fixture);
	if (row->touch)
		plan_fixture_touch(fixture, row->kind, "a", row->touch);
	commit(fixture, "two", row->after);
	plan_fixture_compute(fixture);
}

/* What a patch says but for our own annotations, which move with every write. */
static json_t *bare_patch_new(const json_t *patch)
{
	static const char *const ours[] = { ANNOTATION_APPLIED, ANNOTATION_DIGEST, ANNOTATION_COMMIT };
	json_t *bare = json_deep_copy(patch), *metadata = json_object_get(bare, "metadata");
	json_t *annotations = json_object_get(metadata, "annotations");

	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		json_object_del(annotations, ours[i]);
	if (annotations && json_object_size(annotations) == 0)
		json_object_del(metadata, "annotations");
	if (metadata && json_object_size(metadata) == 0)
		json_object_del(bare, "metadata");
	return bare;
}

static void check_patch(const struct step_case *row, const struct step *step)
{
	cleanup(json) json_t *wanted = quoted_json_new(row->patch);
	cleanup(json) json_t *bare = bare_patch_new(step->merge.patch);
	cleanup(free) char *text = json_text_new(step->merge.patch);

	ck_assert_msg((wanted == NULL && bare == NULL) || json_equal(wanted, bare), "%s: patch %s, expected %s",
		      row->name, text, row->patch);
	if (step->action == STEP_UPDATE)
		ck_assert_msg(text_equal(object_annotation(step->merge.patch, ANNOTATION_COMMIT), "two"), "%s: %s",
			      row->name, text);
}

static void check_step(const struct step_case *row, const struct step *step)
{
	cleanup(free) char *text = step_text_new(step);

	ck_assert_msg(text_equal(text, row->text), "%s: %s, expected %s", row->name, text, row->text);
	ck_assert_msg(step_is_open(step) == row->open, "%s: open %d", row->name, (int)step_is_open(step));
	ck_assert_msg(step->done == (!row->open && step->action != STEP_REFUSED), "%s: done %d", row->name,
		      (int)step->done);
	ck_assert_msg((step->error.code != ERROR_NONE) == (step->action == STEP_REFUSED), "%s: error %s", row->name,
		      step->error.message);
	check_patch(row, step);
}

START_TEST(writes)
{
	for (size_t i = 0; i < ARRAY_SIZE(write_cases); i++) {
		cleanup(plan_fixture) struct plan_fixture fixture;

		arrange(&fixture, &write_cases[i]);
		check_step(&write_cases[i], plan_fixture_step(&fixture, write_cases[i].kind, "a"));
	}
}
END_TEST

START_TEST(removals)
{
	for (size_t i = 0; i < ARRAY_SIZE(removal_cases); i++) {
		cleanup(plan_fixture) struct plan_fixture fixture;
		const struct step *step;

		arrange(&fixture, &removal_cases[i]);
		step = plan_fixture_step(&fixture, removal_cases[i].kind, "a");
		check_step(&removal_cases[i], step);
		ck_assert_ptr_null(step->desired);
		ck_assert(step_is_removal(step) == (step->action == STEP_DELETE || step->action == STEP_RETAIN));
	}
}
END_TEST

/* What a takeover writes is the set of what is ours from now on. */
START_TEST(takeover_claims_the_field)
{
	const struct step_case row = { .kind = MACHINE,
				       .before = MACHINE_SPEC("'x': 1"),
				       .touch = "{'spec': {'y': 2}}",
				       .after = MACHINE_SPEC("'x': 1, 'y': 2") };
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct step *step;
	cleanup(json) json_t *applied = NULL;

	arrange(&fixture, &row);
	step = plan_fixture_step(&fixture, MACHINE, "a");
	applied = quoted_json_new(object_annotation(step->merge.patch, ANNOTATION_APPLIED));
	ck_assert_ptr_nonnull(json_at(applied, "f:spec", "f:y", NULL));
	ck_assert_str_eq(object_annotation(step->merge.patch, ANNOTATION_DIGEST),
			 object_annotation(step->desired, ANNOTATION_DIGEST));
}
END_TEST

/* What is written of a disk that stays as it is: that its spec is still what it was made from, and by which Git. */
START_TEST(keeping_claims_only_what_it_writes)
{
	const struct step_case row = { .kind = DISK,
				       .before = PLAN_DISK("a", "u"),
				       .after = KEPT_DISK("v", "'labsync.dev/disk-policy': 'Delete'") };
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct step *step;
	cleanup(json) json_t *applied = NULL, *before = NULL;

	arrange(&fixture, &row);
	step = plan_fixture_step(&fixture, DISK, "a");
	applied = quoted_json_new(object_annotation(step->merge.patch, ANNOTATION_APPLIED));
	before = quoted_json_new(object_annotation(step->live, ANNOTATION_APPLIED));
	ck_assert_ptr_nonnull(json_at(applied, "f:metadata", "f:annotations", "f:" ANNOTATION_DISK_POLICY, NULL));
	ck_assert_ptr_nonnull(json_object_get(applied, "f:spec"));
	ck_assert(json_equal(json_object_get(applied, "f:spec"), json_object_get(before, "f:spec")));
	ck_assert_ptr_null(object_annotation(step->merge.patch, ANNOTATION_DIGEST));
}
END_TEST

START_TEST(adoption_makes_it_ours)
{
	const struct step_case row = { .kind = MACHINE, .touch = "{'spec': {'x': 9}}", .after = ADOPTING("true") };
	cleanup(plan_fixture) struct plan_fixture fixture;
	const struct step *step;

	arrange(&fixture, &row);
	step = plan_fixture_step(&fixture, MACHINE, "a");
	ck_assert_int_eq(step->action, STEP_UPDATE);
	ck_assert(step_is_open(step));
	ck_assert_str_eq(object_annotation(step->merge.patch, ANNOTATION_OWNER),
			 "lab-a/labs/ospf/kubevirt.io/VirtualMachine/lab/a");
	ck_assert_int_eq(json_integer_value(json_at(step->merge.patch, "spec", "x", NULL)), 1);
}
END_TEST

static const struct refusal_case {
	const char *name, *touch, *says;
} refusal_cases[] = {
	{ "no mark", "{'spec': {}}", "belongs to someone else;" },
	{ "a manager", "{'metadata': {'labels': {'app.kubernetes.io/managed-by': 'Helm'}}}", "belongs to Helm;" },
	{ "an owner", OWNER("lab-b/labs/ospf/kubevirt.io/VirtualMachine/lab/a"),
	  "belongs to lab-b/labs/ospf/kubevirt.io/VirtualMachine/lab/a;" },
};

START_TEST(refusals_name_the_owner)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusal_cases); i++) {
		const struct step_case row = { .kind = MACHINE,
					       .touch = refusal_cases[i].touch,
					       .after = MACHINE_SPEC("'x': 1") };
		cleanup(plan_fixture) struct plan_fixture fixture;
		const struct error *err;

		arrange(&fixture, &row);
		err = &plan_fixture_step(&fixture, MACHINE, "a")->error;
		ck_assert_int_eq(err->code, ERROR_CONFLICT);
		ck_assert_msg(text_starts_with(err->message, "VirtualMachine lab/a is already there") &&
				      strstr(err->message, refusal_cases[i].says) &&
				      strstr(err->message, "labsync.dev/adopt"),
			      "%s: %s", refusal_cases[i].name, err->message);
	}
}
END_TEST

START_TEST(a_deletion_is_waited_for)
{
	const struct step_case row = { .kind = MACHINE,
				       .before = MACHINE_SPEC("'x': 1"),
				       .touch = "{'metadata': {'deletionTimestamp': '2026-01-01T10:00:00Z'}}",
				       .after = MACHINE_SPEC("'x': 1") };
	const struct identity identity = { .cluster = "lab-a", .source = "labs", .lab = "ospf" };
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct step *step;

	arrange(&fixture, &row);
	step = plan_fixture_step(&fixture, MACHINE, "a");
	ck_assert(step_is_terminating(step));
	step_decide(step, &identity, NULL);
	ck_assert_int_eq(step->action, STEP_CREATE);
	ck_assert(!step_is_terminating(step));
	ck_assert(step_is_open(step));
}
END_TEST

/* What is told is what the old object had; then there is nothing in the way of the new one. */
START_TEST(a_replacement_goes_on_without_the_old_object)
{
	static const char *const gone[] = { "{'metadata': {'deletionTimestamp': '2026-01-01T10:00:00Z'}}", NULL };
	const struct step_case row = { .kind = "LAN", .before = PLAN_LAN("a", "1"), .after = PLAN_LAN("a", "2") };
	const struct identity identity = { .cluster = "lab-a", .source = "labs", .lab = "ospf" };
	cleanup(plan_fixture) struct plan_fixture fixture;
	struct step *step;

	arrange(&fixture, &row);
	step = plan_fixture_step(&fixture, "LAN", "a");
	for (size_t i = 0; i < ARRAY_SIZE(gone); i++) {
		cleanup(free) char *text = NULL;

		plan_fixture_touch(&fixture, "LAN", "a", gone[i]);
		step_decide(step, &identity, live_set_find(fixture.live, step->kind, "lab", "a"));
		text = step_text_new(step);
		ck_assert_str_eq(text, "replace LAN a: spec.vni 1 -> 2 (git, recreate)");
		ck_assert(step_is_open(step));
	}
	ck_assert_ptr_null(step->live);
}
END_TEST

/* After a 409: the object was changed once more before our write came. */
static const struct again_case {
	const char *name, *touch, *text;
	bool open;
} again_cases[] = {
	{ "still not as Git says", "{'spec': {'x': 8}}", "update VirtualMachine a: spec.x 8 -> 2 (git, live)", true },
	{ "as Git says by now", "{'spec': {'x': 2}}", "unchanged VirtualMachine a", false },
	{ "somebody else's by now", OWNER("somebody"), "refused VirtualMachine a", false },
	{ "gone", NULL, "create VirtualMachine a", true },
};

START_TEST(decided_again)
{
	const struct step_case row = { .kind = MACHINE,
				       .before = MACHINE_SPEC("'x': 1"),
				       .after = MACHINE_SPEC("'x': 2") };
	const struct identity identity = { .cluster = "lab-a", .source = "labs", .lab = "ospf" };

	for (size_t i = 0; i < ARRAY_SIZE(again_cases); i++) {
		cleanup(plan_fixture) struct plan_fixture fixture;
		cleanup(free) char *text = NULL;
		struct step *step;

		arrange(&fixture, &row);
		step = plan_fixture_step(&fixture, MACHINE, "a");
		plan_fixture_touch(&fixture, MACHINE, "a", again_cases[i].touch);
		step_decide(step, &identity, live_set_find(fixture.live, step->kind, "lab", "a"));
		text = step_text_new(step);
		ck_assert_msg(text_equal(text, again_cases[i].text), "%s: %s", again_cases[i].name, text);
		ck_assert_msg(step_is_open(step) == again_cases[i].open, "%s", again_cases[i].name);
	}
}
END_TEST

static const struct open_case {
	enum step_action action;
	bool open, removal;
} open_cases[] = {
	{ STEP_UNCHANGED, false, false }, { STEP_CREATE, true, false },  { STEP_UPDATE, true, false },
	{ STEP_DELETE, true, true },      { STEP_RETAIN, true, true },   { STEP_KEPT, true, false },
	{ STEP_REFUSED, false, false },   { STEP_REPLACE, true, false },
};

START_TEST(open_steps)
{
	for (size_t i = 0; i < ARRAY_SIZE(open_cases); i++) {
		struct step step = { .action = open_cases[i].action };

		ck_assert_msg(step_is_open(&step) == open_cases[i].open, "action %zu", i);
		ck_assert_msg(step_is_removal(&step) == open_cases[i].removal, "action %zu", i);
		step.done = true;
		ck_assert(!step_is_open(&step));
		step.done = false;
		step.error.code = ERROR_REFUSED;
		ck_assert(!step_is_open(&step));
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { writes,
				 removals,
				 takeover_claims_the_field,
				 keeping_claims_only_what_it_writes,
				 adoption_makes_it_ours,
				 refusals_name_the_owner,
				 a_deletion_is_waited_for,
				 a_replacement_goes_on_without_the_old_object,
				 decided_again,
				 open_steps };

	return suite_run("step", tests, ARRAY_SIZE(tests));
}
