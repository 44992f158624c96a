/* One end of a link as it is written: a node's name and what the NIC there gets. */
#pragma once

#include "render/lab/address.h"
#include "render/lab/lab.h"
#include "render/lab/reader.h"

struct connector {
	struct lab_interface interface; /* link, place, addresses and routes; the rest needs the node */
	const char *node; /* a DNS-1123 label; NULL when it is missing or refused */
	size_t position; /* in the link */
	const struct yaml_pair *port; /* a string; NULL when not given */
	const struct yaml_pair *mac_text; /* NULL when not given or refused */
	uint8_t mac[MAC_ADDRESS_SIZE];
	const struct yaml_pair *addresses, *routes; /* sequences; NULL when not given */
	struct ip_prefix *prefixes; /* of the items that are addresses; interface.address_count of them */
	const struct yaml_node **prefix_places; /* one for each of them */
};

enum { INTERFACE_ADDRESSES_MAX = 64, INTERFACE_ROUTES_MAX = 64 };

extern const struct value_type connector_type;

void connector_read(struct reader *reader, const struct yaml_node *item, const struct lab_link *link, size_t position,
		    struct connector *connector);
