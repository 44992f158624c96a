/* A link: an Ethernet segment, one Linux bridge on the worker that runs the
 * lab, and the NetworkAttachmentDefinitions by which Multus plugs pods and VMs
 * into it. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* The attachment that every VM, and every pod without addresses, uses. New reference. */
json_t *link_attachment_build(const struct lab *lab, const struct lab_link *link);

/* True when an interface of a pod has an attachment of its own: addresses and
 * routes are given by the `static` IPAM plugin, which stands in the
 * NetworkAttachmentDefinition and so cannot be shared. */
bool link_interface_is_static(const struct lab_node *node, const struct lab_interface *interface);

/* That attachment: the same bridge, with addresses. New reference. */
json_t *link_static_attachment_build(const struct lab *lab, const struct lab_node *node,
				     const struct lab_interface *interface);

/* The name of the attachment that an interface uses. The caller frees. */
char *link_attachment_name_new(const struct lab_node *node, const struct lab_interface *interface);
