/* Where the points of a graph go: as far from each other on the sheet as they
 * are in the graph, by stochastic gradient descent on the stress (Zheng,
 * Pawar, Goodman: "Graph Drawing by Stochastic Gradient Descent", 2019). The
 * random numbers are always the same ones. */
#pragma once

#include <stddef.h>

#include "render/topology/shape.h"

struct stress_edge {
	size_t from, to;
};

/* `unit` is the length of an edge. */
void stress_place(size_t count, const struct stress_edge *edges, size_t edge_count, double unit,
		  struct point *points);
