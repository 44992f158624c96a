/* Git on the network: fetch a branch, push notes. Runs in a child process of
 * its own (labsync starts itself as `labsync git-helper`) with a deadline,
 * resource limits and no privileges; killed when it hangs. The daemon's side
 * is asynchronous on a libuv loop.
 *
 * The request goes to the child as one JSON object on stdin (so nothing
 * secret is in argv), the answer comes back as one JSON object on stdout. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "base/error.h"
#include "sync/git/repository.h"

struct remote_settings {
	char *url; /* https://, ssh://, user@host:path, file://, or an absolute path */
	char *branch; /* "main", or a whole name ("refs/pull/1/head"); NULL: the remote's HEAD */
	char *directory; /* of the local bare repository */
	char *ssh_key_file, *ssh_known_hosts_file; /* NULL: ~/.ssh/known_hosts; unknown hosts are refused */
	char *https_ca_file, *https_username, *https_password_file; /* each may be NULL */
	uint64_t timeout_ms; /* of one operation */
};
void remote_settings_deinit(struct remote_settings *settings);

/* Where a fetched branch lands in the local repository. */
#define REMOTE_HEAD_REFERENCE "refs/labsync/head"

struct remote_answer {
	char commit[COMMIT_ID_SIZE]; /* fetch: the branch's head, fetched and at REMOTE_HEAD_REFERENCE */
	bool branch_missing; /* fetch: the remote answers but has no such branch (no error) */
};

/* Called once, never before the starting function has returned. `answer` is NULL when `err` is set;
 * after remote_cancel() it comes with ERROR_CANCELLED. */
typedef void remote_callback(void *data, const struct remote_answer *answer, const struct error *err);

struct remote_operation;

/* Fetches the branch and, when `notes_reference` is not NULL and the remote has it, that ref too
 * (into the same name locally, unless local has notes that are not pushed yet: those are merged).
 * `program` is labsync's own executable (/proc/self/exe when NULL). NULL with an error when the child cannot start. */
struct remote_operation *remote_fetch(uv_loop_t *loop, const char *program, const struct remote_settings *settings,
				      const char *notes_reference, remote_callback *callback, void *data,
				      struct error *err);

/* Pushes `notes_reference` with a lease on what the remote was seen to have; on a race fetches,
 * merges (per commit; for the same commit the local note wins) and tries again, up to ten times. */
struct remote_operation *remote_push_notes(uv_loop_t *loop, const char *program,
					   const struct remote_settings *settings, const char *notes_reference,
					   remote_callback *callback, void *data, struct error *err);

void remote_cancel(struct remote_operation *operation);

/* The child: reads its request from stdin, writes the answer to stdout, returns the exit code. */
int remote_helper_main(void);
