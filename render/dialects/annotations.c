#include "render/dialects/annotations.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/document.h"
#include "render/lab/lab.h"
#include "render/lab/labels.h"
#include "render/lab/metadata.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

enum { JOINS_MAX = 64 };

/* Those that labsync reads on the objects themselves. */
static const char *const of_objects[] = { DIALECT_ANNOTATION_DISK_POLICY, DIALECT_ANNOTATION_RESTART_POLICY, NULL };

static bool is_one_of(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (text_equal(*names, name))
			return true;
	return false;
}

bool annotation_is_for_tools(const char *key)
{
	return (text_starts_with(key, "labsync.dev/") && !is_one_of(of_objects, key)) ||
	       text_equal(key, "kubectl.kubernetes.io/last-applied-configuration");
}

void annotation_take_entries(struct arena *arena, const struct fact *document, const char *key,
			     struct yaml_node *onto)
{
	const struct yaml_node *entries = yaml_get(document->metadata, key);

	for (size_t i = 0; entries && entries->kind == YAML_MAPPING && i < entries->count; i++) {
		const struct yaml_pair *entry = &entries->pairs[i];

		if (!annotation_is_for_tools(entry->key) && entry->value->kind != YAML_NULL)
			tree_set(arena, tree_mapping_at(arena, onto, key, entries), entry->key, entry->value);
	}
}

const struct yaml_node *annotation_get(const struct fact *document, const char *name)
{
	const struct yaml_node *value = yaml_get(yaml_get(document->metadata, "annotations"), name);

	return value && value->kind == YAML_STRING ? value : NULL;
}

void annotation_make_field(struct arena *arena, struct yaml_node *made, const char *name, const char *field)
{
	struct yaml_node *annotations = yaml_get(made, "annotations");
	size_t kept = 0;

	for (size_t i = 0; annotations && i < annotations->count; i++)
		if (text_equal(annotations->pairs[i].key, name))
			tree_set(arena, made, field, annotations->pairs[i].value);
		else
			annotations->pairs[kept++] = annotations->pairs[i];
	if (annotations)
		annotations->count = kept;
}

void annotation_tell_unused(struct translation *translation, const struct fact *document, const char *const *used)
{
	static const struct {
		const char *name, *use;
	} rows[] = {
		{ DIALECT_ANNOTATION_LINKS, "only a VirtualMachine joins links of labs" },
		{ DIALECT_ANNOTATION_SIZE, "it is for images whose document does not say how large they are" },
		{ DIALECT_ANNOTATION_FORMAT, "it is for images whose document does not say what they are" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct yaml_node *value = annotation_get(document, rows[i].name);

		if (value && !is_one_of(used, rows[i].name))
			reader_warn(translation->reader, value->line, value->column,
				    "%s does nothing here, since %s; drop it", rows[i].name, rows[i].use);
	}
}

/* "LAB/LINK" without blanks; false after it told what is wrong. */
static bool join_check(struct translation *translation, const struct yaml_node *at, const char *join)
{
	const char *slash = strchr(join, '/');
	cleanup(free) char *lab = slash ? string_copy_n(join, (size_t)(slash - join)) : NULL;

	if (lab && text_is_dns_label(lab) && text_is_dns_label(slash + 1))
		return true;
	reader_refuse(translation->reader, at,
		      "%s: %s is no link of a lab; write LAB/LINK, several with \",\" between",
		      DIALECT_ANNOTATION_LINKS, reader_quote(translation->reader, join));
	return false;
}

/* The link's own name, unless another lab's link took it in this Lab. */
static struct yaml_node *link_for(struct translation *translation, const struct yaml_node *at, const char *join)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *links = tree_mapping_at(arena, translation->spec, "links", at), *link;
	const char *slash = strchr(join, '/'), *name = slash + 1;
	const struct yaml_node *taken = yaml_get(yaml_get(links, name), "join");

	if (taken && !text_equal(taken->text, join))
		name = arena_format(arena, "%.*s-%s", (int)(slash - join), join, slash + 1);
	link = tree_mapping_at(arena, links, name, at);
	tree_set(arena, link, "join", tree_text(arena, at, join));
	return link;
}

