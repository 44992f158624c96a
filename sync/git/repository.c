#include "sync/git/repository.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "sync/git/libgit2.h"

/* What lies in every bare repository, and what a half made one may hold. */
static const char *const repository_names[] = {
	"objects", "refs", "HEAD", "config", "description", "hooks", "info", "branches", "labsync", NULL,
};

enum { REPOSITORY_NAMES_ENOUGH = 3 };

enum directory_content { DIRECTORY_EMPTY, DIRECTORY_REPOSITORY, DIRECTORY_FOREIGN };

static void directory_cleanup(DIR **directory)
{
	if (*directory)
		closedir(*directory);
}

static bool is_repository_name(const char *name)
{
	for (const char *const *known = repository_names; *known; known++)
		if (strcmp(name, *known) == 0)
			return true;
	return false;
}

/* Whose is this directory? A wrong "ours" would let the caller delete somebody's files. */
static bool look_into(const char *path, enum directory_content *content, struct error *err)
{
	cleanup(directory) DIR *directory = opendir(path);
	size_t known = 0, others = 0;
	struct dirent *entry;

	*content = DIRECTORY_EMPTY;
	if (directory == NULL)
		return errno == ENOENT || error_system(err, errno, "the repository directory %s", path);
	while ((entry = readdir(directory))) {
		if (text_equal(entry->d_name, ".") || text_equal(entry->d_name, "..") ||
		    text_equal(entry->d_name, "lost+found")) /* of a volume that is ours alone */
			continue;
		if (is_repository_name(entry->d_name))
			known++;
		else
			others++;
	}
	if (known + others > 0)
		*content = others == 0 || known >= REPOSITORY_NAMES_ENOUGH ? DIRECTORY_REPOSITORY : DIRECTORY_FOREIGN;
	return true;
}

static bool create(struct repository *repository, struct error *err)
{
	git_repository_init_options options;
	int result;

	git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
	result = git_repository_init_ext(&repository->git, repository->directory, &options);
	if (result < 0)
		return libgit2_error(err, result, "a new repository cannot be made in %s", repository->directory);
	return true;
}

static bool open_existing(struct repository *repository, struct error *err)
{
	git_odb *database = NULL;
	int result;

	/* git_repository_open_bare() would not look at the configuration, which names the format. */
	result = git_repository_open_ext(&repository->git, repository->directory,
					 GIT_REPOSITORY_OPEN_BARE | GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (result == 0)
		result = git_repository_odb(&database, repository->git);
	git_odb_free(database);
	if (result == 0)
		return true;
	return libgit2_damage(err, result, "the repository in %s is broken", repository->directory);
}

struct repository *repository_open(const char *directory, struct error *err)
{
	cleanup(repository) struct repository *repository = memory_new(sizeof(*repository));
	enum directory_content content;
	bool opened;

	libgit2_start();
	repository->directory = string_copy(directory);
	if (!look_into(directory, &content, err))
		return NULL;
	if (content == DIRECTORY_FOREIGN) {
		/* Not ERROR_INVALID: the caller may delete what is, and this is somebody's. */
		error_set(err, ERROR_REFUSED,
			  "%s holds files that are not a bare repository's; name an empty directory", directory);
		return NULL;
	}
	opened = content == DIRECTORY_EMPTY ? create(repository, err) : open_existing(repository, err);
	return opened ? steal(&repository) : NULL;
}

void repository_close(struct repository *repository)
{
	if (repository == NULL)
		return;
	git_repository_free(repository->git);
	free(repository->directory);
	free(repository);
}

bool repository_resolve(struct repository *repository, const char *reference, char commit[COMMIT_ID_SIZE],
			struct error *err)
{
	git_oid id;

	if (!libgit2_resolve(repository, reference, &id, err))
		return false;
	git_oid_tostr(commit, COMMIT_ID_SIZE, &id);
	return true;
}

bool repository_set_reference(struct repository *repository, const char *reference, const char *commit,
			      struct error *err)
{
	cleanup(git_reference) git_reference *made = NULL;
	git_oid id;
	int result;

	if (!libgit2_parse_id(commit, &id, err))
		return false;
	result = git_reference_create(&made, repository->git, reference, &id, true, NULL);
	if (result < 0)
		return libgit2_error(err, result, "%s: %s cannot be set", repository->directory, reference);
	return true;
}

static bool has_commit(struct repository *repository, const git_oid *id)
{
	cleanup(git_commit) git_commit *commit = NULL;

	return git_commit_lookup(&commit, repository->git, id) == 0;
}

bool repository_is_ancestor(struct repository *repository, const char *ancestor, const char *commit, bool *result,
			    struct error *err)
{
	git_oid older, newer;
	int answer;

	*result = false;
	if (!libgit2_parse_id(ancestor, &older, err) || !libgit2_parse_id(commit, &newer, err))
		return false;
	if (git_oid_equal(&older, &newer)) {
		*result = has_commit(repository, &newer);
		return true;
	}
	if (!has_commit(repository, &older) || !has_commit(repository, &newer))
		return true;
	answer = git_graph_descendant_of(repository->git, &newer, &older);
	if (answer < 0)
		return libgit2_error(err, answer, "%s: the history of %s", repository->directory, commit);
	*result = answer == 1;
	return true;
}
