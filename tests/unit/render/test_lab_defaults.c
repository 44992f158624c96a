/* What holds for the labs of a folder, and labs that wait for each other or share what they must not. */
#include "base/text.h"

#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define OWN "apiVersion: labsync.dev/v1alpha1\n"
#define DEFAULTS(spec) OWN "kind: Defaults\nmetadata: {name: d}\nspec: {" spec "}\n"
#define LAB(name, spec) OWN "kind: Lab\nmetadata: {name: " name "}\nspec: {" spec "nodes: {p: {pod: {image: a}}}}\n"
#define BARE(name, spec) OWN "kind: Lab\nmetadata: {name: " name "}\nspec: {" spec "nodes: {pod-1: {}}}\n"
#define VM(name, disk)                                                                                               \
	OWN "kind: Lab\nmetadata: {name: " name                                                                      \
	    "}\nspec: {nodes: {v: {vm: {image: 'docker://x', diskSize: 1Gi, disks: [" disk "]}}}}\n"

enum { FILES_MAX = 5 };

struct text_file {
	const char *path, *text;
};

static void read_files(struct lab_reading *reading, const struct text_file *texts)
{
	struct lab_file files[FILES_MAX];
	size_t count = 0;

	for (; count < FILES_MAX && texts[count].path; count++)
		files[count] = (struct lab_file){ texts[count].path, texts[count].text, strlen(texts[count].text) };
	lab_reading_read(reading, files, count);
}

/* "namespace/name" with the image of its pod, its StorageClass and its labels; "!" when it is not valid. */
static char *labs_new(const struct lab_set *set)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < set->count; i++) {
		const struct lab *lab = set->labs[i];

		buffer_format(&out, "%s%s/%s", lab->valid ? "" : "!", lab->namespace_name, lab->name);
		if (lab->valid && lab->nodes[0].pod)
			buffer_format(&out, " %s", lab->nodes[0].pod->image);
		if (lab->storage_class)
			buffer_format(&out, " %s", lab->storage_class);
		for (size_t j = 0; lab->labels && j < lab->labels->count; j++)
			buffer_format(&out, " %s=%s", lab->labels->keys[j], (const char *)lab->labels->values[j]);
		for (size_t j = 0; j < lab->dependency_count; j++)
			buffer_format(&out, " >%s/%s", lab->dependencies[j].namespace_name,
				      lab->dependencies[j].name);
		buffer_append_text(&out, "; ");
	}
	buffer_append_text(&out, set->complete ? "complete" : "partial");
	return buffer_steal(&out);
}

