#include "render/yaml/json_reader.h"

#include <ctype.h>
#include <string.h>

#include "render/yaml/encoding.h"
#include "render/yaml/mapping.h"
#include "render/yaml/scalar.h"

struct json_reader {
	struct yaml_builder *builder;
	const char *at, *end;
	const char *placed; /* up to where `place` has been counted */
	struct yaml_place place;
};

static struct yaml_node *read_value(struct json_reader *reader, size_t depth);

/* Where the reader is. Counts on from the last time it was asked. */
static struct yaml_place current_place(struct json_reader *reader)
{
	struct yaml_place on = yaml_place_of(reader->placed, (size_t)(reader->at - reader->placed));

	if (on.line > 1)
		reader->place = (struct yaml_place){ .line = reader->place.line + on.line - 1, .column = on.column };
	else
		reader->place.column += on.column - 1;
	reader->placed = reader->at;
	return reader->place;
}

static void skip_space(struct json_reader *reader)
{
	while (reader->at < reader->end && strchr(" \t\r\n", *reader->at))
		reader->at++;
}

/* Skips `character`, and space before it, when it is next. */
static bool take(struct json_reader *reader, char character)
{
	skip_space(reader);
	if (reader->at == reader->end || *reader->at != character)
		return false;
	reader->at++;
	return true;
}

static bool read_hex(const char *text, const char *end, uint32_t *value)
{
	*value = 0;
	if (end - text < 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		char digit = (char)tolower((unsigned char)text[i]);

		if (!isxdigit((unsigned char)digit))
			return false;
		*value = *value << 4 | (uint32_t)(isdigit((unsigned char)digit) ? digit - '0' : digit - 'a' + 10);
	}
	return true;
}

/* The XXXX of \uXXXX, and a second \uXXXX when it is a pair of surrogates.
 * Returns what it read of `text`; 0 when that is no character, or NUL. */
static size_t read_unicode(const char *text, const char *end, uint32_t *character)
{
	uint32_t low;

	if (!read_hex(text, end, character) || *character == 0)
		return 0;
	if (*character < 0xd800 || *character > 0xdfff)
		return 4;
	if (*character > 0xdbff || end - text < 10 || text[4] != '\\' || text[5] != 'u' ||
	    !read_hex(text + 6, end, &low) || low < 0xdc00 || low > 0xdfff)
		return 0;
	*character = 0x10000 + ((*character - 0xd800) << 10 | (low - 0xdc00));
	return 10;
}

/* What follows a backslash, to `out`. Returns what it read of `text`; 0 when there is no such escape. */
static size_t read_escape(const char *text, const char *end, char *out, size_t *written)
{
	static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
	const char *letter = *text ? strchr(letters, *text) : NULL;
	uint32_t character;
	size_t size;

	if (letter) {
		out[0] = values[letter - letters];
		*written = 1;
		return 1;
	}
	if (*text != 'u')
		return 0;
	size = read_unicode(text + 1, end, &character);
	if (size == 0)
		return 0;
	*written = utf8_encode(character, out);
	return size + 1;
}

/* The quote that ends the string whose content begins at `text`; NULL when none does. */
static const char *string_end(const char *text, const char *end)
{
	for (; text < end && *text != '"'; text++) {
		if ((unsigned char)*text < 0x20)
			return NULL;
		if (*text == '\\' && ++text == end)
			return NULL;
	}
	return text < end ? text : NULL;
}

/* In the arena; NULL when no JSON string is next. */
static const char *read_string(struct json_reader *reader, size_t *length)
{
	const char *end, *text;
	char *decoded;
	size_t used = 0;

	if (!take(reader, '"'))
		return NULL;
	text = reader->at;
	end = string_end(text, reader->end);
	if (end == NULL)
		return NULL;
	decoded = arena_new(reader->builder->arena, (size_t)(end - text) + 1); /* escapes only shrink */
	while (text < end) {
		size_t written = 1, size = 1;

		if (*text == '\\') {
			size = read_escape(text + 1, end, decoded + used, &written);
			if (size++ == 0)
				return NULL;
		} else {
			decoded[used] = *text;
		}
		text += size;
		used += written;
	}
	reader->at = end + 1;
	*length = used;
	return decoded;
}

static const char *skip_digits(const char *text, const char *end)
{
	while (text < end && isdigit((unsigned char)*text))
		text++;
	return text;
}

