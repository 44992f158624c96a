#include "render/objects/patch.h"

#include "tests/unit/render/outcome.h"

START_TEST(a_patch_merges_by_names)
{
	static const struct {
		const char *name, *object, *patch, *wanted;
	} cases[] = {
		{ "keys merge", "{\"a\":{\"b\":1,\"c\":2}}", "a: {c: 3, d: x}",
		  "{\"a\":{\"b\":1,\"c\":3,\"d\":\"x\"}}" },
		{ "null removes", "{\"a\":{\"b\":1,\"c\":2}}", "a: {b: null}", "{\"a\":{\"c\":2}}" },
		{ "null of nothing", "{\"a\":1}", "b: null", "{\"a\":1}" },
		{ "an empty mapping stays", "{}", "tpm: {}", "{\"tpm\":{}}" },
		{ "lists merge by name", "{\"l\":[{\"name\":\"x\",\"v\":1},{\"name\":\"b\",\"v\":2}]}",
		  "l: [{name: b, w: 3}, {name: z}]",
		  "{\"l\":[{\"name\":\"x\",\"v\":1},{\"name\":\"b\",\"v\":2,\"w\":3},{\"name\":\"z\"}]}" },
		{ "an item is deleted", "{\"l\":[{\"name\":\"x\"},{\"name\":\"b\"}]}",
		  "l: [{name: x, $patch: delete}]", "{\"l\":[{\"name\":\"b\"}]}" },
		{ "no empty list is left", "{\"l\":[{\"name\":\"x\"}]}", "l: [{name: x, $patch: delete}]", "{}" },
		{ "an item is replaced", "{\"l\":[{\"name\":\"x\",\"v\":1}]}",
		  "l: [{name: x, $patch: replace, w: 2}]", "{\"l\":[{\"name\":\"x\",\"w\":2}]}" },
		{ "a list is replaced", "{\"l\":[{\"name\":\"x\"}]}", "l: [{name: b}, {$patch: replace}]",
		  "{\"l\":[{\"name\":\"b\"}]}" },
		{ "a mapping is replaced", "{\"a\":{\"b\":1}}", "a: {$patch: replace, c: 2}", "{\"a\":{\"c\":2}}" },
		{ "a mapping is deleted", "{\"a\":{\"b\":1},\"c\":1}", "a: {$patch: delete}", "{\"c\":1}" },
		{ "other lists are replaced", "{\"l\":[1,2]}", "l: [3]", "{\"l\":[3]}" },
		{ "half-named lists are replaced", "{\"l\":[{\"name\":\"x\"},{\"key\":1}]}", "l: [{name: x, v: 1}]",
		  "{\"l\":[{\"name\":\"x\",\"v\":1}]}" },
		{ "null inside of what is new", "{}", "a: {b: null, c: 1}", "{\"a\":{\"c\":1}}" },
		{ "a scalar becomes a mapping", "{\"a\":1}", "a: {b: 2}", "{\"a\":{\"b\":2}}" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(json) json_t *object = json_loads(cases[i].object, 0, NULL);
		cleanup(free) char *text = NULL;

		ck_assert_msg(patch_apply(object, yaml_read(&arena, cases[i].patch), "f", &err), "%s: %s",
			      cases[i].name, err.message);
		text = json_text_new(object);
		ck_assert_msg(text && strcmp(text, cases[i].wanted) == 0, "%s: %s", cases[i].name, text);
	}
}
END_TEST

START_TEST(a_wrong_patch_is_told_at_its_place)
{
	static const struct {
		const char *patch, *message;
		size_t line, column;
	} cases[] = {
		{ "- 1\n", "a patch must be a mapping", 1, 1 },
		{ "a: 1\n$patch: delete\n", "$patch is for what is inside of the object; it cannot stand at its top",
		  1, 1 },
		{ "l:\n- name: x\n  $patch: remove\n", "unknown $patch; use delete or replace", 3, 11 },
		{ "l:\n- {name: z, $patch: delete}\n", "there is no \"z\" to delete; the list has \"x\", \"b\"", 2,
		  3 },
		{ "l:\n- $patch: delete\n",
		  "$patch: delete needs the name of the item; to remove the list, set it to null", 2, 3 },
		{ "a:\n  $setElementOrder/l: []\n", "unknown directive; use $patch: delete or $patch: replace", 2,
		  3 },
		{ "n:\n- {name: z, $patch: delete}\n", "there is nothing to delete here; leave it out", 2, 3 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(json) json_t *object = json_loads("{\"l\":[{\"name\":\"x\"},{\"name\":\"b\"}]}", 0, NULL);

		ck_assert(!patch_apply(object, yaml_read(&arena, cases[i].patch), "f", &err));
		ck_assert_str_eq(err.message, cases[i].message);
		ck_assert_str_eq(err.path, "f");
		ck_assert_uint_eq(err.line, cases[i].line);
		ck_assert_uint_eq(err.column, cases[i].column);
	}
}
END_TEST

START_TEST(a_machine_stays_labsyncs)
{
	static const struct {
		const char *patch, *field;
		size_t line, column;
	} cases[] = {
		{ "apiVersion: kubevirt.io/v2\n", "apiVersion", 1, 1 },
		{ "kind: Pod\n", "kind", 1, 1 },
		{ "status: {}\n", "status", 1, 1 },
		{ "metadata:\n  name: other\n", "metadata.name", 2, 3 },
		{ "metadata:\n  namespace: other\n", "metadata.namespace", 2, 3 },
		{ "metadata:\n  finalizers: [a]\n", "metadata.finalizers", 2, 3 },
		{ "metadata:\n  labels:\n    app.kubernetes.io/part-of: x\n",
		  "metadata.labels.app.kubernetes.io/part-of", 3, 5 },
		{ "metadata:\n  labels: null\n", "metadata.labels.app.kubernetes.io/managed-by", 2, 3 },
		{ "metadata: {annotations: {labsync.dev/adopt: yes}}\n", "metadata.annotations.labsync.dev/adopt", 1,
		  26 },
		{ "spec: {template: {metadata: {$patch: replace}}}\n",
		  "spec.template.metadata.labels.app.kubernetes.io/name", 1, 19 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(arena) struct arena arena = ARENA_INIT;
		cleanup(outcome) struct outcome outcome;
		struct model model;
		cleanup(free) char *wanted = string_format(
			"the patch must not change %s, by which labsync knows the machine; leave it out",
			cases[i].field);

		model_init(&model);
		model.vm.patch = yaml_read(&arena, cases[i].patch);
		outcome_init(&outcome, &model);
		ck_assert_msg(!outcome.good, "%s", cases[i].patch);
		ck_assert_uint_eq(outcome.lab.count, 0);
		ck_assert_str_eq(outcome.diagnostics.items[0].message, wanted);
		ck_assert_str_eq(outcome.diagnostics.items[0].path, "labs/l.yaml");
		ck_assert_uint_eq(outcome.diagnostics.items[0].line, cases[i].line);
		ck_assert_uint_eq(outcome.diagnostics.items[0].column, cases[i].column);
	}
}
END_TEST

START_TEST(a_machine_is_patched)
{
	static const char patch[] = "metadata: {labels: {team: red}}\n"
				    "spec:\n"
				    "  template:\n"
				    "    metadata: {annotations: {example.org/a: b}}\n"
				    "    spec:\n"
				    "      domain:\n"
				    "        devices:\n"
				    "          tpm: {}\n"
				    "          disks: [{name: root, cache: none}]\n"
				    "          interfaces: [{name: net, model: e1000}]\n";
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *machine, *devices;

	model_init(&model);
	model.vm.patch = yaml_read(&arena, patch);
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	machine = object_find(&outcome, "VirtualMachine", "l-r1");
	devices = json_at(outcome_machine_spec(&outcome), "domain", "devices", NULL);
	ck_assert_str_eq(json_text_at(machine, "metadata", "labels", "team", NULL), "red");
	assert_json(json_object_get(devices, "tpm"), "{}");
	ck_assert_uint_eq(json_array_size(json_object_get(devices, "disks")), 2);
	assert_json(json_array_get(json_object_get(devices, "disks"), 0),
		    "{\"bootOrder\":1,\"cache\":\"none\",\"disk\":{\"bus\":\"virtio\"},\"name\":\"root\"}");
	assert_json(json_array_get(json_object_get(devices, "interfaces"), 1),
		    "{\"bridge\":{},\"macAddress\":\"12:20:22:00:00:01\",\"model\":\"e1000\",\"name\":\"net\"}");
}
END_TEST

/* The server would drop these, and they would come back as drift in every pass. */
START_TEST(what_is_empty_is_left_out)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *spec;

	model_init(&model);
	model.vm.patch = yaml_read(
		&arena, "spec: {template: {spec: {tolerations: [], nodeSelector: {}, "
			"networks: [{name: pod2, pod: {}}, {name: default, $patch: delete}], "
			"domain: {devices: {rng: {}, inputs: [], interfaces: [{name: pod2, masquerade: {}}, "
			"{name: default, $patch: delete}]}}}}}");
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	spec = outcome_machine_spec(&outcome);
	ck_assert_ptr_null(json_object_get(spec, "tolerations"));
	ck_assert_ptr_null(json_object_get(spec, "nodeSelector"));
	ck_assert_ptr_null(json_at(spec, "domain", "devices", "inputs", NULL));
	assert_json(json_at(spec, "domain", "devices", "rng", NULL), "{}");
	assert_json(json_array_get(json_object_get(spec, "networks"), 1), "{\"name\":\"pod2\",\"pod\":{}}");
}
END_TEST

START_TEST(a_long_list_is_refused_before_it_takes_long)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(outcome) struct outcome outcome;
	struct model model;

	buffer_append_text(&text, "spec: {template: {spec: {volumes: [");
	for (int i = 0; i < 1025; i++)
		buffer_format(&text, "{name: v%d},", i);
	buffer_append_text(&text, "]}}}");
	model_init(&model);
	model.vm.patch = yaml_read(&arena, buffer_text(&text));
	outcome_init(&outcome, &model);
	ck_assert(!outcome.good);
	ck_assert_str_eq(outcome.diagnostics.items[0].message, "the list has 1025 entries; at most 1024 are taken");
	ck_assert_uint_eq(outcome.diagnostics.items[0].column, 35);
}
END_TEST

START_TEST(no_patch_keeps_a_machine_on_when_its_lab_is_off)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(outcome) struct outcome outcome;
	struct model model;
	const json_t *machine;

	model_init(&model);
	model.lab.powered_off = true;
	model.vm.patch = yaml_read(&arena, "spec: {runStrategy: null, running: true}");
	outcome_init(&outcome, &model);
	assert_good(&outcome);
	machine = object_find(&outcome, "VirtualMachine", "l-r1");
	ck_assert_str_eq(json_text_at(machine, "spec", "runStrategy", NULL), "Halted");
	ck_assert_ptr_null(json_at(machine, "spec", "running", NULL));
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		a_patch_merges_by_names,
		a_wrong_patch_is_told_at_its_place,
		a_machine_stays_labsyncs,
		a_machine_is_patched,
		what_is_empty_is_left_out,
		a_long_list_is_refused_before_it_takes_long,
		no_patch_keeps_a_machine_on_when_its_lab_is_off,
	};

	return suite_run("patch", tests, ARRAY_SIZE(tests));
}
