#include "sync/operation.h"

#include "base/text.h"
#include "tests/unit/sync/quoted_json.h"

#define SUBRESOURCES "/apis/subresources.kubevirt.io/v1/namespaces/dev/"
#define KUBEVIRT "/apis/kubevirt.io/v1/namespaces/dev/"
#define SNAPSHOTS "/apis/snapshot.kubevirt.io/v1beta1/namespaces/dev/"
#define CLONES "/apis/clone.kubevirt.io/v1beta1/namespaces/dev/"
#define MACHINE "{'apiGroup': 'kubevirt.io', 'kind': 'VirtualMachine', 'name': 'web'}"
#define FILTERS "['*', '!labsync.dev/*', '!app.kubernetes.io/*']"

/* What KubeVirt's API takes; what is wrong here is refused there, or does something else. */
static const struct request_case {
	enum operation_type type;
	int64_t grace_period;
	const char *path, *body; /* of an object its spec */
	const char *watch; /* NULL: nothing shows its end */
	enum operation_way way;
} requests[] = {
	{ OPERATION_START, -1, SUBRESOURCES "virtualmachines/web/start", "{}", KUBEVIRT "virtualmachines/web",
	  OPERATION_BY_SUBRESOURCE },
	{ OPERATION_STOP, -1, SUBRESOURCES "virtualmachines/web/stop", "{}", KUBEVIRT "virtualmachines/web",
	  OPERATION_BY_SUBRESOURCE },
	{ OPERATION_STOP, 30, SUBRESOURCES "virtualmachines/web/stop", "{'gracePeriod': 30}",
	  KUBEVIRT "virtualmachines/web", OPERATION_BY_SUBRESOURCE },
	{ OPERATION_RESTART, -1, SUBRESOURCES "virtualmachines/web/restart", "{}",
	  KUBEVIRT "virtualmachineinstances/web", OPERATION_BY_SUBRESOURCE },
	{ OPERATION_RESTART, 0, SUBRESOURCES "virtualmachines/web/restart", "{'gracePeriodSeconds': 0}",
	  KUBEVIRT "virtualmachineinstances/web", OPERATION_BY_SUBRESOURCE },
	{ OPERATION_SOFT_REBOOT, -1, SUBRESOURCES "virtualmachineinstances/web/softreboot", "{}", NULL,
	  OPERATION_BY_SUBRESOURCE },
	{ OPERATION_RESET, -1, SUBRESOURCES "virtualmachineinstances/web/reset", "{}", NULL,
	  OPERATION_BY_SUBRESOURCE },
	{ OPERATION_PAUSE, -1, SUBRESOURCES "virtualmachineinstances/web/pause", "{}", KUBEVIRT "virtualmachines/web",
	  OPERATION_BY_SUBRESOURCE },
	{ OPERATION_UNPAUSE, -1, SUBRESOURCES "virtualmachineinstances/web/unpause", "{}",
	  KUBEVIRT "virtualmachines/web", OPERATION_BY_SUBRESOURCE },
	{ OPERATION_MIGRATE, -1, KUBEVIRT "virtualmachineinstancemigrations", "{'vmiName': 'web'}",
	  KUBEVIRT "virtualmachineinstancemigrations/op-1a2b3c4d", OPERATION_BY_OBJECT },
	{ OPERATION_EVICT, -1, KUBEVIRT "virtualmachineinstancemigrations", "{'vmiName': 'web'}",
	  KUBEVIRT "virtualmachineinstancemigrations/op-1a2b3c4d", OPERATION_BY_OBJECT },
	{ OPERATION_SNAPSHOT, -1, SNAPSHOTS "virtualmachinesnapshots", "{'source': " MACHINE "}",
	  SNAPSHOTS "virtualmachinesnapshots/before", OPERATION_BY_OBJECT },
	{ OPERATION_RESTORE, -1, SNAPSHOTS "virtualmachinerestores",
	  "{'target': " MACHINE ", 'virtualMachineSnapshotName': 'before', 'volumeRestorePolicy': 'InPlace', "
	  "'volumeOwnershipPolicy': 'None'}",
	  SNAPSHOTS "virtualmachinerestores/op-1a2b3c4d", OPERATION_BY_OBJECT },
	{ OPERATION_CLONE, -1, CLONES "virtualmachineclones",
	  "{'source': " MACHINE ", 'target': {'apiGroup': 'kubevirt.io', 'kind': 'VirtualMachine', 'name': 'web2'}, "
	  "'labelFilters': " FILTERS ", 'annotationFilters': " FILTERS ", 'template': {'labelFilters': " FILTERS
	  ", 'annotationFilters': " FILTERS "}}",
	  CLONES "virtualmachineclones/op-1a2b3c4d", OPERATION_BY_OBJECT },
};