/* Behind the number at `text`, by RFC 8259 section 6; NULL when there is none. */
static const char *number_end(const char *text, const char *end)
{
	const char *digits;

	if (text < end && *text == '-')
		text++;
	digits = text;
	text = skip_digits(text, end);
	if (text == digits || (*digits == '0' && text - digits > 1))
		return NULL;
	if (text < end && *text == '.') {
		digits = text + 1;
		text = skip_digits(digits, end);
		if (text == digits)
			return NULL;
	}
	if (text < end && (*text == 'e' || *text == 'E')) {
		text++;
		if (text < end && (*text == '-' || *text == '+'))
			text++;
		digits = text;
		text = skip_digits(text, end);
		if (text == digits)
			return NULL;
	}
	return text;
}

static bool read_word(struct json_reader *reader, struct yaml_node *node)
{
	static const char *const words[] = { "true", "false", "null" };
	const char *end = number_end(reader->at, reader->end);
	size_t left = (size_t)(reader->end - reader->at);

	for (size_t i = 0; end == NULL && i < sizeof(words) / sizeof(words[0]); i++) {
		size_t length = strlen(words[i]);

		if (left >= length && memcmp(reader->at, words[i], length) == 0)
			end = reader->at + length;
	}
	if (end == NULL)
		return false;
	node->length = (size_t)(end - reader->at);
	node->text = arena_copy(reader->builder->arena, reader->at, node->length);
	reader->at = end;
	yaml_scalar_resolve(node);
	return true;
}

static bool read_array(struct json_reader *reader, size_t depth, struct yaml_node *node)
{
	cleanup(yaml_list) struct yaml_list list = { .items = NULL };

	reader->at++;
	if (!take(reader, ']')) {
		do {
			struct yaml_node *item = read_value(reader, depth);

			if (item == NULL)
				return false;
			yaml_list_add(&list, item);
		} while (take(reader, ','));
		if (!take(reader, ']'))
			return false;
	}
	yaml_list_finish(reader->builder, &list, node);
	return true;
}

static bool read_member(struct json_reader *reader, size_t depth, struct yaml_mapping *mapping)
{
	struct yaml_pair pair = { .key = NULL };
	struct yaml_place place;
	size_t length;

	skip_space(reader);
	place = current_place(reader);
	if (!yaml_builder_count(reader->builder, 1, place))
		return false;
	pair.key = read_string(reader, &length);
	if (pair.key == NULL || !take(reader, ':'))
		return false;
	pair.line = place.line;
	pair.column = place.column;
	pair.value = read_value(reader, depth);
	if (pair.value == NULL)
		return false;
	yaml_mapping_add(mapping, &pair, YAML_WRITTEN);
	return true;
}

static bool read_object(struct json_reader *reader, size_t depth, struct yaml_node *node)
{
	cleanup(yaml_mapping) struct yaml_mapping mapping = { .entries = NULL };

	reader->at++;
	if (!take(reader, '}')) {
		do {
			if (!read_member(reader, depth, &mapping))
				return false;
		} while (take(reader, ','));
		if (!take(reader, '}'))
			return false;
	}
	yaml_mapping_finish(reader->builder, &mapping, node);
	return true;
}

static bool read_content(struct json_reader *reader, size_t depth, struct yaml_node *node)
{
	struct yaml_place place = { .line = node->line, .column = node->column };

	if (*reader->at == '"') {
		node->kind = YAML_STRING;
		node->text = read_string(reader, &node->length);
		return node->text != NULL;
	}
	if (*reader->at != '[' && *reader->at != '{')
		return read_word(reader, node);
	if (!yaml_builder_descend(reader->builder, depth + 1, place))
		return false;
	return *reader->at == '[' ? read_array(reader, depth + 1, node) : read_object(reader, depth + 1, node);
}

static struct yaml_node *read_value(struct json_reader *reader, size_t depth)
{
	struct yaml_node *node;

	skip_space(reader);
	if (reader->at == reader->end)
		return NULL;
	node = yaml_builder_node(reader->builder, current_place(reader));
	return node && read_content(reader, depth, node) ? node : NULL;
}

struct yaml_node *yaml_read_json(struct yaml_builder *builder, const char *text, size_t length)
{
	struct json_reader reader = { .builder = builder,
				      .at = text,
				      .end = text + length,
				      .placed = text,
				      .place = { .line = 1, .column = 1 } };
	struct yaml_node *root = read_value(&reader, 0);

	skip_space(&reader);
	return reader.at == reader.end ? root : NULL;
}