static void join_add(struct translation *translation, const struct yaml_node *at, const char *join, const char *node)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *end;

	if (!join_check(translation, at, join))
		return;
	end = tree_mapping(arena, at);
	tree_set(arena, end, "node", tree_text(arena, at, node));
	tree_append(arena, tree_list_at(arena, link_for(translation, at, join), "nodes", at), end);
}

void annotation_links_take(struct translation *translation, const struct fact *document, const char *name)
{
	const struct yaml_node *value = annotation_get(document, DIALECT_ANNOTATION_LINKS);
	const char *at = value ? value->text : "";
	size_t count = 0;

	if (value && strspn(at, " ,\n\t") == strlen(at))
		reader_refuse(translation->reader, value, "%s is empty; write LAB/LINK, or remove it",
			      DIALECT_ANNOTATION_LINKS);
	while (*(at += strspn(at, " ,\n\t"))) {
		size_t length = strcspn(at, " ,\n\t");
		cleanup(free) char *join = string_copy_n(at, length);

		at += length;
		if (count++ == JOINS_MAX) {
			reader_refuse(translation->reader, value, "%s names more than %d links; remove some",
				      DIALECT_ANNOTATION_LINKS, JOINS_MAX);
			return;
		}
		join_add(translation, value, join, name);
	}
}

/* --- metadata of all kinds --- */

struct metadata_target {
	const void *nothing; /* never set: metadata is only checked, and taken from the document itself */
};

static const void *text_check(struct reader *reader, const struct yaml_pair *pair)
{
	value_string_pair(reader, pair);
	return NULL;
}

static const void *annotations_check(struct reader *reader, const struct yaml_pair *pair)
{
	static const char *const names[] = {
		LAB_ANNOTATION_ADOPT,      LAB_ANNOTATION_PRUNE,         DIALECT_ANNOTATION_LAB,
		DIALECT_ANNOTATION_LINKS,  "labsync.dev/format",         "labsync.dev/size",
		"labsync.dev/disk-policy", "labsync.dev/restart-policy", NULL
	};

	metadata_texts_check(reader, pair);
	for (size_t i = 0; pair->value->kind == YAML_MAPPING && i < pair->value->count; i++) {
		const struct yaml_pair *entry = &pair->value->pairs[i];
		const char *nearest;

		if (!text_starts_with(entry->key, "labsync.dev/") || is_one_of(names, entry->key))
			continue;
		nearest = text_nearest(entry->key, names);
		reader_refuse(reader, entry->value, "unknown annotation %s; %s %s", reader_quote(reader, entry->key),
			      nearest ? "did you mean" : "labsync knows, for instance,",
			      nearest ? nearest : names[3]);
	}
	return NULL;
}

#define NOTHING offsetof(struct metadata_target, nothing)
static const struct value_type texts_type = { .shape = VALUE_MAP, .items = &text_type };

static const struct field metadata_fields[] = {
	{ "name", text_check, NOTHING, &text_type, "The name, which the objects have that are made of it.",
	  .presence = FIELD_REQUIRED },
	{ "namespace", text_check, NOTHING, &name_type,
	  "The namespace of those objects. Without it, that of Defaults, or else the source's.", .fallback = NULL },
	{ "labels", metadata_texts_check, NOTHING, &texts_type,
	  "Labels, which the objects that are made of it have too.", .fallback = NULL },
	{ "annotations", annotations_check, NOTHING, &texts_type,
	  "Annotations. labsync.dev/lab: NAME names the lab that the file becomes; labsync.dev/links: LAB/LINK, ... "
	  "joins a VM "
	  "to links of labs; labsync.dev/adopt and labsync.dev/prune are those of a Lab.",
	  .fallback = NULL },
	METADATA_SERVER_FIELD("generateName", NOTHING),
	METADATA_SERVER_FIELDS(NOTHING),
	{ .name = NULL },
};

const struct value_type dialect_metadata_type = {
	.name = "DialectMetadata",
	.shape = VALUE_OBJECT,
	.fields = metadata_fields,
};

const void *dialect_metadata_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct metadata_target target = { .nothing = NULL };

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	fields_read(reader, pair->value, "metadata", metadata_fields, &target);
	return pair;
}
