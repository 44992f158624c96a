/* What a lab's own things are called on the cluster, and finding its nodes by name. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

/* "<lab>-<name>", or the name itself with `objectNames: plain`. NULL after it told that it is too long. `what` is "node",
 * "disk", ... */
const char *lab_object_name(struct reader *reader, const struct lab *lab, const char *what, const char *name,
			    size_t line, size_t column);

/* NULL when there is none. */
const struct lab_node *lab_node_find(const struct lab *lab, const char *name);
