/* What a VM's machine shows its guest beside processor, disks and NICs: features,
 * clock, TPM. With guestOS windows, what Windows expects of a hypervisor. */
#pragma once

#include <jansson.h>

#include "render/lab/lab.h"

/* `features` and `clock` of a domain; NULL when there is nothing to say. New references. */
json_t *features_build(const struct lab_vm *vm);
json_t *features_clock_build(const struct lab_vm *vm);

/* Sets a TPM, random numbers and the log of the console on a domain's devices. */
void features_set_devices(const struct lab_vm *vm, json_t *devices);
