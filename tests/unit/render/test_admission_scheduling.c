#include "../suite.h"
#include "admission_check.h"

static const struct admission_case instance_cases[] = {
	{ "A94: names", "{hostname: web-1, subdomain: a.b}", "" },
	{ "A94: a host name with dots", "{hostname: web.example.org}",
	  "spec.template.spec.hostname: \"web.example.org\" cannot be a host name here; use at most 63 "
	  "lower-case letters, digits and dashes" },
	{ "A94: a subdomain with capitals", "{subdomain: Lab}",
	  "spec.template.spec.subdomain: \"Lab\" cannot be a subdomain; use lower-case letters, digits, "
	  "dashes "
	  "and dots" },
	{ "A95: name servers",
	  "{dnsPolicy: None, dnsConfig: {nameservers: [10.0.0.1, 'fd00::1'], searches: [example.org], "
	  "options: "
	  "[{name: ndots, value: '2'}]}}",
	  "" },
	{ "A95: a policy that is none", "{dnsPolicy: Never}",
	  "spec.template.spec.dnsPolicy: \"Never\" is no value of dnsPolicy; use ClusterFirstWithHostNet, "
	  "ClusterFirst, Default or None" },
	{ "A95: None alone", "{dnsPolicy: None}",
	  "spec.template.spec.dnsConfig.nameservers: dnsPolicy None needs a name server; give "
	  "dnsConfig.nameservers" },
	{ "A95: four servers", "{dnsConfig: {nameservers: [10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4]}}",
	  "spec.template.spec.dnsConfig.nameservers: 4 name servers are too many; use at most 3" },
	{ "A95: a server's name", "{dnsConfig: {nameservers: [dns.example.org]}}",
	  "spec.template.spec.dnsConfig.nameservers[0]: \"dns.example.org\" is no IP address; a name server "
	  "must "
	  "be one" },
	{ "A95: seven domains", "{dnsConfig: {searches: [a, b, c, d, e, f, g]}}",
	  "spec.template.spec.dnsConfig.searches: 7 search domains are too many; use at most 6" },
	{ "A95: long domains",
	  "{dnsConfig: {searches: "
	  "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aa"
	  "a, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb]}}",
	  "spec.template.spec.dnsConfig.searches: the search domains are longer than 256 characters; shorten "
	  "them" },
	{ "A95: 256 characters",
	  "{dnsConfig: {searches: "
	  "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aa"
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aa"
	  "a, bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb]}}",
	  "" },
	{ "A95: a domain that is none", "{dnsConfig: {searches: [a..b]}}",
	  "spec.template.spec.dnsConfig.searches[0]: \"a..b\" is no search domain; use lower-case letters, "
	  "digits, dashes and dots" },
	{ "A95: an option without a name", "{dnsConfig: {options: [{value: '2'}]}}",
	  "spec.template.spec.dnsConfig.options[0].name: a DNS option needs its name; give one" },
	{ "A98: a node's labels", "{nodeSelector: {kubernetes.io/hostname: worker-1, zone: ''}}", "" },
	{ "A98: a label that is none", "{nodeSelector: {'a b': x}}",
	  "spec.template.spec.nodeSelector.a b: \"a b\" is no label; write [prefix/]name" },
	{ "A98: a value that is none", "{nodeSelector: {zone: 'a b'}}",
	  "spec.template.spec.nodeSelector.zone: \"a b\" is no value of a label; use at most 63 letters, "
	  "digits "
	  "and -_." },
	{ "A98: a number for a value", "{nodeSelector: {zone: 1}}",
	  "spec.template.spec.nodeSelector.zone: this is a number; write text, in quotes" },
	{ "A98: tolerations",
	  "{tolerations: [{operator: Exists}, {key: a, value: b, effect: NoExecute, tolerationSeconds: 5}]}", "" },
	{ "A98: an operator that is none", "{tolerations: [{key: a, operator: In}]}",
	  "spec.template.spec.tolerations[0].operator: \"In\" is no value of operator; use Exists or Equal" },
	{ "A98: an effect that is none", "{tolerations: [{key: a, operator: Exists, effect: Never}]}",
	  "spec.template.spec.tolerations[0].effect: \"Never\" is no value of effect; use NoSchedule, "
	  "PreferNoSchedule or NoExecute" },
	{ "A98: no key", "{tolerations: [{value: b}]}",
	  "spec.template.spec.tolerations[0].operator: a toleration without a key is for all taints; use "
	  "Exists, or give a key" },
	{ "A98: a value for Exists", "{tolerations: [{key: a, operator: Exists, value: b}]}",
	  "spec.template.spec.tolerations[0].value: Exists takes any value; drop value, or use Equal" },
	{ "A98: a time for NoSchedule",
	  "{tolerations: [{key: a, operator: Exists, effect: NoSchedule, tolerationSeconds: 5}]}",
	  "spec.template.spec.tolerations[0].tolerationSeconds: only NoExecute has a time; set effect, or "
	  "drop "
	  "this" },
	{ "A98: a key that is none", "{tolerations: [{key: a/b/c, operator: Exists}]}",
	  "spec.template.spec.tolerations[0].key: \"a/b/c\" is no key of a taint; write [prefix/]name" },
};

START_TEST(instance)
{
	admission_cases(good_machine, "spec.template.spec", instance_cases, ARRAY_SIZE(instance_cases));
}
END_TEST

