/* sync/merge.c, where lists are concerned. */
#include "tests/unit/sync/merge_case.h"

/* A machine whose devices, or the spec of whose guest, are what the case is about. */
#define DEVICES(text) "{'spec': {'template': {'spec': {'domain': {'devices': " text "}}}}}"
#define GUEST(text) "{'spec': {'template': {'spec': " text "}}}"

#define POLICY "networking.k8s.io/v1 NetworkPolicy"

static const struct merge_case filled_cases[] = {
	{ .name = "what the server filled in is no drift",
	  .type = POLICY,
	  .origin = CHANGE_DRIFT,
	  .base = "{'spec': {'egress': [{'ports': [{'port': 53}, {'port': 53, 'protocol': 'UDP'}]}]}}",
	  .desired = "{'spec': {'egress': [{'ports': [{'port': 53}, {'port': 53, 'protocol': 'UDP'}]}]}}",
	  .live = "{'spec': {'egress': [{'ports': [{'port': 53, 'protocol': 'TCP'}, {'port': 53, 'protocol': "
		  "'UDP'}]}]}}" },
	{ .name = "another value is",
	  .type = POLICY,
	  .origin = CHANGE_DRIFT,
	  .base = "{'spec': {'egress': [{'ports': [{'port': 53}]}]}}",
	  .desired = "{'spec': {'egress': [{'ports': [{'port': 53}]}]}}",
	  .live = "{'spec': {'egress': [{'ports': [{'port': 54, 'protocol': 'TCP'}]}]}}",
	  .patch = "{'spec': {'egress': [{'ports': [{'port': 53}]}]}}",
	  .changes =
		  "spec.egress [{\"ports\":[{\"port\":54,\"protocol\":\"TCP\"}]}] -> [{\"ports\":[{\"port\":53}]}] "
		  "(drift, live)" },
	{ .name = "one item more is",
	  .type = POLICY,
	  .origin = CHANGE_DRIFT,
	  .base = "{'spec': {'egress': [{}]}}",
	  .desired = "{'spec': {'egress': [{}]}}",
	  .live = "{'spec': {'egress': [{}, {}]}}",
	  .patch = "{'spec': {'egress': [{}]}}",
	  .changes = "spec.egress [{},{}] -> [{}] (drift, live)" },
	{ .name = "something where there is to be nothing is",
	  .type = POLICY,
	  .origin = CHANGE_DRIFT,
	  .base = "{'spec': {'egress': [{}]}}",
	  .desired = "{'spec': {'egress': [{}]}}",
	  .live = "{'spec': {'egress': [{'ports': [{'port': 53}]}]}}",
	  .patch = "{'spec': {'egress': [{}]}}",
	  .changes = "spec.egress [{\"ports\":[{\"port\":53}]}] -> [{}] (drift, live)" },
	{ .name = "a field that left Git goes, whatever is in the list",
	  .type = POLICY,
	  .origin = CHANGE_GIT,
	  .base = "{'spec': {'egress': [{'ports': [{'port': 53, 'endPort': 60}]}]}}",
	  .desired = "{'spec': {'egress': [{'ports': [{'port': 53}]}]}}",
	  .live = "{'spec': {'egress': [{'ports': [{'port': 53, 'endPort': 60}]}]}}",
	  .patch = "{'spec': {'egress': [{'ports': [{'port': 53}]}]}}",
	  .changes = "spec.egress [{\"ports\":[{\"endPort\":60,\"port\":53}]}] -> [{\"ports\":[{\"port\":53}]}] "
		     "(git, live)" },
};

