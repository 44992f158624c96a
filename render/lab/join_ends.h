/* Links that join another lab's, as far as their own lab knows: what their ends
 * ask of a driver that only the other lab names. */
#pragma once

#include "render/lab/nodes.h"

/* Notes on each joined link what its ends ask, and refuses two that join the same link. */
void join_ends_note(struct reader *reader, const struct node_list *nodes, const struct link_list *links);

/* Notes on the lab's own links the VLANs that ends of other labs can be in. The nodes have their interfaces. */
void link_vlans_note(struct arena *arena, struct lab *lab);
