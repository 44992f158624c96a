/* What joins_resolve() does with joins that were found. For join_*.c only. */
#pragma once

#include "render/lab/lab.h"

/* A link that joins another. */
struct found_join {
	struct lab *lab, *other;
	struct lab_link *link, *target;
};

/* Gives the spokes of LANs that are joined their numbers: from the names of lab, link and end, so that they stay what they
 * are when others come and go, and beyond those of the link's own ends. Refuses what is more than k8slan takes. */
void join_spokes_assign(struct arena *arena, struct found_join *joins, size_t count, struct diagnostics *diagnostics);

/* Finds the labs that run on one worker, since one joins links of another that do not leave theirs. */
void join_workers_assign(struct found_join *joins, size_t count);