static const struct admission_case affinity_cases[] = {
	{ "A98: nodes",
	  "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
	  "[{matchExpressions: [{key: zone, operator: In, values: [a]}], matchFields: [{key: metadata.name, "
	  "operator: In, values: [a]}]}]}}}",
	  "" },
	{ "A98: no terms", "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}}",
	  "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
	  "nodeSelector"
	  "Terms: what is required is missing; give at least one term" },
	{ "A98: In without values",
	  "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
	  "[{matchExpressions: [{key: zone, operator: In}]}]}}}",
	  "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
	  "nodeSelector"
	  "Terms[0].matchExpressions[0].values: In needs values; give at least one" },
	{ "A98: Exists with values",
	  "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
	  "[{matchExpressions: [{key: zone, operator: Exists, values: [a]}]}]}}}",
	  "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
	  "nodeSelector"
	  "Terms[0].matchExpressions[0].values: Exists takes no values; drop them" },
	{ "A98: Gt with two values",
	  "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
	  "[{matchExpressions: [{key: zone, operator: Gt, values: ['1', '2']}]}]}}}",
	  "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
	  "nodeSelector"
	  "Terms[0].matchExpressions[0].values: Gt needs exactly one value; give one number" },
	{ "A98: another field",
	  "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
	  "[{matchFields: "
	  "[{key: spec.a, operator: In, values: [a]}]}]}}}",
	  "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
	  "nodeSelector"
	  "Terms[0].matchFields[0].key: nodes are found only by the field metadata.name; use "
	  "matchExpressions" },
	{ "A98: no operator",
	  "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
	  "[{matchExpressions: [{key: zone}]}]}}}",
	  "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
	  "nodeSelector"
	  "Terms[0].matchExpressions[0].operator: a condition needs an operator; use In, NotIn, Exists, "
	  "DoesNotExist, Gt or Lt" },
	{ "A98: an unknown operator",
	  "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: "
	  "[{matchExpressions: [{key: zone, operator: Equals}]}]}}}",
	  "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
	  "nodeSelector"
	  "Terms[0].matchExpressions[0].operator: \"Equals\" is no value of operator; use In, NotIn, Exists, "
	  "DoesNotExist, Gt or Lt" },
	{ "A98: a weight",
	  "{nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: "
	  "{matchExpressions: [{key: zone, operator: Exists}]}}]}}",
	  "" },
	{ "A98: a weight too large",
	  "{nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 101, preference: "
	  "{}}]}}",
	  "spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]."
	  "weight: "
	  "weight 101 is out of range; use 1 to 100" },
	{ "A98: a weight of nothing",
	  "{podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}]}}",
	  "spec.template.spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]."
	  "podAffini"
	  "tyTerm: what is preferred is missing; give podAffinityTerm" },
	{ "A98: pods",
	  "{podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: "
	  "kubernetes.io/hostname, labelSelector: {matchLabels: {app: a}}}]}}",
	  "" },
	{ "A98: pods nowhere",
	  "{podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: "
	  "{app: a}}}]}}",
	  "spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]."
	  "topolo"
	  "gyKey: a pod term needs a topologyKey; use kubernetes.io/hostname for one host" },
	{ "A98: pods of no key",
	  "{podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a b}]}}",
	  "spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]."
	  "topologyKe"
	  "y: \"a b\" is no label; write [prefix/]name" },
	{ "A98: pods by a condition",
	  "{podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a, labelSelector: "
	  "{matchExpressions: [{key: a, operator: Gt, values: ['1']}]}}]}}",
	  "spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]."
	  "labelSelec"
	  "tor.matchExpressions[0].operator: \"Gt\" is no value of operator; use In, NotIn, Exists or "
	  "DoesNotExist" },
};

START_TEST(affinity)
{
	admission_cases(good_machine, "spec.template.spec.affinity", affinity_cases, ARRAY_SIZE(affinity_cases));
}
END_TEST

START_TEST(spread)
{
	static const struct admission_case cases[] = {
		{ "A98: a spread",
		  "{topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}",
		  "" },
		{ "A98: an empty spread", "{topologySpreadConstraints: [{}]}",
		  "spec.template.spec.topologySpreadConstraints[0].maxSkew: a spread needs maxSkew; use 1 or more\n"
		  "spec.template.spec.topologySpreadConstraints[0].topologyKey: a spread needs a topologyKey; use "
		  "kubernetes.io/hostname\n"
		  "spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable: a spread needs "
		  "whenUnsatisfiable; use DoNotSchedule or ScheduleAnyway" },
		{ "A98: a skew of zero",
		  "{topologySpreadConstraints: [{maxSkew: 0, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}",
		  "spec.template.spec.topologySpreadConstraints[0].maxSkew: maxSkew 0 is too small; use 1 or more" },
		{ "A98: an action that is none",
		  "{topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: Try}]}",
		  "spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable: \"Try\" is no value of "
		  "whenUnsatisfiable; use DoNotSchedule or ScheduleAnyway" },
		{ "A98: a spread twice",
		  "{topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}, "
		  "{maxSkew: 2, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}",
		  "spec.template.spec.topologySpreadConstraints[1]: two spreads have this topologyKey and "
		  "whenUnsatisfiable; keep one" },
	};

	admission_cases(good_machine, "spec.template.spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { instance, affinity, spread };

	return suite_run("render/admission_scheduling", tests, ARRAY_SIZE(tests));
}
