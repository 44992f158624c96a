/* Reads one file whole, within a bound. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends what the file holds. More than `limit` bytes are ERROR_LIMIT, a missing file is ERROR_NOT_FOUND,
 * anything else ERROR_SYSTEM; the message names the path. */
bool file_read(const char *path, size_t limit, struct buffer *out, struct error *err);

/* Reads an open file, or pipe, to its end; `path` is for the message. */
bool file_read_descriptor(int descriptor, const char *path, size_t limit, struct buffer *out, struct error *err);
