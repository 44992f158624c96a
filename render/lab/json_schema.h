/* The tables of fields as a JSON Schema (draft 2020-12), for editors. */
#pragma once

#include <jansson.h>

#include "render/lab/schema.h"

/* New reference. For documents of `kind`; of any kind when it is NULL. It says
 * no more than what one document shows on its own: what depends on other fields
 * or documents is the reader's. */
json_t *json_schema_build(const struct schema_kind *kind);
