#include "render/lab/variable_scope.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/scalar_place.h"

enum { NEAREST_MAX = 1000 };

/* What is being expanded, and where that is told. */
struct expansion {
	struct reader *reader;
	struct variable_scope *scope;
	size_t below; /* only layers below it may be referred to */
	const struct yaml_node *place; /* in the reader's file */
	size_t offset; /* with `through`: of the reference in the place's text */
	const char *through; /* the lower layer's variable whose value it is; NULL: it is the place's own text */
};

/* "${NAME}" in a text. */
struct reference {
	size_t start, end;
	const char *name; /* NULL: "$${", which stands for "${" */
};

/* The first one from `from` on. */
static bool reference_find(struct reader *reader, const char *text, size_t from, struct reference *reference)
{
	for (const char *at = strchr(text + from, '$'); at; at = strchr(at + 1, '$')) {
		size_t start = (size_t)(at - text), length;

		if (strncmp(at, "$${", 3) == 0) {
			*reference = (struct reference){ .start = start, .end = start + 3 };
			return true;
		}
		if (at[1] != '{')
			continue;
		length = variable_name_length(at + 2);
		if (length == 0 || at[2 + length] != '}')
			continue;
		*reference = (struct reference){ .start = start,
						 .end = start + length + 3,
						 .name = arena_copy(reader->arena, at + 2, length) };
		return true;
	}
	return false;
}

/* The one that holds, and its layer. */
static const struct variable *scope_find(const struct variable_scope *scope, const char *name, size_t below,
					 size_t *layer)
{
	for (size_t i = below; i-- > 0;) {
		const struct variable *found = variables_find(scope->layers[i], name);

		*layer = i;
		if (found)
			return found;
	}
	return NULL;
}

static const char *nearest_name(const struct variable_scope *scope, size_t below, const char *name)
{
	const char *names[NEAREST_MAX + 1] = { "lab" };
	size_t count = 1;

	if (scope->instance)
		names[count++] = "instance";
	if (scope->number)
		names[count++] = "number";
	for (size_t i = below; i-- > 0;)
		for (size_t j = 0; j < scope->layers[i]->count && count < NEAREST_MAX; j++)
			names[count++] = scope->layers[i]->items[j].name;
	return text_nearest(name, names);
}

static void refuse_own(const struct expansion *expansion, const struct place *place, const char *name)
{
	const char *where = text_equal(name, "lab") ? "inside of a Lab" : "in a Lab with spec.instances";

	if (expansion->through)
		reader_error_at(expansion->reader, place, "variable \"%s\" refers to \"%s\", which is known only %s",
				expansion->through, name, where);
	else
		reader_error_at(expansion->reader, place, "variable \"%s\" is known only %s", name, where);
}

static void refuse_unknown(const struct expansion *expansion, const struct place *place, const char *name)
{
	const struct variable_scope *scope = expansion->scope;
	const char *nearest;
	size_t layer;

	if (expansion->below < scope->count && scope_find(scope, name, scope->count, &layer)) {
		reader_error_at(expansion->reader, place,
				"variable \"%s\" cannot be used here; a variable's value refers only to variables of "
				"lower layers, as in the Defaults of a folder above",
				name);
		return;
	}
	nearest = nearest_name(scope, expansion->below, name);
	if (nearest)
		reader_error_at(expansion->reader, place,
				"unknown variable \"%s\"; did you mean \"%s\"? $${%s} stands for the text itself",
				name, nearest, name);
	else
		reader_error_at(expansion->reader, place,
				"unknown variable \"%s\"; set it under spec.variables, or write $${%s} for the text "
				"itself",
				name, name);
}

static void refuse_reference(const struct expansion *expansion, const struct yaml_node *value,
			     const struct reference *reference)
{
	struct place place = expansion->through ? scalar_place(expansion->reader, expansion->place, expansion->offset)
						: scalar_place(expansion->reader, value, reference->start);

	expansion->scope->missing = true;
	if (variable_is_own(reference->name))
		refuse_own(expansion, &place, reference->name);
	else if (!expansion->scope->partial)
		refuse_unknown(expansion, &place, reference->name);
}

