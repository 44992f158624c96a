/* MAC addresses that a lab already uses, and new ones that are the same on
 * every machine and run. */
#pragma once

#include <stdbool.h>

#include "render/lab/address.h"

struct mac_owner {
	uint8_t mac[MAC_ADDRESS_SIZE];
	size_t line, column; /* where it is written; 0 for a generated one */
	bool used;
};

struct mac_set {
	struct mac_owner *slots; /* open addressing; never more than half full */
	size_t size;
};

#define MAC_SET_INIT                                                                                                 \
	{                                                                                                            \
		.slots = NULL                                                                                        \
	}

void mac_set_init(struct mac_set *set, size_t most); /* `most` addresses will fit */
void mac_set_deinit(struct mac_set *set);
static inline void mac_set_cleanup(struct mac_set *set)
{
	mac_set_deinit(set);
}

/* Adds the address; NULL when it is new, otherwise who has it. */
const struct mac_owner *mac_set_add(struct mac_set *set, const uint8_t mac[MAC_ADDRESS_SIZE], size_t line,
				    size_t column);

/* A locally administered unicast address made from `identity` and not in the
 * set yet; adds it. */
void mac_set_generate(struct mac_set *set, const char *identity, uint8_t mac[MAC_ADDRESS_SIZE]);
