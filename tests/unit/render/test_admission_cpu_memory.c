#include "../suite.h"
#include "admission_check.h"

static const struct admission_case domain_cases[] = {
	{ "A8: sockets up to the most", "{cpu: {sockets: 2, maxSockets: 2}}", "" },
	{ "A8: more sockets", "{cpu: {sockets: 3, maxSockets: 2}}",
	  "spec.template.spec.domain.cpu.sockets: 3 sockets are more than maxSockets 2; raise maxSockets" },
	{ "A8: a negative number", "{cpu: {cores: -1}}",
	  "spec.template.spec.domain.cpu.cores: cores -1 is out of range; use 0 to 4294967295" },
	{ "A8: text for a number", "{cpu: {cores: two}}",
	  "spec.template.spec.domain.cpu.cores: this is text; write a whole number" },
	{ "A19: pages alone", "{memory: {guest: null, hugepages: {pageSize: 2Mi}}}", "" },
	{ "A19: a request alone", "{memory: null, resources: {requests: {memory: 1Gi}}}", "" },
	{ "A19: no memory", "{memory: null}",
	  "spec.template.spec.domain.memory: the machine asks for no memory; give memory.guest, such as "
	  "2Gi" },
	{ "A19: memory that is no quantity", "{memory: {guest: 2 GB}}",
	  "spec.template.spec.domain.memory.guest: \"2 GB\" is no quantity; write a number with a unit, such "
	  "as "
	  "500m or 2Gi" },
	{ "A20: a request within the limit", "{resources: {requests: {memory: 1Gi}, limits: {memory: 4Gi}}}", "" },
	{ "A20: a tiny request", "{resources: {requests: {memory: 512}}}",
	  "spec.template.spec.domain.resources.requests.memory: this is less than 1M; KubeVirt wants 1M or "
	  "more" },
	{ "A20: a negative request", "{resources: {requests: {memory: -1Gi}}}",
	  "spec.template.spec.domain.resources.requests.memory: a resource cannot be negative; use 0 or "
	  "more" },
	{ "A20: a negative limit", "{resources: {limits: {memory: -1Gi}}}",
	  "spec.template.spec.domain.resources.limits.memory: a resource cannot be negative; use 0 or more" },
	{ "A20: a request above the limit", "{resources: {requests: {memory: 4Gi}, limits: {memory: 3Gi}}}",
	  "spec.template.spec.domain.resources.requests.memory: the request is greater than the limit; lower "
	  "it or raise resources.limits" },
	{ "A21: a guest above the limit", "{resources: {limits: {memory: 1Gi}}}",
	  "warning: spec.template.spec.domain.memory.guest: the guest has more memory than "
	  "resources.limits.memory allows; lower it or raise the limit" },
	{ "A22: whole pages", "{memory: {hugepages: {pageSize: 1Gi}}}", "" },
	{ "A22: part of a page", "{memory: {guest: 2561Mi, hugepages: {pageSize: 2Mi}}}",
	  "spec.template.spec.domain.memory.guest: the memory is not a multiple of the page size 2Mi; round "
	  "it "
	  "up" },
	{ "A22: less than a page", "{memory: {guest: 512Mi, hugepages: {pageSize: 1Gi}}}",
	  "spec.template.spec.domain.memory.guest: the memory is less than one page of 1Gi; use a multiple "
	  "of "
	  "it" },
	{ "A22: pages of no size", "{memory: {hugepages: {}}}",
	  "spec.template.spec.domain.memory.hugepages.pageSize: huge pages need a size; use 2Mi or 1Gi" },
	{ "A22: pages of size zero", "{memory: {hugepages: {pageSize: '0'}}}",
	  "spec.template.spec.domain.memory.hugepages.pageSize: a page cannot be of size 0; use 2Mi or 1Gi" },
	{ "A22: pages of no quantity", "{memory: {hugepages: {pageSize: huge}}}",
	  "spec.template.spec.domain.memory.hugepages.pageSize: \"huge\" is no quantity; write a number with "
	  "a "
	  "unit, such as 500m or 2Gi" },
	{ "A23: a request within the limit", "{resources: {requests: {cpu: 500m}, limits: {cpu: 1}}}", "" },
	{ "A23: a request above the limit", "{resources: {requests: {cpu: 1500m}, limits: {cpu: 1}}}",
	  "spec.template.spec.domain.resources.requests.cpu: the request is greater than the limit; lower it "
	  "or raise resources.limits" },
	{ "A23: a negative request", "{resources: {requests: {cpu: -1}}}",
	  "spec.template.spec.domain.resources.requests.cpu: a resource cannot be negative; use 0 or more" },
	{ "A23: a list for a quantity", "{resources: {requests: {cpu: [1]}}}",
	  "spec.template.spec.domain.resources.requests.cpu: this is a list; write a quantity such as 500m "
	  "or "
	  "2Gi" },
	{ "A24: cores", "{cpu: {dedicatedCpuPlacement: true, cores: 2}}", "" },
	{ "A24: no number", "{cpu: {dedicatedCpuPlacement: true}}",
	  "spec.template.spec.domain.cpu.cores: dedicated CPUs need a number; give cpu.cores" },
	{ "A24: half a CPU",
	  "{cpu: {dedicatedCpuPlacement: true}, resources: {requests: {cpu: 1500m}, limits: {cpu: 1500m}}}",
	  "spec.template.spec.domain.resources.requests.cpu: dedicated CPUs are whole ones; use a number "
	  "without a fraction\n"
	  "spec.template.spec.domain.resources.limits.cpu: dedicated CPUs are whole ones; use a number "
	  "without "
	  "a fraction" },
	{ "A24: a request below the limit",
	  "{cpu: {dedicatedCpuPlacement: true}, resources: {requests: {cpu: 1}, limits: {cpu: 2}}}",
	  "spec.template.spec.domain.resources.requests.cpu: with dedicated CPUs the request must equal the "
	  "limit; make them the same" },
	{ "A24: resources and other cores",
	  "{cpu: {dedicatedCpuPlacement: true, cores: 4}, resources: {requests: {cpu: 2}}}",
	  "spec.template.spec.domain.resources.requests.cpu: with dedicated CPUs this must equal the 4 CPUs "
	  "of "
	  "cpu; drop it" },
	{ "A24: resources and the same cores",
	  "{cpu: {dedicatedCpuPlacement: true, cores: 2}, resources: {requests: {cpu: 2}}}", "" },
	{ "A24: memory below its limit",
	  "{cpu: {dedicatedCpuPlacement: true, cores: 2}, resources: {requests: {memory: 2Gi}, limits: "
	  "{memory: 3Gi}}}",
	  "spec.template.spec.domain.resources.requests.memory: with dedicated CPUs the request must equal "
	  "the "
	  "limit; make them the same" },
	{ "A24: no memory", "{cpu: {dedicatedCpuPlacement: true, cores: 2}, memory: null}",
	  "spec.template.spec.domain.memory: dedicated CPUs need memory to be given; give memory.guest, such "
	  "as 2Gi\n"
	  "spec.template.spec.domain.memory: the machine asks for no memory; give memory.guest, such as "
	  "2Gi" },
	{ "A24: two threads", "{cpu: {dedicatedCpuPlacement: true, cores: 2, threads: 2}}", "" },
	{ "A24: three threads", "{cpu: {dedicatedCpuPlacement: true, cores: 2, threads: 3}}",
	  "spec.template.spec.domain.cpu.threads: dedicated CPUs have at most two threads a core; use 1 or "
	  "2" },
	{ "A24: the most of each number",
	  "{cpu: {dedicatedCpuPlacement: true, cores: 4294967295, sockets: 4294967295, threads: 2}}", "" },
	{ "A25: NUMA with all",
	  "{cpu: {dedicatedCpuPlacement: true, cores: 2, numa: {guestMappingPassthrough: {}}}, memory: "
	  "{hugepages: {pageSize: 2Mi}}}",
	  "" },
	{ "A25: NUMA without", "{cpu: {numa: {guestMappingPassthrough: {}}}}",
	  "spec.template.spec.domain.cpu.numa.guestMappingPassthrough: NUMA passthrough needs CPUs of its "
	  "own; "
	  "set cpu.dedicatedCpuPlacement\n"
	  "spec.template.spec.domain.cpu.numa.guestMappingPassthrough: NUMA passthrough needs huge pages; "
	  "set "
	  "memory.hugepages" },
	{ "A26: realtime without", "{cpu: {realtime: {}}}",
	  "spec.template.spec.domain.cpu.realtime: realtime needs CPUs of its own; set "
	  "cpu.dedicatedCpuPlacement\n"
	  "spec.template.spec.domain.cpu.realtime: realtime needs a NUMA topology; set "
	  "cpu.numa.guestMappingPassthrough" },
	{ "A26: realtime with all",
	  "{cpu: {realtime: {}, dedicatedCpuPlacement: true, cores: 2, numa: {guestMappingPassthrough: {}}}, "
	  "memory: {hugepages: {pageSize: 2Mi}}}",
	  "" },
	{ "A27: the emulator's own thread",
	  "{cpu: {dedicatedCpuPlacement: true, cores: 2, isolateEmulatorThread: true}}", "" },
	{ "A27: without CPUs of its own", "{cpu: {isolateEmulatorThread: true}}",
	  "spec.template.spec.domain.cpu.isolateEmulatorThread: this works only with CPUs of its own; set "
	  "cpu.dedicatedCpuPlacement" },
	{ "A28: a policy, and none", "{cpu: {features: [{name: vmx, policy: require}, {name: svm}]}}", "" },
	{ "A28: a policy that is none", "{cpu: {features: [{name: vmx, policy: want}]}}",
	  "spec.template.spec.domain.cpu.features[0].policy: \"want\" is no value of policy; use force, "
	  "require, "
	  "optional, disable or forbid" },
	{ "A28: no name", "{cpu: {features: [{policy: force}]}}",
	  "spec.template.spec.domain.cpu.features[0].name: a CPU feature needs a name; give one" },
	{ "A29: q35", "{machine: {type: pc-q35-rhel9.2.0}}", "" },
	{ "A29: the old PC", "{machine: {type: pc}}",
	  "warning: spec.template.spec.domain.machine.type: machine type \"pc\" is refused on amd64 unless "
	  "the "
	  "KubeVirt resource lists it under emulatedMachines; use q35 or pc-q35-..." },
};

