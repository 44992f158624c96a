/* Keys and passwords that come from Secrets of the cluster, which KubeVirt puts
 * into the guest: labsync never sees them. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* `accessCredentials`; NULL when there are none. New reference. */
json_t *credentials_build(const struct lab_vm *vm);
