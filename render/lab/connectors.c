#include "render/lab/connectors.h"

#include <string.h>

#include "render/lab/connector_parts.h"
#include "render/lab/names.h"
#include "render/lab/values.h"
#include "render/objects/drivers/driver.h"

struct connector_fields {
	const struct yaml_pair *node, *port, *mac, *addresses, *routes, *gateways, *nameservers, *state, *vlan;
};

#define MAC_PATTERN "[0-9A-Fa-f][02468ACEace]((:[0-9A-Fa-f]{2}){5}|(-[0-9A-Fa-f]{2}){5})"

static const char *const states[] = { "up", "down", NULL };

static const struct value_type prefix_type = {
	.name = "address/length",
	.shape = VALUE_TEXT,
	.pattern = "^" PREFIX_PATTERN "$",
};
static const struct value_type address_type = {
	.name = "address",
	.shape = VALUE_TEXT,
	.pattern = "^(" IPV4_PATTERN "|" IPV6_PATTERN ")$",
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
	.items = &prefix_type,
	.items_max = INTERFACE_ADDRESSES_MAX,
};
static const struct value_type routes_type = {
	.shape = VALUE_LIST,
	.items = &route_type,
	.items_max = INTERFACE_ROUTES_MAX,
};
static const struct value_type gateways_type = { .name = "address or list of addresses", .shape = VALUE_ANY };
static const struct value_type nameservers_type = {
	.shape = VALUE_LIST,
	.items = &address_type,
	.items_max = INTERFACE_NAMESERVERS_MAX,
};
const struct value_type vlan_type = { .name = "VLAN", .shape = VALUE_NUMBER, .minimum = 1, .maximum = 4094 };
static const struct value_type state_type = { .name = "text", .shape = VALUE_TEXT, .allowed = states };

static const void *gateway_pair(struct reader *reader, const struct yaml_pair *pair)
{
	if (pair->value->kind == YAML_STRING || pair->value->kind == YAML_SEQUENCE)
		return pair;
	return reader_refuse(reader, pair->value,
			     "gateway must be an address, or a list of one IPv4 and one IPv6 address, not %s",
			     yaml_kind_name(pair->value->kind));
}

static const void *state_pair(struct reader *reader, const struct yaml_pair *pair)
{
	return value_read(reader, pair, &state_type) ? pair : NULL;
}

static const void *vlan_pair(struct reader *reader, const struct yaml_pair *pair)
{
	return value_read(reader, pair, &vlan_type) ? pair : NULL;
}

static const struct field connector_fields[] = {
	{ "addrs", value_sequence_pair, offsetof(struct connector_fields, addresses), &addresses_type,
	  "Addresses of the interface, each with its prefix length, like 192.168.10.100/24 or 2001:db8::1/64. The "
	  "replicas of a node get this one and those that follow. In a pod on a link of driver existing they need a"
	  " network with the capability ips.",
	  .fallback = NULL },
	{ "dns", value_sequence_pair, offsetof(struct connector_fields, nameservers), &nameservers_type,
	  "Name servers that the guest of a vm asks by this interface.", .fallback = NULL },
	{ "gateway", gateway_pair, offsetof(struct connector_fields, gateways), &gateways_type,
	  "The next hop of the default route: an address, or a list of one IPv4 and one IPv6 address. It must be in"
	  " the prefix of one of the addrs, or link-local.",
	  .fallback = NULL },
	{ "mac", value_string_pair, offsetof(struct connector_fields, mac), &mac_type,
	  "The interface's MAC address: six bytes in hex, not multicast. Without it, one is made from the names of "
	  "lab, node and link, always the same. It has no effect on a pod on a link of driver k8slan, nor on srl.",
	  .fallback = NULL },
	{ "node", value_string_pair, offsetof(struct connector_fields, node), &name_type,
	  "The node that is connected. One whose name begins with vm-, pod- or srl- need not be listed under nodes.",
	  .presence = FIELD_REQUIRED },
	{ "port", value_string_pair, offsetof(struct connector_fields, port), &text_type,
	  "The interface's name in a pod: at most 15 characters, and neither eth0 nor lo. In srl a port like e1-1; "
	  "without it, e1-1, e1-2 and so on by the node's interfaces. It has no effect on a vm.",
	  .fallback = NULL },
	{ "routes", value_sequence_pair, offsetof(struct connector_fields, routes), &routes_type,
	  "Routes of the node, each written \"PREFIX via NEXT-HOP\", where PREFIX may be \"default\". A pod needs "
	  "addrs beside them. Pods on links of the drivers ovn and existing cannot have them.",
	  .fallback = NULL },
	{ "state", state_pair, offsetof(struct connector_fields, state), &state_type,
	  "Whether the cable is plugged into a vm: with down, the interface is there without a carrier.",
	  .fallback = "up" },
	{ "vlan", vlan_pair, offsetof(struct connector_fields, vlan), &vlan_type,
	  "The VLAN of this end, when it is another than the link's. With the drivers ovs and bridge; ends of a "
	  "bridge without one are in VLAN 1 then.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type connector_type = { .name = "Connector", .shape = VALUE_OBJECT, .fields = connector_fields };

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

static void vlan_read(struct reader *reader, struct connector *connector)
{
	const struct lab_link *link = connector->interface.link;
	const char *why_not = driver_of(link)->no_vlan;

	connector->interface.vlan = link->vlan;
	if (connector->vlan == NULL)
		return;
	if (why_not)
		reader_error(reader, connector->vlan->line, connector->vlan->column,
			     "a connector of link \"%s\" cannot have vlan: %s", link->name, why_not);
	else
		connector->interface.vlan = connector->vlan->value->integer;
}

/* Addresses before what is held against them; the gateway before a route that repeats it. */
static void parts_read(struct reader *reader, const struct connector_fields *fields, struct connector *connector)
{
	if (fields->mac)
		mac_read(reader, fields->mac, connector);
	if (fields->state)
		connector->interface.state = fields->state->value->text;
	vlan_read(reader, connector);
	if (fields->addresses)
		connector_read_addresses(reader, connector);
	if (fields->gateways)
		connector_read_gateways(reader, connector);
	if (fields->routes)
		connector_read_routes(reader, connector);
	if (fields->nameservers)
		connector_read_nameservers(reader, connector);
}

void connector_read(struct reader *reader, const struct yaml_node *item, const struct lab_link *link, size_t position,
		    struct connector *connector)
{
	struct connector_fields fields = { .node = NULL };
	size_t before = reader->errors;

	fields_read(reader, item, "connector", connector_fields, &fields);
	*connector = (struct connector){
		.interface = { .link = link, .position = position, .line = item->line, .column = item->column },
		.position = position,
		.port = fields.port,
		.addresses = fields.addresses,
		.routes = fields.routes,
		.gateways = fields.gateways,
		.nameservers = fields.nameservers,
		.state = fields.state,
		.vlan = fields.vlan
	};
	if (fields.node == NULL && reader->errors == before)
		reader_refuse(reader, item, "connector %zu of link \"%s\" names no node; add \"node: ...\"",
			      position + 1, link->name);
	if (fields.node && name_check(reader, "node", fields.node->value->text, fields.node->value->line,
				      fields.node->value->column))
		connector->node = fields.node->value->text;
	parts_read(reader, &fields, connector);
}
