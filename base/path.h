/* Paths as texts: nothing is looked up. */
#pragma once

#include <stdbool.h>

/* True when `path` lies in the folder, at any depth; below "" lies every relative path. */
bool path_is_below(const char *folder, const char *path);

/* Shortens `folder` in place to what it has in common with `other`, in whole names. */
void path_narrow(char *folder, const char *other);
