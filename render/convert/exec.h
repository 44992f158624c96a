/* The commands that containerlab runs in a node once it is up. In a lab nothing
 * does, but addresses and routes can be said of a link's end; those that the
 * commands set are taken over, any other command is warned of. */
#pragma once

#include "render/convert/wiring.h"

/* Of a pod, whose ends are known. Addresses that a link gives itself come first. */
void exec_take(struct reader *reader, struct wiring_node *node);

/* Of a node whose commands do not run where its addresses are. */
void exec_refuse(struct reader *reader, const struct wiring_node *node);
