#include "render/objects/identity.h"

#include "base/json.h"
#include "base/memory.h"
#include "render/objects/given.h"

json_t *path_build(const char *path)
{
	json_t *value = json_string(path);
	cleanup(free) char *copy = NULL;

	if (value)
		return value;
	copy = string_copy(path);
	for (char *c = copy; *c; c++) {
		if ((unsigned char)*c >= 0x80)
			*c = '?';
	}
	return json_string(copy);
}

/* The lab's own first, so that labsync's stand when both have a name. */
static json_t *labels_build(const struct lab *lab, const char *subject)
{
	json_t *labels = given_map_build(lab->labels);

	json_object_set_new(labels, LABEL_MANAGED_BY, json_string("labsync"));
	json_object_set_new(labels, LABEL_NAME, json_string(subject));
	json_object_set_new(labels, LABEL_PART_OF, json_string(lab->name));
	return labels;
}

json_t *metadata_build(const struct lab *lab, const char *name, const char *subject)
{
	return json_pack("{s:s, s:s, s:o, s:{s:o, s:s*, s:s*}}", "name", name, "namespace", lab->namespace_name,
			 "labels", labels_build(lab, subject), "annotations", "labsync.dev/path",
			 path_build(lab->path), LAB_ANNOTATION_ADOPT, lab->adopt ? "true" : NULL,
			 LAB_ANNOTATION_PRUNE, lab->keep ? "false" : NULL);
}

void metadata_annotate(json_t *metadata, const char *key, const char *value)
{
	json_set_text(json_object_member(metadata, "annotations"), key, value);
}

json_t *node_labels_build(const struct lab *lab, const struct lab_node *node)
{
	return json_pack("{s:s, s:s}", LABEL_NAME, node->name, LABEL_PART_OF, lab->name);
}
