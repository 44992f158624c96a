/* What KubeVirt would refuse is told where a person wrote what caused it. */
#include "render/render.h"

#include <string.h>

#include "base/buffer.h"
#include "tests/unit/suite.h"

/* The fields stand from line 9 on, in column 9. */
#define HEAD                                                                                                         \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: l}\nspec:\n  nodes:\n    r1:\n      vm:\n"    \
	"        {image: docker://x, diskSize: 1Gi,\n"
#define LINE(text) "        " text "\n"

static const struct {
	const char *name, *text; /* after HEAD */
	const char *expected; /* position, severity and the beginning of the message */
} cases[] = {
	{ "a field", LINE("machine: microvm}"), "9:18: warning: spec.template.spec.domain.machine.type: " },
	{ "the patch", LINE("patch: {spec: {template: {spec: {domain: {machine: {type: microvm}}}}}}}"),
	  "9:67: warning: spec.template.spec.domain.machine.type: " },
	{ "the patch over the field",
	  LINE("machine: q35,") LINE("patch: {spec: {template: {spec: {domain: {machine: {type: microvm}}}}}}}"),
	  "10:67: warning: spec.template.spec.domain.machine.type: " },
	{ "the field, when the patch is about something else",
	  LINE("machine: microvm,") LINE("patch: {spec: {template: {spec: {subdomain: a}}}}}"),
	  "9:18: warning: spec.template.spec.domain.machine.type: " },
	{ "the field that the patch is against",
	  LINE("memory: 2Gi,")
		  LINE("patch: {spec: {template: {spec: {domain: {resources: {limits: {memory: 1Gi}}}}}}}}"),
	  "9:17: warning: spec.template.spec.domain.memory.guest: " },
	{ "the patch, whose item has another place in the object",
	  LINE("disks: [{name: a, size: 1Gi}, {name: b, size: 1Gi, bootOrder: 3}],") LINE(
		  "patch: {spec: {template: {spec: {domain: {devices: {interfaces: [{name: default, bootOrder: 3}]}"
		  "}}}}}}"),
	  "10:101: error: spec.template.spec.domain.devices.interfaces[0].bootOrder: " },
	{ "an unknown field of the patch",
	  LINE("patch: {spec: {template: {spec: {domain: {devices: {disks: [{name: root, bootOder: 1}]}}}}}}}"),
	  "9:92: error: spec.template.spec.domain.devices.disks[0].bootOder: " },
};

START_TEST(findings_are_told_at_their_cause)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *text = string_format("%s%s", HEAD, cases[i].text);
		const struct lab_file file = { .path = "a.yaml", .text = text, .length = strlen(text) };
		cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
		cleanup(buffer) struct buffer line = BUFFER_INIT;

		render_labs(&file, 1, &(struct lab_options){ .default_namespace = "default" }, &result);
		ck_assert_msg(result.diagnostics.count == 1, "%s: told %zu times", cases[i].name,
			      result.diagnostics.count);
		diagnostic_write(&result.diagnostics.items[0], &line);
		ck_assert_msg(strncmp(buffer_text(&line) + strlen("a.yaml:"), cases[i].expected,
				      strlen(cases[i].expected)) == 0,
			      "%s:\nexpected %s\ngot      %s", cases[i].name, cases[i].expected, buffer_text(&line));
	}
}
END_TEST

/* Only Ignition has addresses and user data in one piece. */
START_TEST(addresses_beside_a_secret_for_ignition_are_told)
{
	static const char text[] =
		HEAD LINE("init: ignition, ignition: {secret: s}}") "  links:\n    lan:\n      nodes:\n"
								    "      - {node: r1, addrs: [192.0.2.1/24]}\n"
								    "      - {node: r1}\n";
	const struct lab_file file = { .path = "a.yaml", .text = text, .length = strlen(text) };
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	cleanup(buffer) struct buffer line = BUFFER_INIT;

	render_labs(&file, 1, &(struct lab_options){ .default_namespace = "default" }, &result);
	ck_assert_uint_eq(result.diagnostics.count, 1);
	diagnostic_write(&result.diagnostics.items[0], &line);
	ck_assert_str_eq(
		buffer_text(&line),
		"a.yaml:13:9: warning: the addresses and routes of node \"r1\" on link \"lan\" do not reach the "
		"guest, since the Secret of ignition is used as it is; put them into the Secret");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { findings_are_told_at_their_cause,
				       addresses_beside_a_secret_for_ignition_are_told };

	return suite_run("render/admission_report", tests, ARRAY_SIZE(tests));
}
