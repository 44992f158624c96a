/* Wrong values of what a lab has beside vms, pods and links: objects, disks, operations, virtual machines in KubeVirt's
 * own words, and links that join another lab's. */
#include "tests/unit/render/wrong_values.h"

#define START "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: t}\nspec:\n"
#define SPEC(field) START "  nodes: {pod-1: {pod: {image: x}}}\n  " field "\n"
#define DISK(field) START "  disks:\n  - name: a\n    size: 1Gi\n    " field "\n"
#define DISK_NAME(field) START "  disks:\n  - size: 1Gi\n    " field "\n"
#define DISK_SIZE(field) START "  disks:\n  - name: a\n    " field "\n"
#define DISK_IMAGE(field) DISK("image: https://x.example/a.img\n    " field)
#define FROM(field) START "  disks:\n  - name: a\n    from:\n      " field "\n"
#define FROM_NAMESPACE(field) FROM("pvc: b\n      " field)
#define MACHINE "spec: {running: true, template: {spec: {domain: {devices: {}}}}}"
#define NODE START "  nodes:\n    a:\n      virtualMachine:\n        " MACHINE "\n"
#define OPERATION(field) NODE "  operations:\n  - name: o\n    virtualMachine: a\n    type: Stop\n    " field "\n"
#define OPERATION_NAME(field) NODE "  operations:\n  - virtualMachine: a\n    type: Stop\n    " field "\n"
#define OPERATION_MACHINE(field) NODE "  operations:\n  - name: o\n    type: Stop\n    " field "\n"
#define OPERATION_TYPE(field) NODE "  operations:\n  - name: o\n    virtualMachine: a\n    " field "\n"
#define RESTORE(field) NODE "  operations:\n  - name: o\n    virtualMachine: a\n    type: Restore\n    " field "\n"
#define CLONE(field) NODE "  operations:\n  - name: o\n    virtualMachine: a\n    type: Clone\n    " field "\n"
#define NODE_TYPE(field) START "  nodes:\n    a:\n      " field "\n"
#define MACHINE_FIELD(field) START "  nodes:\n    a:\n      virtualMachine:\n        " field "\n"
#define MACHINE_METADATA(field)                                                                                      \
	START "  nodes:\n    a:\n      virtualMachine:\n        " MACHINE "\n        metadata:\n          " field "\n"
#define LINK(field)                                                                                                  \
	START "  nodes: {pod-1: {pod: {image: x}}}\n  links:\n    l:\n      nodes: [{node: pod-1}]\n      " field "\n"

