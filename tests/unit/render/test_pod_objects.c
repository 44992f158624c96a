/* A pod's objects: what each of its fields becomes, and what is left out. */
#include "render/objects/pod.h"

#include "base/json.h"
#include "render/lab/pod_fields.h"
#include "render/objects/mounted_files.h"
#include "tests/unit/render/settings_check.h"
#include "tests/unit/suite.h"

/* A lab of one pod, "p", made from a text. */
struct rendering {
	struct settings_reading reading;
	struct lab lab;
	struct lab_node node;
	json_t *objects;
};

static void rendering_cleanup(struct rendering *rendering)
{
	json_decref(rendering->objects);
	settings_reading_cleanup(&rendering->reading);
}

static void rendering_init(struct rendering *rendering, const char *text)
{
	const struct place place = { "labs/node.yaml", 1, 1 };
	const struct lab_pod *pod;

	*rendering = (struct rendering){
		.lab = { .name = "l", .namespace_name = "n", .path = "labs/l.yaml" },
		.node = { .name = "p", .object_name = "l-p", .type = NODE_POD },
		.objects = json_array(),
	};
	rendering->lab.nodes = &rendering->node;
	rendering->lab.node_count = 1;
	settings_reading_init(&rendering->reading);
	pod = settings_overlay(&rendering->reading, &pod_type, "pod", &pod_built_in, LAYER_NODE, text);
	rendering->node.pod = pod_settle(&rendering->reading.reader, "p", &place, pod, true);
	ck_assert_uint_eq(rendering->reading.diagnostics.errors, 0);
	pod_add_objects(&rendering->lab, &rendering->node, rendering->objects);
}

static const json_t *object_find(const struct rendering *rendering, const char *kind)
{
	const json_t *object;
	size_t i;

	json_array_foreach (rendering->objects, i, object)
		if (strcmp(json_text_at(object, "kind", NULL), kind) == 0)
			return object;
	return NULL;
}

static const json_t *template_of(const struct rendering *rendering)
{
	return json_at(object_find(rendering, "Deployment"), "spec", "template", NULL);
}

static const json_t *container_of(const struct rendering *rendering)
{
	return json_array_get(json_at(template_of(rendering), "spec", "containers", NULL), 0);
}

static void assert_json(const json_t *value, const char *wanted)
{
	cleanup(free) char *text = json_text_new(value);

	ck_assert_str_eq(text, wanted);
}

/* What is set of the container beyond its name, image and volume. */
static void assert_container(const char *fields, const char *wanted)
{
	cleanup(rendering) struct rendering rendering;
	cleanup(free) char *text = string_format("image: alpine\n%s", fields);
	cleanup(json) json_t *container = NULL;

	rendering_init(&rendering, text);
	container = json_copy((json_t *)container_of(&rendering));
	ck_assert_str_eq(json_string_value(json_object_get(container, "image")), "alpine");
	json_object_del(container, "name");
	json_object_del(container, "image");
	json_object_del(container, "volumeMounts");
	assert_json(container, wanted);
}

START_TEST(a_bare_pod_has_nothing_that_kubernetes_would_set)
{
	cleanup(rendering) struct rendering rendering;

	rendering_init(&rendering, "image: alpine");
	ck_assert_uint_eq(json_array_size(rendering.objects), 2);
	assert_json(
		json_at(object_find(&rendering, "Deployment"), "spec", NULL),
		"{\"replicas\":1,\"selector\":{\"matchLabels\":{\"app.kubernetes.io/name\":\"p\","
		"\"app.kubernetes.io/part-of\":\"l\"}},\"strategy\":{\"type\":\"Recreate\"},\"template\":{"
		"\"metadata\":{\"labels\":{\"app.kubernetes.io/name\":\"p\",\"app.kubernetes.io/part-of\":\"l\"}},"
		"\"spec\":{\"containers\":[{\"image\":\"alpine\",\"name\":\"main\",\"volumeMounts\":[{"
		"\"mountPath\":\"/root\",\"name\":\"root\"}]}],\"hostname\":\"p\",\"volumes\":[{\"name\":\"root\","
		"\"persistentVolumeClaim\":{\"claimName\":\"l-p-root\"}}]}}}");
}
END_TEST

