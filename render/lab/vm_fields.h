/* The fields of a VM, and what of them goes together. */
#pragma once

#include "render/lab/reader.h"
#include "render/lab/vm.h"

extern const struct value_type vm_type;

/* What holds where nobody says otherwise: KNL's own values. */
extern const struct lab_vm vm_built_in;

/* The VM of `node` after `merged`, all layers over each other, was checked across
 * its fields: of fields that exclude each other only those of the highest layer
 * are left. Each complaint stands where its value was written, and those that
 * have no such place at `place`, the node's. `complete` is false when a layer
 * had errors, so that a missing value proves nothing. */
const struct lab_vm *vm_settle(struct reader *reader, const char *node, const struct place *place,
			       const struct lab_vm *merged, bool complete);
