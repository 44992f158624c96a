#include "render/lab/interface_checks.h"

#include <string.h>
#include <sys/socket.h>

#include "base/text.h"
#include "render/objects/drivers/driver.h"

enum { INTERFACE_PORT_MAX = 15 }; /* Linux' IFNAMSIZ without its NUL */

/* The pod network's interface and the loopback are there already. */
static bool is_usable_port(const char *port)
{
	size_t length = strlen(port);

	if (length == 0 || length > INTERFACE_PORT_MAX)
		return false;
	for (const char *c = port; *c; c++)
		if (*c <= ' ' || *c > '~' || *c == '/' || *c == ':')
			return false;
	return !text_equal(port, ".") && !text_equal(port, "..") && !text_equal(port, "lo") &&
	       !text_equal(port, "eth0");
}

/* One to `most` digits; moves on behind them. */
static bool digits_skip(const char **text, size_t most)
{
	size_t count = strspn(*text, "0123456789");

	*text += count;
	return count > 0 && count <= most;
}

/* e<slot>-<port>, or e<slot>-<port>-<channel> of a port that is broken out. */
static bool is_srl_port(const char *port)
{
	size_t groups = 0;

	if (*port++ != 'e' || !digits_skip(&port, 2))
		return false;
	while (*port == '-' && groups < 2) {
		port++;
		if (!digits_skip(&port, 3))
			return false;
		groups++;
	}
	return groups > 0 && *port == '\0';
}

/* False after it told that an interface before has the port. */
static bool port_is_new(struct reader *reader, const struct attachment *first, size_t at, const char *port)
{
	const struct connector *connector = first[at].connector;

	for (size_t i = 0; i < at; i++) {
		const struct lab_interface *other = first[i].interface;

		if (!text_equal(other->port, port))
			continue;
		if (connector->port)
			reader_refuse(reader, connector->port->value,
				      "port \"%s\" of node \"%s\" is used twice, also at %s:%zu:%zu; change one",
				      port, connector->node, reader->path,
				      first[i].connector->port ? first[i].connector->port->value->line : other->line,
				      first[i].connector->port ? first[i].connector->port->value->column
							       : other->column);
		else
			reader_error(
				reader, connector->interface.line, connector->interface.column,
				"node \"%s\" has its port \"%s\" at %s:%zu:%zu already, which this connector would "
				"get by its order; give it a port too",
				connector->node, port, reader->path, other->line, other->column);
		return false;
	}
	return true;
}

static void pod_port_check(struct reader *reader, const struct attachment *first, size_t at)
{
	const struct yaml_pair *port = first[at].connector->port;

	if (port == NULL)
		return;
	if (!is_usable_port(port->value->text))
		reader_refuse(reader, port->value,
			      "port %s is no usable interface name for a pod; use at most %d letters, digits, \"-\", "
			      "\"_\" or \".\", and neither eth0 nor lo",
			      reader_quote(reader, port->value->text), INTERFACE_PORT_MAX);
	else if (port_is_new(reader, first, at, port->value->text))
		first[at].interface->port = port->value->text;
}

static void srl_port_check(struct reader *reader, const struct attachment *first, size_t at)
{
	const struct yaml_pair *port = first[at].connector->port;
	const char *name = port ? port->value->text : arena_format(reader->arena, "e1-%zu", at + 1);

	if (port && !is_srl_port(name))
		reader_refuse(reader, port->value,
			      "port %s is no port of SR Linux; write it like e1-1, or e1-1-1 for a channel of it",
			      reader_quote(reader, name));
	else if (port_is_new(reader, first, at, name))
		first[at].interface->port = name;
}

static void without_effect(struct reader *reader, const struct yaml_pair *pair, const char *why)
{
	if (pair)
		reader_warn(reader, pair->line, pair->column, "%s has no effect here: %s", pair->key, why);
}

static void state_refuse(struct reader *reader, const struct yaml_pair *state, const char *type)
{
	if (state)
		reader_error(reader, state->line, state->column,
			     "state is for VMs, and this is a %s; remove it, or take the interface down inside",
			     type);
}

/* Whether a next hop can be reached without an address of its family is the guest's matter;
 * the plugins that set up a pod fail. */
static void hops_check(struct reader *reader, enum node_type type, const struct connector *connector)
{
	for (size_t i = 0; i < connector->hop_count; i++) {
		const struct connector_hop *hop = &connector->hops[i];
		const char *family = ip_family_name(hop->address.family);

		if (ip_address_is_link_local(&hop->address) || connector_has_family(connector, hop->address.family))
			continue;
		if (type == NODE_POD)
			reader_refuse(
				reader, hop->place,
				"the pod has no %s address on this link to reach the next hop; add one to addrs",
				family);
		else
			reader_warn(reader, hop->place->line, hop->place->column,
				    "the next hop can only be reached once the interface has an %s address; add one "
				    "to addrs",
				    family);
	}
}

