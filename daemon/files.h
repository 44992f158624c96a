/* The files that a command is given: names of files and folders, to text in
 * memory. Owns the texts. */
#pragma once

#include <stddef.h>

#include "base/error.h"
#include "render/lab/lab.h"

struct files {
	struct lab_file *items; /* in the order of the arguments; those of a folder by path */
	size_t count, capacity;
	size_t size; /* bytes of all texts */
};

#define FILES_INIT                                                                                                   \
	{                                                                                                            \
		.items = NULL                                                                                        \
	}

enum files_limits {
	FILES_COUNT_MAX = 100000,
	FILES_DEPTH_MAX = 64, /* folders in folders */
	FILES_SIZE_MAX = 1024 * 1024 * 1024 /* bytes in all; YAML_SIZE_MAX holds for each */
};

void files_deinit(struct files *files);
static inline void files_cleanup(struct files *files)
{
	files_deinit(files);
}

/* Adds what `path` names: "-" is standard input, a file is read whatever its
 * name, of a folder every *.yaml, *.yml and *.json below it. In folders,
 * hidden names are skipped and symbolic links are not followed. A folder
 * without any such file is an error: a misspelt path must not look like an
 * empty one. */
bool files_add(struct files *files, const char *path, struct error *err);
