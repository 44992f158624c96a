#include "render/topology/space.h"

#include "base/memory.h"

enum { CELL = 80, CELLS_MAX = 1000 /* a side */ };

struct space_item {
	struct rectangle area;
	enum space_kind kind;
};

struct space_entry {
	size_t item;
	size_t next; /* 1 + its place; 0: none */
};

struct cells {
	size_t left, top, right, bottom; /* the last two are within */
};

static size_t cell_of(double distance, size_t count)
{
	if (distance < 0)
		return 0;
	return distance / CELL >= (double)count ? count - 1 : (size_t)(distance / CELL);
}

/* What is outside counts to the cells of the edge. */
static struct cells cells_of(const struct space *space, const struct rectangle *area)
{
	double x = area->x - space->origin.x, y = area->y - space->origin.y;

	return (struct cells){
		.left = cell_of(x, space->columns),
		.top = cell_of(y, space->rows),
		.right = cell_of(x + area->width, space->columns),
		.bottom = cell_of(y + area->height, space->rows),
	};
}

void space_init(struct space *space, const struct rectangle *extent)
{
	*space = (struct space){
		.origin = { extent->x, extent->y },
		.columns = 1 + cell_of(extent->width, CELLS_MAX),
		.rows = 1 + cell_of(extent->height, CELLS_MAX),
	};
	space->cells = memory_new_array(space->columns * space->rows, sizeof(*space->cells));
}

void space_deinit(struct space *space)
{
	free(space->items);
	free(space->cells);
	free(space->entries);
}

void space_take(struct space *space, enum space_kind kind, const struct rectangle *area)
{
	struct cells cells = cells_of(space, area);

	memory_grow(&space->items, space->count, &space->capacity, sizeof(*space->items));
	space->items[space->count] = (struct space_item){ *area, kind };
	for (size_t row = cells.top; row <= cells.bottom; row++) {
		for (size_t column = cells.left; column <= cells.right; column++) {
			size_t *cell = &space->cells[row * space->columns + column];

			memory_grow(&space->entries, space->entry_count, &space->entry_capacity,
				    sizeof(*space->entries));
			space->entries[space->entry_count++] = (struct space_entry){ space->count, *cell };
			*cell = space->entry_count;
		}
	}
	space->count++;
}

static bool cell_is_free(const struct space *space, size_t cell, unsigned kinds, const struct rectangle *area)
{
	for (size_t at = space->cells[cell]; at > 0; at = space->entries[at - 1].next) {
		const struct space_item *item = &space->items[space->entries[at - 1].item];

		if ((item->kind & kinds) && rectangle_overlaps(&item->area, area))
			return false;
	}
	return true;
}

bool space_is_free(const struct space *space, unsigned kinds, const struct rectangle *area)
{
	struct cells cells = cells_of(space, area);

	for (size_t row = cells.top; row <= cells.bottom; row++)
		for (size_t column = cells.left; column <= cells.right; column++)
			if (!cell_is_free(space, row * space->columns + column, kinds, area))
				return false;
	return true;
}
