/* Text in, Kubernetes objects out. Pure: no files but those that are handed in,
 * no clock but the time that is, no network.
 *
 * Equal input gives equal output, byte for byte once written. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostic.h"
#include "render/lab/lab.h"
#include "render/lab/operations.h"

struct rendered_object {
	json_t *value; /* owned; with apiVersion, kind, metadata{name, namespace, labels} */
	char *node; /* the lab's node that it serves; NULL for links */
};

struct rendered_dependency {
	char *namespace_name, *name;
};

/* What is to be done once, and never again under that name. */
struct rendered_operation {
	char *name; /* unique in the lab, a DNS-1123 label */
	char *machine; /* the VirtualMachine's name, as the cluster knows it */
	enum operation_type type;
	int64_t grace_period; /* seconds, of Stop and Restart; OPERATION_GRACE_NONE: not given */
	char *snapshot; /* the VirtualMachineSnapshot that Snapshot makes and that Restore goes back to; NULL of others */
	char *target; /* the VirtualMachine that Clone makes, as the cluster is to know it; NULL of others */
	size_t line; /* in the lab's file */
};

struct rendered_lab {
	char *name, *namespace_name;
	char *path; /* of the file; with the line of the document */
	size_t line;
	bool valid; /* false: it exists in the files but has errors, and has no objects */
	bool translated; /* from documents of another system's format */
	bool plain_names; /* its objects are not named after it */
	bool suspended; /* what is there stays as it is, with and without objects here */
	bool expired; /* its time is over: it has no objects, and that is meant */
	bool powered_off; /* its machines are rendered as halted */
	time_t next_change; /* when expired or powered_off would come out otherwise; 0: never */
	struct rendered_dependency *dependencies; /* labs that must be Ready before it is applied */
	size_t dependency_count;
	struct rendered_operation *operations; /* in the order in which they are to be done */
	size_t operation_count;
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

void rendered_lab_deinit(struct rendered_lab *lab);
void render_result_deinit(struct render_result *result);
static inline void render_result_cleanup(struct render_result *result)
{
	render_result_deinit(result);
}

/* `files` is borrowed for the call. */
void render_labs(const struct lab_file *files, size_t count, const struct lab_options *options,
		 struct render_result *result);

/* The same labs in the order in which they are read, each to `visit`, which may steal what it holds (and zero it); with
 * no more than one of them in memory. Of two labs whose objects get in each other's way, the one that comes first is
 * visited before that is known. What is wrong is appended to `diagnostics`, which are sorted in the end. Returns what
 * `complete` is of a result. */
bool render_each(const struct lab_file *files, size_t count, const struct lab_options *options,
		 void (*visit)(void *context, struct rendered_lab *lab), void *context,
		 struct diagnostics *diagnostics);
