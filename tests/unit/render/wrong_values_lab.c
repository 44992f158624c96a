/* Wrong values of labs, links, Defaults and a KNLConfig, one of each kind: another type, out of range, unknown. */
#include "tests/unit/render/wrong_values.h"

#define LAB_START "apiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: t}\n"
#define NODES                                                                                                        \
	"  nodes: {pod-1: {pod: {image: x}}, pod-2: {pod: {image: x}}, vm-1: {vm: {image: \"docker://x\", "          \
	"diskSize: 1Gi}}}\n"
#define SPEC_HEAD LAB_START "spec:\n" NODES
#define LINKS_HEAD SPEC_HEAD "  links:\n    a:\n"
#define SCHEDULE_HEAD SPEC_HEAD "  schedule:\n    "
#define UNNAMED_START "apiVersion: labsync.dev/v1alpha1\nkind: Lab\n"
#define UNNAMED_LAB UNNAMED_START "spec:\n" NODES
#define DEFAULTS_START "apiVersion: labsync.dev/v1alpha1\nkind: Defaults\n"
#define CONFIG_START "apiVersion: knl.kubenetlab.net/v1beta1\nkind: KNLConfig\n"
#define LINK_DEFAULTS(field) SPEC_HEAD "  defaults:\n    link:\n      " field "\n"
#define LINK(field) LINKS_HEAD "      nodes: [{node: pod-1}, {node: pod-2}]\n      " field "\n"
#define LINK_NODES(field) LINKS_HEAD "      " field "\n"
#define CONNECTOR(field) LINKS_HEAD "      nodes:\n      - node: pod-2\n      - node: vm-1\n        " field "\n"
#define CONNECTOR_NODE(field) LINKS_HEAD "      nodes:\n      - node: pod-2\n      - " field "\n"
#define SCHEDULE_ON(field) SCHEDULE_HEAD "\"off\": 0 18 * * *\n    " field "\n"
#define SCHEDULE_OFF(field) SCHEDULE_HEAD "\"on\": 0 8 * * *\n    " field "\n"
#define SCHEDULE(field) SCHEDULE_HEAD "\"on\": 0 8 * * *\n    \"off\": 0 18 * * *\n    " field "\n"
#define NODE(field) LAB_START "spec:\n  nodes:\n    a:\n      " field "\n"
#define NODE_DEFAULTS(field) SPEC_HEAD "  defaults:\n    " field "\n"
#define SPEC(field) SPEC_HEAD "  " field "\n"
#define SPEC_NODES(field) LAB_START "spec:\n  " field "\n"
#define METADATA_NAME(field) UNNAMED_LAB "metadata:\n  " field "\n"
#define METADATA(field) UNNAMED_LAB "metadata:\n  name: t\n  " field "\n"
#define ANNOTATION(field) UNNAMED_LAB "metadata:\n  name: t\n  annotations:\n    " field "\n"
#define LAB_TOP_VERSION(field) "kind: Lab\nmetadata: {name: t}\nspec:\n" NODES field "\n"
#define LAB_TOP_KIND(field) "apiVersion: labsync.dev/v1alpha1\nmetadata: {name: t}\nspec:\n" NODES field "\n"
#define LAB_TOP_METADATA(field) UNNAMED_LAB field "\n"
#define LAB_TOP_SPEC(field) LAB_START field "\n"
#define DEFAULTS_TOP_VERSION(field) "kind: Defaults\nmetadata: {name: t}\nspec: {}\n" field "\n"
#define DEFAULTS_TOP_KIND(field) "apiVersion: labsync.dev/v1alpha1\nmetadata: {name: t}\nspec: {}\n" field "\n"
#define DEFAULTS_TOP_METADATA(field) DEFAULTS_START "spec: {}\n" field "\n"
#define DEFAULTS_TOP_SPEC(field) DEFAULTS_START "metadata: {name: t}\n" field "\n"
#define DEFAULTS_METADATA_NAME(field) DEFAULTS_START "spec: {}\nmetadata:\n  " field "\n"
#define DEFAULTS_METADATA(field) DEFAULTS_START "spec: {}\nmetadata:\n  name: t\n  " field "\n"
#define DEFAULTS_SPEC(field) DEFAULTS_START "metadata: {name: t}\nspec:\n  " field "\n"
#define CONFIG_TOP_VERSION(field) "kind: KNLConfig\nmetadata: {name: knlcfg}\n" field "\n"
#define CONFIG_TOP_KIND(field) "apiVersion: knl.kubenetlab.net/v1beta1\nmetadata: {name: knlcfg}\n" field "\n"
#define CONFIG_TOP_METADATA(field) CONFIG_START field "\n"
#define CONFIG_TOP_SPEC(field) CONFIG_START "metadata: {name: knlcfg}\n" field "\n"
#define CONFIG_METADATA_NAME(field) CONFIG_START "metadata:\n  " field "\n"
#define CONFIG_METADATA(field) CONFIG_START "metadata:\n  name: knlcfg\n  " field "\n"
#define CONFIG_SPEC(field) CONFIG_START "metadata: {name: knlcfg}\nspec:\n  " field "\n"

