#include "render/lab/pod_fields.h"

#include "render/lab/capabilities.h"
#include "render/lab/container_image.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/missing.h"
#include "render/lab/mounted_file_fields.h"
#include "render/lab/placement_fields.h"
#include "render/lab/pod_check.h"
#include "render/lab/pod_values.h"
#include "render/lab/ports.h"
#include "render/lab/probe_fields.h"
#include "render/lab/replicas.h"
#include "render/lab/resource_fields.h"
#include "render/lab/values.h"

/* KNL's own value. */
#define DISK_SIZE_DEFAULT "100Mi"

enum { GRACE_PERIOD_MAX = 24 * 60 * 60 };

static const char *const access_modes[] = { "ReadWriteOnce", "ReadWriteOncePod", "ReadWriteMany", NULL };
static const char *const disk_policies[] = { "Retain", "Delete", NULL };
static const char *const pull_policies[] = { "Always", "IfNotPresent", "Never", NULL };

static const struct value_type access_mode_type = { .name = "text", .shape = VALUE_TEXT, .allowed = access_modes };
static const struct value_type disk_policy_type = { .name = "text", .shape = VALUE_TEXT, .allowed = disk_policies };
static const struct value_type pull_policy_type = { .name = "text", .shape = VALUE_TEXT, .allowed = pull_policies };
static const struct value_type replicas_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = REPLICAS_MAX,
};
static const struct value_type grace_period_type = {
	.name = "seconds",
	.shape = VALUE_NUMBER,
	.maximum = GRACE_PERIOD_MAX,
};

static const bool no = false;

const struct lab_pod pod_built_in = {
	.disk_size = DISK_SIZE_DEFAULT,
	.privileged = &no,
};

