#include "sync/git/revision.h"

#include "base/text.h"
#include "sync/git/libgit2.h"

struct repository *repository_open_around(const char *folder, struct error *err)
{
	cleanup(repository) struct repository *repository = memory_new(sizeof(*repository));
	int result;

	libgit2_start();
	repository->directory = string_copy(folder);
	result = git_repository_open_ext(&repository->git, folder, 0, NULL);
	if (result == GIT_ENOTFOUND) {
		error_set(err, ERROR_NOT_FOUND, "%s is in no Git repository", folder);
		return NULL;
	}
	if (result < 0) {
		libgit2_error(err, result, "the repository of %s", folder);
		return NULL;
	}
	return steal(&repository);
}

const char *repository_folder(const struct repository *repository)
{
	return git_repository_workdir(repository->git);
}

bool repository_find_revision(struct repository *repository, const char *revision, char commit[COMMIT_ID_SIZE],
			      struct error *err)
{
	cleanup(git_object) git_object *found = NULL;
	cleanup(git_object) git_object *peeled = NULL;
	cleanup(free) char *printable = text_printable(revision, TEXT_ONE_LINE);
	int result;

	result = git_revparse_single(&found, repository->git, revision);
	if (result == GIT_ENOTFOUND || result == GIT_EINVALIDSPEC)
		return error_set(err, ERROR_NOT_FOUND,
				 "there is no revision \"%s\"; use a commit, tag or branch, or the like of HEAD~1",
				 printable);
	if (result == GIT_EAMBIGUOUS)
		return error_set(err, ERROR_INVALID, "several commits begin with \"%s\"; use more of the id",
				 printable);
	if (result < 0)
		return libgit2_error(err, result, "revision \"%s\"", printable);
	if (git_object_peel(&peeled, found, GIT_OBJECT_COMMIT) < 0)
		return error_set(err, ERROR_INVALID, "\"%s\" is no commit", printable);
	git_oid_tostr(commit, COMMIT_ID_SIZE, git_object_id(peeled));
	return true;
}
