/* Questions to a parsed value, and its way to JSON. */
#include "render/yaml/yaml.h"

#include <assert.h>
#include <math.h>
#include <string.h>

const struct yaml_pair *yaml_get_pair(const struct yaml_node *mapping, const char *key)
{
	if (mapping == NULL || mapping->kind != YAML_MAPPING)
		return NULL;
	for (size_t i = 0; i < mapping->count; i++) {
		if (strcmp(mapping->pairs[i].key, key) == 0)
			return &mapping->pairs[i];
	}
	return NULL;
}

struct yaml_node *yaml_get(const struct yaml_node *mapping, const char *key)
{
	const struct yaml_pair *pair = yaml_get_pair(mapping, key);

	return pair ? pair->value : NULL;
}

const char *yaml_kind_name(enum yaml_kind kind)
{
	static const char *const names[] = {
		[YAML_NULL] = "null",         [YAML_BOOLEAN] = "a boolean", [YAML_INTEGER] = "an integer",
		[YAML_REAL] = "a number",     [YAML_STRING] = "a string",   [YAML_SEQUENCE] = "a list",
		[YAML_MAPPING] = "a mapping",
	};

	assert((size_t)kind < sizeof(names) / sizeof(names[0]));
	return names[kind];
}

/* 1.0 is 1 in Go's JSON, and an integer field of the API takes no 1.0: whole
 * numbers lose their fraction as far as a double holds them exactly. */
static json_t *real_to_json(double real)
{
	const double exact = 9007199254740992.0; /* 2^53 */

	if (real == trunc(real) && fabs(real) <= exact)
		return json_integer((json_int_t)real);
	return json_real(real);
}

static json_t *sequence_to_json(const struct yaml_node *node)
{
	json_t *array = json_array();

	for (size_t i = 0; i < node->count; i++)
		json_array_append_new(array, yaml_to_json_new(node->items[i]));
	return array;
}

static json_t *mapping_to_json(const struct yaml_node *node)
{
	json_t *object = json_object();

	for (size_t i = 0; i < node->count; i++)
		json_object_set_new(object, node->pairs[i].key, yaml_to_json_new(node->pairs[i].value));
	return object;
}

json_t *yaml_to_json_new(const struct yaml_node *node)
{
	switch (node->kind) {
	case YAML_NULL:
		break;
	case YAML_BOOLEAN:
		return json_boolean(node->boolean);
	case YAML_INTEGER:
		return json_integer(node->integer);
	case YAML_REAL:
		return real_to_json(node->real);
	case YAML_STRING:
		return json_stringn(node->text, node->length);
	case YAML_SEQUENCE:
		return sequence_to_json(node);
	case YAML_MAPPING:
		return mapping_to_json(node);
	}
	return json_null();
}