static const struct set_case {
	const char *name;
	struct text_file files[FILES_MAX];
	const char *labs, *told;
} cases[] = {
	{ "a KNLConfig is below the root's Defaults",
	  { { "k.yaml", CONFIG_HEAD "spec: {storageClass: slow, defaultNode: {pod: {image: knl}}}\n" },
	    { "d.yaml", DEFAULTS("storageClass: fast") },
	    { "x/l.yaml", BARE("l", "") } },
	  "labs/l knl fast; complete",
	  "" },
	{ "deeper folders go before",
	  { { "d.yaml", DEFAULTS("defaults: {pod: {image: root}}") },
	    { "x/y/d.yaml", DEFAULTS("defaults: {pod: {image: deep}}") },
	    { "x/d.yaml", DEFAULTS("defaults: {pod: {image: x}}, namespace: of-x") },
	    { "x/y/l.yaml", BARE("l", "") },
	    { "l.yaml", BARE("l", "") } },
	  "labs/l root; of-x/l deep; complete",
	  "" },
	{ "a folder that only begins with the same letters",
	  { { "x/d.yaml", DEFAULTS("namespace: of-x") }, { "xy/l.yaml", LAB("l", "") }, { "l.yaml", LAB("m", "") } },
	  "labs/l a; labs/m a; complete",
	  "" },
	{ "one place, written differently",
	  { { "./x//d.yaml", DEFAULTS("namespace: of-x") }, { "x/./y/l.yaml", LAB("l", "") } },
	  "of-x/l a; complete",
	  "" },
	{ "absolute paths",
	  { { "/x/d.yaml", DEFAULTS("namespace: of-x") },
	    { "/x/y/l.yaml", LAB("l", "") },
	    { "/l.yaml", LAB("l", "") },
	    { "d.yaml", DEFAULTS("namespace: elsewhere") } },
	  "labs/l a; of-x/l a; complete",
	  "" },
	{ "the lab goes before all",
	  { { "x/d.yaml", DEFAULTS("storageClass: x, defaults: {pod: {image: x}}, namespace: of-x") },
	    { "x/l.yaml", OWN "kind: Lab\nmetadata: {name: l, namespace: own}\nspec: {storageClass: l, "
			      "defaults: {pod: {image: l}}, nodes: {pod-1: {}}}\n" } },
	  "own/l l l; complete",
	  "" },
	{ "labels are laid over each other",
	  { { "d.yaml", DEFAULTS("labels: {a: root, b: root, c: root, d: root}") },
	    { "x/d.yaml", DEFAULTS("labels: {b: x, c: x, d: x}") },
	    { "x/l.yaml", OWN "kind: Lab\nmetadata: {name: l, labels: {c: meta, d: meta}}\n"
			      "spec: {labels: {d: spec}, nodes: {p: {pod: {image: a}}}}\n" } },
	  "labs/l a a=root b=x c=meta d=spec; complete",
	  "" },
	{ "labels of a Lab of KNL",
	  { { "l.yaml", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: l, labels: {a: b}}\n"
			"spec: {labels: {c: d}, nodes: {p: {pod: {image: a}}}}\n" } },
	  "labs/l a a=b c=d; complete",
	  "" },
	{ "variables of folders",
	  { { "d.yaml",
	      DEFAULTS("variables: {REGISTRY: root, TAG: '1'}, defaults: {pod: {image: '${REGISTRY}/a'}}") },
	    { "x/d.yaml", DEFAULTS("variables: {REGISTRY: 'x.${REGISTRY}', IMAGE: '${REGISTRY}/${lab}'}") },
	    { "x/l.yaml", BARE("l", "defaults: {pod: {image: '${IMAGE}/${REGISTRY}:${TAG}'}}, ") },
	    { "x/m.yaml", BARE("m", "") } },
	  "labs/l root/l/x.root:1; labs/m root/a; complete",
	  "" },
	{ "a variable of Defaults that this lab cannot use",
	  { { "d.yaml", DEFAULTS("variables: {A: '10.0.${number}.1'}") },
	    { "l.yaml", BARE("l", "defaults: {pod: {image: 'x${A}'}}, ") } },
	  "!labs/l; complete",
	  "l.yaml:4:34: error: variable \"A\" refers to \"number\", which is known only in a Lab with "
	  "spec.instances\n" },
	{ "Defaults that are wrong hold what is below",
	  { { "x/d.yaml", DEFAULTS("storageclass: fast, defaults: {pod: {image: x}}") },
	    { "x/y/l.yaml", BARE("l", "") },
	    { "m.yaml", LAB("m", "") } },
	  "!labs/l; labs/m a; partial",
	  "x/d.yaml:1:1: error: no lab in or below \"x\" is changed until the Defaults can be read without errors\n"
	  "x/d.yaml:4:8: error: unknown field \"storageclass\" in spec; did you mean \"storageClass\"?\n" },
	{ "as do those that cannot be read at all",
	  { { "x/d.yaml", "kind: Defaults\nspec: {namespace: [\n" },
	    { "x/y/l.yaml", BARE("l", "defaults: {pod: {image: 'a/${B}'}}, ") },
	    { "m.yaml", LAB("m", "") } },
	  "!labs/l; labs/m a; partial",
	  "x/d.yaml: error: no lab in or below \"x\" is changed until the Defaults can be read without errors\n"
	  "x/d.yaml:3:1: error: a value is due here; add it, or drop the character\n" },
	{ "and those of an unknown version",
	  { { "d.yaml", "apiVersion: labsync.dev/v2\nkind: Default\nmetadata: {name: d}\n" },
	    { "l.yaml", LAB("l", "") } },
	  "!labs/l; partial",
	  "d.yaml: error: no lab is changed until the Defaults can be read without errors\n"
	  "d.yaml:1:13: error: apiVersion \"labsync.dev/v2\" is not known; use labsync.dev/v1alpha1 or "
	  "knl.kubenetlab.net/v1beta1\n" },
	{ "two in a folder hold its labs",
	  { { "x/a.yaml", DEFAULTS("") }, { "x/b.yaml", DEFAULTS("") }, { "x/l.yaml", LAB("l", "") } },
	  "!labs/l; partial",
	  "x/b.yaml:1:1: error: a second Defaults in one folder; the first is at x/a.yaml:1:1; keep one\n"
	  "x/b.yaml:1:1: error: no lab in or below \"x\" is changed until the Defaults can be read without "
	  "errors\n" },
	{ "cloud-init files are none of ours",
	  { { "c.yaml", "#cloud-config\nusers: [a]\n" }, { "l.yaml", LAB("l", "") } },
	  "labs/l a; complete",
	  "" },
	{ "other files are",
	  { { "c.yaml", "#cloud-configuration\nusers: [a]\n" }, { "l.yaml", LAB("l", "") } },
	  "labs/l a; partial",
	  "c.yaml:2:1: error: document has no apiVersion; use labsync.dev/v1alpha1 or knl.kubenetlab.net/v1beta1\n" },
	{ "a lab depends on others",
	  { { "a.yaml", LAB("a", "dependsOn: [b, {name: c, namespace: other}], ") },
	    { "b.yaml", LAB("b", "dependsOn: [], ") },
	    { "c.yaml",
	      OWN "kind: Lab\nmetadata: {name: c, namespace: other}\nspec: {nodes: {p: {pod: {image: a}}}}\n" } },
	  "labs/a a >labs/b >other/c; labs/b a; other/c a; complete",
	  "" },
	{ "a lab depends on instances",
	  { { "a.yaml", LAB("a", "dependsOn: [s], ") },
	    { "b.yaml", LAB("b", "dependsOn: [s-02], ") },
	    { "s.yaml", LAB("s", "instances: 2, ") } },
	  "labs/a a >labs/s-01 >labs/s-02; labs/b a >labs/s-02; labs/s-01 a; labs/s-02 a; complete",
	  "" },
	{ "instances that depend on themselves",
	  { { "s.yaml", LAB("s", "instances: 2, dependsOn: [s], ") } },
	  "!labs/s-01; !labs/s-02; complete",
	  "s.yaml:4:34: error: lab \"s-01\" depends on itself; remove this\n"
	  "s.yaml:4:34: error: lab \"s-02\" depends on itself; remove this\n" },
	{ "a lab that is not there",
	  { { "a.yaml", LAB("a", "dependsOn: [corr], ") }, { "b.yaml", LAB("core", "") } },
	  "!labs/a; labs/core a; complete",
	  "a.yaml:4:20: error: lab \"a\" depends on \"corr\", but there is no such lab in namespace \"labs\"; did "
	  "you "
	  "mean \"core\"?\n" },
	{ "a lab that is elsewhere",
	  { { "a.yaml", LAB("a", "dependsOn: [c], ") },
	    { "c.yaml",
	      OWN "kind: Lab\nmetadata: {name: c, namespace: other}\nspec: {nodes: {p: {pod: {image: a}}}}\n" } },
	  "!labs/a; other/c a; complete",
	  "a.yaml:4:20: error: lab \"a\" depends on \"c\", but there is no such lab in namespace \"labs\"; there is "
	  "one "
	  "in namespace \"other\": write {name: c, namespace: other}\n" },
	{ "a lab that may be in a file that was not read",
	  { { "a.yaml", LAB("a", "dependsOn: [b], ") }, { "b.yaml", "kind: Lab\n" } },
	  "labs/a a >labs/b; partial",
	  "a.yaml:4:20: warning: lab \"a\" waits for \"b\" of namespace \"labs\", which is not in the files that "
	  "could "
	  "be read\n"
	  "b.yaml:1:1: error: document has no apiVersion; use labsync.dev/v1alpha1 or knl.kubenetlab.net/v1beta1\n" },
	{ "two wait for each other",
	  { { "a.yaml", LAB("a", "dependsOn: [b], ") },
	    { "b.yaml", LAB("b", "dependsOn: [a], ") },
	    { "c.yaml", LAB("c", "dependsOn: [a], ") } },
	  "!labs/a; !labs/b; labs/c a >labs/a; complete",
	  "a.yaml:4:20: error: lab \"a\" depends on itself, over \"b\" (b.yaml:4:20); remove one of these "
	  "dependencies\n"
	  "b.yaml:4:20: error: lab \"b\" depends on itself, over \"a\" (a.yaml:4:20); remove one of these "
	  "dependencies\n" },
	{ "three wait in a circle",
	  { { "a.yaml", LAB("a", "dependsOn: [d, b], ") },
	    { "b.yaml", LAB("b", "dependsOn: [c], ") },
	    { "c.yaml", LAB("c", "dependsOn: [a], ") },
	    { "d.yaml", LAB("d", "") } },
	  "!labs/a; !labs/b; !labs/c; labs/d a; complete",
	  "a.yaml:4:23: error: lab \"a\" depends on itself, over \"b\" (b.yaml:4:20), \"c\" (c.yaml:4:20); remove "
	  "one "
	  "of these dependencies\n"
	  "b.yaml:4:20: error: lab \"b\" depends on itself, over \"c\" (c.yaml:4:20), \"a\" (a.yaml:4:23); remove "
	  "one "
	  "of these dependencies\n"
	  "c.yaml:4:20: error: lab \"c\" depends on itself, over \"a\" (a.yaml:4:23), \"b\" (b.yaml:4:20); remove "
	  "one "
	  "of these dependencies\n" },
	{ "one claim in two labs",
	  { { "a.yaml", VM("a", "{name: d, pvc: data}") }, { "b.yaml", VM("b", "{name: d, pvc: data}") } },
	  "!labs/a; !labs/b; complete",
	  "b.yaml:4:84: error: PersistentVolumeClaim \"data\" is a disk of node \"v\" of lab \"b\" and of node \"v\" "
	  "of "
	  "lab \"a\" at a.yaml:4:84; use one claim for each, or set shareable or readOnly on both disks\n" },
	{ "one claim that is only read",
	  { { "a.yaml", VM("a", "{name: d, pvc: data, readOnly: true}") },
	    { "b.yaml", VM("b", "{name: d, pvc: data, readOnly: true}") } },
	  "labs/a; labs/b; complete",
	  "" },
};

