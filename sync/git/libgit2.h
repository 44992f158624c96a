/* What this folder's files share about libgit2: starting it, its errors in our
 * words, and owners for its objects. Nothing outside sync/git/ includes this. */
#pragma once

#include <git2.h>
#include <stdbool.h>

#include "base/error.h"
#include "sync/git/repository.h"

struct repository {
	git_repository *git;
	char *directory;
};

/* Starts the library once per process. It is never stopped: other threads may be in it. */
void libgit2_start(void);

/* Fills `err` from the library's last error. `result` is what the failed call returned. Returns false. */
bool libgit2_error(struct error *err, int result, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same where only damage of the local database can be the cause: always ERROR_INVALID, so that the caller
 * may delete it and clone again. */
bool libgit2_damage(struct error *err, int result, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* 40 hexadecimal digits, or ERROR_INVALID. */
bool libgit2_parse_id(const char *commit, git_oid *id, struct error *err);

/* The commit a reference leads to, through tags. ERROR_NOT_FOUND when there is no such reference. */
bool libgit2_resolve(struct repository *repository, const char *reference, git_oid *id, struct error *err);

/* The tree of a commit. The caller frees. */
git_tree *libgit2_commit_tree_new(struct repository *repository, const git_oid *commit, struct error *err);

static inline void git_blob_cleanup(git_blob **blob)
{
	git_blob_free(*blob);
}

static inline void git_commit_cleanup(git_commit **commit)
{
	git_commit_free(*commit);
}

static inline void git_diff_cleanup(git_diff **diff)
{
	git_diff_free(*diff);
}

static inline void git_object_cleanup(git_object **object)
{
	git_object_free(*object);
}

static inline void git_odb_cleanup(git_odb **database)
{
	git_odb_free(*database);
}

static inline void git_packbuilder_cleanup(git_packbuilder **builder)
{
	git_packbuilder_free(*builder);
}

static inline void git_reference_cleanup(git_reference **reference)
{
	git_reference_free(*reference);
}

static inline void git_remote_cleanup(git_remote **remote)
{
	git_remote_free(*remote);
}

static inline void git_repository_cleanup(git_repository **repository)
{
	git_repository_free(*repository);
}

static inline void git_revwalk_cleanup(git_revwalk **walk)
{
	git_revwalk_free(*walk);
}

static inline void git_signature_cleanup(git_signature **signature)
{
	git_signature_free(*signature);
}

static inline void git_tree_cleanup(git_tree **tree)
{
	git_tree_free(*tree);
}

static inline void git_tree_entry_cleanup(git_tree_entry **entry)
{
	git_tree_entry_free(*entry);
}

static inline void git_treebuilder_cleanup(git_treebuilder **builder)
{
	git_treebuilder_free(*builder);
}
