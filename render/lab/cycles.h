/* Labs that wait for each other. */
#pragma once

#include "render/lab/dependencies.h"

/* Refuses each lab that, over others, depends on itself, and tells over which. `dependents` are sorted by namespace and
 * name, and their labs' dependencies are known. */
void cycles_refuse(struct dependent *dependents, size_t count, struct diagnostics *diagnostics);