START_TEST(sets)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *lines = NULL;
		cleanup(free) char *labs = NULL;

		read_files(&reading, cases[i].files);
		lines = lab_reading_lines_new(&reading);
		ck_assert_msg(strcmp(lines, cases[i].told) == 0, "%s: expected\n%sgot\n%s", cases[i].name,
			      cases[i].told, lines);
		labs = labs_new(&reading.set);
		ck_assert_msg(strcmp(labs, cases[i].labs) == 0, "%s: expected\n%s, got\n%s", cases[i].name,
			      cases[i].labs, labs);
	}
}
END_TEST

/* A folder of the repository's, of which one file is no document. */
static bool lookup_read(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	(void)context;
	(void)most;
	if (!text_equal(path, "repo/x/user-data.yaml"))
		return error_set(err, ERROR_NOT_FOUND, "it is not there");
	buffer_append_text(text, "packages: [tcpdump]\n");
	return true;
}

START_TEST(files_that_labs_refer_to_are_no_documents)
{
	const struct lab_lookup lookup = { .read = lookup_read, .root = "repo" };
	const struct lab_options options = { .default_namespace = "labs", .lookup = &lookup };
	const char *lab = OWN "kind: Lab\nmetadata: {name: l}\nspec: {nodes: {p: {pod: {image: a, "
			      "files: [{path: /etc/data, file: user-data.yaml}]}}}}\n";
	const char *data = "packages: [tcpdump]\n";
	const struct lab_file files[] = { { "repo/x/l.yaml", lab, strlen(lab) },
					  { "repo/x/user-data.yaml", data, strlen(data) },
					  { "repo/x/other.yaml", data, strlen(data) } };

	for (size_t count = 2; count <= 3; count++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *lines = NULL;

		lab_set_read(&reading.set, files, count, &options, &reading.diagnostics);
		lines = lab_reading_lines_new(&reading);
		ck_assert_msg(count == 2 ? lines[0] == '\0'
					 : text_starts_with(lines, "repo/x/other.yaml:1:1: error: "),
			      "%s", lines);
		ck_assert_uint_eq(reading.diagnostics.errors, count - 2);
		ck_assert(reading.set.complete == (count == 2));
		ck_assert(reading.set.labs[0]->valid);
	}
}
END_TEST

