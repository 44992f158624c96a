/* What labs have beside nodes and links: whose it is, and what becomes of it. */
#include "render/lab/lab.h"

#include "base/json.h"
#include "base/text.h"
#include "render/render.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define LAB(name, spec)                                                                                              \
	"---\napiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: " name ", namespace: "                   \
	"labs}\nspec:\n" spec
#define PLAIN "  objectNames: plain\n"
#define MACHINE(volumes, disks)                                                                                      \
	"{virtualMachine: {spec: {running: true, template: {spec: {volumes: [" volumes "], domain: {memory: "        \
	"{guest: 1Gi}, devices: {autoattachPodInterface: false, disks: [" disks "]}}}}}}}"

static void render_text(struct render_result *result, const char *text)
{
	const struct lab_file file = { "a.yaml", text, strlen(text) };
	const struct lab_options options = { .default_namespace = "labs" };

	render_labs(&file, 1, &options, result);
}

/* What is told of the text, a line each. The caller frees. */
static char *told_new(const char *text)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_text(&result, text);
	return diagnostics_lines_new(&result.diagnostics);
}

static const struct {
	const char *name, *text, *expected;
} claims[] = {
	{ "a disk and one node",
	  LAB("a", PLAIN "  disks: [{name: d, size: 1Gi}]\n  nodes:\n    m: " MACHINE(
			   "{name: d, persistentVolumeClaim: {claimName: d}}", "") "\n"),
	  "" },
	{ "read by two",
	  LAB("a", "  nodes:\n    m: " MACHINE(
			   "{name: d, persistentVolumeClaim: {claimName: d, readOnly: true}}",
			   "") "\n"
			       "    o: " MACHINE("{name: d, ephemeral: {persistentVolumeClaim: {claimName: d}}}",
						 "") "\n"),
	  "" },
	{ "shared by two",
	  LAB("a", "  nodes:\n    m: " MACHINE("{name: d, dataVolume: {name: d}}",
					       "{name: d, disk: {bus: virtio}, shareable: true, cache: "
					       "none}") "\n"
							"    o: " MACHINE("{name: d, dataVolume: {name: d}}",
									  "{name: d, disk: {bus: virtio}, "
									  "shareable: true, cache: none}") "\n"),
	  "" },
	{ "a template of another machine",
	  LAB("a", PLAIN
	      "  disks: [{name: d, size: 1Gi}]\n  nodes:\n    m:\n      virtualMachine:\n        spec:\n"
	      "          running: true\n          dataVolumeTemplates:\n"
	      "          - {metadata: {name: d}, spec: {source: {blank: {}}, storage: {resources: {requests: "
	      "{storage: 1Gi}}}}}\n"
	      "          template: {spec: {volumes: [{name: d, dataVolume: {name: d}}], domain: {memory: {guest: "
	      "1Gi}, devices: {autoattachPodInterface: false, disks: [{name: d, disk: {}}]}}}}\n"),
	  "a.yaml:14:31: error: PersistentVolumeClaim \"d\" is a disk of node \"m\" of lab \"a\" and of lab \"a\" at "
	  "a.yaml:7:18; rename a node, a disk or a lab\n" },
	{ "plain names of two labs",
	  LAB("a", PLAIN "  nodes: {pod-1: {pod: {image: x}}}\n")
		  LAB("b", PLAIN "  nodes: {pod-1: {pod: {image: x}}}\n"),
	  "a.yaml:14:11: error: node \"pod-1\" of lab \"b\" and node \"pod-1\" of lab \"a\" at a.yaml:7:11 are both "
	  "called "
	  "\"pod-1\"; rename one\n" },
	{ "disks of two labs",
	  LAB("a", PLAIN "  disks: [{name: d, size: 1Gi}]\n") LAB("b", PLAIN "  disks: [{name: d, size: 1Gi}]\n"),
	  "a.yaml:14:18: error: PersistentVolumeClaim \"d\" is a disk of lab \"b\" and of lab \"a\" at a.yaml:7:18; "
	  "rename a "
	  "node, a disk or a lab\n" },
	{ "objects of two labs",
	  LAB("a", "  objects: [{apiVersion: v1, kind: Secret, metadata: {name: s}}]\n")
		  LAB("b", "  objects: [{apiVersion: v1, kind: Secret, metadata: {name: s}}]\n"),
	  "a.yaml:12:61: error: Secret \"s\" of lab \"b\" is also in lab \"a\" at a.yaml:6:61; keep one, or rename "
	  "one\n" },
	{ "objects of the cluster's, in labs of two namespaces",
	  LAB("a",
	      "  objects: [{apiVersion: v1, kind: Namespace, metadata: {name: s}}]\n") "---\napiVersion: "
										       "labsync.dev/v1alpha1\nkind: "
										       "Lab\nmetadata: {name: a, "
										       "namespace: other}\nspec:\n"
										       "  objects: [{apiVersion: v1, "
										       "kind: Namespace, metadata: "
										       "{name: s}}]\n",
	  "a.yaml:12:64: error: Namespace \"s\" of lab \"a\" is also in lab \"a\" at a.yaml:6:64; keep one, or "
	  "rename one\n" },
	{ "two labs of one name",
	  LAB("a", PLAIN
	      "  objects: [{apiVersion: v1, kind: Secret, metadata: {name: s}}]\n  disks: [{name: d, size: 1Gi}]\n")
		  LAB("a", PLAIN "  objects: [{apiVersion: v1, kind: Secret, metadata: {name: s}}]\n  disks: [{name: "
				 "d, size: 1Gi}]\n"),
	  "a.yaml:12:18: error: lab \"a\" of namespace \"labs\" is also at a.yaml:4:18; keep one, or rename one\n" },
	{ "objects of two namespaces",
	  LAB("a",
	      "  objects: [{apiVersion: v1, kind: Secret, metadata: {name: s}}]\n") "---\napiVersion: "
										    "labsync.dev/v1alpha1\nkind: "
										    "Lab\nmetadata: {name: a, "
										    "namespace: other}\nspec:\n"
										    "  objects: [{apiVersion: v1, "
										    "kind: Secret, metadata: {name: "
										    "s}}]\n",
	  "" },
};

