#include "render/lab/mounted_file_fields.h"

#include <string.h>

#include "base/path.h"
#include "base/text.h"
#include "render/lab/file_field.h"
#include "render/lab/values.h"

#define OWN_VOLUME "/root"

enum { FILES_MAX = 200, PATH_LENGTH_MAX = 4096, MODE_DIGITS = 4 };

/* "..", "." or nothing between two slashes. */
static const char *segments_wrong(const char *path)
{
	for (const char *segment = path + 1;; segment += strcspn(segment, "/") + 1) {
		size_t length = strcspn(segment, "/");

		if (length == 2 && strncmp(segment, "..", 2) == 0)
			return "has \"..\" in it; write it without";
		if (length == 0 && segment[0] == '\0')
			return "ends with \"/\"; name the file";
		if (length == 0 || (length == 1 && segment[0] == '.'))
			return "has an empty or \".\" part; write it without";
		if (segment[length] == '\0')
			return NULL;
	}
}

static const char *path_wrong(const char *path)
{
	if (path[0] != '/')
		return "does not begin with \"/\"; write the whole path in the container";
	if (text_equal(path, "/"))
		return "is the root; name a file below it";
	if (strlen(path) > PATH_LENGTH_MAX)
		return "is longer than 4096 characters";
	/* Kubernetes refuses a colon in a mount's path. */
	if (strchr(path, ':'))
		return "has a \":\", which no mount can have";
	for (const unsigned char *c = (const unsigned char *)path; *c; c++)
		if (*c < ' ' || *c == 0x7f)
			return "has a control character; remove it";
	if (text_equal(path, OWN_VOLUME))
		return "is where the pod's volume is mounted; name a file below it";
	/* runc refuses it, lest a container changes how it is confined. */
	if (text_equal(path, "/proc") || text_starts_with(path, "/proc/"))
		return "is in /proc, where nothing can be mounted";
	return segments_wrong(path);
}

static const void *path_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *wrong;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	wrong = path_wrong(pair->value->text);
	if (wrong)
		return reader_refuse(reader, pair->value, "path %s %s", reader_quote(reader, pair->value->text),
				     wrong);
	return pair->value->text;
}

/* As chmod takes it, with the 0 that makes it octal for YAML 1.1 and people alike. */
static const void *mode_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = value_scalar_text(pair->value);

	if (text && strlen(text) == MODE_DIGITS && text[0] == '0' && text[strspn(text, "01234567")] == '\0')
		return text;
	return reader_refuse(reader, pair->value, "mode must be octal from 0000 to 0777, like \"0644\"%s%s",
			     text ? ", not " : "", text ? reader_quote(reader, text) : "");
}

static const struct value_type path_type = { .name = "path", .shape = VALUE_TEXT, .pattern = "^/[^:]+$" };
static const struct value_type mode_type = {
	.name = "octal number",
	.shape = VALUE_SCALAR,
	.pattern = "^0[0-7][0-7][0-7]$",
};

static const struct field mounted_file_fields[] = {
	{ "content", NULL, offsetof(struct lab_mounted_file, content), &text_type,
	  "The file's text, in the place of `file`.", .fallback = NULL },
	{ "file", file_field_read, offsetof(struct lab_mounted_file, file), &file_type,
	  "A file of the repository with the text, relative to this one.", .fallback = NULL },
	{ "mode", mode_read, offsetof(struct lab_mounted_file, mode), &mode_type,
	  "Who may do what with it, octal as chmod takes it.", .fallback = "\"0644\"" },
	{ "path", path_read, offsetof(struct lab_mounted_file, path), &path_type,
	  "Where the container finds the file: an absolute path.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type mounted_file_type = {
	.name = "MountedFile",
	.shape = VALUE_OBJECT,
	.fields = mounted_file_fields,
	.size = sizeof(struct lab_mounted_file),
};

const struct value_type mounted_files_type = {
	.shape = VALUE_LIST,
	.items = &mounted_file_type,
	.items_max = FILES_MAX,
};

/* Exactly one source. */
static void source_check(struct reader *reader, const struct lab_mounted_file *file)
{
	size_t content = offsetof(struct lab_mounted_file, content);

	if (file->content && file->file)
		reader_error_at(reader, object_place(&mounted_file_type, file, content),
				"%s has both content and file; keep one", reader_quote(reader, file->path));
	else if (file->content == NULL && file->file == NULL)
		reader_error_at(reader, &file->settings.place,
				"%s has no text; add file, a path in the repository, or content",
				reader_quote(reader, file->path));
}

/* False after it told that they clash. */
static bool path_check(struct reader *reader, const struct lab_mounted_file *file,
		       const struct lab_mounted_file *earlier)
{
	size_t path = offsetof(struct lab_mounted_file, path);
	const struct place *place = object_place(&mounted_file_type, file, path);
	const struct place *other = object_place(&mounted_file_type, earlier, path);

	if (text_equal(file->path, earlier->path))
		reader_error_at(reader, place, "path %s is used twice, also at %s:%zu:%zu; change one",
				reader_quote(reader, file->path), other->path, other->line, other->column);
	else if (path_is_below(earlier->path, file->path) || path_is_below(file->path, earlier->path))
		reader_error_at(reader, place,
				"paths %s and %s at %s:%zu:%zu make one of them both a file and a folder; change one",
				reader_quote(reader, file->path), reader_quote(reader, earlier->path), other->path,
				other->line, other->column);
	else
		return true;
	return false;
}

static size_t text_size(const struct lab_mounted_file *file)
{
	return file->file ? file->file->length : strlen(file->content);
}

static void size_check(struct reader *reader, const struct yaml_pair *pair, const struct value_list *files)
{
	size_t total = 0;

	for (size_t i = 0; i < files->count; i++)
		total += text_size(files->items[i]);
	if (total > MOUNTED_FILES_SIZE_MAX)
		reader_refuse(reader, pair->value,
			      "%s hold %zu bytes in all, but at most %d (900 KiB) fit in a ConfigMap; put the large "
			      "ones into the image, or fetch them when the pod starts",
			      pair->key, total, MOUNTED_FILES_SIZE_MAX);
}

const void *mounted_files_read(struct reader *reader, const struct yaml_pair *pair)
{
	size_t before = reader->errors;
	const struct value_list *files = value_read(reader, pair, &mounted_files_type);

	if (files == NULL || reader->errors > before)
		return NULL;
	for (size_t i = 0; i < files->count; i++) {
		source_check(reader, files->items[i]);
		for (size_t k = 0; k < i && path_check(reader, files->items[i], files->items[k]);)
			k++;
	}
	if (reader->errors == before)
		size_check(reader, pair, files);
	return reader->errors == before ? files : NULL;
}
