/* readinessProbe and affinity of a VirtualMachine. */
#include "render/dialects/vmoperator/machine_fields.h"
#include "render/dialects/vmoperator/words.h"
#include "render/lab/values.h"

static const struct advice refused[] = {
	{ "guestInfo", "asks VMware Tools, which no guest has here; use tcpSocket or guestHeartbeat" },
	{ "host", "cannot be asked: the probe asks the VM itself; remove it" },
	{ "zoneAffinity", "has no equivalent: zones are no objects here; use the label topology.kubernetes.io/zone" },
	{ "zoneAntiAffinity",
	  "has no equivalent: zones are no objects here; use the label topology.kubernetes.io/zone" },
	{ NULL, "" },
};

static const void *refuse(struct reader *reader, const struct yaml_pair *pair)
{
	return advice_refuse(reader, pair, refused);
}

static const struct value_type port_type = { .name = "whole number", .shape = VALUE_ANY };

/* Kubernetes' field takes a name, too; but a VM has no named ports. */
static const void *port_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (pair->value->kind != YAML_INTEGER || pair->value->integer < 1 || pair->value->integer > 65535)
		return reader_refuse(reader, pair->value, "port must be a number from 1 to 65535");
	return pair->value;
}

#define TCP(member) offsetof(struct tcp_action, member)

static const struct field tcp_action_fields[] = {
	{ "port", port_read, TCP(port), &port_type, "The port that must take connections, as a number.",
	  .presence = FIELD_REQUIRED },
	{ "host", refuse, TCP(refused), &vmoperator_refused_type, "Another host to ask.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type tcp_action_type = {
	.name = "VMOperatorTCPSocket",
	.shape = VALUE_OBJECT,
	.fields = tcp_action_fields,
	.size = sizeof(struct tcp_action),
};

static const char *const thresholds[] = { "green", "yellow", NULL };
static const struct value_type threshold_type = { .name = "text", .shape = VALUE_TEXT, .allowed = thresholds };

static const struct field heartbeat_action_fields[] = {
	{ "thresholdStatus", NULL, offsetof(struct heartbeat_action, threshold), &threshold_type,
	  "How well the guest must be. The QEMU guest agent knows well and not well.", .fallback = "green" },
	{ .name = NULL },
};

const struct value_type heartbeat_action_type = {
	.name = "VMOperatorHeartbeat",
	.shape = VALUE_OBJECT,
	.fields = heartbeat_action_fields,
	.size = sizeof(struct heartbeat_action),
};

static const struct value_type seconds_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = 86400,
};

#define READINESS(member) offsetof(struct readiness_spec, member)

static const struct field readiness_spec_fields[] = {
	{ "tcpSocket", NULL, READINESS(tcp_socket), &tcp_action_type, "Works when a TCP connection is taken.",
	  .fallback = NULL },
	{ "guestHeartbeat", NULL, READINESS(heartbeat), &heartbeat_action_type,
	  "Works when the QEMU guest agent in the guest answers.", .fallback = NULL },
	{ "guestInfo", refuse, READINESS(refused), &vmoperator_refused_type, "Values that VMware Tools would tell.",
	  .fallback = NULL },
	{ "timeoutSeconds", NULL, READINESS(timeout), &seconds_type,
	  "After how many seconds without an answer a try has failed.", .fallback = NULL },
	{ "periodSeconds", NULL, READINESS(period), &seconds_type, "The seconds from one try to the next.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type readiness_spec_type = {
	.name = "VMOperatorReadinessProbe",
	.shape = VALUE_OBJECT,
	.fields = readiness_spec_fields,
	.size = sizeof(struct readiness_spec),
};

static const struct value_type selector_type = { .name = "label selector", .shape = VALUE_ANY };

static const void *selector_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? pair->value : NULL;
}

#define TERM(member) offsetof(struct affinity_term, member)

static const struct field affinity_term_fields[] = {
	{ "labelSelector", selector_read, TERM(selector), &selector_type,
	  "The labels of the other VMs, as Kubernetes' selectors are.", .fallback = NULL },
	{ "topologyKey", NULL, TERM(topology_key), &text_type,
	  "The label of workers that must, or must not, be the same: topology.kubernetes.io/zone or "
	  "kubernetes.io/hostname. Without it, the worker.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type affinity_term_type = {
	.name = "VMOperatorAffinityTerm",
	.shape = VALUE_OBJECT,
	.fields = affinity_term_fields,
	.size = sizeof(struct affinity_term),
};

static const struct value_type terms_type = { .shape = VALUE_LIST, .items = &affinity_term_type, .items_max = 64 };

#define RULES(member) offsetof(struct affinity_rules, member)
#define RULE_FIELD(name, member, text)                                                                               \
	{                                                                                                            \
		name, NULL, RULES(member), &terms_type, text, .fallback = NULL                                       \
	}

static const struct field affinity_rules_fields[] = {
	RULE_FIELD("requiredDuringSchedulingIgnoredDuringExecution", required, "What must hold."),
	RULE_FIELD("preferredDuringSchedulingIgnoredDuringExecution", preferred, "What is better."),
	RULE_FIELD("requiredDuringSchedulingPreferredDuringExecution", required_later,
		   "Of v1alpha4: what must hold. While the VM runs, it is not looked at again."),
	RULE_FIELD("preferredDuringSchedulingPreferredDuringExecution", preferred_later,
		   "Of v1alpha4: what is better. While the VM runs, it is not looked at again."),
	{ .name = NULL },
};

const struct value_type affinity_rules_type = {
	.name = "VMOperatorAffinityRules",
	.shape = VALUE_OBJECT,
	.fields = affinity_rules_fields,
	.size = sizeof(struct affinity_rules),
};

#define AFFINITY(member) offsetof(struct affinity_spec, member)

static const struct field affinity_spec_fields[] = {
	{ "vmAffinity", NULL, AFFINITY(together), &affinity_rules_type, "VMs to be near to.", .fallback = NULL },
	{ "vmAntiAffinity", NULL, AFFINITY(apart), &affinity_rules_type, "VMs to be away from.", .fallback = NULL },
	{ "zoneAffinity", refuse, AFFINITY(refused), &vmoperator_refused_type, "Zones to be in.", .fallback = NULL },
	{ "zoneAntiAffinity", refuse, AFFINITY(refused), &vmoperator_refused_type, "Zones not to be in.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type affinity_spec_type = {
	.name = "VMOperatorAffinity",
	.shape = VALUE_OBJECT,
	.fields = affinity_spec_fields,
	.size = sizeof(struct affinity_spec),
};
