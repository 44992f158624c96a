/* spec.firewallConfig: who reaches the VM, and whom it reaches. */
#include "base/text.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/address.h"
#include "render/lab/values.h"

enum { ADDRESSES_MOST = 1000, PORTS_MOST = 100, WORKLOADS_MOST = 200 };

static const char *const inbound_types[] = { "none", "same-gvc", "same-org", "workload-list", NULL };
static const char *const protocols[] = { "http", "https", "tcp", NULL };

static const struct value_type inbound_type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = inbound_types };
static const struct value_type protocol_type = { .name = "text", .shape = VALUE_TEXT, .allowed = protocols };
static const struct value_type prefix_type = { .name = "prefix", .shape = VALUE_TEXT };
static const struct value_type prefixes_type = {
	.shape = VALUE_LIST,
	.items = &prefix_type,
	.items_max = ADDRESSES_MOST,
};
static const struct value_type links_type = {
	.shape = VALUE_LIST,
	.items = &controlplane_link_type,
	.items_max = WORKLOADS_MOST,
};

/* An address alone stands for itself. */
static bool is_prefix_or_address(const char *text)
{
	struct ip_prefix prefix;
	struct ip_address address;

	return ip_prefix_parse(text, &prefix) || ip_address_parse(text, &address);
}

static const void *prefixes_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &prefixes_type);

	for (size_t i = 0; list && i < list->count; i++)
		if (!is_prefix_or_address(list_text(list, i)))
			reader_error_at(reader, &list->places[i],
					"%s of %s is no prefix; write it like 203.0.113.0/24 or 2001:db8::/32",
					reader_quote(reader, list_text(list, i)), pair->key);
	return list;
}

static const struct field outbound_port_fields[] = {
	{ "protocol", NULL, offsetof(struct workload_outbound_port, protocol), &protocol_type,
	  "What is spoken there; all are TCP.", .presence = FIELD_REQUIRED },
	{ "number", NULL, offsetof(struct workload_outbound_port, number), &controlplane_port_type, "The port.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};
static const struct value_type outbound_port_type = {
	.name = "WorkloadOutboundPort",
	.shape = VALUE_OBJECT,
	.fields = outbound_port_fields,
	.size = sizeof(struct workload_outbound_port),
};
static const struct value_type outbound_ports_type = {
	.shape = VALUE_LIST,
	.items = &outbound_port_type,
	.items_max = PORTS_MOST,
};

#define EXTERNAL(member) offsetof(struct workload_external_firewall, member)

static const struct field external_fields[] = {
	{ "inboundAllowCIDR", prefixes_read, EXTERNAL(inbound_allowed), &prefixes_type,
	  "From where the workload's ports may be reached, from outside of the cluster. Without any, from nowhere.",
	  .fallback = NULL },
	{ "inboundBlockedCIDR", prefixes_read, EXTERNAL(inbound_blocked), &prefixes_type, "What of that is left out.",
	  .fallback = NULL },
	{ "outboundAllowCIDR", prefixes_read, EXTERNAL(outbound_allowed), &prefixes_type,
	  "What the guest may reach outside of the cluster. Without any, nothing.", .fallback = NULL },
	{ "outboundBlockedCIDR", prefixes_read, EXTERNAL(outbound_blocked), &prefixes_type,
	  "What of that is left out.", .fallback = NULL },
	{ "outboundAllowPort", NULL, EXTERNAL(outbound_ports), &outbound_ports_type,
	  "The ports on which the guest may reach that. Without any, all.", .fallback = NULL },
	REFUSED_FIELD(workload_external_firewall, "outboundAllowHostname",
		      "Hosts by name, which no NetworkPolicy knows; use outboundAllowCIDR."),
	REFUSED_FIELD(workload_external_firewall, "http", "Filters by headers, which no NetworkPolicy sees."),
	{ .name = NULL },
};

const struct value_type workload_external_firewall_type = {
	.name = "WorkloadExternalFirewall",
	.shape = VALUE_OBJECT,
	.fields = external_fields,
	.size = sizeof(struct workload_external_firewall),
};

#define INTERNAL(member) offsetof(struct workload_internal_firewall, member)

static const struct field internal_fields[] = {
	{ "inboundAllowType", NULL, INTERNAL(inbound_type), &inbound_type_type,
	  "Which workloads may reach the workload's ports: none, those of its GVC (without `gvc`, all of the "
	  "namespace), those of the organization (all of the cluster), or those of a list.",
	  .fallback = "none" },
	{ "inboundAllowWorkload", NULL, INTERNAL(inbound_workloads), &links_type,
	  "That list: //workload/NAME, or //gvc/GVC/workload/NAME.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type workload_internal_firewall_type = {
	.name = "WorkloadInternalFirewall",
	.shape = VALUE_OBJECT,
	.fields = internal_fields,
	.size = sizeof(struct workload_internal_firewall),
};

static const struct field firewall_fields[] = {
	{ "external", NULL, offsetof(struct workload_firewall, external), &workload_external_firewall_type,
	  "Traffic from and to the world outside of the cluster.", .fallback = NULL },
	{ "internal", NULL, offsetof(struct workload_firewall, internal), &workload_internal_firewall_type,
	  "Traffic from other workloads.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type workload_firewall_type = {
	.name = "WorkloadFirewall",
	.shape = VALUE_OBJECT,
	.fields = firewall_fields,
	.size = sizeof(struct workload_firewall),
};