START_TEST(what_is_there_belongs_to_one)
{
	for (size_t i = 0; i < ARRAY_SIZE(claims); i++) {
		cleanup(free) char *told = told_new(claims[i].text);

		ck_assert_msg(text_equal(told, claims[i].expected), "%s:\n  expected %s\n  got      %s",
			      claims[i].name, claims[i].expected, told);
	}
}
END_TEST

START_TEST(operations_are_handed_over)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	const struct rendered_operation *operations;

	render_text(&result, LAB("a", "  nodes: {vm-1: {vm: {image: docker://x:1, diskSize: 1Gi}}}\n"
				      "  operations:\n"
				      "  - {name: b, virtualMachine: vm-1, type: Stop, gracePeriodSeconds: 5}\n"
				      "  - {name: a, virtualMachine: vm-1, type: Snapshot}\n"
				      "  - {name: c, virtualMachine: vm-1, type: Clone, target: twin}\n"));
	ck_assert_uint_eq(result.diagnostics.count, 0);
	ck_assert_uint_eq(result.labs[0].operation_count, 3);
	operations = result.labs[0].operations;
	ck_assert_str_eq(operations[0].name, "b");
	ck_assert_str_eq(operations[0].machine, "a-vm-1");
	ck_assert_int_eq(operations[0].type, OPERATION_STOP);
	ck_assert_int_eq(operations[0].grace_period, 5);
	ck_assert_ptr_null(operations[0].snapshot);
	ck_assert_uint_eq(operations[0].line, 8);
	ck_assert_str_eq(operations[1].snapshot, "a");
	ck_assert_int_eq(operations[1].grace_period, OPERATION_GRACE_NONE);
	ck_assert_str_eq(operations[2].target, "a-twin");
	ck_assert_ptr_null(operations[2].snapshot);
}
END_TEST

/* A lab that cannot be applied, or is over, asks for nothing. */
START_TEST(operations_of_no_lab)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	const char text[] =
		LAB("a", PLAIN "  expires: 2026-01-01\n  operations: [{name: a, virtualMachine: m, type: Stop}]\n");
	const struct lab_file file = { "a.yaml", text, strlen(text) };
	const struct lab_options options = { .default_namespace = "labs", .now = 1800000000 };

	render_labs(&file, 1, &options, &result);
	ck_assert(result.labs[0].valid && result.labs[0].expired);
	ck_assert_uint_eq(result.labs[0].operation_count, 0);
}
END_TEST

START_TEST(every_operation_has_a_name)
{
	for (int type = OPERATION_START; type <= OPERATION_CLONE; type++) {
		enum operation_type parsed;

		ck_assert(operation_type_parse(operation_type_name((enum operation_type)type), &parsed));
		ck_assert_int_eq((int)parsed, type);
	}
	ck_assert(!operation_type_parse("Shutdown", &(enum operation_type){ 0 }));
}
END_TEST