START_TEST(each_field_of_the_container_is_rendered)
{
	static const struct {
		const char *fields, *wanted;
	} cases[] = {
		{ "cmd: sh -c 'sleep 1'", "{\"command\":[\"sh\",\"-c\",\"sleep 1\"]}" },
		{ "command: [a, '']\nargs: [1]", "{\"args\":[\"1\"],\"command\":[\"a\",\"\"]}" },
		{ "command: []\nargs: []", "{}" },
		{ "cmd: ''", "{}" },
		{ "env: {}", "{}" },
		{ "env: {B: 1, A: ''}", "{\"env\":[{\"name\":\"B\",\"value\":\"1\"},{\"name\":\"A\"}]}" },
		{ "envSecret: keys", "{\"envFrom\":[{\"secretRef\":{\"name\":\"keys\"}}]}" },
		{ "privileged: true", "{\"securityContext\":{\"privileged\":true}}" },
		{ "privileged: false", "{}" },
		{ "capabilities: [NET_ADMIN, BPF]",
		  "{\"securityContext\":{\"capabilities\":{\"add\":[\"NET_ADMIN\",\"BPF\"]}}}" },
		{ "capabilities: []", "{}" },
		{ "privileged: true\ncapabilities: [BPF]", "{\"securityContext\":{\"privileged\":true}}" },
		{ "memory: 1Gi\ncpu: 0.5", "{\"resources\":{\"requests\":{\"cpu\":\"0.5\",\"memory\":\"1Gi\"}}}" },
		{ "cpu: 1\nresources: {requests: {memory: 1Gi}, limits: {nvidia.com/gpu: 1}}",
		  "{\"resources\":{\"limits\":{\"nvidia.com/"
		  "gpu\":\"1\"},\"requests\":{\"cpu\":\"1\",\"memory\":\"1Gi\"}}}" },
		{ "resources: {requests: {}, limits: {}}", "{}" },
		{ "pullPolicy: Always", "{\"imagePullPolicy\":\"Always\"}" },
		{ "readinessProbe: {tcpSocket: {port: 22}}", "{\"readinessProbe\":{\"tcpSocket\":{\"port\":22}}}" },
		{ "livenessProbe: {exec: {command: [true-ish]}, periodSeconds: 3}",
		  "{\"livenessProbe\":{\"exec\":{\"command\":[\"true-ish\"]},\"periodSeconds\":3}}" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_container(cases[i].fields, cases[i].wanted);
}
END_TEST

START_TEST(ports_are_the_containers_and_a_services)
{
	cleanup(rendering) struct rendering rendering;

	rendering_init(&rendering, "image: a\nports: [{name: web, port: 80}, {name: dns, port: 53, protocol: UDP}]");
	assert_json(json_object_get(container_of(&rendering), "ports"),
		    "[{\"containerPort\":80,\"name\":\"web\",\"protocol\":\"TCP\"},{\"containerPort\":53,"
		    "\"name\":\"dns\",\"protocol\":\"UDP\"}]");
	ck_assert_uint_eq(json_array_size(rendering.objects), 3);
	ck_assert_uint_eq(json_array_size(json_at(object_find(&rendering, "Service"), "spec", "ports", NULL)), 2);
}
END_TEST

START_TEST(what_concerns_the_whole_pod_stands_beside_the_container)
{
	cleanup(rendering) struct rendering rendering;
	const json_t *spec;

	rendering_init(&rendering, "image: a\nhostname: web\npullSecrets: [x, z]\nterminationGracePeriodSeconds: 0\n"
				   "placement: {nodeSelector: {rack: a1}}");
	spec = json_object_get(template_of(&rendering), "spec");
	assert_json(json_object_get(spec, "hostname"), "\"web\"");
	assert_json(json_object_get(spec, "imagePullSecrets"), "[{\"name\":\"x\"},{\"name\":\"z\"}]");
	assert_json(json_object_get(spec, "terminationGracePeriodSeconds"), "0");
	assert_json(json_object_get(spec, "nodeSelector"), "{\"rack\":\"a1\"}");
}
END_TEST

START_TEST(the_volume_is_as_it_is_asked_for)
{
	cleanup(rendering) struct rendering rendering;
	const json_t *claim;

	rendering_init(&rendering, "image: a\npvcSize: 1Gi\nstorageClass: fast\naccessMode: ReadWriteMany\n"
				   "diskPolicy: Delete");
	claim = object_find(&rendering, "PersistentVolumeClaim");
	assert_json(json_object_get(claim, "spec"),
		    "{\"accessModes\":[\"ReadWriteMany\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}},"
		    "\"storageClassName\":\"fast\"}");
	assert_json(json_at(claim, "metadata", "annotations", "labsync.dev/disk-policy", NULL), "\"Delete\"");
}
END_TEST

START_TEST(files_are_a_config_map_that_is_mounted_file_by_file)
{
	cleanup(rendering) struct rendering rendering;

	rendering_init(&rendering, "image: a\nfiles: [{path: /etc/motd, file: banner.txt}, "
				   "{path: /usr/bin/my_tool, content: x, mode: 0755}]");
	assert_json(json_object_get(object_find(&rendering, "ConfigMap"), "data"),
		    "{\"etc_motd\":\"hello\\n\\n\",\"usr_bin_my_tool__b07d435f\":\"x\"}");
	assert_json(
		json_object_get(container_of(&rendering), "volumeMounts"),
		"[{\"mountPath\":\"/root\",\"name\":\"root\"},"
		"{\"mountPath\":\"/etc/motd\",\"name\":\"files\",\"subPath\":\"etc_motd\"},"
		"{\"mountPath\":\"/usr/bin/my_tool\",\"name\":\"files\",\"subPath\":\"usr_bin_my_tool__b07d435f\"}]");
	assert_json(json_array_get(json_at(template_of(&rendering), "spec", "volumes", NULL), 1),
		    "{\"configMap\":{\"items\":[{\"key\":\"etc_motd\",\"path\":\"etc_motd\"},"
		    "{\"key\":\"usr_bin_my_tool__b07d435f\",\"mode\":493,\"path\":\"usr_bin_my_tool__b07d435f\"}],"
		    "\"name\":\"l-p-files\"},\"name\":\"files\"}");
}
END_TEST

START_TEST(what_kubernetes_sets_by_itself_is_left_to_it)
{
	cleanup(rendering) struct rendering bare, given;

	rendering_init(&bare, "image: a\nfiles: [{path: /a, content: x}]");
	rendering_init(&given, "image: a\nfiles: [{path: /a, content: x, mode: '0644'}]\n"
			       "terminationGracePeriodSeconds: 30\naccessMode: ReadWriteOnce\ndiskPolicy: Retain");
	ck_assert(json_equal(bare.objects, given.objects));
}
END_TEST

static const char *digest_of(const struct rendering *rendering)
{
	return json_text_at(template_of(rendering), "metadata", "annotations", "labsync.dev/files-digest", NULL);
}

START_TEST(an_edit_of_a_file_makes_a_new_pod)
{
	cleanup(rendering) struct rendering one, same, other;

	rendering_init(&one, "image: a\nfiles: [{path: /a, content: x}]");
	rendering_init(&same, "image: a\nfiles: [{path: /a, content: x}]");
	rendering_init(&other, "image: a\nfiles: [{path: /a, content: z}]");
	ck_assert_str_eq(digest_of(&one), digest_of(&same));
	ck_assert_str_ne(digest_of(&one), digest_of(&other));
	ck_assert_uint_eq(strlen(digest_of(&one)), 64);
}
END_TEST

START_TEST(keys_tell_files_apart)
{
	static const char *const paths[] = { "/etc/a_b", "/etc/a/b", "/etc_a/b", "/etc/a-b",     "/etc/a b",
					     "/..etc",   "/.etc",    "/_etc",    "/etc/\xc3\xa9" };
	char *keys[ARRAY_SIZE(paths)];
	cleanup(buffer) struct buffer long_path = BUFFER_INIT;
	cleanup(free) char *long_key = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		keys[i] = mounted_file_key_new(paths[i]);
		ck_assert_msg(keys[i][strspn(keys[i], "abcdefghijklmnopqrstuvwxyz0123456789-._")] == '\0', "%s",
			      keys[i]);
		ck_assert_msg(strncmp(keys[i], "..", 2) != 0, "%s", keys[i]);
		for (size_t k = 0; k < i; k++)
			ck_assert_str_ne(keys[i], keys[k]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		free(keys[i]);
	for (size_t i = 0; i < 100; i++)
		buffer_append_text(&long_path, "/abc");
	long_key = mounted_file_key_new(buffer_text(&long_path));
	ck_assert_uint_eq(strlen(long_key), 253);
}
END_TEST

START_TEST(a_lab_that_is_powered_off_keeps_its_deployments_without_pods)
{
	cleanup(rendering) struct rendering rendering;

	rendering_init(&rendering, "image: a");
	json_array_clear(rendering.objects);
	rendering.lab.powered_off = true;
	pod_add_objects(&rendering.lab, &rendering.node, rendering.objects);
	assert_json(json_at(object_find(&rendering, "Deployment"), "spec", "replicas", NULL), "0");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = {
		a_bare_pod_has_nothing_that_kubernetes_would_set,
		each_field_of_the_container_is_rendered,
		ports_are_the_containers_and_a_services,
		what_concerns_the_whole_pod_stands_beside_the_container,
		the_volume_is_as_it_is_asked_for,
		files_are_a_config_map_that_is_mounted_file_by_file,
		what_kubernetes_sets_by_itself_is_left_to_it,
		an_edit_of_a_file_makes_a_new_pod,
		keys_tell_files_apart,
		a_lab_that_is_powered_off_keeps_its_deployments_without_pods,
	};

	return suite_run("render/pod_objects", tests, ARRAY_SIZE(tests));
}
