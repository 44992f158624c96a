/* What is wrong in objects, disks, operations, virtual machines in KubeVirt's words and joined links, and in which words
 * and at which place it is told. */
#include "render/lab/lab.h"

#include "render/render.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

struct refusal {
	const char *name;
	const char *text;
	const char *expected; /* all lines, each without "a.yaml:" */
};

#define START "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: t, namespace: labs}\nspec:\n"
/* A machine that KubeVirt takes without a word. */
#define WITHOUT_NETWORK "domain: {memory: {guest: 1Gi}, devices: {autoattachPodInterface: false}}"
#define LONG_NAME "a23456789-b23456789-c23456789-d23456789-e23456789-f23456789-g2"
#define PLAIN START "  objectNames: plain\n"

static char *told_new(const struct diagnostics *diagnostics)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < diagnostics->count; i++)
		buffer_format(&out, "%s%zu:%zu: %s: %s", i ? "\n" : "", diagnostics->items[i].line,
			      diagnostics->items[i].column,
			      diagnostics->items[i].severity == DIAGNOSTIC_ERROR ? "error" : "warning",
			      diagnostics->items[i].message);
	return buffer_steal(&out);
}

/* Rendered, since what KubeVirt would refuse is only seen then. */
static void refusals_check(const struct refusal *refusals, size_t count)
{
	const struct lab_options options = { .default_namespace = "labs" };

	for (size_t i = 0; i < count; i++) {
		const struct lab_file file = { "a.yaml", refusals[i].text, strlen(refusals[i].text) };
		cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
		cleanup(free) char *told = NULL;

		render_labs(&file, 1, &options, &result);
		told = told_new(&result.diagnostics);
		ck_assert_msg(strcmp(told, refusals[i].expected) == 0, "%s:\n  expected %s\n  got      %s",
			      refusals[i].name, refusals[i].expected, told);
		ck_assert_msg(result.count > 0, "%s", refusals[i].name);
		for (size_t j = 0; j < result.count; j++)
			ck_assert_msg(result.labs[j].valid || result.labs[j].operation_count == 0, "%s",
				      refusals[i].name);
	}
}

#define OBJECT(fields) START "  objects:\n  - " fields "\n"
#define SECRET(fields) OBJECT("apiVersion: v1\n    kind: Secret\n    metadata: {name: s}\n    " fields)
#define METADATA(fields) OBJECT("apiVersion: v1\n    kind: ConfigMap\n    metadata: {name: c, " fields "}")

