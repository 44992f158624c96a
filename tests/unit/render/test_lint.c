/* What `labsync lint` finds, and what it leaves alone. */
#include "render/lint/lint.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define SAFE "image: 'docker://example.org/vm:1', diskSize: 10Gi, passwdSecret: pw"
#define VM(fields) LAB_HEAD "spec: {nodes: {r1: {vm: {" fields "}}}}\n"
#define POD(fields) LAB_HEAD "spec: {nodes: {p: {pod: {" fields "}}}}\n"
#define TWO(links) LAB_HEAD "spec:\n  nodes: {a: {vm: {" SAFE "}}, b: {vm: {" SAFE "}}}\n  links:\n" links

#define INSTANCES(driver)                                                                                            \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: ring, namespace: labs}\nspec:\n"              \
	"  instances: 2\n  nodes: {a: {vm: {" SAFE "}}, b: {vm: {" SAFE "}}}\n  links:\n"                            \
	"    l: {driver: " driver ", nodes: [{node: a, addrs: [10.0.0.1/24]}, {node: b, addrs: [10.0.0.2/24]}]}\n"

/* `address` is that of the end in the other lab. */
#define JOINING(address)                                                                                             \
	TWO("    l:\n      nodes: [{node: a, addrs: [10.0.0.1/24]},\n              {node: b, addrs: "                \
	    "[10.0.0.2/24]}]\n")                                                                                     \
	"---\napiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: edge, namespace: labs}\nspec:\n"         \
	"  nodes: {c: {vm: {" SAFE "}}}\n  links:\n    up: {join: ring/l, nodes: [{node: c, addrs: [" address        \
	"]}]}\n"

#define MACHINE(image)                                                                                               \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: ring, namespace: labs}\nspec:\n  nodes:\n"    \
	"    a:\n      virtualMachine:\n        spec:\n          running: true\n          template: {spec: "         \
	"{domain: "                                                                                                  \
	"{devices: {}}, volumes: [{name: r, containerDisk: {" image "}}]}}\n"

