/* A validator for the part of JSON Schema that render/lab/json_schema.c writes. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

/* `root` holds the $defs. A keyword that is not known ends the test. */
bool schema_accepts(const json_t *root, const json_t *schema, json_t *value);
