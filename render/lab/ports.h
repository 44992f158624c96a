/* The ports on which a VM listens on its pod interface. */
#pragma once

#include "render/lab/node_parts.h"
#include "render/lab/reader.h"

enum { PORTS_MAX = 256 };

#define PORT_PROTOCOL_DEFAULT "TCP"

extern const struct value_type ports_type;

/* A field's reader; const struct port_list *. */
const void *ports_read(struct reader *reader, const struct yaml_pair *pair);
