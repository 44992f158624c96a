/* The parts of a connector that are about addresses, read one after the other:
 * routes and gateways are held against the addresses. For connectors.c only. */
#pragma once

#include "render/lab/connectors.h"

/* Spelling only, for editors; whether an address is one is the reader's. */
#define IPV4_PATTERN "[0-9]{1,3}(\\.[0-9]{1,3}){3}"
#define IPV6_PATTERN "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"
#define PREFIX_PATTERN "(" IPV4_PATTERN "/[0-9]{1,2}|" IPV6_PATTERN "/[0-9]{1,3})"
#define DEFAULT_PATTERN "[Dd][Ee][Ff][Aa][Uu][Ll][Tt]"
#define BLANKS_PATTERN "[ \t]"
#define ROUTE_PATTERN                                                                                                \
	BLANKS_PATTERN "*(" DEFAULT_PATTERN "|" PREFIX_PATTERN ")" BLANKS_PATTERN "+[Vv][Ii][Aa]" BLANKS_PATTERN     \
		       "+(" IPV4_PATTERN "|" IPV6_PATTERN ")" BLANKS_PATTERN "*"

void connector_read_addresses(struct reader *reader, struct connector *connector);
void connector_read_gateways(struct reader *reader, struct connector *connector);
void connector_read_routes(struct reader *reader, struct connector *connector);
void connector_read_nameservers(struct reader *reader, struct connector *connector);

/* False after it told that the list is longer than `most`. */
bool connector_count_fits(struct reader *reader, const struct yaml_pair *pair, size_t most);

/* False after it told that packets cannot be sent there; `what` is "gateway" or "next hop". */
bool connector_hop_check(struct reader *reader, const struct connector *connector, const char *what,
			 const struct connector_hop *hop);

/* An address without a prefix length; false after it told what is wrong. `what` is its name for messages. */
bool connector_parse_address(struct reader *reader, const struct yaml_node *item, const char *what,
			     struct ip_address *address);
