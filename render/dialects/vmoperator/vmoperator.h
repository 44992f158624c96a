/* The names of VM Operator's kinds. */
#pragma once

#include "render/dialects/dialect.h"

#define VMOPERATOR "vmoperator"
#define VMOPERATOR_MACHINE "VirtualMachine"
#define VMOPERATOR_CLASS "VirtualMachineClass"
#define VMOPERATOR_IMAGE "VirtualMachineImage"
#define VMOPERATOR_CLUSTER_IMAGE "ClusterVirtualMachineImage"
#define VMOPERATOR_SERVICE "VirtualMachineService"

extern const struct dialect vmoperator_dialect;
