#include "../suite.h"
#include "admission_check.h"

static const struct admission_case volumes_cases[] = {
	{ "A51: two of a name",
	  "{volumes: [{name: root, dataVolume: {name: a}}, {name: root, dataVolume: {name: b}}]}",
	  "spec.template.spec.volumes[1].name: two volumes are named root; rename one" },
	{ "A51: no name", "{volumes: [{name: root, dataVolume: {name: a}}, {dataVolume: {name: b}}]}",
	  "spec.template.spec.volumes[1].name: a volume needs a name; give one" },
	{ "A51: no label", "{domain: {devices: {disks: []}}, volumes: [{name: Root, dataVolume: {name: a}}]}",
	  "spec.template.spec.volumes[0].name: \"Root\" cannot be a volume's name; use at most 63 lower-case "
	  "letters, digits and dashes" },
	{ "A36: a volume without a disk", "{domain: {devices: {disks: []}}}", "" },
	{ "A52: no source", "{volumes: [{name: root}]}",
	  "spec.template.spec.volumes[0]: a volume needs a source; give one, such as dataVolume or "
	  "containerDisk" },
	{ "A52: two sources", "{volumes: [{name: root, dataVolume: {name: a}, containerDisk: {image: a}}]}",
	  "spec.template.spec.volumes[0]: a volume has one source, this has 2; keep one" },
	{ "A53: names", "{volumes: [{name: root, configMap: {name: a}}]}", "" },
	{ "A53: a DataVolume without a name", "{volumes: [{name: root, dataVolume: {}}]}",
	  "spec.template.spec.volumes[0].dataVolume.name: dataVolume needs name; give it" },
	{ "A53: a Secret without a name", "{volumes: [{name: root, secret: {}}]}",
	  "spec.template.spec.volumes[0].secret.secretName: secret needs secretName; give it" },
	{ "A53: a ConfigMap without a name", "{volumes: [{name: root, configMap: {name: ''}}]}",
	  "spec.template.spec.volumes[0].configMap.name: configMap needs name; give it" },
	{ "A53: an account without a name", "{volumes: [{name: root, serviceAccount: {}}]}",
	  "spec.template.spec.volumes[0].serviceAccount.serviceAccountName: serviceAccount needs "
	  "serviceAccountName; give it" },
	{ "A54: an image and a path", "{volumes: [{name: root, containerDisk: {image: a, path: /disk/a.qcow2}}]}",
	  "" },
	{ "A54: no image", "{volumes: [{name: root, containerDisk: {}}]}",
	  "spec.template.spec.volumes[0].containerDisk.image: containerDisk needs image; give it" },
	{ "A54: the root", "{volumes: [{name: root, containerDisk: {image: a, path: /}}]}",
	  "spec.template.spec.volumes[0].containerDisk.path: the path is the root of the image; give the "
	  "path "
	  "of a file" },
	{ "A54: a way up", "{volumes: [{name: root, containerDisk: {image: a, path: /disk/../etc/passwd}}]}",
	  "spec.template.spec.volumes[0].containerDisk.path: \"/disk/../etc/passwd\" is no absolute path of "
	  "a "
	  "file; begin it with / and leave out . and .." },
	{ "A54: a relative path", "{volumes: [{name: root, containerDisk: {image: a, path: disk/a}}]}",
	  "spec.template.spec.volumes[0].containerDisk.path: \"disk/a\" is no absolute path of a file; begin "
	  "it "
	  "with / and leave out . and .." },
	{ "A58: two cloud-init volumes",
	  "{volumes: [{name: root, dataVolume: {name: root}}, {name: a, cloudInitNoCloud: {userData: a}}, "
	  "{name: b, cloudInitConfigDrive: {userData: a}}, {name: c, cloudInitNoCloud: {userData: a}}]}",
	  "warning: spec.template.spec.volumes[2]: only the first cloud-init volume of a machine reaches the "
	  "guest; drop one" },
	{ "A59: two accounts",
	  "{volumes: [{name: root, serviceAccount: {serviceAccountName: a}}, {name: b, serviceAccount: "
	  "{serviceAccountName: a}}]}",
	  "spec.template.spec.volumes[1].serviceAccount: a machine has at most one serviceAccount volume; "
	  "drop "
	  "this one" },
	{ "A59: one account", "{volumes: [{name: root, serviceAccount: {serviceAccountName: a}}]}", "" },
	{ "A60: a disk of the host",
	  "{volumes: [{name: root, hostDisk: {path: /a, type: DiskOrCreate, capacity: 1Gi}}]}",
	  "warning: spec.template.spec.volumes[0].hostDisk: a hostDisk volume needs the feature gate "
	  "HostDisk, "
	  "which is off by default; switch it on in the KubeVirt resource or do without" },
	{ "A60: without path and type", "{volumes: [{name: root, hostDisk: {}}]}",
	  "warning: spec.template.spec.volumes[0].hostDisk: a hostDisk volume needs the feature gate "
	  "HostDisk, "
	  "which is off by default; switch it on in the KubeVirt resource or do without\n"
	  "spec.template.spec.volumes[0].hostDisk.path: hostDisk needs path; give it\n"
	  "spec.template.spec.volumes[0].hostDisk.type: hostDisk needs type; use Disk or DiskOrCreate" },
	{ "A60: of an unknown type", "{volumes: [{name: root, hostDisk: {path: /a, type: File}}]}",
	  "warning: spec.template.spec.volumes[0].hostDisk: a hostDisk volume needs the feature gate "
	  "HostDisk, "
	  "which is off by default; switch it on in the KubeVirt resource or do without\n"
	  "spec.template.spec.volumes[0].hostDisk.type: \"File\" is no value of type; use Disk or "
	  "DiskOrCreate" },
	{ "A60: a capacity of what is there",
	  "{volumes: [{name: root, hostDisk: {path: /a, type: Disk, capacity: 1Gi}}]}",
	  "warning: spec.template.spec.volumes[0].hostDisk: a hostDisk volume needs the feature gate "
	  "HostDisk, "
	  "which is off by default; switch it on in the KubeVirt resource or do without\n"
	  "spec.template.spec.volumes[0].hostDisk.capacity: a disk that is there has its size; drop "
	  "capacity, "
	  "or use DiskOrCreate" },
	{ "A62: sysprep", "{volumes: [{name: root, sysprep: {secret: {name: a}}}]}", "" },
	{ "A62: sysprep twice", "{volumes: [{name: root, sysprep: {secret: {name: a}, configMap: {name: a}}}]}",
	  "spec.template.spec.volumes[0].sysprep: sysprep has exactly one source; give secret or configMap" },
	{ "A62: sysprep of nothing", "{volumes: [{name: root, sysprep: {}}]}",
	  "spec.template.spec.volumes[0].sysprep: sysprep has exactly one source; give secret or configMap" },
	{ "A63: utility volumes", "{utilityVolumes: [{name: a, claimName: a}]}",
	  "spec.template.spec.utilityVolumes: a machine cannot be made with utility volumes; drop them" },
	{ "A63: no utility volumes", "{utilityVolumes: []}", "" },
	{ "A64: a file system of a ConfigMap",
	  "{domain: {devices: {disks: [], filesystems: [{name: root, virtiofs: {}}]}}, volumes: [{name: "
	  "root, "
	  "configMap: {name: a}}]}",
	  "" },
	{ "A64: a file system of a claim",
	  "{domain: {devices: {disks: [], filesystems: [{name: root, virtiofs: {}}]}}}",
	  "warning: spec.template.spec.domain.devices.filesystems[0]: virtiofs on a claim needs the feature "
	  "gate EnableVirtioFsStorageVolumes, which is off by default; switch it on in the KubeVirt resource "
	  "or do without" },
	{ "A64: a file system of nothing", "{domain: {devices: {filesystems: [{name: data, virtiofs: {}}]}}}",
	  "spec.template.spec.domain.devices.filesystems[0].name: no volume is named data; add one under "
	  "volumes" },
	{ "A50: a path",
	  "{domain: {devices: {disks: [], filesystems: [{name: root, virtiofs: {}}]}}, volumes: [{name: "
	  "root, "
	  "containerPath: {path: /a}}]}",
	  "warning: spec.template.spec.volumes[0].containerPath: a containerPath volume needs the feature "
	  "gate "
	  "ContainerPathVolumes, which is off by default; switch it on in the KubeVirt resource or do "
	  "without" },
	{ "A50: a path without a file system",
	  "{domain: {devices: {disks: []}}, volumes: [{name: root, containerPath: {path: /a}}]}",
	  "warning: spec.template.spec.volumes[0].containerPath: a containerPath volume needs the feature "
	  "gate "
	  "ContainerPathVolumes, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.volumes[0].containerPath: a containerPath volume needs a file system of its "
	  "name; list it under devices.filesystems" },
	{ "A50: KubeVirt's path",
	  "{domain: {devices: {disks: [], filesystems: [{name: root, virtiofs: {}}]}}, volumes: [{name: "
	  "root, "
	  "containerPath: {path: /var/run/kubevirt/a}}]}",
	  "warning: spec.template.spec.volumes[0].containerPath: a containerPath volume needs the feature "
	  "gate "
	  "ContainerPathVolumes, which is off by default; switch it on in the KubeVirt resource or do "
	  "without\n"
	  "spec.template.spec.volumes[0].containerPath.path: /var/run/kubevirt is KubeVirt's own; use "
	  "another "
	  "path" },
	{ "a mapping for a list", "{volumes: {root: {}}}",
	  "spec.template.spec.volumes: this is a mapping; write a list\n"
	  "spec.template.spec.domain.devices.disks[0].name: no volume is named root; add one under volumes" },
};

START_TEST(volumes)
{
	admission_cases(good_machine, "spec.template.spec", volumes_cases, ARRAY_SIZE(volumes_cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { volumes };

	return suite_run("render/admission_volumes", tests, ARRAY_SIZE(tests));
}
