#include "sync/cluster/watched_file.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"

void watched_file_init(struct watched_file *file, const char *path)
{
	*file = (struct watched_file){ .path = string_copy(path) };
}

void watched_file_deinit(struct watched_file *file)
{
	free(file->path);
	free(file->text);
	*file = (struct watched_file){ .path = NULL };
}

static bool is_same(const struct watched_file *file, const struct stat *now)
{
	return file->text && file->inode == now->st_ino && file->size == now->st_size &&
	       file->modified.tv_sec == now->st_mtim.tv_sec && file->modified.tv_nsec == now->st_mtim.tv_nsec;
}

static bool watched_file_read(struct watched_file *file, const struct stat *now, bool *changed, struct error *err)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	if (!file_read(file->path, WATCHED_FILE_MAX, &text, err))
		return false;
	if (!text_equal(file->text, buffer_text(&text))) {
		free(file->text);
		file->text = buffer_steal(&text);
		*changed = true;
	}
	file->inode = now->st_ino;
	file->size = now->st_size;
	file->modified = now->st_mtim;
	return true;
}

bool watched_file_update(struct watched_file *file, uint64_t now, enum watched_file_look look, bool *changed,
			 struct error *err)
{
	cleanup(error) struct error problem = ERROR_INIT;
	struct stat status = { .st_size = 0 };

	if (file->path == NULL)
		return true;
	if (file->text && look == WATCHED_FILE_PAUSED && now - file->looked_at < WATCHED_FILE_PAUSE_MS)
		return true;
	file->looked_at = now;
	if (stat(file->path, &status) < 0 && file->text)
		return true;
	if (look == WATCHED_FILE_PAUSED && is_same(file, &status))
		return true;
	if (watched_file_read(file, &status, changed, &problem) || file->text)
		return true;
	error_move(err, &problem);
	return false;
}
