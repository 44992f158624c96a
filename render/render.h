/* Text in, Kubernetes objects out. Pure: no files, no clock, no network.
 *
 * Equal input gives equal output, byte for byte once written. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"

struct rendered_object {
	json_t *value; /* owned; with apiVersion, kind, metadata{name, namespace, labels} */
	char *node; /* the lab's node that it serves; NULL for links */
};

struct rendered_lab {
	char *name, *namespace_name;
	char *path; /* of the file; with the line of the document */
	size_t line;
	bool valid; /* false: it exists in the files but has errors, and has no objects */
	struct rendered_object *objects;
	size_t count, capacity;
};

struct render_result {
	struct rendered_lab *labs; /* by namespace and name */
	size_t count;
	struct diagnostics diagnostics; /* sorted by place */
	bool complete; /* see lab_set */
};

#define RENDER_RESULT_INIT                                                                                           \
	{                                                                                                            \
		.labs = NULL                                                                                         \
	}

void render_result_deinit(struct render_result *result);
static inline void render_result_cleanup(struct render_result *result)
{
	render_result_deinit(result);
}

/* `files` is borrowed for the call. */
void render_labs(const struct lab_file *files, size_t count, const char *default_namespace,
		 struct render_result *result);