static const struct wrong_value values[] = {
	{ "lab.spec.objectNames", SPEC("objectNames: [x]"), "6:16: error: objectNames must be a string, not a list" },
	{ "lab.spec.objectNames", SPEC("objectNames: short"),
	  "6:16: error: objectNames \"short\" is not known; use prefixed or plain" },
	{ "lab.spec.objects", SPEC("objects: {}"), "6:12: error: objects must be a list, not a mapping" },
	{ "lab.spec.objects", SPEC("objects: [7]"),
	  "6:13: error: an entry of objects must be a mapping, not an integer" },
	{ "lab.spec.disks", SPEC("disks: {}"), "6:10: error: disks must be a list, not a mapping" },
	{ "lab.spec.disks", SPEC("disks: [7]"), "6:11: error: disks[0] must be a mapping, not an integer" },
	{ "lab.spec.disks.name", DISK_NAME("name: [x]"), "7:11: error: name must be a string, not a list" },
	{ "lab.spec.disks.name", DISK_NAME("name: A"),
	  "7:11: error: name \"A\" must be at most 63 lower-case letters, digits and \"-\", with a letter or digit "
	  "at both "
	  "ends" },
	{ "lab.spec.disks.image", DISK("image: [x]"), "8:12: error: image must be a string, not a list" },
	{ "lab.spec.disks.from", DISK("from: [x]"), "8:11: error: from must be a mapping, not a list" },
	{ "lab.spec.disks.from.pvc", FROM("pvc: [x]"), "8:12: error: pvc must be a string, not a list" },
	{ "lab.spec.disks.from.snapshot", FROM("snapshot: A_B"),
	  "8:17: error: snapshot \"A_B\" is no name of a Kubernetes object; use lower-case letters, digits, \"-\" "
	  "and "
	  "\".\", with a letter or digit at both ends" },
	{ "lab.spec.disks.from.dataSource", FROM("dataSource: 7"),
	  "8:19: error: dataSource must be a string; write it in quotes" },
	{ "lab.spec.disks.from.namespace", FROM_NAMESPACE("namespace: a.b"),
	  "9:18: error: namespace name \"a.b\" is not usable; use lower-case letters, digits and \"-\", with a "
	  "letter or "
	  "digit at both ends" },
	{ "lab.spec.disks.upload", DISK("upload: 'yes'"), "8:13: error: upload must be true or false, not a string" },
	{ "lab.spec.disks.size", DISK_SIZE("size: 7K"),
	  "7:11: error: size is \"7K\", which is no quantity; write it like 10Gi" },
	{ "lab.spec.disks.checksum", DISK_IMAGE("checksum: [x]"),
	  "9:15: error: checksum must be a string, not a list" },
	{ "lab.spec.disks.imageCA", DISK_IMAGE("imageCA: [x]"), "9:14: error: imageCA must be a string, not a list" },
	{ "lab.spec.disks.imageSecret", DISK_IMAGE("imageSecret: [x]"),
	  "9:18: error: imageSecret must be a string, not a list" },
	{ "lab.spec.disks.storageClass", DISK("storageClass: [x]"),
	  "8:19: error: storageClass must be a string, not a list" },
	{ "lab.spec.disks.accessMode", DISK("accessMode: RWX"),
	  "8:17: error: accessMode \"RWX\" is not known; use ReadWriteOnce, ReadWriteMany or ReadWriteOncePod" },
	{ "lab.spec.disks.volumeMode", DISK("volumeMode: Raw"),
	  "8:17: error: volumeMode \"Raw\" is not known; use Filesystem or Block" },
	{ "lab.spec.disks.diskPolicy", DISK("diskPolicy: Keep"),
	  "8:17: error: diskPolicy \"Keep\" is not known; use Retain or Delete" },
	{ "lab.spec.disks.labels", DISK("labels: [x]"), "8:13: error: labels must be a mapping, not a list" },
	{ "lab.spec.disks.annotations", DISK("annotations: [x]"),
	  "8:18: error: annotations must be a mapping, not a list" },
	{ "lab.spec.operations", SPEC("operations: {}"), "6:15: error: operations must be a list, not a mapping" },
	{ "lab.spec.operations", SPEC("operations: [7]"),
	  "6:16: error: operations[0] must be a mapping, not an integer" },
	{ "lab.spec.operations.name", OPERATION_NAME("name: [x]"),
	  "12:11: error: name must be a string, not a list" },
	{ "lab.spec.operations.virtualMachine", OPERATION_MACHINE("virtualMachine: [x]"),
	  "12:21: error: virtualMachine must be a string, not a list" },
	{ "lab.spec.operations.type", OPERATION_TYPE("type: [x]"),
	  "12:11: error: type must be a string, not a list" },
	{ "lab.spec.operations.type", OPERATION_TYPE("type: Shutdown"),
	  "12:11: error: type \"Shutdown\" is not known; use Start, Stop, Restart, SoftReboot, Reset, Pause, "
	  "Unpause, "
	  "Migrate, Evict, Snapshot, Restore or Clone" },
	{ "lab.spec.operations.gracePeriodSeconds", OPERATION("gracePeriodSeconds: -1"),
	  "13:25: error: gracePeriodSeconds must be a whole number from 0 to 86400, not -1" },
	{ "lab.spec.operations.snapshot", RESTORE("snapshot: [x]"),
	  "13:15: error: snapshot must be a string, not a list" },
	{ "lab.spec.operations.target", CLONE("target: [x]"), "13:13: error: target must be a string, not a list" },
	{ "lab.spec.nodes.virtualMachine", NODE_TYPE("virtualMachine: [x]"),
	  "7:23: error: virtualMachine must be a mapping, not a list" },
	{ "lab.spec.nodes.virtualMachine.metadata", MACHINE_FIELD(MACHINE "\n        metadata: [x]"),
	  "9:19: error: metadata must be a mapping, not a list" },
	{ "lab.spec.nodes.virtualMachine.metadata.labels", MACHINE_METADATA("labels: [x]"),
	  "10:19: error: labels must be a mapping, not a list" },
	{ "lab.spec.nodes.virtualMachine.metadata.annotations", MACHINE_METADATA("annotations: [x]"),
	  "10:24: error: annotations must be a mapping, not a list" },
	{ "lab.spec.nodes.virtualMachine.spec", MACHINE_FIELD("spec: [x]"),
	  "8:15: error: spec must be a mapping, not a list" },
	{ "lab.spec.links.join", LINK("join: [x]"), "9:13: error: join must be a string, not a list" },
	{ "lab.spec.links.join", LINK("join: core"),
	  "9:13: error: join \"core\" names no link of another lab; write it as LAB/LINK" },
};

const struct wrong_values wrong_values_parts = { values, ARRAY_SIZE(values) };
