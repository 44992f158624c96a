/* The helper's side of one conversation with a remote: where it is, how we
 * prove who we are, how it proves who it is, and what is too much. Lives in the
 * child process only. */
#pragma once

#include <git2.h>
#include <stdbool.h>

#include "sync/git/libgit2.h"
#include "sync/git/protocol.h"
#include "sync/git/remote_url.h"

/* Where the remote's notes are kept as they were last seen. */
#define REMOTE_NOTES_REFERENCE "refs/labsync/remote-notes"

struct session {
	const struct helper_request *request; /* borrowed */
	struct remote_url url;
	struct repository *repository;
	git_remote *remote;
	char *known_hosts_path, *known_hosts; /* ssh: the file and its text */
	bool credential_used; /* each is tried once */
	char *rejection; /* why the server did not take the pushed reference */
	struct error problem; /* what a callback found; says more than libgit2's error */
};

bool session_open(struct session *session, const struct helper_request *request, struct error *err);
void session_close(struct session *session);
static inline void session_cleanup(struct session *session)
{
	session_close(session);
}

/* Connects anew; the remote's references can be asked for then. */
bool session_connect(struct session *session, git_direction direction, struct error *err);

/* What the connected remote has at `reference`; false when it has nothing there. */
bool session_find(struct session *session, const char *reference, git_oid *id);

/* Downloads what the refspecs name and the database does not have. */
bool session_download(struct session *session, char **refspecs, size_t count, struct error *err);

/* Pushes over a connection made for it. A rejected reference is no error here: see session->rejection. */
bool session_upload(struct session *session, char *refspec, struct error *err);

/* Fills `err` from a failed network call. Returns false. */
bool session_error(struct session *session, int result, struct error *err);
