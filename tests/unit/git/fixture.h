/* Temporary folders and repositories made by the git command, for tests. */
#pragma once

#include "base/memory.h"

/* A new folder; the caller removes. */
char *fixture_folder_new(void);
void fixture_folder_remove(char *folder);
static inline void fixture_folder_cleanup(char **folder)
{
	fixture_folder_remove(*folder);
}

/* Runs a shell script in `folder`; the test fails unless it ends with 0. A person's Git configuration has no say. */
void fixture_run(const char *folder, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What the script prints, without the last newline. The caller frees. */
char *fixture_output_new(const char *folder, const char *format, ...) __attribute__((format(printf, 2, 3)));

void fixture_write(const char *folder, const char *name, const char *text);
