/* Which files labs refer to: a lookup that notes what is read through it. */
#pragma once

#include "render/lab/lab.h"

/* Each instance of a lab gets a copy of its own, so that one small file could ask for any amount. */
enum { REFERRED_BYTES_MAX = 256 * 1024 * 1024 };

struct referred_files {
	struct lab_lookup lookup; /* hands on to `wrapped`; its context is this */
	const struct lab_lookup *wrapped;
	char **paths;
	size_t count, capacity;
	size_t bytes; /* handed out so far, REFERRED_BYTES_MAX at most */
};

/* `wrapped` is not NULL. */
void referred_files_init(struct referred_files *files, const struct lab_lookup *wrapped);
void referred_files_deinit(struct referred_files *files);
static inline void referred_files_cleanup(struct referred_files *files)
{
	referred_files_deinit(files);
}

/* To be called when all labs were read, and before any is asked for. */
void referred_files_settle(struct referred_files *files);

/* True when the file at `path`, as it was handed to lab_set_read(), was read through the lookup. */
bool referred_files_have(const struct referred_files *files, const char *path);
