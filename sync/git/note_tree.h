/* The tree that a notes commit holds: one blob per annotated object, named by
 * the object's 40 digits, which folders of two digits may split ("ab/cdef...").
 * libgit2 reads and keeps such folders but never makes them, so that each note
 * would write a tree as long as the history; here every new note gets one. */
#pragma once

#include <git2.h>

/* The id of the note's blob. GIT_ENOTFOUND when there is none. `tree` may be NULL (no notes yet). */
int note_tree_find(git_oid *note, git_repository *repository, const git_tree *tree, const git_oid *annotated);

/* Writes a copy of `tree` in which the note is `note`, or is gone when `note` is NULL. */
int note_tree_write(git_oid *written, git_repository *repository, const git_tree *tree, const git_oid *annotated,
		    const git_oid *note);

/* "ab/cdef..." or "abcdef..." to an object's id; GIT_EINVALID for what is no note's path. */
int note_tree_parse_path(git_oid *annotated, const char *path);