static const struct merge_case keyed_cases[] = {
	{ .name = "a plugged disk survives, ours is updated in place, a new one comes last",
	  .type = MACHINE,
	  .base = DEVICES("{'disks': [{'name': 'root', 'disk': {'bus': 'sata'}}]}"),
	  .desired = DEVICES("{'disks': [{'name': 'ci', 'disk': {}}, {'name': 'root', 'disk': {'bus': 'virtio'}}]}"),
	  .live = DEVICES("{'disks': [{'name': 'plugged'}, {'name': 'root', 'serial': 's', 'disk': {'bus': "
			  "'sata'}}]}"),
	  .patch = DEVICES("{'disks': [{'name': 'plugged'}, {'name': 'root', 'serial': 's', 'disk': {'bus': "
			   "'virtio'}}, {'name': 'ci', 'disk': {}}]}"),
	  .changes = "spec.template.spec.domain.devices.disks[name=root].disk.bus sata -> virtio (git, restart)\n"
		     "spec.template.spec.domain.devices.disks[name=ci] - -> {\"disk\":{},\"name\":\"ci\"} (git, "
		     "restart)" },
	{ .name = "an item that left Git is dropped with all that others added to it",
	  .type = MACHINE,
	  .base = DEVICES("{'interfaces': [{'name': 'a', 'bridge': {}}, {'name': 'b', 'bridge': {}}]}"),
	  .desired = DEVICES("{'interfaces': [{'name': 'b', 'bridge': {}}]}"),
	  .live = DEVICES("{'interfaces': [{'name': 'a', 'bridge': {}, 'macAddress': 'm'}, {'name': 'b', 'bridge': "
			  "{}}]}"),
	  .patch = DEVICES("{'interfaces': [{'name': 'b', 'bridge': {}}]}"),
	  .changes = "spec.template.spec.domain.devices.interfaces[name=a] "
		     "{\"bridge\":{},\"macAddress\":\"m\",\"name\":\"a\"} -> - (git, restart)" },
	{ .name = "an item that someone deleted is drift",
	  .type = MACHINE,
	  .origin = CHANGE_DRIFT,
	  .base = GUEST("{'networks': [{'name': 'a', 'pod': {}}, {'name': 'b', 'pod': {}}]}"),
	  .desired = GUEST("{'networks': [{'name': 'a', 'pod': {}}, {'name': 'b', 'pod': {}}]}"),
	  .live = GUEST("{'networks': [{'name': 'b', 'pod': {}}]}"),
	  .patch = GUEST("{'networks': [{'name': 'b', 'pod': {}}, {'name': 'a', 'pod': {}}]}"),
	  .changes = "spec.template.spec.networks[name=a] - -> {\"name\":\"a\",\"pod\":{}} (drift, restart)" },
	{ .name = "another order is no difference",
	  .type = MACHINE,
	  .base = GUEST("{'networks': [{'name': 'a', 'pod': {}}, {'name': 'b', 'pod': {}}]}"),
	  .desired = GUEST("{'networks': [{'name': 'a', 'pod': {}}, {'name': 'b', 'pod': {}}]}"),
	  .live = GUEST("{'networks': [{'name': 'b', 'pod': {}}, {'name': 'c'}, {'name': 'a', 'pod': {}}]}") },
	{ .name = "a marker in an item changes its kind",
	  .type = MACHINE,
	  .base = DEVICES("{'interfaces': [{'name': 'a', 'masquerade': {}}]}"),
	  .desired = DEVICES("{'interfaces': [{'name': 'a', 'bridge': {}}]}"),
	  .live = DEVICES("{'interfaces': [{'name': 'a', 'masquerade': {}}]}"),
	  .patch = DEVICES("{'interfaces': [{'name': 'a', 'bridge': {}}]}"),
	  .changes = "spec.template.spec.domain.devices.interfaces[name=a].bridge - -> {} (git, restart)\n"
		     "spec.template.spec.domain.devices.interfaces[name=a].masquerade {} -> - (git, restart)" },
	{ .name = "a list that left Git goes, but for what others put there",
	  .type = MACHINE,
	  .base = GUEST("{'hostname': 'h', 'volumes': [{'name': 'a', 'emptyDisk': {'capacity': '1Gi'}}]}"),
	  .desired = GUEST("{'hostname': 'h'}"),
	  .live = GUEST("{'hostname': 'h', 'volumes': [{'name': 'a', 'emptyDisk': {'capacity': '1Gi'}}, {'name': "
			"'b'}]}"),
	  .patch = GUEST("{'volumes': [{'name': 'b'}]}"),
	  .changes = "spec.template.spec.volumes[name=a] {\"emptyDisk\":{\"capacity\":\"1Gi\"},\"name\":\"a\"} -> - "
		     "(git, restart)" },
	{ .name = "a list of ours that left Git goes whole",
	  .type = MACHINE,
	  .base = GUEST("{'hostname': 'h', 'volumes': [{'name': 'a'}]}"),
	  .desired = GUEST("{'hostname': 'h'}"),
	  .live = GUEST("{'hostname': 'h', 'volumes': [{'name': 'a'}]}"),
	  .patch = GUEST("{'volumes': null}"),
	  .changes = "spec.template.spec.volumes [{\"name\":\"a\"}] -> - (git, restart)" },
	{ .name = "templates of volumes are told apart by the name within",
	  .type = MACHINE,
	  .base = "{'spec': {'dataVolumeTemplates': [{'metadata': {'name': 'a'}, 'spec': {'x': 1}}]}}",
	  .desired = "{'spec': {'dataVolumeTemplates': [{'metadata': {'name': 'a'}, 'spec': {'x': 2}}]}}",
	  .live = "{'spec': {'dataVolumeTemplates': [{'metadata': {'name': 'b', 'creationTimestamp': null}}, "
		  "{'metadata': {'name': 'a'}, 'spec': {'x': 1, 'y': 1}}]}}",
	  .patch = "{'spec': {'dataVolumeTemplates': [{'metadata': {'name': 'b', 'creationTimestamp': null}}, "
		   "{'metadata': {'name': 'a'}, 'spec': {'x': 2, 'y': 1}}]}}",
	  .changes = "spec.dataVolumeTemplates[metadata.name=a].spec.x 1 -> 2 (git, live)" },
	{ .name = "ports are told apart by number and protocol, which is TCP when unset",
	  .type = SERVICE,
	  .base = "{'spec': {'ports': [{'port': 22}, {'port': 80, 'name': 'web'}]}}",
	  .desired = "{'spec': {'ports': [{'port': 22}, {'port': 8080, 'name': 'web'}, {'port': 22, 'protocol': "
		     "'UDP'}]}}",
	  .live = "{'spec': {'clusterIP': '10.0.0.1', 'ports': [{'port': 22, 'protocol': 'TCP', 'targetPort': 22, "
		  "'nodePort': 30022}, {'port': 80, 'name': 'web', 'protocol': 'TCP', 'targetPort': 80}]}}",
	  .patch = "{'spec': {'ports': [{'port': 22, 'protocol': 'TCP', 'targetPort': 22, 'nodePort': 30022}, "
		   "{'port': 8080, 'name': 'web'}, {'port': 22, 'protocol': 'UDP'}]}}",
	  .changes = "spec.ports[port=80,protocol=TCP] "
		     "{\"name\":\"web\",\"port\":80,\"protocol\":\"TCP\",\"targetPort\":80} -> - (git, live)\n"
		     "spec.ports[port=8080,protocol=TCP] - -> {\"name\":\"web\",\"port\":8080} (git, live)\n"
		     "spec.ports[port=22,protocol=UDP] - -> {\"port\":22,\"protocol\":\"UDP\"} (git, live)" },
	{ .name = "a side-car survives, our container's variables merge",
	  .type = DEPLOYMENT,
	  .base = GUEST("{'containers': [{'name': 'main', 'env': [{'name': 'A', 'value': '1'}, {'name': 'B', "
			"'value': '1'}]}]}"),
	  .desired = GUEST("{'containers': [{'name': 'main', 'env': [{'name': 'A', 'value': '2'}]}]}"),
	  .live = GUEST(
		  "{'containers': [{'name': 'main', 'imagePullPolicy': 'Always', 'env': [{'name': 'A', 'value': "
		  "'1'}, {'name': 'B', 'value': '1'}, {'name': 'C', 'value': '1'}]}, {'name': 'proxy'}]}"),
	  .patch = GUEST("{'containers': [{'name': 'main', 'imagePullPolicy': 'Always', 'env': [{'name': 'A', "
			 "'value': '2'}, {'name': 'C', 'value': '1'}]}, {'name': 'proxy'}]}"),
	  .changes =
		  "spec.template.spec.containers[name=main].env[name=A].value 1 -> 2 (git, live)\n"
		  "spec.template.spec.containers[name=main].env[name=B] {\"name\":\"B\",\"value\":\"1\"} -> - (git, "
		  "live)" },
};