START_TEST(requests_as_kubevirt_takes_them)
{
	for (size_t i = 0; i < ARRAY_SIZE(requests); i++) {
		const struct request_case *row = &requests[i];
		const struct rendered_operation operation = { .name = "op",
							      .machine = "web",
							      .type = row->type,
							      .grace_period = row->grace_period,
							      .snapshot = "before",
							      .target = "web2" };
		const struct operation_run_of of = {
			.operation = &operation, .lab = "shop", .namespace_name = "dev", .run = "1a2b3c4d"
		};
		cleanup(free) char *path = operation_path_new(&of);
		cleanup(free) char *watch = operation_watch_path_new(&of);
		cleanup(json) json_t *body = operation_body_build(&of), *expected = quoted_json_new(row->body);
		const json_t *told = row->way == OPERATION_BY_OBJECT ? json_object_get(body, "spec") : body;
		cleanup(free) char *text = json_text_new(told);

		ck_assert_str_eq(path, row->path);
		ck_assert_int_eq(operation_way(row->type), row->way);
		ck_assert_msg(json_equal(told, expected), "%s: %s", path, text);
		if (row->watch)
			ck_assert_str_eq(watch, row->watch);
	}
}
END_TEST

START_TEST(an_object_says_whose_it_is)
{
	const struct rendered_operation operation = {
		.name = "op", .machine = "web", .type = OPERATION_SNAPSHOT, .grace_period = -1, .snapshot = "before"
	};
	struct operation_run_of of = {
		.operation = &operation, .lab = "shop", .namespace_name = "dev", .run = "1a2b3c4d"
	};
	cleanup(json) json_t *body = operation_body_build(&of);
	cleanup(json) json_t *metadata = quoted_json_new(
		"{'name': 'before', 'namespace': 'dev', 'labels': {'app.kubernetes.io/managed-by': 'labsync', "
		"'app.kubernetes.io/part-of': 'shop'}, 'annotations': {'labsync.dev/operation': 'op/1a2b3c4d'}}");
	cleanup(free) char *label = operation_object_label_new(&of);

	ck_assert(json_equal(json_object_get(body, "metadata"), metadata));
	ck_assert_str_eq(json_text_at(body, "apiVersion", NULL), "snapshot.kubevirt.io/v1beta1");
	ck_assert_str_eq(json_text_at(body, "kind", NULL), "VirtualMachineSnapshot");
	ck_assert_str_eq(label, "VirtualMachineSnapshot before");
	ck_assert(operation_made(&of, body));
	of.run = "00000000";
	ck_assert(!operation_made(&of, body));
}
END_TEST

START_TEST(long_names_stay_names)
{
	const struct rendered_operation operation = { .name = "a23456789012345678901234567890123456789012345678901234"
							      "56789012",
						      .machine = "web",
						      .type = OPERATION_CLONE,
						      .grace_period = -1,
						      .target = "web2" };
	const struct operation_run_of of = {
		.operation = &operation, .lab = "shop", .namespace_name = "dev", .run = "1a2b3c4d"
	};
	cleanup(json) json_t *body = operation_body_build(&of);

	ck_assert(text_is_dns_label(json_text_at(body, "metadata", "name", NULL)));
}
END_TEST

#define STATUS(status, more) "{'status': {'printableStatus': '" status "'" more "}}"
#define UP ", 'created': true"

static const struct already_case {
	enum operation_type type;
	const char *machine;
	bool already;
} already[] = {
	{ OPERATION_START, STATUS("Running", UP), true },        { OPERATION_START, STATUS("Starting", UP), true },
	{ OPERATION_START, STATUS("Stopping", UP), false },      { OPERATION_START, STATUS("Stopped", ""), false },
	{ OPERATION_STOP, STATUS("Stopped", ""), true },         { OPERATION_STOP, STATUS("Stopping", UP), false },
	{ OPERATION_STOP, STATUS("Running", UP), false },        { OPERATION_PAUSE, STATUS("Paused", UP), true },
	{ OPERATION_PAUSE, STATUS("Stopped", ""), false },       { OPERATION_UNPAUSE, STATUS("Running", UP), true },
	{ OPERATION_UNPAUSE, STATUS("Paused", UP), false },      { OPERATION_UNPAUSE, STATUS("Stopped", ""), true },
	{ OPERATION_RESTART, STATUS("Running", UP), false },     { OPERATION_RESTART, STATUS("Stopped", ""), false },
	{ OPERATION_SOFT_REBOOT, STATUS("Stopped", ""), false },
};

