#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static void descriptor_cleanup(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
}

static bool read_error(const char *path, int number, struct error *err)
{
	error_system(err, number, "cannot read %s", path);
	if (number == ENOENT || number == ENOTDIR)
		err->code = ERROR_NOT_FOUND;
	return false;
}

bool file_read_descriptor(int descriptor, const char *path, size_t limit, struct buffer *out, struct error *err)
{
	size_t before = out->length;
	char piece[16384];
	ssize_t length;

	while ((length = read(descriptor, piece, sizeof(piece))) != 0) {
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return read_error(path, errno, err);
		buffer_append(out, piece, (size_t)length);
		if (out->length - before > limit)
			return error_set(err, ERROR_LIMIT, "%s is larger than %zu bytes", path, limit);
	}
	return true;
}

bool file_read(const char *path, size_t limit, struct buffer *out, struct error *err)
{
	/* O_NONBLOCK: a FIFO without a writer must not hold us. */
	cleanup(descriptor) int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (file < 0)
		return read_error(path, errno, err);
	return file_read_descriptor(file, path, limit, out, err);
}
