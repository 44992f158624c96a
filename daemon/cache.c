#include "daemon/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "sync/git/repository.h"

enum { OPEN_FOLDERS_MAX = 16 };

static bool make_parents(const char *path, struct error *err)
{
	cleanup(free) char *copy = string_copy(path);

	for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0700) < 0 && errno != EEXIST)
			return error_system(err, errno, "cannot make the cache folder %s", copy);
		*slash = '/';
	}
	return true;
}

bool cache_lock_take(struct cache_lock *lock, const char *directory, struct error *err)
{
	cleanup(free) char *path = string_format("%s.lock", directory);

	lock->descriptor = -1;
	if (!make_parents(path, err))
		return false;
	lock->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock->descriptor < 0)
		return error_system(err, errno, "cannot open %s", path);
	if (flock(lock->descriptor, LOCK_EX | LOCK_NB) < 0) {
		cache_lock_release(lock);
		return error_set(err, ERROR_CONFLICT,
				 "another labsync works on %s; stop it, or give this one a cache of its own",
				 directory);
	}
	return true;
}

void cache_lock_release(struct cache_lock *lock)
{
	if (lock->descriptor >= 0)
		close(lock->descriptor);
	lock->descriptor = -1;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

bool cache_check(const char *directory, struct error *err)
{
	struct repository *repository = repository_open(directory, err);

	if (repository == NULL && err->code == ERROR_INVALID) {
		cleanup(free) char *why = string_copy(err->message);

		log_warning("the clone in %s is broken (%s); it is made anew", directory, why);
		nftw(directory, remove_entry, OPEN_FOLDERS_MAX, FTW_DEPTH | FTW_PHYS);
		error_deinit(err);
		repository = repository_open(directory, err);
	}
	repository_close(repository);
	return repository != NULL;
}
