#include <string.h>

#include "sync/git/helper.h"
#include "sync/git/notes.h"

/* Writes what the remote lacks of `tip` as one pack into its database. */
static int copy_objects(git_repository *from, git_repository *to, const git_oid *tip, const git_oid *present)
{
	cleanup(git_packbuilder) git_packbuilder *builder = NULL;
	cleanup(git_revwalk) git_revwalk *walk = NULL;
	cleanup(free) char *folder = string_format("%sobjects/pack", git_repository_commondir(to));
	int result;

	result = git_packbuilder_new(&builder, from);
	if (result == 0)
		result = git_revwalk_new(&walk, from);
	if (result == 0)
		result = git_revwalk_push(walk, tip);
	if (result == 0 && present)
		result = git_revwalk_hide(walk, present);
	if (result == 0)
		result = git_packbuilder_insert_walk(builder, walk);
	if (result < 0 || git_packbuilder_object_count(builder) == 0)
		return result;
	return git_packbuilder_write(builder, folder, 0, NULL, NULL);
}

static int push(git_repository *from, git_repository *to, const char *notes)
{
	git_oid local, remote;
	const git_oid *present = NULL;
	int result;

	result = git_reference_name_to_id(&local, from, notes);
	if (result < 0)
		return result;
	result = git_reference_name_to_id(&remote, to, notes);
	if (result == 0)
		present = &remote;
	else if (result != GIT_ENOTFOUND)
		return result;
	/* What it has must be in ours by now: if it is not, it moved since. */
	if (present && git_graph_descendant_of(from, &local, present) != 1)
		return GIT_EMODIFIED;
	result = copy_objects(from, to, &local, present);
	return result < 0 ? result : notes_move(to, notes, present, &local);
}

bool helper_push_local(struct session *session, bool *moved, struct error *err)
{
	cleanup(git_repository) git_repository *remote = NULL;
	int result;

	result = git_repository_open(&remote, session->url.path);
	if (result == 0)
		result = push(session->repository->git, remote, session->request->notes_reference);
	*moved = result == 0;
	if (result == 0 || notes_is_race(result))
		return true;
	return session_error(session, result, err);
}