/* Lists without a key, and those whose items do not have it. */
static const struct merge_case atomic_cases[] = {
	{ .name = "a list without a key is replaced whole",
	  .type = DEPLOYMENT,
	  .base = GUEST("{'containers': [{'name': 'm', 'args': ['a', 'b']}]}"),
	  .desired = GUEST("{'containers': [{'name': 'm', 'args': ['a', 'c']}]}"),
	  .live = GUEST("{'containers': [{'name': 'm', 'args': ['a', 'b']}]}"),
	  .patch = GUEST("{'containers': [{'name': 'm', 'args': ['a', 'c']}]}"),
	  .changes = "spec.template.spec.containers[name=m].args [\"a\",\"b\"] -> [\"a\",\"c\"] (git, live)" },
	{ .name = "its order matters",
	  .type = CLAIM,
	  .desired = "{'spec': {'accessModes': ['ReadWriteOnce', 'ReadOnlyMany']}}",
	  .live = "{'spec': {'accessModes': ['ReadOnlyMany', 'ReadWriteOnce']}}",
	  .patch = "{'spec': {'accessModes': ['ReadWriteOnce', 'ReadOnlyMany']}}",
	  .changes = "spec.accessModes [\"ReadOnlyMany\",\"ReadWriteOnce\"] -> [\"ReadWriteOnce\",\"ReadOnlyMany\"] "
		     "(git, recreate)" },
	{ .name = "a field that Git dropped within it is a difference",
	  .type = MACHINE,
	  .base = GUEST("{'tolerations': [{'key': 'a', 'operator': 'Exists'}]}"),
	  .desired = GUEST("{'tolerations': [{'key': 'a'}]}"),
	  .live = GUEST("{'tolerations': [{'key': 'a', 'operator': 'Exists'}]}"),
	  .patch = GUEST("{'tolerations': [{'key': 'a'}]}"),
	  .changes = "spec.template.spec.tolerations [{\"key\":\"a\",\"operator\":\"Exists\"}] -> [{\"key\":\"a\"}] "
		     "(git, live)" },
	{ .name = "equal by meaning is no difference",
	  .type = MACHINE,
	  .desired = GUEST("{'tolerations': [{'key': 'a', 'tolerationSeconds': 3, 'value': null}]}"),
	  .live = GUEST("{'tolerations': [{'key': 'a', 'tolerationSeconds': 3.0}]}") },
	{ .name = "an empty list is as good as none",
	  .type = MACHINE,
	  .desired = GUEST("{'tolerations': [], 'volumes': []}"),
	  .live = GUEST("{}") },
	{ .name = "emptied in Git",
	  .type = MACHINE,
	  .base = GUEST("{'tolerations': [{'key': 'a'}]}"),
	  .desired = GUEST("{'tolerations': []}"),
	  .live = GUEST("{'tolerations': [{'key': 'a'}]}"),
	  .patch = GUEST("{'tolerations': []}"),
	  .changes = "spec.template.spec.tolerations [{\"key\":\"a\"}] -> [] (git, live)" },
	{ .name = "left Git",
	  .type = MACHINE,
	  .base = GUEST("{'hostname': 'h', 'tolerations': [{'key': 'a'}]}"),
	  .desired = GUEST("{'hostname': 'h'}"),
	  .live = GUEST("{'hostname': 'h', 'tolerations': [{'key': 'b'}]}"),
	  .patch = GUEST("{'tolerations': null}"),
	  .changes = "spec.template.spec.tolerations [{\"key\":\"b\"}] -> - (git, live)" },
	{ .name = "an item without the key makes the list atomic",
	  .type = MACHINE,
	  .desired = GUEST("{'volumes': [{'name': 'a'}]}"),
	  .live = GUEST("{'volumes': [{'name': 'a'}, {'x': 1}]}"),
	  .patch = GUEST("{'volumes': [{'name': 'a'}]}"),
	  .changes = "spec.template.spec.volumes [{\"name\":\"a\"},{\"x\":1}] -> [{\"name\":\"a\"}] (git, restart)" },
	{ .name = "a key twice makes the list atomic",
	  .type = MACHINE,
	  .desired = GUEST("{'volumes': [{'name': 'a'}, {'name': 'a'}]}"),
	  .live = GUEST("{'volumes': [{'name': 'a'}, {'name': 'b'}]}"),
	  .patch = GUEST("{'volumes': [{'name': 'a'}, {'name': 'a'}]}"),
	  .changes = "spec.template.spec.volumes [{\"name\":\"a\"},{\"name\":\"b\"}] -> "
		     "[{\"name\":\"a\"},{\"name\":\"a\"}] (git, restart)" },
	{ .name = "what was set as one is ours item by item",
	  .type = MACHINE,
	  .base = GUEST("{'volumes': [{'name': 'a'}, {'name': 'a'}]}"),
	  .desired = GUEST("{'volumes': [{'name': 'b'}]}"),
	  .live = GUEST("{'volumes': [{'name': 'a'}, {'name': 'b'}]}"),
	  .patch = GUEST("{'volumes': [{'name': 'b'}]}"),
	  .changes = "spec.template.spec.volumes[name=a] {\"name\":\"a\"} -> - (git, restart)" },
};

