/* `labsync explain` and `labsync schema`, as they are called. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "daemon/command_explain.h"
#include "daemon/command_schema.h"
#include "tests/unit/daemon/call.h"
#include "tests/unit/suite.h"

static const char disk_size[] = "KIND:     Lab\n"
				"VERSION:  labsync.dev/v1alpha1, knl.kubenetlab.net/v1beta1\n"
				"\n"
				"FIELD:    spec.nodes.vm.diskSize\n"
				"TYPE:     quantity\n"
				"DEFAULT:  -\n"
				"REQUIRED: yes, here or in the defaults\n"
				"\n"
				"DESCRIPTION:\n"
				"    The size of the VM's disk, ";

static const struct {
	const char *name;
	int (*command)(int, char **);
	const char *words[CALL_ARGUMENTS_MAX];
	int code;
	const char *out, *err; /* how it begins; "" for nothing at all */
	const char *part; /* what is somewhere in stdout; NULL: not asked */
} calls[] = {
	{ "kinds", command_explain, { "explain" }, 0, "Lab        A network lab", "", "\nKNLConfig  " },
	{ "field", command_explain, { "explain", "lab.spec.nodes.vm.diskSize" }, 0, disk_size, "", NULL },
	{ "default", command_explain, { "explain", "lab.spec.nodes.vm.memory" }, 0, "KIND:", "", "DEFAULT:  4Gi\n" },
	{ "one of",
	  command_explain,
	  { "explain", "lab.spec.nodes.vm.init" },
	  0,
	  "KIND:",
	  "",
	  "ONE OF:   cloud-init, ignition, sysprep, none\n" },
	{ "fields",
	  command_explain,
	  { "explain", "Lab.spec.links" },
	  0,
	  "KIND:",
	  "",
	  "\n  nodes\t<list of Connector> -required-\n" },
	{ "refused", command_explain, { "explain", "lab.spec.nodes.vsim" }, 0, "KIND:", "", "STANDING: refused\n" },
	{ "nested",
	  command_explain,
	  { "explain", "lab.spec.nodes.vm.firmware.secureBoot" },
	  0,
	  "KIND:     Lab\n",
	  "",
	  "FIELD:    spec.nodes.vm.firmware.secureBoot\nTYPE:     boolean\n" },
	{ "in a list",
	  command_explain,
	  { "explain", "lab.spec.nodes.vm.disks.bus" },
	  0,
	  "KIND:     Lab\n",
	  "",
	  "FIELD:    spec.nodes.vm.disks.bus\n" },
	{ "a map of text",
	  command_explain,
	  { "explain", "lab.spec.nodes.pod.env" },
	  0,
	  "KIND:",
	  "",
	  "TYPE:     map of " },
	{ "anything", command_explain, { "explain", "lab.spec.nodes.vm.patch" }, 0, "KIND:", "", "FIELD:    " },
	{ "a number",
	  command_explain,
	  { "explain", "lab.spec.nodes.vm.ports.port" },
	  0,
	  "KIND:",
	  "",
	  "RANGE:    1 to 65535\n" },
	{ "another kind",
	  command_explain,
	  { "explain", "defaults" },
	  0,
	  "KIND:     Defaults\nVERSION:  labsync.dev/v1alpha1\n",
	  "",
	  "  spec\t<" },
	{ "a kind", command_explain, { "explain", "knlconfig" }, 0, "KIND:     KNLConfig\n", "", "  spec\t<" },
	{ "unknown field",
	  command_explain,
	  { "explain", "lab.spec.nodes.vm.diskSze" },
	  1,
	  "",
	  "labsync: error: unknown field \"diskSze\" in lab.spec.nodes.vm; did you mean \"diskSize\"?\n",
	  NULL },
	{ "unknown kind",
	  command_explain,
	  { "explain", "lib" },
	  1,
	  "",
	  "labsync: error: unknown kind \"lib\"; ",
	  NULL },
	{ "a kind of a dialect",
	  command_explain,
	  { "explain", "deckhouse.virtualdisk" },
	  0,
	  "KIND:     VirtualDisk\nVERSION:  virtualization.deckhouse.io/v1alpha2\n\nDESCRIPTION:\n",
	  "",
	  "\n  spec\t<" },
	{ "a field of a dialect",
	  command_explain,
	  { "explain", "kubevirt.VirtualMachine.spec.template" },
	  0,
	  "KIND:     VirtualMachine\nVERSION:  kubevirt.io/v1, ",
	  "",
	  "FIELD:    spec.template\n" },
	{ "a dialect without versions",
	  command_explain,
	  { "explain", "controlplane.workload.spec.vm" },
	  0,
	  "KIND:     workload\nVERSION:  none\n",
	  "",
	  "FIELD:    spec.vm\n" },
	{ "all kinds", command_explain, { "explain" }, 0, "Lab  ", "", "\n  vmoperator.VirtualMachineClass  " },
	{ "a dialect alone",
	  command_explain,
	  { "explain", "deckhouse" },
	  1,
	  "",
	  "labsync: error: deckhouse has several kinds; it takes VirtualMachine, ",
	  NULL },
	{ "unknown kind of a dialect",
	  command_explain,
	  { "explain", "deckhouse.VirtualDsk" },
	  1,
	  "",
	  "labsync: error: unknown kind \"VirtualDsk\" of deckhouse; did you mean \"VirtualDisk\"?\n",
	  NULL },
	{ "unknown field of a dialect",
	  command_explain,
	  { "explain", "deckhouse.VirtualDisk.spec.dataSorce" },
	  1,
	  "",
	  "labsync: error: unknown field \"dataSorce\" in deckhouse.VirtualDisk.spec; did you mean \"dataSource\"?\n",
	  NULL },
	{ "unknown dialect",
	  command_explain,
	  { "explain", "kubevrt.VirtualMachine" },
	  1,
	  "",
	  "labsync: error: unknown kind \"kubevrt\"; did you mean \"kubevirt\"?\n",
	  NULL },
	{ "two paths", command_explain, { "explain", "lab", "lab" }, 2, "", "labsync: error: unexpected ", NULL },
	{ "explain help", command_explain, { "explain", "-h" }, 0, "Usage: labsync explain ", "", NULL },
	{ "schema", command_schema, { "schema" }, 0, "{\n", "", "\"oneOf\"" },
	{ "one kind", command_schema, { "schema", "--kind", "Lab" }, 0, "{\n", "", "#/$defs/Lab\"" },
	{ "page", command_schema, { "schema", "--format=markdown" }, 0, "# ", "", "| `diskSize` |" },
	{ "no kind", command_schema, { "schema", "--kind", "Pod" }, 2, "", "labsync: error: --kind ", NULL },
	{ "no format", command_schema, { "schema", "--format", "xml" }, 2, "", "labsync: error: --format ", NULL },
	{ "no option", command_schema, { "schema", "--nonsense" }, 2, "", "schema: ", NULL },
	{ "an argument", command_schema, { "schema", "lab" }, 2, "", "labsync: error: unexpected ", NULL },
	{ "schema help", command_schema, { "schema", "--help" }, 0, "Usage: labsync schema ", "", NULL },
};

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
		ck_assert_msg(calls[i].part == NULL || strstr(call.out, calls[i].part), "%s: %s", calls[i].name,
			      call.out);
	}
}
END_TEST

START_TEST(the_schema_is_json)
{
	static const char *const words[] = { "schema", "--kind=KNLConfig", NULL };
	cleanup(call) struct call call = { .code = -1 };
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(json) json_t *schema = NULL;

	call_make(&call, command_schema, words);
	schema = json_new_from_text(call.out, strlen(call.out), "the schema", &err);
	ck_assert_msg(schema != NULL, "%s", err.message);
	ck_assert_ptr_nonnull(json_at(schema, "$defs", "KNLConfig", NULL));
	ck_assert_ptr_null(json_at(schema, "$defs", "Lab", NULL));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { each_call_ends_as_it_should, the_schema_is_json };

	return suite_run("schema commands", tests, ARRAY_SIZE(tests));
}