static const struct refusal objects[] = {
	{ "no kind", OBJECT("apiVersion: v1"), "6:5: error: an entry of objects has no kind; add it" },
	{ "no version", OBJECT("kind: Secret"), "6:5: error: an entry of objects has no apiVersion; add it" },
	{ "kind of another type", OBJECT("{apiVersion: v1, kind: 7}"),
	  "6:28: error: kind must be a string, not an integer" },
	{ "a machine", OBJECT("{apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: {name: a}}"),
	  "6:40: error: objects takes no \"VirtualMachine\"; make it a node with virtualMachine, and its spec under "
	  "that" },
	{ "a running machine", OBJECT("{apiVersion: kubevirt.io/v1, kind: VirtualMachineInstance}"),
	  "6:40: error: objects takes no \"VirtualMachineInstance\"; write the VirtualMachine instead, as a node "
	  "with "
	  "virtualMachine" },
	{ "another version", OBJECT("{apiVersion: pool.kubevirt.io/v1alpha1, kind: VirtualMachinePool}"),
	  "6:18: error: VirtualMachinePool is taken as pool.kubevirt.io/v1beta1, not as "
	  "\"pool.kubevirt.io/v1alpha1\"; "
	  "write that" },
	{ "misspelt kind", OBJECT("{apiVersion: v1, kind: Secrets}"),
	  "6:28: error: objects takes no \"Secrets\"; did you mean \"Secret\"?" },
	{ "unknown kind", OBJECT("{apiVersion: apps/v1, kind: DaemonSet}"),
	  "6:33: error: objects takes no \"DaemonSet\" of \"apps/v1\"; apply it by other means. `labsync explain "
	  "lab.spec.objects` lists what is taken" },
	{ "no name", OBJECT("{apiVersion: v1, kind: Secret}"),
	  "6:5: error: this Secret has no name; set metadata.name" },
	{ "metadata of another type", OBJECT("{apiVersion: v1, kind: Secret, metadata: [a]}"),
	  "6:46: error: metadata must be a mapping, not a list" },
	{ "name of another type", OBJECT("{apiVersion: v1, kind: Secret, metadata: {name: [a]}}"),
	  "6:53: error: name must be a string, not a list" },
	{ "name of no object", OBJECT("{apiVersion: v1, kind: Secret, metadata: {name: A_b}}"),
	  "6:53: error: \"A_b\" is no name of a Secret; use at most 253 lower-case letters, digits, \"-\" and \".\", "
	  "with a "
	  "letter or digit at both ends" },
	{ "name of no Service", OBJECT("{apiVersion: v1, kind: Service, metadata: {name: a.b}}"),
	  "6:54: error: \"a.b\" is no name of a Service; use at most 63 lower-case letters, digits and \"-\", with a "
	  "letter "
	  "or digit at both ends" },
	{ "made-up name", OBJECT("{apiVersion: v1, kind: Secret, metadata: {generateName: a-}}"),
	  "6:47: error: generateName gives another name each time, by which labsync would not know the object again; "
	  "use "
	  "name" },
	{ "another namespace", OBJECT("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: other}}"),
	  "6:67: error: Secret \"a\" is for namespace \"other\", but its lab is in \"labs\"; remove this, or put it "
	  "into a "
	  "lab of that namespace" },
	{ "namespace of the cluster's",
	  OBJECT("{apiVersion: v1, kind: Namespace, metadata: {name: a, namespace: labs}}"),
	  "6:70: error: a Namespace is in no namespace; remove this" },
	{ "twice",
	  OBJECT("{apiVersion: v1, kind: Secret, metadata: {name: a}}\n  - {apiVersion: v1, kind: Secret, metadata: "
		 "{name: "
		 "a}}"),
	  "7:53: error: Secret \"a\" is also at a.yaml:6:53; keep one, or rename one" },
	{ "beside a node's",
	  START "  nodes: {vm-1: {vm: {image: docker://x, diskSize: 1Gi}}}\n"
		"  objects: [{apiVersion: v1, kind: Service, metadata: {name: t-vm-1}}]\n",
	  "6:62: error: Service \"t-vm-1\" is made for node \"vm-1\" of this lab already; rename one" },
	{ "beside a link's",
	  START
	  "  links: {l: {nodes: [{node: pod-1}, {node: pod-2}]}}\n"
	  "  nodes: {pod-1: {pod: {image: x}}, pod-2: {pod: {image: x}}}\n"
	  "  objects: [{apiVersion: k8s.cni.cncf.io/v1, kind: NetworkAttachmentDefinition, metadata: {name: t-l}}]\n",
	  "7:98: error: NetworkAttachmentDefinition \"t-l\" is made for a link or disk of this lab already; rename "
	  "one" },
	{ "set by the server", METADATA("uid: x, creationTimestamp: 2026-01-01T00:00:00Z, ownerReferences: []"),
	  "8:25: warning: uid is set by the cluster; it is left out\n"
	  "8:33: warning: creationTimestamp is set by the cluster; it is left out\n"
	  "8:74: warning: ownerReferences is set by the cluster; it is left out" },
	{ "status", METADATA("uid: null") "    status: {phase: Bound}\n",
	  "9:5: warning: status is set by the cluster; it is left out" },
	{ "labsync's labels", METADATA("labels: {app.kubernetes.io/name: x, labsync.dev/linked: t, app: z}"),
	  "8:34: warning: label \"app.kubernetes.io/name\" is set by labsync; this one is left out\n"
	  "8:61: warning: label \"labsync.dev/linked\" is set by labsync; this one is left out" },
	{ "no labels", METADATA("labels: {a b: x, c: 7, d: e f}"),
	  "8:34: error: \"a b\" is no name of a label; write it like example.com/rack\n"
	  "8:45: error: the value of label \"c\" must be a string; write it in quotes\n"
	  "8:51: error: \"e f\" is no value of a label; use at most 63 letters, digits, \"-\", \"_\" and \".\", with "
	  "a letter "
	  "or digit at both ends" },
	{ "kubectl's record", METADATA("annotations: {kubectl.kubernetes.io/last-applied-configuration: '{}'}"),
	  "8:39: warning: annotation kubectl.kubernetes.io/last-applied-configuration is kubectl's own record; it is "
	  "left "
	  "out" },
	{ "labsync's annotations", METADATA("annotations: {labsync.dev/path: x, labsync.dev/prune: no}"),
	  "8:39: error: annotation \"labsync.dev/path\" is not for people to set; labsync takes labsync.dev/adopt "
	  "and "
	  "labsync.dev/prune here\n"
	  "8:79: error: the value of annotation \"labsync.dev/prune\" must be a string; write it in quotes" },
	{ "annotation of disks",
	  OBJECT("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: c, annotations: "
		 "{labsync.dev/disk-policy: "
		 "Keep}}}"),
	  "6:110: error: labsync.dev/disk-policy must be \"Retain\" or \"Delete\"" },
	{ "data of another type", SECRET("data: [a]"), "9:11: error: data must be a mapping, not a list" },
	{ "data that is no base64", SECRET("data: {password: hunter2!}"),
	  "9:22: error: \"password\" of Secret \"s\" is not base64; put plain text under stringData instead of "
	  "data" },
	{ "data that is no text", SECRET("stringData: {pin: 1234, on: true, 'a/b': x}"),
	  "9:23: error: \"pin\" of Secret \"s\" must be a string under stringData, not an integer; write it in "
	  "quotes\n"
	  "9:33: error: \"true\" of Secret \"s\" must be a string under stringData, not a boolean; write it in "
	  "quotes\n"
	  "9:39: error: \"a/b\" is no key of a Secret; use at most 253 letters, digits, \"-\", \"_\" and \".\"" },
	{ "what CDI refuses",
	  OBJECT("apiVersion: cdi.kubevirt.io/v1beta1\n    kind: DataVolume\n    metadata: {name: d}\n    spec:\n    "
		 "  source: "
		 "{http: {url: ftp://x/y}}\n      storage: {resources: {requests: {storage: 1Gi}}}"),
	  "10:28: error: DataVolume \"d\": spec.source.http.url: http cannot be fetched with ftp; use https, http or "
	  "gs" },
	{ "a field of a pool's machine that KubeVirt has not",
	  OBJECT("apiVersion: pool.kubevirt.io/v1beta1\n    kind: VirtualMachinePool\n    metadata: {name: p}\n    "
		 "spec:\n      "
		 "selector: {matchLabels: {a: b}}\n      virtualMachineTemplate:\n        metadata: {labels: {a: "
		 "b}}\n        "
		 "spec:\n          running: true\n          template:\n            spec:\n             "
		 " " WITHOUT_NETWORK "\n              hostnme: x"),
	  "18:24: error: VirtualMachinePool \"p\": spec.virtualMachineTemplate.spec.template.spec.hostnme: KubeVirt "
	  "has no "
	  "field \"hostnme\" here; did you mean hostname?" },
};

