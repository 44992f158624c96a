/* Objects that two labs bring along. */
#pragma once

#include "render/lab/lab.h"

/* Refuses one that another lab has too; both become invalid. Of claims it is told elsewhere. */
void manifest_collisions_check(struct lab **labs, size_t count, struct diagnostics *diagnostics);
