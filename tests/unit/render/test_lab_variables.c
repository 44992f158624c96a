/* ${NAME} in text, and many labs from one file. */
#include "base/text.h"

#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define HEAD "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: ring}\n"

/* The environment of pod "p", where text is what it was. */
static const struct {
	const char *spec, *value;
	const char *expected;
} expansions[] = {
	{ "", "plain", "plain" },
	{ "", "${lab}", "ring" },
	{ "", "of-${lab}.", "of-ring." },
	{ "  variables: {A: b}\n", "${A}${A}", "bb" },
	{ "  variables: {A: b}\n", "$${A}", "${A}" },
	{ "  variables: {A: b}\n", "$${A}-${A}", "${A}-b" },
	{ "  variables: {A: b}\n", "$$${A}", "$${A}" },
	{ "", "${", "${" },
	{ "", "${}", "${}" },
	{ "", "${1A}", "${1A}" },
	{ "", "${a-b}", "${a-b}" },
	{ "", "${A:-x}", "${A:-x}" },
	{ "", "$A $(A) {A} $", "$A $(A) {A} $" },
	{ "", "${lab", "${lab" },
	{ "  variables: {A: '${lab}-x'}\n", "${A}", "ring-x" },
	/* What a value brings in is not looked at again. */
	{ "  variables: {A: '$${lab}'}\n", "${A}", "${lab}" },
	{ "  variables: {A: 0x1f}\n", "n=${A}", "n=0x1f" },
	{ "  variables: {A: true}\n", "is ${A}", "is true" },
	{ "  variables: {A: ''}\n", "-${A}-", "--" },
	{ "  variables: {_a1: x}\n", "${_a1}", "x" },
	/* A number will do where text is wanted. */
	{ "  variables: {A: 5}\n", "${A}", "5" },
};

START_TEST(text_is_expanded)
{
	for (size_t i = 0; i < ARRAY_SIZE(expansions); i++) {
		cleanup(free) char *text =
			string_format(HEAD "spec:\n%s  nodes: {p: {pod: {image: a, env: {X: \"%s\"}}}}\n",
				      expansions[i].spec, expansions[i].value);
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		const struct value_map *environment;

		lab_reading_read_text(&reading, text);
		environment = lab_check_node(lab_reading_only(&reading), "p")->pod->environment;
		ck_assert_uint_eq(environment->count, 1);
		ck_assert_str_eq((const char *)environment->values[0], expansions[i].expected);
	}
}
END_TEST

START_TEST(a_value_keeps_its_kind)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab_vm *vm;

	lab_reading_read_text(&reading,
			      HEAD "spec:\n  variables: {CORES: 3, PIN: true, SIZE: 7Gi}\n"
				   "  nodes: {r: {vm: {image: docker://x, diskSize: '${SIZE}', cpu: '${CORES}', "
				   "cpuPin: '${PIN}', memory: '1${SIZE}'}}}\n");
	vm = lab_check_node(lab_reading_only(&reading), "r")->vm;
	ck_assert_int_eq(*vm->cpu, 3);
	ck_assert(*vm->cpu_pin);
	ck_assert_str_eq(vm->disk_size, "7Gi");
	ck_assert_str_eq(vm->memory, "17Gi");
}
END_TEST

START_TEST(a_lab_of_knl_has_none)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	const struct lab *lab;

	lab_reading_read_text(&reading,
			      LAB_HEAD "spec: {nodes: {p: {pod: {image: a, env: {X: '${lab} $${lab}'}}}}}\n");
	lab = lab_reading_only(&reading);
	ck_assert_str_eq((const char *)lab_check_node(lab, "p")->pod->environment->values[0], "${lab} $${lab}");
}
END_TEST

/* "namespace/name ..." with the image of its pod. */
static char *labs_new(const struct lab_set *set)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < set->count; i++)
		buffer_format(&out, "%s/%s=%s ", set->labs[i]->namespace_name, set->labs[i]->name,
			      set->labs[i]->valid ? lab_check_node(set->labs[i], "p")->pod->image : "!");
	return buffer_steal(&out);
}

#define INSTANCES(metadata, rest)                                                                                    \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: c" metadata "}\nspec:\n" rest
#define POD(image) "  nodes: {p: {pod: {image: '" image "'}}}\n"

