/* What is wrong with links only once all their ends are known: the replicas of
 * nodes, and which ends are the same node's. */
#pragma once

#include "render/lab/links.h"

void links_check(struct reader *reader, const struct link_list *list);
