#include "render/dialects/controlplane/values.h"

#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "render/dialects/advice.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

enum { PORT_MAX = 65535, BOOT_ORDER_LAST = 16, VOLUME_SET_NAME_MAX = 64 };

#define LABEL_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

static const char *const buses[] = { "virtio", "sata", "scsi", NULL };

const struct value_type refused_value_type = { .name = "-", .shape = VALUE_ANY, .standing = VALUE_REFUSED };
const struct value_type lost_value_type = {
	.name = "anything",
	.shape = VALUE_ANY,
	.standing = VALUE_WITHOUT_EFFECT,
};
const struct value_type controlplane_port_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = PORT_MAX,
};
const struct value_type controlplane_bus_type = { .name = "text", .shape = VALUE_TEXT, .allowed = buses };
const struct value_type controlplane_boot_order_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = BOOT_ORDER_LAST,
};
const struct value_type controlplane_name_type = {
	.name = "name",
	.shape = VALUE_TEXT,
	.pattern = NAME_PATTERN,
};
const struct value_type controlplane_uri_type = {
	.name = "URI",
	.shape = VALUE_TEXT,
	.pattern = "^cpln://(volumeset|secret)/[a-z0-9][a-z0-9-]*$",
};
const struct value_type controlplane_link_type = {
	.name = "link",
	.shape = VALUE_TEXT,
	.pattern = "^(cpln://|//|/org/[a-z0-9-]+/).+$",
};
const struct value_type controlplane_tags_type = { .name = "tags", .shape = VALUE_ANY };
const struct value_type controlplane_raw_mapping_type = { .name = "Kubernetes' mapping", .shape = VALUE_ANY };
const struct value_type controlplane_raw_list_type = { .name = "Kubernetes' list", .shape = VALUE_ANY };

/* What a VM cannot have, and what does the same. Each key is refused in one place only. */
static const struct advice refusals[] = {
	{ "args", "spec.containers[0].args is of containers; the guest starts its own programs: write them into "
		  "spec.vm.cloudInit" },
	{ "command", "spec.containers[0].command is of containers; the guest starts its own programs: write them "
		     "into spec.vm.cloudInit" },
	{ "exec",
	  "exec is no probe of a VM, whose guest Control Plane does not look into; use tcpSocket or httpGet" },
	{ "gpu", "spec.containers[0].gpu is of containers; VMs of Control Plane have no GPU: remove it" },
	{ "grpc", "grpc is no probe of a VM; use tcpSocket or httpGet" },
	{ "http",
	  "external.http filters by headers, which no NetworkPolicy sees; filter in the guest, or by a policy "
	  "of the mesh, and remove it" },
	{ "image", "spec.containers[0].image is of containers; the guest boots from spec.vm.bootDisk: name the image "
		   "there, and remove it here" },
	{ "job", "spec.job is of workloads of type cron; remove it" },
	{ "lifecycle", "spec.containers[0].lifecycle is of containers; the guest owns the life of its processes: "
		       "remove it" },
	{ "outboundAllowHostname", "outboundAllowHostname names hosts, but a NetworkPolicy knows only addresses; "
				   "give them in outboundAllowCIDR, or use the policy of a CNI that knows names" },
	{ "path", "path is of containers' volumes; a VM gets the volume as a disk, whose name is its `name`: remove "
		  "it, and mount the disk by cloud-init" },
	{ "port", "spec.containers[0].port is of containers; list it in `ports: [{number, protocol}]`" },
	{ "secureBoot", "firmware.secureBoot is not available, since nothing keeps the firmware's variables; remove "
			"it" },
	{ "workingDir", "spec.containers[0].workingDir is of containers; remove it" },
	{ .field = NULL },
};

const char *without_blanks(struct arena *arena, const char *text)
{
	cleanup(buffer) struct buffer kept = BUFFER_INIT;

	for (; *text; text++)
		if (!isspace((unsigned char)*text))
			buffer_append_char(&kept, *text);
	return arena_copy(arena, buffer_text(&kept), kept.length);
}

static bool is_empty(const struct yaml_node *value)
{
	bool empty = value->kind == YAML_NULL || value->kind == YAML_SEQUENCE || value->kind == YAML_MAPPING;

	if (value->kind == YAML_SEQUENCE)
		return value->count == 0;
	for (size_t i = 0; value->kind == YAML_MAPPING && i < value->count; i++)
		empty = empty && is_empty(value->pairs[i].value);
	return empty || (value->kind == YAML_BOOLEAN && !value->boolean);
}

/* Exports have empty lists and `false` for what was never asked for. */
const void *refused_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (!is_empty(pair->value))
		reader_error(reader, pair->line, pair->column, "%s", advice_find(refusals, pair->key));
	return NULL;
}

