#include "sync/values.h"

#include "tests/unit/sync/path_text.h"
#include "tests/unit/sync/quoted_json.h"

#define MACHINE "kubevirt.io/v1 VirtualMachine"
#define GUEST "spec.template.spec."

enum verdict { DIFFERENT, EQUAL };

static const struct value_case {
	const char *type, *path;
	const char *a, *b; /* NULL: absent */
	enum verdict verdict;
} cases[] = {
	{ MACHINE, "spec.x", "1", "1.0", EQUAL },
	{ MACHINE, "spec.x", "1", "1.5", DIFFERENT },
	{ MACHINE, "spec.x", "9007199254740993", "9007199254740992", DIFFERENT },
	{ MACHINE, "spec.x", "9007199254740993", "9007199254740992.0", DIFFERENT },
	{ MACHINE, "spec.x", "1", "'1'", DIFFERENT },
	{ MACHINE, "spec.x", "true", "'true'", DIFFERENT },
	{ MACHINE, "spec.x", "true", "false", DIFFERENT },
	{ MACHINE, "spec.x", "'a'", "'a'", EQUAL },
	{ MACHINE, "spec.x", "'1Gi'", "'1024Mi'", DIFFERENT },
	{ MACHINE, "spec.x", "''", NULL, DIFFERENT },
	{ MACHINE, "spec.x", "null", NULL, EQUAL },
	{ MACHINE, "spec.x", "[]", NULL, EQUAL },
	{ MACHINE, "spec.x", "[]", "null", EQUAL },
	{ MACHINE, "spec.x", "{}", NULL, DIFFERENT },
	{ MACHINE, "spec.x", "{}", "[]", DIFFERENT },
	{ MACHINE, "spec.x", "0", NULL, DIFFERENT },
	{ MACHINE, "spec.x", "[{'a': null}]", "[{}]", EQUAL },
	{ MACHINE, "spec.x", "[{'a': []}]", "[{}]", EQUAL },
	{ MACHINE, "spec.x", "[{'a': {}}]", "[{}]", DIFFERENT },
	{ MACHINE, "spec.x", "[{}]", "[{'a': 1}]", DIFFERENT },
	{ MACHINE, "spec.x", "[1, 2]", "[2, 1]", DIFFERENT },
	{ MACHINE, "spec.x", "[1]", "[1, 2]", DIFFERENT },
	{ MACHINE, "spec.x", "{'a': 1, 'b': 2}", "{'b': 2.0, 'a': 1, 'c': null}", EQUAL },

	{ MACHINE, GUEST "domain.memory.guest", "'2048Mi'", "'2Gi'", EQUAL },
	{ MACHINE, GUEST "domain.memory.guest", "'2048Mi'", "'3Gi'", DIFFERENT },
	{ MACHINE, GUEST "domain.memory.guest", "'2Gi'", "2147483648", EQUAL },
	{ MACHINE, GUEST "domain.memory.guest", "'none'", "'nothing'", DIFFERENT },
	{ MACHINE, GUEST "domain.resources.requests.cpu", "'1000m'", "1", EQUAL },
	{ MACHINE, GUEST "domain.resources.limits.cpu", "0.1", "'100m'", EQUAL },
	{ MACHINE, GUEST "domain.resources", "{'requests': {'cpu': '500m'}}",
	  "{'requests': {'cpu': '0.5'}, 'limits': "
	  "{}}",
	  EQUAL },
	{ MACHINE, GUEST "volumes[].emptyDisk.capacity", "'0.5Gi'", "'512Mi'", EQUAL },
	{ MACHINE, "metadata.labels.guest", "'1Gi'", "'1024Mi'", DIFFERENT },
	{ MACHINE, "metadata.memory.guest", "'1Gi'", "'1024Mi'", DIFFERENT },
	{ "v1 PersistentVolumeClaim", "spec.resources.requests.storage", "'10Gi'", "'10240Mi'", EQUAL },
	{ "cdi.kubevirt.io/v1beta1 DataVolume", "spec.storage.resources.requests.storage", "'1G'", "'1000M'", EQUAL },

	{ "v1 Service", "spec.ports[].targetPort", "80", "'80'", EQUAL },
	{ "v1 Service", "spec.ports[].targetPort", "80", "'web'", DIFFERENT },
	{ "v1 Service", "spec.ports[].port", "80", "'80'", DIFFERENT },
	{ "pool.kubevirt.io/v1beta1 VirtualMachinePool", "spec.autohealing.minFailingToStartDuration", "'1h'",
	  "'60m0s'", EQUAL },
	{ MACHINE, GUEST "dnsConfig.nameservers", "['FD00:0::1', '10.0.0.1']", "['fd00::1', '10.0.0.1']", EQUAL },
	{ MACHINE, GUEST "dnsConfig.nameservers", "['fd00::1']", "['fd00::2']", DIFFERENT },
	{ MACHINE, GUEST "networks[].pod.vmIPv6NetworkCIDR", "'fd00:0::/64'", "'fd00::/64'", EQUAL },
	{ MACHINE, GUEST "networks[].pod.vmIPv6NetworkCIDR", "'fd00::/64'", "'fd00::/65'", DIFFERENT },

	/* What the API drops when it is empty, and what it does not. */
	{ MACHINE, "metadata.labels", "{}", NULL, EQUAL },
	{ MACHINE, "metadata.annotations", "{}", NULL, EQUAL },
	{ MACHINE, "spec.template.metadata", "{'labels': {}, 'creationTimestamp': null}", NULL, EQUAL },
	{ MACHINE, "spec.template.metadata", "{'labels': {'a': '1'}}", NULL, DIFFERENT },
	{ MACHINE, "spec.dataVolumeTemplates[].metadata", "{}", NULL, EQUAL },
	{ MACHINE, GUEST "nodeSelector", "{}", NULL, EQUAL },
	{ MACHINE, GUEST "domain.resources", "{}", NULL, EQUAL },
	{ MACHINE, GUEST "domain.devices", "{'disks': []}", NULL, EQUAL },
	{ MACHINE, GUEST "domain.features.acpi", "{}", NULL, EQUAL },
	{ MACHINE, GUEST "domain.devices.rng", "{}", NULL, DIFFERENT },
	{ MACHINE, GUEST "domain.devices.interfaces[].masquerade", "{}", NULL, DIFFERENT },
	{ MACHINE, GUEST "domain.devices.interfaces[].bridge", "{}", NULL, DIFFERENT },
	{ MACHINE, GUEST "domain.firmware.bootloader.bios", "{}", NULL, DIFFERENT },
	{ MACHINE, GUEST "networks[].pod", "{}", NULL, DIFFERENT },
	{ MACHINE, GUEST "domain.features.smm", "{}", NULL, DIFFERENT },
	{ "apps/v1 Deployment", GUEST "volumes[].emptyDir", "{}", NULL, DIFFERENT },
	{ "apps/v1 Deployment", GUEST "containers[].resources", "{}", NULL, EQUAL },
	{ "v1 ConfigMap", "data", "{}", NULL, EQUAL },
	{ "v1 ConfigMap", "spec.data", "{}", NULL, DIFFERENT },
	{ "v1 Service", "spec.selector", "{}", NULL, EQUAL },
	{ "networking.k8s.io/v1 NetworkPolicy", "spec.podSelector", "{}", NULL, DIFFERENT },
};

