/* Nodes that stand for several: `replicas: 3` on "web" makes "web-1", "web-2"
 * and "web-3", each with an interface wherever a link names "web". */
#pragma once

#include "render/lab/nodes.h"

enum { REPLICAS_MAX = 100 };

/* Puts the copies in the place of each draft that has replicas. */
void replicas_expand(struct reader *reader, const struct settings_layers *layers, struct node_list *list);

/* The same for the connectors that name such a node; positions and the links'
 * end_count follow. */
void connectors_expand(struct reader *reader, const struct node_list *list, struct link_list *links);
