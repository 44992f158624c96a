/* PersistentVolumeClaims: those that labsync makes for nodes, and those that VMs
 * name as disks (`pvc`). */
#pragma once

#include "render/lab/lab.h"

/* Fills the lab's claims from its nodes, in the arena. */
void lab_claims_collect(struct arena *arena, struct lab *lab);

/* Refuses a claim that two nodes of one namespace write to: the second VM would not start, or both would spoil it. That
 * may be one that labsync makes under a name that joins to another's: the root of pod "a" of lab "l" is "l-a-root", and
 * so is VM "a-root". Their labs become invalid. `labs` are sorted by namespace. */
void claims_check(struct lab **labs, size_t count, struct diagnostics *diagnostics);
