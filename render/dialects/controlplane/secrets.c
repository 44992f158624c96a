/* Control Plane's secrets as Kubernetes' Secrets of the same keys. No value of one is
 * ever in a message. */
#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/controlplane/secret_types.h"
#include "render/dialects/controlplane/values.h"
#include "render/lab/names.h"

enum { KEY_MOST = 253 };

#define KEY_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
#define PAYLOAD "payload"
#define ENCODING "encoding"

const char *const secret_type_names[] = { "opaque",          "dictionary",   "userpass",  "keypair", "tls",
					  "docker",          "gcp",          "azure-sdk", "aws",     "ecr",
					  "azure-connector", "nats-account", NULL };

/* Those whose data is one text, and the key that it gets. */
static const struct {
	const char *type, *key, *kubernetes_type;
} texts[] = {
	{ "docker", ".dockerconfigjson", "kubernetes.io/dockerconfigjson" },
	{ "gcp", PAYLOAD, NULL },
	{ "azure-sdk", PAYLOAD, NULL },
};

enum { TEXTS = sizeof(texts) / sizeof(texts[0]) };

static size_t text_row(const char *type)
{
	size_t row = 0;

	while (row < TEXTS && !text_equal(texts[row].type, type))
		row++;
	return row;
}

static const char *type_of(const struct fact *secret)
{
	const struct yaml_node *type = yaml_get(secret->root, "type");

	return type && type->kind == YAML_STRING ? type->text : "";
}

/* A dictionary may have any key, also one of that name. */
static bool has_encoding(const struct fact *secret)
{
	return !text_equal(type_of(secret), "dictionary");
}

bool secret_is_key_pair(const struct fact *secret)
{
	return text_equal(type_of(secret), "keypair");
}

/* Whether the values are in base64. */
static bool is_encoded(const struct fact *secret)
{
	const struct yaml_node *encoding = yaml_get(yaml_get(secret->root, "data"), ENCODING);

	return has_encoding(secret) && encoding && text_equal(encoding->text, "base64");
}

const struct yaml_node *secret_value(struct arena *arena, const struct fact *secret, const char *key)
{
	const struct yaml_node *data = yaml_get(secret->root, "data"), *value;
	size_t row = text_row(type_of(secret));

	if (row < TEXTS)
		value = text_equal(texts[row].key, key) ? data : NULL;
	else
		value = text_equal(key, ENCODING) && has_encoding(secret) ? NULL : yaml_get(data, key);
	if (value == NULL || value->kind != YAML_STRING)
		return NULL;
	return is_encoded(secret) ? tree_text(arena, value, without_blanks(arena, value->text)) : value;
}

struct yaml_node *secret_object_new(struct arena *arena, const struct yaml_node *at, const char *name,
				    const char *field, const char *key, const struct yaml_node *value)
{
	struct yaml_node *object = object_new(arena, at, "v1", "Secret", name);

	if (key)
		tree_set(arena, tree_mapping_at(arena, object, field, at), key, value);
	return object;
}

static bool is_base64(const char *text)
{
	size_t length;
	uint8_t *data = base64_decode_new(text, &length);

	free(data);
	return data != NULL;
}

static bool encoding_check(struct reader *reader, const struct fact *secret)
{
	const struct yaml_node *encoding = yaml_get(yaml_get(secret->root, "data"), ENCODING);

	if (!has_encoding(secret) || encoding == NULL || encoding->kind == YAML_NULL || is_encoded(secret) ||
	    text_equal(encoding->text, "plain"))
		return true;
	reader_refuse(reader, encoding, "encoding must be plain or base64");
	return false;
}

const char *secret_field(const struct fact *secret)
{
	return is_encoded(secret) ? "data" : "stringData";
}

const struct yaml_node *secret_copy_new(struct arena *arena, const struct yaml_node *at, const char *name,
					const struct fact *secret)
{
	struct yaml_node *object = object_new(arena, at, "v1", "Secret", name);
	const struct yaml_node *data = yaml_get(secret->root, "data");

	for (size_t i = 0; data && data->kind == YAML_MAPPING && i < data->count; i++)
		tree_set(arena, tree_mapping_at(arena, object, secret_field(secret), at), data->pairs[i].key,
			 secret_value(arena, secret, data->pairs[i].key));
	return object;
}

