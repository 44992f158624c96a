#include "daemon/disk_lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/path.h"
#include "base/text.h"

static void descriptor_cleanup(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
}

/* Takes the last name away; false when there is none, or only "..". */
static bool path_ascend(struct buffer *path)
{
	const char *text = buffer_text(path), *slash = strrchr(text, '/');
	const char *last = slash ? slash + 1 : text;
	size_t length = slash ? (size_t)(slash - text) : 0;

	if (*last == '\0' || text_equal(last, ".."))
		return false;
	if (slash == text)
		length = 1;
	path->length = length;
	path->data[length] = '\0';
	return true;
}

/* "./a//b/../c/" -> "a/c", "." -> "", "../x" stays. The caller frees. */
static char *normal_path_new(const char *path)
{
	cleanup(buffer) struct buffer normal = BUFFER_INIT;

	if (*path == '/')
		buffer_append_char(&normal, '/');
	while (*path) {
		size_t length = strcspn(path, "/");
		bool is_up = length == 2 && strncmp(path, "..", 2) == 0;

		if (length > 0 && !(length == 1 && *path == '.') && !(is_up && path_ascend(&normal))) {
			if (normal.length > 0 && normal.data[normal.length - 1] != '/')
				buffer_append_char(&normal, '/');
			buffer_append(&normal, path, length);
		}
		path += length + (path[length] == '/');
	}
	return buffer_steal(&normal);
}

/* What is left of `path` below `root`; NULL when it is not there. */
static const char *path_below(const char *root, const char *path)
{
	size_t length = strlen(root);

	if (length == 0)
		return *path == '/' || text_equal(path, "..") || text_starts_with(path, "../") ? NULL : path;
	if (!text_starts_with(path, root))
		return NULL;
	if (root[length - 1] == '/')
		return path + length;
	return path[length] == '/' ? path + length + 1 : NULL;
}

/* Opens name by name, so that no symbolic link on the way is followed. */
static int open_below(const char *root, const char *path, struct error *err)
{
	cleanup(descriptor) int folder = open(*root ? root : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	cleanup(free) char *names = string_copy(path);
	char *name = names, *slash;
	int descriptor;

	for (; folder >= 0 && (slash = strchr(name, '/')); name = slash + 1) {
		*slash = '\0';
		descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		close(folder);
		folder = descriptor;
	}
	/* Without waiting: it may be a FIFO. */
	descriptor = folder < 0 ? -1 : openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (descriptor < 0 && errno == ELOOP)
		error_set(err, ERROR_REFUSED, "symbolic links are not followed");
	else if (descriptor < 0 && errno == ENOTDIR) /* what O_NOFOLLOW makes of a link to a folder, too */
		error_set(err, ERROR_REFUSED, "a name on the way is no folder; symbolic links are not followed");
	else if (descriptor < 0)
		error_system(err, errno, "cannot open it");
	return descriptor;
}

static bool read_below(const char *root, const char *path, size_t most, struct buffer *text, struct error *err)
{
	cleanup(descriptor) int descriptor = open_below(root, path, err);
	struct stat status;

	if (descriptor < 0)
		return false;
	if (fstat(descriptor, &status) != 0)
		return error_system(err, errno, "cannot look at it");
	if (!S_ISREG(status.st_mode))
		return error_set(err, ERROR_NOT_FOUND, "it is no regular file");
	if ((uintmax_t)status.st_size > most)
		return error_set(err, ERROR_LIMIT, "it holds %jd bytes, more than the %zu that are taken",
				 (intmax_t)status.st_size, most);
	return file_read_descriptor(descriptor, path, most, text, err);
}

static bool look_up(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	const struct disk_lookup *lookup = context;
	cleanup(free) char *normal = normal_path_new(path);

	for (size_t i = 0; i < lookup->count; i++) {
		const char *below = path_below(lookup->roots[i], normal);

		if (below && *below)
			return read_below(lookup->roots[i], below, most, text, err);
	}
	return error_set(err, ERROR_REFUSED, "it is outside of the folders that the command was given");
}

/* The folder that an argument stands for, as it begins the names of the files in it. */
static char *shown_root_new(const char *path)
{
	char *shown = string_copy(path);
	struct stat status;
	char *slash;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		return shown;
	slash = strrchr(shown, '/');
	if (slash == shown)
		slash++;
	*(slash ? slash : shown) = '\0';
	return shown;
}

static void add_root(struct disk_lookup *lookup, const char *shown)
{
	memory_grow(&lookup->roots, lookup->count, &lookup->capacity, sizeof(*lookup->roots));
	lookup->roots[lookup->count++] = normal_path_new(shown);
}

void disk_lookup_init(struct disk_lookup *lookup, char *const *paths)
{
	char *common = NULL;

	*lookup = (struct disk_lookup){ .lookup = { .read = look_up, .context = lookup } };
	for (; *paths; paths++) {
		cleanup(free) char *shown = NULL;

		if (text_equal(*paths, "-"))
			continue;
		shown = shown_root_new(*paths);
		add_root(lookup, shown);
		if (common == NULL)
			common = string_copy(shown);
		path_narrow(common, shown);
	}
	lookup->lookup.root = common;
}

void disk_lookup_deinit(struct disk_lookup *lookup)
{
	for (size_t i = 0; i < lookup->count; i++)
		free(lookup->roots[i]);
	free(lookup->roots);
	free((char *)lookup->lookup.root);
	*lookup = (struct disk_lookup){ .count = 0 };
}

const struct lab_lookup *disk_lookup_use(const struct disk_lookup *lookup)
{
	return lookup->count ? &lookup->lookup : NULL;
}
