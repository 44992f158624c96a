/* A connector's routes, gateways and name servers. */
#include "render/lab/connector_parts.h"

#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/buffer.h"

enum { NAMED_MAX = 4 }; /* addresses that a message names */

bool connector_parse_address(struct reader *reader, const struct yaml_node *item, const char *what,
			     struct ip_address *address)
{
	struct ip_prefix prefix;

	if (item->kind != YAML_STRING)
		reader_refuse(reader, item, "%s must be an address like 192.168.10.1, not %s", what,
			      yaml_kind_name(item->kind));
	else if (ip_prefix_parse(item->text, &prefix))
		reader_refuse(reader, item, "%s \"%s\" has a prefix length; remove it", what, item->text);
	else if (!ip_address_parse(item->text, address))
		reader_refuse(reader, item, "%s %s is no address; write it like 192.168.10.1", what,
			      reader_quote(reader, item->text));
	else if (!ip_address_is_unicast(address))
		reader_refuse(reader, item, "%s \"%s\" is not unicast; use the address of one interface", what,
			      item->text);
	else
		return true;
	return false;
}

/* "10.0.0.1/24, 10.0.1.1/24, ..." of one family. */
static const char *addresses_text(struct arena *arena, const struct connector *connector, int family)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	size_t named = 0;

	for (size_t i = 0; i < connector->interface.address_count; i++) {
		if (connector->prefixes[i].address.family != family)
			continue;
		if (named == NAMED_MAX) {
			buffer_append_text(&text, ", ...");
			break;
		}
		buffer_format(&text, "%s%s", named ? ", " : "", connector->interface.addresses[i]);
		named++;
	}
	return arena_copy(arena, buffer_text(&text), text.length);
}

