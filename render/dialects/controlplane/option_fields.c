/* spec.defaultOptions, rolloutOptions and extras: how many VMs there are, where they
 * run and how they end. */
#include "base/text.h"
#include "render/dialects/controlplane/documents.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/replicas.h"
#include "render/lab/values.h"

enum { GRACE_MOST = 86400 };

static const char *const metrics[] = { "concurrency", "cpu", "memory", "rps", "latency", "keda", "disabled", NULL };

static const struct value_type scale_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = REPLICAS_MAX,
};
static const struct value_type metric_type = { .name = "text", .shape = VALUE_TEXT, .allowed = metrics };
static const struct value_type grace_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = GRACE_MOST,
};

/* Only "disabled" means what is done here anyway. */
static const void *metric_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *metric = value_read(reader, pair, &metric_type);

	if (metric && !text_equal(metric, "disabled"))
		reader_warn(
			reader, pair->line, pair->column,
			"metric %s has no effect: nothing scales the VMs by itself, there are as many as minScale",
			metric);
	return NULL;
}

#define SCALING(member) offsetof(struct workload_autoscaling, member)
#define SCALING_TEXT "When Control Plane would add or remove replicas."

static const struct field autoscaling_fields[] = {
	{ "minScale", NULL, SCALING(minimum), &scale_type,
	  "How many VMs there are. They are numbered from 1: web-1, web-2. With 0 there is none, unless runStrategy "
	  "is "
	  "Halted.",
	  .fallback = "1" },
	{ "maxScale", NULL, SCALING(maximum), &scale_type,
	  "How many there may be at most, and how many are kept while runStrategy is Halted.", .fallback = NULL },
	{ "metric", metric_read, SCALING(nothing), &metric_type, "What Control Plane would scale by.",
	  .fallback = "disabled" },
	LOST_FIELD(workload_autoscaling, "keda", SCALING_TEXT),
	LOST_FIELD(workload_autoscaling, "maxConcurrency", SCALING_TEXT),
	LOST_FIELD(workload_autoscaling, "metricPercentile", SCALING_TEXT),
	LOST_FIELD(workload_autoscaling, "multi", SCALING_TEXT),
	LOST_FIELD(workload_autoscaling, "scaleToZeroDelay", SCALING_TEXT),
	LOST_FIELD(workload_autoscaling, "target", SCALING_TEXT),
	{ .name = NULL },
};

const struct value_type workload_autoscaling_type = {
	.name = "WorkloadAutoscaling",
	.shape = VALUE_OBJECT,
	.fields = autoscaling_fields,
	.size = sizeof(struct workload_autoscaling),
};

static const struct field zones_fields[] = {
	{ "enabled", NULL, offsetof(struct workload_zones, enabled), &boolean_type,
	  "Spreads the VMs over the zones of the cluster as evenly as there is room.", .fallback = "false" },
	{ .name = NULL },
};
static const struct value_type zones_type = {
	.name = "WorkloadMultiZone",
	.shape = VALUE_OBJECT,
	.fields = zones_fields,
	.size = sizeof(struct workload_zones),
};

#define OPTIONS(member) offsetof(struct workload_options, member)

static const struct field options_fields[] = {
	{ "autoscaling", NULL, OPTIONS(autoscaling), &workload_autoscaling_type, "How many VMs there are.",
	  .fallback = NULL },
	{ "suspend", NULL, OPTIONS(suspend), &boolean_type, "Keeps the VMs switched off.", .fallback = "false" },
	{ "multiZone", NULL, OPTIONS(zones), &zones_type, "Spreading over zones.", .fallback = NULL },
	LOST_FIELD(workload_options, "capacityAI", "Lets Control Plane change cores and memory."),
	LOST_FIELD(workload_options, "capacityAIUpdateMinutes", "How often Control Plane would do so."),
	LOST_FIELD(workload_options, "debug", "Makes Control Plane's own logs longer."),
	LOST_FIELD(workload_options, "spot", "Runs the VMs on workers that may go at any time."),
	LOST_FIELD(workload_options, "timeoutSeconds", "How long a request through the mesh may take."),
	{ .name = NULL },
};

const struct value_type workload_options_type = {
	.name = "WorkloadOptions",
	.shape = VALUE_OBJECT,
	.fields = options_fields,
	.size = sizeof(struct workload_options),
};

static const struct field rollout_fields[] = {
	{ "terminationGracePeriodSeconds", NULL, offsetof(struct workload_rollout, grace_period), &grace_type,
	  "How many seconds the guest has to shut down before it is cut off. Without it, 60.", .fallback = NULL },
	LOST_FIELD(workload_rollout, "maxSurgeReplicas", "How many replicas more there are during a change."),
	LOST_FIELD(workload_rollout, "maxUnavailableReplicas", "How many replicas fewer there are during a change."),
	LOST_FIELD(workload_rollout, "minReadySeconds", "How long a replica must have been ready."),
	LOST_FIELD(workload_rollout, "scalingPolicy", "Whether replicas start one after the other."),
	{ .name = NULL },
};

const struct value_type workload_rollout_type = {
	.name = "WorkloadRollout",
	.shape = VALUE_OBJECT,
	.fields = rollout_fields,
	.size = sizeof(struct workload_rollout),
};

static const void *raw_mapping_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_mapping_pair(reader, pair) ? pair->value : NULL;
}

static const void *raw_list_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_sequence_pair(reader, pair) ? pair->value : NULL;
}

#define EXTRAS(member) offsetof(struct workload_extras, member)

static const struct field extras_fields[] = {
	{ "affinity", raw_mapping_read, EXTRAS(affinity), &controlplane_raw_mapping_type,
	  "On which workers the VMs may run, as Kubernetes' affinity says it.", .fallback = NULL },
	{ "tolerations", raw_list_read, EXTRAS(tolerations), &controlplane_raw_list_type,
	  "Which taints of workers the VMs tolerate, as Kubernetes says it.", .fallback = NULL },
	{ "topologySpreadConstraints", raw_list_read, EXTRAS(spread_constraints), &controlplane_raw_list_type,
	  "How the VMs are spread over workers, as Kubernetes says it.", .fallback = NULL },
	{ .name = NULL },
};

const struct value_type workload_extras_type = {
	.name = "WorkloadExtras",
	.shape = VALUE_OBJECT,
	.fields = extras_fields,
	.size = sizeof(struct workload_extras),
};
