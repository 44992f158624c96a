#include "render/lab/pod_values.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/command_line.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/map_build.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-."
#define DIGITS "0123456789"

enum { VARIABLES_MAX = 500, WORDS_MAX = 1000, SECRETS_MAX = 20 };

static const struct value_type word_type = { .name = "text", .shape = VALUE_SCALAR };
static const struct value_type variable_type = { .name = "text, number or boolean", .shape = VALUE_ANY };

const struct value_type command_line_type = { .name = "command line", .shape = VALUE_TEXT };
const struct value_type words_type = { .shape = VALUE_LIST, .items = &word_type, .items_max = WORDS_MAX };
const struct value_type environment_type = {
	.shape = VALUE_MAP,
	.items = &variable_type,
	.items_max = VARIABLES_MAX,
	.key_pattern = "^[-._A-Za-z][-._A-Za-z0-9]*$",
};
const struct value_type secret_names_type = {
	.shape = VALUE_LIST,
	.items = &object_name_type,
	.items_max = SECRETS_MAX,
};

const void *command_line_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct command_line *line = arena_new(reader->arena, sizeof(*line));
	const char *wrong;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	wrong = command_line_split(reader->arena, pair->value->text, line);
	if (wrong)
		return reader_refuse(reader, pair->value, "%s is not a command line: %s", pair->key, wrong);
	return line;
}

/* The form that every release of Kubernetes takes. */
static bool is_variable_name(const char *name)
{
	return strspn(name, LETTERS) > 0 && name[strspn(name, LETTERS DIGITS)] == '\0' && !text_equal(name, ".") &&
	       !text_starts_with(name, "..");
}

static const void *variable_read(struct reader *reader, const struct yaml_pair *variable, const void *context)
{
	const struct yaml_node *value = variable->value;

	(void)context;
	if (!is_variable_name(variable->key)) {
		reader_error(reader, variable->line, variable->column,
			     "env: name %s is not usable; use letters, digits, \"_\", \"-\" and \".\", not beginning "
			     "with a digit",
			     reader_quote(reader, variable->key));
		return NULL;
	}
	if (value->kind == YAML_NULL)
		return reader_refuse(reader, value, "env: %s has no value; write \"\" for an empty one, or remove it",
				     variable->key);
	/* A value may be a secret, and is not repeated. */
	if (value->kind == YAML_SEQUENCE || value->kind == YAML_MAPPING)
		return reader_refuse(reader, value, "env: %s must be text, a number or a boolean, not %s",
				     variable->key, yaml_kind_name(value->kind));
	return value->text;
}

const void *environment_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *value = pair->value;

	if (value->kind == YAML_SEQUENCE)
		return reader_refuse(reader, value, "%s must be a mapping of names to values, like {MODE: test}",
				     pair->key);
	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	if (value->count > VARIABLES_MAX)
		return reader_refuse(reader, value, "%s has %zu entries; at most %d are taken", pair->key,
				     value->count, VARIABLES_MAX);
	return map_build(reader, value, variable_read, NULL);
}

const void *secret_names_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct value_list *list = value_read(reader, pair, &secret_names_type);

	for (size_t i = 0; list && i < list->count; i++) {
		const struct yaml_pair item = { .key = pair->key, .value = pair->value->items[i] };

		if (object_name_read(reader, &item) == NULL)
			return NULL;
		for (size_t k = 0; k < i; k++)
			if (text_equal(list_text(list, k), list_text(list, i)))
				return reader_refuse(reader, item.value, "%s: %s is listed twice; keep one",
						     pair->key, reader_quote(reader, list_text(list, i)));
	}
	return list;
}