static const struct field pod_fields[] = {
	{ "accessMode", NULL, offsetof(struct lab_pod, access_mode), &access_mode_type,
	  "How many may use the volume at once.", .fallback = "ReadWriteOnce" },
	{ "args", NULL, offsetof(struct lab_pod, arguments), &words_type,
	  "What the command is called with, in the place of the image's own CMD. $(NAME) stands for a variable of "
	  "env.",
	  .fallback = NULL },
	{ "capabilities", capabilities_read, offsetof(struct lab_pod, capabilities), &capabilities_type,
	  "The rights that the container has beyond the usual ones, as capabilities(7) names them without CAP_, like "
	  "NET_ADMIN.",
	  .fallback = NULL },
	{ "cmd", command_line_read, offsetof(struct lab_pod, command_line), &command_line_type,
	  "The command that runs instead of the image's own, split into words as a shell does, without expansion.",
	  .fallback = NULL },
	{ "command", NULL, offsetof(struct lab_pod, command), &words_type,
	  "The same as a list of words, in the place of the image's ENTRYPOINT. An empty list stands for the image's "
	  "own.",
	  .fallback = NULL },
	{ "cpu", container_cpu_read, offsetof(struct lab_pod, cpu), &quantity_type,
	  "The CPU time that is reserved for the pod, like 500m for half a core: short for resources.requests.cpu.",
	  .fallback = NULL },
	{ "diskPolicy", NULL, offsetof(struct lab_pod, disk_policy), &disk_policy_type,
	  "What becomes of the volume when the node is removed from its lab, or the lab goes.",
	  .fallback = "Retain" },
	{ "env", environment_read, offsetof(struct lab_pod, environment), &environment_type,
	  "The container's environment: names and what they stand for. A layer's variables hold in the place of all "
	  "those below it.",
	  .fallback = NULL },
	{ "envSecret", object_name_read, offsetof(struct lab_pod, environment_secret), &object_name_type,
	  "A Secret in the lab's namespace, each key of which becomes a variable. What env gives holds over it.",
	  .fallback = NULL },
	{ "files", mounted_files_read, offsetof(struct lab_pod, files), &mounted_files_type,
	  "Texts that the container finds as files, at most 900 KiB in all. An edit makes a new pod.",
	  .fallback = NULL },
	{ "hostname", host_name_read, offsetof(struct lab_pod, hostname), &host_name_type,
	  "The name that the pod gives itself; the node's own when not given.", .fallback = NULL },
	{ "image", pod_image_read, offsetof(struct lab_pod, image), &container_image_type,
	  "The container image, like docker.io/library/alpine:3.22.", .presence = FIELD_REQUIRED_SOMEWHERE },
	{ "livenessProbe", NULL, offsetof(struct lab_pod, liveness_probe), &pod_probe_type,
	  "How it is seen that the container works; it is started anew when it does not.", .fallback = NULL },
	{ "memory", container_memory_read, offsetof(struct lab_pod, memory), &quantity_type,
	  "The memory that is reserved for the pod: short for resources.requests.memory.", .fallback = NULL },
	{ "placement", NULL, offsetof(struct lab_pod, placement), &placement_type, "Where the pod may run.",
	  .fallback = NULL },
	{ "ports", ports_read, offsetof(struct lab_pod, ports), &ports_type,
	  "What the pod's Service passes on to it; without any it has no Service.", .fallback = NULL },
	{ "privileged", NULL, offsetof(struct lab_pod, privileged), &boolean_type,
	  "Runs the container with every right on its worker.", .fallback = "false" },
	{ "pullPolicy", NULL, offsetof(struct lab_pod, pull_policy), &pull_policy_type,
	  "When the image is fetched. When not given: Always for the tag latest, or none, and IfNotPresent for "
	  "others.",
	  .fallback = NULL },
	{ "pullSecrets", secret_names_read, offsetof(struct lab_pod, pull_secrets), &secret_names_type,
	  "Secrets in the lab's namespace by which the image's registry is logged in to.", .fallback = NULL },
	{ "pvcSize", value_disk_size, offsetof(struct lab_pod, disk_size), &disk_size_type,
	  "The size of the volume that is mounted on /root, at least 1Mi.", .fallback = DISK_SIZE_DEFAULT },
	{ "readinessProbe", NULL, offsetof(struct lab_pod, readiness_probe), &pod_probe_type,
	  "How it is seen that the container serves; the lab is not Ready before.", .fallback = NULL },
	{ "replicas", NULL, offsetof(struct lab_pod, replicas), &replicas_type,
	  "How many such pods there are: web with 3 stands for web-1, web-2 and web-3.", .fallback = NULL },
	{ "resources", NULL, offsetof(struct lab_pod, resources), &resources_type,
	  "What the container is given of its worker.", .fallback = NULL },
	{ "storageClass", object_name_read, offsetof(struct lab_pod, storage_class), &object_name_type,
	  "The StorageClass of the volume; the lab's when not given.", .fallback = NULL },
	{ "terminationGracePeriodSeconds", NULL, offsetof(struct lab_pod, grace_period), &grace_period_type,
	  "How long the container may take to end before it is ended.", .fallback = "30" },
	{ .name = NULL },
};

const struct value_type pod_type = {
	.name = "Pod",
	.shape = VALUE_OBJECT,
	.fields = pod_fields,
	.size = sizeof(struct lab_pod),
};

const struct lab_pod *pod_settle(struct reader *reader, const char *node, const struct place *place,
				 const struct lab_pod *merged, bool complete)
{
	struct lab_pod *pod = arena_new(reader->arena, sizeof(*pod));

	*pod = *merged;
	if (pod->image == NULL && complete)
		setting_missing(reader, node, place, "pod", "image");
	pod_check(reader, pod, complete);
	pod->placement = placement_settle(reader, pod->placement);
	pod->readiness_probe = probe_settle(reader, &pod_probe_type, PROBE_READINESS, pod->readiness_probe, complete);
	pod->liveness_probe = probe_settle(reader, &pod_probe_type, PROBE_LIVENESS, pod->liveness_probe, complete);
	return pod;
}
