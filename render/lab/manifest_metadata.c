#include "render/lab/manifest_metadata.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/foreign_metadata.h"
#include "render/lab/names.h"
#include "render/lab/values.h"

bool manifest_metadata_is_foreign(const char *key)
{
	static const char *const keys[] = { "creationTimestamp",
					    "deletionGracePeriodSeconds",
					    "deletionTimestamp",
					    "generation",
					    "managedFields",
					    "ownerReferences",
					    "resourceVersion",
					    "selfLink",
					    "uid",
					    NULL };

	for (size_t i = 0; keys[i]; i++)
		if (text_equal(keys[i], key))
			return true;
	return false;
}

/* What a person may ask of labsync for one object; the last one where there is something to keep. */
static const struct foreign_annotation known_annotations[] = {
	{ LAB_ANNOTATION_ADOPT, { "true", "false" } },
	{ LAB_ANNOTATION_PRUNE, { "true", "false" } },
	{ .key = NULL },
}, known_of_disks[] = {
	{ LAB_ANNOTATION_ADOPT, { "true", "false" } },
	{ LAB_ANNOTATION_PRUNE, { "true", "false" } },
	{ LAB_ANNOTATION_DISK_POLICY, { "Retain", "Delete" } },
	{ .key = NULL },
};

static const struct foreign_annotation *known_of(const struct manifest_kind *kind)
{
	return kind->is_disk ? known_of_disks : known_annotations;
}

static void field_read(struct reader *reader, const struct yaml_pair *pair, struct lab_manifest *manifest)
{
	if (pair->value->kind == YAML_NULL)
		return;
	if (text_equal(pair->key, "labels"))
		manifest->labels = foreign_labels_read(reader, pair);
	else if (text_equal(pair->key, "annotations"))
		manifest->annotations = foreign_annotations_take(reader, pair, known_of(manifest->kind));
	else if (text_equal(pair->key, "generateName"))
		reader_error(reader, pair->line, pair->column,
			     "generateName gives another name each time, by which labsync would not know the object "
			     "again; "
			     "use name");
	else if (manifest_metadata_is_foreign(pair->key))
		reader_warn(reader, pair->line, pair->column, "%s is set by the cluster; it is left out", pair->key);
}

/* False after it told what is wrong with it. */
static bool name_is_usable(struct reader *reader, const struct manifest_kind *kind, const struct yaml_node *name)
{
	const char *text = name->text;

	if (kind->name == MANIFEST_NAME_LABEL ? text_is_dns_label(text) : name_is_subdomain(text))
		return true;
	return reader_refuse(reader, name,
			     "%s is no name of a %s; use %s lower-case letters, digits%s, with a letter "
			     "or digit at both ends",
			     reader_quote(reader, text), kind->kind,
			     kind->name == MANIFEST_NAME_LABEL ? "at most 63" : "at most 253",
			     kind->name == MANIFEST_NAME_LABEL ? " and \"-\"" : ", \"-\" and \".\"");
}

static void namespace_check(struct reader *reader, const struct lab *lab, const struct lab_manifest *manifest,
			    const struct yaml_node *namespace_name)
{
	const struct manifest_kind *kind = manifest->kind;

	if (namespace_name == NULL || namespace_name->kind == YAML_NULL)
		return;
	if (kind->is_cluster_scoped)
		reader_refuse(reader, namespace_name, "a %s is in no namespace; remove this", kind->kind);
	else if (namespace_name->kind != YAML_STRING)
		reader_refuse(reader, namespace_name, "namespace must be a string, not %s",
			      yaml_kind_name(namespace_name->kind));
	else if (!text_equal(namespace_name->text, lab->namespace_name))
		reader_refuse(reader, namespace_name,
			      "%s \"%s\" is for namespace %s, but its lab is in \"%s\"; remove this, or put it into "
			      "a lab of "
			      "that namespace",
			      kind->kind, manifest->name, reader_quote(reader, namespace_name->text),
			      lab->namespace_name);
}

bool manifest_metadata_read(struct reader *reader, const struct lab *lab, struct lab_manifest *manifest)
{
	const struct yaml_node *metadata = yaml_get(manifest->root, "metadata"), *name;
	size_t before = reader->errors;

	if (metadata && metadata->kind != YAML_MAPPING && metadata->kind != YAML_NULL)
		return reader_refuse(reader, metadata, "metadata must be a mapping, not %s",
				     yaml_kind_name(metadata->kind));
	for (size_t i = 0; metadata && metadata->kind == YAML_MAPPING && i < metadata->count; i++)
		field_read(reader, &metadata->pairs[i], manifest);
	name = yaml_get(metadata, "name");
	if (name == NULL || name->kind == YAML_NULL) {
		if (reader->errors == before)
			reader_refuse(reader, manifest->root, "this %s has no name; set metadata.name",
				      manifest->kind->kind);
		return false;
	}
	if (name->kind != YAML_STRING && !name->is_text_too)
		return reader_refuse(reader, name, "name must be a string, not %s", yaml_kind_name(name->kind));
	manifest->name = name->text;
	manifest->place = (struct place){ reader->path, name->line, name->column };
	namespace_check(reader, lab, manifest, yaml_get(metadata, "namespace"));
	return name_is_usable(reader, manifest->kind, name);
}