START_TEST(domain)
{
	admission_cases(good_machine, "spec.template.spec.domain", domain_cases, ARRAY_SIZE(domain_cases));
}
END_TEST

START_TEST(architecture)
{
	static const struct admission_case cases[] = {
		{ "A30: arm64", "{architecture: arm64}", "" },
		{ "A30: ppc64le", "{architecture: ppc64le}",
		  "spec.template.spec.architecture: \"ppc64le\" is no value of architecture; use amd64, arm64 or "
		  "s390x" },
		{ "A29: arm64's machine", "{architecture: arm64, domain: {machine: {type: virt}}}", "" },
		{ "A29: amd64's machine on arm64", "{architecture: arm64, domain: {machine: {type: q35}}}",
		  "warning: spec.template.spec.domain.machine.type: machine type \"q35\" is refused on arm64 unless "
		  "the "
		  "KubeVirt resource lists it under emulatedMachines; use virt or virt-..." },
		{ "A31: arm64's CPU", "{architecture: arm64, domain: {cpu: {model: host-passthrough}}}", "" },
		{ "A31: another CPU on arm64", "{architecture: arm64, domain: {cpu: {model: host-model}}}",
		  "spec.template.spec.domain.cpu.model: arm64 has only the CPU model host-passthrough; use it or "
		  "drop "
		  "model" },
		{ "A24: threads on arm64",
		  "{architecture: arm64, domain: {cpu: {dedicatedCpuPlacement: true, cores: 2, threads: 2}}}",
		  "spec.template.spec.domain.cpu.threads: arm64 has one thread a core; use 1" },
	};

	admission_cases(good_machine, "spec.template.spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { domain, architecture };

	return suite_run("render/admission_cpu_memory", tests, ARRAY_SIZE(tests));
}
