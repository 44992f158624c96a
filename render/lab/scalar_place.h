/* Where in the file a part of a scalar stands: the third field of a cron
 * expression, a variable in the middle of a text. */
#pragma once

#include "render/lab/reader.h"

/* The place of value->text + offset. The value's own place when that cannot be
 * told: the text has escapes, or is not as it stands in the file. */
struct place scalar_place(const struct reader *reader, const struct yaml_node *value, size_t offset);

/* False when another text stands at that place of the file, in quotes or not: y, which is read as true. */
bool scalar_is_written(const struct reader *reader, size_t line, size_t column, const char *text);
