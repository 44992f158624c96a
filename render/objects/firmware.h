/* A VM's firmware: its identity, and how it boots. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "render/lab/lab.h"

json_t *firmware_build(const struct lab *lab, const struct lab_node *node); /* new reference */

/* True when it asks for the System Management Mode. */
bool firmware_needs_smm(const struct lab_vm *vm);
