/* Foreign text made fit for one short line. */
#pragma once

#include <stddef.h>

/* Control characters replaced; what is longer than `limit` bytes is cut between
 * two UTF-8 characters and ends in "...". The caller frees. */
char *short_text_new(const char *text, size_t limit);
