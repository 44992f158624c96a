/* What of a pod's fields is taken, what holds of several layers, and what is
 * refused in which words at which place. */
#include "render/lab/pod_fields.h"

#include "render/lab/container_image.h"
#include "tests/unit/render/settings_check.h"
#include "tests/unit/suite.h"

static const struct lab_pod *pod_read(struct settings_reading *reading, const char *lab, const char *node)
{
	const struct place place = { "labs/node.yaml", 1, 1 };
	const void *pod = &pod_built_in;

	settings_reading_init(reading);
	pod = settings_overlay(reading, &pod_type, "pod", pod, LAYER_LAB, lab);
	pod = settings_overlay(reading, &pod_type, "pod", pod, LAYER_NODE, node);
	return pod_settle(&reading->reader, "p", &place, pod, reading->reader.errors == 0);
}

/* The pod of texts that are good. */
static const struct lab_pod *pod_read_good(struct settings_reading *reading, const char *lab, const char *node)
{
	const struct lab_pod *pod = pod_read(reading, lab, node);
	cleanup(free) char *lines = settings_reading_lines_new(reading);

	ck_assert_str_eq(lines, "");
	return pod;
}

struct refusal {
	const char *name;
	const char *lab; /* NULL: no defaults */
	const char *node;
	const char *expected; /* the only line, without "labs/" */
};

static void check_refusals(const struct refusal *refusals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct refusal *refusal = &refusals[i];
		cleanup(settings_reading) struct settings_reading reading;
		cleanup(free) char *expected = string_format("labs/%s\n", refusal->expected);
		cleanup(free) char *lines = NULL;

		pod_read(&reading, refusal->lab, refusal->node);
		lines = settings_reading_lines_new(&reading);
		ck_assert_msg(strcmp(lines, expected) == 0, "%s:\n  expected %s  got      %s", refusal->name,
			      expected, lines);
	}
}

#define IMAGE "image: alpine\n" /* line 1 */
#define REFERENCE "image is no reference to a container image: "
#define COMPONENT                                                                                                    \
	"its repository must be of lower-case letters, digits and single \".\", \"_\" or \"-\" inside, between "     \
	"\"/\""

static const struct refusal image_refusals[] = {
	{ "none", NULL, "{}",
	  "node.yaml:1:1: error: node \"p\" has no image; set it in the node, in spec.defaults.pod.image of the Lab, "
	  "or "
	  "in spec.defaultNode.pod.image of a KNLConfig named knlcfg" },
	{ "refused, not missing", NULL, "image: docker://alpine",
	  "node.yaml:1:8: error: image of a pod is a plain reference like docker.io/library/alpine:3.20; remove what "
	  "stands up to ://" },
	{ "empty", NULL, "image: ''",
	  "node.yaml:1:8: error: image is empty; write e.g. docker.io/library/alpine:3.20" },
	{ "list", NULL, "image: [alpine]", "node.yaml:1:8: error: image must be a string, not a list" },
	{ "blank", NULL, "image: alpine latest",
	  "node.yaml:1:8: error: image has a blank or control character; remove it" },
	{ "capitals", NULL, "image: Alpine",
	  "node.yaml:1:8: error: " REFERENCE "its repository has capitals; write it in lower case" },
	{ "tag", NULL, "image: alpine:3.22+x",
	  "node.yaml:1:8: error: " REFERENCE "its tag must be at most 128 letters, digits, \"_\", \".\" and \"-\", "
	  "beginning with none of the last two" },
	{ "no tag", NULL, "image: 'alpine:'",
	  "node.yaml:1:8: error: " REFERENCE "its tag is empty; write one after \":\", or remove the \":\"" },
	{ "digest", NULL, "image: alpine@sha256:12",
	  "node.yaml:1:8: error: " REFERENCE
	  "its digest has not as many lower-case hex digits as the algorithm gives (sha256: 64)" },
	{ "algorithm", NULL, "image: alpine@md5:12",
	  "node.yaml:1:8: error: " REFERENCE "its digest is not sha256:, sha384: or sha512: and hex digits" },
	{ "nothing after the registry", NULL, "image: example.org/",
	  "node.yaml:1:8: error: " REFERENCE "it names no repository" },
	{ "empty part", NULL, "image: example.org/a//b", "node.yaml:1:8: error: " REFERENCE COMPONENT },
	{ "registry's port", NULL, "image: 'example.org:x/a'",
	  "node.yaml:1:8: error: " REFERENCE "the port of its registry is no number" },
	{ "password", NULL, "image: me:secret@example.org/a",
	  "node.yaml:1:8: error: " REFERENCE "it carries a user or password; remove them" },
};

