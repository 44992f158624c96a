/* What a drawing says in words about a node, a link or an end: one short fact a
 * line. Of what changed, the facts that went are said too, each with its mark;
 * two things are the same when their facts are. */
#pragma once

#include "render/topology/topology.h"

struct fact {
	const char *text; /* with its mark: "+ 10.0.0.1/24" */
	enum topology_change change;
};

struct facts {
	struct fact *items; /* in the arena */
	size_t count;
};

/* The type, and of a changed node the images, which are too long to be always said. */
struct facts facts_of_node(struct arena *arena, const struct topology_node *node);
struct facts facts_of_link(struct arena *arena,
			   const struct topology_link *link); /* the driver, if not the usual; the MTU */
struct facts facts_of_end(struct arena *arena, const struct topology_end *end); /* addresses, gateways, VLAN */

/* The end's interface; NULL where it is just called as its link, which is not worth a line. */
const char *facts_interface(const struct topology_link *link, const struct topology_end *end);

/* True when nothing of them is other than it was; names are not compared. */
bool topology_node_equal(const struct topology_node *a, const struct topology_node *b);
bool topology_link_equal(const struct topology_link *a, const struct topology_link *b); /* but for the ends */
bool topology_end_equal(const struct topology_end *a, const struct topology_end *b);
