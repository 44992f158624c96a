/* From a commit to what it wants on the cluster: read the tree, parse, render,
 * stamp. Runs on libuv's thread pool with copies of its input and hands back a
 * finished value. */
#pragma once

#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "sync/desired.h"

struct commit_work_request {
	const char *directory; /* the local bare repository */
	const char *commit, *path; /* `path` may be NULL: the whole tree */
	const char *default_namespace;
	int64_t now; /* for labs that expire or follow a schedule */
	const char *cluster, *source;
	const char *notes_reference; /* NULL: no notes */
};

struct commit_work_result {
	struct desired desired;
	char **allow_prune; /* labs named by the commit's Labsync-Allow-Prune trailers; NULL-terminated */
	char *note_state; /* Labsync-State of the note that the commit has; NULL when there is none */
};

/* `result` may be taken from; what is left is freed after the callback. NULL when `err` is set. */
typedef void commit_work_callback(void *data, struct commit_work_result *result, const struct error *err);

/* Copies the request. Called back once, on the loop, never before this has returned; cannot be cancelled. */
void commit_work_start(uv_loop_t *loop, const struct commit_work_request *request, commit_work_callback *callback,
		       void *data);
void commit_work_result_deinit(struct commit_work_result *result);