static const struct refusal command_refusals[] = {
	{ "open quote", NULL, IMAGE "cmd: \"echo 'secret\"",
	  "node.yaml:2:6: error: cmd is not a command line: a ' quote is not closed" },
	{ "cmd and command", NULL, IMAGE "cmd: sleep 1\ncommand: [sleep]",
	  "node.yaml:3:10: error: cmd and command exclude each other; keep one" },
	{ "command and cmd", NULL, IMAGE "command: [sleep]\ncmd: sleep 1",
	  "node.yaml:3:6: error: command and cmd exclude each other; keep one" },
	{ "command as text", NULL, IMAGE "command: sleep 1",
	  "node.yaml:2:10: error: command must be a list, not a string" },
	{ "word that is none", NULL, IMAGE "args: [a, {b: c}]",
	  "node.yaml:2:11: error: args[1] must be a string, not a mapping" },
	{ "boolean word", NULL, IMAGE "args: [true]",
	  "node.yaml:2:8: error: args[0] must be a string, not a boolean" },
	{ "variables as a list", NULL, IMAGE "env: [A=1]",
	  "node.yaml:2:6: error: env must be a mapping of names to values, like {MODE: test}" },
	{ "variable's name", NULL, IMAGE "env: {A: 1, 1B: 2}",
	  "node.yaml:2:13: error: env: name \"1B\" is not usable; use letters, digits, \"_\", \"-\" and \".\", not "
	  "beginning with a digit" },
	{ "variable without value", NULL, IMAGE "env:\n  A:",
	  "node.yaml:3:5: error: env: A has no value; write \"\" for an empty one, or remove it" },
	{ "variable of no kind", NULL, IMAGE "env: {PASSWORD: [secret]}",
	  "node.yaml:2:17: error: env: PASSWORD must be text, a number or a boolean, not a list" },
	{ "Secret", NULL, IMAGE "envSecret: Keys",
	  "node.yaml:2:12: error: envSecret \"Keys\" is no name of a Kubernetes object; use lower-case letters, "
	  "digits, "
	  "\"-\" and \".\", with a letter or digit at both ends" },
	{ "Secret twice", NULL, IMAGE "pullSecrets: [a, b, a]",
	  "node.yaml:2:21: error: pullSecrets: \"a\" is listed twice; keep one" },
	{ "pull policy", NULL, IMAGE "pullPolicy: always",
	  "node.yaml:2:13: error: pullPolicy \"always\" is not known; did you mean \"Always\"?" },
	{ "host name", NULL, IMAGE "hostname: a_b",
	  "node.yaml:2:11: error: hostname \"a_b\" must be at most 63 lower-case letters, digits and \"-\", with a "
	  "letter or digit at both ends" },
	{ "grace period", NULL, IMAGE "terminationGracePeriodSeconds: -1",
	  "node.yaml:2:32: error: terminationGracePeriodSeconds must be a whole number from 0 to 86400, not -1" },
	{ "access mode", NULL, IMAGE "accessMode: ReadWriteOne",
	  "node.yaml:2:13: error: accessMode \"ReadWriteOne\" is not known; did you mean \"ReadWriteOnce\"?" },
	{ "disk policy", NULL, IMAGE "diskPolicy: Keep",
	  "node.yaml:2:13: error: diskPolicy \"Keep\" is not known; use Retain or Delete" },
	{ "small volume", NULL, IMAGE "pvcSize: 100m",
	  "node.yaml:2:10: error: pvcSize is \"100m\", but must be at least 1Mi; write it like 10Gi" },
	{ "replicas", NULL, IMAGE "replicas: 101",
	  "node.yaml:2:11: error: replicas must be a whole number from 1 to 100, not 101" },
	{ "field of a VM", NULL, IMAGE "passwd: x",
	  "node.yaml:2:1: error: unknown field \"passwd\" in pod; it takes accessMode, args, capabilities, cmd, "
	  "command, "
	  "cpu, diskPolicy, env, envSecret, files, hostname, image, livenessProbe, memory, placement, ports, "
	  "privileged, pullPolicy, pullSecrets, pvcSize, readinessProbe, replicas, resources, storageClass, "
	  "terminationGracePeriodSeconds" },
	{ "probe without a way", NULL, IMAGE "readinessProbe: {periodSeconds: 3}",
	  "node.yaml:2:17: error: readinessProbe does not say what to ask; add httpGet, tcpSocket or exec" },
};

