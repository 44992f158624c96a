#include "sync/merge.h"

#include <string.h>

#include "sync/field_path.h"
#include "tests/unit/sync/merge_case.h"

/* The four rows of the design's table, and what surrounds them. */
static const struct merge_case scalar_cases[] = {
	{ .name = "nothing differs",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1'}}",
	  .desired = "{'data': {'a': '1'}}",
	  .live = "{'data': {'a': '1', 'theirs': '2'}, 'metadata': {'uid': 'u'}}" },
	{ .name = "absent is set",
	  .type = CONFIG_MAP,
	  .desired = "{'data': {'a': '1', 'b': '2'}}",
	  .live = "{'data': {'b': '2'}}",
	  .patch = "{'data': {'a': '1'}}",
	  .changes = "data.a - -> 1 (git, live)" },
	{ .name = "what Git dropped is removed",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1', 'b': '2'}}",
	  .desired = "{'data': {'b': '2'}}",
	  .live = "{'data': {'a': '1', 'b': '2', 'theirs': '3'}}",
	  .patch = "{'data': {'a': null}}",
	  .changes = "data.a 1 -> - (git, live)" },
	{ .name = "what Git dropped is removed although someone changed it",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1'}}",
	  .desired = "{'data': {}}",
	  .live = "{'data': {'a': 'theirs'}}",
	  .patch = "{'data': {'a': null}}",
	  .changes = "data.a theirs -> - (git, live)" },
	{ .name = "what Git dropped is already gone",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1'}}",
	  .desired = "{'data': {'b': '2'}}",
	  .live = "{'data': {'b': '2'}}" },
	{ .name = "what others set is left",
	  .type = MACHINE,
	  .base = "{'spec': {'runStrategy': 'Always'}}",
	  .desired = "{'spec': {'runStrategy': 'Always'}}",
	  .live = "{'spec': {'runStrategy': 'Always', 'template': {'spec': {'architecture': 'amd64'}}}}" },
	{ .name = "drift is set back",
	  .type = MACHINE,
	  .base = "{'spec': {'runStrategy': 'Always'}}",
	  .desired = "{'spec': {'runStrategy': 'Always'}}",
	  .live = "{'spec': {'runStrategy': 'Halted'}}",
	  .origin = CHANGE_DRIFT,
	  .patch = "{'spec': {'runStrategy': 'Always'}}",
	  .changes = "spec.runStrategy Halted -> Always (drift, live)" },
	{ .name = "a field of ours that someone deleted is drift",
	  .type = MACHINE,
	  .base = "{'spec': {'runStrategy': 'Always'}}",
	  .desired = "{'spec': {'runStrategy': 'Always'}}",
	  .live = "{'spec': {}}",
	  .origin = CHANGE_DRIFT,
	  .patch = "{'spec': {'runStrategy': 'Always'}}",
	  .changes = "spec.runStrategy - -> Always (drift, live)" },
	{ .name = "a new field is Git's even when the others drifted",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1'}}",
	  .desired = "{'data': {'a': '1', 'b': '2'}}",
	  .live = "{'data': {'a': 'x', 'b': 'y'}}",
	  .origin = CHANGE_DRIFT,
	  .patch = "{'data': {'a': '1', 'b': '2'}}",
	  .changes = "data.a x -> 1 (drift, live)\ndata.b y -> 2 (git, live)" },
	{ .name = "nothing was applied: nothing is removed",
	  .type = CONFIG_MAP,
	  .desired = "{'data': {'a': '1'}}",
	  .live = "{'data': {'a': '1', 'b': '2'}, 'immutable': true}" },
	{ .name = "cores change and need a restart",
	  .type = MACHINE,
	  .base = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 1}}}}}}",
	  .desired = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2}}}}}}",
	  .live = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 1, 'model': 'host'}}}}}}",
	  .patch = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2}}}}}}",
	  .changes = "spec.template.spec.domain.cpu.cores 1 -> 2 (git, restart)" },
	{ .name = "null in Git is absent",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1', 'b': '2'}}",
	  .desired = "{'data': {'a': null, 'b': '2', 'c': null}, 'binaryData': null}",
	  .live = "{'data': {'a': '1', 'b': '2', 'd': '4'}, 'binaryData': {'x': 'eA=='}}",
	  .patch = "{'data': {'a': null}}",
	  .changes = "data.a 1 -> - (git, live)" },
	{ .name = "null on the cluster is absent",
	  .type = MACHINE,
	  .desired = "{'spec': {'template': {'spec': {'hostname': 'r1'}}}}",
	  .live = "{'spec': {'template': {'metadata': {'creationTimestamp': null}, 'spec': {'hostname': null}}}}",
	  .patch = "{'spec': {'template': {'spec': {'hostname': 'r1'}}}}",
	  .changes = "spec.template.spec.hostname - -> r1 (git, restart)" },
};

