/* A lab's nodes: those under spec.nodes and those that only a link names, each
 * with its type and, after the defaults, everything it needs. */
#pragma once

#include "render/lab/links.h"
#include "render/lab/settings.h"

struct node_draft {
	const char *name;
	size_t line, column; /* where it is defined, or else first named */
	const struct lab_link *link; /* that names it; NULL when it stands under spec.nodes */
	struct node_settings settings;
	bool typed; /* false: its type is not known, which was told */
	enum node_type type;
};

struct node_list {
	struct node_draft *drafts; /* by name */
	size_t count;
	const struct replicated_node *replicated; /* by name: those that stand for several */
	size_t replicated_count;
};

/* A node with `replicas`: "web" stands for "web-1" to "web-N". */
struct replicated_node {
	const char *name;
	int64_t replicas;
};

enum { LAB_NODES_MAX = 1000 };

extern const struct value_type nodes_type;

/* `mapping` is spec.nodes; NULL when not given. `layers` are those below the
 * nodes. A node with replicas becomes that many, and so do the connectors of
 * `links` that name it. */
void nodes_collect(struct reader *reader, const char *lab, const struct yaml_node *mapping,
		   const struct settings_layers *layers, struct link_list *links, struct node_list *list);

/* The draft called `name`; NULL when there is none. */
const struct node_draft *nodes_find(const struct node_list *list, const char *name);

/* Makes `nodes`, one for each draft and in their order, but for the interfaces. */
void nodes_settle(struct reader *reader, const struct lab *lab, const struct node_list *list,
		  const struct settings_layers *layers, struct lab_node *nodes);
