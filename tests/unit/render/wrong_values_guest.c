/* Wrong values of what a guest finds in its machine and hears of it, one of each kind. */
#include "tests/unit/render/wrong_values.h"

/* Fields stand from line 9 on, in column 9. */
#define HEAD                                                                                                         \
	"apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: t}\n"                                         \
	"spec:\n  defaults: {vm: {image: \"docker://x\", diskSize: 1Gi}}\n  nodes:\n    r1:\n      vm:\n"
#define LINE(text) "        " text "\n"
#define VM(field) HEAD LINE(field)
#define DISK_OF(field) HEAD LINE("disks:") LINE("- name: a") LINE("  " field)
#define RESOURCES(field) HEAD LINE("resources:") LINE("  " field)
#define REQUESTS(field) HEAD LINE("resources:") LINE("  requests:") LINE("    " field)
#define LIMITS(field) HEAD LINE("resources:") LINE("  limits:") LINE("    " field)
#define FEATURES(field) HEAD LINE("features:") LINE("  " field)
#define TPM(field) HEAD LINE("tpm:") LINE("  " field)
#define CLOUD_INIT(field) HEAD LINE("cloudInit:") LINE("  " field)
#define CLOUD_INIT_ONLY(field) HEAD LINE("cloudInit:") LINE("  only: true") LINE("  " field)
#define SYSPREP_OF(field) HEAD LINE("init: sysprep") LINE("" field)
#define SYSPREP(field) HEAD LINE("init: sysprep") LINE("sysprep:") LINE("  " field)
#define DNS(field) HEAD LINE("dns:") LINE("  " field)
#define NIC_NAME(field) HEAD LINE("interfaces:") LINE("- network: pod") LINE("  " field)
#define NIC_NETWORK(field) HEAD LINE("interfaces:") LINE("- name: a") LINE("  " field)
#define NIC(field) HEAD LINE("interfaces:") LINE("- name: a") LINE("  network: pod") LINE("  " field)
#define PLACEMENT(field) HEAD LINE("placement:") LINE("  " field)
#define HTTP_GET(field) HEAD LINE("readinessProbe:") LINE("  httpGet:") LINE("    port: 22") LINE("    " field)
#define HTTP_HEADER_NAME(field)                                                                                      \
	HEAD LINE("readinessProbe:") LINE("  httpGet:") LINE("    port: 22") LINE("    httpHeaders:")                \
		LINE("    - value: a") LINE("      " field)
#define HTTP_HEADER(field)                                                                                           \
	HEAD LINE("readinessProbe:") LINE("  httpGet:") LINE("    port: 22") LINE("    httpHeaders:")                \
		LINE("    - name: A") LINE("      " field)