START_TEST(what_was_so_already)
{
	for (size_t i = 0; i < ARRAY_SIZE(already); i++) {
		cleanup(json) json_t *machine = quoted_json_new(already[i].machine);

		ck_assert_msg(operation_is_so_already(already[i].type, machine) == already[i].already, "%s of %s",
			      operation_type_name(already[i].type), already[i].machine);
	}
}
END_TEST

#define INSTANCE(uid, phase) "{'metadata': {'uid': '" uid "'}, 'status': {'phase': '" phase "'}}"
#define FAILURE(type, message) "'conditions': [{'type': '" type "', 'status': 'True', 'message': '" message "'}]"

static const struct verdict_case {
	enum operation_type type;
	const char *seen;
	enum operation_verdict verdict;
	const char *reason;
} verdicts[] = {
	{ OPERATION_START, STATUS("Running", UP), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_START, STATUS("Starting", UP), OPERATION_GOES_ON, NULL },
	{ OPERATION_START, STATUS("Stopped", ""), OPERATION_GOES_ON, NULL },
	{ OPERATION_START, STATUS("ErrorUnschedulable", UP), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_STOP, STATUS("Stopping", UP), OPERATION_GOES_ON, NULL },
	{ OPERATION_STOP, STATUS("Stopped", ""), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_RESTART, INSTANCE("old", "Running"), OPERATION_GOES_ON, NULL },
	{ OPERATION_RESTART, INSTANCE("new", "Scheduling"), OPERATION_GOES_ON, NULL },
	{ OPERATION_RESTART, INSTANCE("new", "Running"), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_PAUSE, STATUS("Running", UP), OPERATION_GOES_ON, NULL },
	{ OPERATION_PAUSE, STATUS("Paused", UP), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_UNPAUSE, STATUS("Paused", UP), OPERATION_GOES_ON, NULL },
	{ OPERATION_UNPAUSE, STATUS("Running", UP), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_SOFT_REBOOT, STATUS("Running", UP), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_RESET, STATUS("Running", UP), OPERATION_SUCCEEDED, NULL },
	{ OPERATION_MIGRATE, "{}", OPERATION_GOES_ON, NULL },
	{ OPERATION_MIGRATE, "{'status': {'phase': 'Running'}}", OPERATION_GOES_ON, NULL },
	{ OPERATION_MIGRATE, "{'status': {'phase': 'Succeeded'}}", OPERATION_SUCCEEDED, NULL },
	{ OPERATION_EVICT, "{'status': {'phase': 'Failed', 'migrationState': {'failureReason': 'too slow'}}}",
	  OPERATION_CAME_TO_NOTHING, "too slow" },
	{ OPERATION_MIGRATE, "{'status': {'phase': 'Failed'}}", OPERATION_CAME_TO_NOTHING,
	  "its controller does not say why" },
	{ OPERATION_SNAPSHOT, "{'status': {'phase': 'InProgress', 'error': {'message': 'x'}}}", OPERATION_GOES_ON,
	  NULL },
	{ OPERATION_SNAPSHOT, "{'status': {'phase': 'Succeeded', 'readyToUse': false}}", OPERATION_GOES_ON, NULL },
	{ OPERATION_SNAPSHOT, "{'status': {'phase': 'Succeeded', 'readyToUse': true}}", OPERATION_SUCCEEDED, NULL },
	{ OPERATION_SNAPSHOT, "{'status': {'phase': 'Failed', 'error': {'message': 'no class'}}}",
	  OPERATION_CAME_TO_NOTHING, "no class" },
	{ OPERATION_RESTORE, "{'status': {'complete': false}}", OPERATION_GOES_ON, NULL },
	{ OPERATION_RESTORE, "{'status': {'complete': true}}", OPERATION_SUCCEEDED, NULL },
	{ OPERATION_RESTORE, "{'status': {'complete': false, " FAILURE("Failure", "it runs") "}}",
	  OPERATION_CAME_TO_NOTHING, "it runs" },
	{ OPERATION_CLONE, "{'status': {'phase': 'RestoreInProgress'}}", OPERATION_GOES_ON, NULL },
	{ OPERATION_CLONE, "{'status': {'phase': 'Succeeded'}}", OPERATION_SUCCEEDED, NULL },
	{ OPERATION_CLONE, "{'status': {'phase': 'Failed', " FAILURE("Ready", "no such source") "}}",
	  OPERATION_CAME_TO_NOTHING, "no such source" },
};