static const struct {
	const char *text, *expected; /* all findings */
} cases[] = {
	{ VM(SAFE), "" },
	{ VM("image: 'docker://example.org/vm:1', diskSize: 10Gi, init: none"), "" },
	{ VM(SAFE ", guestOS: windows"), "" },
	{ VM(SAFE ", guestOS: windows, hostname: domain-controller"),
	  "labs/a.yaml:5:16: warning: host name \"domain-controller\" has 17 characters, of which Windows shows "
	  "others "
	  "the first 15; set a shorter hostname [windows-name]\n" },
	{ VM(SAFE ", interfaces: [{name: a, network: x, mac: 32:00:00:00:00:01}, {name: b, network: z}]"), "" },
	{ "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: ring, namespace: labs}\nspec:\n"
	  "  instances: 2\n"
	  "  nodes: {a: {vm: {" SAFE ", interfaces: [{name: a, network: x, mac: '32:00:00:00:00:01'}]}}}\n",
	  "labs/a.yaml:6:130: warning: mac 32:00:00:00:00:01 is also that of node \"a\" of lab \"ring-01\" at "
	  "labs/a.yaml:6:130, and both are on network labs/x; change one [shared-address]\n" },
	{ VM("image: 'docker://example.org/vm:1', diskSize: 10Gi"),
	  "labs/a.yaml:5:16: warning: vm \"r1\" has the built-in password, which everybody knows; set passwdSecret "
	  "or "
	  "passwdHash [default-password]\n" },
	{ VM("image: 'docker://example.org/vm:1', diskSize: 10Gi, passwd: xK9-tall-Tree"),
	  "labs/a.yaml:5:86: warning: passwd can be read by everybody who can read the repository; use passwdSecret "
	  "or "
	  "passwdHash [plain-password]\n" },
	{ VM("image: 'docker://example.org/vm', diskSize: 10Gi, passwdSecret: pw"),
	  "labs/a.yaml:5:33: warning: the image has no tag, which means \"latest\"; add the tag of one release, or a "
	  "digest [unpinned-image]\n" },
	{ VM("image: 'docker://host:5000/vm:latest', diskSize: 10Gi, passwdSecret: pw"),
	  "labs/a.yaml:5:33: warning: the image has the tag \"latest\", which moves; use the tag of one release, or "
	  "a "
	  "digest [unpinned-image]\n" },
	{ POD("image: 'example.org/app:edge'"),
	  "labs/a.yaml:5:33: warning: the image has the tag \"edge\", which moves; use the tag of one release, or a "
	  "digest [unpinned-image]\n" },
	{ POD("image: 'example.org/app:edge-1.2'"), "" },
	{ VM("image: 'docker://host:5000/vm@sha256:"
	     "0123456789012345678901234567890123456789012345678901234567890123', diskSize: 10Gi, passwdSecret: pw"),
	  "" },
	{ VM("image: 'https://example.org/24.04/latest/x.img', diskSize: 10Gi, passwdSecret: pw"),
	  "labs/a.yaml:5:33: warning: the image is downloaded without a checksum; add checksum: sha256:... beside it "
	  "[no-checksum]\n"
	  "labs/a.yaml:5:33: warning: the address of the image says \"latest\", so that what it gives changes; use "
	  "that "
	  "of "
	  "one release [unpinned-image]\n" },
	{ VM("image: 'http://example.org/latester.img', diskSize: 10Gi, passwdSecret: pw"),
	  "labs/a.yaml:5:33: warning: the image is downloaded over http://, where anybody on the way can replace it; "
	  "use "
	  "https://, or add a checksum [http-image]\n"
	  "labs/a.yaml:5:33: warning: the image is downloaded without a checksum; add checksum: sha256:... beside it "
	  "[no-checksum]\n" },
	{ VM("image: 'docker://example.org/ubuntu:24.04', diskSize: 1Gi, passwdSecret: pw"),
	  "labs/a.yaml:5:33: warning: diskSize 1Gi is smaller than an image of ubuntu, so that the import will fail; "
	  "use "
	  "2Gi or more [small-disk]\n" },
	{ POD("image: 'nginx:1.27'"), "" },
	{ POD("image: 'nginx:1.27', privileged: true"),
	  "labs/a.yaml:5:59: warning: the pod is privileged: who is in it, has the worker; use capabilities, like "
	  "[NET_ADMIN] [privileged-pod]\n" },
	{ POD("image: 'alpine:3.20'"),
	  "labs/a.yaml:5:33: warning: the image is a bare system that ends at once, and is "
	  "started over and over; add cmd: "
	  "sleep infinity, or what it is for [pod-without-command]\n" },
	{ POD("image: 'alpine:3.20', cmd: sleep infinity"), "" },
	{ POD("image: 'nginx:1.27', env: {DB_PASSWORD: hunter2, TOKEN_FILE: /run/token}"),
	  "labs/a.yaml:5:53: warning: the value of DB_PASSWORD can be read by everybody who can read the repository; "
	  "put "
	  "it into a Secret and name that by envSecret [plain-secret]\n" },
	{ LAB_HEAD "spec: {nodes: {a: {vm: {" SAFE "}}, b: {vm: {" SAFE "}}, c: {pod: {image: 'nginx:1'}}},"
		   " links: {l: {nodes: [{node: a}, {node: b}]}}}\n",
	  "labs/a.yaml:5:178: warning: node \"c\" is on no link; link it, or remove it [unlinked-node]\n" },
	{ TWO("    l: {nodes: [{node: a, addrs: [10.0.0.1/24]}, {node: b}]}\n"),
	  "labs/a.yaml:8:50: warning: node \"b\" has no address on link \"l\" though others have; add addrs, if it "
	  "was "
	  "forgotten [unaddressed-end]\n" },
	{ TWO("    l: {nodes: [{node: a, addrs: [10.0.0.1/24]}, {node: b, addrs: ['2001:db8::1/64']}]}\n"),
	  "labs/a.yaml:8:17: warning: node \"a\" has only IPv4 addresses on link \"l\", where the others have IPv6; "
	  "add "
	  "one "
	  "of theirs [no-common-family]\n"
	  "labs/a.yaml:8:50: warning: node \"b\" has only IPv6 addresses on link \"l\", where the others have IPv4; "
	  "add "
	  "one "
	  "of theirs [no-common-family]\n" },
	{ TWO("    l: {nodes: [{node: a, addrs: [10.0.0.1/24]}, {node: b, addrs: [10.0.0.2/24]}]}\n"
	      "    m: {nodes: [{node: a, addrs: [10.0.0.9/24]}, {node: b, addrs: [10.0.1.2/24]}]}\n"),
	  "labs/a.yaml:9:17: warning: node \"a\" has addresses of one subnet on \"l\" (10.0.0.1/24) and on \"m\"; "
	  "give "
	  "each "
	  "link a subnet of its own [same-subnet]\n" },
	/* One link of a lab is apart from all others but on these. */
	{ TWO("    l: {driver: existing, network: x, nodes: [{node: a, addrs: [10.0.0.1/24]}, {node: b, addrs: "
	      "[10.0.0.2/24]}]}\n"
	      "    m: {driver: existing, network: labs/x, nodes: [{node: a, addrs: [10.0.1.1/24]}, {node: b, addrs: "
	      "[10.0.0.1/8]}]}\n"),
	  "labs/a.yaml:9:85: warning: node \"b\" has addresses of one subnet on \"l\" (10.0.0.2/24) and on \"m\"; "
	  "give each link a subnet of its own [same-subnet]\n"
	  "labs/a.yaml:9:85: warning: address 10.0.0.1/8 is also that of node \"a\" of lab \"ring\" at "
	  "labs/a.yaml:8:47, and both are on network labs/x; change one [shared-address]\n" },
	{ INSTANCES("existing, network: x"),
	  "labs/a.yaml:8:47: warning: address 10.0.0.1/24 is also that of node \"a\" of lab \"ring-01\" at "
	  "labs/a.yaml:8:47, and both are on network labs/x; change one [shared-address]\n"
	  "labs/a.yaml:8:80: warning: address 10.0.0.2/24 is also that of node \"b\" of lab \"ring-01\" at "
	  "labs/a.yaml:8:80, and both are on network labs/x; change one [shared-address]\n" },
	{ INSTANCES("ovs, bridge: br1, vlan: 10"),
	  "labs/a.yaml:8:53: warning: address 10.0.0.1/24 is also that of node \"a\" of lab \"ring-01\" at "
	  "labs/a.yaml:8:53, and both are on VLAN 10 of bridge br1; change one [shared-address]\n"
	  "labs/a.yaml:8:86: warning: address 10.0.0.2/24 is also that of node \"b\" of lab \"ring-01\" at "
	  "labs/a.yaml:8:86, and both are on VLAN 10 of bridge br1; change one [shared-address]\n" },
	{ INSTANCES("existing, network: '${lab}'"), "" },
	{ INSTANCES("bridge"), "" },
	/* Only a lab that joins is on the link of another. */
	{ JOINING("10.0.0.3/24"), "" },
	{ JOINING("10.0.0.2/24"),
	  "labs/a.yaml:18:32: warning: address 10.0.0.2/24 is also that of node \"b\" of lab \"ring\" at "
	  "labs/a.yaml:10:15, and both are on link ring/l of namespace labs; change one [shared-address]\n" },
	{ MACHINE("image: 'example.org/vm:1'"), "" },
	{ MACHINE("image: example.org/vm"), "labs/a.yaml:10:95: warning: the image has no tag, which means "
					    "\"latest\"; add the tag of one release, or a "
					    "digest [unpinned-image]\n" },
	{ LAB_HEAD "spec: {nodes: {p: {pod: {image: example.org/app:1}}}}\n", "" },
	{ "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: d}\nspec: {disks: [{name: a, size: 1Gi}]}\n",
	  "" },
};

