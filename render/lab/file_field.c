#include "render/lab/file_field.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/lab.h"
#include "render/lab/values.h"
#include "render/yaml/encoding.h"

enum { PATH_MAX_BYTES = 1024 };

const struct value_type file_type = { .name = "path", .shape = VALUE_TEXT, .pattern = "^[^ ].*$" };

/* What of `path` stands below `root`; NULL when it is elsewhere. */
static const char *below_root(const char *root, const char *path)
{
	size_t length = strlen(root);

	if (length == 0)
		return path;
	if (strncmp(path, root, length) != 0)
		return NULL;
	if (root[length - 1] == '/')
		return path + length;
	return path[length] == '/' ? path + length + 1 : NULL;
}

/* Removes the last part of a path; false when there is none. */
static bool path_ascend(struct buffer *path, size_t floor)
{
	size_t length = path->length;

	if (length <= floor)
		return false;
	while (length > floor && path->data[length - 1] != '/')
		length--;
	if (text_equal(path->data + length, ".."))
		return false;
	path->length = length > floor ? length - 1 : floor;
	path->data[path->length] = '\0';
	return true;
}

/* Appends the parts of `text`; false when they leave what begins at `floor`. */
static bool path_follow(struct buffer *path, size_t floor, const char *text, size_t length)
{
	for (size_t i = 0, part; i < length; i += part + 1) {
		for (part = 0; i + part < length && text[i + part] != '/';)
			part++;
		if (part == 0 || (part == 1 && text[i] == '.'))
			continue;
		if (part == 2 && memcmp(text + i, "..", 2) == 0) {
			if (!path_ascend(path, floor))
				return false;
			continue;
		}
		if (path->length > floor)
			buffer_append_char(path, '/');
		buffer_append(path, text + i, part);
	}
	return true;
}

/* The path from where labsync reads files; NULL when it is not below the root. */
static const char *path_resolve(struct reader *reader, const char *text)
{
	const char *root = text_equal(reader->lookup->root, ".") ? "" : reader->lookup->root;
	const char *own = below_root(root, reader->path), *slash = own ? strrchr(own, '/') : NULL;
	cleanup(buffer) struct buffer path = BUFFER_INIT;
	size_t floor;

	if (own == NULL)
		return NULL;
	/* The root as it is shown, and the folder of the lab's file, which is below it already. */
	buffer_append(&path, reader->path, (size_t)(own - reader->path));
	if (*root == '\0' && own[0] == '/')
		buffer_append_char(&path, '/');
	floor = path.length;
	if (text[0] != '/' && slash && !path_follow(&path, floor, own, (size_t)(slash - own)))
		return NULL;
	if (!path_follow(&path, floor, text, strlen(text)) || path.length == floor)
		return NULL;
	return arena_copy(reader->arena, buffer_text(&path), path.length);
}

/* NULL, or what is wrong with the bytes. */
static const char *text_complaint(const struct buffer *text)
{
	for (size_t i = 0; i < text->length;) {
		uint32_t character;
		size_t length = utf8_decode(text->data + i, text->length - i, &character);

		if (length == 0)
			return "is not UTF-8 text";
		if (character == 0)
			return "holds a NUL byte";
		i += length;
	}
	return NULL;
}

static const void *file_load(struct reader *reader, const struct yaml_pair *pair, const char *path)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	struct lab_text_file *file;
	const char *complaint;

	if (!reader->lookup->read(reader->lookup->context, path, REFERRED_FILE_MAX, &text, &err))
		return reader_refuse(reader, pair->value, "%s %s cannot be read: %s", pair->key,
				     reader_quote(reader, path), err.message ? err.message : "no reason was given");
	complaint = text_complaint(&text);
	if (complaint)
		return reader_refuse(reader, pair->value, "%s %s %s; only text can be part of a lab", pair->key,
				     reader_quote(reader, path), complaint);
	file = arena_new(reader->arena, sizeof(*file));
	*file = (struct lab_text_file){ .path = path,
					.text = arena_copy(reader->arena, buffer_text(&text), text.length),
					.length = text.length };
	return file;
}

const void *file_field_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text, *path;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (*text == '\0')
		return reader_refuse(reader, pair->value, "%s is empty; write the path of a file", pair->key);
	if (strlen(text) > PATH_MAX_BYTES)
		return reader_refuse(reader, pair->value, "%s is longer than %d bytes", pair->key, PATH_MAX_BYTES);
	if (reader->lookup == NULL)
		return reader_refuse(reader, pair->value,
				     "%s %s cannot be read, since no folder of labs is known here; write the text "
				     "itself, or read the lab from a file",
				     pair->key, reader_quote(reader, text));
	path = path_resolve(reader, text);
	if (path == NULL)
		return reader_refuse(reader, pair->value,
				     "%s %s names no file below the root of the labs; write a path relative to this "
				     "file, or from the root with a leading \"/\"",
				     pair->key, reader_quote(reader, text));
	return file_load(reader, pair, path);
}
