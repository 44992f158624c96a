#include "render/dialects/translation.h"

#include <string.h>

#include "base/text.h"
#include "render/dialects/annotations.h"
#include "render/dialects/translate.h"
#include "render/lab/document.h"
#include "render/lab/lab.h"
#include "render/lab/read.h"

struct yaml_node *translation_add_node(struct translation *translation, const char *name, const char *type,
				       const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *nodes = tree_mapping_at(arena, translation->spec, "nodes", at), *node, *content;

	if (yaml_get(nodes, name)) {
		reader_refuse(translation->reader, at,
			      "another VM of this file is named \"%s\"; rename one, or move it to another namespace",
			      name);
		return NULL;
	}
	node = tree_mapping(arena, at);
	content = tree_mapping(arena, at);
	tree_set(arena, nodes, name, node);
	tree_set(arena, node, type, content);
	return content;
}

void translation_add_object(struct translation *translation, const struct yaml_node *object)
{
	struct arena *arena = translation->reader->arena;

	tree_append(arena, tree_list_at(arena, translation->spec, "objects", object), object);
}

static struct yaml_node *entry_add(struct translation *translation, const char *list, const char *name,
				   const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *entry = tree_mapping(arena, at);

	tree_set(arena, entry, "name", tree_text(arena, at, name));
	tree_append(arena, tree_list_at(arena, translation->spec, list, at), entry);
	return entry;
}

struct yaml_node *translation_add_disk(struct translation *translation, const char *name, const struct yaml_node *at)
{
	return entry_add(translation, "disks", name, at);
}

struct yaml_node *translation_add_operation(struct translation *translation, const char *name, const char *machine,
					    const char *type, const struct yaml_node *at)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *entry = entry_add(translation, "operations", name, at);

	tree_set(arena, entry, "virtualMachine", tree_text(arena, at, machine));
	tree_set(arena, entry, "type", tree_text(arena, at, type));
	return entry;
}

bool translation_name_is_label(struct translation *translation, const struct fact *document)
{
	const struct yaml_node *name = yaml_get(document->metadata, "name");

	if (text_is_dns_label(document->name))
		return true;
	reader_refuse(
		translation->reader, name,
		"name %s is no host name for the guest; use at most 63 lower-case letters, digits and \"-\", with a "
		"letter or digit at both ends",
		reader_quote(translation->reader, document->name));
	return false;
}

void translation_take_metadata(struct translation *translation, const struct fact *document, const char *name,
			       struct yaml_node *vm)
{
	annotation_take_entries(translation->reader->arena, document, "labels", vm);
	annotation_take_entries(translation->reader->arena, document, "annotations", vm);
	annotation_links_take(translation, document, name);
}

struct yaml_node *translation_metadata(struct arena *arena, const struct fact *document)
{
	struct yaml_node *metadata = tree_mapping(arena, document->metadata);

	tree_set(arena, metadata, "name", yaml_get(document->metadata, "name"));
	tree_set(arena, metadata, "namespace", yaml_get(document->metadata, "namespace"));
	annotation_take_entries(arena, document, "labels", metadata);
	annotation_take_entries(arena, document, "annotations", metadata);
	return metadata;
}

/* The Lab without anything in it. */
static void lab_begin(struct translation *translation, const struct fact *first, const char *name)
{
	struct arena *arena = translation->reader->arena;
	const struct yaml_node *at = first->root, *given = yaml_get(first->metadata, "namespace"),
			       *named = annotation_get(first, DIALECT_ANNOTATION_LAB);
	struct yaml_node *metadata = tree_mapping(arena, at);

	translation->root = tree_mapping(arena, at);
	translation->spec = tree_mapping(arena, at);
	tree_set(arena, metadata, "name", tree_text(arena, named ? named : at, name));
	tree_set(arena, metadata, "namespace", tree_text(arena, given ? given : at, translation->namespace_name));
	tree_set(arena, translation->root, "apiVersion", tree_text(arena, at, LABSYNC_API_VERSION));
	tree_set(arena, translation->root, "kind", tree_text(arena, at, LAB_KIND));
	tree_set(arena, translation->root, "metadata", metadata);
	tree_set(arena, translation->root, "spec", translation->spec);
	tree_set(arena, translation->spec, "objectNames", tree_text(arena, at, "plain"));
}

