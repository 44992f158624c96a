#include "sync/field_path.h"

#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"

static const char *const unwritable[] = { "apiVersion", "kind", "status", "metadata.*" };
static const char *const writable_metadata[] = { "metadata.labels", "metadata.annotations", "metadata.finalizers",
						 "metadata.ownerReferences" };
static const char *const bookkeeping[] = { "labsync.dev/commit", "labsync.dev/applied", "labsync.dev/digest" };

struct object_type object_type_of(const json_t *object)
{
	const char *version = json_text_at(object, "apiVersion", NULL);
	const char *kind = json_text_at(object, "kind", NULL);
	const char *slash = version ? strchr(version, '/') : NULL;

	return (struct object_type){
		.group = slash ? version : "",
		.group_length = slash ? (size_t)(slash - version) : 0,
		.kind = kind ? kind : "",
	};
}

bool object_type_is(const struct object_type *type, const char *group, const char *kind)
{
	return strlen(group) == type->group_length && memcmp(group, type->group, type->group_length) == 0 &&
	       strcmp(kind, type->kind) == 0;
}

struct field_path field_path_object(const struct object_type *type)
{
	return (struct field_path){ .type = type };
}

struct field_path field_path_field(const struct field_path *parent, const char *name)
{
	return (struct field_path){
		.type = parent->type, .parent = parent, .name = name, .depth = parent->depth + 1
	};
}

struct field_path field_path_item(const struct field_path *parent, const char *item)
{
	return (struct field_path){
		.type = parent->type, .parent = parent, .item = item, .depth = parent->depth + 1
	};
}

/* Takes one step's name, or "[]", off the end of the pattern's first `*length`
 * bytes; false when it names another step. */
static bool step_strip(const struct field_path *step, const char *pattern, size_t *length)
{
	size_t start = *length;

	if (step->name == NULL) {
		if (*length < 2 || memcmp(pattern + *length - 2, "[]", 2) != 0)
			return false;
		*length -= 2;
		return true;
	}
	while (start > 0 && pattern[start - 1] != '.')
		start--;
	if (strncmp(pattern + start, "*", *length - start) != 0 &&
	    (strlen(step->name) != *length - start || memcmp(pattern + start, step->name, *length - start) != 0))
		return false;
	*length = start > 0 ? start - 1 : 0;
	return true;
}

const struct field_path *field_path_strip(const struct field_path *path, const char *pattern)
{
	size_t length = strlen(pattern);

	for (; path && length > 0; path = path->parent)
		if (path->parent == NULL || !step_strip(path, pattern, &length))
			return NULL;
	return path;
}

bool field_path_ends_with(const struct field_path *path, const char *pattern)
{
	return field_path_strip(path, pattern) != NULL;
}

bool field_path_is(const struct field_path *path, const char *pattern)
{
	const struct field_path *before = field_path_strip(path, pattern);

	return before && before->parent == NULL;
}

bool field_path_is_within(const struct field_path *path, const char *pattern)
{
	for (; path && path->parent; path = path->parent)
		if (field_path_is(path, pattern))
			return true;
	return false;
}

bool field_path_is_writable(const struct field_path *path)
{
	for (size_t i = 0; i < sizeof(writable_metadata) / sizeof(writable_metadata[0]); i++)
		if (field_path_is(path, writable_metadata[i]))
			return true;
	for (size_t i = 0; i < sizeof(unwritable) / sizeof(unwritable[0]); i++)
		if (field_path_is(path, unwritable[i]))
			return false;
	return true;
}

bool field_path_is_bookkeeping(const struct field_path *path)
{
	if (!field_path_is(path, "metadata.annotations.*"))
		return false;
	for (size_t i = 0; i < sizeof(bookkeeping) / sizeof(bookkeeping[0]); i++)
		if (strcmp(path->name, bookkeeping[i]) == 0)
			return true;
	return false;
}

static void step_write(const struct field_path *step, struct buffer *out)
{
	if (step->name == NULL)
		buffer_format(out, "[%s]", step->item ? step->item : "");
	else if (strpbrk(step->name, ".[]"))
		buffer_format(out, "[%s]", step->name);
	else
		buffer_format(out, "%s%s", out->length > 0 ? "." : "", step->name);
}

char *field_path_text_new(const struct field_path *path)
{
	const struct field_path *steps[2 * FIELD_DEPTH_MAX];
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	size_t count = 0;

	for (; path->parent && count < sizeof(steps) / sizeof(steps[0]); path = path->parent)
		steps[count++] = path;
	while (count > 0)
		step_write(steps[--count], &text);
	return text_printable(buffer_text(&text), TEXT_ONE_LINE);
}