/* False once there is too much. Each step counts, so that empty values end as well. */
static bool expansion_grow(const struct expansion *expansion, size_t length)
{
	struct variable_scope *scope = expansion->scope;

	scope->expanded += length + 1;
	if (scope->expanded <= EXPANDED_TEXT_MAX)
		return true;
	if (!scope->full)
		reader_refuse(expansion->reader, expansion->place,
			      "the lab's variables make more than %d MiB of text; use fewer, or shorter ones",
			      EXPANDED_TEXT_MAX / 1024 / 1024);
	scope->full = scope->missing = true;
	return false;
}

static const struct yaml_node *text_expand(const struct expansion *expansion, const struct yaml_node *value);

static const char *own_value(const struct variable_scope *scope, const char *name)
{
	if (text_equal(name, "lab"))
		return scope->lab;
	return text_equal(name, "instance") ? scope->instance : scope->number;
}

static const struct yaml_node *own_node(const struct expansion *expansion, const char *name)
{
	const char *text = own_value(expansion->scope, name);
	struct yaml_node *node;

	if (text == NULL)
		return NULL;
	node = arena_new(expansion->reader->arena, sizeof(*node));
	*node = (struct yaml_node){ .kind = YAML_STRING, .text = text, .length = strlen(text) };
	if (text_equal(name, "number")) {
		node->kind = YAML_INTEGER;
		node->integer = strtoll(text, NULL, 10);
	}
	return node;
}

/* What a reference stands for; NULL after it told that it stands for nothing. */
static const struct yaml_node *reference_value(const struct expansion *expansion, const struct yaml_node *value,
					       const struct reference *reference)
{
	struct expansion inner = *expansion;
	const struct variable *variable = NULL;
	const struct yaml_node *found = NULL;

	if (variable_is_own(reference->name))
		found = own_node(expansion, reference->name);
	else
		variable = scope_find(expansion->scope, reference->name, expansion->below, &inner.below);
	if (variable) {
		inner.offset = expansion->through ? expansion->offset : reference->start;
		inner.through = variable->name;
		found = expansion->scope->is_expanded[inner.below] ? variable->value
								   : text_expand(&inner, variable->value);
	} else if (found == NULL) {
		refuse_reference(expansion, value, reference);
	}
	return found && expansion_grow(expansion, found->length) ? found : NULL;
}

static struct yaml_node *node_copy(struct reader *reader, const struct yaml_node *value,
				   const struct yaml_node *place)
{
	struct yaml_node *copy = arena_new(reader->arena, sizeof(*copy));

	*copy = *value;
	copy->line = place->line;
	copy->column = place->column;
	return copy;
}

static const struct yaml_node *text_join(const struct expansion *expansion, const struct yaml_node *value,
					 struct reference reference)
{
	struct reader *reader = expansion->reader;
	cleanup(buffer) struct buffer out = BUFFER_INIT;
	struct yaml_node *joined;
	size_t at = 0;

	do {
		const struct yaml_node *part = NULL;

		buffer_append(&out, value->text + at, reference.start - at);
		at = reference.end;
		if (reference.name == NULL)
			buffer_append_text(&out, "${");
		else
			part = reference_value(expansion, value, &reference);
		if (part)
			buffer_append(&out, part->text, part->length);
		if (expansion->scope->full)
			return value;
	} while (reference_find(reader, value->text, at, &reference));
	buffer_append(&out, value->text + at, value->length - at);
	if (!expansion_grow(expansion, out.length))
		return value;
	joined = node_copy(reader, value, value);
	joined->text = arena_copy(reader->arena, buffer_text(&out), out.length);
	joined->length = out.length;
	return joined;
}

static const struct yaml_node *text_expand(const struct expansion *expansion, const struct yaml_node *value)
{
	const struct yaml_node *found;
	struct reference reference;
	struct yaml_node *alone;

	if (value->kind != YAML_STRING || expansion->scope->full ||
	    !reference_find(expansion->reader, value->text, 0, &reference))
		return value;
	if (reference.name == NULL || reference.start > 0 || reference.end < value->length)
		return text_join(expansion, value, reference);
	found = reference_value(expansion, value, &reference);
	if (found == NULL)
		return value;
	alone = node_copy(expansion->reader, found, value);
	alone->is_text_too = found->kind != YAML_STRING;
	return alone;
}

