/* The operations that the git helper does, each over a session of its own. */
#pragma once

#include "sync/git/session.h"

bool helper_fetch(struct session *session, struct remote_answer *answer, struct error *err);
bool helper_push_notes(struct session *session, struct error *err);

/* Downloads the connected remote's notes and merges them into the local reference.
 * `id` is what the remote advertises. */
bool helper_take_notes(struct session *session, const git_oid *id, struct error *err);

/* Pushing into a bare repository on this machine: libgit2's own transport sets a reference without looking
 * at what it was. True in *moved when the reference was taken, false when it was not what it was read as. */
bool helper_push_local(struct session *session, bool *moved, struct error *err);
