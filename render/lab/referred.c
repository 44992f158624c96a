#include "render/lab/referred.h"

#include <stdlib.h>
#include <string.h>

enum { REFERRED_MAX = 20000 };

static bool referred_read(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	struct referred_files *files = context;

	/* Each instance of a lab reads the same ones. */
	if (files->count < REFERRED_MAX && !(files->count && strcmp(files->paths[files->count - 1], path) == 0)) {
		memory_grow(&files->paths, files->count, &files->capacity, sizeof(*files->paths));
		files->paths[files->count++] = string_copy(path);
	}
	if (!files->wrapped->read(files->wrapped->context, path, most, text, err))
		return false;
	if (text->length > REFERRED_BYTES_MAX - files->bytes)
		return error_set(err, ERROR_LIMIT,
				 "the files that all labs refer to, once for each lab, are larger than %d MiB",
				 REFERRED_BYTES_MAX / 1024 / 1024);
	files->bytes += text->length;
	return true;
}

void referred_files_init(struct referred_files *files, const struct lab_lookup *wrapped)
{
	*files = (struct referred_files){
		.lookup = { .read = referred_read, .context = files, .root = wrapped->root },
		.wrapped = wrapped,
	};
}

void referred_files_deinit(struct referred_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		free(files->paths[i]);
	free(files->paths);
	files->paths = NULL;
	files->count = 0;
}

/* "./a.yaml" is "a.yaml". */
static const char *without_dot(const char *path)
{
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	return path;
}

static int path_compare(const void *left, const void *right)
{
	return strcmp(without_dot(*(const char *const *)left), without_dot(*(const char *const *)right));
}

void referred_files_settle(struct referred_files *files)
{
	if (files->count)
		qsort(files->paths, files->count, sizeof(*files->paths), path_compare);
}

bool referred_files_have(const struct referred_files *files, const char *path)
{
	return files->count && bsearch(&path, files->paths, files->count, sizeof(*files->paths), path_compare);
}