static const struct origin *image_origin(const struct lab *lab)
{
	const struct lab_pod *pod = lab->nodes[0].pod;

	for (size_t i = 0; pod->settings.origins; i++)
		if (pod->settings.origins[i] && pod->settings.origins[i]->place.path)
			return pod->settings.origins[i];
	ck_abort_msg("no origin");
	return NULL;
}

START_TEST(layers_are_told_apart)
{
	static const struct {
		const char *path, *layer;
	} places[] = { { "repo/d.yaml", "repository" }, { "repo/x/d.yaml", "folder" } };
	const struct lab_lookup lookup = { .read = lookup_read, .root = "repo" };
	const struct lab_options options = { .default_namespace = "labs", .lookup = &lookup };
	const char *lab = BARE("l", ""), *defaults = DEFAULTS("defaults: {pod: {image: x}}");

	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		const struct lab_file files[] = { { "repo/x/l.yaml", lab, strlen(lab) },
						  { places[i].path, defaults, strlen(defaults) } };
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		const struct origin *origin;

		lab_set_read(&reading.set, files, 2, &options, &reading.diagnostics);
		origin = image_origin(lab_reading_only(&reading));
		ck_assert_str_eq(layer_name(origin->layer), places[i].layer);
		ck_assert_str_eq(origin->place.path, places[i].path);
	}
}
END_TEST

