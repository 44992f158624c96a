#include "render/lab/reader.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

enum { QUOTE_MAX = 80, FIELDS_MAX = 32 };

static void reader_vadd(struct reader *reader, enum diagnostic_severity severity, size_t line, size_t column,
			const char *format, va_list arguments) __attribute__((format(printf, 5, 0)));

static void reader_vadd(struct reader *reader, enum diagnostic_severity severity, size_t line, size_t column,
			const char *format, va_list arguments)
{
	cleanup(free) char *message = string_vformat(format, arguments);

	if (severity == DIAGNOSTIC_ERROR)
		reader->errors++;
	diagnostics_add(reader->diagnostics, severity, reader->path, line, column, "%s", message);
}

void reader_error(struct reader *reader, size_t line, size_t column, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_ERROR, line, column, format, arguments);
	va_end(arguments);
}

void reader_warn(struct reader *reader, size_t line, size_t column, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_WARNING, line, column, format, arguments);
	va_end(arguments);
}

const void *reader_refuse(struct reader *reader, const struct yaml_node *value, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_ERROR, value->line, value->column, format, arguments);
	va_end(arguments);
	return NULL;
}

const char *reader_quote(struct reader *reader, const char *text)
{
	size_t length = strlen(text), kept = length < QUOTE_MAX ? length : QUOTE_MAX;
	cleanup(free) char *cut = NULL;
	cleanup(free) char *printable = NULL;

	/* Not in the middle of a UTF-8 sequence. */
	while (kept < length && kept > 0 && ((unsigned char)text[kept] & 0xc0) == 0x80)
		kept--;
	cut = string_copy_n(text, kept);
	printable = text_printable(cut, TEXT_ONE_LINE);
	return arena_format(reader->arena, "\"%s%s\"", printable, kept < length ? "..." : "");
}

const struct field *field_find(const struct field *fields, const char *name)
{
	for (; fields->name; fields++)
		if (strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

static void unknown_field(struct reader *reader, const struct yaml_pair *pair, const char *what,
			  const struct field *fields)
{
	const char *names[FIELDS_MAX + 1] = { NULL };
	cleanup(buffer) struct buffer list = BUFFER_INIT;
	const char *nearest;

	for (size_t i = 0; fields[i].name && i < FIELDS_MAX; i++) {
		names[i] = fields[i].name;
		buffer_format(&list, "%s%s", i ? ", " : "", fields[i].name);
	}
	nearest = text_nearest(pair->key, names);
	if (nearest)
		reader_error(reader, pair->line, pair->column, "unknown field %s in %s; did you mean \"%s\"?",
			     reader_quote(reader, pair->key), what, nearest);
	else
		reader_error(reader, pair->line, pair->column, "unknown field %s in %s; it takes %s",
			     reader_quote(reader, pair->key), what, buffer_text(&list));
}

void fields_read(struct reader *reader, const struct yaml_node *mapping, const char *what, const struct field *fields,
		 void *target)
{
	if (mapping->kind == YAML_NULL)
		return;
	if (mapping->kind != YAML_MAPPING) {
		reader_refuse(reader, mapping, "%s must be a mapping, not %s", what, yaml_kind_name(mapping->kind));
		return;
	}
	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		const struct field *field = field_find(fields, pair->key);
		const void *value;

		if (field == NULL) {
			unknown_field(reader, pair, what, fields);
			continue;
		}
		if (pair->value->kind == YAML_NULL)
			continue;
		value = field->read(reader, pair);
		if (value)
			memcpy((char *)target + field->offset, &value, sizeof(value));
	}
}

void fields_overlay(const struct field *fields, void *target, const void *upper)
{
	for (; fields->name; fields++) {
		const void *value;

		memcpy(&value, (const char *)upper + fields->offset, sizeof(value));
		if (value)
			memcpy((char *)target + fields->offset, &value, sizeof(value));
	}
}
