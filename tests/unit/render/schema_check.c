#include "tests/unit/render/schema_check.h"

#include <check.h>
#include <regex.h>
#include <string.h>

#include "base/text.h"

struct check {
	const json_t *root;
	const json_t *schema; /* whose keyword is looked at */
};

static bool matches(const char *pattern, const char *text)
{
	regex_t regex;
	bool found;

	ck_assert_msg(regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) == 0, "no expression: %s", pattern);
	found = regexec(&regex, text, 0, NULL, 0) == 0;
	regfree(&regex);
	return found;
}

static bool is_type(const char *name, const json_t *value)
{
	if (text_equal(name, "integer"))
		return json_is_integer(value);
	if (text_equal(name, "number"))
		return json_is_number(value);
	if (text_equal(name, "string"))
		return json_is_string(value);
	if (text_equal(name, "boolean"))
		return json_is_boolean(value);
	if (text_equal(name, "object"))
		return json_is_object(value);
	if (text_equal(name, "array"))
		return json_is_array(value);
	ck_assert_str_eq(name, "null");
	return json_is_null(value);
}

static bool check_type(const struct check *check, const json_t *word, json_t *value)
{
	size_t index;
	json_t *name;

	(void)check;
	if (json_is_string(word))
		return is_type(json_string_value(word), value);
	json_array_foreach (word, index, name)
		if (is_type(json_string_value(name), value))
			return true;
	return false;
}

static bool check_enum(const struct check *check, const json_t *word, json_t *value)
{
	size_t index;
	json_t *allowed;

	(void)check;
	json_array_foreach (word, index, allowed)
		if (json_equal(allowed, value))
			return true;
	return false;
}

static size_t accepted_by(const struct check *check, const json_t *word, json_t *value)
{
	size_t index, count = 0;
	json_t *schema;

	json_array_foreach (word, index, schema)
		count += schema_accepts(check->root, schema, value);
	return count;
}

static bool check_one_of(const struct check *check, const json_t *word, json_t *value)
{
	return accepted_by(check, word, value) == 1;
}

static bool check_any_of(const struct check *check, const json_t *word, json_t *value)
{
	return accepted_by(check, word, value) > 0;
}

static bool check_not(const struct check *check, const json_t *word, json_t *value)
{
	return !schema_accepts(check->root, word, value);
}

static bool check_ref(const struct check *check, const json_t *word, json_t *value)
{
	const char *name = json_string_value(word) + strlen("#/$defs/");
	const json_t *schema = json_object_get(json_object_get(check->root, "$defs"), name);

	ck_assert_msg(schema != NULL, "no definition of %s", name);
	return schema_accepts(check->root, schema, value);
}

static bool check_pattern(const struct check *check, const json_t *word, json_t *value)
{
	(void)check;
	return !json_is_string(value) || matches(json_string_value(word), json_string_value(value));
}

static bool check_minimum(const struct check *check, const json_t *word, json_t *value)
{
	(void)check;
	return !json_is_number(value) || json_number_value(value) >= json_number_value(word);
}

static bool check_maximum(const struct check *check, const json_t *word, json_t *value)
{
	(void)check;
	return !json_is_number(value) || json_number_value(value) <= json_number_value(word);
}

static bool check_min_items(const struct check *check, const json_t *word, json_t *value)
{
	(void)check;
	return !json_is_array(value) || (json_int_t)json_array_size(value) >= json_integer_value(word);
}

static bool check_max_items(const struct check *check, const json_t *word, json_t *value)
{
	(void)check;
	return !json_is_array(value) || (json_int_t)json_array_size(value) <= json_integer_value(word);
}

static bool check_max_properties(const struct check *check, const json_t *word, json_t *value)
{
	(void)check;
	return !json_is_object(value) || (json_int_t)json_object_size(value) <= json_integer_value(word);
}

static bool check_items(const struct check *check, const json_t *word, json_t *value)
{
	size_t index;
	json_t *item;

	json_array_foreach (value, index, item)
		if (!schema_accepts(check->root, word, item))
			return false;
	return true;
}

static bool check_required(const struct check *check, const json_t *word, json_t *value)
{
	size_t index;
	json_t *name;

	(void)check;
	json_array_foreach (word, index, name)
		if (json_is_object(value) && json_object_get(value, json_string_value(name)) == NULL)
			return false;
	return true;
}

static bool check_property_names(const struct check *check, const json_t *word, json_t *value)
{
	const char *key;
	json_t *member;

	json_object_foreach (value, key, member) {
		json_t *name = json_string(key);
		bool good = schema_accepts(check->root, word, name);

		json_decref(name);
		if (!good)
			return false;
	}
	return true;
}

/* What a member must be, whichever keyword says it. */
static bool member_accepted(const struct check *check, const char *key, json_t *member)
{
	const json_t *own = json_object_get(json_object_get(check->schema, "properties"), key);
	const json_t *rest = json_object_get(check->schema, "additionalProperties");
	bool named = own != NULL, good = own == NULL || schema_accepts(check->root, own, member);
	const char *pattern;
	json_t *schema;

	json_object_foreach (json_object_get(check->schema, "patternProperties"), pattern, schema) {
		if (!matches(pattern, key))
			continue;
		named = true;
		good = good && schema_accepts(check->root, schema, member);
	}
	return good && (named || rest == NULL || schema_accepts(check->root, rest, member));
}

static bool check_members(const struct check *check, const json_t *word, json_t *value)
{
	const char *key;
	json_t *member;

	(void)word;
	json_object_foreach (value, key, member)
		if (!member_accepted(check, key, member))
			return false;
	return true;
}

static bool check_nothing(const struct check *check, const json_t *word, json_t *value)
{
	(void)check;
	(void)word;
	(void)value;
	return true;
}

static const struct {
	const char *name;
	bool (*accepts)(const struct check *check, const json_t *word, json_t *value);
} keywords[] = {
	{ "$ref", check_ref },
	{ "type", check_type },
	{ "enum", check_enum },
	{ "oneOf", check_one_of },
	{ "anyOf", check_any_of },
	{ "not", check_not },
	{ "pattern", check_pattern },
	{ "minimum", check_minimum },
	{ "maximum", check_maximum },
	{ "items", check_items },
	{ "minItems", check_min_items },
	{ "maxItems", check_max_items },
	{ "maxProperties", check_max_properties },
	{ "required", check_required },
	{ "propertyNames", check_property_names },
	{ "properties", check_members },
	{ "patternProperties", check_members },
	{ "additionalProperties", check_members },
	{ "description", check_nothing },
	{ "default", check_nothing },
	{ "deprecated", check_nothing },
	{ "title", check_nothing },
	{ "$schema", check_nothing },
	{ "$defs", check_nothing },
};

static bool keyword_accepts(const struct check *check, const char *name, const json_t *word, json_t *value)
{
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (text_equal(keywords[i].name, name))
			return keywords[i].accepts(check, word, value);
	ck_abort_msg("unknown keyword %s", name);
	return false;
}

bool schema_accepts(const json_t *root, const json_t *schema, json_t *value)
{
	const struct check check = { .root = root, .schema = schema };
	const char *name;
	json_t *word;

	if (json_is_boolean(schema))
		return json_is_true(schema);
	json_object_foreach ((json_t *)schema, name, word)
		if (!keyword_accepts(&check, name, word, value))
			return false;
	return true;
}
