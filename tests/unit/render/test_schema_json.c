/* The JSON Schema and the reader take and refuse the same documents. */
#include "render/lab/json_schema.h"

#include "base/json.h"
#include "base/text.h"
#include "daemon/files.h"
#include "render/yaml/yaml.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/render/schema_check.h"
#include "tests/unit/suite.h"

/* Whether the schema takes all documents of the text. */
static bool text_accepted(const json_t *schema, const char *text)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents = { .count = 0 };
	bool accepted = true;

	ck_assert_msg(yaml_parse(&arena, "a", text, strlen(text), &documents, &diagnostics), "%s", text);
	for (size_t i = 0; i < documents.count; i++) {
		cleanup(json) json_t *value = yaml_to_json_new(documents.roots[i]);

		accepted = accepted && schema_accepts(schema, schema, value);
	}
	return accepted;
}

static bool reader_accepts(const char *text)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;

	lab_reading_read_text(&reading, text);
	return reading.diagnostics.errors == 0;
}

#define VM(fields) LAB_HEAD "spec: {nodes: {r1: {vm: {image: 'docker://x', diskSize: 1Gi, " fields "}}}}\n"
#define POD(fields) LAB_HEAD "spec: {nodes: {r1: {pod: {image: x, " fields "}}}}\n"
#define NODES(nodes) LAB_HEAD "spec: {defaults: {vm: {image: 'docker://x', diskSize: 1Gi}}, nodes: {" nodes "}}\n"
#define END(fields)                                                                                                  \
	LAB_HEAD "spec: {nodes: {p: {pod: {image: x}}}, links: {a: {nodes: [{node: p}, {node: p, " fields "}]}}}\n"
#define LINKS(links) LAB_HEAD "spec: {nodes: {p: {pod: {image: x}}}, links: {" links "}}\n"
#define MANY(instances)                                                                                              \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: a}\nspec:\n  instances: " instances           \
	"\n  nodes: {p: {pod: {image: x}}}\n"
#define META(fields) LAB_HEAD "  " fields "\nspec: {nodes: {p: {pod: {image: x}}}}\n"
#define CONFIG(fields) CONFIG_HEAD "spec: {" fields "}\n"

