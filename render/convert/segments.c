#include "render/convert/segments.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "render/convert/containers.h"
#include "render/convert/labels.h"

enum {
	PORT_LENGTH_MAX = 15, /* Linux' IFNAMSIZ without its NUL */
	ORDERED_ENDS_MAX = 256 /* of one node; it cannot have more */
};

/* The bridge that stands for all that are linked to each other. */
static struct wiring_node *bridge_root(struct wiring_node *bridge)
{
	while (bridge->joined) {
		if (bridge->joined->joined)
			bridge->joined = bridge->joined->joined; /* half the way, next time */
		bridge = bridge->joined;
	}
	return bridge;
}

static bool is_bridge(const struct wiring_end *end)
{
	return end->node->role == KIND_BRIDGE;
}

/* The first of two linked bridges in the file stands for both. */
static void bridges_join(struct wiring *wiring)
{
	for (size_t i = 0; i < wiring->link_count; i++) {
		struct wiring_link *link = &wiring->links[i];
		struct wiring_node *first, *second;

		if (!link->kept || !is_bridge(&link->ends[0]) || !is_bridge(&link->ends[1]))
			continue;
		first = bridge_root(link->ends[0].node);
		second = bridge_root(link->ends[1].node);
		if (first < second)
			second->joined = first;
		else if (second < first)
			first->joined = second;
	}
}

static void bridges_name(struct reader *reader, struct wiring *wiring, size_t most, json_t *taken)
{
	for (size_t i = 0; i < wiring->node_count; i++) {
		struct wiring_node *node = &wiring->nodes[i];

		if (node->kept && node->role == KIND_BRIDGE && node->joined == NULL)
			node->label = label_make(reader->arena, node->name, "bridge", most, taken);
	}
}

/* Numbers of one width, so that they sort as they stand in the file: a VM's NICs come up in that order. */
static const char *link_name(struct reader *reader, size_t number, size_t count, size_t most, json_t *taken)
{
	int width = snprintf(NULL, 0, "%zu", count);
	cleanup(free) char *name = string_format("link-%0*zu", width, number);

	return label_make(reader->arena, name, "link", most, taken);
}

static void links_name(struct reader *reader, struct wiring *wiring, size_t most, json_t *taken)
{
	for (size_t i = 0; i < wiring->link_count; i++) {
		struct wiring_link *link = &wiring->links[i];

		if (!link->kept)
			continue;
		if (is_bridge(&link->ends[0]))
			link->segment = bridge_root(link->ends[0].node)->label;
		else if (is_bridge(&link->ends[1]))
			link->segment = bridge_root(link->ends[1].node)->label;
		else
			link->segment = link_name(reader, i + 1, wiring->link_count, most, taken);
	}
}

/* The pod network's interface and the loopback are there already. */
static bool is_usable_port(const char *port)
{
	for (const char *c = port; *c; c++)
		if (*c <= ' ' || *c > '~' || *c == '/' || *c == ':')
			return false;
	return strlen(port) <= PORT_LENGTH_MAX && *port && !text_equal(port, "eth0") && !text_equal(port, "lo") &&
	       !text_equal(port, ".") && !text_equal(port, "..");
}

static json_t *texts_build(const struct texts *texts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < texts->count; i++)
		json_array_append_new(list, json_string(texts->items[i]));
	return list;
}

static void port_set(struct reader *reader, const struct wiring_end *end, json_t *connector)
{
	const char *port = end->interface;

	if (end->node->role == KIND_SRL)
		port = srl_port_name(reader->arena, port);
	if (port && is_usable_port(port))
		json_set_text(connector, "port", port);
	else
		loss_warn(reader, end->line, end->column,
			  "interface name %s is left out: in a lab it cannot be used, so another is given",
			  reader_quote(reader, end->interface));
}

static void addresses_lose(struct reader *reader, const struct wiring_end *end)
{
	if (end->mac || end->addresses.count)
		loss_warn(reader, end->line, end->column,
			  "the addresses of this end are left out: SR Linux has them in its own configuration");
}

