/* VirtualMachineMACAddress: a MAC address that has a name. */
#pragma once

#include "render/dialects/deckhouse/deckhouse.h"

struct mac_spec {
	struct settings settings;
	const char *address;
};

extern const struct value_type mac_spec_type;

void mac_check(struct reader *reader, const struct fact *document);

/* The address that `at` names, for the tree; NULL after it told that there is none. */
const struct yaml_node *mac_find(struct translation *translation, const struct yaml_node *at);
