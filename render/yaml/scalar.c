#include "render/yaml/scalar.h"

#include <math.h>
#include <string.h>

#include "base/digest.h"
#include "render/yaml/number.h"

struct word {
	const char *text;
	enum yaml_kind kind;
	bool boolean;
};

/* Three casings each, no others: "tRUE" is text. */
static const struct word words[] = {
	{ "true", YAML_BOOLEAN, true },   { "True", YAML_BOOLEAN, true },   { "TRUE", YAML_BOOLEAN, true },
	{ "false", YAML_BOOLEAN, false }, { "False", YAML_BOOLEAN, false }, { "FALSE", YAML_BOOLEAN, false },
	{ "yes", YAML_BOOLEAN, true },    { "Yes", YAML_BOOLEAN, true },    { "YES", YAML_BOOLEAN, true },
	{ "no", YAML_BOOLEAN, false },    { "No", YAML_BOOLEAN, false },    { "NO", YAML_BOOLEAN, false },
	{ "on", YAML_BOOLEAN, true },     { "On", YAML_BOOLEAN, true },     { "ON", YAML_BOOLEAN, true },
	{ "off", YAML_BOOLEAN, false },   { "Off", YAML_BOOLEAN, false },   { "OFF", YAML_BOOLEAN, false },
	{ "y", YAML_BOOLEAN, true },      { "Y", YAML_BOOLEAN, true },      { "n", YAML_BOOLEAN, false },
	{ "N", YAML_BOOLEAN, false },     { "null", YAML_NULL, false },     { "Null", YAML_NULL, false },
	{ "NULL", YAML_NULL, false },     { "~", YAML_NULL, false },        { "", YAML_NULL, false },
};

enum { WORD_LENGTH_MAX = 5 };

static bool resolve_word(struct yaml_node *node)
{
	if (node->length > WORD_LENGTH_MAX)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (node->text[0] == words[i].text[0] && strcmp(node->text, words[i].text) == 0) {
			node->kind = words[i].kind;
			node->boolean = words[i].boolean;
			return true;
		}
	}
	return false;
}

void yaml_scalar_resolve(struct yaml_node *node)
{
	struct yaml_number number;

	if (resolve_word(node))
		return;
	node->kind = YAML_STRING;
	if (!yaml_number_parse(node->text, node->length, &number))
		return;
	node->kind = number.is_integer ? YAML_INTEGER : YAML_REAL;
	if (number.is_integer)
		node->integer = number.integer;
	else
		node->real = number.real;
}

/* base64 wrapped over lines is the usual form, so white space goes first. */
static void finish_binary(struct yaml_builder *builder, struct yaml_node *node)
{
	struct yaml_place place = { .line = node->line, .column = node->column };
	cleanup(buffer) struct buffer packed = BUFFER_INIT;
	cleanup(free) uint8_t *data = NULL;
	size_t length = 0;
	json_t *text;

	for (size_t i = 0; i < node->length; i++) {
		if (!strchr(" \t\n\r", node->text[i]))
			buffer_append_char(&packed, node->text[i]);
	}
	data = base64_decode_new(buffer_text(&packed), &length);
	text = data && !memchr(data, '\0', length) ? json_stringn((const char *)data, length) : NULL;
	if (text) {
		node->text = arena_copy(builder->arena, (const char *)data, length);
		node->length = length;
	} else {
		yaml_builder_error(builder, place,
				   "the !!binary value is no text in base64; a Kubernetes object can hold only text");
	}
	json_decref(text);
}

struct tag {
	const char *name;
	enum yaml_kind kind;
	const char *needs;
};

static const struct tag tags[] = {
	{ "null", YAML_NULL, "nothing, ~ or null" },
	{ "bool", YAML_BOOLEAN, "true or false" },
	{ "int", YAML_INTEGER, "a whole number of 64 bits" },
	{ "float", YAML_REAL, "a number" },
};

static const char tag_prefix[] = "tag:yaml.org,2002:";

static const char *tag_own_name(const char *tag)
{
	size_t length = sizeof(tag_prefix) - 1;

	return strncmp(tag, tag_prefix, length) == 0 ? tag + length : "";
}

const char *yaml_tag_shown(struct yaml_builder *builder, const char *tag)
{
	const char *own = tag_own_name(tag);

	return own[0] ? arena_format(builder->arena, "!!%s", yaml_builder_shown(builder, own))
		      : yaml_builder_shown(builder, tag);
}

static void finish_as_kind(struct yaml_builder *builder, struct yaml_node *node, const struct tag *tag)
{
	yaml_scalar_resolve(node);
	if (tag->kind == YAML_REAL && node->kind == YAML_INTEGER) {
		node->kind = YAML_REAL;
		node->real = (double)node->integer;
	}
	if (node->kind == tag->kind)
		return;
	yaml_builder_error(builder, (struct yaml_place){ .line = node->line, .column = node->column },
			   "the tag !!%s needs %s; change the value or drop the tag", tag->name, tag->needs);
}

static void finish_tagged(struct yaml_builder *builder, struct yaml_node *node, const char *tag)
{
	const char *name = tag_own_name(tag);

	node->kind = YAML_STRING;
	if (strcmp(name, "str") == 0)
		return;
	if (strcmp(name, "binary") == 0) {
		finish_binary(builder, node);
		return;
	}
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (strcmp(name, tags[i].name) == 0) {
			finish_as_kind(builder, node, &tags[i]);
			return;
		}
	}
	yaml_builder_error(builder, (struct yaml_place){ .line = node->line, .column = node->column },
			   "tag %s has no meaning here; drop it", yaml_tag_shown(builder, tag));
}

void yaml_scalar_finish(struct yaml_builder *builder, struct yaml_node *node, const char *tag, enum yaml_style style)
{
	if (tag)
		finish_tagged(builder, node, tag);
	else if (style == YAML_PLAIN)
		yaml_scalar_resolve(node);
	else
		node->kind = YAML_STRING;
	if (node->kind == YAML_REAL && !isfinite(node->real))
		yaml_builder_error(builder, (struct yaml_place){ .line = node->line, .column = node->column },
				   "JSON, and so Kubernetes, has no %s; quote it if it is text",
				   isnan(node->real) ? "NaN" : "infinite number");
}

static const char *real_key(struct yaml_builder *builder, const struct yaml_node *node, struct yaml_place place)
{
	const char *key = yaml_number_key(builder->arena, node->real);

	if (key == NULL && isfinite(node->real)) /* otherwise it was noted when the scalar was read */
		yaml_builder_error(builder, place, "a key is a number with more digits than are kept; quote it");
	return key;
}

const char *yaml_key_text(struct yaml_builder *builder, const struct yaml_node *node)
{
	struct yaml_place place = { .line = node->line, .column = node->column };

	switch (node->kind) {
	case YAML_STRING:
		return node->text;
	case YAML_BOOLEAN:
		return node->boolean ? "true" : "false";
	case YAML_INTEGER:
		return arena_format(builder->arena, "%lld", (long long)node->integer);
	case YAML_REAL:
		return real_key(builder, node, place);
	case YAML_NULL:
		yaml_builder_error(builder, place, "a key is null; name it, or quote it: \"null\"");
		return NULL;
	default:
		yaml_builder_error(builder, place, "a key is %s; a key must be a single word or text",
				   yaml_kind_name(node->kind));
		return NULL;
	}
}
