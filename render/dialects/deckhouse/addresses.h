/* VirtualMachineIPAddress: an address of the cluster's network that VMs can name. */
#pragma once

#include "render/dialects/deckhouse/machines.h"

extern const struct value_type address_spec_type;

/* The address. */
void address_say_names(const struct fact *document, struct facts *facts);

void address_translate(struct translation *translation, const struct fact *document);

/* Asks the cluster's network for the address that the VM names, if it names one. */
void machine_set_address(struct machine *machine);
