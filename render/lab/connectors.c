#include "render/lab/connectors.h"

#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/text.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

struct connector_fields {
	const struct yaml_pair *node, *port, *mac, *addresses, *routes;
};

/* Spelling only; whether an address is one is the reader's. */
#define IPV4_PATTERN "[0-9]{1,3}(\\.[0-9]{1,3}){3}"
#define IPV6_PATTERN "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"
#define PREFIX_PATTERN "(" IPV4_PATTERN "/[0-9]{1,2}|" IPV6_PATTERN "/[0-9]{1,3})"
#define DEFAULT_PATTERN "[Dd][Ee][Ff][Aa][Uu][Ll][Tt]"
#define BLANKS_PATTERN "[ \t]"
#define ROUTE_PATTERN                                                                                                \
	BLANKS_PATTERN "*(" DEFAULT_PATTERN "|" PREFIX_PATTERN ")" BLANKS_PATTERN "+[Vv][Ii][Aa]" BLANKS_PATTERN     \
		       "+(" IPV4_PATTERN "|" IPV6_PATTERN ")" BLANKS_PATTERN "*"
#define MAC_PATTERN "[0-9A-Fa-f][02468ACEace]((:[0-9A-Fa-f]{2}){5}|(-[0-9A-Fa-f]{2}){5})"

static const struct value_type address_type = {
	.name = "address/length",
	.shape = VALUE_TEXT,
	.pattern = "^" PREFIX_PATTERN "$",
};
static const struct value_type route_type = { .name = "route",
					      .shape = VALUE_TEXT,
					      .pattern = "^" ROUTE_PATTERN "$" };
static const struct value_type mac_type = {
	.name = "MAC address",
	.shape = VALUE_TEXT,
	.pattern = "^" MAC_PATTERN "$",
};
static const struct value_type addresses_type = {
	.shape = VALUE_LIST,
	.items = &address_type,
	.items_max = INTERFACE_ADDRESSES_MAX,
};
static const struct value_type routes_type = {
	.shape = VALUE_LIST,
	.items = &route_type,
	.items_max = INTERFACE_ROUTES_MAX,
};

