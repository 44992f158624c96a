/* A VM's NICs, in the order in which the guest sees them: first the one on the pod
 * network or those of `interfaces`, then the links. May be empty. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

json_t *nic_interfaces_build(const struct lab *lab, const struct lab_node *node); /* new reference */
json_t *nic_networks_build(const struct lab_node *node); /* new reference */
