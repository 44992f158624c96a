#include "render/lab/instances.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

enum { DIGITS_MIN = 2 };

struct instance_fields {
	const struct yaml_pair *name;
	const struct variables *variables;
};

static const void *name_seen(struct reader *reader, const struct yaml_pair *pair)
{
	(void)reader;
	return pair;
}

static const struct field instance_fields[] = {
	{ "name", name_seen, offsetof(struct instance_fields, name), &name_type, "What follows the lab's name.",
	  .presence = FIELD_REQUIRED },
	{ "variables", variables_read, offsetof(struct instance_fields, variables), &variables_type,
	  "Variables of this instance alone.", .fallback = NULL },
	{ .name = NULL },
};

/* Values of more than one shape, which are read by hand: a name or a mapping, and a number or a list. */
static const struct value_type instance_type = { .name = "Instance", .shape = VALUE_ANY, .fields = instance_fields };
const struct value_type instances_type = {
	.name = "number or list",
	.shape = VALUE_ANY,
	.minimum = 1,
	.maximum = INSTANCES_MAX,
	.items = &instance_type,
	.items_min = 1,
	.items_max = INSTANCES_MAX,
};

static bool numbers_make(struct reader *reader, const char *lab, const struct yaml_node *value,
			 struct lab_instances *instances)
{
	struct lab_instance *items;

	if (value->integer < 1 || value->integer > INSTANCES_MAX)
		return reader_refuse(reader, value, "instances must be from 1 to %d, not %s", INSTANCES_MAX,
				     reader_quote(reader, value->text));
	instances->count = (size_t)value->integer;
	items = arena_new(reader->arena, instances->count * sizeof(*items));
	for (size_t i = 0; i < instances->count; i++) {
		/* However many there are: one that is added must not give all others new names. */
		items[i].name = arena_format(reader->arena, "%0*zu", DIGITS_MIN, i + 1);
		items[i].number = arena_format(reader->arena, "%zu", i + 1);
		items[i].lab = arena_format(reader->arena, "%s-%s", lab, items[i].name);
	}
	instances->items = items;
	return true;
}

/* The item's name; NULL after it told what is wrong. */
static const struct yaml_node *item_name(struct reader *reader, const struct yaml_node *item,
					 struct instance_fields *fields)
{
	const struct yaml_node *name = item;

	if (item->kind == YAML_MAPPING) {
		fields_read(reader, item, "instance", instance_fields, fields);
		if (fields->name == NULL)
			return reader_refuse(reader, item, "instance has no name; add it");
		name = fields->name->value;
	}
	if (value_scalar_text(name) == NULL)
		return reader_refuse(reader, name, "an instance is a name or {name, variables}, not %s",
				     yaml_kind_name(name->kind));
	return name_check(reader, "instance", name->text, name->line, name->column) ? name : NULL;
}

struct named_place {
	const char *name;
	const struct yaml_node *node;
};

static int named_place_compare(const void *left, const void *right)
{
	const struct named_place *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	if (order == 0)
		order = (a->node->line > b->node->line) - (a->node->line < b->node->line);
	return order ? order : (a->node->column > b->node->column) - (a->node->column < b->node->column);
}

static void names_check_unique(struct reader *reader, struct named_place *names, size_t count)
{
	if (count)
		qsort(names, count, sizeof(*names), named_place_compare);
	for (size_t i = 1; i < count; i++)
		if (text_equal(names[i - 1].name, names[i].name))
			reader_refuse(reader, names[i].node, "instance \"%s\" is also at %s:%zu:%zu; keep one",
				      names[i].name, reader->path, names[i - 1].node->line,
				      names[i - 1].node->column);
}

static bool list_make(struct reader *reader, const char *lab, const struct yaml_node *list,
		      struct lab_instances *instances)
{
	cleanup(free) struct named_place *names = memory_new_array(list->count + 1, sizeof(*names));
	struct lab_instance *items = arena_new(reader->arena, (list->count + 1) * sizeof(*items));
	size_t before = reader->errors;

	if (list->count < 1 || list->count > INSTANCES_MAX)
		return reader_refuse(reader, list, "instances has %zu entries; give from 1 to %d", list->count,
				     INSTANCES_MAX);
	for (size_t i = 0; i < list->count; i++) {
		struct instance_fields fields = { .name = NULL };
		const struct yaml_node *name = item_name(reader, list->items[i], &fields);

		if (name == NULL)
			continue;
		names[instances->count] = (struct named_place){ name->text, name };
		items[instances->count++] = (struct lab_instance){
			.name = name->text,
			.number = arena_format(reader->arena, "%zu", i + 1),
			.lab = arena_format(reader->arena, "%s-%s", lab, name->text),
			.variables = fields.variables,
		};
	}
	names_check_unique(reader, names, instances->count);
	instances->items = items;
	return reader->errors == before;
}

bool instances_read(struct reader *reader, const char *lab, const struct yaml_pair *pair,
		    struct lab_instances *instances)
{
	*instances = (struct lab_instances){ .count = 0 };
	if (pair->value->kind == YAML_INTEGER)
		return numbers_make(reader, lab, pair->value, instances);
	if (pair->value->kind == YAML_SEQUENCE)
		return list_make(reader, lab, pair->value, instances);
	return reader_refuse(reader, pair->value, "instances must be a number like 30, or a list of names, not %s",
			     yaml_kind_name(pair->value->kind));
}
