/* A VM's firmware: its identity, and how it boots. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

json_t *firmware_build(const struct lab *lab, const struct lab_node *node); /* new reference */

/* What the firmware asks of the machine; NULL when nothing. New reference. */
json_t *firmware_features_build(const struct lab_vm *vm);
