/* Several documents and files together: what one does to the others. */
#include "render/lab/lab.h"

#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define LAB(name) "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: " name "}\n"
#define GOOD(name) LAB(name) "spec: {nodes: {p: {pod: {image: a}}}}\n"
#define BAD(name) LAB(name) "spec: {nodes: {p: {pod: {imgae: a}}}}\n"
#define CONFIG CONFIG_HEAD "spec: {defaultNode: {vm: {cpu: 8}}}\n"

/* What is left of the labs: "name" when valid, "!name" when not; then "complete" or "partial". */
static char *outcome_new(const struct lab_set *set)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < set->count; i++)
		buffer_format(&out, "%s%s ", set->labs[i]->valid ? "" : "!", set->labs[i]->name);
	buffer_append_text(&out, set->complete ? "complete" : "partial");
	return buffer_steal(&out);
}

static const struct set_case {
	const char *name;
	const char *texts[3]; /* of the files a.yaml, b.yaml, c.yaml */
	const char *expected; /* the outcome */
	const char *diagnostics; /* all of them */
} cases[] = {
	{ "no file", { NULL }, "complete", "" },
	{ "empty file", { "# nothing\n" }, "complete", "" },
	{ "two labs in one file", { GOOD("b") "---\n" GOOD("a") }, "a b complete", "" },
	{ "a lab with an error holds back no other",
	  { GOOD("a"), BAD("b") },
	  "a !b complete",
	  "b.yaml:4:26: error: unknown field \"imgae\" in pod; did you mean \"image\"?\n" },
	{ "a document that is skipped",
	  { GOOD("a") "---\nkind: Lab\n" },
	  "a partial",
	  "a.yaml:6:1: error: document has no apiVersion; use labsync.dev/v1alpha1 or "
	  "knl.kubenetlab.net/v1beta1\n" },
	{ "a lab without a usable name",
	  { GOOD("a"), GOOD("B_2") },
	  "a partial",
	  "b.yaml:3:18: error: lab name \"B_2\" is not usable; use lower-case letters, digits and \"-\", with a "
	  "letter "
	  "or digit at both ends\n" },
	{ "one name twice",
	  { GOOD("a"), GOOD("b") "---\n" GOOD("a") },
	  "!a !a b complete",
	  "b.yaml:8:18: error: lab \"a\" of namespace \"labs\" is also at a.yaml:3:18; keep one, or rename one\n" },
	{ "one name in two namespaces",
	  { GOOD("a"), "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: a, namespace: other}\n"
		       "spec: {nodes: {p: {pod: {image: a}}}}\n" },
	  "a a complete",
	  "" },
	{ "nodes that join to one name",
	  { LAB("a") "spec: {nodes: {b-c: {pod: {image: a}}}}\n", GOOD("x"),
	    LAB("a-b") "spec: {nodes: {c: {pod: {image: a}}}}\n" },
	  "!a !a-b x complete",
	  "c.yaml:4:16: error: node \"c\" of lab \"a-b\" and node \"b-c\" of lab \"a\" at a.yaml:4:16 are both "
	  "called "
	  "\"a-b-c\"; rename one\n" },
	{ "links that join to one name",
	  { LAB("a") "spec: {nodes: {p: {pod: {image: a}}}, links: {b-c: {nodes: [{node: p}, {node: p}]}}}\n",
	    LAB("a-b") "spec: {nodes: {p: {pod: {image: a}}}, links: {c: {nodes: [{node: p}, {node: p}]}}}\n" },
	  "!a !a-b complete",
	  "b.yaml:4:47: error: link \"c\" of lab \"a-b\" and link \"b-c\" of lab \"a\" at a.yaml:4:47 are both "
	  "called "
	  "\"a-b-c\"; rename one\n" },
	{ "a node and a link may share a name",
	  { LAB("a") "spec: {nodes: {p: {pod: {image: a}}}, links: {p: {nodes: [{node: p}, {node: p}]}}}\n" },
	  "a complete",
	  "" },
	{ "a KNLConfig with an error",
	  { GOOD("a"), CONFIG_HEAD "spec: {storageclass: x}\n" },
	  "!a complete",
	  "b.yaml:1:1: error: no lab is changed until the KNLConfig can be read without errors\n"
	  "b.yaml:5:8: error: unknown field \"storageclass\" in spec; did you mean \"storageClass\"?\n" },
	{ "a KNLConfig of another name",
	  { GOOD("a"), "apiVersion: knl.kubenetlab.net/v1beta1\nkind: KNLConfig\nmetadata: {name: cfg}\n" },
	  "!a complete",
	  "b.yaml:1:1: error: no lab is changed until the KNLConfig can be read without errors\n"
	  "b.yaml:3:18: error: KNLConfig must be named knlcfg, not \"cfg\"\n" },
	{ "two KNLConfigs",
	  { CONFIG, CONFIG },
	  "complete",
	  "b.yaml:1:1: error: a second KNLConfig; the first is at a.yaml:1:1; keep one\n" },
	{ "KNL's own settings",
	  { CONFIG_HEAD "spec: {storageClass: x, fileSvr: y, vxlanGrp: ff18::100}\n" },
	  "complete",
	  "a.yaml:5:25: warning: fileSvr has no effect here\n" },
	{ "a KNLConfig of an unknown version",
	  { GOOD("a"), "apiVersion: knl.kubenetlab.net/v2\nkind: KNLConfig\n" },
	  "!a partial",
	  "b.yaml: error: no lab is changed until the KNLConfig can be read without errors\n"
	  "b.yaml:1:13: error: apiVersion \"knl.kubenetlab.net/v2\" is not known; use knl.kubenetlab.net/v1beta1\n" },
};

