#include "sync/git/libgit2.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum {
	FILES_MAX = 128,
	CACHE_MAX = 8 * 1024 * 1024,
	WINDOW_SIZE = 32 * 1024 * 1024,
	WINDOWS_MAPPED_MAX = 256 * 1024 * 1024
};

static pthread_once_t started = PTHREAD_ONCE_INIT;

static void start(void)
{
	if (git_libgit2_init() < 0) {
		fputs("labsync: error: libgit2 does not start\n", stderr);
		abort();
	}
	/* A person's ~/.gitconfig (url rewriting, proxies) is not part of labsync's configuration. */
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
	git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_PROGRAMDATA, "");
	/* Ownership is checked by git since a repository's configuration can name programs to run.
	 * libgit2 runs none, and only directories that labsync's configuration names are opened:
	 * a bare repository of another user, or a volume whose owner is the container's root. */
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	/* The defaults (256 MiB of objects, windows of 1 GiB) are for programs that do little else. */
	git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, (ssize_t)CACHE_MAX);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, (size_t)WINDOW_SIZE);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, (size_t)WINDOWS_MAPPED_MAX);
	/* Each fetch adds a pack, and each pack is a file that would be kept open. */
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, (size_t)FILES_MAX);
}

void libgit2_start(void)
{
	pthread_once(&started, start);
}

static enum error_code code_of(int result)
{
	switch (result) {
	case GIT_ENOTFOUND:
	case GIT_EUNBORNBRANCH:
		return ERROR_NOT_FOUND;
	case GIT_EEXISTS:
	case GIT_EMODIFIED:
	case GIT_ELOCKED:
	case GIT_ENONFASTFORWARD:
	case GIT_ECONFLICT:
		return ERROR_CONFLICT;
	case GIT_EAUTH:
	case GIT_ECERTIFICATE:
		return ERROR_REFUSED;
	default:
		return ERROR_INVALID;
	}
}

static bool names_sha256(const char *message)
{
	return strcasestr(message, "objectformat") || strcasestr(message, "object format");
}

/* The library's message without the newline that a server may have sent at its end. */
static char *last_message_new(const git_error *last)
{
	char *message = text_printable(last && last->message ? last->message : "no reason given", TEXT_ONE_LINE);
	size_t length = strlen(message);

	while (length > 0 && message[length - 1] == ' ')
		message[--length] = '\0';
	return message;
}

bool libgit2_error(struct error *err, int result, const char *format, ...)
{
	const git_error *last = git_error_last();
	enum error_code code = code_of(result);
	cleanup(free) char *context = NULL, *message = last_message_new(last);
	va_list arguments;

	va_start(arguments, format);
	context = string_vformat(format, arguments);
	va_end(arguments);
	if (names_sha256(message))
		return error_set(err, ERROR_INVALID,
				 "%s: it is a SHA-256 repository, which labsync cannot read; "
				 "use one with SHA-1 object names (git init --object-format=sha1)",
				 context);
	if (code == ERROR_INVALID && last && last->klass == GIT_ERROR_OS)
		code = ERROR_SYSTEM;
	return error_set(err, code, "%s: %s", context, message);
}

bool libgit2_damage(struct error *err, int result, const char *format, ...)
{
	cleanup(free) char *context = NULL;
	va_list arguments;

	va_start(arguments, format);
	context = string_vformat(format, arguments);
	va_end(arguments);
	libgit2_error(err, result, "%s", context);
	err->code = ERROR_INVALID;
	return false;
}

bool libgit2_parse_id(const char *commit, git_oid *id, struct error *err)
{
	if (strlen(commit) != COMMIT_ID_SIZE - 1 || git_oid_fromstr(id, commit) < 0)
		return error_set(err, ERROR_INVALID, "\"%.64s\" is no commit id of 40 hexadecimal digits", commit);
	return true;
}

bool libgit2_resolve(struct repository *repository, const char *reference, git_oid *id, struct error *err)
{
	cleanup(git_reference) git_reference *found = NULL;
	cleanup(git_object) git_object *commit = NULL;
	int result;

	result = git_reference_lookup(&found, repository->git, reference);
	if (result == GIT_ENOTFOUND)
		return error_set(err, ERROR_NOT_FOUND, "%s: there is no %s", repository->directory, reference);
	if (result < 0)
		return libgit2_error(err, result, "%s: %s", repository->directory, reference);
	result = git_reference_peel(&commit, found, GIT_OBJECT_COMMIT);
	if (result < 0)
		return libgit2_damage(err, result, "%s: %s leads to no commit", repository->directory, reference);
	git_oid_cpy(id, git_object_id(commit));
	return true;
}

git_tree *libgit2_commit_tree_new(struct repository *repository, const git_oid *commit_id, struct error *err)
{
	cleanup(git_commit) git_commit *commit = NULL;
	git_tree *tree = NULL;
	int result;

	result = git_commit_lookup(&commit, repository->git, commit_id);
	if (result < 0) {
		libgit2_error(err, result, "%s: commit %s", repository->directory, git_oid_tostr_s(commit_id));
		return NULL;
	}
	result = git_commit_tree(&tree, commit);
	if (result < 0)
		libgit2_damage(err, result, "%s: commit %s", repository->directory, git_oid_tostr_s(commit_id));
	return tree;
}