START_TEST(meaning)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(path_text) struct path_text path = { .path = NULL };
		cleanup(json) json_t *a = quoted_json_new(cases[i].a), *b = quoted_json_new(cases[i].b);
		bool wanted = cases[i].verdict == EQUAL;

		path_text_init(&path, cases[i].type, cases[i].path);
		ck_assert_msg(value_equal(path.path, a, b) == wanted, "%s: %s and %s", cases[i].path, cases[i].a,
			      cases[i].b);
		ck_assert_msg(value_equal(path.path, b, a) == wanted, "%s: %s and %s", cases[i].path, cases[i].b,
			      cases[i].a);
		ck_assert_msg(value_equal(path.path, a, a), "%s: %s and itself", cases[i].path, cases[i].a);
	}
}
END_TEST

START_TEST(copies_are_without_nulls)
{
	cleanup(json) json_t *value =
		quoted_json_new("{'a': null, 'b': {'c': null}, 'd': [{'e': null, 'f': 1}, null]}");
	cleanup(json) json_t *wanted = quoted_json_new("{'b': {}, 'd': [{'f': 1}, null]}");
	cleanup(json) json_t *copy = value_copy_without_nulls(value);

	ck_assert(json_equal(copy, wanted));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { meaning, copies_are_without_nulls };

	return suite_run("values", tests, ARRAY_SIZE(tests));
}
