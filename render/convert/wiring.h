/* A containerlab topology as far as a lab can hold it: nodes that become VMs
 * or pods, and links that become segments with two ends or more. What cannot
 * come over is warned of while it is read; what makes the file meaningless is
 * an error. Everything lives in the reader's arena. */
#pragma once

#include "render/convert/kinds.h"
#include "render/convert/layers.h"

struct texts {
	const char **items;
	size_t count, capacity;
};

struct wiring_link;

/* Where a link meets a node. */
struct wiring_end {
	struct wiring_node *node; /* NULL: it leads out of the lab */
	struct wiring_link *link;
	const char *interface; /* as the file names it */
	const char *mac; /* NULL when none is given */
	struct texts addresses; /* "10.0.0.1/24" */
	struct texts routes; /* "10.1.0.0/16 via 10.0.0.2" */
	struct wiring_end *next; /* of the same node, in the order of the file */
	size_t line, column;
};

struct wiring_node {
	const char *name; /* as the file has it */
	const char *label; /* what it is called in the lab, and of a bridge the segment */
	size_t line, column;
	struct layers said;
	enum kind_role role;
	bool kept; /* false: it has no place in the lab, which was said */
	struct wiring_end *ends; /* NULL when it has no link */
	struct wiring_node *joined; /* of a bridge: the one that it is linked to; NULL when none */
};

enum { LINK_ENDS = 2 };

struct wiring_link {
	struct wiring_end ends[LINK_ENDS];
	const char *segment; /* its name in the lab, once it has one */
	const struct yaml_pair *mtu; /* a number that a link can have; NULL when not given */
	bool kept;
	size_t line, column;
};

struct wiring {
	const char *name; /* as the file has it */
	size_t name_line, name_column;
	struct wiring_node *nodes; /* in the order of the file */
	size_t node_count;
	struct wiring_link *links; /* in the order of the file */
	size_t link_count;
};

/* False, with errors said, when there is no topology in it. */
bool wiring_read(struct reader *reader, const struct yaml_node *root, struct wiring *wiring);

struct wiring_node *wiring_find(const struct wiring *wiring, const char *name);

void texts_add(struct arena *arena, struct texts *texts, const char *text); /* `text` is borrowed */