static const struct wrong_value values[] = {
	{ "lab.spec.defaults.link.bridge", LINK_DEFAULTS("bridge: [x]"),
	  "8:15: error: bridge must be a string, not a list" },
	{ "lab.spec.defaults.link.driver", LINK_DEFAULTS("driver: [x]"),
	  "8:15: error: driver must be a string, not a list" },
	{ "lab.spec.defaults.link.driver", LINK_DEFAULTS("driver: nonsense"),
	  "8:15: error: driver \"nonsense\" is not known; use bridge, ovn, ovs, k8slan or existing" },
	{ "lab.spec.defaults.link.mtu", LINK_DEFAULTS("mtu: '7'"),
	  "8:12: error: mtu must be a whole number, not a string" },
	{ "lab.spec.defaults.link.mtu", LINK_DEFAULTS("mtu: 67"),
	  "8:12: error: mtu must be a whole number from 68 to 65535, not 67" },
	{ "lab.spec.defaults.link.mtu", LINK_DEFAULTS("mtu: 65536"),
	  "8:12: error: mtu must be a whole number from 68 to 65535, not 65536" },
	{ "lab.spec.defaults.link.vlan", LINK_DEFAULTS("vlan: '7'"),
	  "8:13: error: vlan must be a whole number, not a string" },
	{ "lab.spec.defaults.link.vlan", LINK_DEFAULTS("vlan: 0"),
	  "8:13: error: vlan must be a whole number from 1 to 4094, not 0" },
	{ "lab.spec.defaults.link.vlan", LINK_DEFAULTS("vlan: 4095"),
	  "8:13: error: vlan must be a whole number from 1 to 4094, not 4095" },
	{ "lab.spec.links.bridge", LINK("bridge: [x]"), "9:15: error: bridge must be a string, not a list" },
	{ "lab.spec.links.driver", LINK("driver: [x]"), "9:15: error: driver must be a string, not a list" },
	{ "lab.spec.links.driver", LINK("driver: nonsense"),
	  "9:15: error: driver \"nonsense\" is not known; use bridge, ovn, ovs, k8slan or existing" },
	{ "lab.spec.links.mtu", LINK("mtu: '7'"), "9:12: error: mtu must be a whole number, not a string" },
	{ "lab.spec.links.mtu", LINK("mtu: 67"), "9:12: error: mtu must be a whole number from 68 to 65535, not 67" },
	{ "lab.spec.links.mtu", LINK("mtu: 65536"),
	  "9:12: error: mtu must be a whole number from 68 to 65535, not 65536" },
	{ "lab.spec.links.network", LINK("network: [x]"), "9:16: error: network must be a string, not a list" },
	{ "lab.spec.links.nodes", LINK_NODES("nodes: {a: b}"), "8:14: error: nodes must be a list, not a mapping" },
	{ "lab.spec.links.nodes", LINK_NODES("nodes: [[x]]"),
	  "7:5: error: link \"a\" has 1 connector; list at least 2 under nodes\n8:15: error: connector must be a "
	  "mapping, not a list" },
	{ "lab.spec.links.vlan", LINK("vlan: '7'"), "9:13: error: vlan must be a whole number, not a string" },
	{ "lab.spec.links.vlan", LINK("vlan: 0"), "9:13: error: vlan must be a whole number from 1 to 4094, not 0" },
	{ "lab.spec.links.vlan", LINK("vlan: 4095"),
	  "9:13: error: vlan must be a whole number from 1 to 4094, not 4095" },
	{ "lab.spec.links.vni", LINK("vni: '7'"), "9:12: error: vni must be a whole number, not a string" },
	{ "lab.spec.links.vni", LINK("vni: 0"), "9:12: error: vni must be a whole number from 1 to 16777215, not 0" },
	{ "lab.spec.links.vni", LINK("vni: 16777216"),
	  "9:12: error: vni must be a whole number from 1 to 16777215, not 16777216" },
	{ "lab.spec.links.nodes.addrs", CONNECTOR("addrs: {a: b}"),
	  "11:16: error: addrs must be a list, not a mapping" },
	{ "lab.spec.links.nodes.addrs", CONNECTOR("addrs: [[x]]"),
	  "11:17: error: an address must be a string like 192.168.10.100/24, not a list" },
	{ "lab.spec.links.nodes.dns", CONNECTOR("dns: {a: b}"), "11:14: error: dns must be a list, not a mapping" },
	{ "lab.spec.links.nodes.dns", CONNECTOR("dns: [[x]]"),
	  "11:15: error: name server must be an address like 192.168.10.1, not a list" },
	{ "lab.spec.links.nodes.gateway", CONNECTOR("gateway: {a: b}"),
	  "11:18: error: gateway must be an address, or a list of one IPv4 and one IPv6 address, not a mapping" },
	{ "lab.spec.links.nodes.gateway", CONNECTOR("gateway: [[x]]"),
	  "11:19: error: gateway must be an address like 192.168.10.1, not a list" },
	{ "lab.spec.links.nodes.mac", CONNECTOR("mac: [x]"), "11:14: error: mac must be a string, not a list" },
	{ "lab.spec.links.nodes.node", CONNECTOR_NODE("node: [x]"),
	  "10:15: error: node must be a string, not a list" },
	{ "lab.spec.links.nodes.port", CONNECTOR("port: [x]"), "11:15: error: port must be a string, not a list" },
	{ "lab.spec.links.nodes.routes", CONNECTOR("routes: {a: b}"),
	  "11:17: error: routes must be a list, not a mapping" },
	{ "lab.spec.links.nodes.routes", CONNECTOR("routes: [[x]]"),
	  "11:18: error: a route must be a string like \"192.168.30.0/24 via 192.168.10.200\", not a list" },
	{ "lab.spec.links.nodes.state", CONNECTOR("state: [x]"), "11:16: error: state must be a string, not a list" },
	{ "lab.spec.links.nodes.state", CONNECTOR("state: nonsense"),
	  "11:16: error: state \"nonsense\" is not known; use up or down" },
	{ "lab.spec.links.nodes.vlan", CONNECTOR("vlan: '7'"),
	  "11:15: error: vlan must be a whole number, not a string" },
	{ "lab.spec.links.nodes.vlan", CONNECTOR("vlan: 0"),
	  "11:15: error: vlan must be a whole number from 1 to 4094, not 0" },
	{ "lab.spec.links.nodes.vlan", CONNECTOR("vlan: 4095"),
	  "11:15: error: vlan must be a whole number from 1 to 4094, not 4095" },
	{ "lab.spec.schedule.on", SCHEDULE_ON("\"on\": [x]"), "8:11: error: on must be a string, not a list" },
	{ "lab.spec.schedule.off", SCHEDULE_OFF("\"off\": [x]"), "8:12: error: off must be a string, not a list" },
	{ "lab.spec.schedule.timeZone", SCHEDULE("timeZone: [x]"),
	  "9:15: error: timeZone must be a string, not a list" },
	{ "lab.spec.nodes.vm", NODE("vm: [x]"), "7:11: error: vm must be a mapping, not a list" },
	{ "lab.spec.nodes.pod", NODE("pod: [x]"), "7:12: error: pod must be a mapping, not a list" },
	{ "lab.spec.nodes.srl", NODE("srl: [x]"), "7:12: error: srl must be a mapping, not a list" },
	{ "lab.spec.defaults.vm", NODE_DEFAULTS("vm: [x]"), "7:9: error: vm must be a mapping, not a list" },
	{ "lab.spec.defaults.pod", NODE_DEFAULTS("pod: [x]"), "7:10: error: pod must be a mapping, not a list" },
	{ "lab.spec.defaults.srl", NODE_DEFAULTS("srl: [x]"), "7:10: error: srl must be a mapping, not a list" },
	{ "lab.spec.defaults.link", NODE_DEFAULTS("link: [x]"), "7:11: error: link must be a mapping, not a list" },
	{ "lab.spec.defaults", SPEC("defaults: [x]"), "6:13: error: defaults must be a mapping, not a list" },
	{ "lab.spec.dependsOn", SPEC("dependsOn: {a: b}"), "6:14: error: dependsOn must be a list, not a mapping" },
	{ "lab.spec.dependsOn", SPEC("dependsOn: [[x]]"),
	  "6:15: error: dependsOn takes names of labs, or {name, namespace}, not a list" },
	{ "lab.spec.dependsOn.name", SPEC("dependsOn: [{name: 1}]"),
	  "6:22: error: name must be a string; write it in quotes" },
	{ "lab.spec.dependsOn.namespace", SPEC("dependsOn: [{name: core, namespace: A_}]"),
	  "6:39: error: namespace name \"A_\" is not usable; use lower-case letters, digits and \"-\", with a letter "
	  "or digit at both ends" },
	{ "lab.spec.expires", SPEC("expires: [x]"), "6:12: error: expires must be a string, not a list" },
	{ "lab.spec.expires", SPEC("expires: soon"),
	  "6:12: error: expires \"soon\" is no date; write it like 2026-12-31, or with a time and its offset from "
	  "UTC like 2026-12-31T18:00:00+01:00" },
	{ "lab.spec.instances", SPEC("instances: {a: b}"),
	  "6:14: error: instances must be a number like 30, or a list of names, not a mapping" },
	{ "lab.spec.instances", SPEC("instances: 0"), "6:14: error: instances must be from 1 to 500, not \"0\"" },
	{ "lab.spec.instances", SPEC("instances: 501"), "6:14: error: instances must be from 1 to 500, not \"501\"" },
	{ "lab.spec.instances", SPEC("instances: [[x]]"),
	  "6:15: error: an instance is a name or {name, variables}, not a list" },
	{ "lab.spec.instances.name", SPEC("instances: [{name: [x]}]"),
	  "6:22: error: an instance is a name or {name, variables}, not a list" },
	{ "lab.spec.instances.name", SPEC("instances: [{name: A}]"),
	  "6:22: error: instance name \"A\" is not usable; use lower-case letters, digits and \"-\", with a letter "
	  "or "
	  "digit at both ends" },
	{ "lab.spec.instances.variables", SPEC("instances: [{name: a, variables: [x]}]"),
	  "6:36: error: variables must be a mapping, not a list" },
	{ "lab.spec.labels", SPEC("labels: [x]"), "6:11: error: labels must be a mapping, not a list" },
	{ "lab.spec.labels", SPEC("labels: {a: [x]}"),
	  "6:15: error: labels: the value of \"a\" must be a string; write it in quotes" },
	{ "lab.spec.links", SPEC("links: [x]"), "6:10: error: links must be a mapping, not a list" },
	{ "lab.spec.links", SPEC("links: {a: [x]}"), "6:14: error: link must be a mapping, not a list" },
	{ "lab.spec.nodes", SPEC_NODES("nodes: [x]"), "5:10: error: nodes must be a mapping, not a list" },
	{ "lab.spec.nodes", SPEC_NODES("nodes: {a: [x]}"), "5:14: error: node must be a mapping, not a list" },
	{ "lab.spec.schedule", SPEC("schedule: [x]"), "6:13: error: schedule must be a mapping, not a list" },
	{ "lab.spec.storageClass", SPEC("storageClass: [x]"),
	  "6:17: error: storageClass must be a string, not a list" },
	{ "lab.spec.suspend", SPEC("suspend: 'yes'"), "6:12: error: suspend must be true or false, not a string" },
	{ "lab.spec.variables", SPEC("variables: [x]"), "6:14: error: variables must be a mapping, not a list" },
	{ "lab.spec.variables", SPEC("variables: {a: [x]}"),
	  "6:18: error: variable \"a\" must be text, a number or true or false, not a list" },
	{ "lab.metadata.name", METADATA_NAME("name: [x]"), "6:9: error: name must be a string, not a list" },
	{ "lab.metadata.namespace", METADATA("namespace: [x]"),
	  "7:14: error: namespace must be a string, not a list" },
	{ "lab.metadata.labels", METADATA("labels: [x]"), "7:11: error: labels must be a mapping, not a list" },
	{ "lab.metadata.labels", METADATA("labels: {a: [x]}"),
	  "7:15: error: labels: the value of \"a\" must be a string; write it in quotes" },
	{ "lab.metadata.annotations", METADATA("annotations: [x]"),
	  "7:16: error: annotations must be a mapping, not a list" },
	{ "lab.metadata.annotations", METADATA("annotations: {a: [x]}"),
	  "7:20: error: annotations: the value of \"a\" must be a string; write it in quotes" },
	{ "lab.metadata.annotations.labsync.dev/adopt", ANNOTATION("labsync.dev/adopt: [x]"),
	  "8:24: error: annotations: the value of \"labsync.dev/adopt\" must be a string; write it in quotes" },
	{ "lab.metadata.annotations.labsync.dev/adopt", ANNOTATION("labsync.dev/adopt: \"yes\""),
	  "8:24: error: labsync.dev/adopt must be \"true\" or \"false\"" },
	{ "lab.metadata.annotations.labsync.dev/prune", ANNOTATION("labsync.dev/prune: [x]"),
	  "8:24: error: annotations: the value of \"labsync.dev/prune\" must be a string; write it in quotes" },
	{ "lab.metadata.annotations.labsync.dev/prune", ANNOTATION("labsync.dev/prune: \"yes\""),
	  "8:24: error: labsync.dev/prune must be \"true\" or \"false\"" },
	{ "lab.apiVersion", LAB_TOP_VERSION("apiVersion: [x]"),
	  "5:13: error: apiVersion must be a string, not a list" },
	{ "lab.apiVersion", LAB_TOP_VERSION("apiVersion: nonsense"),
	  "5:13: error: apiVersion \"nonsense\" is not known; use labsync.dev/v1alpha1 or "
	  "knl.kubenetlab.net/v1beta1" },
	{ "lab.kind", LAB_TOP_KIND("kind: [x]"), "5:7: error: kind must be a string, not a list" },
	{ "lab.kind", LAB_TOP_KIND("kind: nonsense"),
	  "5:7: error: kind \"nonsense\" is not known; use Lab, Defaults or Mapping" },
	{ "lab.metadata", LAB_TOP_METADATA("metadata: [x]"),
	  "1:1: error: Lab has no name; set metadata.name\n5:11: error: metadata must be a mapping, not a list" },
	{ "lab.spec", LAB_TOP_SPEC("spec: [x]"), "4:7: error: spec must be a mapping, not a list" },
	{ "defaults.apiVersion", DEFAULTS_TOP_VERSION("apiVersion: [x]"),
	  "4:13: error: apiVersion must be a string, not a list" },
	{ "defaults.apiVersion", DEFAULTS_TOP_VERSION("apiVersion: nonsense"),
	  "4:13: error: apiVersion \"nonsense\" is not known; use labsync.dev/v1alpha1" },
	{ "defaults.kind", DEFAULTS_TOP_KIND("kind: [x]"), "4:7: error: kind must be a string, not a list" },
	{ "defaults.kind", DEFAULTS_TOP_KIND("kind: nonsense"),
	  "4:7: error: kind \"nonsense\" is not known; use Lab, Defaults or Mapping" },
	{ "defaults.metadata", DEFAULTS_TOP_METADATA("metadata: [x]"),
	  "1:1: error: Defaults has no name; set metadata.name\n4:11: error: metadata must be a mapping, not a "
	  "list" },
	{ "defaults.spec", DEFAULTS_TOP_SPEC("spec: [x]"), "4:7: error: spec must be a mapping, not a list" },
	{ "defaults.metadata.name", DEFAULTS_METADATA_NAME("name: [x]"),
	  "5:9: error: name must be a string, not a list" },
	{ "defaults.metadata.labels", DEFAULTS_METADATA("labels: [x]"),
	  "6:11: error: labels must be a mapping, not a list" },
	{ "defaults.metadata.labels", DEFAULTS_METADATA("labels: {a: [x]}"),
	  "6:15: error: labels: the value of \"a\" must be a string; write it in quotes" },
	{ "defaults.metadata.annotations", DEFAULTS_METADATA("annotations: [x]"),
	  "6:16: error: annotations must be a mapping, not a list" },
	{ "defaults.metadata.annotations", DEFAULTS_METADATA("annotations: {a: [x]}"),
	  "6:20: error: annotations: the value of \"a\" must be a string; write it in quotes" },
	{ "defaults.spec.defaults", DEFAULTS_SPEC("defaults: [x]"),
	  "5:13: error: defaults must be a mapping, not a list" },
	{ "defaults.spec.labels", DEFAULTS_SPEC("labels: [x]"), "5:11: error: labels must be a mapping, not a list" },
	{ "defaults.spec.labels", DEFAULTS_SPEC("labels: {a: [x]}"),
	  "5:15: error: labels: the value of \"a\" must be a string; write it in quotes" },
	{ "defaults.spec.namespace", DEFAULTS_SPEC("namespace: [x]"),
	  "5:14: error: namespace must be a string, not a list" },
	{ "defaults.spec.storageClass", DEFAULTS_SPEC("storageClass: [x]"),
	  "5:17: error: storageClass must be a string, not a list" },
	{ "defaults.spec.variables", DEFAULTS_SPEC("variables: [x]"),
	  "5:14: error: variables must be a mapping, not a list" },
	{ "defaults.spec.variables", DEFAULTS_SPEC("variables: {a: [x]}"),
	  "5:18: error: variable \"a\" must be text, a number or true or false, not a list" },
	{ "knlconfig.apiVersion", CONFIG_TOP_VERSION("apiVersion: [x]"),
	  "3:13: error: apiVersion must be a string, not a list" },
	{ "knlconfig.apiVersion", CONFIG_TOP_VERSION("apiVersion: nonsense"),
	  "3:13: error: apiVersion \"nonsense\" is not known; use knl.kubenetlab.net/v1beta1" },
	{ "knlconfig.kind", CONFIG_TOP_KIND("kind: [x]"), "3:7: error: kind must be a string, not a list" },
	{ "knlconfig.kind", CONFIG_TOP_KIND("kind: nonsense"),
	  "3:7: error: kind \"nonsense\" is not known; use Lab or KNLConfig" },
	{ "knlconfig.metadata", CONFIG_TOP_METADATA("metadata: [x]"),
	  "1:1: error: KNLConfig has no metadata.name; name it knlcfg\n3:11: error: metadata must be a mapping, not "
	  "a list" },
	{ "knlconfig.spec", CONFIG_TOP_SPEC("spec: [x]"), "4:7: error: spec must be a mapping, not a list" },
	{ "knlconfig.metadata.name", CONFIG_METADATA_NAME("name: [x]"),
	  "4:9: error: name must be a string, not a list" },
	{ "knlconfig.metadata.name", CONFIG_METADATA_NAME("name: nonsense"),
	  "4:9: error: KNLConfig must be named knlcfg, not \"nonsense\"" },
	{ "knlconfig.metadata.namespace", CONFIG_METADATA("namespace: [x]"),
	  "5:14: error: namespace must be a string, not a list" },
	{ "knlconfig.metadata.labels", CONFIG_METADATA("labels: [x]"),
	  "5:11: error: labels must be a mapping, not a list" },
	{ "knlconfig.metadata.labels", CONFIG_METADATA("labels: {a: [x]}"),
	  "5:15: error: labels: the value of \"a\" must be a string; write it in quotes" },
	{ "knlconfig.metadata.annotations", CONFIG_METADATA("annotations: [x]"),
	  "5:16: error: annotations must be a mapping, not a list" },
	{ "knlconfig.metadata.annotations", CONFIG_METADATA("annotations: {a: [x]}"),
	  "5:20: error: annotations: the value of \"a\" must be a string; write it in quotes" },
	{ "knlconfig.spec.defaultNode", CONFIG_SPEC("defaultNode: [x]"),
	  "5:16: error: defaultNode must be a mapping, not a list" },
	{ "knlconfig.spec.defaultVxlanDev", CONFIG_SPEC("defaultVxlanDev: [x]"),
	  "5:20: error: defaultVxlanDev must be the name of a network device, not a list" },
	{ "knlconfig.spec.storageClass", CONFIG_SPEC("storageClass: [x]"),
	  "5:17: error: storageClass must be a string, not a list" },
	{ "knlconfig.spec.vxlanDevMap", CONFIG_SPEC("vxlanDevMap: [x]"),
	  "5:16: error: vxlanDevMap must be a mapping, not a list" },
	{ "knlconfig.spec.vxlanDevMap", CONFIG_SPEC("vxlanDevMap: {a: [x]}"),
	  "5:20: error: the device must be the name of a network device, not a list" },
	{ "knlconfig.spec.vxlanGrp", CONFIG_SPEC("vxlanGrp: [x]"),
	  "5:13: error: vxlanGrp must be a string, not a list" },
};

const struct wrong_values wrong_values_lab = { values, ARRAY_SIZE(values) };