START_TEST(a_long_circle)
{
	enum { LABS = 5000 };
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	for (size_t i = 0; i < LABS; i++)
		buffer_format(&text,
			      "---\n" OWN "kind: Lab\nmetadata: {name: l%zu}\n"
			      "spec: {dependsOn: [l%zu], nodes: {p: {pod: {image: a}}}}\n",
			      i, (i + 1) % LABS);
	{
		struct lab_file files[FILES_MAX];
		size_t length = 0, count = 0;

		/* At most 1000 documents are in one file. */
		for (const char *at = buffer_text(&text); *at; at += length, count++) {
			const char *end = at;

			for (size_t i = 0; i < LABS / FILES_MAX; i++)
				end = strstr(end + 4, "---\n") ? strstr(end + 4, "---\n") : end + strlen(end);
			length = (size_t)(end - at);
			files[count] = (struct lab_file){ "l.yaml", at, length };
		}
		lab_reading_read(&reading, files, count);
	}
	ck_assert_uint_eq(reading.set.count, LABS);
	ck_assert_uint_eq(reading.diagnostics.errors, LABS);
	ck_assert_ptr_nonnull(strstr(reading.diagnostics.items[0].message, " and 4987 more; remove"));
	for (size_t i = 0; i < LABS; i++)
		ck_assert(!reading.set.labs[i]->valid);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { sets, files_that_labs_refer_to_are_no_documents, layers_are_told_apart,
				 a_long_circle };

	return suite_run("lab_defaults", tests, ARRAY_SIZE(tests));
}
