#include "render/lab/link_checks.h"

#include <string.h>

#include "base/text.h"
#include "render/objects/drivers/driver.h"

/* An address on a link, to find the same one twice. */
struct link_address {
	const struct connector *connector;
	size_t index; /* among the connector's */
	size_t order; /* in which they are written */
};

static const struct ip_prefix *prefix_of(const struct link_address *address)
{
	return &address->connector->prefixes[address->index];
}

static const struct yaml_node *place_of(const struct link_address *address)
{
	return address->connector->prefix_places[address->index];
}

static const char *text_of(const struct link_address *address)
{
	return address->connector->interface.addresses[address->index];
}

/* Ends of different VLANs do not hear each other. */
static int segment_compare(const struct link_address *a, const struct link_address *b)
{
	int64_t left = a->connector->interface.vlan, right = b->connector->interface.vlan;

	if (left != right)
		return left < right ? -1 : 1;
	return ip_address_compare(&prefix_of(a)->address, &prefix_of(b)->address);
}

static int address_compare(const void *left, const void *right)
{
	const struct link_address *a = left, *b = right;
	int order = segment_compare(a, b);

	return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* An L2 segment on which two NICs have one address does not work. */
static void addresses_check(struct reader *reader, const struct lab_link *link, const struct connector *connectors,
			    size_t count)
{
	cleanup(free) struct link_address *all = NULL;
	size_t total = 0, filled = 0;

	for (size_t i = 0; i < count; i++)
		total += connectors[i].interface.address_count;
	all = memory_new_array(total, sizeof(*all));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < connectors[i].interface.address_count; j++, filled++)
			all[filled] = (struct link_address){ &connectors[i], j, filled };
	if (total)
		qsort(all, total, sizeof(*all), address_compare);
	for (size_t i = 1; i < total; i++)
		if (segment_compare(&all[i - 1], &all[i]) == 0)
			reader_refuse(reader, place_of(&all[i]),
				      "address \"%s\" is on link \"%s\" twice, also at %s:%zu:%zu; change one",
				      text_of(&all[i]), link->name, reader->path, place_of(&all[i - 1])->line,
				      place_of(&all[i - 1])->column);
}

/* The first of both's prefixes that overlap; false when none do. */
static bool overlap_find(const struct connector *a, const struct connector *b, size_t *first, size_t *second)
{
	for (*first = 0; *first < a->interface.address_count; ++*first)
		for (*second = 0; *second < b->interface.address_count; ++*second)
			if (ip_prefix_overlaps(&a->prefixes[*first], &b->prefixes[*second]) &&
			    ip_address_compare(&a->prefixes[*first].address, &b->prefixes[*second].address) != 0)
				return true;
	return false;
}

/* Two ends of one node. */
static void pair_check(struct reader *reader, const struct connector *first, const struct connector *second)
{
	const struct lab_link *link = second->interface.link;
	const char *why_not = driver_of(link)->no_second_end;
	size_t a, b;

	if (why_not)
		reader_error(reader, second->interface.line, second->interface.column,
			     "node \"%s\" is on link \"%s\" twice, also at %s:%zu:%zu: %s", second->node, link->name,
			     reader->path, first->interface.line, first->interface.column, why_not);
	else if (first->interface.vlan == second->interface.vlan && overlap_find(first, second, &a, &b))
		reader_warn(reader, second->prefix_places[b]->line, second->prefix_places[b]->column,
			    "node \"%s\" has %s on link \"%s\" beside %s at %s:%zu:%zu, in the same prefix; it will "
			    "answer for either on both interfaces",
			    second->node, second->interface.addresses[b], link->name, first->interface.addresses[a],
			    reader->path, first->prefix_places[a]->line, first->prefix_places[a]->column);
}

static int connector_compare(const void *left, const void *right)
{
	const struct connector *a = *(const struct connector *const *)left,
			       *b = *(const struct connector *const *)right;
	int order = strcmp(a->node, b->node);

	return order ? order : (a->position > b->position) - (a->position < b->position);
}

