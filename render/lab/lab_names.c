#include "render/lab/lab_names.h"

#include <string.h>

#include "render/lab/names.h"

const char *lab_object_name(struct reader *reader, const struct lab *lab, const char *what, const char *name,
			    size_t line, size_t column)
{
	if (!lab->plain_names)
		return name_join(reader, lab->name, what, name, line, column);
	if (strlen(name) <= NAME_LENGTH_MAX)
		return name;
	reader_error(reader, line, column,
		     "\"%s\" is %zu characters long, but at most %d fit; shorten the name of the %s", name,
		     strlen(name), NAME_LENGTH_MAX, what);
	return NULL;
}

static int node_compare_name(const void *name, const void *node)
{
	return strcmp(name, ((const struct lab_node *)node)->name);
}

const struct lab_node *lab_node_find(const struct lab *lab, const char *name)
{
	return lab->node_count ? bsearch(name, lab->nodes, lab->node_count, sizeof(*lab->nodes), node_compare_name)
			       : NULL;
}
