/* Complaints about what several nodes have from one default: each is told once,
 * where the default was written. */
#pragma once

#include "render/lab/reader.h"

/* As reader_error_at() and reader_warn_at(), but in silence when the same was told
 * of the same place before. An error counts each time, since each node is wrong. */
void reader_error_once(struct reader *reader, const struct place *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void reader_warn_once(struct reader *reader, const struct place *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
