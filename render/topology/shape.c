#include "render/topology/shape.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum { PUSH_ROUNDS = 60, SCALE_ROUNDS = 100 };

struct ranked {
	double rank;
	size_t index;
};

static int ranked_compare(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->rank < b->rank || a->rank > b->rank)
		return a->rank < b->rank ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

/* Pushes two apart along the axis where less is needed. False when nothing was. */
static bool pair_push(struct rectangle *a, struct rectangle *b, double gap)
{
	struct point from = rectangle_center(a), to = rectangle_center(b);
	double x = (a->width + b->width) / 2 + gap - fabs(to.x - from.x);
	double y = (a->height + b->height) / 2 + gap - fabs(to.y - from.y);

	/* Less than a hundredth of a pixel is what rounding leaves. */
	if (x <= 0.01 || y <= 0.01)
		return false;
	if (x < y) {
		x = to.x < from.x ? -x : x;
		a->x -= x / 2;
		b->x += x / 2;
	} else {
		y = to.y < from.y ? -y : y;
		a->y -= y / 2;
		b->y += y / 2;
	}
	return true;
}

/* From left to right, so that only neighbours are compared. */
static bool all_push(struct rectangle *areas, struct ranked *order, size_t count, double gap)
{
	bool pushed = false;
	double widest = 0;

	for (size_t i = 0; i < count; i++) {
		order[i] = (struct ranked){ areas[i].x, i };
		widest = fmax(widest, areas[i].width);
	}
	qsort(order, count, sizeof(*order), ranked_compare);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = i + 1; j < count && order[j].rank < order[i].rank + widest + gap; j++)
			pushed |= pair_push(&areas[order[i].index], &areas[order[j].index], gap);
	}
	return pushed;
}

void rectangles_separate(struct rectangle *areas, size_t count, double gap)
{
	cleanup(free) struct ranked *order = memory_new_array(count + 1, sizeof(*order));

	for (int scale = 0; scale < SCALE_ROUNDS; scale++) {
		for (int round = 0; round < PUSH_ROUNDS; round++)
			if (!all_push(areas, order, count, gap))
				return;
		/* Too crowded for pushing: everything moves away from the origin. */
		for (size_t i = 0; i < count; i++) {
			areas[i].x = (areas[i].x + areas[i].width / 2) * 1.1 - areas[i].width / 2;
			areas[i].y = (areas[i].y + areas[i].height / 2) * 1.1 - areas[i].height / 2;
		}
	}
}

struct point rectangles_shelve(struct rectangle *areas, size_t count, double gap)
{
	cleanup(free) struct ranked *order = memory_new_array(count + 1, sizeof(*order));
	struct point at = { gap, gap }, size = { gap, gap };
	double surface = 0, row = 0, limit;

	for (size_t i = 0; i < count; i++) {
		order[i] = (struct ranked){ -areas[i].height, i };
		surface += (areas[i].width + gap) * (areas[i].height + gap);
	}
	limit = sqrt(surface) * 1.3;
	qsort(order, count, sizeof(*order), ranked_compare);
	for (size_t i = 0; i < count; i++) {
		struct rectangle *area = &areas[order[i].index];

		if (at.x > gap && at.x + area->width > limit) {
			at = (struct point){ gap, at.y + row + gap };
			row = 0;
		}
		area->x = at.x;
		area->y = at.y;
		at.x += area->width + gap;
		row = fmax(row, area->height);
		size.x = fmax(size.x, at.x);
		size.y = fmax(size.y, at.y + row + gap);
	}
	return size;
}