static const struct {
	const char *text;
	bool good;
} documents[] = {
	{ VM(""), true },
	{ VM("cpu: 2"), true },
	{ VM("cpu: '4000m'"), true },
	{ VM("cpu: 0"), false },
	{ VM("cpu: 513"), false },
	{ VM("cpu: two"), false },
	{ VM("cpu: [2]"), false },
	{ VM("cpu: null"), true },
	{ VM("memory: 4gb"), false },
	{ VM("memory: 4"), false },
	{ VM("memory: 2.5e9"), true },
	{ VM("cpuPin: 'true'"), false },
	{ VM("hugePage: false"), true },
	{ VM("init: ignition"), true },
	{ VM("init: sysprep, sysprep: {secret: a}"), true },
	{ VM("init: butane"), false },
	{ VM("init: none"), true },
	{ VM("timezone: Europe/Berlin"), true },
	{ VM("timezone: Europe Berlin"), false },
	{ VM("guestOS: windows"), true },
	{ VM("guestOS: Windows"), false },
	{ VM("tpm: {}"), true },
	{ VM("tpm: true"), false },
	{ VM("interfaces: []"), true },
	{ VM("interfaces: [{name: a_b, network: pod}, {name: c, network: d/e, mac: 32:20:22:99:99:01}]"), true },
	{ VM("interfaces: [{name: a}]"), false },
	{ VM("interfaces: [{name: a, network: B}]"), false },
	{ VM("interfaces: [{name: a.b, network: pod}]"), false },
	{ VM("resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: 2}}"), true },
	{ VM("resources: {requests: {disk: 1Gi}}"), false },
	{ VM("dns: {nameservers: [192.0.2.53], searches: [example.org]}"), true },
	{ VM("dns: {searches: [Example.org]}"), false },
	{ VM("subdomain: a.b"), false },
	{ VM("labels: {a: b}, annotations: {a: 'b c'}, immutable: {a: 1, b: c}"), true },
	{ VM("disks: [{name: a, secret: b, volumeLabel: C}]"), true },
	{ VM("disks: [{name: a, secret: b, volumeLabel: 'c d'}]"), false },
	{ VM("cloudInit: {only: true, networkData: {version: 2}}"), true },
	{ VM("cloudInit: {only: true, userData: a, type: configDrive}"), false },
	{ VM("init: null"), true },
	{ VM("user: Admin"), false },
	{ VM("user: _a-1"), true },
	{ VM("passwd: 0123"), true },
	{ VM("passwd: ''"), false },
	{ VM("passwd: \"a\\nb\""), false },
	{ VM("passwd: true"), false },
	{ VM("ports: []"), true },
	{ VM("ports: {}"), false },
	{ VM("ports: [null]"), false },
	{ VM("ports: [{name: web}]"), false },
	{ VM("ports: [{port: 22, name: '22'}]"), false },
	{ VM("ports: [{port: 22, name: a-1}]"), true },
	{ VM("ports: [{port: 22, name: a--1}]"), false },
	{ VM("ports: [{port: 65536}]"), false },
	{ VM("ports: [{port: '22'}]"), false },
	{ VM("ports: [{port: 22, protocol: tcp}]"), false },
	{ VM("ports: [{port: 22, protocol: UDP}]"), true },
	{ VM("disk: 1Gi"), false },
	{ POD(""), true },
	{ POD("cmd: sleep infinity, privileged: true, memory: 64Mi, cpu: 500m"), true },
	{ POD("cmd: [sleep]"), false },
	{ POD("memory: -1Gi"), false },
	{ POD("pvcSize: 10X"), false },
	{ NODES("r1: {vm: {image: 'ftp://x'}}"), false },
	{ NODES("r1: {vm: {image: 'https://me:secret@x/y'}}"), false },
	{ NODES("r1: {vm: {image: 'HTTPS://x/a@b'}}"), true },
	{ NODES("r1: {vm: {image: 'docker://'}}"), false },
	{ NODES("r1: {pod: {image: 'docker://x'}}"), false },
	{ NODES("r1: {pod: {image: 'host:5000/x:1'}}"), true },
	{ NODES("r1: {vm: {}}"), true },
	{ NODES("r1: {vm: null, pod: {image: x}}"), true },
	{ NODES("r1: {vm: {}, pod: {image: x}}"), false },
	{ NODES("r1: {}"), false },
	{ NODES("r1: null"), false },
	{ NODES("r1: {vsim: {}}"), false },
	{ NODES("vm-1: null"), true },
	{ NODES("vm-1: {}"), true },
	{ NODES("vm-1: {vm: null}"), true },
	{ NODES("vm-1: {pod: {image: x}}"), true },
	{ NODES("vm-1: {vm: {}, pod: {image: x}}"), false },
	{ NODES("R1: {vm: {}}"), false },
	{ END(""), true },
	{ END("addrs: [10.0.0.1/24, '2001:db8::1/64']"), true },
	{ END("addrs: [10.0.0.1]"), false },
	{ END("addrs: [10]"), false },
	{ END("addrs: 10.0.0.1/24"), false },
	{ END("addrs: [10.0.0.1/24], routes: ['default via 10.0.0.2', '10.1.0.0/16  VIA 10.0.0.2']"), true },
	{ END("addrs: [10.0.0.1/24], routes: [10.0.0.0/8]"), false },
	{ END("addrs: [10.0.0.1/24], routes: ['10.0.0.0/8 via eth0']"), false },
	{ END("mac: 32:20:22:99:99:01"), true },
	{ END("mac: 32-20-22-99-99-01"), true },
	{ END("mac: 32-20:22-99-99-01"), false },
	{ END("mac: 01:00:5e:00:00:05"), false },
	{ END("port: e1"), true },
	{ END("adrs: []"), false },
	{ LINKS("a: {nodes: [{node: p}]}"), false },
	{ LINKS("a: null"), false },
	{ LINKS("a: {nodes: [{node: p}, {mac: 32:20:22:99:99:01}]}"), false },
	{ LINKS("a: {nodes: [{node: p}, null]}"), false },
	{ LINKS("A: {nodes: [{node: p}, {node: p}]}"), false },
	{ META("labels: {a: b, c: null}"), true },
	{ META("labels: {a: 1}"), false },
	{ META("labels: []"), false },
	{ META("annotations: {labsync.dev/adopt: 'true', x/y: z}"), true },
	{ META("annotations: {labsync.dev/adapt: 'true'}"), false },
	{ META("annotations: {labsync.dev/prune: 'no'}"), false },
	{ META("namespace: Labs"), false },
	{ META("uid: 5"), true },
	{ META("lables: {}"), false },
	{ LAB_HEAD, false },
	{ LAB_HEAD "spec: {nodes: {p: {pod: {image: x}}}, vlan: 3}\n", false },
	{ LAB_HEAD "spec: []\n", false },
	{ LAB_HEAD "spec: {defaults: {vsim: {image: x}}, nodes: {p: {pod: {image: x}}}}\nstatus: {}\n", true },
	{ "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: 7a}\n"
	  "spec: {nodes: {p: {pod: {image: x}}}}\n",
	  false },
	{ "apiVersion: knl.kubenetlab.net/v2\nkind: Lab\nmetadata: {name: a}\nspec: {}\n", false },
	{ MANY("30"), true },
	{ MANY("null"), true },
	{ MANY("0"), false },
	{ MANY("501"), false },
	{ MANY("x"), false },
	{ MANY("{a: b}"), false },
	{ MANY("[]"), false },
	{ MANY("[ada, 7, {name: grace, variables: {a: 1}}, {name: joan}]"), true },
	{ MANY("[{nam: ada}]"), false },
	{ MANY("[{name: ada, varables: {}}]"), false },
	{ MANY("[{variables: {a: 1}}]"), false },
	{ MANY("[[ada]]"), false },
	{ "kind: Lab\n", false },
	{ "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Deployment\n", false },
	{ "[]\n", false },
	{ CONFIG_HEAD, true },
	{ CONFIG("storageClass: fast, fileSvr: x, defaultNode: {vm: {cpu: 4}, srl: {}}"), true },
	{ CONFIG("storageClass: Fast"), false },
	{ CONFIG("storageclass: fast"), false },
	{ CONFIG("nodes: {}"), false },
	{ "apiVersion: knl.kubenetlab.net/v1beta1\nkind: KNLConfig\nmetadata: {name: cfg}\n", false },
};