/* What KubeVirt's masquerade gives every guest on its pod interface: an address of a
 * link in there takes the way out of the guest, or never sees an answer. */
static const char *const guest_networks[] = { "10.0.2.0/24", "fd10:0:2::/120" };

static void guest_network_check(struct reader *reader, const struct connector *connector, const char *network)
{
	struct ip_prefix prefix;

	if (!ip_prefix_parse(network, &prefix))
		return;
	for (size_t i = 0; i < connector->interface.address_count; i++)
		if (ip_prefix_contains(&prefix, &connector->prefixes[i].address))
			reader_warn(reader, connector->prefix_places[i]->line, connector->prefix_places[i]->column,
				    "address \"%s\" is in %s, which KubeVirt gives every guest on its pod interface; "
				    "use another prefix, or set vmNetworkCIDR of the pod network by patch",
				    connector->interface.addresses[i], network);
}

static void vm_check(struct reader *reader, const struct connector *connector)
{
	if (connector->port)
		reader_warn(reader, connector->port->line, connector->port->column, "port has no effect on a vm");
	hops_check(reader, NODE_VM, connector);
	for (size_t i = 0; i < sizeof(guest_networks) / sizeof(guest_networks[0]); i++)
		guest_network_check(reader, connector, guest_networks[i]);
}

static void pod_check(struct reader *reader, const struct attachment *first, size_t at)
{
	const struct connector *connector = first[at].connector;
	const struct driver *driver = driver_of(connector->interface.link);
	bool has_addresses = connector->addresses && connector->addresses->value->count;

	pod_port_check(reader, first, at);
	if (connector->mac_text && driver->mac_ignored)
		without_effect(reader, connector->mac_text, driver->mac_ignored);
	if (connector->routes && connector->routes->value->count && driver->no_routes)
		reader_error(reader, connector->routes->line, connector->routes->column,
			     "a pod on link \"%s\" cannot have routes: %s", connector->interface.link->name,
			     driver->no_routes);
	else if (connector->interface.route_count && !has_addresses)
		reader_error(reader, connector->routes->line, connector->routes->column,
			     "routes of a pod need addrs; add them to this connector");
	else if (connector->gateways && !has_addresses)
		reader_error(reader, connector->gateways->line, connector->gateways->column,
			     "the gateway of a pod needs addrs; add them to this connector");
	else
		hops_check(reader, NODE_POD, connector);
	without_effect(reader, connector->nameservers, "a pod asks the name servers of the cluster");
	state_refuse(reader, connector->state, "pod");
}

static void srl_check(struct reader *reader, const struct attachment *first, size_t at)
{
	const struct connector *connector = first[at].connector;

	srl_port_check(reader, first, at);
	without_effect(reader, connector->mac_text, "the ports of SR Linux have MACs of its chassis");
	without_effect(reader, connector->addresses, "SR Linux has its addresses in its own configuration");
	without_effect(reader, connector->routes, "SR Linux has its routes in its own configuration");
	without_effect(reader, connector->gateways, "SR Linux has its routes in its own configuration");
	without_effect(reader, connector->nameservers, "SR Linux has its name servers in its own configuration");
	state_refuse(reader, connector->state, "srl");
}

/* What its guest is told is its author's alone. */
static void machine_check(struct reader *reader, const struct connector *connector)
{
	static const char why[] = "a virtualMachine is told its addresses by its own cloud-init";

	without_effect(reader, connector->port, "a guest names its interfaces itself");
	without_effect(reader, connector->addresses, why);
	without_effect(reader, connector->routes, why);
	without_effect(reader, connector->gateways, why);
	without_effect(reader, connector->nameservers, why);
}

void attachment_check(struct reader *reader, enum node_type type, const struct attachment *first, size_t at)
{
	const struct connector *connector = first[at].connector;

	switch (type) {
	case NODE_VM:
		vm_check(reader, connector);
		break;
	case NODE_POD:
		pod_check(reader, first, at);
		break;
	case NODE_SRL:
		srl_check(reader, first, at);
		break;
	case NODE_MACHINE:
		machine_check(reader, connector);
		break;
	}
}

bool attachment_has_own_mac(enum node_type type, const struct connector *connector)
{
	if (connector->mac_text == NULL || type == NODE_SRL)
		return false;
	return type != NODE_POD || driver_of(connector->interface.link)->mac_ignored == NULL;
}
