/* interfaces: a VM's NICs that are no ends of links. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

extern const struct value_type nics_type;

#define NIC_POD_NETWORK "pod"

/* A field's reader; const struct value_list * of struct lab_nic, each of which is right for itself. */
const void *nics_read(struct reader *reader, const struct yaml_pair *pair);

/* Where a field of a NIC was written; the NIC's own place when it was not. */
const struct place *nic_place(const struct lab_nic *nic, size_t offset);

bool nic_is_on_pod_network(const struct lab_nic *nic);
/* "masquerade", "bridge" or "sriov", given or not. */
const char *nic_binding(const struct lab_nic *nic);

/* True when one of the VM's NICs is on the pod network. */
bool vm_has_pod_network(const struct lab_vm *vm);
/* What reaches the guest there: all when NULL. */
const struct port_list *vm_forwarded_ports(const struct lab_vm *vm);
