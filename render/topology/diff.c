/* Two topologies laid over each other. Labs, nodes and links are found again by
 * their names; the ends of a link by their nodes, the second of a node on the
 * same link by being the second. */
#include <string.h>

#include "base/text.h"
#include "render/topology/facts.h"

static int lab_name_compare(const char *namespace_a, const char *name_a, const char *namespace_b, const char *name_b)
{
	int by_namespace = strcmp(namespace_a, namespace_b);

	return by_namespace ? by_namespace : strcmp(name_a, name_b);
}

/* Whether it is said to be absent: not when the lab, or a whole file, could not be read. */
static bool is_absent(const struct topology *topology, const struct topology_lab *lab)
{
	if (!topology->complete)
		return false;
	for (size_t i = 0; i < topology->unknown_count; i++)
		if (lab_name_compare(topology->unknown[i].namespace_name, topology->unknown[i].name,
				     lab->namespace_name, lab->name) == 0)
			return false;
	return true;
}

/* Two lists that are sorted by name become one. */
struct pairing {
	size_t before, after; /* places in the lists */
	enum topology_change change; /* ADDED: only in the second; REMOVED: only in the first; SAME: in both */
};

static struct pairing pairing_next(size_t *before, size_t *after, int order)
{
	struct pairing pairing = { *before, *after, TOPOLOGY_SAME };

	if (order < 0)
		pairing.change = TOPOLOGY_REMOVED;
	else if (order > 0)
		pairing.change = TOPOLOGY_ADDED;
	*before += order <= 0;
	*after += order >= 0;
	return pairing;
}

/* The order of what comes next in both, when either may be over. */
static int next_order(bool before_is_over, bool after_is_over, const char *before, const char *after)
{
	if (before_is_over)
		return 1;
	return after_is_over ? -1 : strcmp(before, after);
}

static void nodes_diff(struct arena *arena, struct topology_lab *out, const struct topology_lab *before,
		       const struct topology_lab *after)
{
	size_t i = 0, j = 0;

	out->nodes = arena_new(arena, (before->node_count + after->node_count) * sizeof(*out->nodes));
	while (i < before->node_count || j < after->node_count) {
		bool old_over = i == before->node_count, new_over = j == after->node_count;
		struct pairing pairing =
			pairing_next(&i, &j,
				     next_order(old_over, new_over, old_over ? NULL : before->nodes[i].name,
						new_over ? NULL : after->nodes[j].name));
		struct topology_node *node = &out->nodes[out->node_count++];

		*node = pairing.change == TOPOLOGY_REMOVED ? before->nodes[pairing.before]
							   : after->nodes[pairing.after];
		node->change = pairing.change;
		if (pairing.change == TOPOLOGY_SAME &&
		    !topology_node_equal(&before->nodes[pairing.before], &after->nodes[pairing.after])) {
			node->change = TOPOLOGY_CHANGED;
			node->was = &before->nodes[pairing.before];
		}
	}
}

static size_t node_place(const struct topology_lab *lab, const char *name)
{
	size_t place = 0;

	while (!text_equal(lab->nodes[place].name, name))
		place++;
	return place;
}

/* One side of the comparison of two links. */
struct link_side {
	const struct topology_lab *lab;
	const struct topology_link *link; /* NULL: it is not there */
};

static const char *end_node(const struct link_side *side, size_t end)
{
	return side->lab->nodes[side->link->ends[end].node].name;
}

/* The end that `end` of `side` is on the other side; NULL when it is not there. */
static const struct topology_end *counterpart(const struct link_side *side, size_t end, const struct link_side *other)
{
	const char *node = end_node(side, end);
	size_t skip = 0;

	for (size_t i = 0; i < end; i++)
		skip += text_equal(end_node(side, i), node);
	for (size_t i = 0; other->link && i < other->link->end_count; i++)
		if (text_equal(end_node(other, i), node) && skip-- == 0)
			return &other->link->ends[i];
	return NULL;
}

/* Adds the ends of one side: all of those after, and of those before what is no longer there. */
static void ends_add(struct topology_lab *out, struct topology_link *link, const struct link_side *side,
		     const struct link_side *other, enum topology_change alone)
{
	for (size_t i = 0; side->link && i < side->link->end_count; i++) {
		const struct topology_end *found = counterpart(side, i, other);
		struct topology_end *end;

		if (found && alone == TOPOLOGY_REMOVED)
			continue;
		end = &link->ends[link->end_count++];
		*end = side->link->ends[i];
		end->node = node_place(out, end_node(side, i));
		end->change = found ? TOPOLOGY_SAME : alone;
		if (found && !topology_end_equal(end, found)) {
			end->change = TOPOLOGY_CHANGED;
			end->was = found;
		}
	}
}