static const struct refusal rights_refusals[] = {
	{ "prefix", NULL, IMAGE "capabilities: [NET_RAW, CAP_NET_ADMIN]",
	  "node.yaml:2:25: error: capability \"CAP_NET_ADMIN\" stands without CAP_ in Kubernetes; write NET_ADMIN" },
	{ "misspelt", NULL, IMAGE "capabilities: [NET_ADMN]",
	  "node.yaml:2:16: error: capability \"NET_ADMN\" is not known; did you mean \"NET_ADMIN\"?" },
	{ "lower case with prefix", NULL, IMAGE "capabilities: [cap_sys_time]",
	  "node.yaml:2:16: error: capability \"cap_sys_time\" is not known; did you mean \"SYS_TIME\"?" },
	{ "unknown", NULL, IMAGE "capabilities: [superpowers]",
	  "node.yaml:2:16: error: capability \"superpowers\" is not known; use the names of capabilities(7) without "
	  "CAP_, like NET_ADMIN" },
	{ "twice", NULL, IMAGE "capabilities: [BPF, BPF]",
	  "node.yaml:2:21: error: capability BPF is listed twice; keep one" },
	{ "privileged", NULL, IMAGE "privileged: true\ncapabilities: [BPF]",
	  "node.yaml:3:15: warning: capabilities have no effect on a privileged pod; remove one" },
	{ "privileged by default", "privileged: true", IMAGE "capabilities: [BPF]",
	  "node.yaml:2:15: warning: capabilities have no effect on a privileged pod; remove one" },
	{ "privileged as text", NULL, IMAGE "privileged: 'yes'",
	  "node.yaml:2:13: error: privileged must be true or false, not a string" },
};

static const struct refusal resource_refusals[] = {
	{ "misspelt", NULL, IMAGE "resources: {limits: {memmory: 1Gi}}",
	  "node.yaml:2:22: error: unknown resource \"memmory\"; did you mean \"memory\"?" },
	{ "unknown", NULL, IMAGE "resources: {limits: {gpu-of-mine: 1}}",
	  "node.yaml:2:22: error: unknown resource \"gpu-of-mine\"; use cpu, memory, ephemeral-storage, "
	  "hugepages-2Mi "
	  "and the like, or a device's name with its domain, like nvidia.com/gpu" },
	{ "huge pages of no size", NULL, IMAGE "resources: {limits: {hugepages-: 1Gi}}",
	  "node.yaml:2:22: error: unknown resource \"hugepages-\"; use cpu, memory, ephemeral-storage, hugepages-2Mi "
	  "and the like, or a device's name with its domain, like nvidia.com/gpu" },
	{ "huge pages alone", NULL, IMAGE "resources: {limits: {hugepages-2Mi: 64Mi}}",
	  "node.yaml:2:22: error: hugepages-2Mi needs memory or cpu beside it; add memory" },
	{ "half a device", NULL, IMAGE "resources: {limits: {nvidia.com/gpu: 0.5}}",
	  "node.yaml:2:38: error: nvidia.com/gpu must be a whole number, not \"0.5\"" },
	{ "part of a byte", NULL, IMAGE "memory: 100m",
	  "node.yaml:2:9: error: memory is \"100m\", which is not a whole number of bytes; write it like 512Mi" },
	{ "part of a byte as limit", NULL, IMAGE "resources: {limits: {memory: 100m}}",
	  "node.yaml:2:30: error: memory is \"100m\", which is not a whole number of bytes; write it like 512Mi" },
	{ "negative", NULL, IMAGE "cpu: -1", "node.yaml:2:6: error: cpu must not be negative" },
	{ "no quantity", NULL, IMAGE "cpu: one",
	  "node.yaml:2:6: error: cpu is \"one\", which is no quantity; write it like 500m or 1Gi" },
	{ "both ways", NULL, IMAGE "memory: 1Gi\nresources: {requests: {memory: 2Gi}}",
	  "node.yaml:3:24: error: memory is \"1Gi\", but resources.requests.memory is \"2Gi\"; keep one" },
	{ "above the limit", NULL, IMAGE "resources: {limits: {cpu: 1}, requests: {cpu: 1500m}}",
	  "node.yaml:2:42: error: cpu of \"1500m\" is requested with a limit of \"1\"; raise the limit or lower the "
	  "request" },
	{ "shorthand above the limit", NULL, IMAGE "resources: {limits: {memory: 1G}}\nmemory: 1Gi",
	  "node.yaml:3:9: error: memory of \"1Gi\" is requested with a limit of \"1G\"; raise the limit or lower the "
	  "request" },
	{ "default above the limit", "memory: 2Gi", IMAGE "resources: {limits: {memory: 1Gi}}",
	  "lab.yaml:1:9: error: memory of \"2Gi\" is requested with a limit of \"1Gi\"; raise the limit or lower the "
	  "request" },
	{ "device without a limit", NULL, IMAGE "resources: {requests: {nvidia.com/gpu: 1}}",
	  "node.yaml:2:24: error: nvidia.com/gpu is requested without a limit, which Kubernetes refuses; set it in "
	  "resources.limits alone" },
	{ "refused limit", NULL, IMAGE "resources: {limits: {nvidia.com/gpu: x}, requests: {nvidia.com/gpu: 1}}",
	  "node.yaml:2:38: error: nvidia.com/gpu is \"x\", which is no quantity; write it like 500m or 1Gi" },
	{ "device with another limit", NULL,
	  IMAGE "resources: {limits: {nvidia.com/gpu: 2}, requests: {nvidia.com/gpu: 1}}",
	  "node.yaml:2:53: error: nvidia.com/gpu of \"1\" is requested with a limit of \"2\"; make both the same, or "
	  "remove the request" },
};