#define DISK(fields) START "  disks: [{name: a, " fields "}]\n"

static const struct refusal disks[] = {
	{ "image and copy", DISK("size: 1Gi, image: https://x/y, from: {pvc: b}"),
	  "5:58: error: disk \"a\" has an image, so it is no copy; keep image or from" },
	{ "image and upload", DISK("size: 1Gi, image: https://x/y, upload: true"),
	  "5:60: error: disk \"a\" has an image, so nothing is uploaded; keep one" },
	{ "copy and upload", DISK("from: {pvc: b}, upload: true"),
	  "5:45: error: disk \"a\" has from, so nothing is uploaded; keep one" },
	{ "no upload", DISK("from: {pvc: b}, upload: false"), "" },
	{ "copy of nothing", DISK("from: {namespace: x}"),
	  "5:27: error: from of disk \"a\" names no source; give one of pvc, snapshot and dataSource" },
	{ "copy of two", DISK("from: {pvc: x, snapshot: z}"),
	  "5:27: error: from of disk \"a\" names several sources; give one of pvc, snapshot and dataSource" },
	{ "no size", START "  disks: [{name: a}]\n", "5:11: error: disk \"a\" has no size; add e.g. \"size: 10Gi\"" },
	{ "leftovers",
	  DISK("size: 1Gi, checksum: 'md5:00000000000000000000000000000000', imageCA: x, imageSecret: z"),
	  "5:42: error: disk \"a\" has no image that checksum could be for; add image, or remove it\n"
	  "5:91: error: disk \"a\" has no image that imageCA could be for; add image, or remove it\n"
	  "5:107: error: disk \"a\" has no image that imageSecret could be for; add image, or remove it" },
	{ "checksum of a container",
	  DISK("size: 1Gi, image: 'docker://x:1', checksum: 'md5:00000000000000000000000000000000'"),
	  "5:65: error: checksum is for images of http:// and https://; a container disk is pinned by its digest, as "
	  "in "
	  "docker://NAME@sha256:DIGEST" },
	{ "twice", START "  disks: [{name: a, size: 1Gi}, {name: a, size: 2Gi}]\n",
	  "5:40: error: two disks are named \"a\", the other at a.yaml:5:18; rename one" },
	{ "name that is a node's too",
	  PLAIN "  disks: [{name: vm-1, size: 1Gi}]\n  nodes: {vm-1: {vm: {image: docker://x, diskSize: 1Gi}}}\n",
	  "7:11: error: PersistentVolumeClaim \"vm-1\" is a disk of node \"vm-1\" of lab \"t\" and of lab \"t\" at "
	  "a.yaml:6:18; rename a node, a disk or a lab" },
	{ "of two nodes",
	  START "  disks: [{name: d, size: 1Gi}]\n  defaults: {vm: {image: docker://x, diskSize: 1Gi}}\n  nodes:\n"
		"    vm-1: {vm: {disks: [{name: d, pvc: t-d}]}}\n    vm-2: {vm: {disks: [{name: d, pvc: t-d}]}}\n",
	  "9:40: error: PersistentVolumeClaim \"t-d\" is a disk of node \"vm-2\" of lab \"t\" and of node \"vm-1\" "
	  "of lab "
	  "\"t\" at a.yaml:8:40; use one claim for each, or set shareable or readOnly on both disks" },
	{ "as an object too",
	  PLAIN "  disks: [{name: d, size: 1Gi}]\n"
		"  objects: [{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: d}}]\n",
	  "7:76: error: PersistentVolumeClaim \"d\" is a disk of lab \"t\" and of lab \"t\" at a.yaml:6:18; rename a "
	  "node, a "
	  "disk or a lab" },
};

