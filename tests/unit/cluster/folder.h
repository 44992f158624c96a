/* A directory for one test's files, removed with what is in it. */
#pragma once

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "tests/unit/suite.h"

static inline char *folder_new(void)
{
	const char *base = getenv("TMPDIR");
	char *path = string_format("%s/labsync-test-XXXXXX", base && *base ? base : "/tmp");

	ck_assert_ptr_nonnull(mkdtemp(path));
	return path;
}

static inline int folder_remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

static inline void folder_cleanup(char **path)
{
	nftw(*path, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(*path);
}

/* Writes FOLDER/NAME; returns its path, which the caller frees. */
static inline char *folder_write(const char *folder, const char *name, const char *text)
{
	char *path = string_format("%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(text, file), 0);
	ck_assert_int_eq(fclose(file), 0);
	return path;
}

static inline void folder_write_script(const char *folder, const char *name, const char *text)
{
	cleanup(free) char *path = folder_write(folder, name, text);

	ck_assert_int_eq(chmod(path, 0700), 0);
}
