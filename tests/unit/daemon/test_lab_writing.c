/* `labsync new` and `labsync convert`, as they are called. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "daemon/command_convert.h"
#include "daemon/command_lint.h"
#include "daemon/command_new.h"
#include "daemon/command_render.h"
#include "daemon/command_validate.h"
#include "render/render.h"
#include "tests/unit/daemon/call.h"
#include "tests/unit/suite.h"

static const char topology[] = "tests/golden-convert/linux/input.clab.yml";

static const char machine[] = "examples-repo/dialects/kubevirt/as-kubevirt-has-it.yaml";

static const char told[] = "The VMs' user lab has the password ";

static const struct {
	const char *name;
	int (*command)(int, char **);
	const char *words[CALL_ARGUMENTS_MAX];
	int code;
	const char *out, *err; /* how it begins; "" for nothing at all */
} calls[] = {
	{ "new", command_new, { "new", "demo" }, 0, "# A lab: two VMs and a pod on one link.", told },
	{ "new without a name", command_new, { "new" }, 2, "", "error: the lab has no name\n" },
	{ "new with two", command_new, { "new", "a", "b" }, 2, "", "error: more than one is named\n" },
	{ "new with a bad name", command_new, { "new", "A_b" }, 2, "", "error: \"A_b\" is no name for a lab; " },
	{ "new with a digit first", command_new, { "new", "1a" }, 2, "", "error: \"1a\" is no name for a lab; " },
	{ "new with a long name",
	  command_new,
	  { "new", "a23456789-123456789-123456789-123456789-123456789-1234567" },
	  2,
	  "",
	  "error: \"a23456789-" },
	{ "new with a name that fits",
	  command_new,
	  { "new", "a23456789-123456789-123456789-123456789-123456789-123456" },
	  0,
	  "# A lab: ",
	  told },
	{ "new with a name that YAML would read", command_new, { "new", "true" }, 0, "# A lab: ", told },
	{ "new in a bad namespace", command_new, { "new", "-n", "A", "demo" }, 2, "", "error: --namespace \"A\" " },
	{ "new in a missing folder",
	  command_new,
	  { "new", "-o", "missing/lab.yaml", "demo" },
	  1,
	  "",
	  "error: cannot write missing/lab.yaml: " },
	{ "new, help", command_new, { "new", "--help" }, 0, "Usage: labsync new ", "" },
	{ "convert", command_convert, { "convert", topology }, 0, "# From the containerlab topology ", topology },
	{ "convert what is none",
	  command_convert,
	  { "convert", "examples-repo/knlcfg.yaml" },
	  1,
	  "",
	  "examples-repo/knlcfg.yaml:2:1: " },
	{ "convert a folder",
	  command_convert,
	  { "convert", "examples-repo" },
	  1,
	  "",
	  "error: examples-repo has more than one file; " },
	{ "convert nothing", command_convert, { "convert" }, 2, "", "error: no file is named\n" },
	{ "convert what is missing",
	  command_convert,
	  { "convert", "missing" },
	  1,
	  "",
	  "error: cannot open missing: " },
	{ "convert a dialect",
	  command_convert,
	  { "convert", "--from", "kubevirt", machine },
	  0,
	  "apiVersion: labsync.dev/v1alpha1\nkind: Lab\n",
	  "" },
	{ "convert a dialect to objects",
	  command_convert,
	  { "convert", "-f", "kubevirt", "-t", "kubevirt", "-n", "ours", machine },
	  0,
	  "apiVersion: ",
	  "" },
	{ "convert another dialect",
	  command_convert,
	  { "convert", "--from", "deckhouse", machine },
	  1,
	  "",
	  "examples-repo/dialects/kubevirt/as-kubevirt-has-it.yaml: error: there is no document of Deckhouse "
	  "Virtualization\n" },
	{ "convert no dialect",
	  command_convert,
	  { "convert", "--from", "vmware", machine },
	  2,
	  "",
	  "error: --from \"vmware\" is no format; use containerlab, kubevirt, controlplane, deckhouse or "
	  "vmoperator\n" },
	{ "convert to nothing",
	  command_convert,
	  { "convert", "--from", "kubevirt", "--to", "xml", machine },
	  2,
	  "",
	  "error: --to is \"lab\" or \"kubevirt\", not \"xml\"\n" },
	{ "convert a topology to objects",
	  command_convert,
	  { "convert", "--to", "kubevirt", topology },
	  2,
	  "",
	  "error: --to kubevirt is of VMs' formats; " },
	{ "convert a dialect that is missing",
	  command_convert,
	  { "convert", "--from", "kubevirt", "missing" },
	  1,
	  "",
	  "error: cannot open missing: " },
	{ "new from",
	  command_new,
	  { "new", "--from", "kubevirt", "demo" },
	  2,
	  "",
	  "error: this command has no --from\n" },
	{ "convert, no option", command_convert, { "convert", "--nonsense", topology }, 2, "", "convert: " },
	{ "convert, help", command_convert, { "convert", "--help" }, 0, "Usage: labsync convert ", "" },
};