#define OPERATION(fields)                                                                                            \
	START "  nodes: {vm-1: {vm: {image: docker://x, diskSize: 1Gi}}, pod-1: {pod: {image: x}}}\n"                \
	      "  operations: [{name: o, " fields "}]\n"

static const struct refusal operations[] = {
	{ "of an unknown node", OPERATION("virtualMachine: vm-2, type: Start"),
	  "6:42: error: operation \"o\" is of virtualMachine \"vm-2\", which is no node of this lab; did you mean "
	  "\"vm-1\"?" },
	{ "of what is far from all", OPERATION("virtualMachine: database, type: Start"),
	  "6:42: error: operation \"o\" is of virtualMachine \"database\", which is no node of this lab; name one, "
	  "or set "
	  "objectNames: plain to name any VirtualMachine of the namespace" },
	{ "of a pod", OPERATION("virtualMachine: pod-1, type: Start"),
	  "6:42: error: operation \"o\" is of node \"pod-1\", which is no virtual machine; name another node" },
	{ "grace period of Start", OPERATION("virtualMachine: vm-1, type: Start, gracePeriodSeconds: 1"),
	  "6:81: error: gracePeriodSeconds is of Stop and Restart, and operation \"o\" is a Start; remove it" },
	{ "grace period of Restart", OPERATION("virtualMachine: vm-1, type: Restart, gracePeriodSeconds: 1"),
	  "6:83: error: gracePeriodSeconds of a Restart can only be 0, which is all that KubeVirt takes; use 0, or "
	  "remove "
	  "it" },
	{ "Restore from nothing", OPERATION("virtualMachine: vm-1, type: Restore"),
	  "6:16: error: operation \"o\" is a Restore without a snapshot; name the VirtualMachineSnapshot to go back "
	  "to" },
	{ "snapshot of Stop", OPERATION("virtualMachine: vm-1, type: Stop, snapshot: x"),
	  "6:70: error: snapshot is of Snapshot and Restore, and operation \"o\" is a Stop; remove it" },
	{ "Clone to nothing", OPERATION("virtualMachine: vm-1, type: Clone"),
	  "6:16: error: operation \"o\" is a Clone without a target; name the VirtualMachine that it makes" },
	{ "Clone to a node", OPERATION("virtualMachine: vm-1, type: Clone, target: pod-1"),
	  "6:69: error: target \"pod-1\" of operation \"o\" is there already; choose a name that is not a node's" },
	{ "target of Stop", OPERATION("virtualMachine: vm-1, type: Stop, target: x"),
	  "6:68: error: target is of Clone, and operation \"o\" is a Stop; remove it" },
	{ "twice", OPERATION("virtualMachine: vm-1, type: Start}, {name: o, virtualMachine: vm-1, type: Stop"),
	  "6:69: error: two operations are named \"o\", the other at a.yaml:6:23; rename one" },
};

