/* What is wrong at the level of a lab: documents, variables, instances, times, dependencies, labels; in which words
 * and at which place it is told. */
#include "render/lab/lab.h"

#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define OWN_HEAD "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata:\n  name: ring\n"
#define DEFAULTS_HEAD "apiVersion: labsync.dev/v1alpha1\nkind: Defaults\nmetadata:\n  name: all\n"
#define NODES "  nodes: {p: {pod: {image: alpine}}}\n"
/* The line of `field` is 6. */
#define SPEC(field) OWN_HEAD "spec:\n  " field "\n" NODES
#define VARIABLES(lines) OWN_HEAD "spec:\n  variables:\n" lines NODES
#define IMAGE(image)                                                                                                 \
	OWN_HEAD "spec:\n  variables: {TAG: '3.22', CORES: 5}\n  nodes:\n    p:\n      pod:\n        image: " image  \
		 "\n"
#define ON(cron) OWN_HEAD "spec:\n  schedule:\n    on: " cron "\n    off: 0 18 * * *\n" NODES
#define NAME_60 "a23456789-b23456789-c23456789-d23456789-e23456789-f234567890"

struct refusal {
	const char *name, *text;
	const char *expected; /* all lines, without "labs/a.yaml:" */
};

static const struct refusal document_refusals[] = {
	{ "no apiVersion", "kind: Lab\n",
	  "1:1: error: document has no apiVersion; use labsync.dev/v1alpha1 or knl.kubenetlab.net/v1beta1" },
	{ "no apiVersion of a Defaults", "kind: Defaults\n",
	  "1:1: error: document has no apiVersion; use labsync.dev/v1alpha1" },
	{ "no apiVersion of a KNLConfig", "kind: KNLConfig\n",
	  "1:1: error: document has no apiVersion; use knl.kubenetlab.net/v1beta1" },
	{ "unknown version", "apiVersion: labsync.dev/v1\nkind: Lab\n",
	  "1:13: error: apiVersion \"labsync.dev/v1\" is not known; use labsync.dev/v1alpha1 or "
	  "knl.kubenetlab.net/v1beta1" },
	{ "no kind", "apiVersion: labsync.dev/v1alpha1\nmetadata: {name: a}\n",
	  "1:1: error: document has no kind; use Lab, Defaults or Mapping" },
	{ "no kind of KNL", "apiVersion: knl.kubenetlab.net/v1beta1\n",
	  "1:1: error: document has no kind; use Lab or KNLConfig" },
	{ "misspelt kind", "apiVersion: labsync.dev/v1alpha1\nkind: Defalts\n",
	  "2:7: error: kind \"Defalts\" is not known; did you mean \"Defaults\"?" },
	{ "unknown kind", "apiVersion: labsync.dev/v1alpha1\nkind: Deployment\n",
	  "2:7: error: kind \"Deployment\" is not known; use Lab, Defaults or Mapping" },
	{ "a Defaults of KNL", "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Defaults\n",
	  "1:13: error: the apiVersion of a Defaults is labsync.dev/v1alpha1, not knl.kubenetlab.net/v1beta1" },
	{ "a KNLConfig of labsync", "apiVersion: labsync.dev/v1alpha1\nkind: KNLConfig\n",
	  "1:13: error: the apiVersion of a KNLConfig is knl.kubenetlab.net/v1beta1, not labsync.dev/v1alpha1" },
	{ "a document that is a list", "[]\n",
	  "1:1: error: a document must be a mapping with apiVersion and kind, not a list" },
	{ "a Lab without a name", "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nspec: {}\n",
	  "1:1: error: Lab has no name; set metadata.name" },
	{ "a variable as name", "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: '${lab}'}\n",
	  "3:18: error: lab name \"${lab}\" is not usable; use lower-case letters, digits and \"-\", with a letter "
	  "or digit at both ends" },
	{ "variables in a Lab of KNL", LAB_HEAD "spec:\n  variables: {A: b}\n" NODES,
	  "6:3: error: a Lab of KNL's has no variables; use apiVersion labsync.dev/v1alpha1" },
	{ "instances in a Lab of KNL", LAB_HEAD "spec:\n  instances: 3\n" NODES,
	  "6:3: error: a Lab of KNL's has no instances; use apiVersion labsync.dev/v1alpha1" },
	{ "a Defaults without a name", "apiVersion: labsync.dev/v1alpha1\nkind: Defaults\nspec: {}\n",
	  "1:1: error: Defaults has no name; set metadata.name" },
	{ "a Defaults of a wrong name", "apiVersion: labsync.dev/v1alpha1\nkind: Defaults\nmetadata: {name: A b}\n",
	  "3:18: error: Defaults name \"A b\" is not usable; use lower-case letters, digits and \"-\", with a letter "
	  "or digit at both ends" },
	{ "unknown field of a Defaults", DEFAULTS_HEAD "spec: {storageclass: x}\n",
	  "5:8: error: unknown field \"storageclass\" in spec; did you mean \"storageClass\"?" },
	{ "unknown default of a Defaults", DEFAULTS_HEAD "spec: {defaults: {vm: {imgae: x}}}\n",
	  "5:24: error: unknown field \"imgae\" in vm; did you mean \"image\"?" },
	{ "namespace of a Defaults", DEFAULTS_HEAD "spec: {namespace: My_Labs}\n",
	  "5:19: error: namespace name \"My_Labs\" is not usable; use lower-case letters, digits and \"-\", with a "
	  "letter or digit at both ends" },
	{ "two Defaults in a folder", DEFAULTS_HEAD "---\n" DEFAULTS_HEAD,
	  "6:1: error: a second Defaults in one folder; the first is at labs/a.yaml:1:1; keep one" },
	{ "variable of a Defaults without a meaning there", DEFAULTS_HEAD "spec: {variables: {A: '${B}'}}\n",
	  "5:24: error: unknown variable \"B\"; set it under spec.variables, or write $${B} for the text itself" },
	{ "the lab in a Defaults", DEFAULTS_HEAD "spec: {namespace: 'of-${lab}'}\n",
	  "5:23: error: variable \"lab\" is known only inside of a Lab" },
	{ "device of a KNLConfig", CONFIG_HEAD "spec: {defaultVxlanDev: a/b}\n",
	  "5:25: error: defaultVxlanDev \"a/b\" is no name of a network device; use one of at most 15 characters "
	  "like eth0" },
	{ "devices of a KNLConfig", CONFIG_HEAD "spec: {vxlanDevMap: {worker-1: 5}}\n",
	  "5:32: error: the device must be the name of a network device, not an integer" },
	{ "worker of a KNLConfig", CONFIG_HEAD "spec: {vxlanDevMap: {Worker_1: eth0}}\n",
	  "5:22: error: \"Worker_1\" is no name of a worker" },
	{ "group of a KNLConfig", CONFIG_HEAD "spec: {vxlanGrp: fe80::1}\n",
	  "5:18: error: vxlanGrp \"fe80::1\" is no IPv6 multicast address; use one like ff18::100" },
};

