#include "../suite.h"
#include "admission_check.h"

static const char good_pool[] =
	"apiVersion: pool.kubevirt.io/v1beta1\n"
	"kind: VirtualMachinePool\n"
	"metadata: {name: pool}\n"
	"spec:\n"
	"  selector: {matchLabels: {app: a}}\n"
	"  virtualMachineTemplate:\n"
	"    metadata: {labels: {app: a}}\n"
	"    spec: {runStrategy: Always, template: {spec: {domain: {memory: {guest: 2Gi}, devices: "
	"{autoattachPodInterface: false}}}}}\n";

START_TEST(pool)
{
	static const struct admission_case cases[] = {
		{ "A101: a template", "{replicas: 3}", "" },
		{ "A101: no template", "{virtualMachineTemplate: null}",
		  "spec.virtualMachineTemplate: a pool needs the template of its machines; give "
		  "virtualMachineTemplate\n"
		  "spec.selector.matchLabels.app: the template has not this label; add it to "
		  "virtualMachineTemplate.metadata.labels" },
		{ "A101: a template with a fault",
		  "{virtualMachineTemplate: {spec: {template: {spec: {domain: {memory: null}}}}}}",
		  "spec.virtualMachineTemplate.spec.template.spec.domain.memory: the machine asks for no memory; "
		  "give "
		  "memory.guest, such as 2Gi" },
		{ "A102: no selector", "{selector: null}",
		  "spec.selector: a pool needs a selector; give matchLabels" },
		{ "A102: another label", "{selector: {matchLabels: {app: b}}}",
		  "spec.selector.matchLabels.app: the template has not this label; add it to "
		  "virtualMachineTemplate.metadata.labels" },
		{ "A102: conditions that are met",
		  "{selector: {matchExpressions: [{key: app, operator: In, values: [a, b]}, {key: app, operator: "
		  "Exists}, {key: c, operator: DoesNotExist}, {key: app, operator: NotIn, values: [c]}]}}",
		  "" },
		{ "A102: a condition that is not",
		  "{selector: {matchExpressions: [{key: app, operator: In, values: [b]}]}}",
		  "spec.selector.matchExpressions[0]: the template's labels do not meet this; change "
		  "virtualMachineTemplate.metadata.labels" },
		{ "A102: a condition that is none",
		  "{selector: {matchExpressions: [{key: app, operator: Is}, {key: app}]}}",
		  "spec.selector.matchExpressions[0].operator: \"Is\" is no value of operator; use In, NotIn, Exists "
		  "or "
		  "DoesNotExist\n"
		  "spec.selector.matchExpressions[1]: a condition needs key and operator; give both" },
		{ "A103: a number", "{maxUnavailable: 1}", "" },
		{ "A103: a share", "{maxUnavailable: 100%}", "" },
		{ "A103: zero", "{maxUnavailable: 0}",
		  "spec.maxUnavailable: maxUnavailable 0 is too small; use 1 or more" },
		{ "A103: more than all", "{maxUnavailable: 101%}",
		  "spec.maxUnavailable: \"101%\" is no share; use a number from 1, or 1% to 100%" },
		{ "A103: no sign", "{maxUnavailable: '10'}",
		  "spec.maxUnavailable: \"10\" is no share; use a number from 1, or 1% to 100%" },
		{ "A103: an endless share", "{maxUnavailable: 99999999999999999999%}",
		  "spec.maxUnavailable: \"99999999999999999999\" is no share; use a number from 1, or 1% to 100%" },
		{ "A104: one", "{updateStrategy: {proactive: {}}, scaleInStrategy: {unmanaged: {}}}", "" },
		{ "A104: two", "{updateStrategy: {proactive: {}, unmanaged: {}}}",
		  "spec.updateStrategy: updateStrategy is one of unmanaged, opportunistic and proactive; keep one" },
		{ "A104: two ways to shrink", "{scaleInStrategy: {proactive: {}, opportunistic: {}}}",
		  "spec.scaleInStrategy: scaleInStrategy is one of unmanaged, opportunistic and proactive; keep "
		  "one" },
		{ "a negative number", "{replicas: -1}",
		  "spec.replicas: replicas -1 is out of range; use 0 to 2147483647" },
	};

	admission_cases(good_pool, "spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { pool };

	return suite_run("render/admission_pool", tests, ARRAY_SIZE(tests));
}