/* Objects that appear, go and change their type. */
static const struct merge_case object_cases[] = {
	{ .name = "an object that was absent is one change",
	  .type = MACHINE,
	  .desired = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2, 'model': null}}}}}}",
	  .live = "{'spec': {'template': {'spec': {'domain': {}}}}}",
	  .patch = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2}}}}}}",
	  .changes = "spec.template.spec.domain.cpu - -> {\"cores\":2} (git, restart)" },
	{ .name = "an object of ours goes whole when nothing else lives in it",
	  .type = MACHINE,
	  .base = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2, 'threads': 1}}}}}}",
	  .desired = "{'spec': {'template': {'spec': {'domain': {'ioThreadsPolicy': 'auto'}}}}}",
	  .live = "{'spec': {'template': {'spec': {'domain': {'ioThreadsPolicy': 'auto', 'cpu': {'cores': 2, "
		  "'threads': 1}}}}}}",
	  .patch = "{'spec': {'template': {'spec': {'domain': {'cpu': null}}}}}",
	  .changes = "spec.template.spec.domain.cpu {\"cores\":2,\"threads\":1} -> - (git, restart)" },
	{ .name = "an object of ours stays when someone else lives in it",
	  .type = MACHINE,
	  .base = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2}}}}}}",
	  .desired = "{'spec': {'template': {'spec': {'domain': {}}}}}",
	  .live = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': 2, 'model': 'host'}}}}}}",
	  .patch = "{'spec': {'template': {'spec': {'domain': {'cpu': {'cores': null}}}}}}",
	  .changes = "spec.template.spec.domain.cpu.cores 2 -> - (git, restart)" },
	{ .name = "an empty object is a marker and is set",
	  .type = MACHINE,
	  .desired = "{'spec': {'template': {'spec': {'domain': {'firmware': {'bootloader': {'bios': {}}}}}}}}",
	  .live = "{'spec': {'template': {'spec': {'domain': {'firmware': {'bootloader': {}}}}}}}",
	  .patch = "{'spec': {'template': {'spec': {'domain': {'firmware': {'bootloader': {'bios': {}}}}}}}}",
	  .changes = "spec.template.spec.domain.firmware.bootloader.bios - -> {} (git, restart)" },
	{ .name = "a marker is removed",
	  .type = MACHINE,
	  .base = "{'spec': {'template': {'spec': {'domain': {'devices': {'rng': {}, 'useVirtioTransitional': "
		  "true}}}}}}",
	  .desired = "{'spec': {'template': {'spec': {'domain': {'devices': {'useVirtioTransitional': true}}}}}}",
	  .live = "{'spec': {'template': {'spec': {'domain': {'devices': {'rng': {}, 'useVirtioTransitional': "
		  "true}}}}}}",
	  .patch = "{'spec': {'template': {'spec': {'domain': {'devices': {'rng': null}}}}}}",
	  .changes = "spec.template.spec.domain.devices.rng {} -> - (git, restart)" },
	{ .name = "an empty object that the API drops is no difference",
	  .type = MACHINE,
	  .desired = "{'metadata': {'labels': {}}, 'spec': {'template': {'metadata': {'annotations': {}}, 'spec': "
		     "{'nodeSelector': {}, 'domain': {'resources': {'requests': {}}, 'devices': {'disks': []}}}}}}",
	  .live = "{'metadata': {}, 'spec': {'template': {'spec': {'domain': {}}}}}" },
	{ .name = "an object becomes a scalar",
	  .type = ATTACHMENT,
	  .base = "{'spec': {'config': {'a': 1}}}",
	  .desired = "{'spec': {'config': '{}'}}",
	  .live = "{'spec': {'config': {'a': 1}}}",
	  .patch = "{'spec': {'config': '{}'}}",
	  .changes = "spec.config {\"a\":1} -> {} (git, live)" },
	{ .name = "a scalar becomes an object",
	  .type = ATTACHMENT,
	  .base = "{'spec': {'config': 'x'}}",
	  .desired = "{'spec': {'config': {'a': {'b': 1}}}}",
	  .live = "{'spec': {'config': 'x'}}",
	  .patch = "{'spec': {'config': {'a': {'b': 1}}}}",
	  .changes = "spec.config x -> {\"a\":{\"b\":1}} (git, live)" },
	{ .name = "a list becomes an object",
	  .type = ATTACHMENT,
	  .desired = "{'spec': {'config': {'a': 1}}}",
	  .live = "{'spec': {'config': [1]}}",
	  .patch = "{'spec': {'config': {'a': 1}}}",
	  .changes = "spec.config [1] -> {\"a\":1} (git, live)" },
	{ .name = "an object right below the top is emptied, not removed",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1'}}",
	  .desired = "{}",
	  .live = "{'data': {'a': '1'}}",
	  .patch = "{'data': {'a': null}}",
	  .changes = "data.a 1 -> - (git, live)" },
	{ .name = "an object of which only a part was ours is not removed when it is something else now",
	  .type = CONFIG_MAP,
	  .base = "{'data': {'a': '1'}}",
	  .desired = "{}",
	  .live = "{'data': 'x'}" },
	{ .name = "what is empty where that means nothing is already gone",
	  .type = MACHINE,
	  .base = "{'spec': {'template': {'spec': {'domain': {'resources': {'requests': {'cpu': '1'}}}}}}}",
	  .desired = "{'spec': {'template': {'spec': {'domain': {}}}}}",
	  .live = "{'spec': {'template': {'spec': {'domain': {'resources': {}}}}}}" },
	{ .name = "a scalar of ours that someone made an object stays theirs when Git drops it",
	  .type = ATTACHMENT,
	  .base = "{'spec': {'config': 'x'}}",
	  .desired = "{'spec': {}}",
	  .live = "{'spec': {'config': {'theirs': 1}}}" },
};