/* What KubeVirt's webhook and controllers write into a machine that nobody
 * changed: none of it is drift. */
#define OURS                                                                                                         \
	"{'metadata': {'labels': {'app.kubernetes.io/name': 'r1'}}, 'spec': {'runStrategy': 'RerunOnFailure', "      \
	"'dataVolumeTemplates': [{'metadata': {'name': 'd'}, 'spec': {'pvc': {'accessModes': ['ReadWriteOnce'], "    \
	"'resources': {'requests': {'storage': '10240Mi'}}}}}], 'template': {'metadata': {'labels': {'n': 'r1'}}, "  \
	"'spec': {'domain': {'cpu': {'cores': 2}, 'memory': {'guest': '2048Mi'}, 'features': {}, 'devices': "        \
	"{'disks': [{'name': 'root', 'disk': {'bus': 'virtio'}}], 'interfaces': [{'name': 'net', 'bridge': {}}], "   \
	"'rng': {}}, 'resources': {'requests': {'cpu': '1000m'}}}, 'networks': [{'name': 'net', 'multus': "          \
	"{'networkName': 'x'}}], 'volumes': [{'name': 'root', 'dataVolume': {'name': 'd'}}, {'name': 'scratch', "    \
	"'emptyDisk': {'capacity': '0.5Gi'}}], 'dnsConfig': {'nameservers': ['FD00:0::1']}}}}}"