static const struct field connector_fields[] = {
	{ "addrs", value_sequence_pair, offsetof(struct connector_fields, addresses), &addresses_type,
	  "Addresses of the interface, each with its prefix length, like 192.168.10.100/24 or 2001:db8::1/64.",
	  .fallback = NULL },
	{ "mac", value_string_pair, offsetof(struct connector_fields, mac), &mac_type,
	  "The interface's MAC address: six bytes in hex, not multicast. Without it, one is made from the names of "
	  "lab, "
	  "node and link, always the same. It has no effect on a pod.",
	  .fallback = NULL },
	{ "node", value_string_pair, offsetof(struct connector_fields, node), &name_type,
	  "The node that is connected. One whose name begins with vm- or pod- need not be listed under nodes.",
	  .presence = FIELD_REQUIRED },
	{ "port", value_string_pair, offsetof(struct connector_fields, port), &text_type,
	  "The interface's name in a pod: at most 15 characters, and neither eth0 nor lo. It has no effect on a vm.",
	  .fallback = NULL },
	{ "routes", value_sequence_pair, offsetof(struct connector_fields, routes), &routes_type,
	  "Routes of the node, each written \"PREFIX via NEXT-HOP\", where PREFIX may be \"default\". A pod needs "
	  "addrs "
	  "beside them.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type connector_type = { .name = "Connector", .shape = VALUE_OBJECT, .fields = connector_fields };

static bool address_read(struct reader *reader, const struct yaml_node *item, struct ip_prefix *prefix)
{
	struct ip_address address;

	if (item->kind != YAML_STRING) {
		reader_refuse(reader, item, "an address must be a string like 192.168.10.100/24, not %s",
			      yaml_kind_name(item->kind));
		return false;
	}
	if (ip_address_parse(item->text, &address)) {
		reader_refuse(reader, item, "address \"%s\" has no prefix length; write e.g. %s/%d", item->text,
			      item->text, address.family == AF_INET ? 24 : 64);
		return false;
	}
	if (!ip_prefix_parse(item->text, prefix)) {
		reader_refuse(reader, item, "%s is no address with prefix length; write it like 192.168.10.100/24",
			      reader_quote(reader, item->text));
		return false;
	}
	if (!ip_address_is_unicast(&prefix->address)) {
		reader_refuse(reader, item, "address \"%s\" is not unicast; an interface cannot have it", item->text);
		return false;
	}
	return true;
}

/* False when there are more than `most`; says so. */
static bool count_fits(struct reader *reader, const struct yaml_pair *pair, size_t most)
{
	if (pair->value->count <= most)
		return true;
	reader_refuse(reader, pair->value, "%s has %zu entries; at most %zu are taken", pair->key, pair->value->count,
		      most);
	return false;
}

static void addresses_read(struct reader *reader, const struct yaml_pair *pair, struct connector *connector)
{
	size_t room = pair->value->count + 1;

	if (!count_fits(reader, pair, INTERFACE_ADDRESSES_MAX))
		return;
	connector->prefixes = arena_new(reader->arena, room * sizeof(*connector->prefixes));
	connector->prefix_places = arena_new(reader->arena, room * sizeof(*connector->prefix_places));
	connector->interface.addresses = arena_new(reader->arena, room * sizeof(*connector->interface.addresses));
	for (size_t i = 0; i < pair->value->count; i++) {
		const struct yaml_node *item = pair->value->items[i];
		size_t at = connector->interface.address_count;

		if (!address_read(reader, item, &connector->prefixes[at]))
			continue;
		connector->prefix_places[at] = item;
		connector->interface.addresses[at] = item->text;
		connector->interface.address_count++;
	}
}

/* The words of "<prefix> via <nexthop>"; false when there are not three such. */
static bool route_split(struct arena *arena, const char *text, const char *words[3])
{
	static const char blanks[] = " \t";

	for (size_t i = 0; i < 3; i++) {
		size_t length;

		text += strspn(text, blanks);
		length = strcspn(text, blanks);
		if (length == 0)
			return false;
		words[i] = arena_copy(arena, text, length);
		text += length;
	}
	return text[strspn(text, blanks)] == '\0' && strcasecmp(words[1], "via") == 0;
}

/* Where a route leads; "default" is of the next hop's family. */
static bool destination_parse(const char *text, int family, struct ip_prefix *prefix)
{
	if (strcasecmp(text, "default") == 0) {
		*prefix = (struct ip_prefix){ .address = { .family = family } };
		return true;
	}
	return ip_prefix_parse(text, prefix);
}

static bool is_on_link(const struct connector *connector, const struct ip_address *next_hop)
{
	if (ip_address_is_link_local(next_hop))
		return true;
	for (size_t i = 0; i < connector->interface.address_count; i++)
		if (ip_prefix_contains(&connector->prefixes[i], next_hop))
			return true;
	return false;
}

/* Checks destination and next hop, and gives the route its final spelling. */
static bool route_settle(struct reader *reader, const struct yaml_node *item, const char *const words[3],
			 const struct connector *connector, struct lab_route *route)
{
	struct ip_address next_hop;
	struct ip_prefix to;
	char text[IP_PREFIX_TEXT_SIZE];

	if (!ip_address_parse(words[2], &next_hop) || !ip_address_is_unicast(&next_hop))
		return reader_refuse(reader, item, "next hop %s of the route is no unicast address",
				     reader_quote(reader, words[2]));
	if (!destination_parse(words[0], next_hop.family, &to))
		return reader_refuse(reader, item,
				     "route leads to %s, which is no prefix; write it like 192.168.30.0/24",
				     reader_quote(reader, words[0]));
	if (to.address.family != next_hop.family)
		return reader_refuse(reader, item, "route %s mixes IPv4 and IPv6; use a next hop of the same family",
				     reader_quote(reader, item->text));
	if (ip_prefix_mask(&to))
		reader_warn(reader, item->line, item->column, "route to \"%s\" is taken as %s", words[0],
			    ip_prefix_write(&to, text));
	if (!is_on_link(connector, &next_hop))
		reader_warn(reader, item->line, item->column,
			    "next hop %s is in the prefix of none of this interface's addrs", words[2]);
	ip_prefix_write(&to, text);
	*route = (struct lab_route){ .to = arena_copy(reader->arena, text, strlen(text)), .via = words[2] };
	return true;
}

static bool route_read(struct reader *reader, const struct yaml_node *item, const struct connector *connector,
		       struct lab_route *route)
{
	const char *words[3];

	if (item->kind != YAML_STRING) {
		reader_refuse(reader, item,
			      "a route must be a string like \"192.168.30.0/24 via 192.168.10.200\", "
			      "not %s",
			      yaml_kind_name(item->kind));
		return false;
	}
	if (!route_split(reader->arena, item->text, words)) {
		reader_refuse(reader, item, "route %s must be \"<prefix> via <next hop>\"",
			      reader_quote(reader, item->text));
		return false;
	}
	return route_settle(reader, item, words, connector, route);
}

static void routes_read(struct reader *reader, const struct yaml_pair *pair, struct connector *connector)
{
	struct lab_interface *interface = &connector->interface;

	if (!count_fits(reader, pair, INTERFACE_ROUTES_MAX))
		return;
	interface->routes = arena_new(reader->arena, (pair->value->count + 1) * sizeof(*interface->routes));
	for (size_t i = 0; i < pair->value->count; i++)
		if (route_read(reader, pair->value->items[i], connector, &interface->routes[interface->route_count]))
			interface->route_count++;
}

static void mac_read(struct reader *reader, const struct yaml_pair *pair, struct connector *connector)
{
	/* KubeVirt reserves 02:00:00:00:00:00. */
	static const uint8_t none[MAC_ADDRESS_SIZE] = { 0 }, reserved[MAC_ADDRESS_SIZE] = { 2 };
	const char *quoted = reader_quote(reader, pair->value->text);

	if (!mac_parse(pair->value->text, connector->mac))
		reader_refuse(reader, pair->value, "mac %s is not six bytes in hex; write it like 32:20:22:99:99:01",
			      quoted);
	else if (connector->mac[0] & 1)
		reader_refuse(reader, pair->value, "mac %s is a multicast address; make its first byte even", quoted);
	else if (memcmp(connector->mac, none, sizeof(none)) == 0 ||
		 memcmp(connector->mac, reserved, sizeof(reserved)) == 0)
		reader_refuse(reader, pair->value, "mac %s is reserved; choose another", quoted);
	else
		connector->mac_text = pair;
}

void connector_read(struct reader *reader, const struct yaml_node *item, const struct lab_link *link, size_t position,
		    struct connector *connector)
{
	struct connector_fields fields = { .node = NULL };
	size_t before = reader->errors;

	fields_read(reader, item, "connector", connector_fields, &fields);
	*connector = (struct connector){ .interface = { .link = link, .line = item->line, .column = item->column },
					 .position = position,
					 .port = fields.port,
					 .addresses = fields.addresses,
					 .routes = fields.routes };
	if (fields.node == NULL && reader->errors == before)
		reader_refuse(reader, item, "connector %zu of link \"%s\" names no node; add \"node: ...\"",
			      position + 1, link->name);
	if (fields.node && name_check(reader, "node", fields.node->value->text, fields.node->value->line,
				      fields.node->value->column))
		connector->node = fields.node->value->text;
	if (fields.mac)
		mac_read(reader, fields.mac, connector);
	if (fields.addresses)
		addresses_read(reader, fields.addresses, connector);
	if (fields.routes)
		routes_read(reader, fields.routes, connector);
}
