/* Points and rectangles of a drawing, in pixels; y grows downwards. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct point {
	double x, y;
};

struct rectangle {
	double x, y; /* of the upper left corner */
	double width, height;
};

static inline struct point rectangle_center(const struct rectangle *area)
{
	return (struct point){ area->x + area->width / 2, area->y + area->height / 2 };
}

static inline struct rectangle rectangle_at(struct point center, double width, double height)
{
	return (struct rectangle){ center.x - width / 2, center.y - height / 2, width, height };
}

static inline bool rectangle_overlaps(const struct rectangle *a, const struct rectangle *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height && b->y < a->y + a->height;
}

/* Moves rectangles, as little as it can, until there is `gap` between any two. */
void rectangles_separate(struct rectangle *areas, size_t count, double gap);

/* Places rectangles in rows, the tallest first, on a sheet that is about as
 * wide as it is high. Gives its size. */
struct point rectangles_shelve(struct rectangle *areas, size_t count, double gap);
