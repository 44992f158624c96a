/* What is linked to what: the nodes and links of the valid labs, in an order
 * that depends on the labs alone, and as text for people and programs.
 *
 * A topology borrows every text from the lab_set it was made of, which must
 * outlive it. The writers append the same bytes for the same topology, and
 * escape whatever their format gives a meaning. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "render/lab/lab.h"

struct topology_node {
	const char *name;
	enum node_type type;
};

/* Where a node is on a link. */
struct topology_end {
	size_t node; /* which of the lab's nodes */
	const char *interface; /* for a pod that names its port, that name */
	const char *mac;
	const char *const *addresses; /* "192.168.10.100/24" */
	size_t address_count;
};

struct topology_link {
	const char *name;
	struct topology_end *ends; /* as they were written */
	size_t end_count;
};

struct topology_lab {
	const char *namespace_name, *name;
	struct topology_node *nodes; /* by name */
	size_t node_count;
	struct topology_link *links; /* by name */
	size_t link_count;
};

struct topology {
	struct arena arena;
	struct topology_lab *labs; /* by namespace and name */
	size_t count;
};

#define TOPOLOGY_INIT                                                                                                \
	{                                                                                                            \
		.arena = ARENA_INIT                                                                                  \
	}

void topology_deinit(struct topology *topology);
static inline void topology_cleanup(struct topology *topology)
{
	topology_deinit(topology);
}

void topology_build(struct topology *topology, const struct lab_set *set);

/* True for a link that is no line between two nodes: it has more ends than
 * two, or one node at both. It is drawn as a point of its own. */
bool topology_link_is_segment(const struct topology_link *link);

void topology_write_mermaid(const struct topology *topology, struct buffer *out);
void topology_write_dot(const struct topology *topology, struct buffer *out); /* Graphviz */
void topology_write_svg(const struct topology *topology, struct buffer *out);
void topology_write_json(const struct topology *topology, struct buffer *out);
