#include "render/lab/macs.h"

#include <string.h>

#include "base/digest.h"
#include "base/memory.h"

void mac_set_init(struct mac_set *set, size_t most)
{
	set->size = 16;
	while (set->size < most * 2)
		set->size *= 2;
	set->slots = memory_new_array(set->size, sizeof(*set->slots));
}

void mac_set_deinit(struct mac_set *set)
{
	free(set->slots);
	*set = (struct mac_set)MAC_SET_INIT;
}

/* FNV-1a: the table's order is never seen, so that its quality is enough. */
static size_t mac_hash(const uint8_t mac[MAC_ADDRESS_SIZE])
{
	uint64_t hash = 0xcbf29ce484222325;

	for (size_t i = 0; i < MAC_ADDRESS_SIZE; i++)
		hash = (hash ^ mac[i]) * 0x100000001b3;
	return (size_t)(hash ^ hash >> 32);
}

const struct mac_owner *mac_set_add(struct mac_set *set, const uint8_t mac[MAC_ADDRESS_SIZE], size_t line,
				    size_t column)
{
	struct mac_owner *slot = &set->slots[mac_hash(mac) & (set->size - 1)];

	while (slot->used) {
		if (memcmp(slot->mac, mac, MAC_ADDRESS_SIZE) == 0)
			return slot;
		if (++slot == set->slots + set->size)
			slot = set->slots;
	}
	*slot = (struct mac_owner){ .line = line, .column = column, .used = true };
	memcpy(slot->mac, mac, MAC_ADDRESS_SIZE);
	return NULL;
}

static void mac_from_text(const char *text, uint8_t mac[MAC_ADDRESS_SIZE])
{
	uint8_t digest[SHA256_SIZE];

	sha256(text, strlen(text), digest);
	memcpy(mac, digest, MAC_ADDRESS_SIZE);
	mac[0] = (uint8_t)((mac[0] & 0xfc) | 0x02);
}

void mac_set_generate(struct mac_set *set, const char *identity, uint8_t mac[MAC_ADDRESS_SIZE])
{
	/* KubeVirt keeps this one for itself. */
	static const uint8_t reserved[MAC_ADDRESS_SIZE] = { 2 };
	unsigned attempt = 0;

	mac_from_text(identity, mac);
	while (memcmp(mac, reserved, sizeof(reserved)) == 0 || mac_set_add(set, mac, 0, 0)) {
		cleanup(free) char *text = string_format("%s/%u", identity, ++attempt);

		mac_from_text(text, mac);
	}
}