static json_t *connector_build(struct reader *reader, const struct wiring_end *end)
{
	json_t *connector = json_pack("{s:s}", "node", end->node->label);

	if (end->node->role != KIND_VM)
		port_set(reader, end, connector);
	if (end->node->role == KIND_SRL) {
		addresses_lose(reader, end);
		return connector;
	}
	json_set_text(connector, "mac", end->mac);
	if (end->addresses.count)
		json_object_set_new(connector, "addrs", texts_build(&end->addresses));
	if (end->routes.count)
		json_object_set_new(connector, "routes", texts_build(&end->routes));
	return connector;
}

/* The links of a bridge are one; the first that says it holds. */
static void mtu_set(struct reader *reader, const struct wiring_link *link, json_t *segment)
{
	const json_t *given = json_object_get(segment, "mtu");

	if (link->mtu == NULL)
		return;
	if (given == NULL)
		json_object_set_new(segment, "mtu", json_integer(link->mtu->value->integer));
	else if (json_integer_value(given) != link->mtu->value->integer)
		loss_warn(reader, link->mtu->line, link->mtu->column,
			  "mtu is left out: in a lab it is of all ends, and link \"%s\" has %lld already",
			  link->segment, (long long)json_integer_value(given));
}

static void link_build(struct reader *reader, const struct wiring_link *link, json_t *links)
{
	json_t *segment = json_object_member(links, link->segment), *nodes = json_object_get(segment, "nodes");

	if (nodes == NULL) {
		nodes = json_array();
		json_object_set_new(segment, "nodes", nodes);
	}
	mtu_set(reader, link, segment);
	for (size_t i = 0; i < LINK_ENDS; i++)
		if (!is_bridge(&link->ends[i]))
			json_array_append_new(nodes, connector_build(reader, &link->ends[i]));
}

/* A bridge with one node behind it is no link. */
static void bridges_check(struct reader *reader, const struct wiring *wiring, json_t *links)
{
	for (size_t i = 0; i < wiring->node_count; i++) {
		const struct wiring_node *node = &wiring->nodes[i];
		const json_t *segment = node->label ? json_object_get(links, node->label) : NULL;

		if (node->role != KIND_BRIDGE || node->label == NULL ||
		    json_array_size(json_object_get(segment, "nodes")) >= 2)
			continue;
		loss_warn(reader, node->line, node->column,
			  "bridge %s and its links are left out: fewer than 2 nodes of the lab are linked to it",
			  reader_quote(reader, node->name));
		json_object_del(links, node->label);
	}
}

/* True when `first` comes up as a later NIC than its name says. */
static bool is_out_of_order(const struct wiring_end *first, const struct wiring_end *second)
{
	int links = strcmp(first->link->segment, second->link->segment);

	return links != 0 && (links < 0) != (strverscmp(first->interface, second->interface) < 0);
}

static bool is_ordered(const struct wiring_node *node)
{
	size_t count = 0;

	for (const struct wiring_end *end = node->ends; end && count < ORDERED_ENDS_MAX; end = end->next, count++)
		for (const struct wiring_end *other = end->next; other; other = other->next)
			if (is_out_of_order(end, other))
				return false;
	return true;
}

static void orders_check(struct reader *reader, const struct wiring *wiring)
{
	for (size_t i = 0; i < wiring->node_count; i++) {
		const struct wiring_node *node = &wiring->nodes[i];

		if (node->role == KIND_VM && node->kept && !is_ordered(node))
			loss_warn(reader, node->line, node->column,
				  "vm %s has its interfaces in another order: they come up by the names of its links",
				  reader_quote(reader, node->name));
	}
}

json_t *segments_build(struct reader *reader, struct wiring *wiring, size_t most)
{
	cleanup(json) json_t *taken = json_object();
	json_t *links = json_object();

	bridges_join(wiring);
	bridges_name(reader, wiring, most, taken);
	links_name(reader, wiring, most, taken);
	for (size_t i = 0; i < wiring->link_count; i++)
		if (wiring->links[i].kept)
			link_build(reader, &wiring->links[i], links);
	bridges_check(reader, wiring, links);
	orders_check(reader, wiring);
	return links;
}
