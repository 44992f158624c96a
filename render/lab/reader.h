/* Reading one document: where its complaints go, and mappings read by tables.
 *
 * A table says which fields a mapping takes, who reads each and where the
 * result is put. Results are pointers, NULL while unset, so that defaults can be
 * laid over each other by the same table. Everything lives in the arena. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostic.h"
#include "render/lab/field.h"
#include "render/lab/layers.h"
#include "render/yaml/yaml.h"

struct lab_file;
struct lab_lookup;

struct reader {
	struct arena *arena;
	const char *path;
	const struct lab_file *file; /* as it was written, for places inside of values; NULL: not at hand */
	struct diagnostics *diagnostics;
	const struct lab_lookup *lookup; /* NULL: no file can be referred to */
	enum layer layer; /* that what is read belongs to */
	size_t errors; /* of this document so far */
};

void reader_error(struct reader *reader, size_t line, size_t column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void reader_warn(struct reader *reader, size_t line, size_t column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* An error at a value. Always NULL, so that a field's reader can return it. */
const void *reader_refuse(struct reader *reader, const struct yaml_node *value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for what was read before, maybe in another file: a default that does not go with a node. */
void reader_error_at(struct reader *reader, const struct place *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void reader_warn_at(struct reader *reader, const struct place *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What a person wrote, in quotes, printable and short enough for a message. */
const char *reader_quote(struct reader *reader, const char *text);

/* Reads `mapping` (null is as good as empty) into `target`, which may be of any
 * struct. `what` is its name for messages: "vm", "metadata". */
void fields_read(struct reader *reader, const struct yaml_node *mapping, const char *what, const struct field *fields,
		 void *target);

/* Reads `mapping` into a new struct of type->size, which begins with `struct
 * settings`. `what` is its name for messages. Never NULL: what was refused is
 * not set. */
void *object_read(struct reader *reader, const struct yaml_node *mapping, const char *what,
		  const struct value_type *type);

/* Reads a value as its type alone says, for fields that need no reader of their
 * own. What it stores:
 *   VALUE_TEXT, VALUE_SCALAR   const char *; of VALUE_TEXT one of `allowed`, if there is such a list
 *   VALUE_NUMBER               const int64_t *, from minimum to maximum
 *   VALUE_BOOLEAN              const bool *
 *   VALUE_OBJECT               the struct of type->size
 *   VALUE_LIST                 const struct value_list *, from items_min to items_max long
 *   VALUE_MAP                  const struct value_map *
 *   VALUE_ANY                  const struct yaml_node *
 * Patterns are for editors; a type with one needs a reader that says what is
 * wrong. NULL after it told what is wrong. */
const void *value_read(struct reader *reader, const struct yaml_pair *pair, const struct value_type *type);

/* `lower` with what `upper` sets laid over it: objects field by field, all else
 * whole. Either may be NULL; both may be returned as they are. */
const void *object_overlay(struct arena *arena, const struct value_type *type, const void *lower, const void *upper);

/* Where a field of an object that a table filled came from; `offset` is that of its
 * pointer. NULL when it is built in or not set. */
const struct origin *object_origin(const struct value_type *type, const void *object, size_t offset);

/* The place of that value; the object's own when it has none. */
const struct place *object_place(const struct value_type *type, const void *object, size_t offset);

const struct field *field_find(const struct field *fields, const char *name);
