/* spec of a workload. */
#include "base/text.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/values.h"

static const char *const types[] = { "vm", NULL };
static const char *const container_types[] = { "serverless", "standard", "cron", "stateful", NULL };
static const struct value_type type_type = { .name = "text", .shape = VALUE_TEXT, .allowed = types };

static const void *type_read(struct reader *reader, const struct yaml_pair *pair)
{
	for (size_t i = 0; container_types[i]; i++)
		if (text_equal(container_types[i], pair->value->text))
			return reader_refuse(
				reader, pair->value,
				"a workload of type %s is containers, of which labsync makes nothing here; "
				"use type vm, or a Lab with a pod node",
				container_types[i]);
	return value_read(reader, pair, &type_type);
}

#define SPEC(member) offsetof(struct workload_spec, member)

static const struct field spec_fields[] = {
	{ "type", type_read, SPEC(type), &type_type, "Only vm: a virtual machine.", .presence = FIELD_REQUIRED },
	{ "containers", NULL, SPEC(containers), &workload_containers_type,
	  "Exactly one: the machine's cores, memory, ports, probes and further disks.", .presence = FIELD_REQUIRED },
	{ "vm", NULL, SPEC(guest), &guest_type, "The machine, and what its guest is told.",
	  .presence = FIELD_REQUIRED },
	{ "firewallConfig", NULL, SPEC(firewall), &workload_firewall_type,
	  "Who reaches the VM, and whom it reaches: a NetworkPolicy. What it does not allow is refused; without it, "
	  "everything is allowed that the cluster allows.",
	  .fallback = NULL },
	{ "defaultOptions", NULL, SPEC(options), &workload_options_type, "How many VMs there are.",
	  .fallback = NULL },
	{ "identityLink", NULL, SPEC(identity), &controlplane_link_type,
	  "Whose rights in clouds the guest would have; nothing hands them to it here.", .fallback = NULL },
	{ "rolloutOptions", NULL, SPEC(rollout), &workload_rollout_type, "How VMs end and are replaced.",
	  .fallback = NULL },
	{ "extras", NULL, SPEC(extras), &workload_extras_type, "On which workers the VMs run.", .fallback = NULL },
	REFUSED_FIELD(workload_spec, "job", "Of workloads of type cron."),
	LOST_FIELD(workload_spec, "loadBalancer", "How Control Plane would reach the workload from outside."),
	LOST_FIELD(workload_spec, "localOptions", "Options for single locations."),
	LOST_FIELD(workload_spec, "requestRetryPolicy", "When the mesh would try requests again."),
	LOST_FIELD(workload_spec, "securityOptions", "The user and group of containers."),
	LOST_FIELD(workload_spec, "sidecar", "Filters in the mesh."),
	LOST_FIELD(workload_spec, "supportDynamicTags", "Whether images are looked up again."),
	{ .name = NULL },
};

const struct value_type workload_spec_type = {
	.name = "WorkloadSpec",
	.shape = VALUE_OBJECT,
	.fields = spec_fields,
	.size = sizeof(struct workload_spec),
};