static const struct wrong_value values[] = {
	{ "lab.spec.nodes.vm.rootDisk", VM("rootDisk: 'no'"),
	  "9:19: error: rootDisk must be true or false, not a string" },
	{ "lab.spec.nodes.vm.disks.ephemeral", DISK_OF("ephemeral: [x]"),
	  "11:22: error: ephemeral must be true or false, not a list" },
	{ "lab.spec.nodes.vm.disks.secret", DISK_OF("secret: [x]"),
	  "11:19: error: secret must be a string, not a list" },
	{ "lab.spec.nodes.vm.disks.secret", DISK_OF("secret: A_b"),
	  "11:19: error: secret \"A_b\" is no name of a Kubernetes object; use lower-case letters, digits, \"-\" and "
	  "\".\", with a letter or digit at both ends" },
	{ "lab.spec.nodes.vm.disks.configMap", DISK_OF("configMap: [x]"),
	  "11:22: error: configMap must be a string, not a list" },
	{ "lab.spec.nodes.vm.disks.serviceAccount", DISK_OF("serviceAccount: [x]"),
	  "11:27: error: serviceAccount must be a string, not a list" },
	{ "lab.spec.nodes.vm.disks.volumeLabel", DISK_OF("volumeLabel: [x]"),
	  "11:24: error: volumeLabel must be a string, not a list" },
	{ "lab.spec.nodes.vm.disks.volumeLabel", DISK_OF("volumeLabel: 'a b'"),
	  "11:24: error: volumeLabel \"a b\" must be 1 to 32 letters, digits, \"_\", \".\" and \"-\"" },
	{ "lab.spec.nodes.vm.disks.volumeLabel", DISK_OF("volumeLabel: ''"),
	  "11:24: error: volumeLabel \"\" must be 1 to 32 letters, digits, \"_\", \".\" and \"-\"" },
	{ "lab.spec.nodes.vm.disks.volumeLabel", DISK_OF("volumeLabel: ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456"),
	  "11:24: error: volumeLabel \"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456\" must be 1 to 32 letters, digits, \"_\", "
	  "\".\" and \"-\"" },
	{ "lab.spec.nodes.vm.resources", VM("resources: x"),
	  "9:20: error: resources must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.resources.requests", RESOURCES("requests: x"),
	  "10:21: error: requests must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.resources.requests", RESOURCES("requests: {cpus: 1}"),
	  "10:22: error: unknown field \"cpus\" in requests; did you mean \"cpu\"?" },
	{ "lab.spec.nodes.vm.resources.requests.cpu", REQUESTS("cpu: [x]"),
	  "11:18: error: cpu must be a quantity like 500m or 1Gi, not a list" },
	{ "lab.spec.nodes.vm.resources.requests.cpu", REQUESTS("cpu: 0"),
	  "11:18: error: cpu must be more than 0; remove it, or write it like 500m" },
	{ "lab.spec.nodes.vm.resources.requests.cpu", REQUESTS("cpu: -1"), "11:18: error: cpu must not be negative" },
	{ "lab.spec.nodes.vm.resources.requests.cpu", REQUESTS("cpu: much"),
	  "11:18: error: cpu is \"much\", which is no quantity; write it like 500m or 1Gi" },
	{ "lab.spec.nodes.vm.resources.requests.memory", REQUESTS("memory: [x]"),
	  "11:21: error: memory must be a quantity like 4Gi, not a list" },
	{ "lab.spec.nodes.vm.resources.requests.memory", REQUESTS("memory: 1000"),
	  "11:21: error: memory is \"1000\", but must be at least 1M; write it like 4Gi" },
	{ "lab.spec.nodes.vm.resources.limits", RESOURCES("limits: x"),
	  "10:19: error: limits must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.resources.limits.cpu", LIMITS("cpu: [x]"),
	  "11:18: error: cpu must be a quantity like 500m or 1Gi, not a list" },
	{ "lab.spec.nodes.vm.resources.limits.cpu", LIMITS("cpu: 0"),
	  "11:18: error: cpu must be more than 0; remove it, or write it like 500m" },
	{ "lab.spec.nodes.vm.resources.limits.memory", LIMITS("memory: [x]"),
	  "11:21: error: memory must be a quantity like 4Gi, not a list" },
	{ "lab.spec.nodes.vm.resources.limits.memory", LIMITS("memory: 1000"),
	  "11:21: error: memory is \"1000\", but must be at least 1M; write it like 4Gi" },
	{ "lab.spec.nodes.vm.guestOS", VM("guestOS: [x]"), "9:18: error: guestOS must be a string, not a list" },
	{ "lab.spec.nodes.vm.guestOS", VM("guestOS: macos"),
	  "9:18: error: guestOS \"macos\" is not known; use linux or windows" },
	{ "lab.spec.nodes.vm.features", VM("features: x"), "9:19: error: features must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.features.acpi", FEATURES("acpi: [x]"),
	  "10:17: error: acpi must be true or false, not a list" },
	{ "lab.spec.nodes.vm.features.apic", FEATURES("apic: [x]"),
	  "10:17: error: apic must be true or false, not a list" },
	{ "lab.spec.nodes.vm.features.smm", FEATURES("smm: [x]"),
	  "10:16: error: smm must be true or false, not a list" },
	{ "lab.spec.nodes.vm.tpm", VM("tpm: true"), "9:14: error: tpm must be a mapping, not a boolean" },
	{ "lab.spec.nodes.vm.tpm.enabled", TPM("enabled: [x]"),
	  "10:20: error: enabled must be true or false, not a list" },
	{ "lab.spec.nodes.vm.tpm.persistent", TPM("persistent: [x]"),
	  "10:23: error: persistent must be true or false, not a list" },
	{ "lab.spec.nodes.vm.rng", VM("rng: {}"), "9:14: error: rng must be true or false, not a mapping" },
	{ "lab.spec.nodes.vm.timezone", VM("timezone: [x]"), "9:19: error: timezone must be a string, not a list" },
	{ "lab.spec.nodes.vm.timezone", VM("timezone: 'Europe/ Berlin'"),
	  "9:19: error: timezone \"Europe/ Berlin\" is no name of a zone; use one like Europe/Berlin, or UTC" },
	{ "lab.spec.nodes.vm.timezone", VM("timezone: ../zone"),
	  "9:19: error: timezone \"../zone\" is no name of a zone; use one like Europe/Berlin, or UTC" },
	{ "lab.spec.nodes.vm.serialLog", VM("serialLog: [x]"),
	  "9:20: error: serialLog must be true or false, not a list" },
	{ "lab.spec.nodes.vm.init", VM("init: butane"),
	  "9:15: error: init \"butane\" is not known; use cloud-init, ignition, sysprep or none" },
	{ "lab.spec.nodes.vm.cloudInit.only", CLOUD_INIT("only: [x]"),
	  "10:17: error: only must be true or false, not a list" },
	{ "lab.spec.nodes.vm.cloudInit.networkData", CLOUD_INIT_ONLY("networkData: [x]"),
	  "11:24: error: networkData must be a string or a mapping, not a list" },
	{ "lab.spec.nodes.vm.cloudInit.networkData", CLOUD_INIT_ONLY("networkData: ''"),
	  "11:24: error: networkData is empty; write something, or remove it" },
	{ "lab.spec.nodes.vm.cloudInit.networkData", CLOUD_INIT_ONLY("networkData: {}"),
	  "11:24: error: networkData is empty; write something, or remove it" },
	{ "lab.spec.nodes.vm.cloudInit.networkDataSecret", CLOUD_INIT_ONLY("networkDataSecret: [x]"),
	  "11:30: error: networkDataSecret must be a string, not a list" },
	{ "lab.spec.nodes.vm.cloudInit.type", CLOUD_INIT_ONLY("type: [x]"),
	  "11:17: error: type must be a string, not a list" },
	{ "lab.spec.nodes.vm.cloudInit.type", CLOUD_INIT_ONLY("type: NoCloudNet"),
	  "11:17: error: type \"NoCloudNet\" is not known; use NoCloud or ConfigDrive" },
	{ "lab.spec.nodes.vm.sysprep", SYSPREP_OF("sysprep: x"),
	  "10:18: error: sysprep must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.sysprep.secret", SYSPREP("secret: [x]"),
	  "11:19: error: secret must be a string, not a list" },
	{ "lab.spec.nodes.vm.sysprep.configMap", SYSPREP("configMap: [x]"),
	  "11:22: error: configMap must be a string, not a list" },
	{ "lab.spec.nodes.vm.subdomain", VM("subdomain: [x]"),
	  "9:20: error: subdomain must be a string, not a list" },
	{ "lab.spec.nodes.vm.subdomain", VM("subdomain: db.example"),
	  "9:20: error: subdomain \"db.example\" must be at most 63 lower-case letters, digits and \"-\", with a "
	  "letter or digit at both ends" },
	{ "lab.spec.nodes.vm.dns", VM("dns: x"), "9:14: error: dns must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.dns.nameservers", DNS("nameservers: x"),
	  "10:24: error: nameservers must be a list, not a string" },
	{ "lab.spec.nodes.vm.dns.nameservers", DNS("nameservers: [x]"),
	  "10:25: error: name server \"x\" is no IP address; write it like 192.0.2.53" },
	{ "lab.spec.nodes.vm.dns.nameservers", DNS("nameservers: [192.0.2.1, 192.0.2.1]"),
	  "10:36: error: name server \"192.0.2.1\" is listed twice; keep one" },
	{ "lab.spec.nodes.vm.dns.nameservers", DNS("nameservers: [224.0.0.1]"),
	  "10:25: error: name server \"224.0.0.1\" is no IP address; write it like 192.0.2.53" },
	{ "lab.spec.nodes.vm.dns.nameservers", DNS("nameservers: [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4]"),
	  "10:24: error: nameservers has 4 entries; at most 3 are taken" },
	{ "lab.spec.nodes.vm.dns.searches", DNS("searches: x"),
	  "10:21: error: searches must be a list, not a string" },
	{ "lab.spec.nodes.vm.dns.searches", DNS("searches: [A_b]"),
	  "10:22: error: \"A_b\" is no domain; use lower-case letters, digits, \"-\" and \".\", like "
	  "lab.example.org" },
	{ "lab.spec.nodes.vm.dns.searches", DNS("searches: [a, b, c, d, e, f, g]"),
	  "10:21: error: searches has 7 entries; at most 6 are taken" },
	{ "lab.spec.nodes.vm.interfaces", VM("interfaces: x"),
	  "9:21: error: interfaces must be a list, not a string" },
	{ "lab.spec.nodes.vm.interfaces.name", NIC_NAME("name: [x]"),
	  "11:17: error: name must be a string, not a list" },
	{ "lab.spec.nodes.vm.interfaces.name", NIC_NAME("name: a.b"),
	  "11:17: error: name \"a.b\" must be 1 to 63 letters, digits, \"_\" and \"-\"" },
	{ "lab.spec.nodes.vm.interfaces.name", NIC_NAME("name: ''"),
	  "11:17: error: name \"\" must be 1 to 63 letters, digits, \"_\" and \"-\"" },
	{ "lab.spec.nodes.vm.interfaces.network", NIC_NETWORK("network: [x]"),
	  "11:20: error: network must be a string, not a list" },
	{ "lab.spec.nodes.vm.interfaces.network", NIC_NETWORK("network: Lan"),
	  "11:20: error: network \"Lan\" names no network; write pod, or the name or namespace/name of a "
	  "NetworkAttachmentDefinition in lower case" },
	{ "lab.spec.nodes.vm.interfaces.network", NIC_NETWORK("network: a/b/c"),
	  "11:20: error: network \"a/b/c\" names no network; write pod, or the name or namespace/name of a "
	  "NetworkAttachmentDefinition in lower case" },
	{ "lab.spec.nodes.vm.interfaces.model", NIC("model: [x]"),
	  "12:18: error: model must be a string, not a list" },
	{ "lab.spec.nodes.vm.interfaces.model", NIC("model: vmxnet3"),
	  "12:18: error: model \"vmxnet3\" is not known; use virtio, e1000, e1000e, igb, ne2k_pci, pcnet or "
	  "rtl8139" },
	{ "lab.spec.nodes.vm.interfaces.mac", NIC("mac: [x]"), "12:16: error: mac must be a string, not a list" },
	{ "lab.spec.nodes.vm.interfaces.mac", NIC("mac: '02:00'"),
	  "12:16: error: mac \"02:00\" is not six bytes in hex; write it like 32:20:22:99:99:01" },
	{ "lab.spec.nodes.vm.interfaces.mac", NIC("mac: 01:00:00:00:00:01"),
	  "12:16: error: mac \"01:00:00:00:00:01\" is a multicast address; make its first byte even" },
	{ "lab.spec.nodes.vm.interfaces.mac", NIC("mac: 02:00:00:00:00:00"),
	  "12:16: error: mac \"02:00:00:00:00:00\" cannot be used; choose another" },
	{ "lab.spec.nodes.vm.interfaces.bind", NIC("bind: [x]"), "12:17: error: bind must be a string, not a list" },
	{ "lab.spec.nodes.vm.interfaces.bind", NIC("bind: slirp"),
	  "12:17: error: bind \"slirp\" is not known; use masquerade, bridge or sriov" },
	{ "lab.spec.nodes.vm.interfaces.bootOrder", NIC("bootOrder: '7'"),
	  "12:22: error: bootOrder must be a whole number, not a string" },
	{ "lab.spec.nodes.vm.interfaces.bootOrder", NIC("bootOrder: 0"),
	  "12:22: error: bootOrder must be a whole number from 1 to 999, not 0" },
	{ "lab.spec.nodes.vm.interfaces.bootOrder", NIC("bootOrder: 1000"),
	  "12:22: error: bootOrder must be a whole number from 1 to 999, not 1000" },
	{ "lab.spec.nodes.vm.interfaces.state", NIC("state: [x]"),
	  "12:18: error: state must be a string, not a list" },
	{ "lab.spec.nodes.vm.interfaces.state", NIC("state: absent"),
	  "12:18: error: state \"absent\" is not known; use up or down" },
	{ "lab.spec.nodes.vm.labels", VM("labels: x"), "9:17: error: labels must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.labels", VM("labels: {'a b': c}"),
	  "9:18: error: \"a b\" is no name of a label; use at most 63 letters, digits, \"-\", \"_\" and \".\", after "
	  "a prefix like example.org/ or without one" },
	{ "lab.spec.nodes.vm.labels", VM("labels: {a: 'b c'}"),
	  "9:21: error: \"b c\" is no value of a label; use at most 63 letters, digits, \"-\", \"_\" and \".\", with "
	  "a letter or digit at both ends" },
	{ "lab.spec.nodes.vm.annotations", VM("annotations: x"),
	  "9:22: error: annotations must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.annotations", VM("annotations: {a: [x]}"),
	  "9:26: error: a must be a string, not a list" },
	{ "lab.spec.nodes.vm.annotations", VM("annotations: {'a b': c}"),
	  "9:23: error: \"a b\" is no name of an annotation; write it like example.com/owner" },
	{ "lab.spec.nodes.vm.annotations", VM("annotations: {labsync.dev/path: a}"),
	  "9:23: error: annotation \"labsync.dev/path\" is set by labsync; choose another name" },
	{ "lab.spec.nodes.vm.immutable", VM("immutable: x"),
	  "9:20: error: immutable must be a mapping, not a string" },
	{ "lab.spec.nodes.vm.immutable", VM("immutable: {a: [x]}"), "9:24: error: a must be a string, not a list" },
	{ "lab.spec.nodes.vm.immutable", VM("immutable: {'': a}"),
	  "9:21: error: immutable has an entry without a name; give it one" },
	{ "lab.spec.nodes.vm.placement.topologySpreadConstraints", PLACEMENT("topologySpreadConstraints: x"),
	  "10:38: error: topologySpreadConstraints must be a list, not a string" },
	{ "lab.spec.nodes.vm.placement.topologySpreadConstraints", PLACEMENT("topologySpreadConstraints: [x]"),
	  "10:39: error: topologySpreadConstraints[0]: this is text; write a mapping" },
	{ "lab.spec.nodes.vm.placement.topologySpreadConstraints",
	  PLACEMENT("topologySpreadConstraints: [{maxSkew: 1, topologyKey: a}]"),
	  "10:39: error: topologySpreadConstraints[0].whenUnsatisfiable: a spread needs whenUnsatisfiable; use "
	  "DoNotSchedule or ScheduleAnyway" },
	{ "lab.spec.nodes.vm.placement.topologySpreadConstraints",
	  PLACEMENT("topologySpreadConstraints: [{maxSkew: 0, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]"),
	  "10:49: error: topologySpreadConstraints[0].maxSkew: maxSkew 0 is too small; use 1 or more" },
	{ "lab.spec.nodes.vm.placement.topologySpreadConstraints",
	  PLACEMENT("topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, "
		    "minDomain: 2}]"),
	  "10:113: error: topologySpreadConstraints[0].minDomain: KubeVirt has no field \"minDomain\" here; did you "
	  "mean minDomains?" },
	{ "lab.spec.nodes.vm.readinessProbe.httpGet.httpHeaders", HTTP_GET("httpHeaders: x"),
	  "12:26: error: httpHeaders must be a list, not a string" },
	{ "lab.spec.nodes.vm.readinessProbe.httpGet.httpHeaders.name", HTTP_HEADER_NAME("name: [x]"),
	  "14:21: error: name must be a string, not a list" },
	{ "lab.spec.nodes.vm.readinessProbe.httpGet.httpHeaders.name", HTTP_HEADER_NAME("name: 'a b'"),
	  "14:21: error: name \"a b\" is no name of a header; use letters, digits and \"-\", like Accept" },
	{ "lab.spec.nodes.vm.readinessProbe.httpGet.httpHeaders.name", HTTP_HEADER_NAME("name: ''"),
	  "14:21: error: name \"\" is no name of a header; use letters, digits and \"-\", like Accept" },
	{ "lab.spec.nodes.vm.readinessProbe.httpGet.httpHeaders.value", HTTP_HEADER("value: [x]"),
	  "14:22: error: value must be a string, not a list" },
	{ "lab.spec.nodes.vm.readinessProbe.httpGet.httpHeaders.value", HTTP_HEADER("value: \"a\\nb\""),
	  "14:22: error: value of a header must be one line of at most 2048 characters" },
};

const struct wrong_values wrong_values_guest = { values, ARRAY_SIZE(values) };
