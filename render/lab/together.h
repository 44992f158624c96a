/* What only all labs together show. */
#pragma once

#include "render/lab/dependencies.h"

/* Refuses labs that get in each other's way, finds the labs that others depend on, and gives links of driver k8slan
 * their VNIs, and joined ones what they join. Returns the labs by namespace and name, in the arena; `read` becomes sorted so, too. Only in a `complete`
 * set is what is not found known to be missing. */
struct lab **labs_check_together(struct arena *arena, struct dependent *read, size_t count, bool complete,
				 struct diagnostics *diagnostics);

/* What an invalid lab would be built from is no longer of use. */
void lab_strip(struct lab *lab);
