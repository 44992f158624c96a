/* Labs that meet on a network which is there without them. Within a lab, equal
 * addresses are errors already. */
#include <string.h>

#include "base/memory.h"
#include "render/lab/address.h"
#include "render/lint/rules.h"

/* An address or MAC of one end, on a network that other links can be on too. */
struct foothold {
	const char *network; /* "network d/shared" or "VLAN 10 of bridge br1" */
	const char *what; /* "address" or "mac" */
	struct ip_address address;
	const char *text; /* as it is shown */
	const struct lab *lab;
	const struct lab_node *node;
	const struct lab_interface *interface;
};

struct footholds {
	struct foothold *items;
	size_t count, capacity;
};

/* NULL: the link is a network of its own. In the arena. */
static const char *shared_network(struct arena *arena, const struct lab *lab, const struct lab_interface *interface)
{
	const struct lab_link *link = interface->link;

	if (link->driver == LINK_EXISTING && link->network)
		return strchr(link->network, '/')
			       ? arena_format(arena, "network %s", link->network)
			       : arena_format(arena, "network %s/%s", lab->namespace_name, link->network);
	if (link->driver == LINK_OVS && link->bridge)
		return arena_format(arena, "VLAN %lld of bridge %s", (long long)interface->vlan, link->bridge);
	return NULL;
}

static void foothold_add(struct footholds *all, const struct foothold *foothold)
{
	memory_grow(&all->items, all->count, &all->capacity, sizeof(*all->items));
	all->items[all->count++] = *foothold;
}

static void interface_collect(struct lint *lint, const struct lab *lab, const struct lab_node *node,
			      const struct lab_interface *interface, struct footholds *all)
{
	struct foothold foothold = { .lab = lab, .node = node, .interface = interface };

	foothold.network = shared_network(&lint->arena, lab, interface);
	if (foothold.network == NULL)
		return;
	foothold.what = "mac";
	foothold.text = interface->mac;
	if (interface->mac && node->type != NODE_SRL)
		foothold_add(all, &foothold);
	foothold.what = "address";
	for (size_t i = 0; i < interface->address_count; i++) {
		struct ip_prefix prefix;

		if (!ip_prefix_parse(interface->addresses[i], &prefix))
			continue;
		foothold.address = prefix.address;
		foothold.text = interface->addresses[i];
		foothold_add(all, &foothold);
	}
}

static int foothold_compare_identity(const struct foothold *a, const struct foothold *b)
{
	int order = strcmp(a->network, b->network);

	if (order == 0)
		order = strcmp(a->what, b->what);
	if (order)
		return order;
	return a->address.family ? ip_address_compare(&a->address, &b->address) : strcmp(a->text, b->text);
}

static int foothold_compare(const void *left, const void *right)
{
	const struct foothold *a = left, *b = right;
	int order = foothold_compare_identity(a, b);

	if (order == 0)
		order = strcmp(a->lab->path, b->lab->path);
	if (order == 0)
		order = (a->interface->line > b->interface->line) - (a->interface->line < b->interface->line);
	if (order == 0)
		order = strcmp(a->lab->name, b->lab->name);
	return order ? order : strcmp(a->lab->namespace_name, b->lab->namespace_name);
}

static void foothold_tell(struct lint *lint, const struct foothold *first, const struct foothold *second)
{
	struct place here = lint_interface_place(second->lab, second->interface);
	struct place there = lint_interface_place(first->lab, first->interface);

	lint_tell(lint, &here,
		  "%s %s is also that of node \"%s\" of lab \"%s\" at %s:%zu:%zu, and both are on %s; change one",
		  second->what, second->text, first->node->name, first->lab->name, there.path, there.line,
		  there.column, first->network);
}

void lint_shared_address(struct lint *lint, const struct lab_set *set)
{
	struct footholds all = { .items = NULL };

	for (size_t i = 0; i < set->count; i++) {
		const struct lab *lab = set->labs[i];

		for (size_t j = 0; lab->valid && j < lab->node_count; j++)
			for (size_t k = 0; k < lab->nodes[j].interface_count; k++)
				interface_collect(lint, lab, &lab->nodes[j], &lab->nodes[j].interfaces[k], &all);
	}
	if (all.count)
		qsort(all.items, all.count, sizeof(*all.items), foothold_compare);
	for (size_t i = 1; i < all.count; i++)
		if (foothold_compare_identity(&all.items[i - 1], &all.items[i]) == 0)
			foothold_tell(lint, &all.items[i - 1], &all.items[i]);
	free(all.items);
}