static const struct refusal variable_refusals[] = {
	{ "unknown, alone", IMAGE("${TGA}"),
	  "10:16: error: unknown variable \"TGA\"; set it under spec.variables, or write $${TGA} for the text "
	  "itself" },
	{ "unknown, with a near one",
	  OWN_HEAD "spec:\n  variables: {REGISTRY: x}\n  nodes: {p: {pod: {image: '${REGISTRI}/alpine'}}}\n",
	  "7:29: error: unknown variable \"REGISTRI\"; did you mean \"REGISTRY\"? $${REGISTRI} stands for the text "
	  "itself" },
	{ "called n", VARIABLES("    N: 5\n"),
	  "7:5: error: a variable cannot be called \"false\", as which YAML also reads n, no and off; quote the "
	  "name, or choose another" },
	{ "unknown, inside", IMAGE("alpine:${TGA}"),
	  "10:23: error: unknown variable \"TGA\"; set it under spec.variables, or write $${TGA} for the text "
	  "itself" },
	{ "unknown, in quotes", IMAGE("\"alpine:${TGA}\""),
	  "10:24: error: unknown variable \"TGA\"; set it under spec.variables, or write $${TGA} for the text "
	  "itself" },
	{ "unknown, in a block", IMAGE("|-\n          alpine:${FOO}"),
	  "11:18: error: unknown variable \"FOO\"; set it under spec.variables, or write $${FOO} for the text "
	  "itself" },
	{ "the second is unknown", IMAGE("'alpine:${TAG}-${BAR}'"),
	  "10:31: error: unknown variable \"BAR\"; set it under spec.variables, or write $${BAR} for the text "
	  "itself" },
	{ "unknown, after a multi-byte character", IMAGE("é${FOO}"),
	  "10:17: error: unknown variable \"FOO\"; set it under spec.variables, or write $${FOO} for the text "
	  "itself" },
	{ "unknown and far from all", IMAGE("alpine:${SOMETHING}"),
	  "10:23: error: unknown variable \"SOMETHING\"; set it under spec.variables, or write $${SOMETHING} for the "
	  "text itself" },
	{ "instance without instances", IMAGE("alpine:${instance}"),
	  "10:23: error: variable \"instance\" is known only in a Lab with spec.instances" },
	{ "number without instances", IMAGE("alpine:${number}"),
	  "10:23: error: variable \"number\" is known only in a Lab with spec.instances" },
	{ "number through a variable", VARIABLES("    A: 10.0.${number}.1\n"),
	  "7:13: error: variable \"number\" is known only in a Lab with spec.instances" },
	{ "of the same layer", VARIABLES("    A: x\n    B: '${A}'\n"),
	  "8:9: error: variable \"A\" cannot be used here; a variable's value refers only to variables of lower "
	  "layers, as in the Defaults of a folder above" },
	{ "of itself", VARIABLES("    A: a${A}\n"),
	  "7:9: error: variable \"A\" cannot be used here; a variable's value refers only to variables of lower "
	  "layers, as in the Defaults of a folder above" },
	{ "name of labsync", VARIABLES("    lab: x\n"),
	  "7:5: error: variable \"lab\" is labsync's own; choose another name" },
	{ "name with a dash", VARIABLES("    a-b: x\n"),
	  "7:5: error: variable \"a-b\" has no usable name; use letters, digits and \"_\", and no digit first" },
	{ "name with a digit first", VARIABLES("    1a: x\n"),
	  "7:5: error: variable \"1a\" has no usable name; use letters, digits and \"_\", and no digit first" },
	{ "a list", VARIABLES("    A: [x]\n"),
	  "7:8: error: variable \"A\" must be text, a number or true or false, not a list" },
	{ "no mapping", SPEC("variables: [A]"), "6:14: error: variables must be a mapping, not a list" },
	{ "in the namespace",
	  "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: a, namespace: 'x-${FOO}'}\nspec:\n" NODES,
	  "3:35: error: unknown variable \"FOO\"; set it under spec.variables, or write $${FOO} for the text "
	  "itself" },
	{ "a number of the wrong kind",
	  OWN_HEAD "spec:\n  variables: {CORES: many}\n  nodes: {v: {vm: {image: 'docker://x', diskSize: 1Gi, cpu: "
		   "'${CORES}'}}}\n",
	  "7:61: error: cpu is \"many\", which is no quantity; write it like 2" },
};

