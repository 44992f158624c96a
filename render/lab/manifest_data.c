#include "render/lab/manifest_data.h"

#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/text.h"
#include "render/lab/manifest_kinds.h"
#include "render/lab/values.h"

enum { KEY_LENGTH_MAX = 253 };

enum data_form { DATA_TEXT, DATA_BASE64 };

#define KEY_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."

static const struct {
	const char *kind, *field;
	enum data_form form;
} rows[] = {
	{ "Secret", "data", DATA_BASE64 },
	{ "Secret", "stringData", DATA_TEXT },
	{ "ConfigMap", "data", DATA_TEXT },
	{ "ConfigMap", "binaryData", DATA_BASE64 },
};

/* Kubernetes' rule for what may be the name of a file. */
static bool is_key(const char *key)
{
	size_t length = strlen(key);

	return length > 0 && length <= KEY_LENGTH_MAX && strspn(key, KEY_CHARACTERS) == length &&
	       !text_equal(key, ".") && !text_starts_with(key, "..");
}

char *manifest_base64_new(const char *text)
{
	cleanup(buffer) struct buffer joined = BUFFER_INIT;
	cleanup(free) uint8_t *data = NULL;
	size_t length;

	for (; *text; text++)
		if (*text != '\r' && *text != '\n')
			buffer_append_char(&joined, *text);
	data = base64_decode_new(buffer_text(&joined), &length);
	return data ? base64_new(data, length) : NULL;
}

static bool is_base64(const char *text)
{
	cleanup(free) char *encoded = manifest_base64_new(text);

	return encoded != NULL;
}

static void entry_check(struct reader *reader, const struct lab_manifest *manifest, const char *field,
			enum data_form form, const struct yaml_pair *entry)
{
	const struct yaml_node *value = entry->value;
	const char *kind = manifest->kind->kind;

	if (!is_key(entry->key))
		reader_error(reader, entry->line, entry->column,
			     "%s is no key of a %s; use at most %d letters, digits, \"-\", \"_\" and \".\"",
			     reader_quote(reader, entry->key), kind, KEY_LENGTH_MAX);
	else if (value->kind != YAML_STRING && value->kind != YAML_NULL && !value->is_text_too)
		reader_refuse(reader, value, "%s of %s \"%s\" must be a string under %s, not %s; write it in quotes",
			      reader_quote(reader, entry->key), kind, manifest->name, field,
			      yaml_kind_name(value->kind));
	else if (form == DATA_BASE64 && value->text && value->length > 0 && !is_base64(value->text))
		reader_refuse(reader, value, "%s of %s \"%s\" is not base64; put plain text under %s instead of %s",
			      reader_quote(reader, entry->key), kind, manifest->name,
			      text_equal(kind, "Secret") ? "stringData" : "data", field);
}

void manifest_data_check(struct reader *reader, const struct lab_manifest *manifest)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct yaml_pair *pair = yaml_get_pair(manifest->root, rows[i].field);

		if (!text_equal(rows[i].kind, manifest->kind->kind) || pair == NULL ||
		    pair->value->kind == YAML_NULL || value_mapping_pair(reader, pair) == NULL)
			continue;
		for (size_t j = 0; j < pair->value->count; j++)
			entry_check(reader, manifest, rows[i].field, rows[i].form, &pair->value->pairs[j]);
	}
}