static const struct {
	const char *text, *expected;
} instances[] = {
	{ INSTANCES("", "  instances: 2\n" POD("a:${instance}-${number}")), "labs/c-01=a:01-1 labs/c-02=a:02-2 " },
	{ INSTANCES("", "  instances: [bob, alice]\n" POD("${instance}:${number}")),
	  "labs/c-alice=alice:2 labs/c-bob=bob:1 " },
	{ INSTANCES(", namespace: 'of-${instance}'", "  instances: 2\n" POD("a")), "of-01/c-01=a of-02/c-02=a " },
	{ INSTANCES("", "  variables: {TAG: '1', B: '${number}'}\n"
			"  instances: [a, {name: b, variables: {TAG: '2-${B}'}}]\n" POD("x:${TAG}-${lab}")),
	  "labs/c-a=x:1-c-a labs/c-b=x:2-2-c-b " },
	{ INSTANCES("", "  variables: {HOW_MANY: 1}\n  instances: ${HOW_MANY}\n" POD("a")), "labs/c-01=a " },
	{ INSTANCES("", "  instances: [1, 2]\n" POD("a")), "labs/c-1=a labs/c-2=a " },
	{ INSTANCES("", "  instances: null\n" POD("a")), "labs/c=a " },
};

START_TEST(instances_are_labs)
{
	for (size_t i = 0; i < ARRAY_SIZE(instances); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(free) char *lines = NULL;
		cleanup(free) char *labs = NULL;

		lab_reading_read_text(&reading, instances[i].text);
		lines = lab_reading_lines_new(&reading);
		ck_assert_str_eq(lines, "");
		labs = labs_new(&reading.set);
		ck_assert_str_eq(labs, instances[i].expected);
		ck_assert_uint_eq(reading.set.labs[0]->line, 1);
	}
}
END_TEST

START_TEST(the_most_instances)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	lab_reading_read_text(&reading, INSTANCES("", "  instances: 500\n" POD("a")));
	ck_assert_uint_eq(reading.diagnostics.count, 0);
	ck_assert_uint_eq(reading.set.count, 500);
	/* Not c-001: the hundredth does not give the others new names. */
	ck_assert_str_eq(reading.set.labs[0]->name, "c-01");
	ck_assert_str_eq(reading.set.labs[0]->group, "c");
	ck_assert_str_eq(reading.set.labs[499]->name, "c-99");
}
END_TEST

/* What cannot be read is not taken for gone. */
START_TEST(unreadable_instances_make_the_set_partial)
{
	static const char *const texts[] = {
		INSTANCES("", "  instances: x\n" POD("a")),
		INSTANCES("", "  instances: 501\n" POD("a")),
		INSTANCES(", namespace: '${X}'", POD("a")),
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

		lab_reading_read_text(&reading, texts[i]);
		ck_assert_uint_eq(reading.set.count, 0);
		ck_assert_uint_eq(reading.diagnostics.errors, 1);
		ck_assert(!reading.set.complete);
	}
}
END_TEST

/* Doubling in each folder would make more text than there is memory. */
START_TEST(expansion_is_bounded)
{
	enum { FOLDERS = 30 };
	struct lab_file files[FOLDERS + 1];
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(buffer) struct buffer path = BUFFER_INIT;
	cleanup(free) char *lines = NULL;

	for (size_t i = 0; i < FOLDERS; i++) {
		char *text = string_format("apiVersion: labsync.dev/v1alpha1\nkind: Defaults\nmetadata: {name: a}\n"
					   "spec: {variables: {A%zu: \"%s\"}}\n",
					   i, i ? "${A@}${A@}" : "xx");

		for (char *mark = text, number[8]; i && (mark = strstr(mark, "@}")) != NULL;) {
			char *longer = NULL;

			snprintf(number, sizeof(number), "%zu", i - 1);
			longer = string_format("%.*s%s%s", (int)(mark - text), text, number, mark + 1);
			mark = longer + (mark - text);
			free(text);
			text = longer;
		}
		files[i] = (struct lab_file){ string_format("%sd.yaml", buffer_text(&path)), text, strlen(text) };
		buffer_append_text(&path, "f/");
	}
	files[FOLDERS].path = string_format("%sl.yaml", buffer_text(&path));
	files[FOLDERS].text = string_copy(INSTANCES("", POD("${A29}")));
	files[FOLDERS].length = strlen(files[FOLDERS].text);
	lab_reading_read(&reading, files, FOLDERS + 1);
	lines = lab_reading_lines_new(&reading);
	ck_assert_msg(text_ends_with(lines,
				     "l.yaml:5:28: error: the lab's variables make more than 4 MiB of text; use "
				     "fewer, or shorter ones\n"),
		      "%s", lines);
	ck_assert_uint_eq(reading.diagnostics.errors, 1);
	ck_assert(!reading.set.labs[0]->valid);
	for (size_t i = 0; i <= FOLDERS; i++) {
		free((char *)files[i].path);
		free((char *)files[i].text);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { text_is_expanded,      a_value_keeps_its_kind,
				 a_lab_of_knl_has_none, instances_are_labs,
				 the_most_instances,    unreadable_instances_make_the_set_partial,
				 expansion_is_bounded };

	return suite_run("lab_variables", tests, ARRAY_SIZE(tests));
}
