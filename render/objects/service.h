/* A node's Service: a stable name and address for the ports that it listens on. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* `given` has at least one port. New reference. */
json_t *service_build(const struct lab *lab, const struct lab_node *node, const struct port_list *given);
