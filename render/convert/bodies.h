/* What stands under a node's name in a lab: its vm, pod or srl. */
#pragma once

#include "base/json.h"
#include "render/convert/wiring.h"

/* False when a VM's image is no disk, or there is no image at all, which is said. */
bool body_is_possible(struct reader *reader, const struct wiring_node *node);

/* {"pod": {...}}, {"vm": {...}} or {"srl": {...}}; new. Only of nodes with an image that is possible. */
json_t *body_build(struct reader *reader, const struct wiring_node *node);
