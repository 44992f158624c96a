/* The network adapters of a VirtualMachine, whichever way its version writes them. */
#pragma once

#include "render/dialects/vmoperator/machine.h"

struct adapter {
	const struct interface_spec *spec; /* never NULL */
	const char *network; /* "pod", or a NetworkAttachmentDefinition */
	const char *mac;
	const char *model; /* NULL: virtio */
	bool is_sriov, is_on_pod_network;
	const struct yaml_node *at;
};

struct adapters {
	struct adapter items[INTERFACES_MAX];
	size_t count;
};

/* Refuses what the provider cannot do, and what contradicts itself; warns of what nobody tells the guest. */
void network_check(struct machine *machine, const struct adapters *adapters);

/* cloud-init's network data, version 2, which tells the adapters apart by their MAC addresses. */
struct yaml_node *network_data_build(struct machine *machine, const struct adapters *adapters);

/* The list under `key`, with `texts` behind what it has. Nothing happens without any, which NULL is, too. */
void texts_set(struct machine *machine, struct yaml_node *target, const char *key, const struct value_list *texts);

/* What the guest calls it. */
const char *interface_guest_name(const struct interface_spec *spec);

/* "None" and nothing are no gateway. */
bool gateway_is_given(const char *gateway);
