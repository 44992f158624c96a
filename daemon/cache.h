/* A source's folder in the cache: the local repository and a lock, so that
 * two labsync processes do not work on one clone. What is in it can be deleted at any time. */
#pragma once

#include <stdbool.h>

#include "base/error.h"

struct cache_lock {
	int descriptor; /* -1: not held */
};

/* Makes the folders above `directory` and takes its lock. */
bool cache_lock_take(struct cache_lock *lock, const char *directory, struct error *err);
void cache_lock_release(struct cache_lock *lock);

/* Opens the repository once to see that it is usable; a broken one is deleted, so that it is cloned again. */
bool cache_check(const char *directory, struct error *err);
