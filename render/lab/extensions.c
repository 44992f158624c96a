#include "render/lab/extensions.h"

#include "base/text.h"
#include "render/lab/document.h"

enum { STEPS_MAX = 4 };

/* Keys from the spec on; "*" stands for each key. Ended by NULL. */
static const char *const paths[][STEPS_MAX + 1] = {
	{ "instances" }, { "variables" },  { "objectNames" },        { "objects" },
	{ "disks" },     { "operations" }, { "links", "*", "join" }, { "nodes", "*", "virtualMachine" },
};

static void path_refuse(struct reader *reader, const struct yaml_node *mapping, const char *const *path)
{
	for (size_t i = 0; mapping->kind == YAML_MAPPING && i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];

		if (pair->value->kind == YAML_NULL || !(text_equal(*path, "*") || text_equal(*path, pair->key)))
			continue;
		if (path[1])
			path_refuse(reader, pair->value, path + 1);
		else
			reader_error(reader, pair->line, pair->column,
				     "a Lab of KNL's has no %s; use apiVersion " LABSYNC_API_VERSION, pair->key);
	}
}

void extensions_refuse(struct reader *reader, const struct yaml_node *spec)
{
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		path_refuse(reader, spec, paths[i]);
}
