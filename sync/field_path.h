/* Where a walk through an object stands: a chain of steps from a field up to
 * the object, each on the stack of the function that made the step. Patterns
 * name places for the tables of this folder: "spec.template.spec.volumes",
 * "containers[].env", "requests.*". Everything is borrowed. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Deeper values are taken as one, not walked into. */
enum { FIELD_DEPTH_MAX = 100 };

struct object_type {
	const char *group; /* not terminated: points into apiVersion */
	size_t group_length; /* 0: the core group */
	const char *kind; /* "" when the object has none */
};

struct field_path {
	const struct object_type *type;
	const struct field_path *parent; /* NULL: the object itself */
	const char *name; /* of a field; NULL for a list's item */
	const char *item; /* what tells a list's item from the others: "name=root" */
	size_t depth;
};

struct object_type object_type_of(const json_t *object);
bool object_type_is(const struct object_type *type, const char *group, const char *kind);

struct field_path field_path_object(const struct object_type *type);
struct field_path field_path_field(const struct field_path *parent, const char *name);
struct field_path field_path_item(const struct field_path *parent, const char *item);

/* Takes the steps that `pattern` names off the end: the step before them, or
 * NULL when the path ends otherwise. "*" is any one field, "[]" any item. */
const struct field_path *field_path_strip(const struct field_path *path, const char *pattern);

bool field_path_is(const struct field_path *path, const char *pattern); /* from the object on */
bool field_path_is_within(const struct field_path *path, const char *pattern); /* it, or a field below it */
bool field_path_ends_with(const struct field_path *path, const char *pattern);

/* labsync never sets what the server or the object's identity decide: type,
 * name, status, and metadata but for the four fields that clients may write. */
bool field_path_is_writable(const struct field_path *path);

/* Annotations that change with every commit and say nothing about the object:
 * labsync.dev/commit, /applied and /digest. */
bool field_path_is_bookkeeping(const struct field_path *path);

/* "spec.template.spec.domain.devices.disks[name=root].disk.bus", fit for a
 * terminal. A name with a dot stands in brackets. The caller frees. */
char *field_path_text_new(const struct field_path *path);
