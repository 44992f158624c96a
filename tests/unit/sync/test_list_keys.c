#include "sync/list_keys.h"

#include "base/text.h"
#include "tests/unit/sync/path_text.h"
#include "tests/unit/sync/quoted_json.h"

#define MACHINE "kubevirt.io/v1 VirtualMachine"
#define INSTANCE "kubevirt.io/v1 VirtualMachineInstance"
#define POOL "pool.kubevirt.io/v1beta1 VirtualMachinePool"
#define DEPLOYMENT "apps/v1 Deployment"
#define GUEST "spec.template.spec."

/* The key that an item of the list has; NULL: the list is atomic. */
static const struct key_case {
	const char *type, *path;
	const char *item;
	const char *label;
} cases[] = {
	{ MACHINE, GUEST "domain.devices.disks", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "domain.devices.interfaces", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "domain.devices.interfaces[].ports", "{'port': 22}", "port=22,protocol=TCP" },
	{ MACHINE, GUEST "domain.devices.gpus", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "domain.devices.hostDevices", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "domain.devices.inputs", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "domain.devices.filesystems", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "networks", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "volumes", "{'name': 'a'}", "name=a" },
	{ MACHINE, GUEST "topologySpreadConstraints", "{'topologyKey': 'a', 'whenUnsatisfiable': 'b'}",
	  "topologyKey=a,whenUnsatisfiable=b" },
	{ MACHINE, GUEST "tolerations", NULL, NULL },
	{ MACHINE, GUEST "accessCredentials", NULL, NULL },
	{ MACHINE, GUEST "containers", NULL, NULL },
	{ MACHINE, "spec.dataVolumeTemplates", "{'metadata': {'name': 'a'}}", "metadata.name=a" },
	{ MACHINE, "spec.volumes", NULL, NULL },
	{ MACHINE, "dataVolumeTemplates", NULL, NULL },
	{ POOL, "spec.virtualMachineTemplate." GUEST "volumes", "{'name': 'a'}", "name=a" },
	{ POOL, "spec.virtualMachineTemplate.spec.dataVolumeTemplates", "{'metadata': {'name': 'a'}}",
	  "metadata.name=a" },
	{ POOL, GUEST "volumes", NULL, NULL },
	{ "other.io/v1 VirtualMachine", GUEST "volumes", NULL, NULL },
	{ INSTANCE, "spec.domain.devices.disks", "{'name': 'a'}", "name=a" },
	{ INSTANCE, "spec.dataVolumeTemplates", NULL, NULL },
	{ DEPLOYMENT, GUEST "containers", "{'name': 'a'}", "name=a" },
	{ DEPLOYMENT, GUEST "initContainers", "{'name': 'a'}", "name=a" },
	{ DEPLOYMENT, GUEST "containers[].env", "{'name': 'a'}", "name=a" },
	{ DEPLOYMENT, GUEST "containers[].ports", "{'containerPort': 53, 'protocol': 'UDP'}",
	  "containerPort=53,protocol=UDP" },
	{ DEPLOYMENT, GUEST "containers[].volumeMounts", "{'mountPath': '/a'}", "mountPath=/a" },
	{ DEPLOYMENT, GUEST "containers[].args", NULL, NULL },
	{ DEPLOYMENT, GUEST "volumes", "{'name': 'a'}", "name=a" },
	{ DEPLOYMENT, GUEST "imagePullSecrets", "{'name': 'a'}", "name=a" },
	{ "v1 Pod", "spec.containers", "{'name': 'a'}", "name=a" },
	{ "v1 Service", "spec.ports", "{'port': 22, 'protocol': 'UDP'}", "port=22,protocol=UDP" },
	{ "v1 ConfigMap", "metadata.ownerReferences", "{'uid': 'a'}", "uid=a" },
	{ "v1 ConfigMap", "metadata.finalizers", "'a/b'", "a/b" },
	{ "v1 ConfigMap", "spec.ports", NULL, NULL },
	{ "cdi.kubevirt.io/v1beta1 DataVolume", "spec.pvc.accessModes", NULL, NULL },
};

START_TEST(places)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(path_text) struct path_text path = { .path = NULL };
		cleanup(json) json_t *item = quoted_json_new(cases[i].item);
		cleanup(free) char *label = NULL;
		const struct list_key *key;

		path_text_init(&path, cases[i].type, cases[i].path);
		key = list_key_find(path.path);
		label = key ? list_key_label_new(key, item) : NULL;
		ck_assert_msg(text_equal(label, cases[i].label), "%s %s: %s, expected %s", cases[i].type,
			      cases[i].path, label, cases[i].label);
	}
}
END_TEST

static const struct list_key by_name = { .fields = { { "name", NULL } } };
static const struct list_key by_port = { .fields = { { "port", NULL }, { "protocol", "TCP" } } };
static const struct list_key by_inner_name = { .fields = { { "metadata.name", NULL } } };
static const struct list_key set = { .fields = { { NULL, NULL } } };

static const struct text_case {
	const struct list_key *key;
	const char *item;
	const char *text; /* NULL: the item lacks the key */
} texts[] = {
	{ &by_name, "{'name': 'a', 'x': 1}", "k:{\"name\":\"a\"}" },
	{ &by_name, "{'x': 1}", NULL },
	{ &by_name, "{'name': null}", NULL },
	{ &by_name, "{'name': {}}", NULL },
	{ &by_name, "'a'", NULL },
	{ &by_port, "{'port': 22}", "k:{\"port\":22,\"protocol\":\"TCP\"}" },
	{ &by_port, "{'protocol': 'UDP', 'port': 22}", "k:{\"port\":22,\"protocol\":\"UDP\"}" },
	{ &by_port, "{'protocol': null, 'port': 22}", "k:{\"port\":22,\"protocol\":\"TCP\"}" },
	{ &by_port, "{'protocol': 'UDP'}", NULL },
	{ &by_inner_name, "{'metadata': {'name': 'a'}}", "k:{\"metadata.name\":\"a\"}" },
	{ &by_inner_name, "{'metadata': {}}", NULL },
	{ &by_inner_name, "{'metadata': 5}", NULL },
	{ &set, "'a'", "v:\"a\"" },
	{ &set, "{}", NULL },
};

START_TEST(key_texts)
{
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		cleanup(json) json_t *item = quoted_json_new(texts[i].item);
		cleanup(free) char *text = list_key_text_new(texts[i].key, item);

		ck_assert_msg(text_equal(text, texts[i].text), "%s: %s, expected %s", texts[i].item, text,
			      texts[i].text);
	}
}
END_TEST

static const struct index_case {
	const char *list;
	int count; /* -1: it has to be taken as one */
} lists[] = {
	{ "[]", 0 },
	{ "[{'name': 'a'}, {'name': 'b'}]", 2 },
	{ "[{'name': 'a'}, {'name': 'a'}]", -1 },
	{ "[{'name': 'a'}, {}]", -1 },
	{ "{'name': 'a'}", -1 },
	{ "'a'", -1 },
	{ NULL, -1 },
};

START_TEST(indexes)
{
	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		cleanup(json) json_t *list = quoted_json_new(lists[i].list);
		cleanup(json) json_t *index = list_key_index_new(&by_name, list);

		ck_assert_msg((index ? (int)json_object_size(index) : -1) == lists[i].count, "%s", lists[i].list);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { places, key_texts, indexes };

	return suite_run("list_keys", tests, ARRAY_SIZE(tests));
}
