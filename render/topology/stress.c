#include "render/topology/stress.h"

#include <math.h>
#include <stdint.h>

#include "base/memory.h"

/* Pairs of points that are looked at in all: bounds the time for large labs. */
static const double PAIRS_MAX = 100e6;
static const double ROUNDS_MAX = 100, ROUNDS_MIN = 10;

struct stress {
	size_t count;
	size_t *offsets, *neighbours; /* of point i: neighbours[offsets[i]] to [offsets[i + 1]] */
	uint16_t *distances; /* of each to each, in edges; 0: not connected */
	uint16_t farthest;
};

static void stress_cleanup(struct stress *stress)
{
	free(stress->offsets);
	free(stress->neighbours);
	free(stress->distances);
}

static void neighbours_collect(struct stress *stress, const struct stress_edge *edges, size_t edge_count)
{
	size_t *ends = stress->offsets + 1;

	for (size_t i = 0; i < edge_count; i++) {
		ends[edges[i].from]++;
		ends[edges[i].to]++;
	}
	for (size_t i = 1; i <= stress->count; i++)
		stress->offsets[i] += stress->offsets[i - 1];
	/* Filled from the end of each point's room, which leaves the offset at its beginning. */
	for (size_t i = 0; i < edge_count; i++) {
		stress->neighbours[--ends[edges[i].from]] = edges[i].to;
		stress->neighbours[--ends[edges[i].to]] = edges[i].from;
	}
	for (size_t i = 0; i < stress->count; i++)
		stress->offsets[i] = stress->offsets[i + 1];
	stress->offsets[stress->count] = 2 * edge_count;
}

static void distances_measure(struct stress *stress, size_t from, size_t *queue)
{
	uint16_t *distances = stress->distances + from * stress->count;
	size_t head = 0, tail = 0;

	queue[tail++] = from;
	while (head < tail) {
		size_t at = queue[head++];

		for (size_t i = stress->offsets[at]; i < stress->offsets[at + 1]; i++) {
			size_t next = stress->neighbours[i];

			if (next == from || distances[next] > 0)
				continue;
			distances[next] = (uint16_t)(distances[at] + 1);
			stress->farthest = distances[next] > stress->farthest ? distances[next] : stress->farthest;
			queue[tail++] = next;
		}
	}
}

/* xorshift64 (Marsaglia, "Xorshift RNGs", 2003). */
static uint64_t random_next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void order_shuffle(size_t *order, size_t count, uint64_t *state)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = random_next(state) % i, kept = order[i - 1];

		order[i - 1] = order[other];
		order[other] = kept;
	}
}

static void pair_relax(const struct stress *stress, double unit, double step, size_t i, size_t j,
		       struct point *points)
{
	double edges = stress->distances[i * stress->count + j];
	double wanted, x = points[i].x - points[j].x, y = points[i].y - points[j].y, length = sqrt(x * x + y * y),
		       move;

	if (edges < 1)
		edges = stress->farthest / 2.0 + 1;
	wanted = edges * unit;
	move = fmin(step / (edges * edges), 1) * (length - wanted) / 2 / fmax(length, 0.01);
	points[i].x -= move * x;
	points[i].y -= move * y;
	points[j].x += move * x;
	points[j].y += move * y;
}

/* In a ring they begin, which unfolds most graphs of labs without crossings. */
static void ring_place(size_t count, double radius, struct point *points)
{
	for (size_t i = 0; i < count; i++) {
		double angle = 2 * 3.14159265358979 * (double)i / (double)count;

		points[i] = (struct point){ -radius * cos(angle), -radius * sin(angle) };
	}
}

void stress_place(size_t count, const struct stress_edge *edges, size_t edge_count, double unit, struct point *points)
{
	cleanup(stress) struct stress stress = {
		.count = count,
		.offsets = memory_new_array(count + 2, sizeof(size_t)),
		.neighbours = memory_new_array(2 * edge_count + 1, sizeof(size_t)),
		.distances = memory_new_array(count * count + 1, sizeof(uint16_t)),
		.farthest = 1,
	};
	cleanup(free) size_t *order = memory_new_array(count + 1, sizeof(*order));
	double rounds =
		floor(fmin(fmax(2 * PAIRS_MAX / ((double)count * (double)count + 1), ROUNDS_MIN), ROUNDS_MAX));
	double step, shrink;
	uint64_t state = 0x9e3779b97f4a7c15;

	neighbours_collect(&stress, edges, edge_count);
	for (size_t i = 0; i < count; i++)
		distances_measure(&stress, i, order);
	for (size_t i = 0; i < count; i++)
		order[i] = i;
	ring_place(count, unit * fmax(1, stress.farthest / 2.0), points);
	step = stress.farthest * (double)stress.farthest;
	shrink = pow(0.05 / step, 1 / rounds);
	for (int round = 0; round < (int)rounds; round++, step *= shrink) {
		order_shuffle(order, count, &state);
		for (size_t i = 0; i < count; i++)
			for (size_t j = i + 1; j < count; j++)
				pair_relax(&stress, unit, step, order[i], order[j], points);
	}
}