static void file_make(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

static bool begins(const char *text, const char *wanted)
{
	return *wanted ? text_starts_with(text, wanted) : *text == '\0';
}

START_TEST(each_call_ends_as_it_should)
{
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		cleanup(call) struct call call = { .code = -1 };

		call_make(&call, calls[i].command, calls[i].words);
		ck_assert_msg(call.code == calls[i].code, "%s: exit code %d: %s", calls[i].name, call.code, call.err);
		ck_assert_msg(begins(call.out, calls[i].out), "%s: %s", calls[i].name, call.out);
		ck_assert_msg(begins(call.err, calls[i].err), "%s: %s", calls[i].name, call.err);
	}
}
END_TEST

/* Line by line, but for those that say which file it was. */
static void texts_compare(const char *a, const char *b)
{
	while (*a && *b) {
		size_t length = strcspn(a, "\n"), other = strcspn(b, "\n");

		ck_assert_msg(memmem(a, length, "labsync.dev/path", 16) ||
				      (length == other && memcmp(a, b, length) == 0),
			      "%.*s became %.*s", (int)length, a, (int)other, b);
		a += length + (a[length] == '\n');
		b += other + (b[other] == '\n');
	}
	ck_assert_str_eq(a, b);
}

START_TEST(what_is_converted_renders_the_same_objects)
{
	cleanup(free) char *folder = string_copy("/tmp/labsync-test-XXXXXX");
	cleanup(free) char *lab = NULL;
	cleanup(call) struct call objects = { .code = -1 }, labs = { .code = -1 }, again = { .code = -1 },
				  twice = { .code = -1 }, validated = { .code = -1 };

	ck_assert_ptr_nonnull(mkdtemp(folder));
	lab = string_format("%s/lab.yaml", folder);
	call_make(&labs, command_convert, (const char *[]){ "convert", "-f", "kubevirt", "-o", lab, machine, NULL });
	ck_assert_msg(labs.code == 0, "%s", labs.err);
	ck_assert_str_eq(labs.out, "");
	call_make(&twice, command_convert, (const char *[]){ "convert", "-f", "kubevirt", "-o", lab, machine, NULL });
	ck_assert_int_eq(twice.code, 1);
	ck_assert_ptr_nonnull(strstr(twice.err, "is there already; name another file, or remove it\n"));
	call_make(&validated, command_validate, (const char *[]){ "validate", lab, NULL });
	ck_assert_msg(validated.code == 0, "%s", validated.err);
	call_make(&again, command_render, (const char *[]){ "render", lab, NULL });
	call_make(&objects, command_render, (const char *[]){ "render", machine, NULL });
	unlink(lab);
	rmdir(folder);
	ck_assert_int_eq(objects.code, 0);
	texts_compare(objects.out, again.out);
}
END_TEST