static void nodes_check(struct reader *reader, const struct connector *connectors, size_t count)
{
	cleanup(free) const struct connector **sorted = memory_new_array(count, sizeof(*sorted));
	size_t filled = 0;

	for (size_t i = 0; i < count; i++)
		if (connectors[i].node)
			sorted[filled++] = &connectors[i];
	if (filled)
		qsort(sorted, filled, sizeof(*sorted), connector_compare);
	for (size_t i = 1; i < filled; i++)
		if (text_equal(sorted[i - 1]->node, sorted[i]->node))
			pair_check(reader, sorted[i - 1], sorted[i]);
}

/* What makes two ends of an Open vSwitch bridge one segment. */
struct bridge_port {
	const char *bridge;
	int64_t vlan;
	const struct connector *connector;
	size_t order;
};

static int port_compare_segment(const struct bridge_port *a, const struct bridge_port *b)
{
	int order = strcmp(a->bridge, b->bridge);

	return order ? order : (a->vlan > b->vlan) - (a->vlan < b->vlan);
}

static int port_compare(const void *left, const void *right)
{
	const struct bridge_port *a = left, *b = right;
	int order = port_compare_segment(a, b);

	return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* What a person should look at: the end when it has a VLAN of its own, or else its link. */
static void port_place(const struct reader *reader, const struct bridge_port *port, struct place *place)
{
	const struct connector *connector = port->connector;
	const struct lab_link *link = connector->interface.link;

	*place = (struct place){ reader->path, link->line, link->column };
	if (connector->vlan)
		*place = (struct place){ reader->path, connector->vlan->line, connector->vlan->column };
}

static void segment_refuse(struct reader *reader, const struct bridge_port *first, const struct bridge_port *second)
{
	const struct lab_link *link = second->connector->interface.link;
	struct place here, there;

	port_place(reader, first, &there);
	port_place(reader, second, &here);
	if (second->vlan)
		reader_error_at(
			reader, &here,
			"link \"%s\" is one segment with link \"%s\" at %s:%zu:%zu, since both use VLAN %lld of "
			"bridge \"%s\"; give one another vlan, or join the links",
			link->name, first->connector->interface.link->name, there.path, there.line, there.column,
			(long long)second->vlan, second->bridge);
	else
		reader_error_at(reader, &here,
				"link \"%s\" is one segment with link \"%s\" at %s:%zu:%zu, since both use bridge "
				"\"%s\" without a vlan; give each a vlan, or join the links",
				link->name, first->connector->interface.link->name, there.path, there.line,
				there.column, second->bridge);
}

/* On one bridge and VLAN, links are no longer apart. Each pair of links is told of once. */
static void bridges_check(struct reader *reader, const struct link_list *list)
{
	cleanup(free) struct bridge_port *ports = memory_new_array(list->connector_count, sizeof(*ports));
	const struct lab_link *told = NULL;
	size_t count = 0;

	for (size_t i = 0; i < list->connector_count; i++) {
		const struct connector *connector = &list->connectors[i];

		if (connector->interface.link->driver == LINK_OVS && connector->interface.link->bridge)
			ports[count++] = (struct bridge_port){ connector->interface.link->bridge,
							       connector->interface.vlan, connector, i };
	}
	if (count)
		qsort(ports, count, sizeof(*ports), port_compare);
	for (size_t i = 1; i < count; i++) {
		const struct lab_link *link = ports[i].connector->interface.link;

		if (port_compare_segment(&ports[i - 1], &ports[i]) != 0)
			told = NULL;
		else if (link != ports[i - 1].connector->interface.link && link != told) {
			segment_refuse(reader, &ports[i - 1], &ports[i]);
			told = link;
		}
	}
}

void links_check(struct reader *reader, const struct link_list *list)
{
	for (size_t i = 0, end = 0; i < list->connector_count; i = end) {
		const struct lab_link *link = list->connectors[i].interface.link;

		while (end < list->connector_count && list->connectors[end].interface.link == link)
			end++;
		addresses_check(reader, link, &list->connectors[i], end - i);
		nodes_check(reader, &list->connectors[i], end - i);
		if (driver_of(link)->check)
			driver_of(link)->check(reader, link);
	}
	bridges_check(reader, list);
}
