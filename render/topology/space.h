/* What is taken on a sheet, to find room for more. A grid, so that a question
 * costs what is near. */
#pragma once

#include <stdint.h>

#include "render/topology/shape.h"

enum space_kind { SPACE_BOX = 1, SPACE_LABEL = 2 };

struct space {
	struct space_item *items;
	size_t count, capacity;
	size_t columns, rows;
	struct point origin;
	size_t *cells; /* the last item of each, as 1 + its place in `entries` */
	struct space_entry *entries;
	size_t entry_count, entry_capacity;
};

/* `extent` is where most things are; others may be outside of it. */
void space_init(struct space *space, const struct rectangle *extent);
void space_deinit(struct space *space);
static inline void space_cleanup(struct space *space)
{
	space_deinit(space);
}

void space_take(struct space *space, enum space_kind kind, const struct rectangle *area);

/* `kinds` are those that matter, or-ed. */
bool space_is_free(const struct space *space, unsigned kinds, const struct rectangle *area);