static const struct refusal instance_refusals[] = {
	{ "none", SPEC("instances: 0"), "6:14: error: instances must be from 1 to 500, not \"0\"" },
	{ "too many", SPEC("instances: 501"), "6:14: error: instances must be from 1 to 500, not \"501\"" },
	{ "text", SPEC("instances: many"),
	  "6:14: error: instances must be a number like 30, or a list of names, not a string" },
	{ "an empty list", SPEC("instances: []"), "6:14: error: instances has 0 entries; give from 1 to 500" },
	{ "the same twice", SPEC("instances: [alice, bob, alice]"),
	  "6:27: error: instance \"alice\" is also at labs/a.yaml:6:15; keep one" },
	{ "unusable name", SPEC("instances: [alice, B_b]"),
	  "6:22: error: instance name \"B_b\" is not usable; use lower-case letters, digits and \"-\", with a letter "
	  "or digit at both ends" },
	{ "a list in the list", SPEC("instances: [[a]]"),
	  "6:15: error: an instance is a name or {name, variables}, not a list" },
	{ "no name", SPEC("instances: [{variables: {A: b}}]"), "6:15: error: instance has no name; add it" },
	{ "unknown field", SPEC("instances: [{name: a, vars: {}}]"),
	  "6:25: error: unknown field \"vars\" in instance; it takes name, variables" },
	{ "same mistake in all", OWN_HEAD "spec:\n  instances: 3\n  nodes: {p: {pod: {imgae: x}}}\n",
	  "7:21: error: unknown field \"imgae\" in pod; did you mean \"image\"?" },
	{ "mistake in one",
	  OWN_HEAD "spec:\n  instances:\n  - name: a\n    variables: {IMAGE: alpine}\n  - name: b\n    variables: "
		   "{IMAGE: 'docker://alpine'}\n  nodes: {p: {pod: {image: '${IMAGE}'}}}\n",
	  "11:28: error: image of a pod is a plain reference like docker.io/library/alpine:3.20; remove what stands "
	  "up to ://; in lab \"ring-b\"" },
	{ "variable that one lacks",
	  OWN_HEAD "spec:\n  instances: [{name: a, variables: {IMAGE: alpine}}, b]\n  nodes: {p: {pod: {image: "
		   "'${IMAGE}'}}}\n",
	  "7:29: error: unknown variable \"IMAGE\"; set it under spec.variables, or write $${IMAGE} for the text "
	  "itself; in lab \"ring-b\"" },
	{ "mistake that names the lab", OWN_HEAD "spec: {instances: 3}\n",
	  "5:7: error: lab \"ring-01\" has no nodes; add them under spec.nodes; the same in 2 other instances" },
	{ "too long",
	  "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata:\n  name: " NAME_60
	  "\nspec: {instances: [ab, cde], nodes: {}}\n",
	  "4:9: error: lab name \"a23456789-b23456789-c23456789-d23456789-e23456789-f234567890-cde\" is 64 "
	  "characters long; at most 63 fit\n5:7: error: lab "
	  "\"a23456789-b23456789-c23456789-d23456789-e23456789-f234567890-ab\" has no nodes; add them under "
	  "spec.nodes" },
};