static bool is_own(const struct connector *connector, const struct ip_address *address)
{
	for (size_t i = 0; i < connector->interface.address_count; i++)
		if (ip_address_compare(&connector->prefixes[i].address, address) == 0)
			return true;
	return false;
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

/* Some address was refused, so that what is missing proves nothing. */
static bool addresses_are_complete(const struct connector *connector)
{
	return connector->addresses == NULL ||
	       connector->addresses->value->count == connector->interface.address_count;
}

bool connector_hop_check(struct reader *reader, const struct connector *connector, const char *what,
			 const struct connector_hop *hop)
{
	int family = hop->address.family;
	struct ip_prefix host = { .address = hop->address, .length = family == AF_INET ? 32 : 128 };
	char text[IP_PREFIX_TEXT_SIZE];

	*strchr(ip_prefix_write(&host, text), '/') = '\0';
	if (is_own(connector, &hop->address)) {
		reader_refuse(reader, hop->place,
			      "%s %s is the interface's own address; use that of another node on link \"%s\"", what,
			      text, connector->interface.link->name);
		return false;
	}
	/* Without an address of the family it depends on the node's type: see interface_checks.c. */
	if (is_on_link(connector, &hop->address) || !addresses_are_complete(connector) ||
	    !connector_has_family(connector, family))
		return true;
	reader_refuse(reader, hop->place, "%s %s is not on link \"%s\", where this interface has %s; use one that is",
		      what, text, connector->interface.link->name, addresses_text(reader->arena, connector, family));
	return false;
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

/* Checks destination and next hop, and gives the route its final spelling. */
static bool route_settle(struct reader *reader, const char *const words[3], const struct connector *connector,
			 struct connector_hop *hop, struct lab_route *route)
{
	const struct yaml_node *item = hop->place;
	struct ip_prefix to;
	char text[IP_PREFIX_TEXT_SIZE];

	if (!ip_address_parse(words[2], &hop->address) || !ip_address_is_unicast(&hop->address))
		return reader_refuse(reader, item, "next hop %s of the route is no unicast address",
				     reader_quote(reader, words[2]));
	if (!destination_parse(words[0], hop->address.family, &to))
		return reader_refuse(reader, item,
				     "route leads to %s, which is no prefix; write it like 192.168.30.0/24",
				     reader_quote(reader, words[0]));
	if (to.address.family != hop->address.family)
		return reader_refuse(reader, item, "route %s mixes IPv4 and IPv6; use a next hop of the same family",
				     reader_quote(reader, item->text));
	if (ip_prefix_mask(&to))
		reader_warn(reader, item->line, item->column, "route to \"%s\" is taken as %s", words[0],
			    ip_prefix_write(&to, text));
	if (!connector_hop_check(reader, connector, "next hop", hop))
		return false;
	hop->is_default = to.length == 0;
	ip_prefix_write(&to, text);
	*route = (struct lab_route){ .to = arena_copy(reader->arena, text, strlen(text)), .via = words[2] };
	return true;
}

/* False after it told that the route leads where one before it, or a gateway, does. */
static bool route_is_new(struct reader *reader, const struct connector *connector, const struct connector_hop *hop,
			 const struct lab_route *route)
{
	size_t gateways = connector->hop_count - connector->interface.route_count;

	for (size_t i = 0; i < connector->hop_count; i++) {
		const struct connector_hop *other = &connector->hops[i];
		bool same_default =
			hop->is_default && other->is_default && hop->address.family == other->address.family;

		if (!same_default &&
		    (i < gateways || strcmp(connector->interface.routes[i - gateways].to, route->to) != 0))
			continue;
		if (same_default)
			reader_refuse(reader, hop->place,
				      "the interface has an %s default route already, at %s:%zu:%zu; keep one",
				      ip_family_name(hop->address.family), reader->path, other->place->line,
				      other->place->column);
		else
			reader_refuse(reader, hop->place,
				      "the interface has a route to %s already, at %s:%zu:%zu; keep one", route->to,
				      reader->path, other->place->line, other->place->column);
		return false;
	}
	return true;
}

static void route_read(struct reader *reader, const struct yaml_node *item, struct connector *connector)
{
	struct lab_interface *interface = &connector->interface;
	struct connector_hop *hop = &connector->hops[connector->hop_count];
	struct lab_route *route = &interface->routes[interface->route_count];
	const char *words[3];

	*hop = (struct connector_hop){ .place = item };
	if (item->kind != YAML_STRING)
		reader_refuse(reader, item,
			      "a route must be a string like \"192.168.30.0/24 via 192.168.10.200\", not %s",
			      yaml_kind_name(item->kind));
	else if (!route_split(reader->arena, item->text, words))
		reader_refuse(reader, item, "route %s must be \"<prefix> via <next hop>\"",
			      reader_quote(reader, item->text));
	else if (route_settle(reader, words, connector, hop, route) && route_is_new(reader, connector, hop, route)) {
		interface->route_count++;
		connector->hop_count++;
	}
}

void connector_read_routes(struct reader *reader, struct connector *connector)
{
	const struct yaml_node *list = connector->routes->value;
	struct connector_hop *hops;

	if (!connector_count_fits(reader, connector->routes, INTERFACE_ROUTES_MAX))
		return;
	hops = arena_new(reader->arena, (connector->hop_count + list->count + 1) * sizeof(*hops));
	if (connector->hop_count)
		memcpy(hops, connector->hops, connector->hop_count * sizeof(*hops));
	connector->hops = hops;
	connector->interface.routes = arena_new(reader->arena, (list->count + 1) * sizeof(struct lab_route));
	for (size_t i = 0; i < list->count; i++)
		route_read(reader, list->items[i], connector);
}

static void gateway_read(struct reader *reader, const struct yaml_node *item, struct connector *connector)
{
	struct connector_hop *hop = &connector->hops[connector->hop_count];
	const char **gateway;

	*hop = (struct connector_hop){ .place = item, .is_default = true };
	if (!connector_parse_address(reader, item, "gateway", &hop->address))
		return;
	gateway = &connector->interface.gateway[hop->address.family == AF_INET ? 0 : 1];
	if (*gateway) {
		reader_refuse(reader, item, "gateway \"%s\" is the second one of %s, after \"%s\"; keep one",
			      item->text, ip_family_name(hop->address.family), *gateway);
		return;
	}
	if (!connector_hop_check(reader, connector, "gateway", hop))
		return;
	*gateway = item->text;
	connector->hop_count++;
}

void connector_read_gateways(struct reader *reader, struct connector *connector)
{
	const struct yaml_node *value = connector->gateways->value;
	size_t count = value->kind == YAML_SEQUENCE ? value->count : 1;

	if (!connector_count_fits(reader, connector->gateways, 2))
		return;
	connector->hops = arena_new(reader->arena, (count + 1) * sizeof(*connector->hops));
	for (size_t i = 0; i < count; i++)
		gateway_read(reader, value->kind == YAML_SEQUENCE ? value->items[i] : value, connector);
}

void connector_read_nameservers(struct reader *reader, struct connector *connector)
{
	const struct yaml_node *list = connector->nameservers->value;
	struct lab_interface *interface = &connector->interface;
	struct ip_address address;

	if (!connector_count_fits(reader, connector->nameservers, INTERFACE_NAMESERVERS_MAX))
		return;
	interface->nameservers = arena_new(reader->arena, (list->count + 1) * sizeof(*interface->nameservers));
	for (size_t i = 0; i < list->count; i++)
		if (connector_parse_address(reader, list->items[i], "name server", &address))
			interface->nameservers[interface->nameserver_count++] = list->items[i]->text;
}