#define AS_KUBEVIRT_STORES_IT                                                                                        \
	"{'metadata': {'labels': {'app.kubernetes.io/name': 'r1'}, 'finalizers': "                                   \
	"['kubevirt.io/virtualMachineControllerFinalize'], 'annotations': "                                          \
	"{'kubevirt.io/latest-observed-api-version': 'v1', 'kubevirt.io/storage-observed-api-version': 'v1'}, "      \
	"'generation': 2}, 'spec': {'runStrategy': 'RerunOnFailure', 'dataVolumeTemplates': [{'metadata': "          \
	"{'name': 'd', 'creationTimestamp': null}, 'spec': {'pvc': {'accessModes': ['ReadWriteOnce'], "              \
	"'storageClassName': 'fast', 'resources': {'requests': {'storage': '10Gi'}}}}}], 'template': {'metadata': "  \
	"{'creationTimestamp': null, 'labels': {'n': 'r1'}, 'annotations': {'kubevirt.io/pci-topology-version': "    \
	"'v3'}}, 'spec': {'architecture': 'amd64', 'domain': {'cpu': {'cores': 2}, 'memory': {'guest': '2Gi'}, "     \
	"'machine': {'type': 'q35'}, 'firmware': {'uuid': 'u', 'serial': 's'}, 'features': {'acpi': {}}, "           \
	"'devices': {'disks': [{'name': 'root', 'disk': {'bus': 'virtio'}}, {'name': 'plugged', 'disk': {}}], "      \
	"'interfaces': [{'name': 'net', 'bridge': {}, 'macAddress': '02:00:00:00:00:01'}], 'rng': {}}, "             \
	"'resources': {'requests': {'cpu': '1'}}}, 'networks': [{'name': 'net', 'multus': {'networkName': 'x'}}], "  \
	"'volumes': [{'name': 'root', 'dataVolume': {'name': 'd'}}, {'name': 'scratch', 'emptyDisk': {'capacity': "  \
	"'512Mi'}}, {'name': 'plugged', 'dataVolume': {'name': 'p', 'hotpluggable': true}}], 'dnsConfig': "          \
	"{'nameservers': ['fd00::1']}}}}, 'status': {'printableStatus': 'Running'}}"