static const struct yaml_node *value_expand(const struct expansion *expansion, const struct yaml_node *value);

static const struct yaml_node *sequence_expand(const struct expansion *expansion, const struct yaml_node *value)
{
	struct yaml_node *copy = NULL;

	for (size_t i = 0; i < value->count; i++) {
		const struct yaml_node *item = value_expand(expansion, value->items[i]);

		if (item == value->items[i])
			continue;
		if (copy == NULL) {
			copy = node_copy(expansion->reader, value, value);
			copy->items = arena_new(expansion->reader->arena, value->count * sizeof(*copy->items));
			memcpy(copy->items, value->items, value->count * sizeof(*copy->items));
		}
		copy->items[i] = (struct yaml_node *)item;
	}
	return copy ? copy : value;
}

static const struct yaml_node *mapping_expand(const struct expansion *expansion, const struct yaml_node *value)
{
	struct yaml_node *copy = NULL;

	for (size_t i = 0; i < value->count; i++) {
		const struct yaml_node *item = value_expand(expansion, value->pairs[i].value);

		if (item == value->pairs[i].value)
			continue;
		if (copy == NULL) {
			copy = node_copy(expansion->reader, value, value);
			copy->pairs = arena_new(expansion->reader->arena, value->count * sizeof(*copy->pairs));
			memcpy(copy->pairs, value->pairs, value->count * sizeof(*copy->pairs));
		}
		copy->pairs[i].value = (struct yaml_node *)item;
	}
	return copy ? copy : value;
}

static const struct yaml_node *value_expand(const struct expansion *expansion, const struct yaml_node *value)
{
	struct expansion inner = *expansion;

	switch (value->kind) {
	case YAML_SEQUENCE:
		return sequence_expand(expansion, value);
	case YAML_MAPPING:
		return mapping_expand(expansion, value);
	default:
		inner.place = value;
		return text_expand(&inner, value);
	}
}

const struct yaml_node *scope_expand(struct reader *reader, struct variable_scope *scope,
				     const struct yaml_node *value)
{
	struct expansion expansion = { .reader = reader, .scope = scope, .below = scope->count, .place = value };

	return value_expand(&expansion, value);
}

bool scope_push(struct reader *reader, struct variable_scope *scope, const struct variables *layer)
{
	if (scope->count == VARIABLE_LAYERS_MAX) {
		reader_error(reader, 1, 1, "more than %d folders with variables above each other",
			     VARIABLE_LAYERS_MAX);
		return false;
	}
	scope->layers[scope->count++] = layer;
	return true;
}

bool scope_push_expanded(struct reader *reader, struct variable_scope *scope, const struct variables *layer)
{
	struct variables *expanded = arena_new(reader->arena, sizeof(*expanded));
	struct variable *items = arena_new(reader->arena, (layer->count + 1) * sizeof(*items));
	struct expansion expansion = { .reader = reader, .scope = scope, .below = scope->count };

	if (!scope_push(reader, scope, layer))
		return false;
	for (size_t i = 0; i < layer->count; i++) {
		expansion.place = layer->items[i].value;
		items[i] = (struct variable){ .name = layer->items[i].name,
					      .value = text_expand(&expansion, expansion.place),
					      .expanded = true };
	}
	*expanded = (struct variables){ .items = items, .count = layer->count };
	scope->layers[scope->count - 1] = expanded;
	scope->is_expanded[scope->count - 1] = true;
	return true;
}

void scope_check(struct reader *reader, const struct variable_scope *scope, const struct variables *layer)
{
	struct variable_scope checked = *scope;
	struct expansion expansion = { .reader = reader, .scope = &checked, .below = scope->count };
	struct reference reference;
	size_t found;

	if (!scope_push(reader, &checked, layer))
		return;
	for (size_t i = 0; i < layer->count; i++) {
		const struct yaml_node *value = layer->items[i].value;

		expansion.place = value;
		for (size_t at = 0; value->kind == YAML_STRING && reference_find(reader, value->text, at, &reference);
		     at = reference.end)
			if (reference.name && !variable_is_own(reference.name) &&
			    scope_find(scope, reference.name, scope->count, &found) == NULL)
				refuse_reference(&expansion, value, &reference);
	}
}
