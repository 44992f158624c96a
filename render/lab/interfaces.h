/* The nodes' interfaces, made from the links' connectors: names, MACs, and what
 * depends on a node's type. */
#pragma once

#include "render/lab/nodes.h"

enum { NODE_INTERFACES_MAX = 256 }; /* KubeVirt's own limit */

/* True for what runs as a pod, where the interface is Linux' own. */
static inline bool node_is_pod(const struct lab_node *node)
{
	return node->type == NODE_POD || node->type == NODE_SRL;
}

/* Gives each of lab->nodes, which stand in the order of `list`, its interfaces. */
void interfaces_attach(struct reader *reader, struct lab *lab, const struct node_list *list,
		       const struct link_list *links);