/* What labsync may write in metadata, and what it never touches. */
static const struct merge_case metadata_cases[] = {
	{ .name = "type, name, namespace and status are never changed",
	  .type = CONFIG_MAP,
	  .base = "{'metadata': {'name': 'a', 'namespace': 'n', 'uid': 'x'}, 'status': {'x': 1}}",
	  .desired = "{'metadata': {'name': 'b', 'namespace': 'm', 'generation': 7}, 'status': {'x': 2}}",
	  .live = "{'metadata': {'name': 'a', 'namespace': 'n', 'uid': 'x', 'generation': 1}, 'status': {'x': 1}}" },
	{ .name = "labels merge name by name",
	  .type = MACHINE,
	  .base = "{'metadata': {'labels': {'app.kubernetes.io/name': 'r1', 'old': 'x'}}}",
	  .desired = "{'metadata': {'labels': {'app.kubernetes.io/name': 'r2', 'new': 'y'}}}",
	  .live = "{'metadata': {'labels': {'app.kubernetes.io/name': 'r1', 'old': 'x', 'theirs': 'z'}}}",
	  .patch = "{'metadata': {'labels': {'app.kubernetes.io/name': 'r2', 'new': 'y', 'old': null}}}",
	  .changes = "metadata.labels[app.kubernetes.io/name] r1 -> r2 (git, live)\n"
		     "metadata.labels.new - -> y (git, live)\n"
		     "metadata.labels.old x -> - (git, live)" },
	{ .name = "all our annotations go, theirs stay",
	  .type = MACHINE,
	  .base = "{'metadata': {'annotations': {'ours': '1'}, 'labels': {'ours': '1'}}}",
	  .desired = "{'metadata': {}}",
	  .live = "{'metadata': {'annotations': {'ours': '1', 'theirs': '2'}, 'labels': {'ours': '1'}}}",
	  .patch = "{'metadata': {'annotations': {'ours': null}, 'labels': null}}",
	  .changes =
		  "metadata.annotations.ours 1 -> - (git, live)\nmetadata.labels {\"ours\":\"1\"} -> - (git, live)" },
	{ .name = "a new commit alone writes nothing",
	  .type = CONFIG_MAP,
	  .desired = "{'metadata': {'annotations': {'labsync.dev/commit': 'b', 'labsync.dev/applied': '{}', "
		     "'labsync.dev/digest': '2'}}, 'data': {'a': '1'}}",
	  .live = "{'metadata': {'annotations': {'labsync.dev/commit': 'a', 'labsync.dev/digest': '1'}}, 'data': "
		  "{'a': '1'}}" },
	{ .name = "a new commit alone writes nothing where there are no annotations",
	  .type = CONFIG_MAP,
	  .desired = "{'metadata': {'annotations': {'labsync.dev/commit': 'b'}}}",
	  .live = "{'metadata': {}}" },
	{ .name = "the bookkeeping goes along with a change, and is none",
	  .type = CONFIG_MAP,
	  .desired = "{'metadata': {'annotations': {'labsync.dev/commit': 'b', 'labsync.dev/path': 'p'}}, 'data': "
		     "{'a': '1'}}",
	  .live = "{'data': {'a': '2'}}",
	  .patch = "{'metadata': {'annotations': {'labsync.dev/commit': 'b', 'labsync.dev/path': 'p'}}, 'data': "
		   "{'a': '1'}}",
	  .changes = "metadata.annotations[labsync.dev/path] - -> p (git, live)\ndata.a 2 -> 1 (git, live)" },
	{ .name = "finalizers are a set",
	  .type = MACHINE,
	  .base = "{'metadata': {'finalizers': ['old', 'ours']}}",
	  .desired = "{'metadata': {'finalizers': ['ours', 'new']}}",
	  .live = "{'metadata': {'finalizers': ['theirs', 'old', 'ours']}}",
	  .patch = "{'metadata': {'finalizers': ['theirs', 'ours', 'new']}}",
	  .changes = "metadata.finalizers[old] old -> - (git, live)\nmetadata.finalizers[new] - -> new (git, live)" },
	{ .name = "what others own in finalizers and owners stays without a word in Git",
	  .type = MACHINE,
	  .base = "{'metadata': {'labels': {'a': '1'}}}",
	  .desired = "{'metadata': {'labels': {'a': '1'}}}",
	  .live = "{'metadata': {'labels': {'a': '1'}, 'finalizers': ['x'], 'ownerReferences': [{'uid': '1'}], "
		  "'managedFields': []}}" },
};

