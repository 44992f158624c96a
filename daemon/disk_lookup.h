/* The files that labs refer to, for commands that read labs from disk: below
 * the folders that were named on the command line, and nowhere else. As in Git,
 * symbolic links are not followed. */
#pragma once

#include <stddef.h>

#include "render/lab/lab.h"

struct disk_lookup {
	struct lab_lookup lookup; /* `root` is what all folders have in common, as it is shown */
	char **roots; /* a folder for each argument; normal paths */
	size_t count, capacity;
};

/* `paths` are the command's arguments, ended by NULL; of a file it is the folder that it lies in. The result stays
 * where it is, since `lookup` points to it. */
void disk_lookup_init(struct disk_lookup *lookup, char *const *paths);
void disk_lookup_deinit(struct disk_lookup *lookup);
static inline void disk_lookup_cleanup(struct disk_lookup *lookup)
{
	disk_lookup_deinit(lookup);
}

/* What `options` give to the reader: NULL when all labs come from standard input. */
const struct lab_lookup *disk_lookup_use(const struct disk_lookup *lookup);
