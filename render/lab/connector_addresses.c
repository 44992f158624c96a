/* A connector's addresses, and those of its replicas. */
#include "render/lab/connector_parts.h"

#include <string.h>
#include <sys/socket.h>

enum { IPV6_MTU_MIN = 1280 }; /* RFC 8200: with less, Linux has no IPv6 on the interface */

bool connector_count_fits(struct reader *reader, const struct yaml_pair *pair, size_t most)
{
	if (pair->value->count <= most)
		return true;
	reader_refuse(reader, pair->value, "%s has %zu entries; at most %zu are taken", pair->key, pair->value->count,
		      most);
	return false;
}

bool connector_address_check(struct reader *reader, const struct yaml_node *place, const char *text,
			     const struct ip_prefix *prefix)
{
	enum ip_host host = ip_prefix_host(prefix);

	if (!ip_address_is_unicast(&prefix->address)) {
		reader_refuse(reader, place, "address \"%s\" is not unicast; an interface cannot have it", text);
		return false;
	}
	if (ip_address_is_loopback(&prefix->address)) {
		reader_refuse(reader, place,
			      "address \"%s\" is one of the loopback's, which reaches nobody else; choose another",
			      text);
		return false;
	}
	if (host != IP_HOST_USABLE) {
		reader_refuse(reader, place,
			      "address \"%s\" is the %s address of its prefix; choose one between the first and the "
			      "last",
			      text, host == IP_HOST_NETWORK ? "network" : "broadcast");
		return false;
	}
	return true;
}

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
	return connector_address_check(reader, item, item->text, prefix);
}

static void mtu_check(struct reader *reader, const struct lab_link *link, const struct yaml_node *item,
		      const struct ip_prefix *prefix)
{
	if (prefix->address.family == AF_INET6 && link->mtu && link->mtu < IPV6_MTU_MIN)
		reader_refuse(reader, item,
			      "address \"%s\" needs an mtu of at least %d, but link \"%s\" has %lld; raise that",
			      item->text, IPV6_MTU_MIN, link->name, (long long)link->mtu);
}

void connector_read_addresses(struct reader *reader, struct connector *connector)
{
	const struct yaml_node *list = connector->addresses->value;
	size_t room = list->count + 1;

	if (!connector_count_fits(reader, connector->addresses, INTERFACE_ADDRESSES_MAX))
		return;
	connector->prefixes = arena_new(reader->arena, room * sizeof(*connector->prefixes));
	connector->prefix_places = arena_new(reader->arena, room * sizeof(*connector->prefix_places));
	connector->interface.addresses = arena_new(reader->arena, room * sizeof(*connector->interface.addresses));
	for (size_t i = 0; i < list->count; i++) {
		const struct yaml_node *item = list->items[i];
		size_t at = connector->interface.address_count;

		if (!address_read(reader, item, &connector->prefixes[at]))
			continue;
		mtu_check(reader, connector->interface.link, item, &connector->prefixes[at]);
		connector->prefix_places[at] = item;
		connector->interface.addresses[at] = item->text;
		connector->interface.address_count++;
	}
}

bool connector_has_family(const struct connector *connector, int family)
{
	for (size_t i = 0; i < connector->interface.address_count; i++)
		if (connector->prefixes[i].address.family == family)
			return true;
	return false;
}

/* Gives `copy` the address at `at`, counted on. */
static bool address_replicate(struct reader *reader, const struct connector *connector, size_t at, size_t ordinal,
			      struct connector *copy)
{
	const struct yaml_node *place = connector->prefix_places[at];
	char text[IP_PREFIX_TEXT_SIZE];

	/* The last address of an IPv4 prefix is no room either; what was given itself is told of as it is. */
	if (!ip_prefix_advance(&copy->prefixes[at], ordinal) ||
	    (ordinal && ip_prefix_host(&copy->prefixes[at]) != IP_HOST_USABLE)) {
		reader_refuse(reader, place,
			      "address \"%s\" leaves no room in its prefix for replica \"%s\"; begin with a lower "
			      "address, or use a larger prefix",
			      connector->interface.addresses[at], copy->node);
		return false;
	}
	ip_prefix_write(&copy->prefixes[at], text);
	if (ordinal)
		copy->interface.addresses[at] = arena_copy(reader->arena, text, strlen(text));
	if (!connector_address_check(reader, place, copy->interface.addresses[at], &copy->prefixes[at]))
		return false;
	for (size_t i = 0; ordinal && i < copy->hop_count; i++)
		if (ip_address_compare(&copy->hops[i].address, &copy->prefixes[at].address) == 0) {
			reader_refuse(reader, place,
				      "replica \"%s\" would get the address %s, which is its own next hop at "
				      "%s:%zu:%zu; choose other addresses",
				      copy->node, copy->interface.addresses[at], reader->path,
				      copy->hops[i].place->line, copy->hops[i].place->column);
			return false;
		}
	return true;
}

bool connector_replicate(struct reader *reader, const struct connector *connector, size_t ordinal, const char *node,
			 struct connector *copy)
{
	size_t count = connector->interface.address_count;

	*copy = *connector;
	copy->node = node;
	if (connector->mac_text) {
		reader_refuse(
			reader, connector->mac_text->value,
			"mac \"%s\" cannot be that of each replica of node \"%s\"; remove it, and each gets one "
			"of its own",
			connector->mac_text->value->text, connector->node);
		return false;
	}
	copy->prefixes = arena_new(reader->arena, (count + 1) * sizeof(*copy->prefixes));
	copy->interface.addresses = arena_new(reader->arena, (count + 1) * sizeof(*copy->interface.addresses));
	for (size_t i = 0; i < count; i++) {
		copy->prefixes[i] = connector->prefixes[i];
		copy->interface.addresses[i] = connector->interface.addresses[i];
		if (!address_replicate(reader, connector, i, ordinal, copy))
			return false;
	}
	return true;
}
