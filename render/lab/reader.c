#include "render/lab/reader.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"

enum { QUOTE_MAX = 80, FIELDS_MAX = 64 };

static void reader_vadd(struct reader *reader, enum diagnostic_severity severity, const struct place *place,
			const char *format, va_list arguments) __attribute__((format(printf, 4, 0)));

static void reader_vadd(struct reader *reader, enum diagnostic_severity severity, const struct place *place,
			const char *format, va_list arguments)
{
	cleanup(free) char *message = string_vformat(format, arguments);

	if (severity == DIAGNOSTIC_ERROR)
		reader->errors++;
	diagnostics_add(reader->diagnostics, severity, place->path, place->line, place->column, "%s", message);
}

void reader_error_at(struct reader *reader, const struct place *place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_ERROR, place, format, arguments);
	va_end(arguments);
}

void reader_warn_at(struct reader *reader, const struct place *place, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_WARNING, place, format, arguments);
	va_end(arguments);
}

void reader_error(struct reader *reader, size_t line, size_t column, const char *format, ...)
{
	struct place place = { reader->path, line, column };
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_ERROR, &place, format, arguments);
	va_end(arguments);
}

void reader_warn(struct reader *reader, size_t line, size_t column, const char *format, ...)
{
	struct place place = { reader->path, line, column };
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_WARNING, &place, format, arguments);
	va_end(arguments);
}

const void *reader_refuse(struct reader *reader, const struct yaml_node *value, const char *format, ...)
{
	struct place place = { reader->path, value->line, value->column };
	va_list arguments;

	va_start(arguments, format);
	reader_vadd(reader, DIAGNOSTIC_ERROR, &place, format, arguments);
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

/* Where a value came from; in the arena. */
static const struct origin *origin_new(struct reader *reader, const struct yaml_pair *pair)
{
	struct origin *origin = arena_new(reader->arena, sizeof(*origin));

	*origin = (struct origin){ .layer = reader->layer,
				   .place = { reader->path, pair->value->line, pair->value->column } };
	return origin;
}

static size_t fields_count(const struct field *fields)
{
	size_t count = 0;

	while (fields[count].name)
		count++;
	return count;
}

static void pair_read(struct reader *reader, const struct yaml_pair *pair, const char *what,
		      const struct field *fields, void *target, const struct origin **origins)
{
	const struct field *field = field_find(fields, pair->key);
	const void *value;

	if (field == NULL) {
		unknown_field(reader, pair, what, fields);
		return;
	}
	if (pair->value->kind == YAML_NULL)
		return;
	value = field->read ? field->read(reader, pair) : value_read(reader, pair, field->type);
	if (value == NULL)
		return;
	memcpy((char *)target + field->offset, &value, sizeof(value));
	if (origins)
		origins[field - fields] = origin_new(reader, pair);
}

static bool is_mapping(struct reader *reader, const struct yaml_node *mapping, const char *what)
{
	if (mapping->kind != YAML_NULL && mapping->kind != YAML_MAPPING)
		reader_refuse(reader, mapping, "%s must be a mapping, not %s", what, yaml_kind_name(mapping->kind));
	return mapping->kind == YAML_MAPPING;
}

void fields_read(struct reader *reader, const struct yaml_node *mapping, const char *what, const struct field *fields,
		 void *target)
{
	if (!is_mapping(reader, mapping, what))
		return;
	for (size_t i = 0; i < mapping->count; i++)
		pair_read(reader, &mapping->pairs[i], what, fields, target, NULL);
}

/* Fields that must be given wherever the object is. */
static void required_check(struct reader *reader, const struct yaml_node *mapping, const char *what,
			   const struct field *fields)
{
	for (; fields->name; fields++) {
		const struct yaml_node *value = yaml_get(mapping, fields->name);

		if (fields->presence == FIELD_REQUIRED && (value == NULL || value->kind == YAML_NULL))
			reader_refuse(reader, mapping, "%s has no %s; add it", what, fields->name);
	}
}

void *object_read(struct reader *reader, const struct yaml_node *mapping, const char *what,
		  const struct value_type *type)
{
	void *object = arena_new(reader->arena, type->size);
	struct settings *settings = object;

	settings->place = (struct place){ reader->path, mapping->line, mapping->column };
	settings->origins = arena_new(reader->arena, fields_count(type->fields) * sizeof(*settings->origins));
	if (!is_mapping(reader, mapping, what))
		return object;
	for (size_t i = 0; i < mapping->count; i++)
		pair_read(reader, &mapping->pairs[i], what, type->fields, object, settings->origins);
	required_check(reader, mapping, what, type->fields);
	return object;
}