static const struct refusal time_refusals[] = {
	{ "expires, no date", SPEC("expires: tomorrow"),
	  "6:12: error: expires \"tomorrow\" is no date; write it like 2026-12-31, or with a time and its offset "
	  "from UTC like 2026-12-31T18:00:00+01:00" },
	{ "expires, no day", SPEC("expires: 2026-02-30"),
	  "6:12: error: expires \"2026-02-30\" is no day of the calendar" },
	{ "expires, time without offset", SPEC("expires: 2026-12-31T10:00:00"),
	  "6:12: error: expires \"2026-12-31T10:00:00\" is no date; write it like 2026-12-31, or with a time and its "
	  "offset from UTC like 2026-12-31T18:00:00+01:00" },
	{ "expires, a number", SPEC("expires: 2026"), "6:12: error: expires must be a string; write it in quotes" },
	{ "schedule without off", SPEC("schedule: {on: 0 8 * * *}"),
	  "6:13: error: schedule has no off; give both on and off" },
	{ "schedule without both", SPEC("schedule: {timeZone: UTC}"),
	  "6:13: error: schedule has no off; give both on and off\n6:13: error: schedule has no on; give both on and "
	  "off" },
	{ "four fields", ON("0 8 * *"),
	  "7:9: error: on: 4 fields are not the five of cron: minute, hour, day of the month, month, day of the "
	  "week, like \"0 8 * * 1-5\"" },
	{ "hour 25", ON("0 25 * * *"), "7:11: error: on: hour 25 is not in 0-23" },
	{ "minute 60, in quotes", ON("\"60 8 * * *\""), "7:10: error: on: minute 60 is not in 0-59" },
	{ "day 0", ON("0 8 0 * *"), "7:13: error: on: day of the month 0 is not in 1-31" },
	{ "month 13 in a list", ON("0 8 * 1,13 *"), "7:17: error: on: month 13 is not in 1-12" },
	{ "weekday 8", ON("0 8 * * 1-8"), "7:19: error: on: day of the week 8 is not in 0-7" },
	{ "a name that is none", ON("0 8 * jun,jly *"),
	  "7:19: error: on: month \"jly\" is no number and no name like feb" },
	{ "a word", ON("x 8 * * *"), "7:9: error: on: minute \"x\" is no number; write one like 5, or *" },
	{ "backwards", ON("30-10 8 * * *"),
	  "7:9: error: on: minute runs backwards from 30 to 10; put the smaller first" },
	{ "step 0", ON("0 */0 * * *"), "7:13: error: on: the step of hour must be a number from 1 to 23" },
	{ "empty entry", ON("0 8,,9 * * *"), "7:13: error: on: hour lacks a number; write one from 0 to 23" },
	{ "unknown shorthand", ON("'@reboot'"),
	  "7:9: error: on: there is no such shorthand; use @hourly, @daily, @weekly, @monthly, @yearly, or five "
	  "fields like \"0 8 * * 1-5\"" },
	{ "30th of February", ON("0 8 30 2 *"),
	  "7:9: error: on never comes: no month of \"0 8 30 2 *\" has such a day" },
	{ "on and off at once", ON("0 17-19 * * 2"),
	  "8:10: error: on and off come at the same time, such as 18:00 on a Tuesday; change one of them" },
	{ "text behind a star", ON("0 8 *x * *"),
	  "7:14: error: on: day of the month has \"x\" where a comma or the end should be" },
	{ "no zone", OWN_HEAD "spec:\n  schedule: {on: 0 8 * * *, off: 0 18 * * *, timeZone: Europe/Berln}\n" NODES,
	  "6:56: error: timeZone \"Europe/Berln\" is not known; use a name like Europe/Berlin, or UTC" },
	{ "a path as zone",
	  OWN_HEAD "spec:\n  schedule: {on: 0 8 * * *, off: 0 18 * * *, timeZone: ../../etc/passwd}\n" NODES,
	  "6:56: error: timeZone \"../../etc/passwd\" is no name of a zone; use one like Europe/Berlin, or UTC" },
	{ "a rule as zone",
	  OWN_HEAD "spec:\n  schedule: {on: 0 8 * * *, off: 0 18 * * *, timeZone: CET-1CEST}\n" NODES,
	  "6:56: error: timeZone \"CET-1CEST\" is no name of a zone; use one like Europe/Berlin, or UTC" },
};

