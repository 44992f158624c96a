#include "daemon/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/yaml/yaml.h"

static const char *const suffixes[] = { ".yaml", ".yml", ".json" };

static void descriptor_cleanup(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
}

void files_deinit(struct files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free((char *)files->items[i].path);
		free((char *)files->items[i].text);
	}
	free(files->items);
	*files = (struct files)FILES_INIT;
}

static bool files_take(struct files *files, const char *path, struct buffer *text, struct error *err)
{
	size_t length = text->length;

	if (files->count == FILES_COUNT_MAX)
		return error_set(err, ERROR_LIMIT, "more than %d files; give fewer at a time", FILES_COUNT_MAX);
	if (length > FILES_SIZE_MAX - files->size)
		return error_set(err, ERROR_LIMIT, "the files are larger than %d MiB in all; give fewer at a time",
				 FILES_SIZE_MAX / 1024 / 1024);
	memory_grow(&files->items, files->count, &files->capacity, sizeof(*files->items));
	files->items[files->count++] =
		(struct lab_file){ .path = string_copy(path), .text = buffer_steal(text), .length = length };
	files->size += length;
	return true;
}

static bool descriptor_add(struct files *files, int descriptor, const char *path, struct error *err)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	return file_read_descriptor(descriptor, path, YAML_SIZE_MAX, &text, err) &&
	       files_take(files, path, &text, err);
}

static bool is_wanted(const char *name)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (text_ends_with(name, suffixes[i]))
			return true;
	}
	return false;
}

static int skip_hidden(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool folder_add(struct files *files, int descriptor, const char *path, int depth, struct error *err);

/* What a folder holds. Opened without waiting, since a name may have become a FIFO by now. */
static bool entry_add(struct files *files, int folder, const char *path, const char *name, int depth,
		      struct error *err)
{
	cleanup(free) char *full = string_format("%s%s%s", path, text_ends_with(path, "/") ? "" : "/", name);
	cleanup(descriptor) int descriptor = -1;
	struct stat status;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return error_system(err, errno, "cannot look at %s", full);
	if (!S_ISDIR(status.st_mode) && !(S_ISREG(status.st_mode) && is_wanted(name)))
		return true;
	descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (descriptor < 0)
		return error_system(err, errno, "cannot open %s", full);
	if (S_ISDIR(status.st_mode))
		return folder_add(files, descriptor, full, depth + 1, err);
	return descriptor_add(files, descriptor, full, err);
}

static int compare_names(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name); /* not by locale, as alphasort() would */
}

static bool folder_add(struct files *files, int descriptor, const char *path, int depth, struct error *err)
{
	struct dirent **entries = NULL;
	bool good = true;
	int count;

	if (depth > FILES_DEPTH_MAX)
		return error_set(err, ERROR_LIMIT, "%s is more than %d folders deep", path, FILES_DEPTH_MAX);
	count = scandirat(descriptor, ".", &entries, skip_hidden, compare_names);
	if (count < 0)
		return error_system(err, errno, "cannot list %s", path);
	for (int i = 0; i < count; i++) {
		good = good && entry_add(files, descriptor, path, entries[i]->d_name, depth, err);
		free(entries[i]);
	}
	free(entries);
	return good;
}

bool files_add(struct files *files, const char *path, struct error *err)
{
	cleanup(descriptor) int descriptor = -1;
	size_t before = files->count;
	struct stat status;

	if (text_equal(path, "-"))
		return descriptor_add(files, STDIN_FILENO, "standard input", err);
	descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0 || fstat(descriptor, &status) != 0)
		return error_system(err, errno, "cannot open %s", path);
	if (!S_ISDIR(status.st_mode))
		return descriptor_add(files, descriptor, path, err);
	if (!folder_add(files, descriptor, path, 1, err))
		return false;
	if (files->count == before)
		return error_set(err, ERROR_NOT_FOUND, "there is no *.yaml, *.yml or *.json in %s", path);
	return true;
}
