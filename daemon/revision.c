#include "daemon/revision.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"
#include "sync/git/revision.h"

void revision_deinit(struct revision *revision)
{
	for (size_t i = 0; i < revision->tree_count; i++)
		tree_files_deinit(&revision->trees[i]);
	free(revision->trees);
	free(revision->files);
	free(revision->root);
	repository_close(revision->repository);
	*revision = (struct revision)REVISION_INIT;
}

/* The absolute path of what may no longer be there: what there still is of it, then the rest. */
static char *absolute_path_new(const char *path, struct error *err)
{
	cleanup(free) char *there = string_copy(path);
	cleanup(free) char *real = NULL;
	const char *rest;

	while ((real = realpath(*there ? there : ".", NULL)) == NULL) {
		char *slash = strrchr(there, '/');

		if (errno != ENOENT || *there == '\0') {
			error_system(err, errno, "cannot look at %s", path);
			return NULL;
		}
		if (slash == there)
			slash[1] = '\0'; /* "/" is always there */
		else
			*(slash ? slash : there) = '\0';
	}
	rest = path + strlen(there);
	while (*rest == '/')
		rest++;
	return string_format("%s%s%s", real, *rest && !text_ends_with(real, "/") ? "/" : "", rest);
}

/* The folder that is there and nearest above `path`, or itself. */
static char *folder_around_new(const char *path)
{
	char *folder = string_copy(path);
	struct stat status;

	while (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode)) {
		char *slash = strrchr(folder, '/');

		slash[slash == folder] = '\0';
	}
	return folder;
}

/* `path` from the repository's root; "" is the root itself. */
static char *relative_path_new(const struct revision *revision, const char *path, struct error *err)
{
	cleanup(free) char *absolute = absolute_path_new(path, err);
	const char *folder = repository_folder(revision->repository);
	size_t length;

	if (absolute == NULL)
		return NULL;
	if (folder == NULL) {
		error_set(err, ERROR_INVALID, "%s has no working folder; use one that was checked out", path);
		return NULL;
	}
	length = strlen(folder); /* with its "/" */
	if (strncmp(absolute, folder, length) == 0)
		return string_copy(absolute + length);
	if (strncmp(absolute, folder, length - 1) == 0 && absolute[length - 1] == '\0')
		return string_copy("");
	error_set(err, ERROR_INVALID, "%s is not in the repository of the first path, %s", path, folder);
	return NULL;
}

static bool repository_find(struct revision *revision, const char *path, struct error *err)
{
	cleanup(free) char *absolute = absolute_path_new(path, err);
	cleanup(free) char *folder = absolute ? folder_around_new(absolute) : NULL;

	if (folder == NULL)
		return false;
	revision->repository = repository_open_around(folder, err);
	return revision->repository &&
	       repository_find_revision(revision->repository, revision->name, revision->commit, err);
}

static bool files_take(struct revision *revision, const struct tree_files *tree, struct error *err)
{
	for (size_t i = 0; i < tree->count; i++) {
		const struct tree_file *file = &tree->items[i];

		if (file->too_large)
			return error_set(err, ERROR_LIMIT, "%s is larger than %d MiB", file->path,
					 TREE_FILE_MAX / 1024 / 1024);
		memory_grow(&revision->files, revision->count, &revision->capacity, sizeof(*revision->files));
		revision->files[revision->count++] = (struct lab_file){ file->path, file->text, file->length };
	}
	return true;
}

/* Of a file it is the folder that it lies in. */
static void root_take(struct revision *revision, const char *path)
{
	cleanup(free) char *folder = string_copy(path);
	bool is_file = revision->count == 1 && text_equal(revision->files[0].path, path);
	char *slash = strrchr(folder, '/');

	if (is_file)
		*(slash ? slash : folder) = '\0';
	if (revision->root == NULL)
		revision->root = string_copy(folder);
	path_narrow(revision->root, folder);
}

static bool path_read(struct revision *revision, const char *path, struct error *err)
{
	cleanup(free) char *relative = relative_path_new(revision, path, err);
	struct tree_files *tree = &revision->trees[revision->tree_count];

	if (relative == NULL || !repository_read_files(revision->repository, revision->commit, relative, tree, err))
		return false;
	revision->tree_count++;
	if (!files_take(revision, tree, err))
		return false;
	root_take(revision, relative);
	return true;
}

static bool look_up(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	const struct revision *revision = context;

	if (!path_is_below(revision->root, path))
		return error_set(err, ERROR_REFUSED, "%s is outside of %s", path, revision->root);
	return repository_read_file(revision->repository, revision->commit, path, most, text, err);
}

bool revision_read(struct revision *revision, const char *name, char *const *paths, struct error *err)
{
	size_t count = 0;

	while (paths[count])
		count++;
	*revision = (struct revision){ .name = name, .trees = memory_new_array(count, sizeof(*revision->trees)) };
	if (!repository_find(revision, paths[0], err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!path_read(revision, paths[i], err))
			return error_wrap(err, "%s", name);
	revision->lookup = (struct lab_lookup){ .read = look_up, .context = revision, .root = revision->root };
	return true;
}
