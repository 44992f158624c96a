#include "render/objects/foreign.h"

#include "base/json.h"
#include "render/objects/given.h"

static void map_add(const struct value_map *map, const char *key, json_t *metadata)
{
	json_t *given = given_map_build(map);

	if (json_object_size(given))
		json_object_update_missing(json_object_member(metadata, key), given);
	json_decref(given);
}

void foreign_metadata_add(const struct value_map *labels, const struct value_map *annotations, json_t *metadata)
{
	map_add(labels, "labels", metadata);
	map_add(annotations, "annotations", metadata);
}