START_TEST(ends_show)
{
	for (size_t i = 0; i < ARRAY_SIZE(verdicts); i++) {
		cleanup(json) json_t *seen = quoted_json_new(verdicts[i].seen);
		cleanup(free) char *reason = NULL;
		enum operation_verdict verdict = operation_judge(verdicts[i].type, seen, "old", &reason);

		ck_assert_msg(verdict == verdicts[i].verdict && text_equal(reason, verdicts[i].reason),
			      "%s of %s: %d (%s)", operation_type_name(verdicts[i].type), verdicts[i].seen,
			      (int)verdict, reason);
	}
}
END_TEST

/* All that is asked for counts, and nothing else. */
START_TEST(digests_tell_contents_apart)
{
	static const struct rendered_operation others[] = {
		{ .name = "op", .machine = "db", .type = OPERATION_RESTART, .grace_period = -1 },
		{ .name = "op", .machine = "web", .type = OPERATION_STOP, .grace_period = -1 },
		{ .name = "op", .machine = "web", .type = OPERATION_RESTART, .grace_period = 0 },
		{ .name = "op", .machine = "web", .type = OPERATION_RESTART, .grace_period = -1, .snapshot = "x" },
		{ .name = "op", .machine = "web", .type = OPERATION_RESTART, .grace_period = -1, .target = "x" },
	};
	const struct rendered_operation operation = {
		.name = "op", .machine = "web", .type = OPERATION_RESTART, .grace_period = -1, .line = 7
	};
	const struct rendered_operation moved = {
		.name = "other", .machine = "web", .type = OPERATION_RESTART, .grace_period = -1, .line = 9
	};
	cleanup(free) char *digest = operation_digest_new(&operation), *same = operation_digest_new(&moved);

	ck_assert_str_eq(digest, same);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		cleanup(free) char *other = operation_digest_new(&others[i]);

		ck_assert_str_ne(digest, other);
	}
}
END_TEST

#define OURS(strategy)                                                                                               \
	"{'metadata': {'labels': {'app.kubernetes.io/managed-by': 'labsync'}}, 'spec': {'runStrategy': '" strategy   \
	"'}}"

static const struct remark_case {
	enum operation_type type;
	const char *machine, *remark;
} remarks[] = {
	{ OPERATION_STOP, OURS("Always"), "Git says runStrategy Always, which the next look for drift brings back" },
	{ OPERATION_STOP, OURS("RerunOnFailure"), "" },
	{ OPERATION_STOP, "{'spec': {'runStrategy': 'Always'}}", "" },
	{ OPERATION_START, OURS("Halted"), "Git says runStrategy Halted, which the next look for drift brings back" },
	{ OPERATION_START, OURS("Always"), "" },
	{ OPERATION_RESTART, OURS("Always"), "" },
	{ OPERATION_RESTORE, NULL, "the disks of web hold what snapshot before has" },
	{ OPERATION_CLONE, OURS("Always"), "VirtualMachine web2 and its disks are nobody's until Git has them" },
};

START_TEST(remarks_on_what_is_not_kept)
{
	for (size_t i = 0; i < ARRAY_SIZE(remarks); i++) {
		const struct rendered_operation operation = { .name = "op",
							      .machine = "web",
							      .type = remarks[i].type,
							      .snapshot = "before",
							      .target = "web2" };
		cleanup(json) json_t *machine = quoted_json_new(remarks[i].machine);
		cleanup(free) char *remark = operation_remark_new(&operation, machine);

		ck_assert_str_eq(remark, remarks[i].remark);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { requests_as_kubevirt_takes_them,
				 an_object_says_whose_it_is,
				 long_names_stay_names,
				 what_was_so_already,
				 ends_show,
				 digests_tell_contents_apart,
				 remarks_on_what_is_not_kept };

	return suite_run("operation", tests, ARRAY_SIZE(tests));
}
