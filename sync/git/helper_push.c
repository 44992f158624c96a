/* Push notes: never by force. What the remote has and we do not is fetched and
 * merged first, then the reference moves on from exactly that; a server that
 * sees it somewhere else by then says no, and all begins again. */
#include <string.h>

#include "base/text.h"
#include "sync/git/helper.h"
#include "sync/git/notes.h"

struct push {
	struct session *session;
	const char *notes;
	git_oid local, remote; /* at the attempt's begin */
	bool has_remote;
};

/* True when our notes are built on what the remote has. */
static bool is_ahead(const struct push *push)
{
	git_repository *repository = push->session->repository->git;

	if (!push->has_remote || git_oid_equal(&push->local, &push->remote))
		return true;
	return git_graph_descendant_of(repository, &push->local, &push->remote) == 1;
}

static bool look(struct push *push, git_direction direction, struct error *err)
{
	if (!session_connect(push->session, direction, err))
		return false;
	push->has_remote = session_find(push->session, push->notes, &push->remote);
	return true;
}

static bool take_theirs(struct push *push, struct error *err)
{
	if (!look(push, GIT_DIRECTION_FETCH, err))
		return false;
	if (push->has_remote && !helper_take_notes(push->session, &push->remote, err))
		return false;
	return libgit2_resolve(push->session->repository, push->notes, &push->local, err);
}

static bool upload(struct push *push, bool *moved, struct error *err)
{
	struct session *session = push->session;
	cleanup(free) char *refspec = string_format("%s:%s", push->notes, push->notes);

	if (session->url.scheme == REMOTE_LOCAL)
		return helper_push_local(session, moved, err);
	if (!session_upload(session, refspec, err))
		return false;
	*moved = session->rejection == NULL;
	return true;
}

/* A server that says no while nobody moved the reference will say no again. */
static bool check_rejection(const struct push *push, const git_oid *refused_on, bool had_remote, struct error *err)
{
	const char *reason = push->session->rejection;
	bool same = had_remote == push->has_remote && (!had_remote || git_oid_equal(refused_on, &push->remote));

	if (reason == NULL || !same || strstr(reason, "lock"))
		return true;
	return error_set(err, ERROR_REFUSED, "the remote %s does not take %s: %s",
			 push->session->request->settings.url, push->notes, reason);
}

static bool attempt(struct push *push, bool *moved, struct error *err)
{
	git_direction direction =
		push->session->url.scheme == REMOTE_LOCAL ? GIT_DIRECTION_FETCH : GIT_DIRECTION_PUSH;
	git_oid refused_on = push->remote;
	bool had_remote = push->has_remote;

	*moved = false;
	if (!libgit2_resolve(push->session->repository, push->notes, &push->local, err) ||
	    !look(push, direction, err) || !check_rejection(push, &refused_on, had_remote, err))
		return false;
	if (!is_ahead(push) && (!take_theirs(push, err) || !look(push, direction, err)))
		return false;
	if (!is_ahead(push))
		return true; /* somebody was quicker between the two looks */
	if (push->has_remote && git_oid_equal(&push->local, &push->remote)) {
		*moved = true;
		return true;
	}
	return upload(push, moved, err);
}

bool helper_push_notes(struct session *session, struct error *err)
{
	struct push push = { .session = session, .notes = session->request->notes_reference };

	if (!text_starts_with(push.notes, "refs/notes/"))
		return error_set(err, ERROR_INVALID, "\"%.200s\" is no notes reference, as in refs/notes/labsync/lab",
				 push.notes);
	if (git_reference_name_to_id(&push.local, session->repository->git, push.notes) == GIT_ENOTFOUND)
		return true; /* nothing was ever written here */
	for (size_t count = 1; count <= NOTES_ATTEMPTS_MAX; count++) {
		bool moved = false;

		if (!attempt(&push, &moved, err))
			return false;
		if (moved)
			return true;
		notes_back_off(count);
	}
	return error_set(err, ERROR_CONFLICT, "the remote %s: %s was moved by somebody else %d times in a row",
			 session->request->settings.url, push.notes, NOTES_ATTEMPTS_MAX);
}
