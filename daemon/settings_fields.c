#include "daemon/settings_fields.h"

#include <string.h>

#include "base/text.h"
#include "base/time.h"

enum { KEYS_MAX = 32 };

void settings_refuse(struct settings_reader *reader, const struct yaml_node *node, const char *format, ...)
{
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	diagnostics_add(reader->diagnostics, DIAGNOSTIC_ERROR, reader->path, node ? node->line : 1,
			node ? node->column : 1, "%s", message);
}

static char *file_path_new(const struct settings_reader *reader, const char *text)
{
	const char *home = getenv("HOME");
	const char *slash = strrchr(reader->path, '/');

	if (text_starts_with(text, "~/") && home)
		return string_format("%s/%s", home, text + 2);
	if (text[0] == '/' || slash == NULL)
		return string_copy(text);
	return string_format("%.*s/%s", (int)(slash - reader->path), reader->path, text);
}

static void set_text(char **target, char *text)
{
	free(*target);
	*target = text;
}

static void read_text(struct settings_reader *reader, const struct yaml_node *node, const struct setting_field *field,
		      char **target)
{
	if (node->text == NULL || node->length == 0) {
		settings_refuse(reader, node, "%s is %s; write a text", field->key,
				node->text ? "empty" : yaml_kind_name(node->kind));
		return;
	}
	if (field->type == SETTING_NAME && !text_is_dns_label(node->text)) {
		settings_refuse(reader, node,
				"%s \"%s\" is no DNS label; use lower-case letters, digits and -, at most 63",
				field->key, node->text);
		return;
	}
	set_text(target, field->type == SETTING_FILE ? file_path_new(reader, node->text) : string_copy(node->text));
}

static void read_number(struct settings_reader *reader, const struct yaml_node *node,
			const struct setting_field *field, uint64_t *target)
{
	int64_t most = field->type == SETTING_PERCENT ? 100 : 1000000;

	if (node->kind != YAML_INTEGER || node->integer < 0 || node->integer > most)
		settings_refuse(reader, node, "%s must be a whole number from 0 to %lld", field->key,
				(long long)most);
	else
		*target = (uint64_t)node->integer;
}

static void read_duration(struct settings_reader *reader, const struct yaml_node *node,
			  const struct setting_field *field, uint64_t *target)
{
	uint64_t milliseconds;

	if (node->text == NULL || !duration_parse(node->text, &milliseconds))
		settings_refuse(reader, node, "%s must be a duration such as 30s, 5m or 1h", field->key);
	else
		*target = milliseconds;
}

static void read_field(struct settings_reader *reader, const struct yaml_node *node,
		       const struct setting_field *field, void *target)
{
	void *place = (char *)target + field->offset;

	switch (field->type) {
	case SETTING_TEXT:
	case SETTING_NAME:
	case SETTING_FILE:
		read_text(reader, node, field, place);
		break;
	case SETTING_BOOLEAN:
		if (node->kind == YAML_BOOLEAN)
			*(bool *)place = node->boolean;
		else
			settings_refuse(reader, node, "%s must be true or false", field->key);
		break;
	case SETTING_DURATION:
		read_duration(reader, node, field, place);
		break;
	case SETTING_PERCENT:
	case SETTING_COUNT:
		read_number(reader, node, field, place);
		break;
	case SETTING_SECTION:
		settings_read_section(reader, node, field->fields, target);
		break;
	case SETTING_END:
	case SETTING_ELSEWHERE:
		break;
	}
}

static const struct setting_field *field_find(const struct setting_field *fields, const char *key)
{
	for (; fields->key; fields++)
		if (strcmp(fields->key, key) == 0)
			return fields;
	return NULL;
}

static void refuse_key(struct settings_reader *reader, const struct yaml_pair *pair,
		       const struct setting_field *fields)
{
	const char *known[KEYS_MAX + 1] = { NULL };
	const char *nearest;
	struct yaml_node place = { .line = pair->line, .column = pair->column };

	for (size_t i = 0; i < KEYS_MAX && fields[i].key; i++)
		known[i] = fields[i].key;
	nearest = text_nearest(pair->key, known);
	if (nearest)
		settings_refuse(reader, &place, "unknown key \"%s\"; did you mean \"%s\"?", pair->key, nearest);
	else
		settings_refuse(reader, &place, "unknown key \"%s\"; remove it, or see packaging/labsync.yaml",
				pair->key);
}

void settings_read_section(struct settings_reader *reader, const struct yaml_node *node,
			   const struct setting_field *fields, void *target)
{
	if (node->kind == YAML_NULL)
		return;
	if (node->kind != YAML_MAPPING) {
		settings_refuse(reader, node, "expected a mapping, found %s", yaml_kind_name(node->kind));
		return;
	}
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_pair *pair = &node->pairs[i];
		const struct setting_field *field = field_find(fields, pair->key);

		if (field == NULL)
			refuse_key(reader, pair, fields);
		else if (pair->value->kind != YAML_NULL)
			read_field(reader, pair->value, field, target);
	}
}
