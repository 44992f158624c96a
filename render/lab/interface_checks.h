/* What a connector may ask for depends on the node that it names: a VM, a pod
 * or SR Linux. For interfaces.c only. */
#pragma once

#include "render/lab/nodes.h"

/* A connector and where it goes. */
struct attachment {
	const struct connector *connector;
	struct lab_interface *interface;
	size_t ordinal; /* among the connectors of this node on this link */
};

/* Checks attachment `at` of a node whose attachments begin at `first`, and gives
 * its interface its port. */
void attachment_check(struct reader *reader, enum node_type type, const struct attachment *first, size_t at);

/* True when the MAC that the connector names is the interface's. */
bool attachment_has_own_mac(enum node_type type, const struct connector *connector);
