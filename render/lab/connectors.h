/* One end of a link as it is written: a node's name and what the NIC there gets. */
#pragma once

#include "render/lab/address.h"
#include "render/lab/lab.h"
#include "render/lab/reader.h"

struct connector {
	struct lab_interface interface; /* what does not need the node: link, place, addresses, routes and the like */
	const char *node; /* a DNS-1123 label; NULL when it is missing or refused */
	size_t position; /* in the link */
	const struct yaml_pair *port; /* a string; NULL when not given */
	const struct yaml_pair *mac_text; /* NULL when not given or refused */
	uint8_t mac[MAC_ADDRESS_SIZE];
	const struct yaml_pair *addresses, *routes, *gateways, *nameservers, *state, *vlan; /* NULL when not given */
	struct ip_prefix *prefixes; /* of the items that are addresses; interface.address_count of them */
	const struct yaml_node **prefix_places; /* one for each of them */
	struct connector_hop *hops; /* of the gateways and then the routes that were taken */
	size_t hop_count;
};

/* Where packets are sent next. */
struct connector_hop {
	struct ip_address address;
	const struct yaml_node *place;
	bool is_default; /* it leads to everywhere */
};

enum { INTERFACE_ADDRESSES_MAX = 64, INTERFACE_ROUTES_MAX = 64, INTERFACE_NAMESERVERS_MAX = 8 };

extern const struct value_type connector_type;
extern const struct value_type vlan_type; /* IEEE 802.1Q reserves 0 and 4095 */

void connector_read(struct reader *reader, const struct yaml_node *item, const struct lab_link *link, size_t position,
		    struct connector *connector);

/* Makes `copy`, which is that of the replica `node`: the same with the addresses
 * that come `ordinal` (from 0) after those given. False when that cannot be,
 * which is told. */
bool connector_replicate(struct reader *reader, const struct connector *connector, size_t ordinal, const char *node,
			 struct connector *copy);

/* True when it has an address of that family. */
bool connector_has_family(const struct connector *connector, int family);

/* False after it told why an address cannot be an interface's. `text` is how it is written. */
bool connector_address_check(struct reader *reader, const struct yaml_node *place, const char *text,
			     const struct ip_prefix *prefix);
