/* A VM node as KubeVirt runs it. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* `init_digest` is that of the Secret that the guest reads at its start; NULL
 * without one. A changed Secret is so a change of the VM too, whose guest must
 * restart to see it. New reference. */
json_t *machine_build(const struct lab *lab, const struct lab_node *node, const char *init_digest);

/* What a schedule says of a lab stands above everything else, a patch too. */
void machine_power_off(json_t *machine);
