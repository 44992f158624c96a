#include "../suite.h"
#include "admission_check.h"

START_TEST(lifecycle)
{
	static const struct admission_case cases[] = {
		{ "A82: over the pod network", "{readinessProbe: {httpGet: {port: 80}}}", "" },
		{ "A82: HTTP without it",
		  "{readinessProbe: {httpGet: {port: 80}}, domain: {devices: {interfaces: [{name: lan, bridge: "
		  "{}}]}}, "
		  "networks: [{name: lan, multus: {networkName: a}}]}",
		  "spec.template.spec.readinessProbe.httpGet: this goes over the pod network, which the machine has "
		  "not; use exec or guestAgentPing" },
		{ "A82: TCP without it",
		  "{livenessProbe: {tcpSocket: {port: 80}}, domain: {devices: {interfaces: [{name: lan, bridge: "
		  "{}}]}}, networks: [{name: lan, multus: {networkName: a}}]}",
		  "spec.template.spec.livenessProbe.tcpSocket: this goes over the pod network, which the machine has "
		  "not; use exec or guestAgentPing" },
		{ "A82: the agent without it",
		  "{livenessProbe: {guestAgentPing: {}}, domain: {devices: {interfaces: [{name: lan, bridge: {}}]}}, "
		  "networks: [{name: lan, multus: {networkName: a}}]}",
		  "" },
		{ "A82: the network that KubeVirt adds",
		  "{readinessProbe: {httpGet: {port: 80}}, domain: {devices: {interfaces: null}}, networks: null}",
		  "warning: spec.template.spec.domain.devices.interfaces: without any network KubeVirt attaches the "
		  "pod "
		  "network; set devices.autoattachPodInterface to false for a machine that shall have none" },
		{ "A82: none is added",
		  "{readinessProbe: {httpGet: {port: 80}}, domain: {devices: {interfaces: null, "
		  "autoattachPodInterface: false}}, networks: null}",
		  "spec.template.spec.readinessProbe.httpGet: this goes over the pod network, which the machine has "
		  "not; use exec or guestAgentPing" },
		{ "A99: nothing to ask", "{readinessProbe: {periodSeconds: 5}}",
		  "spec.template.spec.readinessProbe: a probe needs something to ask; give httpGet, tcpSocket, exec "
		  "or "
		  "guestAgentPing" },
		{ "A99: two things to ask", "{readinessProbe: {guestAgentPing: {}, exec: {command: [a]}}}",
		  "spec.template.spec.readinessProbe: a probe asks one thing, this has 2; keep one" },
		{ "A96: a strategy", "{evictionStrategy: LiveMigrateIfPossible}", "" },
		{ "A96: none of them", "{evictionStrategy: Migrate}",
		  "spec.template.spec.evictionStrategy: \"Migrate\" is no value of evictionStrategy; use None, "
		  "LiveMigrate, LiveMigrateIfPossible or External" },
		{ "A96: empty", "{evictionStrategy: ''}",
		  "spec.template.spec.evictionStrategy: \"\" is no value of evictionStrategy; use None, LiveMigrate, "
		  "LiveMigrateIfPossible or External" },
		{ "A97: paused", "{startStrategy: Paused}", "" },
		{ "A97: none of them", "{startStrategy: Running}",
		  "spec.template.spec.startStrategy: \"Running\" is no value of startStrategy; use Paused" },
		{ "A97: paused and asked", "{startStrategy: Paused, livenessProbe: {guestAgentPing: {}}}",
		  "spec.template.spec.livenessProbe: a machine that starts paused cannot be asked whether it lives; "
		  "drop one of the two" },
	};

	admission_cases(good_machine, "spec.template.spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { lifecycle };

	return suite_run("render/admission_lifecycle", tests, ARRAY_SIZE(tests));
}
