/* Labs that meet on a network which is there without them. Within a lab, equal
 * addresses are errors already. */
#include <string.h>

#include "base/memory.h"
#include "render/lab/address.h"
#include "render/lab/vm_interfaces.h"
#include "render/lint/rules.h"

/* An address or MAC of one end, on a network that other labs can be on too. */
struct foothold {
	const char *network; /* "network d/shared" or "VLAN 10 of bridge br1" */
	const char *what; /* "address" or "mac" */
	struct ip_address address;
	const char *text; /* as it is shown */
	const struct lab *lab;
	const struct lab_node *node;
	struct place place;
};

struct footholds {
	struct foothold *items;
	size_t count, capacity;
};

/* A NetworkAttachmentDefinition, "name" or "namespace/name". In the arena. */
static const char *attached_network(struct arena *arena, const struct lab *lab, const char *network)
{
	return strchr(network, '/') ? arena_format(arena, "network %s", network)
				    : arena_format(arena, "network %s/%s", lab->namespace_name, network);
}

/* A link that ends of other labs can be on too, by join. */
static const char *joinable_network(struct arena *arena, const struct lab *lab, const struct lab_interface *interface)
{
	const struct lab_join *join = interface->link->join;
	const char *link = arena_format(arena, "link %s/%s of namespace %s", join ? join->lab : lab->name,
					join ? join->link : interface->link->name, lab->namespace_name);

	return interface->vlan ? arena_format(arena, "VLAN %lld of %s", (long long)interface->vlan, link) : link;
}

/* What tells the network from all others. In the arena. */
static const char *shared_network(struct arena *arena, const struct lab *lab, const struct lab_interface *interface)
{
	const struct lab_link *link = interface->link;

	if (link->driver == LINK_EXISTING && link->network)
		return attached_network(arena, lab, link->network);
	if (link->driver == LINK_OVS && link->bridge)
		return arena_format(arena, "VLAN %lld of bridge %s", (long long)interface->vlan, link->bridge);
	return joinable_network(arena, lab, interface);
}

static void foothold_add(struct footholds *all, const struct foothold *foothold)
{
	memory_grow(&all->items, all->count, &all->capacity, sizeof(*all->items));
	all->items[all->count++] = *foothold;
}

static void interface_collect(struct lint *lint, const struct lab *lab, const struct lab_node *node,
			      const struct lab_interface *interface, struct footholds *all)
{
	struct foothold foothold = { .lab = lab, .node = node, .place = lint_interface_place(lab, interface) };

	foothold.network = shared_network(&lint->arena, lab, interface);
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

/* `interfaces` of a VM, whose addresses labsync does not know. Behind the pod's address, a MAC is the pod's own matter. */
static void nics_collect(struct lint *lint, const struct lab *lab, const struct lab_node *node, struct footholds *all)
{
	const struct value_list *nics = node->vm ? node->vm->interfaces : NULL;

	for (size_t i = 0; nics && i < nics->count; i++) {
		const struct lab_nic *nic = nics->items[i];

		if (nic->mac && !nic_is_on_pod_network(nic))
			foothold_add(all, &(struct foothold){
						  .network = attached_network(&lint->arena, lab, nic->network),
						  .what = "mac",
						  .text = nic->mac,
						  .lab = lab,
						  .node = node,
						  .place = *nic_place(nic, offsetof(struct lab_nic, mac)),
					  });
	}
}

static void node_collect(struct lint *lint, const struct lab *lab, const struct lab_node *node, struct footholds *all)
{
	for (size_t i = 0; i < node->interface_count; i++)
		interface_collect(lint, lab, node, &node->interfaces[i], all);
	nics_collect(lint, lab, node, all);
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
		order = place_order(&a->place, &b->place);
	if (order == 0)
		order = strcmp(a->lab->name, b->lab->name);
	return order ? order : strcmp(a->lab->namespace_name, b->lab->namespace_name);
}

static void foothold_tell(struct lint *lint, const struct foothold *first, const struct foothold *second)
{
	lint_tell(lint, &second->place,
		  "%s %s is also that of node \"%s\" of lab \"%s\" at %s:%zu:%zu, and both are on %s; change one",
		  second->what, second->text, first->node->name, first->lab->name, first->place.path,
		  first->place.line, first->place.column, first->network);
}

void lint_shared_address(struct lint *lint, const struct lab_set *set)
{
	struct footholds all = { .items = NULL };

	for (size_t i = 0; i < set->count; i++) {
		const struct lab *lab = set->labs[i];

		for (size_t j = 0; lab->valid && j < lab->node_count; j++)
			node_collect(lint, lab, &lab->nodes[j], &all);
	}
	if (all.count)
		qsort(all.items, all.count, sizeof(*all.items), foothold_compare);
	for (size_t i = 1; i < all.count; i++)
		if (foothold_compare_identity(&all.items[i - 1], &all.items[i]) == 0)
			foothold_tell(lint, &all.items[i - 1], &all.items[i]);
	free(all.items);
}
