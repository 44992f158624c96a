/* How a VM gets its user, name and addresses: a Secret with what the guest's
 * init program reads, and the volume that shows it to the guest. A Secret,
 * since KubeVirt takes no more than 2048 bytes inline, and since it holds a
 * password's hash. */
#pragma once

#include <jansson.h>

#include "base/error.h"
#include "render/lab/lab.h"
#include "render/objects/password.h"

/* NULL with an error when the password cannot be hashed. New reference. */
json_t *init_secret_build(const struct lab *lab, const struct lab_node *node, struct passwords *passwords,
			  struct error *err);

/* The VM's volume, named init_volume_name(). New reference. */
json_t *init_volume_build(const struct lab_node *node);
const char *init_volume_name(enum init_method method);
