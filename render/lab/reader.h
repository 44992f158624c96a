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
#include "render/yaml/yaml.h"

struct reader {
	struct arena *arena;
	const char *path;
	struct diagnostics *diagnostics;
	size_t errors; /* of this document so far */
};

void reader_error(struct reader *reader, size_t line, size_t column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void reader_warn(struct reader *reader, size_t line, size_t column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* An error at a value. Always NULL, so that a field's reader can return it. */
const void *reader_refuse(struct reader *reader, const struct yaml_node *value, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What a person wrote, in quotes, printable and short enough for a message. */
const char *reader_quote(struct reader *reader, const char *text);

/* Reads `mapping` (null is as good as empty) into `target`. `what` is its name
 * for messages: "vm", "metadata". */
void fields_read(struct reader *reader, const struct yaml_node *mapping, const char *what, const struct field *fields,
		 void *target);

/* Sets each field of `target` that is set in `upper`; lists and maps whole. */
void fields_overlay(const struct field *fields, void *target, const void *upper);

const struct field *field_find(const struct field *fields, const char *name);
