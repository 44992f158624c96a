/* A value as a person reads it in a plan, a note or a log: one short line,
 * without secrets and without what could steer a terminal. */
#pragma once

#include <jansson.h>

#include "sync/field_path.h"

enum { CHANGE_TEXT_MAX = 80 }; /* bytes; what is longer ends in "..." */

/* NULL stays NULL. The caller frees. */
char *change_text_new(const struct field_path *path, const json_t *value);