START_TEST(the_first_lab_is_a_good_one)
{
	static const char *const words[] = { "new", "-n", "labs", "demo", NULL };
	cleanup(call) struct call call = { .code = -1 };
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	struct lab_file file = { .path = "demo.yaml" };

	call_make(&call, command_new, words);
	file.text = call.out;
	file.length = strlen(call.out);
	render_labs(&file, 1, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert_uint_eq(result.diagnostics.count, 0);
	ck_assert_uint_eq(result.count, 1);
	ck_assert_str_eq(result.labs[0].name, "demo");
	ck_assert_str_eq(result.labs[0].namespace_name, "labs");
	ck_assert_uint_gt(result.labs[0].count, 0);
}
END_TEST

START_TEST(the_first_lab_passes_lint_and_has_a_password_of_its_own)
{
	cleanup(free) char *folder = string_copy("/tmp/labsync-test-XXXXXX");
	cleanup(free) char *path = NULL;
	cleanup(call) struct call first = { .code = -1 }, second = { .code = -1 }, lint = { .code = -1 };
	cleanup(free) char *password = NULL;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	path = string_format("%s/lab.yaml", folder);
	call_make(&first, command_new, (const char *[]){ "new", "-o", path, "demo", NULL });
	call_make(&second, command_new, (const char *[]){ "new", "demo", NULL });
	call_make(&lint, command_lint, (const char *[]){ "lint", path, NULL });
	unlink(path);
	rmdir(folder);
	ck_assert_int_eq(first.code, 0);
	ck_assert_msg(lint.code == 0, "%s", lint.out);
	ck_assert_str_ne(first.err, second.err);
	ck_assert_uint_gt(strlen(second.err), strlen(told) + 16);
	password = string_copy_n(second.err + strlen(told), 16);
	ck_assert_ptr_null(strstr(second.out, password));
	ck_assert_ptr_nonnull(strstr(second.out, "passwdHash: $6$"));
}
END_TEST

START_TEST(files_are_found_beside_the_topology)
{
	static const char text[] = "name: t\ntopology:\n  defaults: {kind: linux, image: 'x:1'}\n"
				   "  nodes: {a: {binds: ['a.conf:/etc/a.conf']}}\n";
	cleanup(free) char *folder = string_copy("/tmp/labsync-test-XXXXXX");
	cleanup(free) char *source = NULL;
	cleanup(free) char *bound = NULL;
	cleanup(free) char *output = NULL;
	cleanup(call) struct call without = { .code = -1 }, with = { .code = -1 }, beside = { .code = -1 };

	ck_assert_ptr_nonnull(mkdtemp(folder));
	source = string_format("%s/t.clab.yml", folder);
	bound = string_format("%s/a.conf", folder);
	output = string_format("%s/lab.yaml", folder);
	file_make(source, text);
	call_make(&without, command_convert, (const char *[]){ "convert", source, NULL });
	file_make(bound, "a\n");
	call_make(&with, command_convert, (const char *[]){ "convert", source, NULL });
	call_make(&beside, command_convert, (const char *[]){ "convert", "-o", output, source, NULL });
	unlink(output);
	unlink(bound);
	unlink(source);
	rmdir(folder);
	ck_assert_int_eq(without.code, 1);
	ck_assert_msg(strstr(without.err, "a.conf\" cannot be read: ") != NULL, "%s", without.err);
	ck_assert_msg(with.code == 0 && *with.err == '\0', "%s", with.err);
	ck_assert_msg(beside.code == 0 && *beside.err == '\0', "%s", beside.err);
}
END_TEST

START_TEST(a_file_that_is_there_is_never_written_over)
{
	cleanup(free) char *folder = string_copy("/tmp/labsync-test-XXXXXX");
	cleanup(free) char *path = NULL;
	cleanup(call) struct call first = { .code = -1 }, second = { .code = -1 }, third = { .code = -1 };
	cleanup(call) struct call check = { .code = -1 };

	ck_assert_ptr_nonnull(mkdtemp(folder));
	path = string_format("%s/lab.yaml", folder);
	call_make(&first, command_convert, (const char *[]){ "convert", "-o", path, topology, NULL });
	call_make(&second, command_convert, (const char *[]){ "convert", "-o", path, topology, NULL });
	call_make(&third, command_new, (const char *[]){ "new", "-o", path, "demo", NULL });
	call_make(&check, command_validate, (const char *[]){ "validate", path, NULL });
	unlink(path);
	rmdir(folder);
	ck_assert_int_eq(first.code, 0);
	ck_assert_str_eq(first.out, "");
	ck_assert_int_eq(second.code, 1);
	ck_assert_ptr_nonnull(strstr(second.err, " is there already; name another file"));
	ck_assert_int_eq(third.code, 1);
	ck_assert_str_eq(check.out, "1 lab, 3 nodes: ok\n");
}
END_TEST

START_TEST(a_lab_that_needs_a_correction_is_written_and_told_of)
{
	static const char bad[] =
		"name: twice\ntopology:\n  defaults: {kind: linux, image: 'x:1'}\n"
		"  nodes: {a: , b: }\n"
		"  links:\n  - endpoints: ['a:eth1', 'b:eth1']\n    ipv4: [10.0.0.1/24, 10.0.0.1/24]\n";
	char path[] = "/tmp/labsync-test-XXXXXX";
	cleanup(call) struct call call = { .code = -1 };
	int descriptor = mkstemp(path);

	ck_assert_int_ge(descriptor, 0);
	ck_assert_int_eq(write(descriptor, bad, strlen(bad)), (int)strlen(bad));
	close(descriptor);
	call_make(&call, command_convert, (const char *[]){ "convert", path, NULL });
	unlink(path);
	ck_assert_int_eq(call.code, 1);
	ck_assert_ptr_nonnull(strstr(call.out, "kind: Lab"));
	ck_assert_msg(strstr(call.err, "address \"10.0.0.1/24\" is on link \"link-1\" twice") != NULL, "%s",
		      call.err);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { each_call_ends_as_it_should,
				 what_is_converted_renders_the_same_objects,
				 the_first_lab_is_a_good_one,
				 the_first_lab_passes_lint_and_has_a_password_of_its_own,
				 files_are_found_beside_the_topology,
				 a_file_that_is_there_is_never_written_over,
				 a_lab_that_needs_a_correction_is_written_and_told_of };

	return suite_run("lab writing", tests, ARRAY_SIZE(tests));
}
