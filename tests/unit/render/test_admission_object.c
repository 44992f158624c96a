#include "../suite.h"
#include "admission_check.h"

static const struct admission_case spec_cases[] = {
	{ "A2: a template", "{}", "" },
	{ "A2: no template", "{template: null}", "spec.template: a machine needs a template; give spec.template" },
	{ "A2: a template that is text", "{template: x}", "spec.template: this is text; write a mapping" },
	{ "A3: running alone", "{runStrategy: null, running: true}", "" },
	{ "A3: both", "{running: true}",
	  "spec.running: running and runStrategy exclude each other; drop running, which is deprecated" },
	{ "A3: neither", "{runStrategy: null}",
	  "spec.runStrategy: a machine needs a runStrategy; use Always, Halted, Manual, Once or "
	  "RerunOnFailure" },
	{ "A4: Halted", "{runStrategy: Halted}", "" },
	{ "A4: unknown", "{runStrategy: Sometimes}",
	  "spec.runStrategy: \"Sometimes\" is no value of runStrategy; use Always, Halted, Manual, Once or "
	  "RerunOnFailure" },
	{ "A4: empty", "{runStrategy: ''}",
	  "spec.runStrategy: \"\" is no value of runStrategy; use Always, Halted, Manual, Once or "
	  "RerunOnFailure" },
	{ "A4: a number", "{runStrategy: 1}", "spec.runStrategy: this is a number; write text, in quotes" },
	{ "A4: behind a gate", "{runStrategy: WaitAsReceiver}",
	  "warning: spec.runStrategy: runStrategy WaitAsReceiver needs the feature gate "
	  "DecentralizedLiveMigration, which is off by default; switch it on in the KubeVirt resource or do "
	  "without" },
	{ "A5: own labels", "{template: {metadata: {labels: {app: x}}}}", "" },
	{ "A5: KubeVirt's label", "{template: {metadata: {labels: {kubevirt.io/nodeName: x}}}}",
	  "spec.template.metadata.labels.kubevirt.io/nodeName: the label kubevirt.io/nodeName is KubeVirt's "
	  "own; use another name" },
	{ "A5: no name of a label", "{template: {metadata: {labels: {a b: c}}}}",
	  "spec.template.metadata.labels.a b: \"a b\" is no name of a label; write [prefix/]name" },
	{ "A5: no value of a label", "{template: {metadata: {labels: {a: b c}}}}",
	  "spec.template.metadata.labels.a: \"b c\" is no value of a label; use at most 63 letters, digits, "
	  "dashes, dots and underscores, with a letter or digit at both ends" },
	{ "A5: a number for a label", "{template: {metadata: {labels: {a: 1}}}}",
	  "spec.template.metadata.labels.a: this is a number; write text, in quotes" },
	{ "A6: no name of an annotation", "{template: {metadata: {annotations: {a b: c d}}}}",
	  "spec.template.metadata.annotations.a b: \"a b\" is no name of an annotation; write "
	  "[prefix/]name" },
	{ "A6: own annotations", "{template: {metadata: {annotations: {a: x}}}}", "" },
	{ "A6: ignition", "{template: {metadata: {annotations: {kubevirt.io/ignitiondata: '{}'}}}}",
	  "warning: spec.template.metadata.annotations.kubevirt.io/ignitiondata: the annotation "
	  "kubevirt.io/ignitiondata needs the feature gate ExperimentalIgnitionSupport, which is off by "
	  "default; switch it on in the KubeVirt resource or do without" },
	{ "A6: a sidecar", "{template: {metadata: {annotations: {hooks.kubevirt.io/hookSidecars: '[]'}}}}",
	  "warning: spec.template.metadata.annotations.hooks.kubevirt.io/hookSidecars: the annotation "
	  "hooks.kubevirt.io/hookSidecars needs the feature gate Sidecar, which is off by default; switch it "
	  "on in the KubeVirt resource or do without" },
	{ "A11: beside an instancetype that may say it, too",
	  "{instancetype: {name: a}, template: {spec: {domain: {ioThreadsPolicy: auto, memory: null}, "
	  "nodeSelector: "
	  "{a: b}}}}",
	  "warning: spec.template.spec.domain.ioThreadsPolicy: this conflicts with the instancetype when "
	  "that sets "
	  "it too; drop one of the two" },
	{ "A11: a preference", "{preference: {name: fedora}}", "" },
	{ "A11: a preference that names nothing", "{preference: {}}",
	  "spec.preference: preference names nothing; give name or inferFromVolume" },
	{ "A11: a kind that is none", "{preference: {name: a, kind: Preference}}",
	  "spec.preference.kind: \"Preference\" is no value of kind; use VirtualMachineClusterPreference or "
	  "VirtualMachinePreference" },
	{ "A11: an instancetype of a volume",
	  "{instancetype: {inferFromVolume: root}, template: {spec: {domain: {memory: null}}}}", "" },
	{ "A11: a revision of what is inferred", "{preference: {inferFromVolume: root, revisionName: a}}",
	  "spec.preference.revisionName: revisionName and inferFromVolume exclude each other; drop one" },
	{ "A11: a name for what is inferred", "{preference: {inferFromVolume: root, name: a}}",
	  "spec.preference.inferFromVolume: name and inferFromVolume exclude each other; drop one" },
	{ "A11: a kind of what is inferred", "{preference: {inferFromVolume: root, kind: VirtualMachinePreference}}",
	  "spec.preference.kind: kind and inferFromVolume exclude each other; drop kind" },
	{ "A11: a policy that is none", "{preference: {inferFromVolume: root, inferFromVolumeFailurePolicy: Wait}}",
	  "spec.preference.inferFromVolumeFailurePolicy: \"Wait\" is no value of "
	  "inferFromVolumeFailurePolicy; "
	  "use Reject or Ignore" },
	{ "A11: an instancetype and memory", "{instancetype: {name: small}}",
	  "spec.template.spec.domain.memory.guest: this conflicts with the instancetype, which sets it; drop "
	  "one of the two" },
	{ "A11: an instancetype and nothing else",
	  "{instancetype: {name: small}, template: {spec: {domain: {memory: null}}}}", "" },
	{ "A11: an instancetype and CPUs",
	  "{instancetype: {name: small}, template: {spec: {domain: {memory: null, cpu: {cores: 2}}}}}",
	  "spec.template.spec.domain.cpu.cores: this conflicts with the instancetype, which sets it; drop "
	  "one "
	  "of the two" },
	{ "A11: an instancetype and a CPU model",
	  "{instancetype: {name: small}, template: {spec: {domain: {memory: null, cpu: {model: host-model, "
	  "dedicatedCpuPlacement: false}}}}}",
	  "warning: spec.template.spec.domain.cpu.model: this conflicts with the instancetype when that sets "
	  "it too; drop one of the two" },
	{ "A32: an instancetype and resources",
	  "{instancetype: {name: small}, template: {spec: {domain: {memory: null, resources: {limits: {cpu: "
	  "2}, requests: {memory: 1Gi}}}}}}",
	  "spec.template.spec.domain.resources.requests.memory: this conflicts with the instancetype, which "
	  "sets it; drop one of the two\n"
	  "spec.template.spec.domain.resources.limits.cpu: this conflicts with the instancetype, which sets "
	  "it; drop one of the two" },
	{ "no domain", "{template: {spec: {domain: null}}}",
	  "spec.template.spec.domain: a machine needs a domain; give devices and memory under it\n"
	  "spec.template.spec.networks[0].name: no interface is named pod; add one under "
	  "devices.interfaces" },
};

START_TEST(spec)
{
	admission_cases(good_machine, "spec", spec_cases, ARRAY_SIZE(spec_cases));
}
END_TEST

START_TEST(metadata)
{
	static const struct admission_case cases[] = {
		{ "A7: a label", "{name: a-1}", "" },
		{ "A7: a name with dots", "{name: a.b}",
		  "metadata.name: \"a.b\" does not work as the name of a machine; use at most 63 lower-case letters, "
		  "digits and dashes" },
	};

	admission_cases(good_machine, "metadata", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { spec, metadata };

	return suite_run("render/admission_object", tests, ARRAY_SIZE(tests));
}
