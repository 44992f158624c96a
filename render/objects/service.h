/* A VM's Service: a stable name and address for the ports that it listens on. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

json_t *service_build(const struct lab *lab, const struct lab_node *node); /* of a VM with ports; new reference */
