/* A mapping's entries as a map of values, each with its place. */
#pragma once

#include "render/lab/reader.h"

/* The value of one entry; NULL leaves it out, after it was told why or since it says nothing. */
typedef const void *map_entry_reader(struct reader *reader, const struct yaml_pair *entry, const void *context);

/* In the reader's arena. `context` is handed on. */
struct value_map *map_build(struct reader *reader, const struct yaml_node *mapping, map_entry_reader *entry_read,
			    const void *context);