/* Secrets: written, compared, never shown. */
static const struct merge_case secret_cases[] = {
	{ .name = "a secret's value is not shown",
	  .type = SECRET,
	  .base = "{'data': {'a': 'b2xk'}}",
	  .desired = "{'data': {'a': 'bmV3'}, 'stringData': {'b': 'x'}}",
	  .live = "{'data': {'a': 'b2xk'}}",
	  .patch = "{'data': {'a': 'bmV3', 'b': 'eA=='}}",
	  .changes = "data.a (secret) -> (secret) (git, live)\ndata.b - -> (secret) (git, live)" },
	{ .name = "stringData that the server folded into data is no difference",
	  .type = SECRET,
	  .base = "{'stringData': {'user': 'admin', 'empty': ''}}",
	  .desired = "{'stringData': {'user': 'admin', 'empty': ''}}",
	  .live = "{'data': {'user': 'YWRtaW4=', 'empty': ''}, 'type': 'Opaque'}" },
	{ .name = "stringData that left Git leaves data",
	  .type = SECRET,
	  .base = "{'stringData': {'user': 'admin', 'other': 'x'}}",
	  .desired = "{'stringData': {'user': 'admin'}}",
	  .live = "{'data': {'user': 'YWRtaW4=', 'other': 'eA=='}}",
	  .patch = "{'data': {'other': null}}",
	  .changes = "data.other (secret) -> - (git, live)" },
	{ .name = "all of a secret's data is not shown either",
	  .type = SECRET,
	  .desired = "{'data': {'a': 'bmV3'}}",
	  .live = "{'type': 'Opaque'}",
	  .patch = "{'data': {'a': 'bmV3'}}",
	  .changes = "data - -> (secret) (git, live)" },
	{ .name = "first-boot data is not shown within a new volume",
	  .type = MACHINE,
	  .desired = "{'spec': {'template': {'spec': {'volumes': [{'name': 'ci', 'cloudInitNoCloud': {'userData': "
		     "'password: x'}}]}}}}",
	  .live = "{'spec': {'template': {'spec': {'volumes': []}}}}",
	  .patch = "{'spec': {'template': {'spec': {'volumes': [{'name': 'ci', 'cloudInitNoCloud': {'userData': "
		   "'password: x'}}]}}}}",
	  .changes = "spec.template.spec.volumes[name=ci] - -> "
		     "{\"cloudInitNoCloud\":{\"userData\":\"(secret)\"},\"name\":\"ci\"} (git, restart)" },
};

