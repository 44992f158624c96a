/* Documents of dialects in a repository: which lab they become, and when it must be left as it is. */
#include "base/error.h"
#include "render/lab/lab.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define SECRET(metadata) "---\napiVersion: v1\nkind: Secret\nmetadata: {" metadata "}\n"
#define LAB(name, spec)                                                                                              \
	"---\napiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: " name "}\nspec: " spec "\n"
#define MAPPING(spec) "---\napiVersion: labsync.dev/v1alpha1\nkind: Mapping\nmetadata: {name: m}\nspec: " spec "\n"
#define DEFAULTS(spec) "---\napiVersion: labsync.dev/v1alpha1\nkind: Defaults\nmetadata: {name: d}\nspec: " spec "\n"
#define MACHINE(spec)                                                                                                \
	"---\napiVersion: virtualization.deckhouse.io/v1alpha2\nkind: VirtualDisk\nmetadata: {name: d}\n"            \
	"spec: {persistentVolumeClaim: {size: 1Gi}}\n"                                                               \
	"---\napiVersion: virtualization.deckhouse.io/v1alpha2\nkind: VirtualMachine\nmetadata: {name: v}\n"         \
	"spec: {virtualMachineClassName: c, cpu: {cores: 1, coreFraction: 100%}, memory: {size: 1Gi}, " spec "}\n"
#define NODE "{nodes: {p: {pod: {image: x}}}}"
#define NO_VM ": error: no VM of another system's format is changed until "

/* "NAMESPACE/NAME(objects)" each, "!" before those that are not valid, and whether all was understood. */
static char *outcome_new(const struct lab_set *set)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < set->count; i++)
		buffer_format(&out, "%s%s/%s(%zu) ", set->labs[i]->valid ? "" : "!", set->labs[i]->namespace_name,
			      set->labs[i]->name, set->labs[i]->manifest_count);
	buffer_append_text(&out, set->complete ? "complete" : "partial");
	return buffer_steal(&out);
}