static const struct refusal other_refusals[] = {
	{ "suspend as text", SPEC("suspend: 'yes'"), "6:12: error: suspend must be true or false, not a string" },
	{ "storage class", SPEC("storageClass: Fast"),
	  "6:17: error: storageClass \"Fast\" is no name of a StorageClass" },
	{ "dependsOn as text", SPEC("dependsOn: other"), "6:14: error: dependsOn must be a list, not a string" },
	{ "dependsOn of a number", SPEC("dependsOn: [5]"),
	  "6:15: error: dependsOn takes names of labs, or {name, namespace}, not an integer" },
	{ "dependsOn of nothing", SPEC("dependsOn: [{namespace: a}]"),
	  "6:15: error: dependsOn has no name; write the lab's" },
	{ "dependsOn with a wrong field", SPEC("dependsOn: [{nam: a}]"),
	  "6:16: error: unknown field \"nam\" in dependsOn; did you mean \"name\"?" },
	{ "dependsOn itself", SPEC("dependsOn: [ring]"), "6:15: error: lab \"ring\" depends on itself; remove this" },
	{ "dependsOn what is not there", SPEC("dependsOn: [{name: rings}, {name: other, namespace: x}]"),
	  "6:22: error: lab \"ring\" depends on \"rings\", but there is no such lab in namespace \"labs\"\n6:37: "
	  "error: lab \"ring\" depends on \"other\", but there is no such lab in namespace \"x\"" },
	{ "label of labsync", SPEC("labels: {app.kubernetes.io/name: x}"),
	  "6:12: error: label \"app.kubernetes.io/name\" is set by labsync, KubeVirt or Kubernetes; choose another "
	  "name" },
	{ "label of KubeVirt", SPEC("labels: {vm.kubevirt.io/name: x}"),
	  "6:12: error: label \"vm.kubevirt.io/name\" is set by labsync, KubeVirt or Kubernetes; choose another "
	  "name" },
	{ "label name", SPEC("labels: {-a: x}"),
	  "6:12: error: \"-a\" is no name of a label; use at most 63 letters, digits, \"-\", \"_\" and \".\", after "
	  "a prefix like example.org/ or without one" },
	{ "label prefix", SPEC("labels: {Exa_mple/a: x}"),
	  "6:12: error: \"Exa_mple/a\" is no name of a label; use at most 63 letters, digits, \"-\", \"_\" and "
	  "\".\", after a prefix like example.org/ or without one" },
	{ "label value", SPEC("labels: {a: x y}"),
	  "6:15: error: \"x y\" is no value of a label; use at most 63 letters, digits, \"-\", \"_\" and \".\", with "
	  "a letter or digit at both ends" },
	{ "label that is a number", SPEC("labels: {a: 5}"),
	  "6:15: error: labels: the value of \"a\" must be a string; write it in quotes" },
	{ "label of labsync in metadata",
	  OWN_HEAD "  labels: {app.kubernetes.io/managed-by: kustomize}\nspec:\n" NODES,
	  "5:12: warning: label \"app.kubernetes.io/managed-by\" is set by labsync, KubeVirt or Kubernetes; it is "
	  "left out" },
};

