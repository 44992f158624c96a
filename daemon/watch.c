#include "daemon/watch.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum { WATCH_FOLDERS = 2 };

struct watch {
	uv_fs_event_t folders[WATCH_FOLDERS];
	size_t count, open;
	void (*changed)(void *data);
	void *data;
};

static void on_event(uv_fs_event_t *handle, const char *name, int events, int status)
{
	struct watch *watch = handle->data;

	(void)events;
	/* Git writes a lock beside what it changes; only the rename that follows is news. */
	if (status == 0 && !(name && text_ends_with(name, ".lock")))
		watch->changed(watch->data);
}

static void on_closed(uv_handle_t *handle)
{
	struct watch *watch = handle->data;

	if (--watch->open == 0)
		free(watch);
}

void watch_free(struct watch *watch)
{
	if (watch == NULL)
		return;
	for (size_t i = 0; i < watch->count; i++)
		uv_close((uv_handle_t *)&watch->folders[i], on_closed);
	if (watch->count == 0)
		free(watch);
}

static bool watch_folder(struct watch *watch, uv_loop_t *loop, const char *folder, struct error *err)
{
	uv_fs_event_t *handle = &watch->folders[watch->count];
	int status;

	uv_fs_event_init(loop, handle);
	handle->data = watch;
	watch->count++;
	watch->open++;
	status = uv_fs_event_start(handle, on_event, folder, 0);
	if (status < 0)
		return error_set(err, ERROR_SYSTEM, "cannot watch %s: %s", folder, uv_strerror(status));
	return true;
}

/* The folder that holds the branch's ref file, or its nearest parent that exists: branch "a/b" lives in
 * refs/heads/a, and may only be in packed-refs. */
static char *ref_folder_new(const char *git_folder, const char *branch)
{
	bool is_whole_name = branch && text_starts_with(branch, "refs/");
	char *folder =
		string_format("%s/%s%s", git_folder, is_whole_name ? "" : "refs/heads/", branch ? branch : "x");
	size_t least = strlen(git_folder);

	do {
		*strrchr(folder, '/') = '\0';
	} while (strlen(folder) > least && access(folder, R_OK | X_OK) < 0);
	return folder;
}

static char *git_folder_new(const char *url)
{
	const char *path = text_starts_with(url, "file://") ? url + strlen("file://") : url;
	cleanup(free) char *inside = NULL;

	if (path[0] != '/')
		return NULL;
	inside = string_format("%s/.git", path);
	return access(inside, X_OK) == 0 ? steal(&inside) : string_copy(path);
}

static struct watch *watch_new(void (*changed)(void *data), void *data)
{
	struct watch *watch = memory_new(sizeof(*watch));

	watch->changed = changed;
	watch->data = data;
	return watch;
}

struct watch *watch_repository_new(uv_loop_t *loop, const char *url, const char *branch, void (*changed)(void *data),
				   void *data, struct error *err)
{
	cleanup(free) char *git_folder = git_folder_new(url);
	cleanup(free) char *refs = git_folder ? ref_folder_new(git_folder, branch) : NULL;
	struct watch *watch;

	if (git_folder == NULL)
		return NULL;
	watch = watch_new(changed, data);
	if (!watch_folder(watch, loop, refs, err) ||
	    (!text_equal(refs, git_folder) && !watch_folder(watch, loop, git_folder, err))) {
		watch_free(watch);
		return NULL;
	}
	return watch;
}

/* The folder is watched, not the file: an editor, and Kubernetes' mounted ConfigMaps, put another file in its place. */
struct watch *watch_file_new(uv_loop_t *loop, const char *path, void (*changed)(void *data), void *data,
			     struct error *err)
{
	const char *slash = strrchr(path, '/');
	cleanup(free) char *folder = slash ? string_copy_n(path, (size_t)(slash - path) + 1) : string_copy(".");
	struct watch *watch = watch_new(changed, data);

	if (!watch_folder(watch, loop, folder, err)) {
		watch_free(watch);
		return NULL;
	}
	return watch;
}
