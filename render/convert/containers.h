/* Nodes that are containers in a lab too: pods, and SR Linux. */
#pragma once

#include "base/json.h"
#include "render/convert/wiring.h"

/* What stands under `pod` and `srl`; new. */
json_t *pod_body_build(struct reader *reader, const struct wiring_node *node);
json_t *srl_body_build(struct reader *reader, const struct wiring_node *node);

/* The name of a port as a lab has it: ethernet-1/3 is e1-3. In the arena; NULL when it is no port of SR Linux. */
const char *srl_port_name(struct arena *arena, const char *interface);
