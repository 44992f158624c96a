/* Lab files as they are in a commit of the repository that they lie in, for
 * commands that compare it with the working folder. */
#pragma once

#include "render/lab/lab.h"
#include "sync/git/repository.h"

struct revision {
	const char *name; /* as the person gave it; borrowed */
	struct repository *repository;
	char commit[COMMIT_ID_SIZE];
	struct tree_files *trees; /* one for each path */
	size_t tree_count;
	struct lab_file *files; /* paths from the repository's root */
	size_t count, capacity;
	struct lab_lookup lookup;
	char *root; /* the folder that all paths have in common */
};

#define REVISION_INIT                                                                                                \
	{                                                                                                            \
		.repository = NULL                                                                                   \
	}

void revision_deinit(struct revision *revision);
static inline void revision_cleanup(struct revision *revision)
{
	revision_deinit(revision);
}

/* Reads what `paths` (files and folders of one working folder, ended by NULL) were in the commit called `name`.
 * What was not there then is no error. The result stays where it is, since `lookup` points to it. */
bool revision_read(struct revision *revision, const char *name, char *const *paths, struct error *err);
