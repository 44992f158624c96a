/* Fetch: ask what the remote has, download what is new, then set our references.
 *
 * References are set here and not by libgit2, so that they name only what is
 * whole in the database: a child that is killed leaves at most a stray pack. */
#include <string.h>

#include "base/text.h"
#include "sync/git/helper.h"
#include "sync/git/notes.h"

static bool is_at(struct session *session, const char *reference, const git_oid *id)
{
	git_oid present;

	return git_reference_name_to_id(&present, session->repository->git, reference) == 0 &&
	       git_oid_equal(&present, id);
}

static bool set_reference(struct session *session, const char *reference, const git_oid *id, struct error *err)
{
	cleanup(git_reference) git_reference *set = NULL;
	int result;

	if (is_at(session, reference, id))
		return true;
	result = git_reference_create(&set, session->repository->git, reference, id, true, NULL);
	if (result < 0)
		return libgit2_error(err, result, "%s cannot be set", reference);
	return true;
}

bool helper_take_notes(struct session *session, const git_oid *id, struct error *err)
{
	const char *notes = session->request->notes_reference;
	cleanup(free) char *refspec = string_format("+%s:%s", notes, REMOTE_NOTES_REFERENCE);

	if (!is_at(session, REMOTE_NOTES_REFERENCE, id) && !session_download(session, &refspec, 1, err))
		return false;
	return set_reference(session, REMOTE_NOTES_REFERENCE, id, err) &&
	       notes_merge(session->repository, notes, id, err);
}

/* "refs/heads/main" of "main"; a whole name ("refs/pull/1/head") is itself. */
static char *remote_reference_new(const char *branch, struct error *err)
{
	cleanup(free) char *name = NULL;
	int valid = 0;

	if (branch == NULL)
		return string_copy("HEAD");
	name = text_starts_with(branch, "refs/") ? string_copy(branch) : string_format("refs/heads/%s", branch);
	if (git_reference_name_is_valid(&valid, name) < 0 || !valid) {
		error_set(err, ERROR_INVALID, "\"%.200s\" is no name of a branch", branch);
		return NULL;
	}
	return steal(&name);
}

static bool check_notes_reference(const char *reference, struct error *err)
{
	int valid = 0;

	if (reference == NULL || (text_starts_with(reference, "refs/notes/") &&
				  git_reference_name_is_valid(&valid, reference) == 0 && valid))
		return true;
	return error_set(err, ERROR_INVALID, "\"%.200s\" is no notes reference, as in refs/notes/labsync/lab",
			 reference);
}

/* One download for what is new of both: two would be two conversations. */
static bool download(struct session *session, const char *branch, const git_oid *head, const git_oid *notes,
		     struct error *err)
{
	const char *notes_name = session->request->notes_reference;
	cleanup(free) char *head_refspec = string_format("+%s:%s", branch, REMOTE_HEAD_REFERENCE);
	cleanup(free) char *notes_refspec = NULL;
	char *refspecs[2];
	size_t count = 0;

	if (head && !is_at(session, REMOTE_HEAD_REFERENCE, head))
		refspecs[count++] = head_refspec;
	if (notes && !is_at(session, REMOTE_NOTES_REFERENCE, notes)) {
		notes_refspec = string_format("+%s:%s", notes_name, REMOTE_NOTES_REFERENCE);
		refspecs[count++] = notes_refspec;
	}
	return count == 0 || session_download(session, refspecs, count, err);
}

static bool set_head(struct session *session, const git_oid *id, struct remote_answer *answer, struct error *err)
{
	git_oid commit;

	if (!set_reference(session, REMOTE_HEAD_REFERENCE, id, err) ||
	    !libgit2_resolve(session->repository, REMOTE_HEAD_REFERENCE, &commit, err))
		return false;
	git_oid_tostr(answer->commit, sizeof(answer->commit), &commit);
	return true;
}

bool helper_fetch(struct session *session, struct remote_answer *answer, struct error *err)
{
	const char *notes_name = session->request->notes_reference;
	cleanup(free) char *branch = remote_reference_new(session->request->settings.branch, err);
	git_oid head, notes;
	bool has_head, has_notes;

	*answer = (struct remote_answer){ .branch_missing = false };
	if (branch == NULL || !check_notes_reference(notes_name, err) ||
	    !session_connect(session, GIT_DIRECTION_FETCH, err))
		return false;
	has_head = session_find(session, branch, &head);
	has_notes = notes_name && session_find(session, notes_name, &notes);
	if (!download(session, branch, has_head ? &head : NULL, has_notes ? &notes : NULL, err))
		return false;
	answer->branch_missing = !has_head;
	if (has_head && !set_head(session, &head, answer, err))
		return false;
	return !has_notes || (set_reference(session, REMOTE_NOTES_REFERENCE, &notes, err) &&
			      notes_merge(session->repository, notes_name, &notes, err));
}