static bool ends_changed(const struct topology_link *link)
{
	for (size_t i = 0; i < link->end_count; i++)
		if (link->ends[i].change != TOPOLOGY_SAME)
			return true;
	return false;
}

static void link_diff(struct arena *arena, struct topology_lab *out, const struct link_side *before,
		      const struct link_side *after)
{
	struct topology_link *link = &out->links[out->link_count++];
	size_t most = (before->link ? before->link->end_count : 0) + (after->link ? after->link->end_count : 0);

	*link = after->link ? *after->link : *before->link;
	link->ends = arena_new(arena, most * sizeof(*link->ends));
	link->end_count = 0;
	ends_add(out, link, after, before, TOPOLOGY_ADDED);
	ends_add(out, link, before, after, TOPOLOGY_REMOVED);
	if (before->link == NULL || after->link == NULL) {
		link->change = before->link ? TOPOLOGY_REMOVED : TOPOLOGY_ADDED;
	} else if (ends_changed(link) || !topology_link_equal(before->link, after->link)) {
		link->change = TOPOLOGY_CHANGED;
		link->was = before->link;
	}
}

static void links_diff(struct arena *arena, struct topology_lab *out, const struct topology_lab *before,
		       const struct topology_lab *after)
{
	size_t i = 0, j = 0;

	out->links = arena_new(arena, (before->link_count + after->link_count) * sizeof(*out->links));
	while (i < before->link_count || j < after->link_count) {
		bool old_over = i == before->link_count, new_over = j == after->link_count;
		struct pairing pairing =
			pairing_next(&i, &j,
				     next_order(old_over, new_over, old_over ? NULL : before->links[i].name,
						new_over ? NULL : after->links[j].name));
		struct link_side old_side = { before, NULL }, new_side = { after, NULL };

		if (pairing.change != TOPOLOGY_ADDED)
			old_side.link = &before->links[pairing.before];
		if (pairing.change != TOPOLOGY_REMOVED)
			new_side.link = &after->links[pairing.after];
		link_diff(arena, out, &old_side, &new_side);
	}
}

static enum topology_change lab_change(const struct topology_lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++)
		if (lab->nodes[i].change != TOPOLOGY_SAME)
			return TOPOLOGY_CHANGED;
	for (size_t i = 0; i < lab->link_count; i++)
		if (lab->links[i].change != TOPOLOGY_SAME)
			return TOPOLOGY_CHANGED;
	return TOPOLOGY_SAME;
}

/* `change` is of the lab as a whole; one that is not there is an empty one. */
static void lab_diff(struct topology *topology, const struct topology_lab *before, const struct topology_lab *after,
		     enum topology_change change)
{
	static const struct topology_lab nothing = { .name = NULL };
	const struct topology_lab *named = after ? after : before;
	struct topology_lab *out = &topology->labs[topology->count++];

	*out = (struct topology_lab){ .namespace_name = named->namespace_name, .name = named->name };
	nodes_diff(&topology->arena, out, before ? before : &nothing, after ? after : &nothing);
	links_diff(&topology->arena, out, before ? before : &nothing, after ? after : &nothing);
	out->change = change == TOPOLOGY_SAME ? lab_change(out) : change;
}

void topology_diff(struct topology *topology, const struct topology *before, const struct topology *after)
{
	size_t i = 0, j = 0;

	*topology = (struct topology)TOPOLOGY_INIT;
	topology->compared = true;
	topology->complete = before->complete && after->complete;
	topology->labs = arena_new(&topology->arena, (before->count + after->count) * sizeof(*topology->labs));
	while (i < before->count || j < after->count) {
		const struct topology_lab *old = i < before->count ? &before->labs[i] : NULL;
		const struct topology_lab *new = j < after->count ? &after->labs[j] : NULL;
		int order = old && new
				    ? lab_name_compare(old->namespace_name, old->name, new->namespace_name, new->name)
			    : old ? -1
				  : 1;
		struct pairing pairing = pairing_next(&i, &j, order);

		if (pairing.change == TOPOLOGY_SAME)
			lab_diff(topology, old, new, TOPOLOGY_SAME);
		else if (pairing.change == TOPOLOGY_REMOVED && is_absent(after, old))
			lab_diff(topology, old, NULL, TOPOLOGY_REMOVED);
		else if (pairing.change == TOPOLOGY_ADDED)
			lab_diff(topology, is_absent(before, new) ? NULL : new, new,
				 is_absent(before, new) ? TOPOLOGY_ADDED : TOPOLOGY_SAME);
	}
}
