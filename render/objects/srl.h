/* SR Linux: a Deployment of one privileged pod, whose configuration is on a
 * volume of its own.
 *
 * The container finds the hardware that it plays in /tmp/topology.yml, and keeps
 * what is configured in /etc/opt/srlinux. That folder is the volume, filled from
 * the image by an init container the first time, so that nothing is lost
 * whichever way the pod ends. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* Appends all that the node needs: its volume, the topology file, the
 * attachments that are its own, itself, and a Service if it has ports. */
void srl_add_objects(const struct lab *lab, const struct lab_node *node, json_t *objects);
