#include "../suite.h"
#include "admission_check.h"

static const struct admission_case networks_cases[] = {
	{ "A65: two networks",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}},{name: lan, bridge: {}}]}}, "
	  "networks: "
	  "[{name: pod, pod: {}},{name: lan, multus: {networkName: lan}}]}",
	  "" },
	{ "A65: a network without an interface",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}}]}}, networks: [{name: pod, pod: "
	  "{}},{name: lan, multus: {networkName: lan}}]}",
	  "spec.template.spec.networks[1].name: no interface is named lan; add one under "
	  "devices.interfaces" },
	{ "A65: two networks of a name",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}}]}}, networks: [{name: pod, pod: "
	  "{}},{name: pod, multus: {networkName: a}}]}",
	  "spec.template.spec.networks[1].name: two networks are named pod; rename one" },
	{ "A65: an interface without a network",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}},{name: lan, bridge: {}}]}}, "
	  "networks: "
	  "[{name: pod, pod: {}}]}",
	  "spec.template.spec.domain.devices.interfaces[1].name: no network is named lan; add one under "
	  "networks" },
	{ "A65: a network without a name",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}}]}}, networks: [{name: pod, pod: {}}, "
	  "{multus: {networkName: a}}]}",
	  "spec.template.spec.networks[1].name: a network needs a name; give one" },
	{ "A66: no source",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}},{name: lan, bridge: {}}]}}, "
	  "networks: "
	  "[{name: pod, pod: {}}, {name: lan}]}",
	  "spec.template.spec.networks[1]: a network needs a source; give pod or multus" },
	{ "A66: two sources",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}}]}}, networks: [{name: lan, pod: {}, "
	  "multus: {networkName: lan}}]}",
	  "spec.template.spec.networks[0]: a network has one source, this has 2; keep one" },
	{ "A67: two pod networks",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}}, {name: b, masquerade: {}}]}}, "
	  "networks: [{name: pod, pod: {}}, {name: b, pod: {}}]}",
	  "spec.template.spec.networks[1].pod: a machine has one pod network; drop this one" },
	{ "A67: the default by Multus",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}}]}}, networks: [{name: lan, multus: "
	  "{networkName: lan, default: true}}]}",
	  "" },
	{ "A67: two defaults",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}}, {name: b, bridge: {}}]}}, networks: "
	  "[{name: lan, multus: {networkName: lan, default: true}}, {name: b, multus: {networkName: b, "
	  "default: true}}]}",
	  "spec.template.spec.networks[1].multus.default: a machine has one default network; drop this "
	  "default" },
	{ "A67: a default and the pod's",
	  "{domain: {devices: {interfaces: [{name: pod, masquerade: {}},{name: lan, bridge: {}}]}}, "
	  "networks: "
	  "[{name: pod, pod: {}}, {name: lan, multus: {networkName: lan, default: true}}]}",
	  "spec.template.spec.networks[1]: the pod network and a default network of Multus exclude each "
	  "other; "
	  "drop one" },
	{ "A68: no name",
	  "{domain: {devices: {interfaces: [{name: lan, bridge: {}}]}}, networks: [{name: lan, multus: {}}]}",
	  "spec.template.spec.networks[0].multus.networkName: multus needs the name of a "
	  "NetworkAttachmentDefinition; give networkName" },
	{ "A81: a claim",
	  "{domain: {devices: {interfaces: [{name: fast, sriov: {}}]}}, resourceClaims: [{name: c}], "
	  "networks: "
	  "[{name: fast, resourceClaim: {claimName: c, requestName: r}}]}",
	  "warning: spec.template.spec.networks[0].resourceClaim: a network from a resource claim needs the "
	  "feature gate NetworkDevicesWithDRA, which is off by default; switch it on in the KubeVirt "
	  "resource "
	  "or do without" },
	{ "A81: a claim that is not there",
	  "{domain: {devices: {interfaces: [{name: fast, sriov: {}}]}}, networks: [{name: fast, "
	  "resourceClaim: "
	  "{claimName: c}}]}",
	  "warning: spec.template.spec.networks[0].resourceClaim: a network from a resource claim needs the "
	  "feature gate NetworkDevicesWithDRA, which is off by default; switch it on in the KubeVirt "
	  "resource "
	  "or do without\n"
	  "spec.template.spec.networks[0].resourceClaim.claimName: no resource claim is named c; add one "
	  "under "
	  "resourceClaims\n"
	  "spec.template.spec.networks[0].resourceClaim.requestName: resourceClaim needs requestName; give "
	  "it" },
	{ "A81: a claim with a bridge",
	  "{domain: {devices: {interfaces: [{name: fast, bridge: {}}]}}, resourceClaims: [{name: c}], "
	  "networks: [{name: fast, resourceClaim: {claimName: c, requestName: r}}]}",
	  "warning: spec.template.spec.networks[0].resourceClaim: a network from a resource claim needs the "
	  "feature gate NetworkDevicesWithDRA, which is off by default; switch it on in the KubeVirt "
	  "resource "
	  "or do without\n"
	  "spec.template.spec.domain.devices.interfaces[0]: a network from a resource claim needs SR-IOV or "
	  "a "
	  "binding plugin; use sriov: {}" },
	{ "A81: a claim beside Multus",
	  "{domain: {devices: {interfaces: [{name: fast, sriov: {}},{name: lan, bridge: {}}]}}, "
	  "resourceClaims: [{name: c}], networks: [{name: fast, resourceClaim: {claimName: c, requestName: "
	  "r}},{name: lan, multus: {networkName: lan}}]}",
	  "warning: spec.template.spec.networks[0].resourceClaim: a network from a resource claim needs the "
	  "feature gate NetworkDevicesWithDRA, which is off by default; switch it on in the KubeVirt "
	  "resource "
	  "or do without\n"
	  "spec.template.spec.networks[0].resourceClaim: networks from resource claims and from Multus "
	  "exclude "
	  "each other; use one kind" },
	{ "no networks at all", "{domain: {devices: {interfaces: null}}, networks: null}",
	  "warning: spec.template.spec.domain.devices.interfaces: without any network KubeVirt attaches the "
	  "pod "
	  "network; set devices.autoattachPodInterface to false for a machine that shall have none" },
	{ "none on purpose", "{domain: {devices: {interfaces: null, autoattachPodInterface: false}}, networks: null}",
	  "" },
};

START_TEST(networks)
{
	admission_cases(good_machine, "spec.template.spec", networks_cases, ARRAY_SIZE(networks_cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { networks };

	return suite_run("render/admission_networks", tests, ARRAY_SIZE(tests));
}
