/* What Git wants: rendered objects with everything on them by which labsync
 * knows them again. Made on a pool thread, owned by the pass. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/render.h"
#include "sync/kinds.h"

struct desired_object {
	const struct kind *kind;
	char *namespace_name, *name;
	char *node; /* NULL for links */
	json_t *value; /* owned */
};

struct desired_lab {
	char *name, *namespace_name, *path;
	size_t line;
	bool valid; /* false: its files have errors; what runs is left as it is */
	bool plain_names; /* its objects are not named after it */
	bool suspended; /* Git asks to leave it as it is */
	bool expired; /* its time is over: all of it goes */
	bool powered_off; /* its schedule has nothing run now */
	struct rendered_dependency *dependencies; /* labs that must be Ready first */
	size_t dependency_count;
	struct rendered_operation *operations; /* in the order in which they are to be done */
	size_t operation_count;
	struct desired_object *objects; /* by wave, kind, name */
	size_t count;
};

struct desired {
	char *commit;
	struct desired_lab *labs; /* by namespace and name */
	size_t count;
	struct diagnostics diagnostics;
	bool complete; /* what is absent is really gone */
	bool path_exists; /* the source's path is in the commit */
	int64_t next_change; /* when time alone makes the same commit want something else; 0: never */
};

#define DESIRED_INIT                                                                                                 \
	{                                                                                                            \
		.labs = NULL                                                                                         \
	}

void desired_deinit(struct desired *desired);
static inline void desired_cleanup(struct desired *desired)
{
	desired_deinit(desired);
}

/* Takes the objects over from `rendered` and stamps them. */
void desired_build(struct desired *desired, struct render_result *rendered, const char *cluster, const char *source,
		   const char *commit);
/* The kinds of all objects. */
struct kind_set desired_kinds(const struct desired *desired);
/* Some lab of the namespace has a machine of that name. */
bool desired_has_machine(const struct desired *desired, const char *namespace_name, const char *name);
/* NULL when there is none. */
struct desired_lab *desired_find(const struct desired *desired, const char *namespace_name, const char *lab);
