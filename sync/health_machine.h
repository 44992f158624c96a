/* The verdict on a VirtualMachine: what KubeVirt reports, against what its run
 * strategy wants. */
#pragma once

#include "sync/health.h"

void machine_judge(const json_t *machine, struct health *out);
