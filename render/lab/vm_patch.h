/* patch: what is merged onto the rendered VirtualMachine. */
#pragma once

#include "render/lab/reader.h"

extern const struct value_type patch_type;

/* A field's reader; const struct yaml_node *, a mapping that leaves the object's identity alone. */
const void *patch_read(struct reader *reader, const struct yaml_pair *pair);