/* Nothing of a lab runs then, whoever describes it. */
START_TEST(all_machines_are_off_in_between)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	const char text[] = LAB(
		"a",
		"  schedule: {\"on\": 0 8 * * *, \"off\": 0 18 * * *}\n  nodes:\n    m: " MACHINE(
			"", "") "\n"
				"  objects:\n  - apiVersion: pool.kubevirt.io/v1beta1\n    kind: VirtualMachinePool\n"
				"    metadata: {name: p}\n    spec: {selector: {matchLabels: {a: b}}, "
				"virtualMachineTemplate: "
				"{metadata: {labels: {a: b}}, spec: {running: true, template: {spec: {domain: "
				"{memory: {guest: 1Gi}, "
				"devices: {autoattachPodInterface: false}}}}}}}\n");
	const struct lab_file file = { "a.yaml", text, strlen(text) };
	const struct lab_options options = { .default_namespace = "labs", .now = 1800000000 - 1800000000 % 86400 };

	render_labs(&file, 1, &options, &result);
	ck_assert_uint_eq(result.diagnostics.count, 0);
	ck_assert(result.labs[0].powered_off);
	ck_assert_uint_eq(result.labs[0].count, 2);
	ck_assert_str_eq(json_text_at(result.labs[0].objects[0].value, "spec", "runStrategy", NULL), "Halted");
	ck_assert_ptr_null(json_at(result.labs[0].objects[0].value, "spec", "running", NULL));
	ck_assert_str_eq(json_text_at(result.labs[0].objects[1].value, "spec", "virtualMachineTemplate", "spec",
				      "runStrategy", NULL),
			 "Halted");
}
END_TEST

static const json_t *object_data(const struct render_result *result, size_t index)
{
	return json_object_get(result->labs[0].objects[index].value, "data");
}

/* The server writes base64 its own way, and plain text goes before what is encoded. */
START_TEST(data_is_as_the_server_has_it)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_text(&result,
		    LAB("a", "  variables: {port: 80}\n  objects:\n"
			     "  - {apiVersion: v1, kind: Secret, metadata: {name: s}, data: {a: \"aGVs\\nbG8=\\n\", "
			     "b: eA==, c: "
			     "null}, stringData: {b: z}}\n"
			     "  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {port: \"${port}\"}}\n"
			     "  - {apiVersion: v1, kind: Secret, metadata: {name: e}, data: {}}\n"));
	ck_assert_uint_eq(result.diagnostics.count, 0);
	ck_assert_str_eq(json_text_at(object_data(&result, 0), "a", NULL), "aGVsbG8=");
	ck_assert_str_eq(json_text_at(object_data(&result, 0), "b", NULL), "eg==");
	ck_assert_str_eq(json_text_at(object_data(&result, 0), "c", NULL), "");
	ck_assert_str_eq(json_text_at(object_data(&result, 1), "port", NULL), "80");
	ck_assert_ptr_null(object_data(&result, 2));
}
END_TEST

static char *long_text_new(size_t length)
{
	char *text = memory_new_array(length + 1, 1);

	memset(text, 'x', length);
	return text;
}

START_TEST(what_is_too_much_is_refused)
{
	cleanup(free) char *filling = long_text_new(1024 * 1024);
	cleanup(free) char *text = string_format(
		LAB("a", "  objects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: %s}}]\n"),
		filling);
	cleanup(free) char *told = told_new(text);
	cleanup(buffer) struct buffer many = BUFFER_INIT, disks = BUFFER_INIT;
	cleanup(free) char *told_of_many = NULL, *told_of_disks = NULL;

	ck_assert_str_eq(
		told, "a.yaml:6:13: error: this ConfigMap has more than 1048576 bytes, which no cluster takes; split "
		      "it\n");
	buffer_append_text(&many, LAB("a", "  objects:\n"));
	for (size_t i = 0; i < 1001; i++)
		buffer_format(&many, "  - {apiVersion: v1, kind: ConfigMap, metadata: {name: c%zu}}\n", i);
	told_of_many = told_new(buffer_text(&many));
	ck_assert_str_eq(told_of_many, "a.yaml:7:3: error: lab \"a\" has 1001 objects; at most 1000 are taken\n");
	buffer_append_text(&disks, LAB("a", "  disks:\n"));
	for (size_t i = 0; i < 1001; i++)
		buffer_format(&disks, "  - {name: d%zu, size: 1Gi}\n", i);
	told_of_disks = told_new(buffer_text(&disks));
	ck_assert_str_eq(told_of_disks, "a.yaml:7:3: error: disks has 1001 entries; at most 1000 are taken\n");
}
END_TEST

START_TEST(lists_of_a_machine_are_bounded)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(free) char *told = NULL;

	buffer_append_text(
		&text, LAB("a", "  nodes:\n    m:\n      virtualMachine:\n        spec:\n          running: true\n"
				"          template:\n            spec:\n              domain: {memory: {guest: "
				"1Gi}}\n              volumes:\n"));
	for (size_t i = 0; i < 257; i++)
		buffer_format(&text, "              - {name: v%zu, emptyDisk: {capacity: 1Gi}}\n", i);
	told = told_new(buffer_text(&text));
	ck_assert_str_eq(told,
			 "a.yaml:15:15: error: virtualMachine \"m\" has 257 volumes; KubeVirt takes at most 256\n");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { what_is_there_belongs_to_one, operations_are_handed_over,
				       operations_of_no_lab,         all_machines_are_off_in_between,
				       every_operation_has_a_name,   data_is_as_the_server_has_it,
				       what_is_too_much_is_refused,  lists_of_a_machine_are_bounded };

	return suite_run("lab parts", tests, ARRAY_SIZE(tests));
}
