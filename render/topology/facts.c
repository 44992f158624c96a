#include "render/topology/facts.h"

#include <inttypes.h>

#include "base/text.h"

enum { FACTS_BESIDE_ADDRESSES = 3 /* two gateways and the VLAN */, NODE_FACTS = 2, LINK_FACTS = 2 };

static struct facts facts_new(struct arena *arena, size_t most)
{
	return (struct facts){ .items = arena_new(arena, most * sizeof(struct fact)) };
}

static void fact_add(struct facts *facts, const char *text)
{
	facts->items[facts->count++] = (struct fact){ .text = text };
}

static struct facts node_facts(struct arena *arena, const struct topology_node *node, bool with_image)
{
	struct facts facts = facts_new(arena, NODE_FACTS);

	fact_add(&facts, topology_node_type_name(node->type));
	if (with_image && node->image)
		fact_add(&facts, node->image);
	return facts;
}

static struct facts link_facts(struct arena *arena, const struct topology_link *link)
{
	struct facts facts = facts_new(arena, LINK_FACTS);
	const char *driver = topology_driver_name(link->driver);

	if (link->driver != LINK_BRIDGE || link->joined)
		fact_add(&facts, link->detail ? arena_format(arena, "%s %s", driver, link->detail) : driver);
	if (link->mtu)
		fact_add(&facts, arena_format(arena, "MTU %" PRId64, link->mtu));
	return facts;
}

static struct facts end_facts(struct arena *arena, const struct topology_end *end)
{
	struct facts facts = facts_new(arena, end->address_count + FACTS_BESIDE_ADDRESSES);

	for (size_t i = 0; i < end->address_count; i++)
		fact_add(&facts, end->addresses[i]);
	for (size_t i = 0; i < 2; i++)
		if (end->gateway[i])
			fact_add(&facts, arena_format(arena, "via %s", end->gateway[i]));
	if (end->vlan)
		fact_add(&facts, arena_format(arena, "VLAN %" PRId64, end->vlan));
	return facts;
}

static bool is_among(const struct facts *facts, const char *text)
{
	for (size_t i = 0; i < facts->count; i++)
		if (text_equal(facts->items[i].text, text))
			return true;
	return false;
}

static void marked_add(struct arena *arena, struct facts *to, const struct facts *from, const struct facts *other,
		       enum topology_change change)
{
	for (size_t i = 0; i < from->count; i++) {
		const char *text = from->items[i].text;

		if (!is_among(other, text))
			to->items[to->count++] =
				(struct fact){ arena_format(arena, "%s%s", topology_change_mark(change), text),
					       change };
	}
}

/* What changed comes first, since only so many lines are shown. */
static struct facts facts_compare(struct arena *arena, const struct facts *before, const struct facts *after)
{
	struct facts facts = facts_new(arena, before->count + after->count);

	marked_add(arena, &facts, before, after, TOPOLOGY_REMOVED);
	marked_add(arena, &facts, after, before, TOPOLOGY_ADDED);
	for (size_t i = 0; i < after->count; i++)
		if (is_among(before, after->items[i].text))
			fact_add(&facts, after->items[i].text);
	return facts;
}

struct facts facts_of_node(struct arena *arena, const struct topology_node *node)
{
	struct facts after = node_facts(arena, node, node->was != NULL), before;

	if (node->was == NULL)
		return after;
	before = node_facts(arena, node->was, true);
	return facts_compare(arena, &before, &after);
}

struct facts facts_of_link(struct arena *arena, const struct topology_link *link)
{
	struct facts after = link_facts(arena, link), before;

	if (link->was == NULL)
		return after;
	before = link_facts(arena, link->was);
	return facts_compare(arena, &before, &after);
}

struct facts facts_of_end(struct arena *arena, const struct topology_end *end)
{
	struct facts after = end_facts(arena, end), before;

	if (end->was == NULL)
		return after;
	before = end_facts(arena, end->was);
	return facts_compare(arena, &before, &after);
}

const char *facts_interface(const struct topology_link *link, const struct topology_end *end)
{
	return text_equal(end->interface, link->name) ? NULL : end->interface;
}

bool topology_node_equal(const struct topology_node *a, const struct topology_node *b)
{
	return a->type == b->type && text_equal(a->image, b->image);
}

bool topology_link_equal(const struct topology_link *a, const struct topology_link *b)
{
	return a->driver == b->driver && a->mtu == b->mtu && text_equal(a->detail, b->detail);
}

bool topology_end_equal(const struct topology_end *a, const struct topology_end *b)
{
	if (a->address_count != b->address_count || a->vlan != b->vlan || !text_equal(a->interface, b->interface) ||
	    !text_equal(a->mac, b->mac) || !text_equal(a->gateway[0], b->gateway[0]) ||
	    !text_equal(a->gateway[1], b->gateway[1]))
		return false;
	for (size_t i = 0; i < a->address_count; i++)
		if (!text_equal(a->addresses[i], b->addresses[i]))
			return false;
	return true;
}
