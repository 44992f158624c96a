#include "render/lab/values.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/quantity.h"

enum { CORES_MAX = 512, GUEST_MEMORY_MIN = 1000000, DISK_SIZE_MIN = 1 << 20, UUID_LENGTH = 36 };

#define QUANTITY_DIGITS "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)"
#define QUANTITY_UNIT "([mkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)?"
#define QUANTITY_PATTERN "^[+]?" QUANTITY_DIGITS QUANTITY_UNIT "$"

const struct value_type text_type = { .name = "text", .shape = VALUE_TEXT };
const struct value_type boolean_type = { .name = "boolean", .shape = VALUE_BOOLEAN };
const struct value_type cores_type = {
	.name = "whole number",
	.shape = VALUE_SCALAR,
	.pattern = QUANTITY_PATTERN,
	.minimum = 1,
	.maximum = CORES_MAX,
};
const struct value_type uuid_type = {
	.name = "UUID",
	.shape = VALUE_TEXT,
	.pattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
};
const struct value_type quantity_type = { .name = "quantity", .shape = VALUE_SCALAR, .pattern = QUANTITY_PATTERN };
const struct value_type disk_size_type = {
	.name = "quantity",
	.shape = VALUE_SCALAR,
	.pattern = QUANTITY_PATTERN,
	.minimum = DISK_SIZE_MIN,
};
const struct value_type guest_memory_type = {
	.name = "quantity",
	.shape = VALUE_SCALAR,
	.pattern = QUANTITY_PATTERN,
	.minimum = GUEST_MEMORY_MIN,
};
const struct value_type without_effect_type = {
	.name = "anything",
	.shape = VALUE_ANY,
	.standing = VALUE_WITHOUT_EFFECT,
};

static const void *pair_of_kind(struct reader *reader, const struct yaml_pair *pair, enum yaml_kind kind)
{
	if (pair->value->kind == kind || (kind == YAML_STRING && pair->value->is_text_too))
		return pair;
	if (kind == YAML_STRING && value_scalar_text(pair->value))
		return reader_refuse(reader, pair->value, "%s must be a string; write it in quotes", pair->key);
	/* To YAML 1.1, as Kubernetes reads it, so are y, n, yes, no, on and off. */
	if (kind == YAML_STRING && pair->value->kind == YAML_BOOLEAN)
		return reader_refuse(reader, pair->value, "%s must be a string, not a boolean; write it in quotes",
				     pair->key);
	return reader_refuse(reader, pair->value, "%s must be %s, not %s", pair->key, yaml_kind_name(kind),
			     yaml_kind_name(pair->value->kind));
}

const void *value_string_pair(struct reader *reader, const struct yaml_pair *pair)
{
	return pair_of_kind(reader, pair, YAML_STRING);
}

const void *value_sequence_pair(struct reader *reader, const struct yaml_pair *pair)
{
	return pair_of_kind(reader, pair, YAML_SEQUENCE);
}

const void *value_mapping_pair(struct reader *reader, const struct yaml_pair *pair)
{
	return pair_of_kind(reader, pair, YAML_MAPPING);
}

const void *value_boolean(struct reader *reader, const struct yaml_pair *pair)
{
	static const bool no = false, yes = true;

	if (pair->value->kind != YAML_BOOLEAN)
		return reader_refuse(reader, pair->value, "%s must be true or false, not %s", pair->key,
				     yaml_kind_name(pair->value->kind));
	return pair->value->boolean ? &yes : &no;
}

const char *value_scalar_text(const struct yaml_node *value)
{
	bool scalar = value->kind == YAML_STRING || value->kind == YAML_INTEGER || value->kind == YAML_REAL;

	return scalar ? value->text : NULL;
}

bool value_is_one_word(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c <= ' ' || *c == 0x7f)
			return false;
	return true;
}

/* The text of a quantity, of which `example` is one. */
static const char *quantity_read(struct reader *reader, const struct yaml_pair *pair, const char *example,
				 int64_t *thousandths)
{
	const char *text = value_scalar_text(pair->value);

	if (text == NULL)
		return reader_refuse(reader, pair->value, "%s must be a quantity like %s, not %s", pair->key, example,
				     yaml_kind_name(pair->value->kind));
	if (!quantity_parse(text, thousandths))
		return reader_refuse(reader, pair->value, "%s is %s, which is no quantity; write it like %s",
				     pair->key, reader_quote(reader, text), example);
	return text;
}

const void *value_quantity(struct reader *reader, const struct yaml_pair *pair)
{
	int64_t thousandths;
	const char *text = quantity_read(reader, pair, "500m or 1Gi", &thousandths);

	if (text && thousandths < 0)
		return reader_refuse(reader, pair->value, "%s must not be negative", pair->key);
	return text;
}

const void *value_disk_size(struct reader *reader, const struct yaml_pair *pair)
{
	int64_t thousandths;
	const char *text = quantity_read(reader, pair, "10Gi", &thousandths);

	/* CDI refuses less. */
	if (text && thousandths < 1000LL * DISK_SIZE_MIN)
		return reader_refuse(reader, pair->value, "%s is %s, but must be at least 1Mi; write it like 10Gi",
				     pair->key, reader_quote(reader, text));
	return text;
}

const void *value_guest_memory(struct reader *reader, const struct yaml_pair *pair)
{
	int64_t thousandths;
	const char *text = quantity_read(reader, pair, "4Gi", &thousandths);

	/* KubeVirt's admitter refuses less. */
	if (text && thousandths < 1000LL * GUEST_MEMORY_MIN)
		return reader_refuse(reader, pair->value, "%s is %s, but must be at least 1M; write it like 4Gi",
				     pair->key, reader_quote(reader, text));
	return text;
}

const void *value_cores(struct reader *reader, const struct yaml_pair *pair)
{
	int64_t thousandths, *cores;
	const char *text = quantity_read(reader, pair, "2", &thousandths);

	if (text == NULL)
		return NULL;
	if (thousandths % 1000 != 0)
		return reader_refuse(reader, pair->value, "%s must be whole cores; write a number like 2, not %s",
				     pair->key, reader_quote(reader, text));
	if (thousandths < 1000 || thousandths > CORES_MAX * 1000LL)
		return reader_refuse(reader, pair->value, "%s must be from 1 to %d cores, not %s", pair->key,
				     CORES_MAX, reader_quote(reader, text));
	cores = arena_new(reader->arena, sizeof(*cores));
	*cores = thousandths / 1000;
	return cores;
}

const void *value_without_effect(struct reader *reader, const struct yaml_pair *pair)
{
	reader_warn(reader, pair->line, pair->column, "%s has no effect here", pair->key);
	return NULL;
}

bool value_is_uuid(const char *text)
{
	if (strlen(text) != UUID_LENGTH)
		return false;
	for (size_t i = 0; i < UUID_LENGTH; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return false;
	return true;
}

const void *value_uuid(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!value_is_uuid(pair->value->text))
		return reader_refuse(reader, pair->value,
				     "%s %s is no UUID; write it like 6a1a24a1-4061-4607-8bf4-a3963d0c5895",
				     pair->key, reader_quote(reader, pair->value->text));
	return pair->value->text;
}
