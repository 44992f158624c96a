/* The links of a topology as those of a lab. In a lab a link is a switch with
 * any number of ends, so a bridge and all links to it become one. */
#pragma once

#include "base/json.h"
#include "render/convert/wiring.h"

/* spec.links; new. Nodes have their labels. Bridges get theirs of at most `most` characters. */
json_t *segments_build(struct reader *reader, struct wiring *wiring, size_t most);