static const struct unit_case {
	const char *name;
	const char *texts[3]; /* of the files a.yaml, x/b.yaml, x/c.yaml */
	const char *expected; /* the outcome */
	const char *diagnostics; /* all of them */
} cases[] = {
	{ "two namespaces in one file, one after the other",
	  { SECRET("name: s, namespace: prod") SECRET("name: t") SECRET("name: u, namespace: prod") },
	  "labs/a(1) prod/a(2) complete",
	  "" },
	{ "a file in a folder", { "", SECRET("name: s") }, "labs/x-b(1) complete", "" },
	{ "the namespace of Defaults",
	  { DEFAULTS("{namespace: ours}"), SECRET("name: s") SECRET("name: t, namespace: prod") },
	  "ours/x-b(1) prod/x-b(1) complete",
	  "" },
	{ "what is of the cluster goes with what names no namespace",
	  { "---\napiVersion: instancetype.kubevirt.io/v1beta1\nkind: VirtualMachineClusterInstancetype\n"
	    "metadata: {name: c}\nspec: {cpu: {guest: 1}, memory: {guest: 1Gi}}\n" SECRET("name: s") },
	  "labs/a(2) complete",
	  "" },
	{ "a Namespace goes with what is in it",
	  { SECRET("name: s, namespace: prod") "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: prod}\n" },
	  "prod/a(2) complete",
	  "" },
	{ "labs by annotation",
	  { SECRET("name: s, annotations: {labsync.dev/lab: shop}") SECRET("name: t") },
	  "labs/a(1) labs/shop(1) complete",
	  "" },
	{ "one lab in two files",
	  { SECRET("name: s, annotations: {labsync.dev/lab: shop}"),
	    SECRET("name: t, annotations: {labsync.dev/lab: shop}") },
	  "!labs/shop(0) !labs/shop(0) complete",
	  "x/b.yaml:4:52: error: lab \"shop\" of namespace \"labs\" is also at a.yaml:4:52; put its documents into "
	  "one "
	  "file, or call one of the labs otherwise with annotation labsync.dev/lab\n" },
	{ "a name that no lab can have",
	  { SECRET("name: s, annotations: {labsync.dev/lab: Shop_1}") },
	  "partial",
	  "a.yaml:4:52: error: lab name \"Shop_1\" is not usable; use lower-case letters, digits and \"-\", with a "
	  "letter "
	  "or digit at both ends\n" },
	{ "a document that is not understood leaves the others of its file as they are",
	  { SECRET("name: s") "---\napiVersion: v1\nkind: Secrt\nmetadata: {name: t}\n", SECRET("name: u") },
	  "!labs/a(0) labs/x-b(1) partial",
	  "a.yaml:7:7: error: kind \"Secrt\" of v1 is not read by labsync; did you mean \"Secret\"?\n" },
	{ "a document without a name",
	  { SECRET("name: s") SECRET("labels: {}") },
	  "!labs/a(0) partial",
	  "a.yaml:6:1: error: Secret has no name; set metadata.name\n" },
	{ "wishes for one lab that differ",
	  { SECRET("name: s, annotations: {labsync.dev/prune: \"true\"}")
		    SECRET("name: t, annotations: {labsync.dev/prune: \"false\", labsync.dev/adopt: \"true\"}") },
	  "!labs/a(0) complete",
	  "a.yaml:8:54: error: labsync.dev/prune is \"true\" in line 4, and holds for all of this lab; say one "
	  "thing\n" },
	{ "a name that is a number",
	  { SECRET("name: 5") },
	  "partial",
	  "a.yaml:4:18: error: Secret has a name that is no string; write metadata.name in quotes\n" },
	{ "a document without a kind",
	  { "apiVersion: v1\nmetadata: {name: a}\n" },
	  "partial",
	  "a.yaml:1:1: error: document has no kind; set kind to one of KubeVirt's\n" },
	{ "a kind that is none",
	  { "apiVersion: v1\nkind: [Secret]\nmetadata: {name: a}\n" },
	  "partial",
	  "a.yaml:2:7: error: kind must be a string; write the name of one of KubeVirt's\n" },
	{ "a version that is not known",
	  { "---\napiVersion: pool.kubevirt.io/v2\nkind: VirtualMachinePool\nmetadata: {name: t}\n" },
	  "partial",
	  "a.yaml:2:13: error: apiVersion \"pool.kubevirt.io/v2\" is not known; use one of pool.kubevirt.io/v1beta1, "
	  "pool.kubevirt.io/v1alpha1\n" },
	{ "an error in one document leaves all of its lab as it is",
	  { SECRET("name: s") "---\napiVersion: v1\nkind: Secret\nmetadata: {name: t}\nstringData: 5\n" },
	  "!labs/a(0) complete",
	  "a.yaml:9:13: error: stringData must be a mapping, not an integer\n" },
	{ "a document may belong to a lab that is named nowhere",
	  { SECRET("name: s, annotations: {labsync.dev/lob: shop}") },
	  "!labs/a(0) partial",
	  "a.yaml:4:52: error: unknown annotation \"labsync.dev/lob\"; did you mean labsync.dev/lab\n" },
	{ "a List in a List",
	  { "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: List, items: []}\n"
	    "- {apiVersion: v1, kind: Secret, metadata: {name: s}}\n" },
	  "!labs/a(0) partial",
	  "a.yaml:4:26: error: \"List\" is no list of documents; write them under items, and no List in a List\n" },
	{ "labs and documents of dialects in one List",
	  { "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}}\n"
	    "- {apiVersion: labsync.dev/v1alpha1, kind: Lab, metadata: {name: l}, spec: " NODE "}\n" },
	  "labs/a(1) labs/l(0) complete",
	  "" },
	{ "a Mapping with an error",
	  { SECRET("name: s") LAB("l", NODE), MAPPING("{images: 5}") },
	  "!labs/a(0) labs/l(0) complete",
	  "x/b.yaml:2:1" NO_VM "the Mapping can be read without errors\n"
	  "x/b.yaml:5:16: error: images must be a mapping, not an integer\n" },
	{ "a Mapping that cannot be read",
	  { SECRET("name: s"), MAPPING("{images: [}") },
	  "!labs/a(0) partial",
	  "x/b.yaml" NO_VM "this can be read without errors\n"
	  "x/b.yaml:5:17: error: a value is due here; add it, or drop the character\n" },
	{ "one name in two Mappings",
	  { MAPPING("{storageClasses: {z: x, gold: x}}"), MAPPING("{storageClasses: {gold: w, a: w}}") },
	  "complete",
	  "x/b.yaml:5:25: error: storage class \"gold\" is in another Mapping already; keep one\n" },
	{ "an attachment that cannot be read would leave its VM without a disk",
	  { SECRET("name: s"),
	    "apiVersion: virtualization.deckhouse.io/v1alpha2\nkind: VirtualMachineBlockDeviceAttachment\n"
	    "metadata: {nam: a}\n" },
	  "!labs/a(0) partial",
	  "x/b.yaml" NO_VM "this can be read without errors\n"
	  "x/b.yaml:1:1: error: VirtualMachineBlockDeviceAttachment has no name; set metadata.name\n" },
	{ "a class with an error",
	  { MACHINE("blockDeviceRefs: [{kind: VirtualDisk, name: d}]"),
	    "apiVersion: virtualization.deckhouse.io/v1alpha3\nkind: VirtualMachineClass\nmetadata: {name: c}\nspec: "
	    "{cpu: 5}\n" },
	  "!labs/a(0) complete",
	  "a.yaml:10:33: error: VirtualMachineClass \"c\" has errors; see x/b.yaml:1\n"
	  "x/b.yaml:4:13: error: cpu must be a mapping, not an integer\n" },
	{ "an attachment with an error is not just left out of its VM",
	  { MACHINE("blockDeviceRefs: [{kind: VirtualDisk, name: d}]"),
	    MAPPING("{classes: {c: {cpu: 1, memory: 1Gi}}}"),
	    "apiVersion: virtualization.deckhouse.io/v1alpha2\nkind: VirtualMachineBlockDeviceAttachment\n"
	    "metadata: {name: at}\nspec: {virtualMachineName: v, blockDeviceRef: {kind: VirtualDsk, name: e}}\n" },
	  "!labs/a(0) !labs/x-c(0) complete",
	  "a.yaml:9:18: error: VirtualMachineBlockDeviceAttachment \"at\" of this VM has errors; see x/c.yaml:1\n"
	  "x/c.yaml:4:54: error: kind \"VirtualDsk\" is not known; did you mean \"VirtualDisk\"?\n" },
	{ "Defaults that cannot be read",
	  { SECRET("name: s"), DEFAULTS("{nonsense: 1}"), SECRET("name: t") },
	  "labs/a(1) !labs/x-c(0) partial",
	  "x/b.yaml:2:1: error: no lab in or below \"x\" is changed until the Defaults can be read without errors\n"
	  "x/b.yaml:5:8: error: unknown field \"nonsense\" in spec; it takes defaults, labels, namespace, "
	  "storageClass, variables\n" },
};