static void check_case(const struct set_case *one)
{
	static const char *const paths[] = { "a.yaml", "b.yaml", "c.yaml" };
	struct lab_file files[3];
	size_t count = 0;
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *outcome = NULL;
	cleanup(free) char *lines = NULL;

	for (; count < 3 && one->texts[count]; count++)
		files[count] = (struct lab_file){ paths[count], one->texts[count], strlen(one->texts[count]) };
	lab_reading_read(&reading, files, count);
	outcome = outcome_new(&reading.set);
	lines = lab_reading_lines_new(&reading);
	ck_assert_msg(strcmp(outcome, one->expected) == 0, "%s: expected %s, got %s", one->name, one->expected,
		      outcome);
	ck_assert_msg(strcmp(lines, one->diagnostics) == 0, "%s: expected\n%sgot\n%s", one->name, one->diagnostics,
		      lines);
}

START_TEST(test_cases)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		check_case(&cases[i]);
}
END_TEST

/* A file that is no YAML holds its own labs; all of them when it may be the KNLConfig. */
START_TEST(test_unreadable_files)
{
	static const struct {
		const char *text;
		bool holds_all;
	} broken[] = {
		{ "kind: Lab\nspec: {nodes: [\n", false },
		{ "# uses KNLConfig, kind of\nkind: Lab\nspec: {nodes: [\n", false },
		{ "kind: KNLConfig\nspec: {nodes: [\n", true },
		{ "{\"kind\": \"KNLConfig\", \"spec\": [\n", true },
		{ "kind: KNLConfg\nmetadata:\n  name: knlcfg\nspec: [\n", true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(broken); i++) {
		const struct lab_file files[] = { { "a.yaml", GOOD("a"), strlen(GOOD("a")) },
						  { "b.yaml", broken[i].text, strlen(broken[i].text) } };
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

		lab_reading_read(&reading, files, ARRAY_SIZE(files));
		ck_assert_msg(!reading.set.complete, "%s: complete", broken[i].text);
		ck_assert_uint_eq(reading.set.count, 1);
		ck_assert_msg(reading.set.labs[0]->valid != broken[i].holds_all, "%s: valid %d", broken[i].text,
			      reading.set.labs[0]->valid);
	}
}
END_TEST

/* An invalid lab is a name and a place. */
START_TEST(test_invalid_is_bare)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab *lab;

	lab_reading_read_text(&reading, "\n" BAD("a"));
	ck_assert_uint_eq(reading.set.count, 1);
	lab = reading.set.labs[0];
	ck_assert(!lab->valid);
	ck_assert_str_eq(lab->namespace_name, "labs");
	ck_assert_str_eq(lab->path, "labs/a.yaml");
	ck_assert_uint_eq(lab->line, 2);
	ck_assert_uint_eq(lab->node_count, 0);
	ck_assert_ptr_null(lab->nodes);
}
END_TEST

static void append_links(struct buffer *text, size_t links, size_t connectors)
{
	buffer_append_text(text, LAB("a") "spec:\n  nodes: {p: {pod: {image: a}}, q: {pod: {image: a}}}\n  links:\n");
	for (size_t i = 0; i < links; i++) {
		buffer_format(text, "    l%zu: {nodes: [", i);
		for (size_t j = 0; j < connectors; j++)
			buffer_append_text(text, j % 2 ? "{node: q}, " : "{node: p}, ");
		buffer_append_text(text, "]}\n");
	}
}

START_TEST(test_bounds)
{
	static const struct {
		size_t links, connectors;
		const char *expected; /* the first line */
	} bounds[] = {
		{ 256, 2, "" },
		{ 257, 2, "error: node \"p\" has 257 interfaces; at most 256 are taken" },
		{ 1, 514, "error: node \"p\" has 257 interfaces; at most 256 are taken" },
		{ 4001, 2, "error: lab \"a\" has 4001 links; at most 4000 are taken" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(bounds); i++) {
		cleanup(buffer) struct buffer text = BUFFER_INIT;
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *lines = NULL;

		append_links(&text, bounds[i].links, bounds[i].connectors);
		lab_reading_read_text(&reading, buffer_text(&text));
		lines = lab_reading_lines_new(&reading);
		ck_assert_msg(strstr(lines, bounds[i].expected) && !lines[0] == !bounds[i].expected[0],
			      "expected %s, got %s", bounds[i].expected, lines);
		ck_assert(reading.set.labs[0]->valid == !bounds[i].expected[0]);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { test_cases, test_unreadable_files, test_invalid_is_bare, test_bounds };

	return suite_run("lab_set", tests, ARRAY_SIZE(tests));
}
