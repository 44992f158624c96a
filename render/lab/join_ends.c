#include "render/lab/join_ends.h"

#include "base/text.h"
#include "render/objects/drivers/attachment.h"

enum { WISHES_OF_AN_END = 4 };

struct wishes {
	struct lab_join_wish *items;
	size_t count;
};

static void wish_add(const struct reader *reader, enum join_wish_kind kind, const struct connector *connector,
		     size_t line, size_t column, struct wishes *wishes)
{
	wishes->items[wishes->count++] = (struct lab_join_wish){
		.kind = kind,
		.node = connector->node,
		.vlan = connector->interface.vlan,
		.place = { reader->path, line, column },
	};
}

static bool is_second(const struct connector *first, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (text_equal(first[i].node, first[at].node))
			return true;
	return false;
}

static void end_note(struct reader *reader, const struct node_list *nodes, const struct connector *first, size_t at,
		     struct wishes *wishes)
{
	const struct connector *connector = &first[at];
	const struct node_draft *draft = connector->node ? nodes_find(nodes, connector->node) : NULL;
	const struct yaml_pair *vlan = connector->vlan, *routes = connector->routes, *mac = connector->mac_text;

	if (vlan)
		wish_add(reader, JOIN_WISH_VLAN, connector, vlan->line, vlan->column, wishes);
	if (connector->node && is_second(first, at))
		wish_add(reader, JOIN_WISH_SECOND_END, connector, connector->interface.line,
			 connector->interface.column, wishes);
	if (draft == NULL || !draft->typed || draft->type != NODE_POD)
		return;
	if (routes && routes->value->count)
		wish_add(reader, JOIN_WISH_ROUTES, connector, routes->line, routes->column, wishes);
	if (mac)
		wish_add(reader, JOIN_WISH_MAC, connector, mac->line, mac->column, wishes);
}

static void link_note(struct reader *reader, const struct node_list *nodes, struct lab_link *link,
		      const struct connector *first, size_t count)
{
	struct lab_join *join = arena_new(reader->arena, sizeof(*join));
	struct wishes wishes = {
		.items = arena_new(reader->arena, (count * WISHES_OF_AN_END + 1) * sizeof(*wishes.items)),
	};

	*join = *link->join;
	for (size_t i = 0; i < count; i++)
		end_note(reader, nodes, first, i, &wishes);
	join->wishes = wishes.items;
	join->wish_count = wishes.count;
	link->join = join;
}

static void same_refuse(struct reader *reader, const struct link_list *links, size_t at)
{
	const struct lab_join *join = links->links[at].join;

	for (size_t i = 0; i < at; i++) {
		const struct lab_join *other = links->links[i].join;

		if (other == NULL || !text_equal(other->lab, join->lab) || !text_equal(other->link, join->link))
			continue;
		reader_error_at(
			reader, &join->place,
			"link \"%s\" joins \"%s/%s\", as link \"%s\" does at %s:%zu:%zu; put the ends on one of them",
			links->links[at].name, join->lab, join->link, links->links[i].name, other->place.path,
			other->place.line, other->place.column);
		return;
	}
}

void join_ends_note(struct reader *reader, const struct node_list *nodes, const struct link_list *links)
{
	for (size_t i = 0, first = 0, end = 0; i < links->link_count; i++, first = end) {
		struct lab_link *link = &links->links[i];

		while (end < links->connector_count && links->connectors[end].interface.link == link)
			end++;
		if (link->join == NULL)
			continue;
		same_refuse(reader, links, i);
		link_note(reader, nodes, link, &links->connectors[first], end - first);
	}
}

static bool has_vlan(const struct lab_link *link, int64_t vlan)
{
	for (size_t i = 0; i < link->vlan_count; i++)
		if (link->vlans[i] == vlan)
			return true;
	return vlan == link->vlan;
}

static void vlan_note(struct arena *arena, const struct lab_node *node, const struct lab_interface *interface,
		      struct lab_link *link)
{
	int64_t *vlans;

	link->has_vlans |= interface->vlan != 0;
	/* One with addresses of its own has an attachment of its own, which no other end can use. */
	if (interface->vlan == 0 || has_vlan(link, interface->vlan) || attachment_takes_addresses(node, interface))
		return;
	vlans = arena_new(arena, (link->vlan_count + 1) * sizeof(*vlans));
	for (size_t i = 0; i < link->vlan_count; i++)
		vlans[i] = link->vlans[i];
	vlans[link->vlan_count++] = interface->vlan;
	link->vlans = vlans;
}

void link_vlans_note(struct arena *arena, struct lab *lab)
{
	for (size_t i = 0; i < lab->link_count; i++)
		lab->links[i].has_vlans = lab->links[i].vlan != 0;
	for (size_t i = 0; i < lab->node_count; i++)
		for (size_t j = 0; j < lab->nodes[i].interface_count; j++) {
			const struct lab_interface *interface = &lab->nodes[i].interfaces[j];

			if (interface->link->join == NULL)
				vlan_note(arena, &lab->nodes[i], interface,
					  &lab->links[interface->link - lab->links]);
		}
}
