/* How a notes reference moves: always by a commit on top of what was read, and
 * only when nobody moved it meanwhile. Shared by writing and merging. */
#pragma once

#include <git2.h>
#include <stdbool.h>

#include "base/error.h"
#include "sync/git/repository.h"

enum { NOTES_ATTEMPTS_MAX = 10, NOTE_SIZE_MAX = 4 * 1024 * 1024 };

/* The commit at the notes reference: GIT_ENOTFOUND when there is no such reference yet. */
int notes_tip(git_commit **tip, git_repository *repository, const char *notes_reference);

/* Commits `tree` as labsync on top of `parents`. */
int notes_commit(git_oid *written, git_repository *repository, const git_oid *tree, const char *message,
		 size_t parent_count, const git_commit *parents[]);

/* Moves the reference from `old` (NULL: it must not exist) to `new`. See notes_is_race() for the result. */
int notes_move(git_repository *repository, const char *notes_reference, const git_oid *old, const git_oid *new);

/* True when the reference was moved or locked by somebody else, so that the work is to be done again. */
bool notes_is_race(int result);

/* Waits a little before attempt number `attempt`, longer each time and never the same time twice,
 * so that two who collide do not go on doing so. */
void notes_back_off(size_t attempt);

/* Merges `other`, a notes commit in the database, into the reference. An annotated commit whose note changed here since
 * the two histories parted keeps the note that is here; all else is as in `other`. */
bool notes_merge(struct repository *repository, const char *notes_reference, const git_oid *other, struct error *err);
