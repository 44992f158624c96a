/* A link: an Ethernet segment. What it is on the cluster is its driver's matter
 * (render/objects/drivers); here is what the rest asks of any link. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* Appends the objects of the link itself. */
void link_add_objects(const struct lab *lab, const struct lab_link *link, json_t *objects);

/* The attachment that a node's interface has for itself, since addresses and
 * routes stand in it; NULL when it uses what the link has. New reference. */
json_t *link_own_attachment_build(const struct lab *lab, const struct lab_node *node,
				  const struct lab_interface *interface);

/* The NetworkAttachmentDefinition that an interface uses, "name" or "namespace/name". The caller frees. */
char *link_attachment_name_new(const struct lab_node *node, const struct lab_interface *interface);

/* Adds to a VM's interface how it is bound to its link. */
void link_bind(const struct lab_interface *interface, json_t *nic);

/* Multus' annotation of a pod: which attachments, in the order of the
 * interfaces. Text with sorted keys, so that equal networks are equal text.
 * NULL when the node has no links. The caller frees. */
#define LINK_NETWORKS_ANNOTATION "k8s.v1.cni.cncf.io/networks"
char *link_networks_new(const struct lab_node *node);

/* Adds to a pod's resource limits the devices that its links take. */
void link_add_limits(const struct lab_node *node, json_t *limits);

/* True when the link's ends must run on one worker. */
bool link_is_node_local(const struct lab_link *link);
