/* What is linked to what: the nodes and links of the valid labs, in an order
 * that depends on the labs alone, and as text for people and programs. Of one
 * revision, or of two with what became of each thing in between.
 *
 * A topology borrows every text from the lab_set it was made of, which must
 * outlive it. The writers append the same bytes for the same topology, and
 * escape whatever their format gives a meaning. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "render/lab/lab.h"

/* What became of something between two revisions; TOPOLOGY_SAME throughout when
 * nothing was compared. */
enum topology_change { TOPOLOGY_SAME, TOPOLOGY_ADDED, TOPOLOGY_REMOVED, TOPOLOGY_CHANGED };

struct topology_node {
	const char *name;
	enum node_type type;
	const char *image; /* NULL: its type's own */
	enum topology_change change;
	const struct topology_node *was; /* before, when `change` is TOPOLOGY_CHANGED; NULL otherwise */
};

/* Where a node is on a link. */
struct topology_end {
	size_t node; /* which of the lab's nodes */
	const char *interface; /* for a pod that names its port, that name */
	const char *mac;
	const char *const *addresses; /* "192.168.10.100/24" */
	size_t address_count;
	const char *gateway[2]; /* IPv4 and IPv6; NULL when there is none */
	int64_t vlan; /* 0: untagged */
	enum topology_change change;
	const struct topology_end *was; /* its `node` is one of the lab before */
};

struct topology_link {
	const char *name;
	struct topology_end *ends; /* as they were written; those removed come last */
	size_t end_count;
	enum link_driver driver;
	int64_t mtu; /* 0: the driver's own */
	const char *detail; /* the bridge, network or VNI that the driver uses, or what is joined; NULL: none */
	bool joined; /* it has more ends, in another lab */
	enum topology_change change;
	const struct topology_link *was;
};

struct topology_lab {
	const char *namespace_name, *name;
	struct topology_node *nodes; /* by name */
	size_t node_count;
	struct topology_link *links; /* by name */
	size_t link_count;
	enum topology_change change; /* TOPOLOGY_CHANGED: something in it is not the same */
};

/* A lab that is there but has errors. */
struct topology_unknown {
	const char *namespace_name, *name;
};

struct topology {
	struct arena arena;
	struct topology_lab *labs; /* by namespace and name */
	size_t count;
	struct topology_unknown *unknown; /* by namespace and name */
	size_t unknown_count;
	bool complete; /* see lab_set */
	bool compared; /* made by topology_diff() */
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

/* What became of `before`: all that is in either, each with its change. Borrows
 * from both, which must outlive it. Of a lab that one side could not read nothing
 * can be said: it is shown as it is after, and left out when that is not known. */
void topology_diff(struct topology *topology, const struct topology *before, const struct topology *after);

/* True for a link that is no line between two nodes: it has more ends than
 * two, or one node at both. It is drawn as a point of its own. */
bool topology_link_is_segment(const struct topology_link *link);

const char *topology_change_name(enum topology_change change); /* "same", "added", "removed", "changed" */
const char *topology_change_mark(enum topology_change change); /* "", "+ ", "- ", "~ " */
const char *topology_node_type_name(enum node_type type); /* as the language calls it: "vm" */
const char *topology_driver_name(enum link_driver driver);

void topology_write_mermaid(const struct topology *topology, struct buffer *out);
void topology_write_dot(const struct topology *topology, struct buffer *out); /* Graphviz */
void topology_write_svg(const struct topology *topology, struct buffer *out);
void topology_write_json(const struct topology *topology, struct buffer *out);
