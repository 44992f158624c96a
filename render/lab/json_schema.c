#include "render/lab/json_schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "render/lab/reader.h"
#include "render/yaml/yaml.h"

#define DIALECT "https://json-schema.org/draft/2020-12/schema"

#define VARIABLE_PATTERN "[$][{]"

/* Where null is as good as nothing. */
enum nulls { NULL_REFUSED, NULL_ALLOWED };

struct schema_builder {
	json_t *definitions; /* by the names of objects; borrowed */
};

static json_t *value_build(struct schema_builder *builder, const struct value_type *type, enum nulls nulls);

static json_t *type_build(const char *const *names, enum nulls nulls)
{
	json_t *list = json_array();

	for (; *names; names++)
		json_array_append_new(list, json_string(*names));
	if (nulls == NULL_ALLOWED)
		json_array_append_new(list, json_string("null"));
	return list;
}

static void type_set(json_t *schema, enum value_shape shape, enum nulls nulls)
{
	static const char *const names[][3] = {
		[VALUE_TEXT] = { "string" },    [VALUE_SCALAR] = { "string", "number" },
		[VALUE_NUMBER] = { "integer" }, [VALUE_BOOLEAN] = { "boolean" },
		[VALUE_OBJECT] = { "object" },  [VALUE_MAP] = { "object" },
		[VALUE_LIST] = { "array" },     [VALUE_ANY] = { NULL },
	};

	if (shape == VALUE_ANY)
		return;
	if (names[shape][1] == NULL && nulls == NULL_REFUSED)
		json_object_set_new(schema, "type", json_string(names[shape][0]));
	else
		json_object_set_new(schema, "type", type_build(names[shape], nulls));
}

static void bounds_set(json_t *schema, const struct value_type *type)
{
	if (type->minimum || type->maximum)
		json_object_set_new(schema, "minimum", json_integer(type->minimum));
	if (type->maximum)
		json_object_set_new(schema, "maximum", json_integer(type->maximum));
}

static json_t *allowed_build(const char *const *texts, enum nulls nulls)
{
	json_t *allowed = json_array();

	for (; *texts; texts++)
		json_array_append_new(allowed, json_string(*texts));
	if (nulls == NULL_ALLOWED)
		json_array_append_new(allowed, json_null());
	return allowed;
}

/* Text with a variable in it stands for whatever its value is. */
static json_t *variable_or(json_t *schema)
{
	return json_pack("{s:[o, {s:s, s:s}]}", "anyOf", schema, "type", "string", "pattern", VARIABLE_PATTERN);
}

static json_t *scalar_build(const struct value_type *type, enum nulls nulls)
{
	json_t *schema = json_object();

	type_set(schema, type->shape, nulls);
	if (type->pattern)
		json_object_set_new(schema, "pattern", json_sprintf(VARIABLE_PATTERN "|%s", type->pattern));
	bounds_set(schema, type);
	if (type->allowed)
		json_object_set_new(schema, "enum", allowed_build(type->allowed, nulls));
	if (type->allowed || type->shape == VALUE_NUMBER || type->shape == VALUE_BOOLEAN)
		return variable_or(schema);
	return schema;
}

/* The default as a value: its text is YAML. */
static void default_set(json_t *schema, const struct field *field)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents = { .count = 0 };

	if (field->fallback == NULL)
		return;
	if (yaml_parse(&arena, field->name, field->fallback, strlen(field->fallback), &documents, &diagnostics) &&
	    documents.count == 1)
		json_object_set_new(schema, "default", yaml_to_json_new(documents.roots[0]));
}

static json_t *field_build(struct schema_builder *builder, const struct field *field, enum nulls nulls)
{
	json_t *schema = value_build(builder, field->type, nulls);

	json_set_text(schema, "description", field->description);
	default_set(schema, field);
	if (field->type->standing == VALUE_WITHOUT_EFFECT)
		json_object_set_new(schema, "deprecated", json_true());
	return schema;
}

/* What a document is has no variables. */
static void kind_fields_set(json_t *properties, const struct value_type *type)
{
	static const char *const names[] = { "apiVersion", "kind" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct field *field = field_find(type->fields, names[i]);

		json_object_set_new(properties, field->name,
				    json_pack("{s:o, s:s}", "enum", allowed_build(field->type->allowed, NULL_REFUSED),
					      "description", field->description));
	}
}