START_TEST(schema_and_reader_agree)
{
	cleanup(json) json_t *schema = json_schema_build(NULL);

	for (size_t i = 0; i < ARRAY_SIZE(documents); i++) {
		const char *text = documents[i].text;

		ck_assert_msg(reader_accepts(text) == documents[i].good, "the reader:\n%s", text);
		ck_assert_msg(text_accepted(schema, text) == documents[i].good, "the schema:\n%s", text);
	}
}
END_TEST

START_TEST(a_schema_of_one_kind_takes_no_other)
{
	cleanup(json) json_t *lab = json_schema_build(schema_kind_find("Lab"));
	cleanup(json) json_t *config = json_schema_build(schema_kind_find("KNLConfig"));

	ck_assert(text_accepted(lab, VM("")));
	ck_assert(!text_accepted(config, VM("")));
	ck_assert(text_accepted(config, CONFIG_HEAD));
	ck_assert(!text_accepted(lab, CONFIG_HEAD));
}
END_TEST

START_TEST(what_is_written_is_json)
{
	cleanup(json) json_t *schema = json_schema_build(NULL);
	cleanup(free) char *text = json_text_new(schema);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(json) json_t *again = json_new_from_text(text, strlen(text), "the schema", &err);
	const json_t *vm = json_at(schema, "$defs", "VM", "properties", NULL);

	ck_assert_msg(again != NULL, "%s", err.message);
	ck_assert(json_equal(schema, again));
	ck_assert_str_eq(json_text_at(schema, "$schema", NULL), "https://json-schema.org/draft/2020-12/schema");
	ck_assert_int_eq(json_integer_value(json_at(vm, "cpu", "default", NULL)), 2);
	ck_assert_str_eq(json_text_at(vm, "memory", "default", NULL), "4Gi");
	ck_assert(json_is_false(json_at(vm, "hugePage", "default", NULL)));
	ck_assert_str_eq(json_text_at(json_array_get(json_at(vm, "ports", "default", NULL), 0), "name", NULL), "ssh");
}
END_TEST

/* Those of the golden tests that have no error, and the examples. */
START_TEST(good_labs_are_accepted)
{
	/* What is in other systems' formats is not in the schema. */
	static const char *const paths[] = { "examples-repo/labs", "examples-repo/knlcfg.yaml",
					     "examples-repo/dialects/knl", "tests/golden" };
	cleanup(json) json_t *schema = json_schema_build(NULL);
	cleanup(files) struct files files = FILES_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	size_t checked = 0;

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		ck_assert_msg(files_add(&files, paths[i], &err), "%s", err.message);
	for (size_t i = 0; i < files.count; i++) {
		const char *path = files.items[i].path;

		/* What is rendered, and files that labs refer to. */
		if (text_ends_with(path, "expected.yaml") || strstr(files.items[i].text, "apiVersion:") == NULL)
			continue;
		ck_assert_msg(text_accepted(schema, files.items[i].text) == !text_ends_with(path, "/bad.yaml"), "%s",
			      path);
		checked++;
	}
	ck_assert_uint_ge(checked, 8);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { schema_and_reader_agree, a_schema_of_one_kind_takes_no_other,
				 what_is_written_is_json, good_labs_are_accepted };

	return suite_run("schema json", tests, ARRAY_SIZE(tests));
}
