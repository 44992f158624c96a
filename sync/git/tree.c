/* Reads the files of a commit. What a tree holds comes from outside: files,
 * bytes, depth and the entries looked at are all bounded. The last bound is
 * for trees that name the same subtree many times on each level, which are
 * small in the database and endless to walk. */
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "sync/git/libgit2.h"

enum { TREE_ENTRIES_MAX = 2 * 1000 * 1000 };

struct walk {
	struct repository *repository;
	struct tree_files *files;
	git_odb *database;
	size_t entries, bytes;
};

void tree_files_deinit(struct tree_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->items[i].path);
		free(files->items[i].text);
	}
	free(files->items);
	*files = (struct tree_files){ .items = NULL };
}

static bool is_wanted(const char *name)
{
	return text_ends_with(name, ".yaml") || text_ends_with(name, ".yml") || text_ends_with(name, ".json");
}

static bool is_file(git_filemode_t mode)
{
	return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static bool read_text(struct walk *walk, const git_oid *id, struct tree_file *file, struct error *err)
{
	cleanup(git_blob) git_blob *blob = NULL;
	git_object_t type;
	size_t size;
	int result;

	result = git_odb_read_header(&size, &type, walk->database, id);
	if (result < 0)
		return libgit2_damage(err, result, "%s", file->path);
	if (size > TREE_FILE_MAX) {
		file->too_large = true;
		file->text = string_copy("");
		return true;
	}
	if (walk->bytes + size > TREE_BYTES_MAX)
		return error_set(err, ERROR_LIMIT, "%s: the files up to here hold more than %d MiB", file->path,
				 TREE_BYTES_MAX / 1024 / 1024);
	walk->bytes += size;
	result = git_blob_lookup(&blob, walk->repository->git, id);
	if (result < 0)
		return libgit2_damage(err, result, "%s", file->path);
	file->length = (size_t)git_blob_rawsize(blob);
	file->text = string_copy_n(git_blob_rawcontent(blob), file->length);
	return true;
}

static bool add_file(struct walk *walk, const char *path, const git_oid *id, struct error *err)
{
	struct tree_files *files = walk->files;
	struct tree_file *file;

	if (files->count >= TREE_FILES_MAX)
		return error_set(err, ERROR_LIMIT, "%s: there are more than %d files", path, TREE_FILES_MAX);
	memory_grow(&files->items, files->count, &files->capacity, sizeof(*file));
	file = &files->items[files->count++];
	*file = (struct tree_file){ .path = string_copy(path) };
	return read_text(walk, id, file, err);
}

static bool walk_tree(struct walk *walk, const git_oid *id, const char *path, size_t depth, struct error *err);

static bool walk_entry(struct walk *walk, const git_tree_entry *entry, const char *folder, size_t depth,
		       struct error *err)
{
	const char *name = git_tree_entry_name(entry);
	git_filemode_t mode = git_tree_entry_filemode(entry);
	cleanup(free) char *path = NULL;

	if (++walk->entries > TREE_ENTRIES_MAX)
		return error_set(err, ERROR_LIMIT, "%s: there are more than %d entries", folder, TREE_ENTRIES_MAX);
	if (name[0] == '.')
		return true;
	path = string_format("%s%s%s", folder, *folder ? "/" : "", name);
	if (mode == GIT_FILEMODE_TREE)
		return walk_tree(walk, git_tree_entry_id(entry), path, depth + 1, err);
	if (!is_file(mode) || !is_wanted(name))
		return true;
	return add_file(walk, path, git_tree_entry_id(entry), err);
}

static bool walk_tree(struct walk *walk, const git_oid *id, const char *path, size_t depth, struct error *err)
{
	cleanup(git_tree) git_tree *tree = NULL;
	int result;

	if (depth > TREE_DEPTH_MAX)
		return error_set(err, ERROR_LIMIT, "%s: folders are nested deeper than %d", path, TREE_DEPTH_MAX);
	result = git_tree_lookup(&tree, walk->repository->git, id);
	if (result < 0)
		return libgit2_damage(err, result, "%s", *path ? path : "the root folder");
	for (size_t i = 0; i < git_tree_entrycount(tree); i++)
		if (!walk_entry(walk, git_tree_entry_byindex(tree, i), path, depth, err))
			return false;
	return true;
}

char *repository_normal_path_new(const char *path, struct error *err)
{
	cleanup(buffer) struct buffer normal = BUFFER_INIT;
	const char *rest = path;

	if (path[0] == '/') {
		error_set(err, ERROR_INVALID,
			  "the path \"%s\" begins with \"/\"; write it from the repository's root, as in \"labs\"",
			  path);
		return NULL;
	}
	while (*rest) {
		size_t length = strcspn(rest, "/");

		if (length == 2 && strncmp(rest, "..", 2) == 0) {
			error_set(err, ERROR_INVALID, "the path \"%s\" leads out of the repository by \"..\"", path);
			return NULL;
		}
		if (length > 0 && !(length == 1 && rest[0] == '.')) {
			if (normal.length > 0)
				buffer_append_char(&normal, '/');
			buffer_append(&normal, rest, length);
		}
		rest += length + (rest[length] == '/');
	}
	return buffer_steal(&normal);
}

static bool walk_from(struct walk *walk, git_tree *root, const char *path, struct error *err)
{
	cleanup(git_tree_entry) git_tree_entry *entry = NULL;
	int result;

	walk->files->path_exists = true;
	if (*path == '\0')
		return walk_tree(walk, git_tree_id(root), path, 0, err);
	result = git_tree_entry_bypath(&entry, root, path);
	if (result < 0 && result != GIT_ENOTFOUND)
		return libgit2_damage(err, result, "%s", path);
	if (result == 0 && git_tree_entry_filemode(entry) == GIT_FILEMODE_TREE)
		return walk_tree(walk, git_tree_entry_id(entry), path, 0, err);
	if (result == 0 && is_file(git_tree_entry_filemode(entry)))
		return add_file(walk, path, git_tree_entry_id(entry), err);
	walk->files->path_exists = false;
	return true;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

bool repository_read_files(struct repository *repository, const char *commit, const char *path,
			   struct tree_files *files, struct error *err)
{
	cleanup(git_odb) git_odb *database = NULL;
	cleanup(git_tree) git_tree *root = NULL;
	cleanup(free) char *normal = NULL;
	struct walk walk = { .repository = repository, .files = files };
	git_oid id;
	int result;

	*files = (struct tree_files){ .items = NULL };
	if (!libgit2_parse_id(commit, &id, err) || (normal = repository_normal_path_new(path, err)) == NULL)
		return false;
	root = libgit2_commit_tree_new(repository, &id, err);
	if (root == NULL)
		return false;
	result = git_repository_odb(&database, repository->git);
	if (result < 0)
		return libgit2_error(err, result, "%s", repository->directory);
	walk.database = database;
	if (!walk_from(&walk, root, normal, err)) {
		tree_files_deinit(files);
		return error_wrap(err, "commit %.12s", commit);
	}
	if (files->count > 1)
		qsort(files->items, files->count, sizeof(files->items[0]), compare_paths);
	return true;
}

static bool append_blob(struct repository *repository, const git_oid *id, const char *path, size_t most,
			struct buffer *text, struct error *err)
{
	cleanup(git_odb) git_odb *database = NULL;
	cleanup(git_blob) git_blob *blob = NULL;
	git_object_t type;
	size_t size;
	int result;

	result = git_repository_odb(&database, repository->git);
	if (result == 0)
		result = git_odb_read_header(&size, &type, database, id);
	if (result < 0)
		return libgit2_damage(err, result, "%s", path);
	if (size > most)
		return error_set(err, ERROR_LIMIT, "%s holds %zu bytes, more than the %zu that are taken", path, size,
				 most);
	result = git_blob_lookup(&blob, repository->git, id);
	if (result < 0)
		return libgit2_damage(err, result, "%s", path);
	buffer_append(text, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	return true;
}

bool repository_read_file(struct repository *repository, const char *commit, const char *path, size_t most,
			  struct buffer *text, struct error *err)
{
	cleanup(git_tree) git_tree *root = NULL;
	cleanup(git_tree_entry) git_tree_entry *entry = NULL;
	cleanup(free) char *normal = repository_normal_path_new(path, err);
	git_oid id;
	int result;

	if (normal == NULL || !libgit2_parse_id(commit, &id, err))
		return false;
	root = libgit2_commit_tree_new(repository, &id, err);
	if (root == NULL)
		return false;
	result = *normal ? git_tree_entry_bypath(&entry, root, normal) : GIT_ENOTFOUND;
	if (result == GIT_ENOTFOUND)
		return error_set(err, ERROR_NOT_FOUND, "there is no file %s in the repository", normal);
	if (result < 0)
		return libgit2_damage(err, result, "%s", normal);
	if (!is_file(git_tree_entry_filemode(entry)))
		return error_set(err, ERROR_NOT_FOUND, "%s is no regular file%s", normal,
				 git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK
					 ? "; symbolic links are not followed"
					 : "");
	return append_blob(repository, git_tree_entry_id(entry), normal, most, text, err);
}
