#include "render/objects/placement.h"

/* A label of its own: part-of is also on nodes that have no links. */
static const char linked_label[] = "labsync.dev/linked";

void placement_add_label(const struct lab *lab, const struct lab_node *node, json_t *labels)
{
	if (node->interface_count > 0)
		json_object_set_new(labels, linked_label, json_string(lab->name));
}

/* The first pod of a lab matches its own term, and so may run anywhere: the
 * scheduler makes that exception for a term that nothing matches yet. */
json_t *placement_affinity_build(const struct lab *lab, const struct lab_node *node)
{
	if (node->interface_count == 0)
		return NULL;
	return json_pack("{s:{s:[{s:{s:{s:s}}, s:s}]}}", "podAffinity",
			 "requiredDuringSchedulingIgnoredDuringExecution", "labelSelector", "matchLabels",
			 linked_label, lab->name, "topologyKey", "kubernetes.io/hostname");
}
