/* Labs that get in each other's way on the cluster. */
#pragma once

#include "render/lab/lab.h"

/* Refuses two labs of the same namespace and name, and nodes or links of
 * different labs whose names join to the same object's name ("a" and "b-c",
 * "a-b" and "c"), objects that two bring along, and what claims_check() refuses. Both sides become invalid. Leaves the labs sorted by
 * namespace and name. */
void collisions_check(struct lab **labs, size_t count, struct diagnostics *diagnostics);
