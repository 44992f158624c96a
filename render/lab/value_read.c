/* value_read(): what a value's type says, and nothing more. */
#include "render/lab/reader.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/lab/map_build.h"
#include "render/lab/values.h"

static const void *text_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type)
{
	const char *text, *nearest;
	cleanup(buffer) struct buffer list = BUFFER_INIT;

	if (type->shape == VALUE_TEXT && value_string_pair(reader, pair) == NULL)
		return NULL;
	text = value_scalar_text(pair->value);
	if (text == NULL)
		return reader_refuse(reader, pair->value, "%s must be a string, not %s", pair->key,
				     yaml_kind_name(pair->value->kind));
	if (type->allowed == NULL)
		return text;
	for (size_t i = 0; type->allowed[i]; i++) {
		if (text_equal(type->allowed[i], text))
			return type->allowed[i];
		buffer_format(&list, "%s%s", i == 0 ? "" : type->allowed[i + 1] ? ", " : " or ", type->allowed[i]);
	}
	nearest = text_nearest(text, type->allowed);
	if (nearest)
		return reader_refuse(reader, pair->value, "%s %s is not known; did you mean \"%s\"?", pair->key,
				     reader_quote(reader, text), nearest);
	return reader_refuse(reader, pair->value, "%s %s is not known; use %s", pair->key, reader_quote(reader, text),
			     buffer_text(&list));
}

static const void *number_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type)
{
	const struct yaml_node *value = pair->value;
	bool bounded = type->minimum || type->maximum;

	if (value->kind != YAML_INTEGER)
		return reader_refuse(reader, value, "%s must be a whole number, not %s", pair->key,
				     yaml_kind_name(value->kind));
	if (bounded && type->maximum && (value->integer < type->minimum || value->integer > type->maximum))
		return reader_refuse(reader, value, "%s must be a whole number from %lld to %lld, not %s", pair->key,
				     (long long)type->minimum, (long long)type->maximum, value->text);
	if (bounded && value->integer < type->minimum)
		return reader_refuse(reader, value, "%s must be a whole number of at least %lld, not %s", pair->key,
				     (long long)type->minimum, value->text);
	return &value->integer;
}

/* False after it told that there are too few or too many. */
static bool count_fits(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type)
{
	size_t count = pair->value->count;

	if (count < type->items_min)
		reader_refuse(reader, pair->value, "%s has %zu entries; at least %zu are needed", pair->key, count,
			      type->items_min);
	else if (type->items_max && count > type->items_max)
		reader_refuse(reader, pair->value, "%s has %zu entries; at most %zu are taken", pair->key, count,
			      type->items_max);
	else
		return true;
	return false;
}

static const void *list_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type)
{
	const struct yaml_node *value = pair->value;
	struct value_list *list;
	const void **items;
	struct place *places;

	if (value_sequence_pair(reader, pair) == NULL || !count_fits(reader, pair, type))
		return NULL;
	list = arena_new(reader->arena, sizeof(*list));
	items = arena_new(reader->arena, (value->count + 1) * sizeof(*items));
	places = arena_new(reader->arena, (value->count + 1) * sizeof(*places));
	for (size_t i = 0; i < value->count; i++) {
		struct yaml_pair item = { .key = arena_format(reader->arena, "%s[%zu]", pair->key, i),
					  .line = value->items[i]->line,
					  .column = value->items[i]->column,
					  .value = value->items[i] };
		const void *read;

		if (item.value->kind == YAML_NULL) {
			reader_refuse(reader, item.value, "%s is empty; write a value, or remove it", item.key);
			continue;
		}
		read = value_read(reader, &item, type->items);
		if (read == NULL)
			continue;
		places[list->count] = (struct place){ reader->path, item.line, item.column };
		items[list->count++] = read;
	}
	list->items = items;
	list->places = places;
	return list;
}

struct map_reading {
	const struct yaml_pair *pair;
	const struct value_type *items;
};

static const void *map_entry_read(struct reader *reader, const struct yaml_pair *entry, const void *context)
{
	const struct map_reading *reading = context;

	if (entry->value->kind == YAML_NULL)
		return reader_refuse(reader, entry->value, "%s of %s is empty; write a value, or remove it",
				     reader_quote(reader, entry->key), reading->pair->key);
	return value_read(reader, entry, reading->items);
}

static const void *map_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type)
{
	const struct map_reading reading = { pair, type->items };

	if (value_mapping_pair(reader, pair) == NULL || !count_fits(reader, pair, type))
		return NULL;
	return map_build(reader, pair->value, map_entry_read, &reading);
}

const void *value_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type)
{
	switch (type->shape) {
	case VALUE_TEXT:
	case VALUE_SCALAR:
		return text_read(reader, pair, type);
	case VALUE_NUMBER:
		return number_read(reader, pair, type);
	case VALUE_BOOLEAN:
		return value_boolean(reader, pair);
	case VALUE_OBJECT:
		return object_read(reader, pair->value, pair->key, type);
	case VALUE_MAP:
		return map_read(reader, pair, type);
	case VALUE_LIST:
		return list_read(reader, pair, type);
	case VALUE_ANY:
		break;
	}
	return pair->value;
}
