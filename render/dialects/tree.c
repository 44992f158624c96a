#include "render/dialects/tree.h"

#include <stdarg.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "render/yaml/encoding.h"

static struct yaml_node *node_new(struct arena *arena, const struct yaml_node *at, enum yaml_kind kind)
{
	struct yaml_node *node = arena_new(arena, sizeof(*node));

	*node = (struct yaml_node){ .kind = kind, .line = at->line, .column = at->column };
	return node;
}

static struct yaml_node *scalar_new(struct arena *arena, const struct yaml_node *at, enum yaml_kind kind,
				    const char *text)
{
	struct yaml_node *node = node_new(arena, at, kind);

	node->length = strlen(text);
	node->text = arena_copy(arena, text, node->length);
	return node;
}

struct yaml_node *tree_mapping(struct arena *arena, const struct yaml_node *at)
{
	return node_new(arena, at, YAML_MAPPING);
}

struct yaml_node *tree_list(struct arena *arena, const struct yaml_node *at)
{
	return node_new(arena, at, YAML_SEQUENCE);
}

struct yaml_node *tree_text(struct arena *arena, const struct yaml_node *at, const char *text)
{
	return scalar_new(arena, at, YAML_STRING, text);
}

struct yaml_node *tree_format(struct arena *arena, const struct yaml_node *at, const char *format, ...)
{
	cleanup(free) char *text = NULL;
	va_list values;

	va_start(values, format);
	text = string_vformat(format, values);
	va_end(values);
	return tree_text(arena, at, text);
}

struct yaml_node *tree_integer(struct arena *arena, const struct yaml_node *at, int64_t number)
{
	struct yaml_node *node = scalar_new(arena, at, YAML_INTEGER, arena_format(arena, "%lld", (long long)number));

	node->integer = number;
	return node;
}

struct yaml_node *tree_boolean(struct arena *arena, const struct yaml_node *at, bool value)
{
	struct yaml_node *node = scalar_new(arena, at, YAML_BOOLEAN, value ? "true" : "false");

	node->boolean = value;
	return node;
}

struct yaml_node *tree_place(struct arena *arena, size_t line, size_t column)
{
	struct yaml_node *node = arena_new(arena, sizeof(*node));

	*node = (struct yaml_node){ .kind = YAML_NULL, .line = line, .column = column };
	return node;
}

struct yaml_node *tree_at(struct arena *arena, const struct place *place)
{
	return tree_place(arena, place->line, place->column);
}

/* An array in an arena that has room for one more: its size doubles whenever the count is a power of two. */
static void *grown(struct arena *arena, const void *items, size_t count, size_t size)
{
	void *copy;

	if (count & (count - 1))
		return (void *)items;
	copy = arena_new(arena, (count ? 2 * count : 1) * size);
	if (count)
		memcpy(copy, items, count * size);
	return copy;
}

/* The values of a parsed document are shared and never written to, so that they may lose their const here. */
void tree_set(struct arena *arena, struct yaml_node *mapping, const char *key, const struct yaml_node *value)
{
	if (value == NULL)
		return;
	for (size_t i = 0; i < mapping->count; i++)
		if (text_equal(mapping->pairs[i].key, key)) {
			mapping->pairs[i].value = (struct yaml_node *)value;
			return;
		}
	mapping->pairs = grown(arena, mapping->pairs, mapping->count, sizeof(*mapping->pairs));
	mapping->pairs[mapping->count++] = (struct yaml_pair){ .key = arena_copy(arena, key, strlen(key)),
							       .line = value->line,
							       .column = value->column,
							       .value = (struct yaml_node *)value };
}

void tree_set_text(struct arena *arena, struct yaml_node *mapping, const char *key, const char *text,
		   const struct yaml_node *at)
{
	if (text)
		tree_set(arena, mapping, key, tree_text(arena, at, text));
}

void tree_append(struct arena *arena, struct yaml_node *list, const struct yaml_node *value)
{
	list->items = grown(arena, list->items, list->count, sizeof(struct yaml_node *));
	list->items[list->count++] = (struct yaml_node *)value;
}

static struct yaml_node *value_at(struct arena *arena, struct yaml_node *mapping, const char *key,
				  const struct yaml_node *at, enum yaml_kind kind)
{
	struct yaml_node *value = yaml_get(mapping, key);

	if (value && value->kind == kind)
		return value;
	value = node_new(arena, at, kind);
	tree_set(arena, mapping, key, value);
	return value;
}

struct yaml_node *tree_mapping_at(struct arena *arena, struct yaml_node *mapping, const char *key,
				  const struct yaml_node *at)
{
	return value_at(arena, mapping, key, at, YAML_MAPPING);
}

struct yaml_node *tree_list_at(struct arena *arena, struct yaml_node *mapping, const char *key,
			       const struct yaml_node *at)
{
	return value_at(arena, mapping, key, at, YAML_SEQUENCE);
}

struct yaml_node *tree_copy(struct arena *arena, const struct yaml_node *value)
{
	struct yaml_node *copy = node_new(arena, value, value->kind);

	*copy = *value;
	copy->count = 0;
	copy->pairs = NULL;
	copy->items = NULL;
	for (size_t i = 0; value->kind == YAML_MAPPING && i < value->count; i++) {
		copy->pairs = grown(arena, copy->pairs, copy->count, sizeof(*copy->pairs));
		copy->pairs[copy->count++] = value->pairs[i];
	}
	for (size_t i = 0; value->kind == YAML_SEQUENCE && i < value->count; i++)
		tree_append(arena, copy, value->items[i]);
	return copy;
}

bool tree_is_text(const void *data, size_t length)
{
	const char *text = data;

	for (size_t i = 0; i < length;) {
		uint32_t character;
		size_t taken = utf8_decode(text + i, length - i, &character);

		if (taken == 0 || character == 0x7f || (character < ' ' && !strchr("\t\n\r", (int)character)) ||
		    character == 0)
			return false;
		i += taken;
	}
	return true;
}

const char *tree_decode_text(struct arena *arena, const char *encoded)
{
	size_t length = 0;
	cleanup(free) uint8_t *data = base64_decode_new(encoded, &length);

	return data && tree_is_text(data, length) ? arena_copy(arena, (const char *)data, length) : NULL;
}
