/* A VM's processor and memory, or the instancetype that stands for both: what
 * an instancetype says, the VM may not say as well. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* NULL when an instancetype gives it. New references. */
json_t *cpu_build(const struct lab_vm *vm);
json_t *cpu_memory_build(const struct lab_vm *vm);

/* What the VM's pod asks of its worker; NULL when nothing is given. New reference. */
json_t *cpu_resources_build(const struct lab_vm *vm);

/* Sets `instancetype` and `preference` on a VirtualMachine's spec. */
void cpu_set_instancetype(const struct lab_vm *vm, json_t *spec);
