/* The local object database, read with libgit2. Never touches the network:
 * see remote.h. Safe to use from a pool thread as long as one thread uses one
 * struct repository at a time.
 *
 * Commits are named by 40 hexadecimal digits (SHA-1; SHA-256 repositories are
 * refused with a clear error). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

enum { COMMIT_ID_SIZE = 41 };

struct repository;

/* Opens the bare repository in `directory`, or makes it when it is not there.
 * A directory that holds something broken is an ERROR_INVALID; the caller may
 * delete it and clone again. The caller closes. */
struct repository *repository_open(const char *directory, struct error *err);
void repository_close(struct repository *repository);
static inline void repository_cleanup(struct repository **repository)
{
	repository_close(*repository);
}

/* The commit that `reference` ("refs/labsync/head") points to. ERROR_NOT_FOUND when it is not there. */
bool repository_resolve(struct repository *repository, const char *reference, char commit[COMMIT_ID_SIZE],
			struct error *err);
bool repository_set_reference(struct repository *repository, const char *reference, const char *commit,
			      struct error *err);

/* True in *result when `ancestor` is `commit` or one of its ancestors. A commit that is
 * not in the database is no ancestor. */
bool repository_is_ancestor(struct repository *repository, const char *ancestor, const char *commit, bool *result,
			    struct error *err);

struct commit_summary {
	char *author, *subject;
	int64_t time; /* committer's */
	char *message; /* whole, for trailers */
};
void commit_summary_deinit(struct commit_summary *summary);
bool repository_read_commit(struct repository *repository, const char *commit, struct commit_summary *summary,
			    struct error *err);

/* The values of "Key: value" trailers (git-interpret-trailers: the last paragraph).
 * Calls `each` per value in order. */
void trailers_each(const char *message, const char *key, void (*each)(const char *value, void *data), void *data);

/* Files of a commit. */
struct tree_file {
	char *path; /* relative to the repository's root */
	char *text; /* NUL-terminated */
	size_t length;
	bool too_large; /* larger than TREE_FILE_MAX: `text` is empty */
};
struct tree_files {
	struct tree_file *items; /* by path */
	size_t count, capacity;
	bool path_exists; /* false: the commit has no such folder (or file) */
};
enum {
	TREE_FILE_MAX = 4 * 1024 * 1024,
	TREE_FILES_MAX = 50000,
	TREE_BYTES_MAX = 512 * 1024 * 1024,
	TREE_DEPTH_MAX = 64
};

void tree_files_deinit(struct tree_files *files);
static inline void tree_files_cleanup(struct tree_files *files)
{
	tree_files_deinit(files);
}

/* Reads *.yaml, *.yml and *.json below `path` ("" or "." for the root; a file is itself).
 * Symbolic links, submodules and hidden files and folders (".github") are left out.
 * Passing a limit is ERROR_LIMIT and names the path. */
bool repository_read_files(struct repository *repository, const char *commit, const char *path,
			   struct tree_files *files, struct error *err);

/* "./labs//a/" -> "labs/a", "." -> "". ".." and an absolute path leave the repository: NULL. The caller frees. */
char *repository_normal_path_new(const char *path, struct error *err);

/* Reads one regular file of a commit whole into `text`, which is empty before. ERROR_NOT_FOUND when it is not
 * there or is anything else (links are not followed), ERROR_LIMIT when it is larger than `most` bytes. */
bool repository_read_file(struct repository *repository, const char *commit, const char *path, size_t most,
			  struct buffer *text, struct error *err);

/* The note of a commit; NULL without an error when there is none. The caller frees. */
char *repository_read_note(struct repository *repository, const char *notes_reference, const char *commit,
			   struct error *err);
/* Writes (or replaces) the note of a commit as author "labsync". */
bool repository_write_note(struct repository *repository, const char *notes_reference, const char *commit,
			   const char *text, struct error *err);