#define MACHINE(spec) START "  nodes:\n    a:\n      virtualMachine:\n        spec: " spec "\n"
#define LINKED "  links: {l: {nodes: [{node: a}, {node: pod-1}]}}\n"

static const struct refusal machines[] = {
	{ "no spec", START "  nodes: {a: {virtualMachine: {}}}\n",
	  "5:31: error: virtualMachine has no spec; add it" },
	{ "never runs", MACHINE("{template: {spec: {" WITHOUT_NETWORK "}}}"),
	  "8:15: error: virtualMachine \"a\" does not say when it runs; add e.g. \"runStrategy: RerunOnFailure\" to "
	  "its "
	  "spec" },
	{ "type beside it", START "  nodes: {a: {vm: {}, virtualMachine: {spec: {}}}}\n",
	  "5:23: error: node \"a\" has two types (vm, virtualMachine); keep one" },
	{ "in KNL's Lab",
	  "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: t}\nspec:\n"
	  "  nodes: {a: {virtualMachine: {spec: {running: true, template: {spec: {" WITHOUT_NETWORK "}}}}}}\n"
	  "  objectNames: plain\n  objects: []\n  disks: []\n  operations: []\n",
	  "5:15: error: a Lab of KNL's has no virtualMachine; use apiVersion labsync.dev/v1alpha1\n"
	  "6:3: error: a Lab of KNL's has no objectNames; use apiVersion labsync.dev/v1alpha1\n"
	  "7:3: error: a Lab of KNL's has no objects; use apiVersion labsync.dev/v1alpha1\n"
	  "8:3: error: a Lab of KNL's has no disks; use apiVersion labsync.dev/v1alpha1\n"
	  "9:3: error: a Lab of KNL's has no operations; use apiVersion labsync.dev/v1alpha1" },
	{ "what KubeVirt refuses", MACHINE("{runStrategy: Sometimes, template: {spec: {" WITHOUT_NETWORK "}}}"),
	  "8:29: error: virtualMachine \"a\": spec.runStrategy: \"Sometimes\" is no value of runStrategy; use "
	  "Always, Halted, "
	  "Manual, Once or RerunOnFailure" },
	{ "a field that KubeVirt has not",
	  MACHINE("{running: true, template: {spec: {" WITHOUT_NETWORK ", hostnme: x}}}"),
	  "8:132: error: virtualMachine \"a\": spec.template.spec.hostnme: KubeVirt has no field \"hostnme\" here; "
	  "did you mean hostname?" },
	{ "network of a link",
	  MACHINE("{running: true, template: {spec: {domain: {devices: {interfaces: [{name: l, masquerade: {}}]}}, "
		  "networks: [{name: l, pod: {}}]}}}") "    pod-1: {pod: {image: x}}\n" LINKED,
	  "10:23: error: virtualMachine \"a\" has a network \"l\" of its own at a.yaml:8:129, which link \"l\" would "
	  "make "
	  "again; rename one" },
	{ "addresses",
	  MACHINE("{running: true, template: {spec: {" WITHOUT_NETWORK
		  "}}}") "    pod-1: {pod: {image: x}}\n"
			 "  links: {l: {nodes: [{node: a, addrs: [192.0.2.1/24], port: e1}, {node: pod-1}]}}\n",
	  "10:33: warning: addrs has no effect here: a virtualMachine is told its addresses by its own cloud-init\n"
	  "10:56: warning: port has no effect here: a guest names its interfaces itself" },
	{ "claim of another machine",
	  START "  nodes:\n"
		"    a: {virtualMachine: {spec: {running: true, template: {spec: {" WITHOUT_NETWORK
		", volumes: [{name: d, persistentVolumeClaim: {claimName: c}}]}}}}}\n"
		"    b: {virtualMachine: {spec: {running: true, template: {spec: {" WITHOUT_NETWORK
		", volumes: [{name: d, dataVolume: {name: c}}]}}}}}\n",
	  "7:179: error: PersistentVolumeClaim \"c\" is a disk of node \"b\" of lab \"t\" and of node \"a\" of lab "
	  "\"t\" at "
	  "a.yaml:6:195; use one claim for each, or set shareable or readOnly on both disks" },
	{ "Service that begins with a digit", PLAIN "  nodes: {1web: {vm: {image: docker://x, diskSize: 1Gi}}}\n",
	  "6:11: error: node name \"1web\" begins with a digit, and with objectNames: plain its Service is called so "
	  "too; "
	  "begin it with a letter, or set ports: []" },
	{ "no Service", PLAIN "  nodes: {1web: {vm: {image: docker://x, diskSize: 1Gi, ports: []}}}\n", "" },
	{ "replicas whose name is too long",
	  PLAIN "  nodes:\n    " LONG_NAME ": {vm: {image: docker://x, diskSize: 1Gi, replicas: 3}}\n",
	  "7:5: error: \"" LONG_NAME "-1\" is 64 characters long, but at most 63 fit; shorten the name of the node" },
	{ "nothing at all", START "  objectNames: plain\n",
	  "5:3: error: lab \"t\" has no nodes; add them under spec.nodes" },
};

