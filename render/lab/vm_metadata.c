#include "render/lab/vm_metadata.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/labels.h"
#include "render/lab/map_build.h"
#include "render/lab/values.h"

/* Kubernetes' own limit for all annotations of an object, of which labsync has a few. */
enum {
	ANNOTATIONS_MAX = 64,
	ANNOTATIONS_SIZE_MAX = 256 * 1024 - 4096,
	IMMUTABLE_MAX = 64,
	IMMUTABLE_LENGTH_MAX = 4096
};

#define OWN_PREFIX "labsync.dev/"

static const struct value_type immutable_value_type = { .name = "text", .shape = VALUE_SCALAR };

const struct value_type machine_labels_type = { .shape = VALUE_MAP, .items = &text_type, .items_max = LABELS_MAX };
const struct value_type machine_annotations_type = {
	.shape = VALUE_MAP,
	.items = &text_type,
	.items_max = ANNOTATIONS_MAX,
};
const struct value_type immutable_type = {
	.shape = VALUE_MAP,
	.items = &immutable_value_type,
	.items_max = IMMUTABLE_MAX,
};

/* Those that labsync sets itself are left out with a warning: other tools put them on their own VMs. */
const void *machine_labels_read(struct reader *reader, const struct yaml_pair *pair)
{
	return labels_read_metadata(reader, pair);
}

static void annotation_check(struct reader *reader, const char *key, const struct place *place)
{
	if (!is_qualified_name(key))
		reader_error_at(reader, place, "%s is no name of an annotation; write it like example.com/owner",
				reader_quote(reader, key));
	else if (text_starts_with(key, OWN_PREFIX))
		reader_error_at(reader, place, "annotation %s is set by labsync; choose another name",
				reader_quote(reader, key));
}

const void *machine_annotations_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_map *map = value_read(reader, pair, &machine_annotations_type);
	size_t size = 0;

	for (size_t i = 0; map && i < map->count; i++) {
		annotation_check(reader, map->keys[i], &map->places[i]);
		size += strlen(map->keys[i]) + strlen(map->values[i]);
	}
	if (size > ANNOTATIONS_SIZE_MAX)
		return reader_refuse(reader, pair->value, "%s have %zu bytes; at most %d are taken", pair->key, size,
				     ANNOTATIONS_SIZE_MAX);
	return map;
}

const void *immutable_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_map *map = value_read(reader, pair, &immutable_type);

	for (size_t i = 0; map && i < map->count; i++) {
		if (*map->keys[i] == '\0')
			reader_error_at(reader, &map->places[i], "%s has an entry without a name; give it one",
					pair->key);
		else if (strlen(map->keys[i]) + strlen(map->values[i]) > IMMUTABLE_LENGTH_MAX)
			reader_error_at(reader, &map->places[i], "%s of %s is longer than %d characters",
					reader_quote(reader, map->keys[i]), pair->key, IMMUTABLE_LENGTH_MAX);
	}
	return map;
}
