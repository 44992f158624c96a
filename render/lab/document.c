#include "render/lab/document.h"

#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/registry.h"
#include "render/lab/config.h"
#include "render/lab/defaults.h"
#include "render/lab/read.h"
#include "render/lab/values.h"

const void *document_seen(struct reader *reader, const struct yaml_pair *pair)
{
	(void)reader;
	(void)pair;
	return NULL;
}

const void *document_status(struct reader *reader, const struct yaml_pair *pair)
{
	reader_warn(reader, pair->line, pair->column, "status is set by the cluster; remove it");
	return NULL;
}

static const char *const knl_versions[] = { KNL_API_VERSION, NULL };
static const char *const labsync_versions[] = { LABSYNC_API_VERSION, NULL };
static const char *const all_versions[] = { LABSYNC_API_VERSION, KNL_API_VERSION, NULL };
const struct value_type knl_version_type = { .name = "text", .shape = VALUE_TEXT, .allowed = knl_versions };
const struct value_type labsync_version_type = { .name = "text", .shape = VALUE_TEXT, .allowed = labsync_versions };
const struct value_type lab_version_type = { .name = "text", .shape = VALUE_TEXT, .allowed = all_versions };

/* Each version's kinds. */
static const struct pairing {
	const char *version, *kind;
	enum document_kind means;
} pairings[] = {
	{ LABSYNC_API_VERSION, LAB_KIND, DOCUMENT_LAB },
	{ LABSYNC_API_VERSION, DEFAULTS_KIND, DOCUMENT_DEFAULTS },
	{ LABSYNC_API_VERSION, MAPPING_KIND, DOCUMENT_MAPPING },
	{ KNL_API_VERSION, LAB_KIND, DOCUMENT_KNL_LAB },
	{ KNL_API_VERSION, CONFIG_KIND, DOCUMENT_CONFIG },
};

enum { PAIRINGS = sizeof(pairings) / sizeof(pairings[0]) };

/* "Lab or Defaults": what goes with the other one; with any when that is NULL. */
static const char *versions_of(struct reader *reader, const char *kind)
{
	cleanup(buffer) struct buffer list = BUFFER_INIT;

	for (size_t i = 0; all_versions[i]; i++)
		for (size_t j = 0; j < PAIRINGS; j++)
			if (text_equal(pairings[j].version, all_versions[i]) &&
			    (kind == NULL || text_equal(pairings[j].kind, kind))) {
				buffer_format(&list, "%s%s", list.length ? " or " : "", all_versions[i]);
				break;
			}
	return arena_copy(reader->arena, buffer_text(&list), list.length);
}

static const char *kinds_of(struct reader *reader, const char *version)
{
	cleanup(buffer) struct buffer list = BUFFER_INIT;
	const char *last = NULL;

	for (size_t i = 0; i < PAIRINGS; i++) {
		if (!text_equal(pairings[i].version, version))
			continue;
		if (last)
			buffer_format(&list, "%s%s", list.length ? ", " : "", last);
		last = pairings[i].kind;
	}
	buffer_format(&list, "%s%s", list.length ? " or " : "", last ? last : "");
	return arena_copy(reader->arena, buffer_text(&list), list.length);
}

static const char *const all_kinds[] = { LAB_KIND, DEFAULTS_KIND, CONFIG_KIND, MAPPING_KIND, NULL };

static bool kind_exists(const char *kind)
{
	for (size_t i = 0; all_kinds[i]; i++)
		if (text_equal(all_kinds[i], kind))
			return true;
	return false;
}

/* The text of a field that says what the document is; NULL after it told what is wrong. */
static const char *type_text(struct reader *reader, const struct yaml_node *root, const char *field, const char *hint)
{
	const struct yaml_pair *pair = yaml_get_pair(root, field);

	if (pair == NULL || pair->value->kind == YAML_NULL)
		return reader_refuse(reader, root, "document has no %s; use %s", field, hint);
	return value_string_pair(reader, pair) ? pair->value->text : NULL;
}

static bool refuse_kind(struct reader *reader, const struct yaml_node *root, const char *version, const char *kind)
{
	const char *nearest = text_nearest(kind, all_kinds);

	if (kind_exists(kind))
		return reader_refuse(reader, yaml_get(root, "apiVersion"), "the apiVersion of a %s is %s, not %s",
				     kind, versions_of(reader, kind), version);
	if (nearest)
		return reader_refuse(reader, yaml_get(root, "kind"), "kind %s is not known; did you mean \"%s\"?",
				     reader_quote(reader, kind), nearest);
	return reader_refuse(reader, yaml_get(root, "kind"), "kind %s is not known; use %s",
			     reader_quote(reader, kind), kinds_of(reader, version));
}

bool document_kind_read(struct reader *reader, const struct yaml_node *root, enum document_kind *kind)
{
	const struct yaml_node *given = yaml_get(root, "kind");
	const char *version, *name, *versions, *beside;

	if (root->kind != YAML_MAPPING)
		return reader_refuse(reader, root, "a document must be a mapping with apiVersion and kind, not %s",
				     yaml_kind_name(root->kind));
	versions = versions_of(reader,
			       given && given->kind == YAML_STRING && kind_exists(given->text) ? given->text : NULL);
	version = type_text(reader, root, "apiVersion", versions);
	if (version == NULL)
		return false;
	beside = dialect_versions_beside(reader->arena, version);
	if (!text_equal(version, KNL_API_VERSION) && !text_equal(version, LABSYNC_API_VERSION))
		return reader_refuse(reader, yaml_get(root, "apiVersion"), "apiVersion %s is not known; use %s%s",
				     reader_quote(reader, version), beside ? "one of " : "",
				     beside ? beside : versions);
	name = type_text(reader, root, "kind", kinds_of(reader, version));
	if (name == NULL)
		return false;
	for (size_t i = 0; i < PAIRINGS; i++)
		if (text_equal(pairings[i].version, version) && text_equal(pairings[i].kind, name)) {
			*kind = pairings[i].means;
			return true;
		}
	return refuse_kind(reader, root, version, name);
}

bool document_may_be(const struct yaml_node *root, const char *kind)
{
	const char *const kinds[] = { kind, NULL };
	const struct yaml_node *given = yaml_get(root, "kind");

	return given && given->kind == YAML_STRING && text_nearest(given->text, kinds) != NULL;
}

static bool is_one_of(const char *const *keys, const char *key)
{
	for (; *keys; keys++)
		if (text_equal(*keys, key))
			return true;
	return false;
}

const struct yaml_node *document_without(struct arena *arena, const struct yaml_node *mapping,
					 const char *const *keys)
{
	struct yaml_node *copy = arena_new(arena, sizeof(*copy));

	*copy = *mapping;
	if (mapping->kind != YAML_MAPPING)
		return mapping;
	copy->count = 0;
	copy->pairs = arena_new(arena, (mapping->count + 1) * sizeof(*copy->pairs));
	for (size_t i = 0; i < mapping->count; i++)
		if (!is_one_of(keys, mapping->pairs[i].key))
			copy->pairs[copy->count++] = mapping->pairs[i];
	return copy;
}

void document_read(struct reader *reader, const struct yaml_node *root, const char *kind, const struct field *table,
		   struct document *document)
{
	struct document_fields fields = { .nothing = NULL };

	fields_read(reader, root, kind, table, &fields);
	document->metadata = fields.metadata ? fields.metadata->value : NULL;
	document->spec = fields.spec ? fields.spec->value : NULL;
}
