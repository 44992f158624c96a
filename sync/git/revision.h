/* A person's own repository: the one that a folder lies in, and what people call
 * its commits. Read only. */
#pragma once

#include "sync/git/repository.h"

/* Opens the repository that `folder`, which is there, lies in. ERROR_NOT_FOUND when
 * it lies in none. The caller closes. */
struct repository *repository_open_around(const char *folder, struct error *err);

/* Its working folder, absolute and with "/" at the end; NULL when it has none. */
const char *repository_folder(const struct repository *repository);

/* The commit that `revision` means, as git-rev-parse has it: "HEAD~1", a branch, a tag, the beginning of an id. */
bool repository_find_revision(struct repository *repository, const char *revision, char commit[COMMIT_ID_SIZE],
			      struct error *err);
