#include "sync/git/file.h"

#include <errno.h>
#include <stdio.h>

#include "base/buffer.h"

static void stream_cleanup(FILE **stream)
{
	if (*stream)
		fclose(*stream);
}

char *file_text_new(const char *path, size_t size_max, const char *what, struct error *err)
{
	cleanup(stream) FILE *stream = fopen(path, "re");
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	char part[4096];
	size_t length;

	if (stream == NULL) {
		int number = errno;

		error_system(err, number, "%s %s", what, path);
		if (number == ENOENT)
			err->code = ERROR_NOT_FOUND;
		return NULL;
	}
	while ((length = fread(part, 1, sizeof(part), stream)) > 0) {
		buffer_append(&text, part, length);
		if (text.length > size_max) {
			error_set(err, ERROR_LIMIT, "%s %s is larger than %zu bytes", what, path, size_max);
			return NULL;
		}
	}
	if (ferror(stream)) {
		error_system(err, errno, "%s %s", what, path);
		return NULL;
	}
	return buffer_steal(&text);
}
