/* Documents that go to the cluster as they are. */
#include "render/dialects/kubevirt/kubevirt.h"

#include <string.h>

#include "base/text.h"
#include "render/dialects/annotations.h"

bool kubevirt_has_spec(struct translation *translation, const struct fact *document)
{
	const struct field *field = field_find(document->kind->type->fields, "spec");

	if (document->spec || field == NULL || field->presence != FIELD_REQUIRED)
		return true;
	reader_refuse(translation->reader, document->root, "%s has no spec; add it", document->kind->name);
	return false;
}

static bool is_copied(const struct yaml_pair *pair)
{
	static const char *const others[] = { "apiVersion", "kind", "metadata", "status" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(pair->key, others[i]) == 0)
			return false;
	return pair->value->kind != YAML_NULL;
}

void kubevirt_tell_unused(struct translation *translation, const struct fact *document)
{
	static const char *const of_machines[] = { DIALECT_ANNOTATION_LINKS, NULL };
	static const char *const of_images[] = { DIALECT_ANNOTATION_SIZE, NULL };
	static const char *const of_others[] = { NULL };
	const char *kind = document->kind->name;
	bool is_image = text_equal(kind, KIND_DATA_SOURCE) && yaml_get(yaml_get(document->spec, "source"), "http");

	annotation_tell_unused(translation, document,
			       text_equal(kind, KIND_MACHINE) ? of_machines
			       : is_image                     ? of_images
							      : of_others);
}

void kubevirt_add_object(struct translation *translation, const struct fact *document, const struct yaml_node *spec)
{
	struct arena *arena = translation->reader->arena;
	struct yaml_node *object = tree_mapping(arena, document->root);

	kubevirt_tell_unused(translation, document);
	tree_set(arena, object, "apiVersion", kubevirt_version(translation, document));
	tree_set(arena, object, "kind", yaml_get(document->root, "kind"));
	tree_set(arena, object, "metadata", translation_metadata(arena, document));
	for (size_t i = 0; i < document->root->count; i++)
		if (is_copied(&document->root->pairs[i]))
			tree_set(arena, object, document->root->pairs[i].key, document->root->pairs[i].value);
	tree_set(arena, object, "spec", spec);
	translation_add_object(translation, object);
}

struct yaml_node *kubevirt_object(struct arena *arena, const struct yaml_node *at, const char *version,
				  const char *kind, const char *name)
{
	struct yaml_node *object = tree_mapping(arena, at);

	tree_set(arena, object, "apiVersion", tree_text(arena, at, version));
	tree_set(arena, object, "kind", tree_text(arena, at, kind));
	tree_set(arena, tree_mapping_at(arena, object, "metadata", at), "name", tree_text(arena, at, name));
	return object;
}

void kubevirt_object_translate(struct translation *translation, const struct fact *document)
{
	if (kubevirt_has_spec(translation, document))
		kubevirt_add_object(translation, document, NULL);
}
