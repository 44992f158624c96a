/* Bytes to characters, before anything reads them as YAML or JSON. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/yaml/builder.h"

/* The length of the character at `text`, which has `length` bytes left, and the character;
 * 0 when those bytes are no UTF-8. */
size_t utf8_decode(const char *text, size_t length, uint32_t *character);
/* Writes at most four bytes; returns how many. */
size_t utf8_encode(uint32_t character, char *out);

/* Line and column, in characters, of a byte. */
struct yaml_place yaml_place_of(const char *text, size_t offset);

/* False, and stopped, when the text is no UTF-8 or holds a control character
 * that neither YAML nor JSON allows. */
bool yaml_encoding_check(struct yaml_builder *builder, const char *text, size_t length);
