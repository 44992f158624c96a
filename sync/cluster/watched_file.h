/* Files that credentials come in: read whole and bounded, and read again when
 * they change under us (a projected service account token is replaced about
 * once an hour). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/error.h"

enum { WATCHED_FILE_MAX = 1024 * 1024, WATCHED_FILE_PAUSE_MS = 5000 };

struct watched_file {
	char *path;
	char *text; /* as last read; NULL before */
	struct timespec modified; /* these three tell whether it changed */
	ino_t inode;
	off_t size;
	uint64_t looked_at; /* milliseconds of the caller's clock */
};

void watched_file_init(struct watched_file *file, const char *path); /* NULL: no file, never changes */
void watched_file_deinit(struct watched_file *file);

/* PAUSED looks at most each WATCHED_FILE_PAUSE_MS. `changed` is set, never cleared. When the file cannot be
 * read any more, what was read last stays; only without that it is an error. */
enum watched_file_look { WATCHED_FILE_PAUSED, WATCHED_FILE_NOW };
bool watched_file_update(struct watched_file *file, uint64_t now, enum watched_file_look look, bool *changed,
			 struct error *err);