/* The list is long enough, or stands beside what lets it be shorter. */
static void shorter_list_set(json_t *schema, const struct field *field)
{
	const char *beside = field->type->fewer_beside;

	if (beside)
		json_object_set_new(schema, "anyOf",
				    json_pack("[{s:[s], s:{s:{s:{s:s}}}}, {s:{s:{s:I}}}]", "required", beside,
					      "properties", beside, "not", "type", "null", "properties", field->name,
					      "minItems", (json_int_t)field->type->items_min));
}

/* What every object has; a null field is as good as none, and a null object as
 * good as an empty one. */
static void properties_set(struct schema_builder *builder, json_t *schema, const struct value_type *type)
{
	json_t *properties = json_object_member(schema, "properties"), *required = json_array();

	for (const struct field *field = type->fields; field->name; field++) {
		bool must = field->presence == FIELD_REQUIRED;

		if (field->type->standing == VALUE_REFUSED)
			continue;
		json_object_set_new(properties, field->name,
				    field_build(builder, field, must ? NULL_REFUSED : NULL_ALLOWED));
		shorter_list_set(schema, field);
		if (must)
			json_array_append_new(required, json_string(field->name));
	}
	if (json_array_size(required))
		json_object_set(schema, "required", required);
	json_decref(required);
}

static void object_define(struct schema_builder *builder, const struct value_type *type)
{
	json_t *schema = json_pack("{s:[s, s], s:b}", "type", "object", "null", "additionalProperties", 0);

	json_object_set_new(builder->definitions, type->name, schema);
	properties_set(builder, schema, type);
}

static bool has_required(const struct value_type *type)
{
	for (const struct field *field = type->fields; field && field->name; field++)
		if (field->presence == FIELD_REQUIRED)
			return true;
	return false;
}

static json_t *object_build(struct schema_builder *builder, const struct value_type *type, enum nulls nulls)
{
	json_t *schema = json_object();

	if (json_object_get(builder->definitions, type->name) == NULL)
		object_define(builder, type);
	json_object_set_new(schema, "$ref", json_sprintf("#/$defs/%s", type->name));
	if (nulls == NULL_REFUSED)
		json_object_set_new(schema, "type", json_string("object"));
	return schema;
}

static json_t *list_build(struct schema_builder *builder, const struct value_type *type, enum nulls nulls)
{
	json_t *schema = json_object();

	type_set(schema, type->shape, nulls);
	json_object_set_new(schema, "items", value_build(builder, type->items, NULL_REFUSED));
	if (type->items_min)
		json_object_set_new(schema, "minItems",
				    json_integer((json_int_t)type->items_min - (type->fewer_beside ? 1 : 0)));
	if (type->items_max)
		json_object_set_new(schema, "maxItems", json_integer((json_int_t)type->items_max));
	return schema;
}

/* Exactly one of the fields is set. */
static json_t *choices_build(const struct value_type *type)
{
	json_t *choices = json_array();

	for (const struct field *field = type->fields; field->name; field++)
		if (field->type->standing != VALUE_REFUSED)
			json_array_append_new(choices,
					      json_pack("{s:s, s:[s], s:{s:{s:s}}}", "type", "object", "required",
							field->name, "properties", field->name, "type", "object"));
	return choices;
}

/* Keys that begin with a field's name and "-" may leave the choice to it. */
static json_t *chosen_by_key_build(const struct value_type *type)
{
	json_t *choices = choices_build(type), *none = json_object();

	for (const struct field *field = type->fields; field->name; field++)
		if (field->type->standing != VALUE_REFUSED)
			json_object_set_new(none, field->name, json_pack("{s:s}", "type", "null"));
	json_array_append_new(choices, json_pack("{s:o}", "properties", none));
	return choices;
}

static char *choosing_keys_new(const struct value_type *type)
{
	cleanup(buffer) struct buffer pattern = BUFFER_INIT;

	for (const struct field *field = type->fields; field->name; field++)
		if (field->type->standing != VALUE_REFUSED)
			buffer_format(&pattern, "%s%s", pattern.length ? "|" : "^(", field->name);
	buffer_append_text(&pattern, ")-");
	return buffer_steal(&pattern);
}

