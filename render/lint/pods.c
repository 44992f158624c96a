/* Rules about pods. */
#include "render/lab/bare_image.h"
#include "render/lab/pod_fields.h"
#include "render/lint/rules.h"

static void pods_each(struct lint *lint, const struct lab *lab,
		      void (*each)(struct lint *lint, const struct lab_pod *pod))
{
	for (size_t i = 0; i < lab->node_count; i++)
		if (lab->nodes[i].pod)
			each(lint, lab->nodes[i].pod);
}

/* KNL's own pods are privileged when nothing else is said: what is built in is nobody's choice. */
static void privileged_check(struct lint *lint, const struct lab_pod *pod)
{
	size_t offset = offsetof(struct lab_pod, privileged);

	if (pod->privileged && *pod->privileged && object_origin(&pod_type, pod, offset))
		lint_tell(lint, object_place(&pod_type, pod, offset),
			  "the pod is privileged: who is in it, has the worker; use capabilities, like [NET_ADMIN]");
}

void lint_privileged_pod(struct lint *lint, const struct lab *lab)
{
	pods_each(lint, lab, privileged_check);
}

static void command_check(struct lint *lint, const struct lab_pod *pod)
{
	if (is_bare_image(pod->image) && pod->command_line == NULL && pod->command == NULL && pod->arguments == NULL)
		lint_tell(
			lint, object_place(&pod_type, pod, offsetof(struct lab_pod, image)),
			"the image is a bare system that ends at once, and is started over and over; add cmd: sleep "
			"infinity, or what it is for");
}

void lint_pod_without_command(struct lint *lint, const struct lab *lab)
{
	pods_each(lint, lab, command_check);
}
