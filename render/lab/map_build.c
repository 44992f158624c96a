#include "render/lab/map_build.h"

struct value_map *map_build(struct reader *reader, const struct yaml_node *mapping, map_entry_reader *entry_read,
			    const void *context)
{
	struct value_map *map = arena_new(reader->arena, sizeof(*map));
	const char **keys = arena_new(reader->arena, (mapping->count + 1) * sizeof(*keys));
	const void **values = arena_new(reader->arena, (mapping->count + 1) * sizeof(*values));
	struct place *places = arena_new(reader->arena, (mapping->count + 1) * sizeof(*places));

	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *entry = &mapping->pairs[i];
		const void *value = entry_read(reader, entry, context);

		if (value == NULL)
			continue;
		keys[map->count] = entry->key;
		places[map->count] = (struct place){ reader->path, entry->line, entry->column };
		values[map->count++] = value;
	}
	map->keys = keys;
	map->values = values;
	map->places = places;
	return map;
}