#define CORE(link)                                                                                                   \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: core, namespace: labs}\nspec:\n"              \
	"  nodes: {pod-1: {pod: {image: x}}, pod-2: {pod: {image: x}}}\n"                                            \
	"  links: {lan: {" link "nodes: [{node: pod-1}, {node: pod-2}]}}\n"
#define EDGE(link)                                                                                                   \
	"---\napiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: edge, namespace: labs}\nspec:\n"         \
	"  nodes: {pod-3: {pod: {image: x}}}\n"                                                                      \
	"  links:\n" link
#define JOIN(target) CORE("") EDGE("    up: {join: " target ", nodes: [{node: pod-3}]}\n")

static const struct refusal joins[] = {
	{ "no other lab", JOIN("cor/lan"),
	  "14:16: error: link \"up\" joins lab \"cor\", which is not in namespace \"labs\"; did you mean \"core\"?" },
	{ "nothing like it", JOIN("elsewhere/lan"),
	  "14:16: error: link \"up\" joins lab \"elsewhere\", which is not in namespace \"labs\"; add it, or remove "
	  "join" },
	{ "no such link", JOIN("core/wan"),
	  "14:16: error: link \"up\" joins link \"wan\", which lab \"core\" has not; did you mean \"lan\"?" },
	{ "no link at all like it", JOIN("core/elsewhere"),
	  "14:16: error: link \"up\" joins link \"elsewhere\", which lab \"core\" has not; add it there, or remove "
	  "join" },
	{ "its own lab", JOIN("edge/lan"),
	  "14:16: error: link \"up\" joins a link of its own lab; list its ends under \"lan\" instead" },
	{ "another join",
	  CORE("") EDGE(
		  "    up: {join: core/lan, nodes: [{node: pod-3}]}\n") "---\napiVersion: "
									"labsync.dev/v1alpha1\nkind: Lab\nmetadata: "
									"{name: third, namespace: labs}\nspec:\n"
									"  nodes: {pod-4: {pod: {image: x}}}\n  "
									"links: {up: {join: edge/up, nodes: [{node: "
									"pod-4}]}}\n",
	  "21:22: error: link \"up\" joins link \"up\" of lab \"edge\", which itself joins another; write "
	  "\"core/lan\", as it "
	  "does" },
	{ "a lab with errors",
	  "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: core, namespace: labs}\nspec:\n"
	  "  nodes: {pod-1: {pod: {}}}\n" EDGE("    up: {join: core/lan, nodes: [{node: pod-3}]}\n"),
	  "5:11: error: node \"pod-1\" has no image; set it in the node, in spec.defaults.pod.image of the Lab, or "
	  "in "
	  "spec.defaultNode.pod.image of a KNLConfig named knlcfg\n"
	  "13:16: error: link \"up\" joins link \"lan\" of lab \"core\", which has errors; mend that first" },
	{ "a LAN without a device",
	  CORE("driver: k8slan, ") EDGE("    up: {join: core/lan, nodes: [{node: pod-3}]}\n"),
	  "6:11: error: link \"lan\" uses driver k8slan, but nothing says over which device the workers reach each "
	  "other; "
	  "set spec.defaultVxlanDev or spec.vxlanDevMap in a KNLConfig named knlcfg\n"
	  "14:16: error: link \"up\" joins link \"lan\" of lab \"core\", which has errors; mend that first" },
	{ "instances",
	  "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: core, namespace: labs}\nspec:\n"
	  "  instances: 2\n  nodes: {pod-1: {pod: {image: x}}, pod-2: {pod: {image: x}}}\n"
	  "  links: {lan: {nodes: [{node: pod-1}, {node: pod-2}]}}\n" EDGE(
		  "    up: {join: core/lan, nodes: [{node: pod-3}]}\n"),
	  "15:16: error: link \"up\" joins lab \"core\", which has instances; name one of them, like "
	  "\"core-01/lan\"" },
	{ "other fields", CORE("") EDGE("    up: {join: core/lan, driver: ovn, mtu: 1400, nodes: [{node: pod-3}]}\n"),
	  "14:34: error: link \"up\" cannot have driver: it joins another, of which that holds; remove it\n"
	  "14:44: error: link \"up\" cannot have mtu: it joins another, of which that holds; remove it" },
	{ "twice",
	  CORE("") EDGE("    up: {join: core/lan, nodes: [{node: pod-3}]}\n    us: {join: core/lan, nodes: [{node: "
			"pod-3}]}\n"),
	  "15:16: error: link \"us\" joins \"core/lan\", as link \"up\" does at a.yaml:14:16; put the ends on one of "
	  "them" },
	{ "no end", CORE("") EDGE("    up: {join: core/lan, nodes: []}\n"),
	  "14:5: error: link \"up\" has 0 connectors; list at least 1 under nodes" },
	{ "VLAN that is not there",
	  CORE("vlan: 7, ") EDGE("    up: {join: core/lan, nodes: [{node: pod-3, vlan: 8}]}\n"),
	  "14:48: error: link \"lan\" of lab \"core\" has no VLAN 8 to join; use one of its own, 7" },
	{ "VLAN where there are none", CORE("") EDGE("    up: {join: core/lan, nodes: [{node: pod-3, vlan: 8}]}\n"),
	  "14:48: error: link \"lan\" of lab \"core\" has no VLAN 8 to join; remove vlan" },
	{ "VLAN that the driver has not",
	  CORE("driver: ovn, ") EDGE("    up: {join: core/lan, nodes: [{node: pod-3, vlan: 8}]}\n"),
	  "14:48: error: a connector of link \"up\" cannot have vlan: a layer-2 network of OVN-Kubernetes has no "
	  "VLANs; "
	  "remove it, make a link for each VLAN, or use driver bridge or ovs" },
	{ "routes that the driver has not",
	  CORE("driver: ovn, ") EDGE(
		  "    up: {join: core/lan, nodes: [{node: pod-3, addrs: [192.0.2.1/24], routes: [10.0.0.0/8 via "
		  "192.0.2.2]}]}\n"),
	  "14:71: error: a pod on link \"up\" cannot have routes: OVN-Kubernetes sets no routes in a pod; use "
	  "gateway for a "
	  "default route, set them by the pod's cmd, or use driver bridge, ovs or k8slan" },
	{ "second end",
	  CORE("driver: ovn, ") EDGE("    up: {join: core/lan, nodes: [{node: pod-3}, {node: pod-3}]}\n"),
	  "14:49: error: node \"pod-3\" is on link \"up\" twice: OVN-Kubernetes attaches a node to a network only "
	  "once; use "
	  "two links, or driver bridge, ovs or k8slan" },
	{ "in KNL's Lab",
	  "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: t}\nspec:\n"
	  "  links: {l: {join: a/b, nodes: [{node: pod-1}, {node: pod-2}]}}\n"
	  "  nodes: {pod-1: {pod: {image: x}}, pod-2: {pod: {image: x}}}\n",
	  "5:15: error: a Lab of KNL's has no join; use apiVersion labsync.dev/v1alpha1\n"
	  "5:21: error: link \"l\" joins lab \"a\", which is not in namespace \"labs\"; add it, or remove join" },
};

#define CHECK(name)                                                                                                  \
	START_TEST(test_##name)                                                                                      \
	{                                                                                                            \
		refusals_check(name, ARRAY_SIZE(name));                                                              \
	}                                                                                                            \
	END_TEST

CHECK(objects)
CHECK(disks)
CHECK(operations)
CHECK(machines)
CHECK(joins)

int main(void)
{
	const TTest *const tests[] = { test_objects, test_disks, test_operations, test_machines, test_joins };

	return suite_run("parts refusals", tests, ARRAY_SIZE(tests));
}