static const struct merge_case false_drift_cases[] = {
	{ .name = "what KubeVirt adds to a machine is not drift",
	  .type = MACHINE,
	  .origin = CHANGE_DRIFT,
	  .base = OURS,
	  .desired = OURS,
	  .live = AS_KUBEVIRT_STORES_IT },
	{ .name = "nor when the machine is adopted",
	  .type = MACHINE,
	  .desired = OURS,
	  .live = AS_KUBEVIRT_STORES_IT },
	{ .name = "a run strategy in place of a switch",
	  .type = MACHINE,
	  .base = "{'spec': {'running': true}}",
	  .desired = "{'spec': {'runStrategy': 'Always'}}",
	  .live = "{'spec': {'running': true}}",
	  .patch = "{'spec': {'running': null, 'runStrategy': 'Always'}}",
	  .changes = "spec.runStrategy - -> Always (git, live)\nspec.running true -> - (git, live)" },
	{ .name = "what the API server fills into a deployment is not drift",
	  .type = DEPLOYMENT,
	  .desired =
		  GUEST("{'containers': [{'name': 'm', 'image': 'i', 'resources': {'limits': {'memory': '1024Mi'}}, "
			"'volumeMounts': [{'mountPath': '/root', 'name': 'v'}]}], 'volumes': [{'name': 'v', "
			"'emptyDir': {}}]}"),
	  .live = "{'metadata': {'annotations': {'deployment.kubernetes.io/revision': '1'}}, 'spec': {'replicas': 1, "
		  "'strategy': {'type': 'RollingUpdate', 'rollingUpdate': {'maxSurge': '25%'}}, 'template': "
		  "{'metadata': "
		  "{'creationTimestamp': null}, 'spec': {'restartPolicy': 'Always', 'securityContext': {}, "
		  "'containers': "
		  "[{'name': 'm', 'image': 'i', 'terminationMessagePath': '/dev/termination-log', 'resources': "
		  "{'limits': "
		  "{'memory': '1Gi'}}, 'volumeMounts': [{'mountPath': '/root', 'name': 'v'}, {'mountPath': "
		  "'/var/run', "
		  "'name': 'token'}]}], 'volumes': [{'name': 'v', 'emptyDir': {}}, {'name': 'token'}]}}}}" },
	{ .name = "what the API server fills into a service is not drift",
	  .type = SERVICE,
	  .desired = "{'spec': {'selector': {'n': 'r1'}, 'ports': [{'port': 22, 'targetPort': 22}]}}",
	  .live = "{'spec': {'clusterIP': '10.0.0.1', 'type': 'ClusterIP', 'selector': {'n': 'r1'}, 'ports': "
		  "[{'port': "
		  "22, 'protocol': 'TCP', 'targetPort': 22}]}}" },
};

#define CASES_TEST(name)                                                                                             \
	START_TEST(name)                                                                                             \
	{                                                                                                            \
		for (size_t i = 0; i < ARRAY_SIZE(name##_cases); i++)                                                \
			merge_case_check(&name##_cases[i]);                                                          \
	}                                                                                                            \
	END_TEST

CASES_TEST(keyed)
CASES_TEST(atomic)
CASES_TEST(false_drift)
CASES_TEST(filled)

int main(void)
{
	const TTest *tests[] = { keyed, atomic, false_drift, filled };

	return suite_run("merge_lists", tests, ARRAY_SIZE(tests));
}
