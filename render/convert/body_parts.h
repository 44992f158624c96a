/* What nodes of several types take over in the same way. */
#pragma once

#include "base/json.h"
#include "render/convert/wiring.h"

void body_set_memory(struct reader *reader, const struct wiring_node *node, json_t *body);

/* `ports` become those that `body` has in its Service, behind those that it has already. */
void body_set_ports(struct reader *reader, const struct wiring_node *node, json_t *body);
void body_add_port(json_t *body, json_int_t port, const char *protocol); /* "tcp" or "udp" */

/* A warning that a setting is lost with this node, when it is said of it. */
void body_lose(struct reader *reader, const struct wiring_node *node, const char *name, const char *reason);
