/* Text as a YAML scalar that every reader takes for the same text. */
#pragma once

#include <stddef.h>

#include "base/buffer.h"

/* True when the text needs no quotes: it is no boolean, null, number, date or
 * base-60 number under YAML 1.1 nor 1.2, and no character in it starts anything. */
bool yaml_text_is_plain(const char *text, size_t length);

/* True when the text can be a literal block: several lines, nothing that needs an escape. */
bool yaml_text_is_block(const char *text, size_t length);

/* On one line: plain where it can be, otherwise in double quotes. */
void yaml_write_text(const char *text, size_t length, struct buffer *out);

/* As |, |- or |+ with the lines indented by `indent` spaces; ends with a newline. */
void yaml_write_block(const char *text, size_t length, size_t indent, struct buffer *out);