#define FILE_AT(path) IMAGE "files:\n- path: " path "\n  content: x\n"

static const struct refusal file_refusals[] = {
	{ "relative path", NULL, FILE_AT("etc/a"),
	  "node.yaml:3:9: error: path \"etc/a\" does not begin with \"/\"; write the whole path in the container" },
	{ "root", NULL, FILE_AT("/"), "node.yaml:3:9: error: path \"/\" is the root; name a file below it" },
	{ "volume", NULL, FILE_AT("/root"),
	  "node.yaml:3:9: error: path \"/root\" is where the pod's volume is mounted; name a file below it" },
	{ "upwards", NULL, FILE_AT("/etc/../root"),
	  "node.yaml:3:9: error: path \"/etc/../root\" has \"..\" in it; write it without" },
	{ "folder", NULL, FILE_AT("/etc/"), "node.yaml:3:9: error: path \"/etc/\" ends with \"/\"; name the file" },
	{ "empty part", NULL, FILE_AT("/etc//a"),
	  "node.yaml:3:9: error: path \"/etc//a\" has an empty or \".\" part; write it without" },
	{ "colon", NULL, FILE_AT("'/etc/a:b'"),
	  "node.yaml:3:9: error: path \"/etc/a:b\" has a \":\", which no mount can have" },
	{ "kernel's", NULL, FILE_AT("/proc/sys/net"),
	  "node.yaml:3:9: error: path \"/proc/sys/net\" is in /proc, where nothing can be mounted" },
	{ "no path", NULL, IMAGE "files: [{content: x}]", "node.yaml:2:9: error: files[0] has no path; add it" },
	{ "no text", NULL, IMAGE "files: [{path: /a}]",
	  "node.yaml:2:9: error: \"/a\" has no text; add file, a path in the repository, or content" },
	{ "two texts", NULL, IMAGE "files: [{path: /a, content: x, file: banner.txt}]",
	  "node.yaml:2:29: error: \"/a\" has both content and file; keep one" },
	{ "mode", NULL, IMAGE "files: [{path: /a, content: x, mode: 644}]",
	  "node.yaml:2:38: error: mode must be octal from 0000 to 0777, like \"0644\", not \"644\"" },
	{ "mode with a sticky bit", NULL, IMAGE "files: [{path: /a, content: x, mode: '1777'}]",
	  "node.yaml:2:38: error: mode must be octal from 0000 to 0777, like \"0644\", not \"1777\"" },
	{ "mode that is none", NULL, IMAGE "files: [{path: /a, content: x, mode: [0644]}]",
	  "node.yaml:2:38: error: mode must be octal from 0000 to 0777, like \"0644\"" },
	{ "path twice", NULL, FILE_AT("/a") "- path: /a\n  content: z",
	  "node.yaml:5:9: error: path \"/a\" is used twice, also at labs/node.yaml:3:9; change one" },
	{ "file and folder", NULL, FILE_AT("/a/b") "- path: /a\n  content: z",
	  "node.yaml:5:9: error: paths \"/a\" and \"/a/b\" at labs/node.yaml:3:9 make one of them both a file and a "
	  "folder; change one" },
	{ "file that is not there", NULL, IMAGE "files: [{path: /a, file: none.txt}]",
	  "node.yaml:2:26: error: file \"labs/none.txt\" cannot be read: no such file" },
	{ "too much", NULL, IMAGE "files: [{path: /a, file: large.txt}, {path: /b, file: larger.txt}]",
	  "node.yaml:2:8: error: files hold 921601 bytes in all, but at most 921600 (900 KiB) fit in a ConfigMap; "
	  "put "
	  "the large ones into the image, or fetch them when the pod starts" },
};

