/* The links of a containerlab topology, in their brief form (two texts
 * "node:interface") and their extended one (a type, and mappings). */
#pragma once

#include "render/convert/wiring.h"

/* Reads into wiring->links, and hangs the ends on the nodes, which are read already. */
void links_collect(struct reader *reader, const struct yaml_node *links, struct wiring *wiring);
