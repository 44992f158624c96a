/* Names that the cluster takes, made of names that it may not. */
#pragma once

#include "base/arena.h"
#include "base/json.h"

/* `text` as a DNS-1123 label of at most `most` characters, `fallback` when
 * nothing of it can stay, with a number behind it when `taken` has it already.
 * It is put into `taken`, an object. In the arena. */
const char *label_make(struct arena *arena, const char *text, const char *fallback, size_t most, json_t *taken);