#define REFUSALS_TEST(table)                                                                                         \
	START_TEST(test_##table)                                                                                     \
	{                                                                                                            \
		check_refusals(table, ARRAY_SIZE(table));                                                            \
	}                                                                                                            \
	END_TEST

REFUSALS_TEST(image_refusals)
REFUSALS_TEST(command_refusals)
REFUSALS_TEST(rights_refusals)
REFUSALS_TEST(resource_refusals)
REFUSALS_TEST(file_refusals)

START_TEST(good_image_references_are_taken)
{
	static const char *const good[] = {
		"alpine",
		"alpine:3.22",
		"library/alpine",
		"localhost/alpine:dev",
		"registry:5000/team/app_one/x__y:V1.0-rc.1",
		"Registry.Example.org/app-one--two",
		"[2001:db8::1]:5000/app:1",
		"ghcr.io/nokia/srlinux@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
	};

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		const char *wrong = container_image_wrong(good[i]);

		ck_assert_msg(wrong == NULL, "%s: %s", good[i], wrong);
	}
}
END_TEST

START_TEST(built_in_values_are_those_of_knl)
{
	cleanup(settings_reading) struct settings_reading reading;
	const struct lab_pod *pod = pod_read_good(&reading, NULL, "image: alpine");

	ck_assert_str_eq(pod->disk_size, "100Mi");
	ck_assert(!*pod->privileged);
	ck_assert(pod->command_line == NULL && pod->command == NULL && pod->resources == NULL);
}
END_TEST

START_TEST(variables_are_taken_as_they_were_typed)
{
	static const char *const values[] = { "text", "010", "1.50", "yes", "" };
	cleanup(settings_reading) struct settings_reading reading;
	const struct lab_pod *pod =
		pod_read_good(&reading, NULL, IMAGE "env: {A: text, B: 010, C: 1.50, _d.e-f: yes, E: ''}");

	ck_assert_uint_eq(pod->environment->count, ARRAY_SIZE(values));
	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		ck_assert_str_eq(pod->environment->values[i], values[i]);
	ck_assert_str_eq(pod->environment->keys[3], "_d.e-f");
	ck_assert_uint_eq(pod->environment->places[1].column, 16);
}
END_TEST

START_TEST(numbers_are_words_of_a_command)
{
	cleanup(settings_reading) struct settings_reading reading;
	const struct lab_pod *pod = pod_read_good(&reading, NULL, IMAGE "command: [sleep]\nargs: [3600, a b]");

	ck_assert_str_eq(list_text(pod->command, 0), "sleep");
	ck_assert_str_eq(list_text(pod->arguments, 0), "3600");
	ck_assert_str_eq(list_text(pod->arguments, 1), "a b");
}
END_TEST

START_TEST(the_higher_layer_says_what_runs)
{
	cleanup(settings_reading) struct settings_reading first, second;
	const struct lab_pod *pod = pod_read_good(&first, "cmd: sleep 1", IMAGE "command: [nginx]");

	ck_assert(pod->command_line == NULL);
	ck_assert_str_eq(list_text(pod->command, 0), "nginx");
	pod = pod_read_good(&second, "command: [nginx]", IMAGE "cmd: sleep 1");
	ck_assert(pod->command == NULL);
	ck_assert_str_eq(pod->command_line->words[1], "1");
}
END_TEST