START_TEST(documents_become_labs)
{
	static const char *const paths[] = { "a.yaml", "x/b.yaml", "x/c.yaml" };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct unit_case *entry = &cases[i];
		struct lab_file files[ARRAY_SIZE(paths)];
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *outcome = NULL, *lines = NULL;
		size_t count = 0;

		for (; count < ARRAY_SIZE(paths) && entry->texts[count]; count++)
			files[count] = (struct lab_file){ .path = paths[count],
							  .text = entry->texts[count],
							  .length = strlen(entry->texts[count]) };
		lab_reading_read(&reading, files, count);
		outcome = outcome_new(&reading.set);
		lines = lab_reading_lines_new(&reading);
		ck_assert_msg(strcmp(lines, entry->diagnostics) == 0, "%s:\n%s", entry->name, lines);
		ck_assert_msg(strcmp(outcome, entry->expected) == 0, "%s: %s", entry->name, outcome);
	}
}
END_TEST

static const struct lab_file referred[] = {
	{ "manifest.yaml", SECRET("name: s"), sizeof(SECRET("name: s")) - 1 },
	{ "more.yaml", SECRET("name: s") "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n",
	  sizeof(SECRET("name: s") "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n") - 1 },
};

static bool referred_read(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	(void)context;
	(void)most;
	for (size_t i = 0; i < ARRAY_SIZE(referred); i++)
		if (strcmp(path, referred[i].path) == 0) {
			buffer_append_text(text, referred[i].text);
			return true;
		}
	return error_set(err, ERROR_NOT_FOUND, "it is not there");
}