static void lint_text(struct lint *lint, struct lab_reading *reading, const char *text, const char *const *disabled)
{
	lab_reading_read_text(reading, text);
	ck_assert_msg(reading->diagnostics.errors == 0, "%s\n%s", text, reading->diagnostics.items[0].message);
	lint_labs(lint, &reading->set, disabled);
}

static const char *const none[] = { NULL };

START_TEST(each_finding_has_its_place)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(lint) struct lint lint = LINT_INIT;
		cleanup(buffer) struct buffer out = BUFFER_INIT;

		lint_text(&lint, &reading, cases[i].text, none);
		for (size_t j = 0; j < lint.count; j++) {
			lint_finding_write(&lint.findings[j], &out);
			buffer_append_char(&out, '\n');
		}
		ck_assert_msg(text_equal(buffer_text(&out), cases[i].expected), "%s\nexpected\n%sgot\n%s",
			      cases[i].text, cases[i].expected, buffer_text(&out));
	}
}
END_TEST

/* Not even its length. */
START_TEST(weak_passwords_are_not_repeated)
{
	static const char *const passwords[] = { "Cisco123", "a%b", "lab123" };

	for (size_t i = 0; i < ARRAY_SIZE(passwords); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(lint) struct lint lint = LINT_INIT;
		cleanup(buffer) struct buffer out = BUFFER_INIT;
		cleanup(free) char *text =
			string_format(VM("image: 'docker://a:1', diskSize: 10Gi, passwd: '%s'"), passwords[i]);

		lint_text(&lint, &reading, text, none);
		lint_write_json(&lint, &out);
		ck_assert_msg(strstr(buffer_text(&out), "\"weak-password\""), "%s", buffer_text(&out));
		ck_assert_msg(strstr(buffer_text(&out), passwords[i]) == NULL, "%s", buffer_text(&out));
	}
}
END_TEST

