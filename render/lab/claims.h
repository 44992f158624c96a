/* PersistentVolumeClaims that VMs name as disks (`pvc`). */
#pragma once

#include "render/lab/lab.h"

/* Refuses a claim that two nodes of one namespace write to: the second VM would not start, or both would spoil it. Their
 * labs become invalid. `labs` are sorted by namespace. */
void claims_check(struct lab **labs, size_t count, struct diagnostics *diagnostics);
