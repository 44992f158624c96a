/* Labs one after the other: what cannot be seen from the files alone. That the same comes out as for a set is checked by
 * every test that reads labs with lab_check.h. */
#include "base/memory.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define OWN_HEAD(name) "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: " name "}\n"
#define NODES "spec: {nodes: {v: {vm: {image: \"docker://a/b:1\", memory: 1Gi, diskSize: 1Gi}}}}\n"

static struct lab_file file_of(const char *path, const char *text)
{
	return (struct lab_file){ .path = path, .text = text, .length = strlen(text) };
}

/* A Defaults that holds labs up must be seen before them, in whatever way it is written. */
static const struct {
	const char *name, *text;
} ways[] = {
	{ "plain", "apiVersion: labsync.dev/v1alpha1\nkind: Defaults\nspec: {nonsense: 1}\n" },
	{ "quoted", "apiVersion: labsync.dev/v1alpha1\n\"kind\": 'Defaults'\nspec: {nonsense: 1}\n" },
	{ "in one line", "{apiVersion: labsync.dev/v1alpha1, kind: Defaults, spec: {nonsense: 1}}\n" },
	{ "as JSON", "{\"apiVersion\": \"labsync.dev/v1alpha1\", \"kind\": \"Defaults\", \"spec\": 1}\n" },
	{ "escaped key", "apiVersion: labsync.dev/v1alpha1\n\"k\\x69nd\": Defaults\nspec: {nonsense: 1}\n" },
	{ "escaped", "apiVersion: labsync.dev/v1alpha1\nkind: \"D\\x65faults\"\nspec: {nonsense: 1}\n" },
	{ "an anchor", "x: &x Defaults\napiVersion: labsync.dev/v1alpha1\nkind: *x\nspec: {nonsense: 1}\n" },
	{ "merged", "apiVersion: labsync.dev/v1alpha1\nx: &x {kind: Defaults}\n<<: *x\nspec: {nonsense: 1}\n" },
	{ "misspelt", "apiVersion: labsync.dev/v1alpha1\nkind: Defautls\n" },
	{ "after a lab",
	  OWN_HEAD("two") NODES "---\napiVersion: labsync.dev/v1alpha1\nkind: Defaults\nspec: {nonsense: 1}\n" },
	{ "broken", "apiVersion: labsync.dev/v1alpha1\nkind: Defaults\nspec: {\n" },
	{ "KNLConfig",
	  "apiVersion: knl.kubenetlab.net/v1beta1\nkind: KNLConfig\nmetadata: {name: knlcfg}\nspec: 1\n" },
	{ "KNLConfig without a kind", "apiVersion: knl.kubenetlab.net/v1beta1\nmetadata: {name: knlcfg}\n" },
};

START_TEST(what_holds_for_labs_is_seen_before_them)
{
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
		const struct lab_file files[] = { file_of("a.yaml", OWN_HEAD("one") NODES),
						  file_of("z.yaml", ways[i].text) };
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

		lab_reading_read(&reading, files, ARRAY_SIZE(files));
		for (size_t j = 0; j < reading.set.count; j++)
			ck_assert_msg(!reading.set.labs[j]->valid, "%s: a lab is read without it", ways[i].name);
		ck_assert_uint_ge(reading.set.count, 1);
	}
}
END_TEST

/* Each reading finds the file larger than the one before. */
static bool growing_read(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	size_t *readings = context;

	(void)path;
	(void)most;
	if ((*readings)++ > 0)
		return error_set(err, ERROR_NOT_FOUND, "it is gone");
	buffer_append_text(text, "#cloud-config\nruncmd: [ls]\n");
	return true;
}

static void valid_count(void *context, const struct lab *lab)
{
	*(size_t *)context += lab->valid;
}

START_TEST(a_file_that_changes_between_the_readings_makes_its_lab_invalid)
{
	static const char text[] =
		OWN_HEAD("one") "spec: {nodes: {v: {vm: {image: \"docker://a/b:1\", memory: 1Gi, diskSize: 1Gi, "
				"cloudInit: {file: init.yaml}}}}}\n";
	const struct lab_file files[] = { file_of("a.yaml", text), file_of("b.yaml", OWN_HEAD("two") NODES) };
	size_t readings = 0, valid = 0;
	const struct lab_lookup lookup = { .read = growing_read, .context = &readings, .root = "" };
	const struct lab_options options = { .default_namespace = "labs", .lookup = &lookup };
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(free) char *lines = NULL;

	ck_assert(labs_visit(files, 2, &options, valid_count, &valid, &diagnostics));
	lines = diagnostics_lines_new(&diagnostics);
	ck_assert_str_eq(lines,
			 "a.yaml:1:1: error: lab \"one\" refers to a file that has changed while it was read; try "
			 "again\n");
	ck_assert_uint_eq(valid, 1);
}
END_TEST

START_TEST(a_disk_that_is_made_is_no_other_nodes)
{
	static const char text[] =
		OWN_HEAD("l") "spec: {nodes: {v: {vm: {image: \"docker://a/b:1\", memory: 1Gi, "
			      "diskSize: 1Gi, disks: [{name: data, size: 1Gi}]}},\n"
			      " v-data: {vm: {image: \"docker://a/b:1\", memory: 1Gi, diskSize: 1Gi}},\n"
			      " w: {vm: {image: \"docker://a/b:1\", memory: 1Gi, diskSize: 1Gi, "
			      "disks: [{name: other, pvc: l-v}]}}}}\n";
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(&reading, text);
	lines = lab_reading_lines_new(&reading);
	ck_assert_str_eq(
		lines,
		"labs/a.yaml:5:2: error: PersistentVolumeClaim \"l-v-data\" is a disk of node \"v-data\" of "
		"lab \"l\" and of node \"v\" of lab \"l\" at labs/a.yaml:4:93; rename a node, a disk or a lab\n"
		"labs/a.yaml:6:91: error: PersistentVolumeClaim \"l-v\" is a disk of node \"w\" of lab \"l\" "
		"and of node \"v\" of lab \"l\" at labs/a.yaml:4:16; name another claim, or set shareable or "
		"readOnly on the disk\n");
}
END_TEST

START_TEST(instances_with_one_disk_are_told_of_once)
{
	static const char text[] = OWN_HEAD("x") "spec: {instances: 3, nodes: {v: {vm: {replicas: 3, image: "
						 "\"docker://a/b:1\", memory: 1Gi, diskSize: 1Gi,\n"
						 " disks: [{name: d, pvc: data}]}}}}\n";
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	lab_reading_read_text(&reading, text);
	lines = lab_reading_lines_new(&reading);
	ck_assert_str_eq(lines,
			 "labs/a.yaml:5:25: error: PersistentVolumeClaim \"data\" is a disk of node \"v-2\" of "
			 "lab \"x-01\" and of node \"v-1\" of lab \"x-01\" at labs/a.yaml:5:25; use one claim for "
			 "each, or set shareable or readOnly on both disks\n");
	ck_assert_uint_eq(reading.set.count, 3);
	for (size_t i = 0; i < reading.set.count; i++)
		ck_assert(!reading.set.labs[i]->valid);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		what_holds_for_labs_is_seen_before_them,
		a_file_that_changes_between_the_readings_makes_its_lab_invalid,
		a_disk_that_is_made_is_no_other_nodes,
		instances_with_one_disk_are_told_of_once,
	};

	return suite_run("lab visit", tests, ARRAY_SIZE(tests));
}
