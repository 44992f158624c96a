/* A VM's disks as its guest sees them, and the volumes behind them: the root
 * disk, the further ones in the order of the text, and last the one that tells
 * the guest its user, name and addresses. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

json_t *volumes_disks_build(const struct lab_node *node); /* domain.devices.disks; new reference */
json_t *volumes_build(const struct lab_node *node); /* new reference */
