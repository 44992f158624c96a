#include "sync/cluster/small_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

static void descriptor_cleanup(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
}

static bool open_error(const char *path, int number, struct error *err)
{
	error_system(err, number, "cannot read %s", path);
	if (number == ENOENT || number == ENOTDIR)
		err->code = ERROR_NOT_FOUND;
	return false;
}

bool small_file_read(const char *path, size_t limit, struct buffer *out, struct error *err)
{
	cleanup(descriptor) int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	size_t before = out->length;
	char piece[8192];
	ssize_t length;

	if (file < 0)
		return open_error(path, errno, err);
	while ((length = read(file, piece, sizeof(piece))) != 0) {
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return open_error(path, errno, err);
		buffer_append(out, piece, (size_t)length);
		if (out->length - before > limit)
			return error_set(err, ERROR_LIMIT, "%s is larger than %zu bytes", path, limit);
	}
	return true;
}

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

	if (!small_file_read(file->path, SMALL_FILE_MAX, &text, err))
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
	struct stat status;

	if (file->path == NULL)
		return true;
	if (file->text && look == WATCHED_FILE_PAUSED && now - file->looked_at < WATCHED_FILE_PAUSE_MS)
		return true;
	file->looked_at = now;
	if (stat(file->path, &status) < 0) {
		if (file->text == NULL)
			return open_error(file->path, errno, err);
		return true;
	}
	if (look == WATCHED_FILE_PAUSED && is_same(file, &status))
		return true;
	if (watched_file_read(file, &status, changed, &problem) || file->text)
		return true;
	error_move(err, &problem);
	return false;
}