static bool entry_check(struct reader *reader, const struct yaml_pair *entry, bool encoded)
{
	size_t before = reader->errors;

	if (entry->key[0] == '\0' || strlen(entry->key) > KEY_MOST || entry->key[strspn(entry->key, KEY_CHARACTERS)])
		reader_error(reader, entry->line, entry->column,
			     "key %s is none that a Secret takes; use letters, digits, \"-\", \"_\" and \".\"",
			     reader_quote(reader, entry->key));
	else if (entry->value->kind != YAML_STRING)
		reader_refuse(reader, entry->value, "%s must be a string; write it in quotes", entry->key);
	else if (encoded && !is_base64(without_blanks(reader->arena, entry->value->text)))
		reader_refuse(reader, entry->value, "%s is no base64, as encoding says", entry->key);
	return reader->errors == before;
}

static void entries_add(struct translation *translation, const struct fact *document, struct yaml_node *object)
{
	struct reader *reader = translation->reader;
	const struct yaml_node *data = yaml_get(document->root, "data");
	bool encoded = is_encoded(document);

	if (!encoding_check(reader, document))
		return;
	for (size_t i = 0; i < data->count; i++) {
		const struct yaml_pair *entry = &data->pairs[i];

		if (entry->value->kind == YAML_NULL || (has_encoding(document) && text_equal(entry->key, ENCODING)))
			continue;
		if (text_equal(entry->key, "repos") && entry->value->kind == YAML_SEQUENCE)
			reader_warn(reader, entry->line, entry->column,
				    "repos has no effect: whoever uses the Secret decides for what");
		else if (entry_check(reader, entry, encoded))
			tree_set(reader->arena, tree_mapping_at(reader->arena, object, secret_field(document), data),
				 entry->key, secret_value(reader->arena, document, entry->key));
	}
}

/* The cluster takes credentials of registries in no other form. */
static bool is_json_object(const char *text)
{
	cleanup(json) json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	return json_is_object(value);
}

/* False after it told what is wrong with the document as a whole. */
static bool secret_check(struct reader *reader, const struct fact *document)
{
	const struct yaml_node *data = yaml_get(document->root, "data"), *type = yaml_get(document->root, "type");
	size_t row = text_row(type_of(document)), before = reader->errors;

	if (type == NULL || type->kind == YAML_NULL || data == NULL)
		reader_refuse(reader, document->root, "secret has no %s; add it", data ? "type" : "data");
	else if (data->kind != (row < TEXTS ? YAML_STRING : YAML_MAPPING))
		reader_refuse(reader, data, "data of type %s must be %s, not %s", type_of(document),
			      row < TEXTS ? "a string" : "a mapping", yaml_kind_name(data->kind));
	else if (row < TEXTS && texts[row].kubernetes_type && !is_json_object(data->text))
		reader_refuse(reader, data,
			      "data of type %s is no JSON object; write {\"auths\": {REGISTRY: {...}}}, as Docker's "
			      "config.json has it",
			      type_of(document));
	else if (!name_is_subdomain(document->name))
		reader_refuse(reader, yaml_get(document->root, "name"),
			      "name %s must be at most 253 lower-case letters, digits, \"-\" and \".\", with a "
			      "letter or digit at both ends",
			      reader_quote(reader, document->name));
	return reader->errors == before;
}

void secret_translate(struct translation *translation, const struct fact *document)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *data = yaml_get(document->root, "data"), *type = yaml_get(document->root, "type");
	size_t row = text_row(type_of(document));
	struct yaml_node *object;

	if (!secret_check(translation->reader, document))
		return;
	object = secret_object_new(arena, document->root, document->name, "stringData",
				   row < TEXTS ? texts[row].key : NULL, data);
	if (row < TEXTS && texts[row].kubernetes_type)
		tree_set(arena, object, "type", tree_text(arena, type, texts[row].kubernetes_type));
	else if (row == TEXTS)
		entries_add(translation, document, object);
	translation_take_metadata(translation, document, document->name,
				  tree_mapping_at(arena, object, "metadata", document->root));
	translation_add_object(translation, object);
}
