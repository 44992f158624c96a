/* JSON values as block-style YAML, the way kubectl prints it: a list's dashes
 * stand below the first letter of its key. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/yaml/write_text.h"
#include "render/yaml/yaml.h"

enum { STEP = 2, SIMPLE_KEY_MAX = 1000 /* YAML's limit is 1024 characters, quotes and ":" included */ };

/* What was written just before, on the same line. */
enum position { AT_LINE_START, AFTER_KEY, AFTER_DASH };

static void write_value(const json_t *value, size_t indent, enum position position, struct buffer *out);

/* The fewest digits that read back as the same number; always with a "." and a
 * signed exponent, without which YAML 1.1 sees text. */
static void write_real(double real, struct buffer *out)
{
	char text[40] = "";
	char *exponent;

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, real);
		if (strtod(text, NULL) == real)
			break;
	}
	exponent = strchr(text, 'e');
	if (strchr(text, '.')) {
		buffer_append_text(out, text);
		return;
	}
	buffer_append(out, text, exponent ? (size_t)(exponent - text) : strlen(text));
	buffer_append_text(out, ".0");
	if (exponent)
		buffer_append_text(out, exponent);
}

static void write_scalar(const json_t *value, struct buffer *out)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		yaml_write_text(json_string_value(value), json_string_length(value), out);
		break;
	case JSON_INTEGER:
		buffer_format(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_REAL:
		write_real(json_real_value(value), out);
		break;
	case JSON_TRUE:
		buffer_append_text(out, "true");
		break;
	case JSON_FALSE:
		buffer_append_text(out, "false");
		break;
	default:
		buffer_append_text(out, "null");
		break;
	}
}

struct member {
	const char *key;
	const json_t *value;
};

static size_t leading_rank(const char *key)
{
	static const char *const leading[] = { "apiVersion", "kind", "metadata", "spec" };
	const size_t count = sizeof(leading) / sizeof(leading[0]);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(key, leading[i]) == 0)
			return i;
	}
	return count;
}

static int compare_keys(const void *left, const void *right)
{
	return strcmp(((const struct member *)left)->key, ((const struct member *)right)->key);
}

static int compare_top_keys(const void *left, const void *right)
{
	size_t left_rank = leading_rank(((const struct member *)left)->key);
	size_t right_rank = leading_rank(((const struct member *)right)->key);

	return left_rank != right_rank ? (left_rank < right_rank ? -1 : 1) : compare_keys(left, right);
}

static void write_key(const char *key, size_t indent, struct buffer *out)
{
	size_t start = out->length, length = strlen(key);

	yaml_write_text(key, length, out);
	if (out->length - start > SIMPLE_KEY_MAX) {
		out->length = start;
		buffer_append_text(out, "? ");
		yaml_write_text(key, length, out);
		buffer_append_char(out, '\n');
		buffer_append_spaces(out, indent);
	}
	buffer_append_char(out, ':');
}

static void write_mapping(const json_t *object, size_t indent, int (*compare)(const void *, const void *),
			  enum position position, struct buffer *out)
{
	size_t count = 0;
	cleanup(free) struct member *members = memory_new_array(json_object_size(object), sizeof(*members));
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)object, key, value)
		members[count++] = (struct member){ key, value };
	qsort(members, count, sizeof(*members), compare);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 || position != AFTER_DASH)
			buffer_append_spaces(out, indent);
		write_key(members[i].key, indent, out);
		write_value(members[i].value, indent, AFTER_KEY, out);
	}
}

static void write_sequence(const json_t *array, size_t indent, enum position position, struct buffer *out)
{
	size_t i;
	json_t *item;

	json_array_foreach (array, i, item) {
		if (i > 0 || position != AFTER_DASH)
			buffer_append_spaces(out, indent);
		buffer_append_char(out, '-');
		write_value(item, indent + STEP, AFTER_DASH, out);
	}
}

static bool write_collection(const json_t *value, size_t indent, enum position position, struct buffer *out)
{
	if (json_object_size(value) == 0 && json_array_size(value) == 0)
		return false;
	if (position == AFTER_KEY)
		buffer_append_char(out, '\n');
	else if (position == AFTER_DASH)
		buffer_append_char(out, ' ');
	if (json_is_array(value))
		write_sequence(value, indent, position, out);
	else
		write_mapping(value, position == AFTER_KEY ? indent + STEP : indent, compare_keys, position, out);
	return true;
}

/* One value and the end of its line. `indent` is that of the key, or of what follows the dash. */
static void write_value(const json_t *value, size_t indent, enum position position, struct buffer *out)
{
	if (write_collection(value, indent, position, out))
		return;
	if (position != AT_LINE_START)
		buffer_append_char(out, ' ');
	if (json_is_object(value)) {
		buffer_append_text(out, "{}\n");
	} else if (json_is_array(value)) {
		buffer_append_text(out, "[]\n");
	} else if (position != AT_LINE_START && json_is_string(value) &&
		   yaml_text_is_block(json_string_value(value), json_string_length(value))) {
		yaml_write_block(json_string_value(value), json_string_length(value),
				 position == AFTER_KEY ? indent + STEP : indent, out);
	} else {
		write_scalar(value, out);
		buffer_append_char(out, '\n');
	}
}

void yaml_write(const json_t *value, struct buffer *out)
{
	if (json_object_size(value) > 0)
		write_mapping(value, 0, compare_top_keys, AT_LINE_START, out);
	else
		write_value(value, 0, AT_LINE_START, out);
}
