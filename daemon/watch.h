/* Sees a push to a repository on this machine as it happens, by inotify on its refs
 * (through libuv). */
#pragma once

#include <uv.h>

#include "base/error.h"

struct watch;

/* NULL without an error when `url` is not on this machine, with one when it cannot be watched.
 * `changed` is called for every change of the branch's refs (NULL branch: of any). */
struct watch *watch_repository_new(uv_loop_t *loop, const char *url, const char *branch, void (*changed)(void *data),
				   void *data, struct error *err);
/* Any change of one file, also by renaming another over it. */
struct watch *watch_file_new(uv_loop_t *loop, const char *path, void (*changed)(void *data), void *data,
			     struct error *err);
/* The memory goes with the loop's next turn. */
void watch_free(struct watch *watch);