static void wish_take(struct translation *translation, const char *name, const struct yaml_node *value)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *all = tree_mapping_at(arena, yaml_get(translation->root, "metadata"), "annotations", value);
	const struct yaml_node *other = yaml_get(all, name);

	if (other && !text_equal(other->text, value->text))
		reader_refuse(translation->reader, value,
			      "%s is %s in line %zu, and holds for all of this lab; say one thing", name,
			      reader_quote(translation->reader, other->text ? other->text : ""), other->line);
	tree_set(arena, all, name, value);
}

/* Wishes to labsync, which hold for the whole Lab. */
static void wishes_take(struct translation *translation, const struct fact *document)
{
	static const char *const names[] = { LAB_ANNOTATION_ADOPT, LAB_ANNOTATION_PRUNE, NULL };
	const struct yaml_node *annotations = yaml_get(document->metadata, "annotations");

	for (size_t i = 0; names[i]; i++) {
		const struct yaml_node *value = yaml_get(annotations, names[i]);

		if (value && value->kind == YAML_STRING)
			wish_take(translation, names[i], value);
	}
}

/* A second document of one name would be lost, or the first one. */
static bool is_the_only_one(struct translation *translation, const struct fact *document)
{
	const struct fact *first =
		facts_find(translation->facts, document->dialect->name, document->kind->name,
			   document->kind->of_cluster ? NULL : translation->namespace_name, document->name);

	if (first == NULL || place_order(&first->place, &document->place) == 0)
		return true;
	reader_refuse(translation->reader, yaml_get(document->metadata, "name"),
		      "%s \"%s\" is there already, in %s:%zu; remove one", document->kind->name, document->name,
		      first->place.path, first->place.line);
	return false;
}

/* What is beside metadata and spec; and that these are what they should be. */
static bool outer_fields_check(struct reader *reader, const struct fact *document)
{
	struct document_fields fields = { .nothing = NULL };
	size_t before = reader->errors;

	fields_read(reader, document->root, document->kind->name, document->kind->type->fields, &fields);
	return reader->errors == before;
}

/* Whether it is sure which namespace and lab the document names; what is wrong is told with the other fields. */
static bool is_placed(const struct reader *reader, const struct fact *document)
{
	cleanup(diagnostics) struct diagnostics told = DIAGNOSTICS_INIT;
	const struct yaml_pair metadata = { .key = "metadata", .value = (struct yaml_node *)document->metadata };
	struct reader quiet = *reader;

	quiet.diagnostics = &told;
	quiet.errors = 0;
	dialect_metadata_read(&quiet, &metadata);
	return quiet.errors == 0;
}

static void document_translate(struct translation *translation, const struct fact *document)
{
	wishes_take(translation, document);
	if (!outer_fields_check(translation->reader, document) || !is_the_only_one(translation, document))
		return;
	if (document->kind->translate)
		document->kind->translate(translation, document);
	else if (document->kind->check)
		document->kind->check(translation->reader, document);
}

static bool has_content(const struct translation *translation)
{
	static const char *const parts[] = { "nodes", "objects", "disks", "operations", NULL };

	for (size_t i = 0; parts[i]; i++)
		if (yaml_get(translation->spec, parts[i]))
			return true;
	return false;
}

struct translated_lab translate(struct reader *reader, const struct facts *facts, const struct fact *documents,
				size_t count, const char *namespace_name, const char *name)
{
	struct translation translation = { .reader = reader, .facts = facts, .namespace_name = namespace_name };
	struct translated_lab lab = { .is_placed = true };
	bool translates = false;

	lab_begin(&translation, &documents[0], name);
	for (size_t i = 0; i < count; i++) {
		document_translate(&translation, &documents[i]);
		lab.is_placed = lab.is_placed && is_placed(reader, &documents[i]);
		translates |= documents[i].kind->translate != NULL;
	}
	if ((translates && reader->errors) || has_content(&translation))
		lab.root = translation.root;
	return lab;
}
