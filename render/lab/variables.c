#include "render/lab/variables.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/values.h"

static const char *const own_names[] = { "lab", "instance", "number", NULL };

static const char digits[] = "0123456789";
static const char name_characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

size_t variable_name_length(const char *text)
{
	return strspn(text, digits) ? 0 : strspn(text, name_characters);
}

bool variable_is_own(const char *name)
{
	for (size_t i = 0; own_names[i]; i++)
		if (text_equal(own_names[i], name))
			return true;
	return false;
}

static bool variable_check(struct reader *reader, const struct yaml_pair *pair)
{
	if (pair->key[0] == '\0' || pair->key[variable_name_length(pair->key)])
		reader_error(reader, pair->line, pair->column,
			     "variable %s has no usable name; use letters, digits and \"_\", and no digit first",
			     reader_quote(reader, pair->key));
	else if (text_equal(pair->key, "true") || text_equal(pair->key, "false"))
		reader_error(
			reader, pair->line, pair->column,
			"a variable cannot be called \"%s\", as which YAML also reads %s; quote the name, or choose "
			"another",
			pair->key, text_equal(pair->key, "true") ? "y, yes and on" : "n, no and off");
	else if (variable_is_own(pair->key))
		reader_error(reader, pair->line, pair->column,
			     "variable \"%s\" is labsync's own; choose another name", pair->key);
	else if (pair->value->kind == YAML_MAPPING || pair->value->kind == YAML_SEQUENCE)
		reader_refuse(reader, pair->value, "variable \"%s\" must be text, a number or true or false, not %s",
			      pair->key, yaml_kind_name(pair->value->kind));
	else
		return true;
	return false;
}

static int variable_compare(const void *left, const void *right)
{
	return strcmp(((const struct variable *)left)->name, ((const struct variable *)right)->name);
}

static const struct value_type variable_type = { .name = "text, number or boolean", .shape = VALUE_ANY };
const struct value_type variables_type = {
	.shape = VALUE_MAP,
	.items = &variable_type,
	.items_max = VARIABLES_MAX,
	.key_pattern = "^[A-Za-z_][A-Za-z0-9_]*$",
};

const void *variables_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *mapping = pair->value;
	struct variables *variables = arena_new(reader->arena, sizeof(*variables));
	struct variable *items;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	if (mapping->count > VARIABLES_MAX)
		return reader_refuse(reader, mapping, "%zu variables; at most %d are taken", mapping->count,
				     VARIABLES_MAX);
	items = arena_new(reader->arena, (mapping->count + 1) * sizeof(*items));
	for (size_t i = 0; i < mapping->count; i++)
		if (mapping->pairs[i].value->kind != YAML_NULL && variable_check(reader, &mapping->pairs[i]))
			items[variables->count++] =
				(struct variable){ .name = mapping->pairs[i].key, .value = mapping->pairs[i].value };
	qsort(items, variables->count, sizeof(*items), variable_compare);
	variables->items = items;
	return variables;
}

const struct variable *variables_find(const struct variables *layer, const char *name)
{
	const struct variable wanted = { .name = name };

	if (layer->count == 0)
		return NULL;
	return bsearch(&wanted, layer->items, layer->count, sizeof(wanted), variable_compare);
}
