#include "render/yaml/builder.h"

#include <string.h>

#include "base/text.h"

enum { SHOWN_MAX = 60 };

static void builder_note(struct yaml_builder *builder, struct yaml_place place, const char *format, va_list arguments)
{
	cleanup(free) char *message = string_vformat(format, arguments);

	diagnostics_add(builder->diagnostics, DIAGNOSTIC_ERROR, builder->path, place.line, place.column, "%s",
			message);
}

void yaml_builder_error(struct yaml_builder *builder, struct yaml_place place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	builder_note(builder, place, format, arguments);
	va_end(arguments);
}

bool yaml_builder_stop(struct yaml_builder *builder, struct yaml_place place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	builder_note(builder, place, format, arguments);
	va_end(arguments);
	builder->stopped = true;
	return false;
}

const char *yaml_builder_shown(struct yaml_builder *builder, const char *text)
{
	cleanup(free) char *printable = text_printable(text, TEXT_ONE_LINE);
	size_t length = strlen(printable);

	if (length <= SHOWN_MAX)
		return arena_copy(builder->arena, printable, length);
	length = SHOWN_MAX;
	while (length && ((unsigned char)printable[length] & 0xc0) == 0x80)
		length--; /* not inside a character */
	return arena_format(builder->arena, "%.*s...", (int)length, printable);
}

bool yaml_builder_count(struct yaml_builder *builder, size_t count, struct yaml_place place)
{
	if (count > YAML_NODES_MAX - builder->nodes)
		return yaml_builder_stop(builder, place,
					 "the file holds more than %d values, aliases written out; split it",
					 YAML_NODES_MAX);
	builder->nodes += count;
	return true;
}

bool yaml_builder_descend(struct yaml_builder *builder, size_t depth, struct yaml_place place)
{
	if (depth > YAML_DEPTH_MAX)
		return yaml_builder_stop(builder, place, "values are nested more than %d deep; flatten them",
					 YAML_DEPTH_MAX);
	if (depth > builder->deepest)
		builder->deepest = depth;
	return true;
}

struct yaml_node *yaml_builder_node(struct yaml_builder *builder, struct yaml_place place)
{
	struct yaml_node *node;

	if (!yaml_builder_count(builder, 1, place))
		return NULL;
	node = arena_new(builder->arena, sizeof(*node));
	node->kind = YAML_NULL;
	node->line = place.line;
	node->column = place.column;
	return node;
}

void yaml_list_add(struct yaml_list *list, struct yaml_node *item)
{
	memory_grow(&list->items, list->count, &list->capacity, sizeof(*list->items));
	list->items[list->count++] = item;
}

void yaml_list_cleanup(struct yaml_list *list)
{
	free(list->items);
}

void yaml_list_finish(struct yaml_builder *builder, const struct yaml_list *list, struct yaml_node *node)
{
	node->kind = YAML_SEQUENCE;
	node->count = list->count;
	if (list->count == 0)
		return;
	node->items = arena_new(builder->arena, list->count * sizeof(*node->items));
	memcpy(node->items, list->items, list->count * sizeof(*node->items));
}
