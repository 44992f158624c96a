/* A1: fields that KubeVirt does not have, values of the wrong type, and what must be there. */
#include "../suite.h"
#include "admission_check.h"

static const struct admission_case cases[] = {
	{ "A1: a misspelt field of spec", "{spec: {runStrategie: Always}}",
	  "spec.runStrategie: KubeVirt has no field \"runStrategie\" here; did you mean runStrategy?" },
	{ "A1: a misspelt field of a device",
	  "{spec: {template: {spec: {domain: {devices: {autoatachSerialConsole: true}}}}}}",
	  "spec.template.spec.domain.devices.autoatachSerialConsole: KubeVirt has no field "
	  "\"autoatachSerialConsole\" "
	  "here; did you mean autoattachSerialConsole?" },
	{ "A1: in an item of a list",
	  "{spec: {template: {spec: {volumes: [{name: root, dataVolume: {name: root, hotplugable: true}}]}}}}",
	  "spec.template.spec.volumes[0].dataVolume.hotplugable: KubeVirt has no field \"hotplugable\" here; did you "
	  "mean hotpluggable?" },
	{ "A1: a field that a newer KubeVirt may have", "{spec: {template: {spec: {domain: {teleporter: {}}}}}}",
	  "warning: spec.template.spec.domain.teleporter: KubeVirt 1.9 has no field \"teleporter\" here; drop it, "
	  "unless the cluster's is newer" },
	{ "A1: a field in a mapping that has none",
	  "{spec: {template: {spec: {readinessProbe: {guestAgentPing: {port: 1}}}}}}",
	  "warning: spec.template.spec.readinessProbe.guestAgentPing.port: KubeVirt 1.9 has no field \"port\" here; "
	  "drop it, unless the cluster's is newer" },
	{ "A1: a list where a mapping belongs", "{spec: {template: {spec: {domain: {chassis: [a]}}}}}",
	  "spec.template.spec.domain.chassis: this is a list; write a mapping" },
	{ "A1: a mapping where a list belongs",
	  "{spec: {template: {spec: {domain: {devices: {clientPassthrough: 1, inputs: {}}}}}}}",
	  "spec.template.spec.domain.devices.inputs: this is a mapping; write a list\n"
	  "spec.template.spec.domain.devices.clientPassthrough: this is a number; write a mapping" },
	{ "A1: text where a boolean belongs",
	  "{spec: {template: {spec: {domain: {devices: {useVirtioTransitional: 'yes'}}}}}}",
	  "spec.template.spec.domain.devices.useVirtioTransitional: this is text; write true or false" },
	{ "A1: a number where text belongs", "{spec: {template: {spec: {schedulerName: 1}}}}",
	  "spec.template.spec.schedulerName: this is a number; write text, in quotes" },
	{ "A1: a wrong type is told once, and nothing that follows from it",
	  "{spec: {template: {spec: {volumes: [{name: root, dataVolume: {name: true}}]}}}}",
	  "spec.template.spec.volumes[0].dataVolume.name: this is true or false; write text, in quotes" },
	{ "A1: amounts by number and by text",
	  "{spec: {template: {spec: {domain: {resources: {requests: {memory: 2147483648, cpu: 500m}}}}}}}", "" },
	{ "A1: what is needed", "{spec: {template: {spec: {resourceClaims: [{resourceClaimName: a}]}}}}",
	  "spec.template.spec.resourceClaims[0].name: name is missing; give it" },
	{ "A1: what the server keeps whatever it is",
	  "{spec: {template: {metadata: {finalizers: [a/b]}, spec: {domain: {clock: {utc: {}, timer: {x: 1}}}}}}}",
	  "" },
};

START_TEST(known_fields)
{
	admission_cases(good_machine, "", cases, ARRAY_SIZE(cases));
}
END_TEST

static const struct {
	const char *affinity, *expected;
} affinities[] = {
	{ "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: "
	  "[{key: a, operator: Exists}]}]}}}",
	  "" },
	{ "{podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {}}]}}",
	  "podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: a pod term needs a "
	  "topologyKey; "
	  "use kubernetes.io/hostname for one host" },
	{ "{podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelecter: {}, topologyKey: a}]}}",
	  "podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelecter: KubeVirt has no field "
	  "\"labelSelecter\" here; did you mean labelSelector?" },
};

START_TEST(affinity_alone)
{
	for (size_t i = 0; i < ARRAY_SIZE(affinities); i++) {
		cleanup(json) json_t *affinity = admission_json_new(affinities[i].affinity);
		cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;
		cleanup(free) char *outcome = NULL;

		admission_check_affinity(affinity, &findings);
		outcome = admission_text(&findings);
		ck_assert_str_eq(outcome, affinities[i].expected);
	}
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { known_fields, affinity_alone };

	return suite_run("render/admission_known_fields", tests, ARRAY_SIZE(tests));
}
