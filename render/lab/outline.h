/* What other labs need to know of a lab. */
#pragma once

#include "render/lab/dependencies.h"

/* A copy without what a lab is rendered from: its names and claims, where they stand, and what it depends on. The paths
 * and `lan` are shared. */
struct dependent outline_new(struct arena *arena, const struct dependent *read);

/* Gives a lab that was read again what became of its outline since. */
void outline_apply(const struct lab *outline, struct lab *lab);
