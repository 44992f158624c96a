/* A VM's NICs, in the order in which the guest sees them: the pod network
 * first, then the links. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

json_t *nic_interfaces_build(const struct lab *lab, const struct lab_node *node); /* new reference */
json_t *nic_networks_build(const struct lab_node *node); /* new reference */