static void choice_set(struct schema_builder *builder, json_t *schema, json_t *items, const struct value_type *type)
{
	cleanup(free) char *keys = choosing_keys_new(type);
	json_t *chosen = value_build(builder, type, NULL_ALLOWED);

	json_object_set_new(chosen, "oneOf", chosen_by_key_build(type));
	json_object_set_new(schema, "patternProperties", json_pack("{s:o}", keys, chosen));
	json_object_set_new(items, "oneOf", choices_build(type));
}

/* Any key but one that only looks like those that mean something. */
static json_t *reserved_build(const struct value_type *type)
{
	json_t *names = json_array();

	for (const struct field *field = type->fields; field->name; field++)
		json_array_append_new(names, json_string(field->name));
	return json_pack("{s:[{s:o}, {s:{s:o}}]}", "anyOf", "enum", names, "not", "pattern",
			 json_sprintf("^%s", type->reserved));
}

static json_t *map_build(struct schema_builder *builder, const struct value_type *type, enum nulls nulls)
{
	json_t *schema = json_object();
	json_t *items = value_build(builder, type->items, has_required(type->items) ? NULL_REFUSED : NULL_ALLOWED);

	type_set(schema, type->shape, nulls);
	json_object_set_new(schema, "additionalProperties", items);
	if (type->items_max)
		json_object_set_new(schema, "maxProperties", json_integer((json_int_t)type->items_max));
	if (type->key_pattern)
		json_object_set_new(schema, "propertyNames", json_pack("{s:s}", "pattern", type->key_pattern));
	if (type->items->choice == CHOICE_ONE)
		choice_set(builder, schema, items, type->items);
	if (type->reserved)
		json_object_set_new(schema, "propertyNames", reserved_build(type));
	for (const struct field *field = type->fields; field && field->name; field++)
		json_object_set_new(json_object_member(schema, "properties"), field->name,
				    field_build(builder, field, NULL_REFUSED));
	return schema;
}

/* Text or a mapping, as an item of dependsOn is. */
static json_t *text_or_object_build(struct schema_builder *builder, const struct value_type *type)
{
	json_t *object = json_pack("{s:s, s:b}", "type", "object", "additionalProperties", 0);

	properties_set(builder, object, type);
	return json_pack("{s:[{s:[s, s]}, o]}", "anyOf", "type", "string", "number", object);
}

/* A number or a list, as instances is. */
static json_t *number_or_list_build(struct schema_builder *builder, const struct value_type *type, enum nulls nulls)
{
	json_t *number = json_pack("{s:s}", "type", "integer"), *list = list_build(builder, type, nulls);

	bounds_set(number, type);
	type_set(list, VALUE_LIST, nulls);
	return variable_or(json_pack("{s:[o, o]}", "anyOf", number, list));
}

static json_t *value_build(struct schema_builder *builder, const struct value_type *type, enum nulls nulls)
{
	if (type->shape == VALUE_ANY && type->fields)
		return text_or_object_build(builder, type);
	if (type->shape == VALUE_ANY && type->items)
		return number_or_list_build(builder, type, nulls);
	switch (type->shape) {
	case VALUE_OBJECT:
		return object_build(builder, type, nulls);
	case VALUE_MAP:
		return map_build(builder, type, nulls);
	case VALUE_LIST:
		return list_build(builder, type, nulls);
	default:
		return scalar_build(type, nulls);
	}
}

static json_t *kind_build(struct schema_builder *builder, const struct schema_kind *kind)
{
	json_t *schema = value_build(builder, kind->type, NULL_REFUSED);

	json_set_text(schema, "description", kind->description);
	kind_fields_set(json_object_get(json_object_get(builder->definitions, kind->type->name), "properties"),
			kind->type);
	return schema;
}

json_t *json_schema_build(const struct schema_kind *kind)
{
	struct schema_builder builder = { .definitions = json_object() };
	json_t *schema = json_pack("{s:s, s:s}", "$schema", DIALECT, "title", "labsync's documents");

	if (kind) {
		cleanup(json) json_t *document = kind_build(&builder, kind);

		json_object_update(schema, document);
	} else {
		json_t *choices = json_array();

		for (kind = schema_kinds(); kind->name; kind++)
			json_array_append_new(choices, kind_build(&builder, kind));
		json_object_set_new(schema, "oneOf", choices);
	}
	json_object_set_new(schema, "$defs", builder.definitions);
	return schema;
}
