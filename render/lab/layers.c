/* Objects laid over each other, and where their values came from. */
#include "render/lab/layers.h"

#include <string.h>

#include "render/lab/reader.h"

int place_order(const struct place *a, const struct place *b)
{
	int order = strcmp(a->path, b->path);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	return order ? order : (a->column > b->column) - (a->column < b->column);
}

const char *layer_name(enum layer layer)
{
	static const char *const names[] = { [LAYER_BUILT_IN] = "built-in",
					     [LAYER_REPOSITORY] = "repository",
					     [LAYER_FOLDER] = "folder",
					     [LAYER_LAB] = "lab",
					     [LAYER_NODE] = "node" };

	return names[layer];
}

static size_t fields_count(const struct value_type *type)
{
	size_t count = 0;

	while (type->fields[count].name)
		count++;
	return count;
}

static const void *value_at(const void *object, size_t offset)
{
	const void *value;

	memcpy(&value, (const char *)object + offset, sizeof(value));
	return value;
}

static bool is_object(const struct value_type *type)
{
	return type->shape == VALUE_OBJECT && type->size;
}

const void *object_overlay(struct arena *arena, const struct value_type *type, const void *lower, const void *upper)
{
	const struct settings *above = upper, *below = lower;
	struct settings *settings;
	size_t count;
	char *merged;

	if (lower == NULL || upper == NULL)
		return upper ? upper : lower;
	count = fields_count(type);
	merged = arena_new(arena, type->size);
	memcpy(merged, lower, type->size);
	settings = (struct settings *)(void *)merged;
	settings->place = above->place;
	settings->origins = arena_new(arena, count * sizeof(*settings->origins));
	if (below->origins)
		memcpy(settings->origins, below->origins, count * sizeof(*settings->origins));
	for (size_t i = 0; i < count; i++) {
		const struct field *field = &type->fields[i];
		const void *value = value_at(upper, field->offset);

		if (value == NULL)
			continue;
		if (is_object(field->type))
			value = object_overlay(arena, field->type, value_at(lower, field->offset), value);
		memcpy(merged + field->offset, &value, sizeof(value));
		settings->origins[i] = above->origins ? above->origins[i] : NULL;
	}
	return merged;
}

const struct origin *object_origin(const struct value_type *type, const void *object, size_t offset)
{
	const struct settings *settings = object;

	for (size_t i = 0; settings->origins && type->fields[i].name; i++)
		if (type->fields[i].offset == offset && settings->origins[i])
			return settings->origins[i];
	return NULL;
}

const struct place *object_place(const struct value_type *type, const void *object, size_t offset)
{
	const struct origin *origin = object_origin(type, object, offset);

	return origin ? &origin->place : &((const struct settings *)object)->place;
}
