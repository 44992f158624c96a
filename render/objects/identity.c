#include "render/objects/identity.h"

#include "base/memory.h"

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

json_t *metadata_build(const struct lab *lab, const char *name, const char *subject)
{
	return json_pack("{s:s, s:s, s:{s:s, s:s, s:s}, s:{s:o, s:s*, s:s*}}", "name", name, "namespace",
			 lab->namespace_name, "labels", "app.kubernetes.io/managed-by", "labsync",
			 "app.kubernetes.io/name", subject, "app.kubernetes.io/part-of", lab->name, "annotations",
			 "labsync.dev/path", path_build(lab->path), LAB_ANNOTATION_ADOPT, lab->adopt ? "true" : NULL,
			 LAB_ANNOTATION_PRUNE, lab->keep ? "false" : NULL);
}

json_t *node_labels_build(const struct lab *lab, const struct lab_node *node)
{
	return json_pack("{s:s, s:s}", "app.kubernetes.io/name", node->name, "app.kubernetes.io/part-of", lab->name);
}