static const struct advice losses[] = {
	{ "alias", "public names are set up beside the workloads, by Ingress or Gateway" },
	{ "autoscaling", "the disks keep the size that they were made with" },
	{ "aws", "cloud roles are not handed to the guest; give it credentials of its own" },
	{ "azure", "cloud roles are not handed to the guest; give it credentials of its own" },
	{ "capacityAI", "a VM keeps the cores and memory that it was given" },
	{ "capacityAIUpdateMinutes", "a VM keeps the cores and memory that it was given" },
	{ "created", "it is set by Control Plane; remove it" },
	{ "customEncryption", "disks are encrypted by their StorageClass; choose one that does" },
	{ "debug", "it is for Control Plane's own logs; remove it" },
	{ "dropMetrics", "who scrapes the guest decides what is kept" },
	{ "env", "a guest has no environment of a container's; write the values into spec.vm.cloudInit" },
	{ "fileSystemType", "the guest gets a blank disk, and makes the filesystem itself" },
	{ "gcp", "cloud roles are not handed to the guest; give it credentials of its own" },
	{ "id", "it is set by Control Plane; remove it" },
	{ "inheritEnv", "a guest has no environment of a container's; write the values into spec.vm.cloudInit" },
	{ "keda", "nothing scales the VMs by itself: there are as many as minScale" },
	{ "lastModified", "it is set by Control Plane; remove it" },
	{ "links", "they are set by Control Plane; remove them" },
	{ "loadBalancer", "make a Service of type LoadBalancer beside the workload" },
	{ "localOptions", "there is one location: this cluster" },
	{ "maxConcurrency", "nothing scales the VMs by itself: there are as many as minScale" },
	{ "maxSurgeReplicas", "each VM is changed in place, with its own disks" },
	{ "maxUnavailableReplicas", "each VM is changed in place, with its own disks" },
	{ "memcacheAccess", "there is no such service outside of Control Plane" },
	{ "metricPercentile", "nothing scales the VMs by itself: there are as many as minScale" },
	{ "minReadySeconds", "each VM is changed in place, with its own disks" },
	{ "mountOptions", "the guest gets a blank disk, and mounts it itself" },
	{ "multi", "nothing scales the VMs by itself: there are as many as minScale" },
	{ "nativeNetworkResources", "private endpoints of clouds are not reached through labsync" },
	{ "networkResources", "agents of Control Plane are not reached through labsync" },
	{ "ngs", "cloud roles are not handed to the guest; give it credentials of its own" },
	{ "requestRetryPolicy", "requests are tried again by the mesh, if one is set up to" },
	{ "scaleToZeroDelay", "nothing scales the VMs by itself: there are as many as minScale" },
	{ "scalingPolicy", "the VMs start at once" },
	{ "securityOptions", "users and groups of a VM are its guest's" },
	{ "sidecar", "filters of the mesh are set up beside the workload, as EnvoyFilter" },
	{ "snapshots", "take snapshots of the disks as Kubernetes objects (VolumeSnapshot), or of the VM" },
	{ "spicedbAccess", "there is no such service outside of Control Plane" },
	{ "spot", "choose workers with extras.affinity and extras.tolerations" },
	{ "status", "it is set by Control Plane; remove it" },
	{ "storageClassSuffix", "name the StorageClass in a Mapping's storageClasses" },
	{ "supportDynamicTags", "a VM has no image that is looked up again" },
	{ "target", "nothing scales the VMs by itself: there are as many as minScale" },
	{ "timeoutSeconds", "how long a request may take is set up in the mesh" },
	{ "version", "it is set by Control Plane; remove it" },
	{ .field = NULL },
};

const void *lost_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (!is_empty(pair->value))
		reader_warn(reader, pair->line, pair->column, "%s has no effect: %s", pair->key,
			    advice_find(losses, pair->key));
	return NULL;
}

const void *name_label_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!text_is_dns_label(pair->value->text))
		return reader_refuse(
			reader, pair->value,
			"%s %s must be at most 63 lower-case letters, digits and \"-\", with a letter or "
			"digit at both ends",
			pair->key, reader_quote(reader, pair->value->text));
	return pair->value->text;
}

static bool is_volume_set_name(const char *name)
{
	return *name && *name != '-' && strlen(name) <= VOLUME_SET_NAME_MAX &&
	       name[strspn(name, LABEL_CHARACTERS)] == 0;
}

const void *volume_set_link_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *name;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	name = pair->value->text + strlen(VOLUME_SET_PREFIX);
	if (!text_starts_with(pair->value->text, VOLUME_SET_PREFIX) || !is_volume_set_name(name))
		return reader_refuse(reader, pair->value,
				     "%s %s is no volume set; write " VOLUME_SET_PREFIX "NAME, with at most %d "
				     "lower-case letters, digits and \"-\"",
				     pair->key, reader_quote(reader, pair->value->text), VOLUME_SET_NAME_MAX);
	return name;
}

const void *volume_uri_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (text_starts_with(text, VOLUME_SET_PREFIX))
		return volume_set_link_read(reader, pair) ? text : NULL;
	if (text_starts_with(text, SECRET_PREFIX) && name_is_subdomain(text + strlen(SECRET_PREFIX)))
		return text;
	return reader_refuse(reader, pair->value,
			     "%s %s is nothing that a VM has as a disk; write " VOLUME_SET_PREFIX
			     "NAME or " SECRET_PREFIX "NAME",
			     pair->key, reader_quote(reader, text));
}
