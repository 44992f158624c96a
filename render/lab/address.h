/* IP addresses, prefixes and MAC addresses as text: parsing and the questions
 * that a lab's links ask about them. No state, no messages. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ip_address {
	int family; /* AF_INET or AF_INET6 */
	uint8_t bytes[16]; /* network order; an IPv4 address has 4 */
};

struct ip_prefix {
	struct ip_address address; /* host bits are kept */
	unsigned length;
};

enum { IP_PREFIX_TEXT_SIZE = 64, MAC_ADDRESS_SIZE = 6, MAC_ADDRESS_TEXT_SIZE = 18 };

bool ip_address_parse(const char *text, struct ip_address *address);
int ip_address_compare(const struct ip_address *a, const struct ip_address *b);

/* False for multicast, unspecified and broadcast addresses. */
bool ip_address_is_unicast(const struct ip_address *address);
bool ip_address_is_link_local(const struct ip_address *address); /* fe80::/10 */
bool ip_address_is_loopback(const struct ip_address *address); /* 127.0.0.0/8, ::1 */
const char *ip_family_name(int family); /* "IPv4" or "IPv6" */

/* "192.168.10.100/24"; false without a length. */
bool ip_prefix_parse(const char *text, struct ip_prefix *prefix);
bool ip_prefix_contains(const struct ip_prefix *prefix, const struct ip_address *address);

bool ip_prefix_overlaps(const struct ip_prefix *a, const struct ip_prefix *b);

/* What an address with its prefix length is in its prefix: IPv4 keeps the first
 * and the last of each prefix shorter than /31 (RFC 3021) for itself. */
enum ip_host { IP_HOST_USABLE, IP_HOST_NETWORK, IP_HOST_BROADCAST };
enum ip_host ip_prefix_host(const struct ip_prefix *prefix);

/* The address that comes `count` later; false when that is in another prefix. */
bool ip_prefix_advance(struct ip_prefix *prefix, size_t count);

/* Clears the host bits; false when there were none. */
bool ip_prefix_mask(struct ip_prefix *prefix);
const char *ip_prefix_write(const struct ip_prefix *prefix, char text[IP_PREFIX_TEXT_SIZE]); /* returns `text` */

/* Six bytes in hex with colons or dashes between. */
bool mac_parse(const char *text, uint8_t mac[MAC_ADDRESS_SIZE]);
const char *mac_write(const uint8_t mac[MAC_ADDRESS_SIZE], char text[MAC_ADDRESS_TEXT_SIZE]); /* lower-case, colons */
