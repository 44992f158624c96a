#include "render/lab/address.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

static unsigned address_bits(const struct ip_address *address)
{
	return address->family == AF_INET ? 32 : 128;
}

bool ip_address_parse(const char *text, struct ip_address *address)
{
	*address = (struct ip_address){ .family = AF_INET };
	if (inet_pton(AF_INET, text, address->bytes) == 1)
		return true;
	*address = (struct ip_address){ .family = AF_INET6 };
	return inet_pton(AF_INET6, text, address->bytes) == 1;
}

int ip_address_compare(const struct ip_address *a, const struct ip_address *b)
{
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

static bool all_bytes_are(const struct ip_address *address, uint8_t byte)
{
	for (unsigned i = 0; i < address_bits(address) / 8; i++)
		if (address->bytes[i] != byte)
			return false;
	return true;
}

bool ip_address_is_unicast(const struct ip_address *address)
{
	if (all_bytes_are(address, 0) || all_bytes_are(address, 0xff))
		return false;
	if (address->family == AF_INET)
		return (address->bytes[0] & 0xf0) != 0xe0;
	return address->bytes[0] != 0xff;
}

bool ip_address_is_link_local(const struct ip_address *address)
{
	return address->family == AF_INET6 && address->bytes[0] == 0xfe && (address->bytes[1] & 0xc0) == 0x80;
}

bool ip_address_is_loopback(const struct ip_address *address)
{
	static const uint8_t ipv6[16] = { [15] = 1 };

	if (address->family == AF_INET)
		return address->bytes[0] == 127;
	return memcmp(address->bytes, ipv6, sizeof(ipv6)) == 0;
}

const char *ip_family_name(int family)
{
	return family == AF_INET ? "IPv4" : "IPv6";
}

/* One to three digits without a leading zero. */
static bool length_parse(const char *text, unsigned most, unsigned *length)
{
	size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 3 || text[digits] != '\0' || (text[0] == '0' && digits > 1))
		return false;
	*length = 0;
	for (; *text; text++)
		*length = *length * 10 + (unsigned)(*text - '0');
	return *length <= most;
}

bool ip_prefix_parse(const char *text, struct ip_prefix *prefix)
{
	const char *slash = strchr(text, '/');
	char address[INET6_ADDRSTRLEN];

	if (slash == NULL || (size_t)(slash - text) >= sizeof(address))
		return false;
	memcpy(address, text, (size_t)(slash - text));
	address[slash - text] = '\0';
	return ip_address_parse(address, &prefix->address) &&
	       length_parse(slash + 1, address_bits(&prefix->address), &prefix->length);
}

/* The bits of byte `index` that belong to a prefix of `length` bits. */
static uint8_t prefix_mask_byte(unsigned length, unsigned index)
{
	if (length >= (index + 1) * 8)
		return 0xff;
	if (length <= index * 8)
		return 0;
	return (uint8_t)(0xff << (8 - (length - index * 8)));
}

bool ip_prefix_contains(const struct ip_prefix *prefix, const struct ip_address *address)
{
	if (prefix->address.family != address->family)
		return false;
	for (unsigned i = 0; i < address_bits(address) / 8; i++)
		if ((prefix->address.bytes[i] ^ address->bytes[i]) & prefix_mask_byte(prefix->length, i))
			return false;
	return true;
}

bool ip_prefix_overlaps(const struct ip_prefix *a, const struct ip_prefix *b)
{
	return a->length <= b->length ? ip_prefix_contains(a, &b->address) : ip_prefix_contains(b, &a->address);
}

/* True when all host bits are as in `byte`. */
static bool host_bits_are(const struct ip_prefix *prefix, uint8_t byte)
{
	for (unsigned i = 0; i < address_bits(&prefix->address) / 8; i++) {
		uint8_t host = (uint8_t)~prefix_mask_byte(prefix->length, i);

		if ((prefix->address.bytes[i] & host) != (byte & host))
			return false;
	}
	return true;
}

enum ip_host ip_prefix_host(const struct ip_prefix *prefix)
{
	if (prefix->address.family != AF_INET || prefix->length > 30)
		return IP_HOST_USABLE;
	if (host_bits_are(prefix, 0))
		return IP_HOST_NETWORK;
	return host_bits_are(prefix, 0xff) ? IP_HOST_BROADCAST : IP_HOST_USABLE;
}

bool ip_prefix_advance(struct ip_prefix *prefix, size_t count)
{
	struct ip_prefix given = *prefix;
	size_t carry = count;

	for (unsigned i = address_bits(&prefix->address) / 8; i > 0 && carry; i--) {
		carry += prefix->address.bytes[i - 1];
		prefix->address.bytes[i - 1] = (uint8_t)carry;
		carry >>= 8;
	}
	return carry == 0 && ip_prefix_contains(&given, &prefix->address);
}

bool ip_prefix_mask(struct ip_prefix *prefix)
{
	bool changed = false;

	for (unsigned i = 0; i < address_bits(&prefix->address) / 8; i++) {
		uint8_t masked = prefix->address.bytes[i] & prefix_mask_byte(prefix->length, i);

		changed |= masked != prefix->address.bytes[i];
		prefix->address.bytes[i] = masked;
	}
	return changed;
}

const char *ip_prefix_write(const struct ip_prefix *prefix, char text[IP_PREFIX_TEXT_SIZE])
{
	char address[INET6_ADDRSTRLEN] = "";

	inet_ntop(prefix->address.family, prefix->address.bytes, address, sizeof(address));
	snprintf(text, IP_PREFIX_TEXT_SIZE, "%s/%u", address, prefix->length);
	return text;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool mac_parse(const char *text, uint8_t mac[MAC_ADDRESS_SIZE])
{
	if (strlen(text) != MAC_ADDRESS_TEXT_SIZE - 1 || (text[2] != ':' && text[2] != '-'))
		return false;
	for (size_t i = 0; i < MAC_ADDRESS_SIZE; i++) {
		int high = hex_digit(text[i * 3]), low = hex_digit(text[i * 3 + 1]);

		if (high < 0 || low < 0 || (i + 1 < MAC_ADDRESS_SIZE && text[i * 3 + 2] != text[2]))
			return false;
		mac[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

const char *mac_write(const uint8_t mac[MAC_ADDRESS_SIZE], char text[MAC_ADDRESS_TEXT_SIZE])
{
	snprintf(text, MAC_ADDRESS_TEXT_SIZE, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
		 mac[5]);
	return text;
}