START_TEST(a_lab_that_expired_is_told_of)
{
	static const char text[] = LAB_HEAD "spec: {expires: 2026-03-01, nodes: {p: {pod: {image: 'nginx:1.27'}}}}\n";
	const struct lab_file file = { .path = "labs/a.yaml", .text = text, .length = strlen(text) };
	static const struct {
		time_t now;
		const char *expected;
	} times[] = {
		{ 1772323199, "" }, /* 2026-02-28T23:59:59Z */
		{ 1780272000,
		  "labs/a.yaml:1:1: warning: lab \"ring\" has expired, so that labsync takes it away; set a "
		  "later date, or remove it [expired]" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(times); i++) {
		cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
		cleanup(lint) struct lint lint = LINT_INIT;
		cleanup(buffer) struct buffer out = BUFFER_INIT;

		lab_set_read(&reading.set, &file, 1,
			     &(struct lab_options){ .default_namespace = "labs", .now = times[i].now },
			     &reading.diagnostics);
		lint_labs(&lint, &reading.set, none);
		for (size_t j = 0; j < lint.count; j++)
			lint_finding_write(&lint.findings[j], &out);
		ck_assert_str_eq(buffer_text(&out), times[i].expected);
	}
}
END_TEST

START_TEST(a_default_is_told_once)
{
	static const char text[] =
		LAB_HEAD "spec:\n  defaults: {vm: {image: 'docker://a', diskSize: 10Gi, passwdSecret: p}}\n"
			 "  nodes: {r1: {vm: {}}, r2: {vm: {}}}\n";
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(lint) struct lint lint = LINT_INIT;

	lint_text(&lint, &reading, text, none);
	ck_assert_uint_eq(lint.count, 1);
	ck_assert_uint_eq(lint.findings[0].place.line, 6);
}
END_TEST

START_TEST(a_disabled_rule_is_silent)
{
	static const char *const disabled[] = { "default-password", "unpinned-image", NULL };
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(lint) struct lint lint = LINT_INIT;

	lint_text(&lint, &reading, VM("image: 'docker://a', diskSize: 10Gi"), disabled);
	ck_assert_uint_eq(lint.count, 0);
}
END_TEST

START_TEST(json_has_the_places)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(lint) struct lint lint = LINT_INIT;
	cleanup(buffer) struct buffer out = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(json) json_t *value = NULL;
	const json_t *finding;

	lint_text(&lint, &reading, POD("image: nginx"), none);
	lint_write_json(&lint, &out);
	value = json_new_from_text(out.data, out.length, "the findings", &err);
	finding = json_array_get(json_at(value, "findings", NULL), 0);
	ck_assert_uint_eq(json_array_size(json_at(value, "findings", NULL)), 1);
	ck_assert_str_eq(json_text_at(finding, "rule", NULL), "unpinned-image");
	ck_assert_str_eq(json_text_at(finding, "path", NULL), "labs/a.yaml");
	ck_assert_int_eq(json_integer_value(json_at(finding, "line", NULL)), 5);
}
END_TEST

START_TEST(rules_are_in_order_and_found)
{
	for (const struct lint_rule *rule = lint_rules(); rule->name; rule++) {
		ck_assert_ptr_eq(lint_rule_find(rule->name), rule);
		ck_assert_msg(rule[1].name == NULL || strcmp(rule->name, rule[1].name) < 0, "%s", rule[1].name);
		ck_assert_msg(text_ends_with(rule->sentence, "."), "%s", rule->sentence);
	}
	ck_assert_ptr_null(lint_rule_find("nonsense"));
}
END_TEST

START_TEST(the_page_is_what_the_rules_say)
{
	cleanup(buffer) struct buffer page = BUFFER_INIT;
	cleanup(buffer) struct buffer written = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;

	lint_rules_write_markdown(&page);
	ck_assert_msg(file_read("docs/lint.md", 1024 * 1024, &written, &err), "%s", err.message);
	ck_assert_msg(text_equal(buffer_text(&page), buffer_text(&written)),
		      "docs/lint.md is not what `labsync lint --rules` prints; write it anew");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { a_lab_that_expired_is_told_of,   each_finding_has_its_place,
				       weak_passwords_are_not_repeated, a_default_is_told_once,
				       a_disabled_rule_is_silent,       json_has_the_places,
				       rules_are_in_order_and_found,    the_page_is_what_the_rules_say };

	return suite_run("lint", tests, ARRAY_SIZE(tests));
}