/* They are for a guest, which has the same kinds; whichever file is read first. */
START_TEST(files_that_labs_refer_to_are_no_documents_of_dialects)
{
	static const char lab[] =
		LAB("l", "{nodes: {p: {pod: {image: x, files: [{path: /m.yaml, file: manifest.yaml}, "
			 "{path: /n.yaml, file: more.yaml}]}}}}");
	static const char own[] = SECRET("name: s");
	const struct lab_file files[] = {
		{ "manifest.yaml", referred[0].text, referred[0].length },
		{ "more.yaml", referred[1].text, referred[1].length },
		{ "own.yaml", own, sizeof(own) - 1 },
		{ "z.yaml", lab, sizeof(lab) - 1 },
	};
	const struct lab_lookup lookup = { .read = referred_read, .root = "" };
	const struct lab_options options = { .default_namespace = "labs", .lookup = &lookup };
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *outcome = NULL, *lines = NULL;

	lab_set_read(&reading.set, files, ARRAY_SIZE(files), &options, &reading.diagnostics);
	diagnostics_sort(&reading.diagnostics);
	lab_reading_check_visit(&reading, files, ARRAY_SIZE(files), &options);
	lines = lab_reading_lines_new(&reading);
	outcome = outcome_new(&reading.set);
	ck_assert_str_eq(lines, "");
	ck_assert_str_eq(outcome, "labs/l(0) labs/own(1) complete");
}
END_TEST

/* What is kept of files that are read twice must outlive them. */
START_TEST(many_files_know_of_each_other)
{
	enum { FILES = 300 };
	struct lab_file files[FILES];
	struct buffer texts[FILES] = { 0 };
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;

	for (size_t i = 0; i < FILES; i++) {
		/* Every second name is there twice. */
		buffer_format(
			&texts[i],
			"apiVersion: v1\nkind: %s\nmetadata: {name: a%zu, annotations: {labsync.dev/lab: l%zu}}\n",
			i % 3 ? "Service" : "Secret", i, i);
		if (i % 3)
			buffer_append_text(&texts[i], "spec: {ports: [{port: 80}]}\n");
		if (i % 30 == 29)
			buffer_append_text(&texts[i], "---\napiVersion: v1\nkind: Service\nmetadata: {name: a1}\n"
						      "spec: {ports: [{port: 80}]}\n");
		files[i] = (struct lab_file){ "f.yaml", buffer_text(&texts[i]), texts[i].length };
	}
	lab_reading_read(&reading, files, FILES);
	lines = lab_reading_lines_new(&reading);
	ck_assert_msg(strstr(lines, "Service \"a1\" is there already, in f.yaml:1; remove one") != NULL, "%s", lines);
	ck_assert_uint_ge(reading.set.count, FILES);
	for (size_t i = 0; i < FILES; i++)
		buffer_deinit(&texts[i]);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		documents_become_labs,
		files_that_labs_refer_to_are_no_documents_of_dialects,
		many_files_know_of_each_other,
	};

	return suite_run("dialects' documents as labs", tests, ARRAY_SIZE(tests));
}
