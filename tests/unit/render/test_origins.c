/* The values of a node, and where each came from. */
#include "render/lab/origins.h"

#include "base/text.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

/* "name=text layer line:column", a line each. */
static void line_write(const struct valued_field *field, void *context)
{
	struct buffer *out = context;

	buffer_format(out, "%s=%s %s", field->name, field->text, layer_name(field->layer));
	if (field->place)
		buffer_format(out, " %s:%zu:%zu", field->place->path, field->place->line, field->place->column);
	buffer_append_char(out, '\n');
}

static const char config[] = CONFIG_HEAD "spec:\n  defaultNode:\n    vm: {cpu: 4, passwd: secret-word}\n";
static const char lab[] =
	LAB_HEAD "spec:\n"
		 "  defaults:\n"
		 "    vm: {memory: 2Gi, firmware: {bootloader: efi, secureBoot: true}}\n"
		 "  nodes:\n"
		 "    r1:\n"
		 "      vm:\n"
		 "        image: docker://example.org/vm:1\n"
		 "        diskSize: 10Gi\n"
		 "        ports: [{name: ssh, port: 22}, {name: dns, port: 53, protocol: UDP}]\n"
		 "        firmware: {secureBoot: false}\n"
		 "        disks: [{name: data, size: 1Gi}]\n"
		 "        patch: {spec: {template: {spec: {volumes: [{name: a, cloudInitNoCloud: {userData: "
		 "secret-word}}]}}}}\n"
		 "    p:\n"
		 "      pod: {image: 'nginx:1', cmd: sleep infinity, env: {A: '1', B: 'x y'}}\n";

static const struct {
	const char *node, *line;
} lines[] = {
	{ "r1", "image=docker://example.org/vm:1 node labs/lab.yaml:11:16\n" },
	{ "r1", "cpu=4 repository labs/config.yaml:7:15\n" },
	{ "r1", "memory=2Gi lab labs/lab.yaml:7:18\n" },
	{ "r1", "passwd=*** repository labs/config.yaml:7:26\n" },
	{ "r1", "hugePage=false built-in\n" },
	{ "r1", "init=cloud-init built-in\n" },
	{ "r1", "ports=[ssh:22/TCP, dns:53/UDP] node labs/lab.yaml:13:16\n" },
	{ "r1", "firmware.bootloader=efi lab labs/lab.yaml:7:46\n" },
	{ "r1", "firmware.secureBoot=false node labs/lab.yaml:14:32\n" },
	{ "r1", "disks[0].name=data node labs/lab.yaml:15:24\n" },
	{ "r1", "disks[0].size=1Gi node labs/lab.yaml:15:36\n" },
	{ "p", "image=nginx:1 node labs/lab.yaml:18:20\n" },
	{ "p", "cmd=[\"sleep\", \"infinity\"] node labs/lab.yaml:18:36\n" },
	{ "p", "env.A=1 node labs/lab.yaml:18:57\n" },
	{ "p", "env.B=x y node labs/lab.yaml:18:57\n" },
};

static void values_write(const struct lab_set *set, const char *node, struct buffer *out)
{
	cleanup(arena) struct arena arena = ARENA_INIT;

	node_values_each(&arena, lab_check_node(set->labs[0], node), line_write, out);
}

START_TEST(each_value_has_its_origin)
{
	const struct lab_file files[] = {
		{ "labs/config.yaml", config, strlen(config) },
		{ "labs/lab.yaml", lab, strlen(lab) },
	};
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	lab_reading_read(&reading, files, ARRAY_SIZE(files));
	lab_reading_only(&reading);
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		cleanup(buffer) struct buffer out = BUFFER_INIT;

		values_write(&reading.set, lines[i].node, &out);
		ck_assert_msg(strstr(buffer_text(&out), lines[i].line), "%s: no\n%sin\n%s", lines[i].node,
			      lines[i].line, buffer_text(&out));
	}
}
END_TEST

START_TEST(secrets_are_not_shown)
{
	const struct lab_file files[] = {
		{ "labs/config.yaml", config, strlen(config) },
		{ "labs/lab.yaml", lab, strlen(lab) },
	};
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(buffer) struct buffer out = BUFFER_INIT;

	lab_reading_read(&reading, files, ARRAY_SIZE(files));
	values_write(&reading.set, "r1", &out);
	ck_assert_ptr_null(strstr(buffer_text(&out), "secret-word"));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { each_value_has_its_origin, secrets_are_not_shown };

	return suite_run("origins", tests, ARRAY_SIZE(tests));
}