static char *told_new(const char *text)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *lines = NULL;
	struct buffer told = BUFFER_INIT;
	const char prefix[] = "labs/a.yaml:";

	lab_reading_read_text(&reading, text);
	lines = lab_reading_lines_new(&reading);
	for (const char *line = lines; *line; line = strchr(line, '\n') + 1) {
		ck_assert_msg(strncmp(line, prefix, sizeof(prefix) - 1) == 0, "%s", line);
		buffer_append(&told, line + sizeof(prefix) - 1, strcspn(line, "\n") - (sizeof(prefix) - 1));
		if (strchr(line, '\n')[1])
			buffer_append_char(&told, '\n');
	}
	/* What is wrong with one instance holds no other. */
	if (strstr(lines, ": error: ") && !strstr(lines, "; in lab "))
		for (size_t i = 0; i < reading.set.count; i++)
			ck_assert_msg(!reading.set.labs[i]->valid, "valid in spite of %s", lines);
	return buffer_steal(&told);
}

static void check_all(const struct refusal *refusals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cleanup(free) char *told = told_new(refusals[i].text);

		ck_assert_msg(strcmp(told, refusals[i].expected) == 0, "%s:\n  expected %s\n  got      %s",
			      refusals[i].name, refusals[i].expected, told);
	}
}

START_TEST(documents)
{
	check_all(document_refusals, ARRAY_SIZE(document_refusals));
}
END_TEST

START_TEST(variables)
{
	check_all(variable_refusals, ARRAY_SIZE(variable_refusals));
}
END_TEST

START_TEST(instances)
{
	check_all(instance_refusals, ARRAY_SIZE(instance_refusals));
}
END_TEST

START_TEST(times)
{
	check_all(time_refusals, ARRAY_SIZE(time_refusals));
}
END_TEST

START_TEST(others)
{
	check_all(other_refusals, ARRAY_SIZE(other_refusals));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { documents, variables, instances, times, others };

	return suite_run("lab_documents", tests, ARRAY_SIZE(tests));
}