START_TEST(a_shorthand_yields_to_what_stands_higher)
{
	cleanup(settings_reading) struct settings_reading higher, lower, same;
	const struct lab_pod *pod =
		pod_read_good(&higher, "memory: 1Gi\ncpu: 1", IMAGE "resources: {requests: {memory: 2Gi}}");

	ck_assert(pod->memory == NULL);
	ck_assert_str_eq(pod->cpu, "1");
	pod = pod_read_good(&lower, "resources: {requests: {memory: 2Gi}}", IMAGE "memory: 1Gi");
	ck_assert_str_eq(pod->memory, "1Gi");
	pod = pod_read_good(&same, NULL, IMAGE "memory: 1Gi\nresources: {requests: {memory: 1024Mi}}");
	ck_assert(pod->memory == NULL);
}
END_TEST

START_TEST(requests_and_limits_are_laid_over_apart)
{
	cleanup(settings_reading) struct settings_reading reading;
	const struct lab_pod *pod =
		pod_read_good(&reading, "resources: {limits: {hugepages-2Mi: 64Mi, example.com/dongle: 1}}",
			      IMAGE "resources: {requests: {cpu: 0.5, ephemeral-storage: 1Gi}}");

	ck_assert_uint_eq(pod->resources->limits->count, 2);
	ck_assert_str_eq(pod->resources->limits->keys[1], "example.com/dongle");
	ck_assert_uint_eq(pod->resources->requests->count, 2);
	ck_assert_str_eq(pod->resources->requests->values[0], "0.5");
}
END_TEST

START_TEST(files_come_from_the_repository_or_from_the_lab)
{
	cleanup(settings_reading) struct settings_reading reading;
	const struct lab_pod *pod = pod_read_good(
		&reading, NULL,
		IMAGE "files: [{path: /etc/motd, file: banner.txt, mode: 0600}, {path: /root/x, content: ''}]");
	const struct lab_mounted_file *motd = pod->files->items[0], *other = pod->files->items[1];

	ck_assert_str_eq(motd->file->text, "hello\n\n");
	ck_assert_str_eq(motd->mode, "0600");
	ck_assert_str_eq(other->content, "");
	ck_assert(other->mode == NULL);
}
END_TEST

START_TEST(all_that_a_config_map_takes_is_taken)
{
	cleanup(settings_reading) struct settings_reading reading;

	pod_read_good(&reading, NULL, IMAGE "files: [{path: /a, file: large.txt}, {path: /b, file: large.txt}]");
}
END_TEST

START_TEST(a_default_is_complained_about_once)
{
	cleanup(settings_reading) struct settings_reading reading;
	const struct place place = { "labs/lab.yaml", 1, 1 };
	const char *text = "memory: 2Gi\nresources: {limits: {memory: 1Gi}}\nimage: a";
	const void *pod;

	settings_reading_init(&reading);
	pod = settings_overlay(&reading, &pod_type, "pod", &pod_built_in, LAYER_LAB, text);
	pod_settle(&reading.reader, "web-1", &place, pod, true);
	pod_settle(&reading.reader, "web-2", &place, pod, true);
	ck_assert_uint_eq(reading.diagnostics.count, 1);
	ck_assert_uint_eq(reading.reader.errors, 2);
}
END_TEST

START_TEST(all_mistakes_are_told_at_once)
{
	cleanup(settings_reading) struct settings_reading reading;

	pod_read(&reading, "pvcSize: x\npullPolicy: y",
		 "image: A\nenv: {'1': a, '2': b}\ncapabilities: [q, CAP_BPF]\n"
		 "files: [{path: a}, {path: b}]");
	ck_assert_uint_eq(reading.diagnostics.errors, 9);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		test_image_refusals,
		test_command_refusals,
		test_rights_refusals,
		test_resource_refusals,
		test_file_refusals,
		good_image_references_are_taken,
		built_in_values_are_those_of_knl,
		variables_are_taken_as_they_were_typed,
		numbers_are_words_of_a_command,
		the_higher_layer_says_what_runs,
		a_shorthand_yields_to_what_stands_higher,
		requests_and_limits_are_laid_over_apart,
		files_come_from_the_repository_or_from_the_lab,
		all_that_a_config_map_takes_is_taken,
		a_default_is_complained_about_once,
		all_mistakes_are_told_at_once,
	};

	return suite_run("render/pod_fields", tests, ARRAY_SIZE(tests));
}
