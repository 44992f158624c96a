/* antiAffinity names nodes of the lab; here it is seen that they are there. */
#pragma once

#include "render/lab/lab.h"
#include "render/lab/reader.h"

/* `nodes` are all of the lab's. */
void neighbours_check(struct reader *reader, const struct lab_node *nodes, size_t count);
