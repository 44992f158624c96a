/* What cloud-init in a guest is told as network data, version 2, as netplan has it. */
#pragma once

#include "base/buffer.h"
#include "render/lab/lab.h"

/* A default route over a link goes before that of the pod network, which DHCP
 * gives at a metric of 100 or more. */
enum { GATEWAY_METRIC = 50 };

void network_data_write(const struct lab *lab, const struct lab_node *node, struct buffer *out);
