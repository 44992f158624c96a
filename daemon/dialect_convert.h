/* `labsync convert` of VMs in other systems' formats. */
#pragma once

#include "daemon/lab_writing.h"
#include "render/dialects/dialect.h"

/* Returns the command's exit code. */
int dialect_convert(struct lab_writing *writing, const struct dialect *dialect);
