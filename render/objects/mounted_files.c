#include "render/objects/mounted_files.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/memory.h"
#include "render/lab/object_names.h"
#include "render/objects/identity.h"

enum {
	KEY_LENGTH_MAX = 253, /* Kubernetes' */
	HASH_DIGITS = 8,
	MODE_DEFAULT = 0644
};

#define KEY_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."
#define VOLUME "files"

/* No path has an empty part, so that "__" is in no key but before a hash. */
char *mounted_file_key_new(const char *path)
{
	char *key = string_copy(path[0] == '/' ? path + 1 : path);
	size_t length = strlen(key), kept = KEY_LENGTH_MAX - HASH_DIGITS - 2;
	bool exact = length <= KEY_LENGTH_MAX;
	char hash[SHA256_TEXT_SIZE];
	cleanup(free) char *inexact = NULL;

	for (char *c = key; *c; c++) {
		exact = exact && (*c == '/' || strchr(KEY_CHARACTERS, *c));
		if (strchr(KEY_CHARACTERS, *c) == NULL)
			*c = '_';
	}
	/* Kubernetes keeps such names for itself. */
	if (key[0] == '.' && key[1] == '.') {
		key[0] = '_';
		exact = false;
	}
	if (exact)
		return key;
	inexact = key;
	sha256_text(path, strlen(path), hash);
	return string_format("%.*s__%.*s", (int)kept, inexact, HASH_DIGITS, hash);
}

static json_t *text_build(const struct lab_mounted_file *file)
{
	return file->file ? json_stringn(file->file->text, file->file->length) : json_string(file->content);
}

static char *name_new(const struct lab_node *node)
{
	return name_join_new(node->object_name, "files");
}

json_t *mounted_files_build(const struct lab *lab, const struct lab_node *node)
{
	const struct value_list *files = node->pod->files;
	cleanup(free) char *name = NULL;
	json_t *data;

	if (files == NULL || files->count == 0)
		return NULL;
	name = name_new(node);
	data = json_object();
	for (size_t i = 0; i < files->count; i++) {
		const struct lab_mounted_file *file = files->items[i];
		cleanup(free) char *key = mounted_file_key_new(file->path);

		json_object_set_new(data, key, text_build(file));
	}
	return json_pack("{s:s, s:s, s:o, s:o}", "apiVersion", "v1", "kind", "ConfigMap", "metadata",
			 metadata_build(lab, name, node->name), "data", data);
}

/* Kubernetes' modes are numbers, and 0644 is what a file has anyway. */
static bool mode_set(json_t *item, const char *mode)
{
	long number = mode ? strtol(mode, NULL, 8) : MODE_DEFAULT;

	if (number == MODE_DEFAULT)
		return false;
	json_object_set_new(item, "mode", json_integer(number));
	return true;
}

/* Which key becomes which file: only needed to give modes. NULL when no file needs one. */
static json_t *items_build(const struct value_list *files)
{
	json_t *items = json_array();
	bool needed = false;

	for (size_t i = 0; i < files->count; i++) {
		const struct lab_mounted_file *file = files->items[i];
		cleanup(free) char *key = mounted_file_key_new(file->path);
		json_t *item = json_pack("{s:s, s:s}", "key", key, "path", key);

		needed |= mode_set(item, file->mode);
		json_array_append_new(items, item);
	}
	if (needed)
		return items;
	json_decref(items);
	return NULL;
}

void mounted_files_mount(const struct lab_node *node, json_t *volumes, json_t *mounts)
{
	const struct value_list *files = node->pod->files;
	cleanup(free) char *name = NULL;

	if (files == NULL || files->count == 0)
		return;
	name = name_new(node);
	json_array_append_new(volumes, json_pack("{s:s, s:{s:s, s:o*}}", "name", VOLUME, "configMap", "name", name,
						 "items", items_build(files)));
	for (size_t i = 0; i < files->count; i++) {
		const struct lab_mounted_file *file = files->items[i];
		cleanup(free) char *key = mounted_file_key_new(file->path);

		json_array_append_new(mounts, json_pack("{s:s, s:s, s:s}", "name", VOLUME, "mountPath", file->path,
							"subPath", key));
	}
}