#define CASES_TEST(name)                                                                                             \
	START_TEST(name)                                                                                             \
	{                                                                                                            \
		for (size_t i = 0; i < ARRAY_SIZE(name##_cases); i++)                                                \
			merge_case_check(&name##_cases[i]);                                                          \
	}                                                                                                            \
	END_TEST

CASES_TEST(scalar)
CASES_TEST(object)
CASES_TEST(metadata)
CASES_TEST(secret)

START_TEST(type_comes_from_git_when_the_live_object_lacks_it)
{
	cleanup(json) json_t *desired = typed_json_new(SECRET, "{'data': {'a': 'YQ=='}}");
	cleanup(json) json_t *live = quoted_json_new("{'data': {'a': 'Yg=='}}");
	cleanup(merge_result) struct merge_result result = MERGE_RESULT_INIT;

	merge_compute(desired, live, NULL, CHANGE_GIT, &result);
	ck_assert_uint_eq(result.count, 1);
	ck_assert_str_eq(result.changes[0].before, "(secret)");
	ck_assert_str_eq(result.changes[0].after, "(secret)");
}
END_TEST

/* {"a":{"a":...1}}: deeper than the walk goes. */
static json_t *deep_new(size_t depth, int leaf)
{
	json_t *value = json_integer(leaf);

	for (size_t i = 0; i < depth; i++)
		value = json_pack("{s:o}", "a", value);
	return json_pack("{s:s, s:s, s:o}", "apiVersion", "v1", "kind", "Thing", "spec", value);
}

START_TEST(depth_is_bounded)
{
	cleanup(json) json_t *desired = deep_new(1000, 2), *live = deep_new(1000, 1), *applied = NULL;
	cleanup(merge_result) struct merge_result result = MERGE_RESULT_INIT;

	applied = fields_new_from_object(desired);
	merge_compute(desired, live, applied, CHANGE_GIT, &result);
	ck_assert_uint_eq(result.count, 1);
	ck_assert_uint_eq(strlen(result.changes[0].path), strlen("spec") + (FIELD_DEPTH_MAX - 1) * strlen(".a"));
	ck_assert_ptr_nonnull(result.patch);
	merge_compute(live, live, applied, CHANGE_GIT, &result);
	ck_assert_uint_eq(result.count, 0);
	ck_assert_ptr_null(result.patch);
}
END_TEST

/* The applied set is an annotation that anyone may have spoilt. */
START_TEST(spoilt_applied_set_removes_nothing)
{
	static const char *const spoilt[] = { "5",
					      "[]",
					      "{}",
					      "{'f:data': 5}",
					      "{'x': {}, 'f:': {}, 'k:{}': {}}",
					      "{'f:metadata': {'f:name': {}, 'f:uid': {}}, 'f:kind': {}}" };
	cleanup(json) json_t *desired = typed_json_new(CONFIG_MAP, "{'metadata': {'labels': {}}}");
	cleanup(json) json_t *live = typed_json_new(CONFIG_MAP, "{'metadata': {'name': 'n', 'uid': 'u'}, 'data': "
								"{'a': '1'}}");

	for (size_t i = 0; i < ARRAY_SIZE(spoilt); i++) {
		cleanup(json) json_t *applied = quoted_json_new(spoilt[i]);
		cleanup(merge_result) struct merge_result result = MERGE_RESULT_INIT;

		merge_compute(desired, live, applied, CHANGE_GIT, &result);
		ck_assert_msg(result.patch == NULL && result.count == 0, "%s", spoilt[i]);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { scalar,
				 object,
				 metadata,
				 secret,
				 type_comes_from_git_when_the_live_object_lacks_it,
				 depth_is_bounded,
				 spoilt_applied_set_removes_nothing };

	return suite_run("merge", tests, ARRAY_SIZE(tests));
}
